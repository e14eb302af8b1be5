//! What an English time expression may be, tried in order.

use super::{
    cursor::{Cursor, Read},
    lexicon, month, relative, rough, weekday, year,
};
use crate::stages::extract::token::Case;

/// One point or stretch of time that starts at this word.
pub(super) fn point(c: Cursor<'_>) -> Option<Read> {
    let case = c.case(0);
    if !may_start(case, c.word(0)) {
        return None;
    }
    match (case, c.word(0)) {
        (Case::Number, _) => numbered(c),
        // The most frequent words start little.
        (_, "the" | "The") => relative::from_latest(c),
        (_, "a" | "an" | "A" | "An") => relative::ago(c).or_else(|| relative::from_latest(c)),
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

/// True for a word with which an expression may start: the others, nearly all, cost nothing more.
pub(super) fn may_start(case: Case, word: &str) -> bool {
    match case {
        Case::Number => true,
        Case::Lower => may_start_small(word),
        Case::Title | Case::Upper => {
            lexicon::month(word).is_some()
                || lexicon::weekday(word).is_some()
                || matches!(
                    word,
                    "New" | "Christmas" | "Boxing" | "Valentine" | "Bastille" | "Halloween"
                )
                || word.starts_with("FY")
                || matches!(word.as_bytes(), [b'Q' | b'H', b'1'..=b'4'])
                || may_start_small(&word.to_ascii_lowercase())
        }
    }
}

fn may_start_small(word: &str) -> bool {
    matches!(
        word,
        "last"
            | "this"
            | "next"
            | "today"
            | "yesterday"
            | "tomorrow"
            | "tonight"
            | "overnight"
            | "weekend"
            | "early"
            | "late"
            | "mid"
            | "middle"
            | "beginning"
            | "start"
            | "end"
            | "close"
            | "around"
            | "about"
            | "circa"
            | "approximately"
            | "the"
            | "earlier"
            | "later"
            | "spring"
            | "summer"
            | "autumn"
            | "fall"
            | "winter"
            | "fiscal"
            | "financial"
            | "first"
            | "second"
            | "third"
            | "fourth"
            | "final"
            | "midst"
    ) || word.starts_with("mid-")
        || word.starts_with("early-")
        || word.starts_with("late-")
        || lexicon::number(word).is_some()
        || is_ordinal(word)
}

/// "Nineteenth", "twenty-first-century"
fn is_ordinal(word: &str) -> bool {
    word.len() >= 9 && lexicon::nth_century(word.strip_suffix("-century").unwrap_or(word)).is_some()
}
