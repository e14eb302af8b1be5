//! Years and what is longer or is told by one: `in 2022`, `2019–21`, `the 1990s`, `Q3 2023`, `the
//! 21st century`, `summer 2024`.

use super::{
    calendar::{self, Tense},
    cursor::{Cursor, Read},
    lexicon,
    month::year_after,
};
use crate::{
    model::time::{Precision, TimeValue},
    stages::extract::token::{Case, Gap},
};

/// `2019-2021`, `2019-21`, `1914–18`.
pub(super) fn years(c: Cursor<'_>) -> Option<Read> {
    let (taken, first, second) = match c.word(0).split_once(['-', '\u{2013}']) {
        Some((first, second)) => (1, first, second),
        None if matches!(c.between(0), "\u{2013}" | "-" | "\u{2014}") => (2, c.word(0), c.word(1)),
        None => return None,
    };
    let from = lexicon::year(first)?;
    let to = lexicon::year(second).or_else(|| {
        let short: i16 = second.parse().ok().filter(|_| second.len() == 2)?;
        Some(from - from % 100 + short)
    })?;
    // 2024-03 is a month.
    let plausible = to > from && to <= c.anchor.year() + 100;
    let value =
        plausible.then(|| calendar::range(calendar::year(from)?, calendar::year(to)?))??;
    Some(Read::dated(taken, value))
}

/// `1990s`, `mid-1990s`, `'90s`.
pub(super) fn decade(c: Cursor<'_>) -> Option<Read> {
    let word = c.word(0);
    let short = word
        .strip_suffix('s')
        .filter(|digits| digits.len() == 2 && digits.ends_with('0'))
        .filter(|_| matches!(c.sign_before(), Some('\'' | '\u{2019}' | '\u{2018}')))
        .and_then(|digits| digits.parse::<i16>().ok());
    let first = lexicon::decade(word).or_else(|| short.map(|n| 1900 + n))?;
    Some(Read::dated(1, of_decade(first)?))
}

/// "The 1800s" are a century.
pub(super) fn of_decade(first: i16) -> Option<TimeValue> {
    if first % 100 == 0 && first < 2000 {
        calendar::century(first)
    } else {
        calendar::decade(first)
    }
}

/// `the 21st century`, `19th-century`.
pub(super) fn century(c: Cursor<'_>) -> Option<Read> {
    let word = c.word(0);
    let (taken, ordinal) = match word.strip_suffix("-century") {
        Some(ordinal) => (1, ordinal),
        // "The 21st Century Act" is a name.
        None if matches!(c.word(1), "century" | "centuries") => (2, word),
        None => return None,
    };
    let n = lexicon::nth_century(ordinal)?;
    let old = c.is_any(taken, &["BC", "BCE", "B.C."]);
    let value = (!old).then(|| calendar::century((n - 1) * 100))??;
    Some(Read::dated(taken, value))
}

/// `Q3 2023`, `2023 Q3`, `H1 2024`, `the second quarter of 2024`, `the first half of the year`.
pub(super) fn part_of_year(c: Cursor<'_>) -> Option<Read> {
    if let Some(year) = lexicon::year(c.word(0)) {
        let value = part(c.word(1), year).filter(|_| c.spaced(0))?;
        return Some(Read::dated(2, value));
    }
    if part(c.word(0), 2000).is_some() {
        let (more, year) = year_after(c, 0)?;
        return Some(Read::dated(1 + more, part(c.word(0), year)?));
    }
    let n = lexicon::ordinal(c.word(0))?;
    let (more, year) = year_after(c, 1).or_else(|| {
        let this = c.is(2, "of") && c.is_any(3, &["the", "this"]) && c.is(4, "year");
        this.then_some((3, c.anchor.year()))
    })?;
    let value = match c.word(1) {
        "quarter" => calendar::quarter(year, n)?,
        "half" if n <= 2 => calendar::half(year, n)?,
        _ => return None,
    };
    Some(Read::dated(2 + more, value))
}

fn part(word: &str, year: i16) -> Option<TimeValue> {
    let n: i8 = word.get(1..)?.parse().ok()?;
    match (word.as_bytes().first()?, n) {
        (b'Q', 1..=4) => calendar::quarter(year, n),
        (b'H', 1..=2) => calendar::half(year, n),
        _ => None,
    }
}

