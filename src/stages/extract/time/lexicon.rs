//! English words of time, and numbers.

use jiff::civil::Weekday;

use super::calendar::{Tense, Unit};

/// The value of a word in a list, whatever its case.
pub(super) fn find<T: Copy>(list: &[(&str, T)], word: &str) -> Option<T> {
    let known = |known: &str| match (known.is_ascii(), word.is_ascii()) {
        (true, true) => known.eq_ignore_ascii_case(word),
        (false, false) => known == word.to_lowercase(),
        _ => false,
    };
    list.iter()
        .find(|(name, _)| known(name))
        .map(|(_, value)| *value)
}

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
    word.starts_with(|c: char| c.is_ascii_uppercase())
        .then(|| find(MONTHS, word))
        .flatten()
}

/// True for a month's name that is nothing else: "May" and "March" are verbs, "June" a name.
pub(super) fn is_only_a_month(word: &str) -> bool {
    matches!(
        word,
        "January"
            | "February"
            | "July"
            | "September"
            | "October"
            | "November"
            | "December"
            | "Sept"
    )
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
    word.starts_with(|c: char| c.is_ascii_uppercase())
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

/// A unit of time, in the singular or plural.
pub(super) fn unit(word: &str) -> Option<Unit> {
    const UNITS: &[(&str, Unit)] = &[
        ("day", Unit::Day),
        ("week", Unit::Week),
        ("month", Unit::Month),
        ("year", Unit::Year),
        ("decade", Unit::Decade),
        ("century", Unit::Century),
        ("days", Unit::Day),
        ("weeks", Unit::Week),
        ("months", Unit::Month),
        ("years", Unit::Year),
        ("decades", Unit::Decade),
        ("centuries", Unit::Century),
    ];
    find(UNITS, word)
}

/// `first` to `fourth`, for quarters and halves.
pub(super) fn ordinal(word: &str) -> Option<i8> {
    const ORDINALS: &[(&str, i8)] = &[
        ("first", 1),
        ("second", 2),
        ("third", 3),
        ("fourth", 4),
        ("final", 4),
        ("1st", 1),
        ("2nd", 2),
        ("3rd", 3),
        ("4th", 4),
    ];
    find(ORDINALS, word)
}

/// The number of a century: `21st`, `nineteenth`.
pub(super) fn nth_century(word: &str) -> Option<i16> {
    const ORDINALS: &[(&str, i16)] = &[
        ("sixteenth", 16),
        ("seventeenth", 17),
        ("eighteenth", 18),
        ("nineteenth", 19),
        ("twentieth", 20),
        ("twenty-first", 21),
    ];
    find(ORDINALS, word).or_else(|| {
        let digits = word.trim_end_matches(|c: char| c.is_ascii_alphabetic());
        let ordinal = matches!(&word[digits.len()..], "st" | "nd" | "rd" | "th");
        let n = digits.parse().ok()?;
        (ordinal && (10..=22).contains(&n)).then_some(n)
    })
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
        ("fifteen", 15),
        ("twenty", 20),
        ("thirty", 30),
        ("forty", 40),
        ("fifty", 50),
    ];
    find(NUMBERS, word).or_else(|| digits(word))
}

/// A small number in digits.
pub(super) fn digits(word: &str) -> Option<i64> {
    word.parse().ok().filter(|n| (1..=200).contains(n))
}

/// A day of the month: `5`, `5th`, `1er`.
pub(super) fn day(word: &str) -> Option<i8> {
    let digits = word.trim_end_matches(|c: char| !c.is_ascii_digit());
    let ending = &word[digits.len()..];
    let plain = matches!(ending, "" | "st" | "nd" | "rd" | "th" | "er" | "-го" | "-е");
    let day: i8 = digits.parse().ok()?;
    (plain && digits.len() <= 2 && (1..=31).contains(&day)).then_some(day)
}

/// A year of four digits that news may speak of.
pub(super) fn year(word: &str) -> Option<i16> {
    let digits = word.len() == 4 && word.bytes().all(|b| b.is_ascii_digit());
    let year: i16 = word.parse().ok().filter(|_| digits)?;
    (1500..=2100).contains(&year).then_some(year)
}

/// `1990s`, as its first year.
pub(super) fn decade(word: &str) -> Option<i16> {
    year(word.strip_suffix('s')?).filter(|year| year % 10 == 0)
}

/// What the word says of when the sentence plays.
pub(super) fn tense(word: &str) -> Option<Tense> {
    const FUTURE: &[&str] = &[
        "will",
        "shall",
        "due",
        "upcoming",
        "scheduled",
        "slated",
        "planned",
        "expected",
        "ahead",
        "coming",
        "plans",
        "opens",
        "begins",
        "starts",
        "won't",
    ];
    const PAST: &[&str] = &[
        "was", "were", "had", "took", "said", "told", "met", "began", "came", "went", "made",
        "left", "found", "gave", "held", "became", "saw", "won", "lost", "fell", "rose", "led",
        "wrote", "sent", "struck", "shot", "hit", "broke", "brought", "spoke", "ran", "stood",
        "did", "got", "kept", "grew", "drew", "fought", "fled", "flew", "blew", "put", "signed",
        "been",
    ];
    const NO_VERBS: &[&str] = &[
        "hundred", "indeed", "speed", "breed", "exceed", "proceed", "succeed", "armed", "sacred",
        "need",
    ];
    if FUTURE.contains(&word) {
        return Some(Tense::Future);
    }
    let regular = word.len() > 4 && word.ends_with("ed") && !NO_VERBS.contains(&word);
    (regular || PAST.contains(&word)).then_some(Tense::Past)
}

/// True for what numbers count: "2024 people" names no year.
pub(super) fn is_counted(word: &str) -> bool {
    COUNTED.contains(&word)
}

const COUNTED: &[&str] = &[
    "people",
    "persons",
    "men",
    "women",
    "children",
    "soldiers",
    "troops",
    "fighters",
    "militants",
    "civilians",
    "refugees",
    "migrants",
    "victims",
    "deaths",
    "euros",
    "dollars",
    "pounds",
    "roubles",
    "rubles",
    "yuan",
    "yen",
    "francs",
    "metres",
    "meters",
    "kilometres",
    "kilometers",
    "km",
    "m",
    "miles",
    "feet",
    "acres",
    "hectares",
    "tonnes",
    "tons",
    "kg",
    "mg",
    "jobs",
    "homes",
    "houses",
    "buildings",
    "members",
    "users",
    "agents",
    "officers",
    "cases",
    "volunteers",
    "employees",
    "workers",
    "students",
    "respondents",
    "participants",
    "patients",
    "pages",
    "words",
    "characters",
    "hours",
    "minutes",
    "seconds",
    "days",
    "weeks",
    "months",
    "years",
    "times",
    "copies",
    "votes",
    "seats",
    "shares",
    "units",
    "points",
    "percent",
    "per",
    "GMT",
    "UTC",
    "million",
    "BC",
    "BCE",
    "square",
    "different",
];
