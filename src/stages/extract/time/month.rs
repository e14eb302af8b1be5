//! Dates with a month: `19 July 2024`, `July 19`, `in March`, `2024-07-19`, `19/07/2024`.
//!
//! The forms are those of all languages that are read; only the months' names differ, and the
//! words that a month without a year needs before it.

use jiff::civil::Date;

use super::{
    calendar::{self, Tense},
    cursor::{Cursor, Read},
    lexicon,
    tongue::Tongue,
};
use crate::{model::time::Precision, stages::extract::token::Case};

/// `2024-07-19`, `2024-07`.
pub(super) fn iso(c: Cursor<'_>) -> Option<Read> {
    let word = c.word(0);
    if word.len() == 10 && word.as_bytes()[4] == b'-' {
        return Some(Read::dated(1, calendar::day(word.parse().ok()?)));
    }
    let (year, month) = word.split_once('-')?;
    let month = month.parse().ok().filter(|_| month.len() == 2)?;
    Some(Read::dated(
        1,
        calendar::month(lexicon::year(year)?, month)?,
    ))
}

/// `19/07/2024`, `07/19/2024` where the order is plain, `19.07.2024`.
pub(super) fn numeric(c: Cursor<'_>) -> Option<Read> {
    if let Some(read) = dotted(c) {
        return Some(read);
    }
    let slash = c.text_after(0).starts_with('/') && c.text_after(1).starts_with('/');
    let part = |n: usize| {
        c.word(n)
            .parse::<i8>()
            .ok()
            .filter(|_| c.word(n).len() <= 2)
    };
    let (first, second) = (part(0).filter(|_| slash)?, part(1)?);
    let year = lexicon::year(c.word(2))?;
    let month_first = match (first, second) {
        (13.., _) => false,
        (_, 13..) => true,
        _ => c.month_first?,
    };
    let (month, day) = if month_first {
        (first, second)
    } else {
        (second, first)
    };
    Some(Read::dated(
        3,
        calendar::day(Date::new(year, month, day).ok()?),
    ))
}

/// `19.07.2024`: the day is always first.
fn dotted(c: Cursor<'_>) -> Option<Read> {
    let mut parts = c.word(0).split('.');
    let (day, month, year) = (parts.next()?, parts.next()?, parts.next()?);
    if parts.next().is_some() || day.len() > 2 || month.len() > 2 {
        return None;
    }
    let date = Date::new(lexicon::year(year)?, month.parse().ok()?, day.parse().ok()?);
    Some(Read::dated(1, calendar::day(date.ok()?)))
}

/// `19 July 2024`, `the 19th of July`, `19. Juli 2024`, `19 de julio de 2024`; `3` of `3 and 5 May`.
pub(super) fn day_month(c: Cursor<'_>) -> Option<Read> {
    let day = lexicon::day(c.word(0))?;
    if !matches!(c.between(0), "" | ".") {
        return listed_day(c, day);
    }
    let at = if c.is_any(1, &["of", "de"]) { 2 } else { 1 };
    let Some(month) = c.month_at(at) else {
        return listed_day(c, day);
    };
    // "5 May 10" may be anything; "7 April Street" is an address.
    if c.is_english() && c.is_any(at + 1, &["Street", "Avenue", "Road", "Square", "Bridge"]) {
        return None;
    }
    with_year(c, day, month, at)
}

/// The first of several days of one month: `3 and 5 May`, `3, 4 and 5 May`.
fn listed_day(c: Cursor<'_>, day: i8) -> Option<Read> {
    const AND: &[&str] = &["and", "or", "et", "und", "y", "и"];
    let joined = match c.between(0) {
        "," => 1,
        "" | "." if c.is_any(1, AND) => 2,
        _ => return None,
    };
    let next = c.skip(joined);
    lexicon::day(next.word(0))?;
    let other = day_month(next)?;
    let (year, month) = (other.value.first.year(), other.value.first.month());
    Some(Read {
        taken: 1,
        value: calendar::day(Date::new(year, month, day).ok()?),
        dated: other.dated,
        usual: false,
    })
}

/// `July 19, 2024`, `July 19`.
pub(super) fn month_day(c: Cursor<'_>) -> Option<Read> {
    let month = c.month_at(0)?;
    let day = lexicon::day(c.word(1)).filter(|_| matches!(c.between(0), "" | "."))?;
    (!is_quantity(c)).then(|| with_year(c, day, month, 1))?
}

