//! Time expressions, normalised against the article's date.
//!
//! Input: words, the date from which "last year" counts, the language. Output: spans with the days
//! that they cover and their precision, never more exact than the text. What cannot be placed is
//! left out.

mod calendar;
mod cursor;
mod english;
mod event;
mod foreign;
mod lexicon;
mod month;
mod range;
mod relative;
mod rough;
mod tables;
mod tongue;
mod weekday;
mod year;

use jiff::civil::Date;

use crate::model::{document::Document, span::Span, time::TimeExpression};

use super::token::Token;
use cursor::{Cursor, Named};
pub(super) use event::with_events;
pub(super) use tables::is_german_month;
use tongue::Tongue;

/// The languages whose words for times are read, BCP 47. Digits are read in all.
pub const LANGUAGES: [&str; 5] = ["en", "fr", "de", "es", "ru"];

/// The time expressions of a document, in order, without overlaps.
#[must_use]
pub fn expressions(
    document: &Document,
    words: &[Token],
    anchor: Date,
    language: &str,
) -> Vec<TimeExpression> {
    let mut cursor = Cursor {
        document,
        words,
        at: 0,
        anchor,
        latest: None,
        tongue: Tongue::of(language),
        month_first: month_first(language),
    };
    let mut found = Vec::new();
    while let Some(word) = words.get(cursor.at) {
        let read = (!word.masked).then(|| range::read(cursor)).flatten();
        let Some(read) = read else {
            cursor.at += 1;
            continue;
        };
        let end = (cursor.at + read.taken).clamp(cursor.at + 1, words.len());
        if read.usual {
            cursor.at = end;
            continue;
        }
        let span = Span {
            start: word.span.start,
            end: words[end - 1].span.end,
        };
        found.push(TimeExpression {
            span,
            value: read.value,
        });
        cursor.latest = Some(Named {
            block: word.block,
            end,
            value: read.value,
        });
        cursor.at = end;
    }
    found
}

/// Whether `7/4` begins with its month: in the United States; nobody knows in plain English.
fn month_first(language: &str) -> Option<bool> {
    let tag = language.to_ascii_lowercase();
    match tag.split_once(['-', '_']) {
        Some(("en", "us")) => Some(true),
        None if tag == "en" => None,
        _ => Some(false),
    }
}

#[cfg(test)]
mod tests;
