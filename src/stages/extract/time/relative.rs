//! Times that count from the article's date, or from the date named last: `yesterday`, `last
//! week`, `on Friday`, `two months ago`, `three days later`.

use jiff::{ToSpan, civil::Date};

use super::{
    calendar::{self, Tense, Unit},
    cursor::{Cursor, Read},
    lexicon, month,
};
use crate::{
    model::time::Precision,
    stages::extract::token::{Case, Gap},
};

const PARTS_OF_DAY: &[&str] = &["morning", "afternoon", "evening", "night"];

/// Adds `morning`, `night` and such to a day.
pub(super) fn with_part_of_day(c: Cursor<'_>, read: Read) -> Read {
    let part = c.spaced(read.taken - 1) && c.is_any(read.taken, PARTS_OF_DAY);
    // "Monday Night Football" is a programme.
    let small = c.case(read.taken) == Case::Lower;
    Read {
        taken: read.taken + usize::from(part && small),
        ..read
    }
}

/// `today`, `yesterday evening`, `tonight`, `overnight`.
pub(super) fn near_day(c: Cursor<'_>) -> Option<Read> {
    // "USA Today" and "Yesterday in Congress" are titles.
    if c.case(0) != Case::Lower && !c.words[c.at].first {
        return None;
    }
    let step = match c.word(0) {
        "yesterday" | "Yesterday" => -1,
        "tomorrow" | "Tomorrow" => 1,
        "tonight" | "Tonight" => 0,
        "today" | "Today" => {
            return means_the_day(c).then(|| Read::dated(1, calendar::day(c.anchor)));
        }
        "overnight" | "Overnight" => return overnight(c),
        _ => return None,
    };
    let day = c.anchor.checked_add(i64::from(step).days()).ok()?;
    Some(with_part_of_day(c, Read::dated(1, calendar::day(day))))
}

/// "Today's youth", "of today", "Today, millions of people use" speak of the present in general.
fn means_the_day(c: Cursor<'_>) -> bool {
    let possessive = c.gap(0) == Gap::Possessive;
    let general = c.after_any(&["of", "until", "than", "even", "still", "as", "USA"]);
    let opens = c.words[c.at].first || c.gap(0) == Gap::Comma;
    !possessive && !general && (!opens || c.tense() != Tense::Open)
}

/// The night before the article, where something happened in it.
fn overnight(c: Cursor<'_>) -> Option<Read> {
    const OTHER: &[&str] = &[
        "an", "stay", "stayed", "not", "remain", "become", "became", "famous",
    ];
    const NEXT: &[&str] = &[
        "success", "stay", "stays", "bus", "train", "trip", "shelter", "camp",
    ];
    // "Overnight on Friday" is told by the day.
    const DAY_FOLLOWS: &[&str] = &["on", "into", "from", "to", "between", "through"];
    let named = c.is_any(1, DAY_FOLLOWS)
        && (lexicon::weekday(c.word(2)).is_some()
            || c.month_at(2).is_some()
            || lexicon::day(c.word(2)).is_some());
    let told = c.tense() == Tense::Past;
    if !told || named || c.after_any(OTHER) || c.is_any(1, NEXT) {
        return None;
    }
    let before = c.anchor.checked_sub(1.days()).ok()?;
    Some(Read::dated(1, calendar::days(before, c.anchor)))
}

/// `last week`, `this month`, `next Friday`, `last summer`, `earlier this year`.
pub(super) fn named(c: Cursor<'_>) -> Option<Read> {
    if c.is_any(0, &["earlier", "later"]) && c.spaced(0) && c.is_any(1, &["this", "today", "on"]) {
        let read = match c.word(1) {
            "this" => named(c.skip(1))?.after(1),
            _ => return None,
        };
        return Some(read);
    }
    let step = match c.word(0) {
        "last" | "Last" => -1,
        "this" | "This" => 0,
        "next" | "Next" => 1,
        _ => return None,
    };
    // "The last year" and "the next week" are stretches up to now or from now on.
    if !c.spaced(0)
        || (step != 0 && c.after_any(&["the", "his", "her", "its", "their", "my", "our"]))
    {
        return None;
    }
    let (step, more) = match c.word(1) {
        "past" if step == 0 => (-1, 1),
        "coming" if step == 0 => (1, 1),
        _ => (step, 0),
    };
    let read = unit_at_step(c, c.word(1 + more), step)
        .map(|value| Read::dated(2, value))
        .or_else(|| named_day(c.skip(more), step))?;
    Some(with_part_of_day(c, read.after(more)))
}

