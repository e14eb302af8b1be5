//! Names of months, days and seasons; numbers.

use jiff::civil::Weekday;

/// The month that an English word names; short forms too. "May" and "March" need more than the
/// word: see the reader.
pub(super) fn month(word: &str) -> Option<i8> {
    const MONTHS: &[(&str, i8)] = &[
        ("january", 1),
        ("february", 2),
        ("march", 3),
        ("april", 4),
        ("may", 5),
        ("june", 6),
        ("july", 7),
        ("august", 8),
        ("september", 9),
        ("october", 10),
        ("november", 11),
        ("december", 12),
        ("jan", 1),
        ("feb", 2),
        ("mar", 3),
        ("apr", 4),
        ("jun", 6),
        ("jul", 7),
        ("aug", 8),
        ("sep", 9),
        ("sept", 9),
        ("oct", 10),
        ("nov", 11),
        ("dec", 12),
    ];
    word.starts_with(char::is_uppercase)
        .then(|| find(MONTHS, word))
        .flatten()
}

/// Months in French, German, Spanish and Russian, as dates write them.
pub(super) fn foreign_month(word: &str) -> Option<i8> {
    const MONTHS: &[(&str, i8)] = &[
        ("janvier", 1),
        ("février", 2),
        ("mars", 3),
        ("avril", 4),
        ("mai", 5),
        ("juin", 6),
        ("juillet", 7),
        ("août", 8),
        ("septembre", 9),
        ("octobre", 10),
        ("novembre", 11),
        ("décembre", 12),
        ("januar", 1),
        ("jänner", 1),
        ("februar", 2),
        ("märz", 3),
        ("april", 4),
        ("juni", 6),
        ("juli", 7),
        ("august", 8),
        ("september", 9),
        ("oktober", 10),
        ("november", 11),
        ("dezember", 12),
        ("enero", 1),
        ("febrero", 2),
        ("marzo", 3),
        ("abril", 4),
        ("mayo", 5),
        ("junio", 6),
        ("julio", 7),
        ("agosto", 8),
        ("septiembre", 9),
        ("octubre", 10),
        ("noviembre", 11),
        ("diciembre", 12),
        ("января", 1),
        ("февраля", 2),
        ("марта", 3),
        ("апреля", 4),
        ("мая", 5),
        ("июня", 6),
        ("июля", 7),
        ("августа", 8),
        ("сентября", 9),
        ("октября", 10),
        ("ноября", 11),
        ("декабря", 12),
    ];
    find(MONTHS, word)
}

/// The day of the week that a word names.
pub(super) fn weekday(word: &str) -> Option<Weekday> {
    const DAYS: &[(&str, Weekday)] = &[
        ("monday", Weekday::Monday),
        ("tuesday", Weekday::Tuesday),
        ("wednesday", Weekday::Wednesday),
        ("thursday", Weekday::Thursday),
        ("friday", Weekday::Friday),
        ("saturday", Weekday::Saturday),
        ("sunday", Weekday::Sunday),
    ];
    word.starts_with(char::is_uppercase)
        .then(|| find(DAYS, word))
        .flatten()
}

/// The month in which a season starts.
pub(super) fn season(word: &str) -> Option<i8> {
    const SEASONS: &[(&str, i8)] = &[
        ("spring", 3),
        ("summer", 6),
        ("autumn", 9),
        ("fall", 9),
        ("winter", 12),
    ];
    find(SEASONS, word)
}

/// A small number, in words or digits.
pub(super) fn number(word: &str) -> Option<i64> {
    const NUMBERS: &[(&str, i64)] = &[
        ("a", 1),
        ("an", 1),
        ("one", 1),
        ("two", 2),
        ("three", 3),
        ("four", 4),
        ("five", 5),
        ("six", 6),
        ("seven", 7),
        ("eight", 8),
        ("nine", 9),
        ("ten", 10),
        ("eleven", 11),
        ("twelve", 12),
        ("twenty", 20),
        ("thirty", 30),
    ];
    find(NUMBERS, word).or_else(|| word.parse().ok().filter(|n| (1..=200).contains(n)))
}

/// A day of the month: `5`, `5th`.
pub(super) fn day(word: &str) -> Option<i8> {
    let digits = word.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let ending = &word[digits.len()..];
    let plain = matches!(ending, "" | "st" | "nd" | "rd" | "th");
    let day: i8 = digits.parse().ok()?;
    (plain && digits.len() <= 2 && (1..=31).contains(&day)).then_some(day)
}

/// A year of four digits that news may speak of.
pub(super) fn year(word: &str) -> Option<i16> {
    let year: i16 = word.parse().ok()?;
    (word.len() == 4 && (1500..=2100).contains(&year)).then_some(year)
}

fn find<T: Copy>(list: &[(&str, T)], word: &str) -> Option<T> {
    let lower = word.to_lowercase();
    list.iter()
        .find(|(known, _)| *known == lower)
        .map(|(_, value)| *value)
}
