//! Quotations and who said them.
//!
//! Input: a document, its words and mentions. Output: what somebody said, in order, with the
//! speaker only where the text makes it plain. A term or a title in quotation marks is none.

mod marks;
mod speaker;
mod subject;
#[cfg(test)]
mod tests;

use super::{lexicon::is_in, speech, token::Tokens};
use crate::model::{
    document::Document,
    extraction::{Mention, Quotation},
    span::Span,
};
use marks::Quoted;
use speaker::{Scene, Speaker};
use subject::Subjects;

/// Fewer words are a term in quotation marks, unless "he said" stands beside.
const SHORTEST: usize = 3;

/// So many words are a quotation wherever they stand.
const SURE: usize = 8;

/// The quotations of a document, in order.
pub(super) fn quotations(
    document: &Document,
    tokens: &Tokens,
    mentions: &[Mention],
) -> Vec<Quotation> {
    let quoted = marks::quoted(document);
    let inside: Vec<Span> = quoted.iter().map(|quoted| quoted.span).collect();
    let subjects = Subjects {
        document,
        words: &tokens.words,
        mentions,
        quoted: &inside,
    };
    let mut found: Vec<Quotation> = Vec::new();
    let mut last: Option<(Quoted, Speaker)> = None;
    // Where the quotation that goes on over several paragraphs began.
    let mut chain = 0;
    for (n, quoted) in quoted.iter().enumerate() {
        let scene = Scene {
            subjects: &subjects,
            sentences: &tokens.sentences,
            quoted: *quoted,
            next: inside.get(n + 1).copied(),
            last: n.checked_sub(1).map(|n| inside[n]),
        };
        let own = scene.speaker();
        if !is_said(document, *quoted, own) {
            continue;
        }
        if !goes_on(*quoted, last) {
            chain = found.len();
        }
        let speaker = match own {
            Speaker::Absent => inherited(document, *quoted, last).unwrap_or(own),
            other => other,
        };
        // Its last paragraph may be the one that says who spoke.
        if last.is_some_and(|(_, before)| before == Speaker::Absent) {
            for before in &mut found[chain..] {
                before.speaker = speaker.mention();
            }
        }
        last = Some((*quoted, speaker));
        found.push(Quotation {
            span: quoted.span,
            speaker: speaker.mention(),
        });
    }
    found
}

fn goes_on(quoted: Quoted, last: Option<(Quoted, Speaker)>) -> bool {
    quoted.continued && last.is_some_and(|(before, _)| before.block + 1 == quoted.block)
}

/// Who goes on speaking: the speaker of the paragraph before, or of the quotation before in the
/// same paragraph if nothing but its "he said" stands between.
fn inherited(
    document: &Document,
    quoted: Quoted,
    last: Option<(Quoted, Speaker)>,
) -> Option<Speaker> {
    let (before, speaker) = last?;
    if goes_on(quoted, last) {
        return Some(speaker);
    }
    if before.block != quoted.block {
        return None;
    }
    let between = Span {
        start: before.outer.end,
        end: quoted.outer.start,
    }
    .of(&document.text);
    let plain =
        between.split_whitespace().count() <= 14 && between.trim_end().ends_with(['.', ',']);
    let one_sentence = between
        .trim_end_matches(['.', ',', ' '])
        .find(". ")
        .is_none();
    (plain && one_sentence).then_some(speaker)
}

/// True for what somebody said, false for a term or a title in quotation marks.
fn is_said(document: &Document, quoted: Quoted, speaker: Speaker) -> bool {
    let text = quoted.span.of(&document.text);
    let named = speaker.mention().is_some();
    let framed = named || speaker == Speaker::Unclear;
    let before = document.text[..quoted.outer.start as usize].trim_end();
    // What stands between a closing and an opening mark.
    if text.starts_with([',', '.', ';', ')']) {
        return false;
    }
    let length = text.split_whitespace().count();
    if length < SHORTEST {
        return named && text.ends_with([',', '!', '?']);
    }
    if is_title(text) && !(named && text.ends_with([',', '!', '?'])) {
        return false;
    }
    // A few words inside a sentence that nobody is told to have said are a term or an allusion.
    let begins = before.is_empty() || before.ends_with(ENDS);
    let sentence = begins && text.starts_with(char::is_uppercase);
    if length < SURE && !framed && !sentence && !quoted.continued {
        return false;
    }
    let cue = before
        .rsplit(|c: char| c.is_whitespace())
        .next()
        .unwrap_or_default()
        .to_lowercase();
    !(is_in(speech::NAMES_A_TERM, &cue) || (is_in(speech::MAY_NAME_A_TERM, &cue) && !named))
}

/// What ends the sentence or quotation before.
const ENDS: [char; 8] = ['.', '!', '?', ':', '\n', '"', '\u{201d}', '\u{bb}'];

/// "The Girl With the Red Hair": every word that is not small is capitalised.
fn is_title(text: &str) -> bool {
    let long: Vec<&str> = text
        .split(|c: char| !c.is_alphanumeric() && c != '\'' && c != '\u{2019}')
        .filter(|word| word.chars().count() > 3)
        .collect();
    let capitals = long
        .iter()
        .filter(|word| word.starts_with(|c: char| c.is_uppercase() || c.is_numeric()));
    long.len() >= 2 && capitals.count() == long.len()
}