/// "May 10,000 people" is no date, nor is "May 21 people".
fn is_quantity(c: Cursor<'_>) -> bool {
    let thousands = c.text_after(1).starts_with(',')
        && c.word(2).len() == 3
        && c.word(2).bytes().all(|b| b.is_ascii_digit());
    let counts = c.spaced(1) && lexicon::is_counted(c.word(2));
    thousands || counts || c.text_after(1).starts_with(['%', ':'])
}

/// A day and month that end with the `n`th word, with the year after it, or the one that is meant.
fn with_year(c: Cursor<'_>, day: i8, month: i8, n: usize) -> Option<Read> {
    if let Some((more, year)) = year_after(c, n) {
        let date = Date::new(year, month, day).ok()?;
        return Some(Read::dated(n + 1 + more, calendar::day(date)));
    }
    let year = match remembered(c, day, month, n) {
        Some(year) => year?,
        None if let Some(year) = year_of_story(c, month, day) => year,
        // A day without a year is near; only a plain future makes it the coming one.
        None => match super::tongue::step(c.tongue, c.before()).unwrap_or_else(|| c.tense()) {
            Tense::Future => calendar::year_of(c.anchor, month, Some(day), Tense::Future),
            _ => calendar::year_of(c.anchor, month, Some(day), Tense::Open),
        },
    };
    Some(Read::undated(
        n + 1,
        calendar::day(Date::new(year, month, day).ok()?),
    ))
}

/// A paragraph that has told a day or month of long ago goes on in that year.
fn year_of_story(c: Cursor<'_>, month: i8, day: i8) -> Option<i16> {
    let told = c.latest.filter(|named| {
        named.block == c.words[c.at].block && named.value.precision >= Precision::Month
    })?;
    let then = told.value.first;
    if c.anchor.year() - then.year() < 2 {
        return None;
    }
    let distance = |year: i16| {
        let date = Date::new(year, month, day.min(28)).ok()?;
        Some((then.until(date).ok()?.get_days().abs(), year))
    };
    let years = [then.year() - 1, then.year(), then.year() + 1];
    years
        .into_iter()
        .filter_map(distance)
        .min()
        .map(|(_, year)| year)
}

/// Days that everyone names without their year: the year of "the September 11 attacks". Where
/// such a day may or may not be that of the attacks, there is none.
fn remembered(c: Cursor<'_>, day: i8, month: i8, n: usize) -> Option<Option<i16>> {
    const DAYS: &[(i8, i8, i16)] = &[(9, 11, 2001), (1, 6, 2021), (10, 7, 2023), (7, 7, 2005)];
    const EVENTS: &[&str] = &[
        "attack",
        "attacks",
        "bombings",
        "hijackings",
        "riot",
        "insurrection",
        "massacre",
        "terrorist",
        "terror",
        "committee",
        "assault",
        "victims",
        "memorial",
    ];
    let (.., year) = DAYS.iter().find(|(m, d, _)| (*m, *d) == (month, day))?;
    let after = Date::new(*year, month, day).ok()? <= c.anchor;
    let beside = c.spaced(n) && c.is_any(n + 1, EVENTS);
    let cue = c.after_any(&["since", "after", "post", "before"]) && (month, day) == (9, 11);
    match (after, beside, cue) {
        (true, true, _) => Some(Some(*year)),
        (true, false, true) => Some(None),
        _ => None,
    }
}

/// The year that follows the `n`th word, and how many words it takes: `, 2024`, `of 2024`,
/// `de 2024`, `last year`.
pub(super) fn year_after(c: Cursor<'_>, n: usize) -> Option<(usize, i16)> {
    if !matches!(c.between(n), "" | "," | ".") {
        return None;
    }
    let linked = usize::from(c.is_any(n + 1, &["of", "de", "del", "в"]));
    let at = n + 1 + linked;
    if let Some(year) = lexicon::year(c.word(at)) {
        let clock = c.text_after(at).starts_with(':') || c.is_any(at + 1, &["GMT", "UTC", "hours"]);
        let year = (!clock).then_some((linked + 1, year))?;
        return Some(with_the_word_year(c, at, year));
    }
    if !c.is_english() || !c.is(at + 1, "year") || !c.spaced(at) {
        return None;
    }
    let step = match c.word(at) {
        "this" => 0,
        "last" => -1,
        "next" => 1,
        _ => return None,
    };
    Some((linked + 2, c.anchor.year() + step))
}