fn unit_at_step(c: Cursor<'_>, word: &str, step: i64) -> Option<crate::model::time::TimeValue> {
    match word {
        "night" if step == -1 => Some(calendar::day(c.anchor.checked_sub(1.days()).ok()?)),
        "morning" | "afternoon" | "evening" if step == 0 => Some(calendar::day(c.anchor)),
        "weekend" => calendar::weekend(c.anchor, step),
        "week" => calendar::shifted(c.anchor, step, Unit::Week),
        "month" => calendar::shifted(c.anchor.first_of_month(), step, Unit::Month),
        "year" => calendar::shifted(c.anchor, step, Unit::Year),
        "decade" => calendar::shifted(c.anchor, step, Unit::Decade),
        "century" => calendar::shifted(c.anchor, step, Unit::Century),
        _ => None,
    }
}

/// `last Friday`, `next March`, `last summer`: the word after the first.
fn named_day(c: Cursor<'_>, step: i64) -> Option<Read> {
    let word = c.word(1);
    if let Some(weekday) = lexicon::weekday(word) {
        let date = match step {
            0 => match c.tense() {
                Tense::Past => calendar::weekday(c.anchor, weekday, Tense::Past)?,
                _ => calendar::weekday(c.anchor, weekday, Tense::Future)?,
            },
            _ => c
                .anchor
                .nth_weekday(if step < 0 { -1 } else { 1 }, weekday)
                .ok()?,
        };
        return Some(Read::dated(2, calendar::day(date)));
    }
    let tense = if step > 0 { Tense::Future } else { Tense::Past };
    if let Some(month) = c.month_at(1) {
        if lexicon::day(c.word(2)).is_some() || lexicon::year(c.word(2)).is_some() {
            return None;
        }
        let year = match step {
            0 => c.anchor.year(),
            _ => calendar::year_of(c.anchor, month, None, tense),
        };
        return Some(Read::dated(2, calendar::month(year, month)?));
    }
    let start = lexicon::season(word)?;
    if let Some((more, year)) = month::year_after(c, 1) {
        return Some(Read::dated(2 + more, calendar::season(year, start)?));
    }
    Some(Read::dated(
        2,
        calendar::season(season_year(c.anchor, start, step), start)?,
    ))
}

/// The year of last, this or next summer: the season that runs now is this one.
fn season_year(anchor: Date, start: i8, step: i64) -> i16 {
    let (month, year) = (anchor.month(), anchor.year());
    let winter_runs = start == 12 && month <= 2;
    match step {
        _ if winter_runs && step <= 0 => year - 1 - i16::from(step < 0),
        -1 if month < start + 3 => year - 1,
        1 if month >= start => year + 1,
        _ => year,
    }
}

/// `the weekend`, `over the weekend`, `at the weekend`.
pub(super) fn weekend(c: Cursor<'_>) -> Option<Read> {
    if !matches!(c.word(0), "weekend") || !c.after_any(&["the"]) {
        return None;
    }
    let introduced = matches!(
        c.back(2),
        "over" | "Over" | "at" | "At" | "during" | "on" | "On" | "in" | "of"
    );
    if !introduced || c.is(1, "of") {
        return None;
    }
    let saturday = calendar::weekend(c.anchor, 0)?;
    let step = match c.tense() {
        Tense::Future => 0,
        _ if saturday.first <= c.anchor => 0,
        _ => -1,
    };
    Some(Read::dated(1, calendar::weekend(c.anchor, step)?))
}

