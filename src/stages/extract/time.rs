//! Time expressions, normalised against the article's date.
//!
//! Input: words, the date from which "last year" counts, the language. Output: spans with the days
//! that they cover and their precision, never more exact than the text. What cannot be placed is
//! left out.

mod calendar;
mod lexicon;
mod reader;

use jiff::civil::Date;

use crate::model::{document::Document, time::TimeExpression};

use super::token::Token;

/// The time expressions of a document, in order, without overlaps.
#[must_use]
pub fn expressions(
    document: &Document,
    words: &[Token],
    anchor: Date,
    language: &str,
) -> Vec<TimeExpression> {
    let english = language
        .split('-')
        .next()
        .unwrap_or_default()
        .eq_ignore_ascii_case("en");
    let mut found = Vec::new();
    let mut at = 0;
    while at < words.len() {
        let reader = reader::Reader {
            document,
            words,
            at,
            anchor,
            english,
        };
        match (!words[at].masked).then(|| reader.read()).flatten() {
            Some((taken, expression)) => {
                found.push(expression);
                at += taken;
            }
            None => at += 1,
        }
    }
    found
}

#[cfg(test)]
mod tests;
