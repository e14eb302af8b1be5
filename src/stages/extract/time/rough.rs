//! Parts of longer times: `early June`, `mid-2023`, `the end of the year`, `about 1990`.
//!
//! They stand as the month or year itself, marked as not exact.

use super::{
    calendar::{self, Unit},
    cursor::{Cursor, Read},
    lexicon,
    month::{self, month_year},
    relative, year,
};

/// A part of a month, a year or longer.
pub(super) fn part(c: Cursor<'_>) -> Option<Read> {
    if let Some(read) = hyphenated(c) {
        return Some(read);
    }
    if c.is_any(0, &["early", "late", "mid"]) && c.spaced(0) {
        let inner = c.skip(1);
        let read = whole(inner).or_else(|| relative::named(inner))?;
        // "Late Friday" is a time of that day.
        return Some(read.after(1).rough());
    }
    const PARTS: &[&str] = &[
        "beginning",
        "start",
        "middle",
        "end",
        "close",
        "midst",
        "turn",
    ];
    if c.is_any(0, PARTS) && c.is(1, "of") && !c.is(0, "turn") {
        let inner = c.skip(2);
        let article = usize::from(inner.is(0, "the"));
        let rest = inner.skip(article);
        let read = whole(rest)
            .or_else(|| relative::named(rest))
            .or_else(|| this_unit(rest).filter(|_| article == 1))?;
        return Some(read.after(2 + article).rough());
    }
    about(c)
}

/// "The year", of "the end of the year".
fn this_unit(c: Cursor<'_>) -> Option<Read> {
    // "The end of the year of drought" and "the end of the week-long trip" are others.
    if c.is(1, "of") {
        return None;
    }
    let unit = match c.word(0) {
        "week" => Unit::Week,
        "month" => Unit::Month,
        "year" => Unit::Year,
        "decade" => Unit::Decade,
        "century" => Unit::Century,
        _ => return None,
    };
    Some(Read::dated(1, calendar::shifted(c.anchor, 0, unit)?))
}

/// A month, year, decade or century as such.
fn whole(c: Cursor<'_>) -> Option<Read> {
    year::decade(c)
        .or_else(|| year::century(c))
        .or_else(|| month_year(c))
        .or_else(|| bare_month(c))
        .or_else(|| {
            let year = lexicon::year(c.word(0))?;
            let counts = c.spaced(0) && lexicon::is_counted(c.word(1));
            (!counts).then(|| Some(Read::dated(1, calendar::year(year)?)))?
        })
}

fn bare_month(c: Cursor<'_>) -> Option<Read> {
    let month = c.month_at(0)?;
    let year = calendar::year_of(c.anchor, month, None, rough_tense(c));
    Some(Read::undated(1, calendar::month(year, month)?))
}

fn rough_tense(c: Cursor<'_>) -> calendar::Tense {
    match c.tense() {
        calendar::Tense::Open => calendar::Tense::Past,
        tense => tense,
    }
}

/// `mid-2023`, `mid-July`, `late-1990s`.
fn hyphenated(c: Cursor<'_>) -> Option<Read> {
    let (head, rest) = c.word(0).split_once('-')?;
    if !["mid", "early", "late"]
        .iter()
        .any(|part| head.eq_ignore_ascii_case(part))
    {
        return None;
    }
    if let Some(month) = lexicon::month(rest) {
        let (taken, year) = month::year_after(c, 0).unwrap_or_else(|| {
            let tense = rough_tense(c);
            (0, calendar::year_of(c.anchor, month, None, tense))
        });
        let value = calendar::month(year, month)?;
        return Some(Read::dated(1 + taken, calendar::rough(value)));
    }
    let value = match lexicon::decade(rest) {
        Some(first) => year::of_decade(first)?,
        None => match lexicon::year(rest) {
            Some(year) => calendar::year(year)?,
            None => century_after(c, rest)?,
        },
    };
    let taken = if lexicon::year(rest).is_none() && lexicon::decade(rest).is_none() {
        2
    } else {
        1
    };
    Some(Read::dated(taken, calendar::rough(value)))
}

/// `mid-19th century`
fn century_after(c: Cursor<'_>, ordinal: &str) -> Option<crate::model::time::TimeValue> {
    let n = lexicon::nth_century(ordinal).filter(|_| c.is(1, "century"))?;
    calendar::century((n - 1) * 100)
}

/// `around July 2019`, `about 1990`, `circa 1850`.
fn about(c: Cursor<'_>) -> Option<Read> {
    if !c.is_any(0, &["around", "about", "circa", "approximately"]) || !c.spaced(0) {
        return None;
    }
    let inner = c.skip(1);
    let exact = month::day_month(inner)
        .or_else(|| month::month_day(inner))
        .or_else(|| month_year(inner))
        .or_else(|| year::decade(inner));
    if let Some(read) = exact {
        return Some(read.after(1).rough());
    }
    let introduced = c.is(0, "circa") || c.after_any(&["in", "since", "from", "until", "of"]);
    let year = lexicon::year(inner.word(0)).filter(|_| introduced)?;
    let counts = inner.spaced(0) && lexicon::is_counted(inner.word(1));
    (!counts).then(|| Some(Read::dated(2, calendar::rough(calendar::year(year)?))))?
}
