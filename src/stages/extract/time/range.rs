//! Two ends: `from 3 to 5 May`, `3–5 May 2024`, `between 2019 and 2021`, `July 26 – August 11`.

use jiff::civil::Date;

use super::{
    calendar,
    cursor::{Cursor, Read},
    english, foreign, lexicon, month,
    tongue::{self, Joiner},
};
use crate::model::time::{Precision, TimeValue};

fn point(c: Cursor<'_>) -> Option<Read> {
    if c.is_english() {
        english::point(c)
    } else {
        foreign::point(c)
    }
}

/// The expression at this word: a range, or one point.
pub(super) fn read(c: Cursor<'_>) -> Option<Read> {
    if c.is_english() && !english::may_start(c.case(0), c.word(0)) {
        return None;
    }
    if let Some(read) = days_of_month(c) {
        return Some(read);
    }
    let from = point(c)?;
    Some(joined(c, from).unwrap_or(from))
}

/// "X to Y", "between X and Y".
fn joined(c: Cursor<'_>, from: Read) -> Option<Read> {
    let gap = joiner(c, from.taken - 1, from.value.precision)?;
    // Its own words before the second end: "from May to the end of June".
    let article = usize::from(c.is_any(from.taken + gap, &["the", "le", "el"]));
    let skipped = from.taken + gap + article;
    let rest = c.skip(skipped);
    let to = point(rest).or_else(|| bare_end(rest, from))?;
    let first = with_year_of(from, to);
    let value = calendar::range(first, to.value)?;
    Some(Read {
        taken: skipped + to.taken,
        value,
        dated: from.dated || to.dated,
        usual: !from.dated
            && !to.dated
            && value.precision == Precision::Month
            && c.is_english()
            && c.tense() == calendar::Tense::Open,
    })
}

/// A month or year that needs a cue, which the first end and the joining word are.
fn bare_end(c: Cursor<'_>, from: Read) -> Option<Read> {
    match from.value.precision {
        Precision::Year => {
            let year = lexicon::year(c.word(0))?;
            Some(Read::dated(1, calendar::year(year)?))
        }
        Precision::Month => {
            let month = c.month_at(0)?;
            let year = from.value.first.year() + i16::from(month < from.value.first.month());
            Some(Read::undated(1, calendar::month(year, month)?))
        }
        _ => None,
    }
}

/// A first end without a year is of the second's, or of the year before.
fn with_year_of(from: Read, to: Read) -> TimeValue {
    let place = |date: Date| (date.month(), date.day());
    if from.dated || !matches!(from.value.precision, Precision::Day | Precision::Month) {
        return from.value;
    }
    let (first, last) = (from.value.first, to.value.last);
    let year = last.year() - i16::from(place(first) > place(last));
    let moved = match from.value.precision {
        Precision::Day => Date::new(year, first.month(), first.day())
            .ok()
            .map(calendar::day),
        _ => calendar::month(year, first.month()),
    };
    moved.map_or(from.value, |value| TimeValue {
        approximate: from.value.approximate,
        ..value
    })
}

/// Words between the ends of a range, if the `n`th word is followed by one.
fn joiner(c: Cursor<'_>, n: usize, precision: Precision) -> Option<usize> {
    if matches!(c.between(n), "\u{2013}" | "-" | "\u{2014}") {
        return Some(0);
    }
    if !c.between(n).is_empty() {
        return None;
    }
    match tongue::joiner(c.tongue, c.word(n + 1))? {
        Joiner::And => tongue::opens_between(c.tongue, c.back(1)).then_some(1),
        Joiner::To => {
            let opened = tongue::opens_range(c.tongue, c.back(1))
                || tongue::opens_range(c.tongue, c.back(2));
            (opened || (precision >= Precision::Month && !tongue::is_ambiguous(c.word(n + 1))))
                .then_some(1)
        }
    }
}

/// `3-5 May 2024`, `from 3 to 5 May`, `May 3-5, 2024`, `May 3 to 5`.
fn days_of_month(c: Cursor<'_>) -> Option<Read> {
    if let Some(read) = hyphenated_days(c) {
        return Some(read);
    }
    if let Some(first) = lexicon::day(c.word(0)) {
        let gap = ordinal_joiner(c, 0)?;
        let last = month::day_month(c.skip(1 + gap))?;
        let from = Date::new(last.value.first.year(), last.value.first.month(), first).ok()?;
        let value = calendar::range(calendar::day(from), last.value)?;
        return Some(Read {
            value,
            ..last.after(1 + gap)
        });
    }
    c.month_at(0)?;
    let from = month::month_day(c)?;
    let gap = ordinal_joiner(c, from.taken - 1).filter(|_| !from.dated)?;
    let at = from.taken + gap;
    let last = lexicon::day(c.word(at)).filter(|_| c.month_at(at + 1).is_none())?;
    if c.spaced(at) && lexicon::is_counted(c.word(at + 1)) {
        return None;
    }
    let after = month::year_after(c, at);
    let (more, year) = after.unwrap_or((0, from.value.first.year()));
    let month = from.value.first.month();
    let day = |day: i8| Some(calendar::day(Date::new(year, month, day).ok()?));
    let value = calendar::range(day(from.value.first.day())?, day(last)?)?;
    Some(Read {
        taken: at + 1 + more,
        value,
        dated: after.is_some(),
        usual: false,
    })
}

/// As [`joiner`], past the point of a German ordinal.
fn ordinal_joiner(c: Cursor<'_>, n: usize) -> Option<usize> {
    let sign = c.between(n);
    if matches!(sign, ".\u{2013}" | ".-" | ". \u{2013}") {
        return Some(0);
    }
    if sign == "." && c.tongue == tongue::Tongue::German {
        return match tongue::joiner(c.tongue, c.word(n + 1))? {
            Joiner::To => Some(1),
            Joiner::And => tongue::opens_between(c.tongue, c.back(1)).then_some(1),
        };
    }
    joiner(c, n, Precision::Day)
}

/// `3-5 May 2024`, `May 3-5, 2024`
fn hyphenated_days(c: Cursor<'_>) -> Option<Read> {
    let ends = |n: usize| {
        let (first, last) = c.word(n).split_once(['-', '\u{2013}'])?;
        Some((lexicon::day(first)?, lexicon::day(last)?))
    };
    let (month_at, (first, last)) = match ends(0) {
        Some(days) => (if c.is_any(1, &["de", "of"]) { 2 } else { 1 }, days),
        None => (0, c.month_at(0).and_then(|_| ends(1))?),
    };
    let month = c.month_at(month_at)?;
    let end = month_at.max(1);
    let after = month::year_after(c, end);
    let (more, year) = after.unwrap_or_else(|| {
        let tense = match c.tense() {
            calendar::Tense::Future => calendar::Tense::Future,
            _ => calendar::Tense::Open,
        };
        (0, calendar::year_of(c.anchor, month, Some(last), tense))
    });
    let day = |day: i8| Some(calendar::day(Date::new(year, month, day).ok()?));
    Some(Read {
        taken: end + 1 + more,
        value: calendar::range(day(first)?, day(last)?)?,
        dated: after.is_some(),
        usual: false,
    })
}
