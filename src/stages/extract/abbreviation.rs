//! Short forms that an article defines: "Islamic State-Khorasan Province (ISKP, or ISIS-K)" and,
//! the other way round, "GSA (General Services Administration)".
//!
//! After Schwartz and Hearst, "A simple algorithm for identifying abbreviation definitions in
//! biomedical text" (2003): the letters of the short form occur in order in the long one, the
//! first at its start.

use super::token::Token;
use crate::model::{document::Document, extraction::Abbreviation, span::Span};

/// The longest long form, in words.
const LONGEST: usize = 10;

/// The short forms that the document defines, in order.
pub(super) fn abbreviations(document: &Document, words: &[Token]) -> Vec<Abbreviation> {
    let mut found = Vec::new();
    for n in 1..words.len() {
        if opens_bracket(document, words, n) {
            found.extend(in_bracket(document, words, n));
        }
    }
    found
}

fn opens_bracket(document: &Document, words: &[Token], n: usize) -> bool {
    let gap = Span {
        start: words[n - 1].span.end,
        end: words[n].span.start,
    };
    words[n - 1].block == words[n].block && gap.of(&document.text).trim() == "("
}

fn in_bracket(document: &Document, words: &[Token], open: usize) -> Vec<Abbreviation> {
    let text = &document.text;
    // Only as many words as may be in it: many brackets that never close must not be looked through
    // to the end of the text.
    let reach = (open + LONGEST + 1).min(words.len()) - 1;
    let start = words[open].span.start as usize;
    let after = words
        .get(reach + 1)
        .map_or(text.len(), |word| word.span.start as usize);
    let rest = &text[start..after];
    let Some(end) = rest.find(')').map(|n| words[open].span.start as usize + n) else {
        return Vec::new();
    };
    let inside: Vec<Token> = words[open..=reach]
        .iter()
        .take_while(|w| (w.span.end as usize) <= end)
        .copied()
        .collect();
    if inside.len() > LONGEST || inside.iter().any(|word| word.masked) {
        return Vec::new();
    }
    let shorts: Vec<Span> = inside
        .iter()
        .filter(|w| is_short(w.span.of(text)))
        .map(|w| w.span)
        .collect();
    let joined = |word: &&Token| {
        matches!(
            word.span.of(text),
            "or" | "and" | "also" | "hereafter" | "aka"
        )
    };
    if shorts.len() + inside.iter().filter(joined).count() == inside.len() {
        return short_in_bracket(text, words, open, &shorts);
    }
    let before = words[open - 1].span;
    let long = Span {
        start: inside[0].span.start,
        end: inside[inside.len() - 1].span.end,
    };
    let reversed = is_short(before.of(text)) && letters_match(before.of(text), long.of(text));
    if reversed {
        vec![Abbreviation {
            short: before,
            long,
        }]
    } else {
        Vec::new()
    }
}

/// The long form is the shortest run of words before the bracket that holds the first short
/// form's letters and begins with a capital.
fn short_in_bracket(
    text: &str,
    words: &[Token],
    open: usize,
    shorts: &[Span],
) -> Vec<Abbreviation> {
    let Some(first) = shorts.first() else {
        return Vec::new();
    };
    let end = words[open - 1].span.end;
    for from in (open.saturating_sub(LONGEST)..open).rev() {
        let word = words[from];
        if word.block != words[open].block || word.masked {
            break;
        }
        let long = Span {
            start: word.span.start,
            end,
        };
        if word.is_capitalised() && letters_match(first.of(text), long.of(text)) {
            // Of two forms in one bracket, the second need not match: it is put beside the first.
            return shorts
                .iter()
                .map(|short| Abbreviation {
                    short: *short,
                    long,
                })
                .collect();
        }
    }
    Vec::new()
}

/// Two to ten signs, mostly capitals: `ISKP`, `ISIS-K`, `EuP`.
fn is_short(word: &str) -> bool {
    let capitals = word.chars().filter(|c| c.is_uppercase()).count();
    let length = word.chars().count();
    (2..=10).contains(&length) && capitals >= 2 && capitals * 2 >= length
}

fn letters_match(short: &str, long: &str) -> bool {
    let mut wanted = short
        .chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase);
    let mut letters = long.chars().flat_map(char::to_lowercase);
    let (Some(first), Some(start)) = (wanted.next(), letters.next()) else {
        return false;
    };
    let longer = long.chars().count() > short.chars().count() + 1 && long.contains([' ', '-']);
    longer
        && first == start
        && initials_of(long) >= 2
        && wanted.all(|letter| letters.any(|l| l == letter))
}

fn initials_of(long: &str) -> usize {
    long.split([' ', '-'])
        .filter(|word| word.starts_with(char::is_uppercase))
        .count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stages::extract::{testing::document, token::tokens};

    fn check(text: &str, expected: &[(&str, &str)]) {
        let document = document(text);
        let words = tokens(&document).words;
        let found: Vec<(&str, &str)> = abbreviations(&document, &words)
            .iter()
            .map(|a| (a.short.of(&document.text), a.long.of(&document.text)))
            .collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn finds_definitions() {
        check(
            "members of Islamic State-Khorasan Province (ISKP, or ISIS-K) met",
            &[
                ("ISKP", "Islamic State-Khorasan Province"),
                ("ISIS-K", "Islamic State-Khorasan Province"),
            ],
        );
        check(
            "The General Services Administration (GSA) met",
            &[("GSA", "General Services Administration")],
        );
        check(
            "the GSA (General Services Administration) met",
            &[("GSA", "General Services Administration")],
        );
    }

    #[test]
    fn leaves_other_brackets_alone() {
        check("The Port of Rotterdam (Netherlands) is big", &[]);
        check("He left (in May). The UN (yes) met", &[]);
        check("The house (NATO) met", &[]);
    }
}