/// Russian dates end with "года".
fn with_the_word_year(c: Cursor<'_>, at: usize, (taken, year): (usize, i16)) -> (usize, i16) {
    let word = c.tongue == Tongue::Russian && c.is_any(at + 1, &["года", "году", "год", "г"]);
    (taken + usize::from(word), year)
}

/// Words that stand before a month which has no year.
const CUES: &[&str] = &[
    "in",
    "since",
    "until",
    "by",
    "from",
    "of",
    "during",
    "between",
    "and",
    "to",
    "through",
    "late",
    "early",
    "mid",
    "before",
    "after",
    "next",
    "last",
    "this",
    "till",
    "throughout",
];

/// Cues that may stand before a person, a verb or a name as well.
const WEAK_CUES: &[&str] = &["and", "to", "of", "by", "from", "before", "after"];

/// `March 2024`, `in March`.
pub(super) fn month_year(c: Cursor<'_>) -> Option<Read> {
    let month = c.month_at(0)?;
    if let Some((more, year)) = year_after(c, 0) {
        return Some(Read::dated(1 + more, calendar::month(year, month)?));
    }
    // A day that does not exist, or whose year nobody knows, leaves no month behind.
    if c.spaced(0) && lexicon::day(c.word(1)).is_some() && !is_quantity(c) {
        return None;
    }
    let cue = c.before();
    let introduced = if c.is_english() {
        english_month_stands(c, cue)
    } else {
        super::tongue::introduces_month(c.tongue, cue)
    };
    if !introduced {
        return None;
    }
    // "May and June 2023"
    if let Some(year) = year_of_list(c) {
        return Some(Read::dated(1, calendar::month(year, month)?));
    }
    if let Some(year) = year_of_story(c, month, 15).filter(|_| !cue.eq_ignore_ascii_case("last")) {
        return Some(Read::dated(1, calendar::month(year, month)?));
    }
    let year = match cue.to_ascii_lowercase().as_str() {
        "this" => c.anchor.year(),
        "next" => calendar::year_of(c.anchor, month, None, Tense::Future),
        _ => match c.tense() {
            Tense::Future if !matches!(cue, "last" | "since" | "Since") => {
                calendar::year_of(c.anchor, month, None, Tense::Future)
            }
            _ => calendar::year_of(c.anchor, month, None, Tense::Past),
        },
    };
    Some(Read::undated(1, calendar::month(year, month)?))
}

/// True where the English word is the month: May is a verb, April and June are women, March is a
/// protest.
fn english_month_stands(c: Cursor<'_>, cue: &str) -> bool {
    let word = c.word(0);
    let name_follows = c.spaced(0) && matches!(c.case(1), Case::Title | Case::Upper);
    if matches!(cue, "every" | "each" | "Every" | "Each") {
        return false;
    }
    let strong = CUES.iter().any(|known| cue.eq_ignore_ascii_case(known));
    let weak = WEAK_CUES
        .iter()
        .any(|known| cue.eq_ignore_ascii_case(known));
    if lexicon::is_only_a_month(word) {
        let opens = c.at.checked_sub(1).is_some_and(|n| c.words[n].first);
        let name_before = cue.starts_with(char::is_uppercase) && !opens;
        return strong || (!name_follows && !name_before);
    }
    let clipped = word.len() <= 4 && !matches!(word, "May" | "June");
    if clipped && !c.text_after(0).starts_with('.') || !strong {
        return false;
    }
    !weak || (matches!(word, "April" | "June" | "August") && !name_follows)
}

/// The year at the end of a list of months: `May and June 2023`, `from May to June 2023`.
fn year_of_list(c: Cursor<'_>) -> Option<i16> {
    let joined = match c.between(0) {
        "," => 1,
        "" if c.is_any(1, &["and", "or", "et", "und", "y", "и"]) => 2,
        _ => return None,
    };
    c.month_at(joined)?;
    year_after(c, joined).map(|(_, year)| year)
}