/// `fiscal year 2024`, `FY2024`: whose year begins when the text does not say.
pub(super) fn fiscal(c: Cursor<'_>) -> Option<Read> {
    let word = c.word(0);
    if let Some(digits) = word.strip_prefix("FY") {
        let (taken, digits) = if digits.is_empty() {
            (2, c.word(1))
        } else {
            (1, digits)
        };
        let short = || {
            let n: i16 = digits.parse().ok().filter(|_| digits.len() == 2)?;
            Some(2000 + n)
        };
        let year = lexicon::year(digits).or_else(short)?;
        return Some(Read::dated(taken, calendar::rough(calendar::year(year)?)));
    }
    if !matches!(word, "fiscal" | "Fiscal" | "financial" | "Financial") {
        return None;
    }
    let at = if c.is_any(1, &["year", "years"]) {
        2
    } else {
        1
    };
    if at == 1 && !word.eq_ignore_ascii_case("fiscal") {
        return None;
    }
    let rest = c.skip(at);
    if let Some(read) = years(rest) {
        return Some(read.after(at));
    }
    let year = lexicon::year(rest.word(0))?;
    Some(Read::dated(at + 1, calendar::rough(calendar::year(year)?)))
}

/// `spring 2024`, `the summer of 2023`, `the winter of 2013-14`, `in the spring`.
pub(super) fn season(c: Cursor<'_>) -> Option<Read> {
    let start = lexicon::season(c.word(0))?;
    let of = usize::from(c.is(1, "of"));
    if let Some(range) = years(c.skip(1 + of)).filter(|_| c.spaced(0)) {
        let value = calendar::season(range.value.first.year(), start)?;
        return Some(Read::dated(1 + of + range.taken, value));
    }
    if let Some((more, year)) = year_after(c, 0) {
        return Some(Read::dated(1 + more, calendar::season(year, start)?));
    }
    // "In the spring" is a date only where the sentence tells something; "the Arab Spring", "the
    // fall of Kabul" and "summer" as such are none.
    let cue = c.before() == "the" && matches!(c.back(2), "in" | "In" | "during" | "since");
    let plain = cue && c.case(0) == Case::Lower && !c.is(1, "of");
    let year = match plain.then(|| c.tense())? {
        Tense::Open => return None,
        tense => calendar::year_of(c.anchor, start, None, tense),
    };
    Some(Read::dated(1, calendar::season(year, start)?))
}

/// Words before a year.
const CUES: &[&str] = &[
    "in",
    "since",
    "until",
    "by",
    "from",
    "during",
    "of",
    "after",
    "before",
    "between",
    "through",
    "late",
    "early",
    "the",
    "till",
    "throughout",
    "year",
    "mid",
    "circa",
    "its",
    "summer",
    "year's",
    "for",
];

/// Words before a year that stand before any number as well.
const WEAK_CUES: &[&str] = &["the", "of", "after", "before", "its", "for", "by"];

/// `in 2022`, `(2019)`: a number of four digits alone may count something else.
pub(super) fn year(c: Cursor<'_>) -> Option<Read> {
    let year = lexicon::year(c.word(0))?;
    let bracketed = c.sign_before() == Some('(') && c.text_after(0).starts_with([')', ',']);
    let listed = follows_a_year(c);
    let cue = c.after_any(CUES) || bracketed || listed;
    let sign = c
        .sign_before()
        .is_some_and(|sign| "$£€#§.,:/-+".contains(sign));
    let more = c.text_after(0);
    let measured = more.starts_with(['%', '°', '/', '$', '€', ':'])
        || (more.starts_with(['.', ',']) && more[1..].starts_with(|c: char| c.is_ascii_digit()));
    if !cue || sign || measured || counts(c, year) {
        return None;
    }
    let weak = c.after_any(WEAK_CUES) || bracketed;
    let plausible = !weak || (1900..=c.anchor.year() + 20).contains(&year);
    // "by 2000 to 1500" and "of 2100" votes are doubtful; years to come are told with "in" or "by".
    plausible.then(|| Some(Read::dated(1, calendar::year(year)?)))?
}

/// `2019, 2020 and 2021`.
fn follows_a_year(c: Cursor<'_>) -> bool {
    let Some(named) = c
        .latest
        .filter(|named| named.value.precision == Precision::Year)
    else {
        return false;
    };
    let comma = named.end == c.at && c.at > 0 && c.words[c.at - 1].gap == Gap::Comma;
    let word = named.end + 1 == c.at && c.after_any(&["and", "or", "to"]);
    named.block == c.words[c.at].block && (comma || word)
}

/// True where the number counts what follows.
fn counts(c: Cursor<'_>, year: i16) -> bool {
    if !c.spaced(0) {
        return false;
    }
    let next = c.word(1);
    let plural = next.len() > 3 && next.ends_with('s') && next.starts_with(char::is_lowercase);
    lexicon::is_counted(next) || (plural && year % 100 == 0 && year != 2000)
}
