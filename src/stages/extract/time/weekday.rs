//! Days of the week, and days that have a name: `on Friday`, `Friday, May 9`, `New Year's Eve`.

use jiff::{
    ToSpan,
    civil::{Date, Weekday},
};

use super::{
    calendar::{self, Tense, Unit},
    cursor::{Cursor, Read},
    lexicon, month,
    relative::with_part_of_day,
};
use crate::stages::extract::token::Case;

/// `on Friday`, `Friday's attack`, `Friday, May 9`.
pub(super) fn weekday(c: Cursor<'_>) -> Option<Read> {
    let weekday = lexicon::weekday(c.word(0))?;
    // "Friday, May 9" is the date that follows.
    let comma = matches!(c.between(0), "" | ",");
    let of = usize::from(c.is(1, "the"));
    let follows = month::month_day(c.skip(1))
        .or_else(|| month::day_month(c.skip(1 + of)).map(|read| read.after(of)));
    if let Some(read) = follows.filter(|_| comma) {
        return Some(read.after(1));
    }
    if is_part_of_name(c) || is_usual(c) {
        return None;
    }
    // "Friday last week", "Monday next week"
    let week = [("last", -1), ("this", 0), ("next", 1)]
        .into_iter()
        .find(|(word, _)| c.is(1, word) && c.is(2, "week") && c.spaced(0));
    if let Some((_, step)) = week {
        let monday = calendar::shifted(c.anchor, step, Unit::Week)?.first;
        let days = i64::from(weekday.to_monday_zero_offset());
        return Some(Read::dated(
            3,
            calendar::day(monday.checked_add(days.days()).ok()?),
        ));
    }
    let date = day_of(c, weekday)?;
    Some(with_part_of_day(c, Read::dated(1, calendar::day(date))))
}

fn day_of(c: Cursor<'_>, weekday: Weekday) -> Option<Date> {
    calendar::weekday(c.anchor, weekday, c.tense())
}

/// "Black Friday", "Good Friday", "the Sunday Times".
fn is_part_of_name(c: Cursor<'_>) -> bool {
    const BEFORE: &[&str] = &[
        "black",
        "bowl",
        "good",
        "super",
        "bloody",
        "ash",
        "cyber",
        "holy",
        "palm",
        "easter",
        "giving",
        "maundy",
        "shrove",
        "sheffield",
    ];
    const AFTER: &[&str] = &[
        "Times",
        "Telegraph",
        "Mail",
        "Mirror",
        "Express",
        "Night",
        "Club",
        "Prayers",
        "School",
        "Agreement",
        "Herald",
        "World",
        "Mass",
        "Football",
        "Group",
    ];
    let named_before = c.after_any(BEFORE);
    named_before || (c.spaced(0) && c.is_any(1, AFTER) && c.case(1) == Case::Title)
}

/// "Every Friday", "on a Monday", "open Monday to Friday".
fn is_usual(c: Cursor<'_>) -> bool {
    const GENERIC: &[&str] = &[
        "other", "next", "every", "each", "a", "any", "some", "most", "one", "first", "second",
        "third", "fourth", "last", "per",
    ];
    const RANGE: &[&str] = &["to", "through", "thru"];
    let after = c.is_any(1, RANGE) && lexicon::weekday(c.word(2)).is_some();
    let before = RANGE.contains(&c.back(1)) && lexicon::weekday(c.back(2)).is_some();
    let from = matches!(c.back(1), "from") || matches!(c.back(3), "from");
    let ranged = (after || before) && !(from && c.tense() != Tense::Open);
    // "On the Friday before a release"
    let relative = c.after_any(&["the"]) && c.is_any(1, &["before", "after", "of", "when"]);
    let thirteenth = c.is(1, "the") && c.is(2, "13th");
    c.after_any(GENERIC) || ranged || relative || thirteenth
}

/// Days that have a name and always the same date.
pub(super) fn holiday(c: Cursor<'_>) -> Option<Read> {
    const DAYS: &[(&[&str], i8, i8)] = &[
        (&["New", "Year", "Eve"], 12, 31),
        (&["New", "Year", "Day"], 1, 1),
        (&["Christmas", "Day"], 12, 25),
        (&["Christmas", "Eve"], 12, 24),
        (&["Boxing", "Day"], 12, 26),
        (&["Valentine", "Day"], 2, 14),
        (&["Bastille", "Day"], 7, 14),
        (&["May", "Day"], 5, 1),
        (&["Halloween"], 10, 31),
    ];
    let named = |words: &[&str]| words.iter().enumerate().all(|(n, word)| c.word(n) == *word);
    let (words, month, day) = DAYS.iter().find(|(words, ..)| named(words))?;
    let n = words.len();
    if c.after_any(&["every", "each", "a", "any", "the"]) && month::year_after(c, n - 1).is_none() {
        return None;
    }
    if let Some((more, year)) = month::year_after(c, n - 1) {
        return Some(Read::dated(
            n + more,
            calendar::day(Date::new(year, *month, *day).ok()?),
        ));
    }
    let year = match c.tense() {
        Tense::Open => return None,
        tense => calendar::year_of(c.anchor, *month, Some(*day), tense),
    };
    Some(Read::undated(
        n,
        calendar::day(Date::new(year, *month, *day).ok()?),
    ))
}