/// `two months ago`, `a week from now`.
pub(super) fn ago(c: Cursor<'_>) -> Option<Read> {
    let count = lexicon::number(c.word(0))?;
    let unit = lexicon::unit(c.word(1)).filter(|_| c.spaced(0) && c.spaced(1))?;
    // "Two and a half years ago", "1.5 years ago"
    if c.after_any(&["half", "and", "or", "to"]) {
        return None;
    }
    let (taken, count) = if c.is(2, "ago") {
        (3, -count)
    } else if c.is(2, "from") && c.is_any(3, &["now", "today"]) {
        (4, count)
    } else {
        return None;
    };
    let first = match unit {
        // Months of different lengths: a month before the 31st is the month before.
        Unit::Month => c.anchor.first_of_month(),
        _ => c.anchor,
    };
    let unit_read = match unit {
        Unit::Decade => calendar::shifted(first, count * 10, Unit::Year)?,
        Unit::Century => calendar::shifted(first, count * 100, Unit::Year)?,
        unit => calendar::shifted(first, count, unit)?,
    };
    let round = matches!(unit, Unit::Decade | Unit::Century)
        || (unit == Unit::Year && count.abs() >= 10 && count % 5 == 0);
    let hedged = c.after_any(&[
        "about",
        "around",
        "some",
        "nearly",
        "almost",
        "roughly",
        "over",
        "approximately",
        "than",
    ]);
    let value = if round || hedged {
        calendar::rough(unit_read)
    } else {
        unit_read
    };
    Some(Read::dated(taken, value))
}

/// `three days later`, `a year earlier`, `the following day`: they count from the date named last,
/// near before, if that is exact enough.
pub(super) fn from_latest(c: Cursor<'_>) -> Option<Read> {
    let (taken, count, unit) = counted_step(c).or_else(|| following(c))?;
    let latest = c.latest?;
    let near = c.words[c.at].block <= latest.block + 1;
    let exact = match unit {
        Unit::Day | Unit::Week => latest.value.precision == Precision::Day,
        Unit::Month => latest.value.precision >= Precision::Month,
        _ => latest.value.precision >= Precision::Year,
    };
    let plain = !latest.value.is_range() && !latest.value.approximate;
    if !near || !exact || !plain {
        return None;
    }
    let from = match unit {
        Unit::Month => latest.value.first.first_of_month(),
        _ => latest.value.first,
    };
    Some(Read::dated(taken, calendar::shifted(from, count, unit)?))
}

fn counted_step(c: Cursor<'_>) -> Option<(usize, i64, Unit)> {
    let count = lexicon::number(c.word(0))?;
    let unit = lexicon::unit(c.word(1)).filter(|_| c.spaced(0) && c.spaced(1))?;
    let forward = match c.word(2) {
        "later" => 1,
        "earlier" => -1,
        _ => return None,
    };
    // "Compared with a year earlier" tells of a quantity; "no later than", "or two later".
    let other = c.after_any(&[
        "half", "and", "or", "to", "than", "from", "over", "about", "some", "nearly",
    ]);
    let compared = c.is(3, "than") || c.is(3, "this");
    (!other && !compared && matches!(unit, Unit::Day | Unit::Week | Unit::Month | Unit::Year))
        .then_some((3, count * forward, unit))
}

/// `the following day`, `the next day`, `the day before`, `the previous year`.
fn following(c: Cursor<'_>) -> Option<(usize, i64, Unit)> {
    if !c.is(0, "the") {
        return None;
    }
    if c.is(1, "day") && c.is_any(2, &["before", "after"]) && !c.spaced(2) {
        return Some((3, if c.is(2, "after") { 1 } else { -1 }, Unit::Day));
    }
    let unit = match c.word(2) {
        "day" => Unit::Day,
        "week" => Unit::Week,
        "month" => Unit::Month,
        "year" => Unit::Year,
        _ => return None,
    };
    match c.word(1) {
        "following" => Some((3, 1, unit)),
        "next" if unit == Unit::Day => Some((3, 1, unit)),
        "previous" | "preceding" => Some((3, -1, unit)),
        _ => None,
    }
}
