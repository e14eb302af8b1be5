//! Days, weeks, months, seasons, years and decades as ranges of days.

use jiff::{
    ToSpan,
    civil::{Date, Weekday},
};

use crate::model::time::{Precision, TimeValue};

fn value(first: Date, last: Date, precision: Precision) -> TimeValue {
    TimeValue {
        first,
        last,
        precision,
        approximate: false,
    }
}

pub(super) fn day(date: Date) -> TimeValue {
    value(date, date, Precision::Day)
}

pub(super) fn month(year: i16, month: i8) -> Option<TimeValue> {
    let first = Date::new(year, month, 1).ok()?;
    Some(value(first, first.last_of_month(), Precision::Month))
}

pub(super) fn year(year: i16) -> Option<TimeValue> {
    Some(value(
        Date::new(year, 1, 1).ok()?,
        Date::new(year, 12, 31).ok()?,
        Precision::Year,
    ))
}

pub(super) fn decade(year: i16) -> Option<TimeValue> {
    let first = Date::new(year, 1, 1).ok()?;
    Some(value(
        first,
        Date::new(year + 9, 12, 31).ok()?,
        Precision::Decade,
    ))
}

/// Spring is March to May; winter of a year begins in its December.
pub(super) fn season(year: i16, start_month: i8) -> Option<TimeValue> {
    let first = Date::new(year, start_month, 1).ok()?;
    let last = first.checked_add(2.months()).ok()?.last_of_month();
    Some(value(first, last, Precision::Season))
}

/// Monday to Sunday.
pub(super) fn week(within: Date) -> Option<TimeValue> {
    let back = i64::from(within.weekday().to_monday_zero_offset());
    let first = within.checked_sub(back.days()).ok()?;
    Some(value(
        first,
        first.checked_add(6.days()).ok()?,
        Precision::Week,
    ))
}

/// From the start of one to the end of another, as exact as the less exact of the two.
pub(super) fn range(from: TimeValue, to: TimeValue) -> Option<TimeValue> {
    (from.first <= to.last).then(|| TimeValue {
        first: from.first,
        last: to.last,
        precision: from.precision.min(to.precision),
        approximate: from.approximate || to.approximate,
    })
}

/// The year that `month` (and `day`, if given) means without one: for a past event not
/// after the anchor, for a coming one not before it, else the last or one that is soon.
pub(super) fn year_of(anchor: Date, month: i8, day: Option<i8>, tense: Tense) -> i16 {
    let place = (
        month,
        day.unwrap_or(if tense == Tense::Future { 31 } else { 1 }),
    );
    let today = (anchor.month(), anchor.day());
    match tense {
        Tense::Past if place > today => anchor.year() - 1,
        Tense::Future if place < today => anchor.year() + 1,
        // Of the past year, or soon.
        Tense::Open => nearest_year(anchor, month, day.unwrap_or(15)),
        _ => anchor.year(),
    }
}

/// News speaks of what was, and of what is about to be.
const SOON: i32 = 62;

fn nearest_year(anchor: Date, month: i8, day: i8) -> i16 {
    // The 29th of February only matters to the day; the year is that of the 28th.
    let this_year = Date::new(anchor.year(), month, day.min(28)).unwrap_or(anchor);
    let ahead = anchor.until(this_year).map_or(0, |span| span.get_days());
    let past = || {
        let next_year = Date::new(anchor.year() + 1, month, day.min(28)).unwrap_or(anchor);
        let ahead = anchor
            .until(next_year)
            .map_or(i32::MAX, |span| span.get_days());
        if ahead <= SOON {
            anchor.year() + 1
        } else {
            anchor.year()
        }
    };
    if ahead > SOON {
        anchor.year() - 1
    } else {
        past()
    }
}

/// Whether the sentence speaks of what was or of what is to come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tense {
    Past,
    Future,
    /// It does not say.
    Open,
}

/// The day of the week nearest to the anchor: in the past unless the tense says otherwise. The
/// anchor's own weekday means the anchor.
pub(super) fn weekday(anchor: Date, weekday: Weekday, tense: Tense) -> Option<Date> {
    if anchor.weekday() == weekday {
        return Some(anchor);
    }
    match tense {
        Tense::Future => anchor.nth_weekday(1, weekday).ok(),
        Tense::Past | Tense::Open => anchor.nth_weekday(-1, weekday).ok(),
    }
}
