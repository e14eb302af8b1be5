//! What the review shows: a text, with or without colour.

use std::fmt::Write as _;

use super::{Item, Mode, Review};
use crate::editing::queue::Sentence;

const LIT: &str = "\u{1b}[1;7m";
const BOLD: &str = "\u{1b}[1m";
const DIM: &str = "\u{1b}[2m";
const PLAIN: &str = "\u{1b}[0m";

/// The screen. Without colour, names stand in brackets.
#[must_use]
pub fn screen(review: &Review, colour: bool) -> String {
    let paint = Paint { colour };
    let mut text = String::new();
    match review.item() {
        Some(item) if review.mode != Mode::Done => {
            head(&mut text, review, item, paint);
            for sentence in &item.waiting.sentences {
                let _ = write!(text, "\n  {}\n", paint.lit(sentence));
                let _ = writeln!(
                    text,
                    "  {}",
                    paint.dim(&format!("in {}", sentence.briefing))
                );
            }
            text.push('\n');
            keys(&mut text, review, paint);
        }
        _ => text.push_str("Nothing is left to decide.\n\nu undo the last   q quit\n"),
    }
    if !review.message.is_empty() {
        let _ = write!(text, "\n{}\n", printable(&review.message));
    }
    text
}

fn head(text: &mut String, review: &Review, item: &Item, paint: Paint) {
    let waiting = &item.waiting;
    let state = if waiting.shown { "shown" } else { "not shown" };
    let _ = writeln!(
        text,
        "{}  {}",
        paint.bold(&printable(&waiting.name)),
        paint.dim(&format!("{} of {}", review.at + 1, review.items.len()))
    );
    let briefings = match waiting.briefings.len() {
        1 => "1 briefing".to_owned(),
        n => format!("{n} briefings"),
    };
    let _ = writeln!(
        text,
        "{}, confidence {:.2}, {briefings}, named {} times, {state}",
        waiting.kind.as_str(),
        waiting.confidence,
        waiting.count
    );
    if !waiting.aliases.is_empty() {
        let aliases: Vec<String> = waiting
            .aliases
            .iter()
            .take(6)
            .map(|a| printable(a))
            .collect();
        let _ = writeln!(text, "also: {}", aliases.join(", "));
    }
    for (choice, reason) in item.suggestions.iter().take(3) {
        let name = printable(&choice.name);
        let _ = writeln!(text, "perhaps {name} ({}): {reason}", choice.kind.as_str());
    }
}

fn keys(text: &mut String, review: &Review, paint: Paint) {
    match &review.mode {
        Mode::Browse | Mode::Done => text.push_str(
            "a accept   r reject   s suppress everywhere   k another kind\n\
             m merge into   l make it an alias of   n new registry file\n\
             space skip   u undo the last   q quit\n",
        ),
        Mode::Kind => text.push_str("p person   o organisation   l place   e event   esc back\n"),
        Mode::Pick { alias, query, lit } => {
            let what = if *alias { "Alias of" } else { "Merge into" };
            let _ = writeln!(text, "{what}: {query}_");
            let offered = review.offered(*alias, query);
            for (n, choice) in offered.iter().enumerate() {
                let line = format!("{} ({})", printable(&choice.name), choice.kind.as_str());
                let (mark, line) = if n == *lit {
                    (">", paint.bold(&line))
                } else {
                    (" ", line)
                };
                let _ = writeln!(text, "{mark} {line}");
            }
            if offered.is_empty() {
                text.push_str("  type a part of a name\n");
            }
            text.push_str("enter choose   up, down   esc back\n");
        }
        Mode::New { fields, at } => {
            for (n, (label, field)) in ["name", "id", "description"].iter().zip(fields).enumerate()
            {
                let cursor = if n == *at { "_" } else { "" };
                let _ = writeln!(text, "{label}: {field}{cursor}");
            }
            text.push_str("enter next, at the last one make the file   up, down   esc back\n");
        }
    }
}

/// Text from the content cannot steer the terminal, nor turn the direction of writing.
fn printable(text: &str) -> String {
    let steers =
        |c: char| c.is_control() || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    text.chars()
        .map(|c| if steers(c) { ' ' } else { c })
        .collect()
}

#[derive(Clone, Copy)]
struct Paint {
    colour: bool,
}

impl Paint {
    fn bold(self, text: &str) -> String {
        self.wrap(BOLD, text)
    }

    fn dim(self, text: &str) -> String {
        self.wrap(DIM, text)
    }

    fn wrap(self, start: &str, text: &str) -> String {
        if self.colour {
            format!("{start}{text}{PLAIN}")
        } else {
            text.to_owned()
        }
    }

    fn lit(self, sentence: &Sentence) -> String {
        let (text, lit) = (&sentence.text, sentence.lit);
        let name = printable(lit.of(text));
        let before = printable(text.get(..lit.start as usize).unwrap_or_default());
        let after = printable(text.get(lit.end as usize..).unwrap_or_default());
        if self.colour {
            format!("{before}{LIT}{name}{PLAIN}{after}")
        } else {
            format!("{before}[{name}]{after}")
        }
    }
}
