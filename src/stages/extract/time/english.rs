//! What an English time expression may be, tried in order.

use super::{
    cursor::{Cursor, Read},
    lexicon, month, relative, rough, weekday, year,
};
use crate::stages::extract::token::Case;

/// One point or stretch of time that starts at this word.
pub(super) fn point(c: Cursor<'_>) -> Option<Read> {
    match c.case(0) {
        Case::Number => numbered(c),
        Case::Lower if !may_start(c.word(0)) => None,
        _ => worded(c),
    }
}

fn numbered(c: Cursor<'_>) -> Option<Read> {
    month::numeric(c)
        .or_else(|| year::years(c))
        .or_else(|| month::iso(c))
        .or_else(|| month::day_month(c))
        .or_else(|| year::decade(c))
        .or_else(|| year::century(c))
        .or_else(|| year::part_of_year(c))
        .or_else(|| relative::ago(c))
        .or_else(|| relative::from_latest(c))
        .or_else(|| year::year(c))
}

fn worded(c: Cursor<'_>) -> Option<Read> {
    weekday::holiday(c)
        .or_else(|| month::month_day(c))
        .or_else(|| rough::part(c))
        .or_else(|| month::month_year(c))
        .or_else(|| relative::near_day(c))
        .or_else(|| relative::named(c))
        .or_else(|| weekday::weekday(c))
        .or_else(|| relative::weekend(c))
        .or_else(|| relative::ago(c))
        .or_else(|| relative::from_latest(c))
        .or_else(|| year::part_of_year(c))
        .or_else(|| year::fiscal(c))
        .or_else(|| year::century(c))
        .or_else(|| year::season(c))
}

/// Small words with which an expression may start: the others, nearly all, cost nothing more.
fn may_start(word: &str) -> bool {
    const STARTS: &[&str] = &[
        "last",
        "this",
        "next",
        "today",
        "yesterday",
        "tomorrow",
        "tonight",
        "overnight",
        "weekend",
        "early",
        "late",
        "mid",
        "middle",
        "beginning",
        "start",
        "end",
        "close",
        "around",
        "about",
        "circa",
        "approximately",
        "the",
        "earlier",
        "later",
        "spring",
        "summer",
        "autumn",
        "fall",
        "winter",
        "fiscal",
        "financial",
        "first",
        "second",
        "third",
        "fourth",
        "final",
    ];
    STARTS.contains(&word)
        || word.starts_with("mid-")
        || word.starts_with("early-")
        || word.starts_with("late-")
        || lexicon::number(word).is_some()
        || lexicon::nth_century(word.strip_suffix("-century").unwrap_or(word)).is_some()
}
