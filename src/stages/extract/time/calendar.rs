//! Days, weeks, months, seasons, years and longer as ranges of days.

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

/// The months `first..first + months` of a year.
fn months(year: i16, first: i8, months: i64, precision: Precision) -> Option<TimeValue> {
    let first = Date::new(year, first, 1).ok()?;
    let last = first.checked_add((months - 1).months()).ok()?;
    Some(value(first, last.last_of_month(), precision))
}

fn years(first: i16, last: i16, precision: Precision) -> Option<TimeValue> {
    Some(value(
        Date::new(first, 1, 1).ok()?,
        Date::new(last, 12, 31).ok()?,
        precision,
    ))
}

pub(super) fn day(date: Date) -> TimeValue {
    value(date, date, Precision::Day)
}

pub(super) fn days(first: Date, last: Date) -> TimeValue {
    value(first, last, Precision::Day)
}

pub(super) fn month(year: i16, month: i8) -> Option<TimeValue> {
    months(year, month, 1, Precision::Month)
}

/// The first to the fourth.
pub(super) fn quarter(year: i16, n: i8) -> Option<TimeValue> {
    months(year, n * 3 - 2, 3, Precision::Quarter)
}

/// The first or the second.
pub(super) fn half(year: i16, n: i8) -> Option<TimeValue> {
    months(year, n * 6 - 5, 6, Precision::Half)
}

/// Spring is March to May; winter of a year begins in its December.
pub(super) fn season(year: i16, start_month: i8) -> Option<TimeValue> {
    months(year, start_month, 3, Precision::Season)
}

pub(super) fn year(year: i16) -> Option<TimeValue> {
    years(year, year, Precision::Year)
}

pub(super) fn decade(year: i16) -> Option<TimeValue> {
    years(year, year + 9, Precision::Decade)
}

/// `year` is its first: 2000 for the 21st century, as readers count.
pub(super) fn century(year: i16) -> Option<TimeValue> {
    years(year, year + 99, Precision::Century)
}

/// Monday to Sunday.
pub(super) fn week(within: Date) -> Option<TimeValue> {
    let monday = monday(within)?;
    Some(value(
        monday,
        monday.checked_add(6.days()).ok()?,
        Precision::Week,
    ))
}

fn monday(within: Date) -> Option<Date> {
    let back = i64::from(within.weekday().to_monday_zero_offset());
    within.checked_sub(back.days()).ok()
}

/// Saturday and Sunday of the week `step` weeks from the one of `within`.
pub(super) fn weekend(within: Date, step: i64) -> Option<TimeValue> {
    let saturday = monday(within)?.checked_add((step * 7 + 5).days()).ok()?;
    Some(days(saturday, saturday.checked_add(1.days()).ok()?))
}

/// The same, not as exact.
pub(super) fn rough(value: TimeValue) -> TimeValue {
    TimeValue {
        approximate: true,
        ..value
    }
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

/// A stretch of time that is counted in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unit {
    Day,
    Week,
    Month,
    Year,
    Decade,
    Century,
}

/// What lies `count` units from `from` (back where negative), as exact as the unit.
pub(super) fn shifted(from: Date, count: i64, unit: Unit) -> Option<TimeValue> {
    let moved = |span: jiff::Span| from.checked_add(span).ok();
    match unit {
        Unit::Day => Some(day(moved(count.days())?)),
        Unit::Week => week(moved(count.weeks())?),
        Unit::Month => {
            let then = moved(count.months())?;
            month(then.year(), then.month())
        }
        Unit::Year => year(moved(count.years())?.year()),
        Unit::Decade => decade(moved((count * 10).years())?.year() / 10 * 10),
        Unit::Century => century(moved((count * 100).years())?.year() / 100 * 100),
    }
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
    let ahead = |year: i16| {
        let then = Date::new(year, month, day.min(28)).ok()?;
        Some(anchor.until(then).ok()?.get_days())
    };
    let (this, next) = (ahead(anchor.year()), ahead(anchor.year() + 1));
    if this.is_some_and(|days| days > SOON) {
        anchor.year() - 1
    } else if next.is_some_and(|days| days <= SOON) {
        anchor.year() + 1
    } else {
        anchor.year()
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
