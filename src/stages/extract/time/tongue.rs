//! The words of time of each language that is read.
//!
//! A language is a table: whoever knows another one adds a table, no code.

use jiff::civil::Weekday::{self, Friday, Monday, Saturday, Sunday, Thursday, Tuesday, Wednesday};

use super::{
    calendar::{Tense, Unit},
    lexicon::{self, find},
    tables::{FRENCH, GERMAN, RUSSIAN, SPANISH},
};

/// A language whose dates are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tongue {
    English,
    French,
    German,
    Spanish,
    Russian,
    /// Only dates in digits are read.
    Other,
}

/// A word between the two ends of a range.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Joiner {
    To,
    And,
}

/// The words of one language; all in lower case.
pub(super) struct Words {
    pub(super) months: &'static [(&'static str, i8)],
    pub(super) weekdays: &'static [(&'static str, Weekday)],
    pub(super) seasons: &'static [(&'static str, i8)],
    pub(super) numbers: &'static [(&'static str, i64)],
    pub(super) units: &'static [(&'static str, Unit)],
    /// "La semaine dernière": what lies so many units from the article.
    pub(super) phrases: &'static [(&'static str, i64, Unit)],
    /// Words before a month that has no year.
    pub(super) month_cues: &'static [&'static str],
    /// Words before a year; in Russian after it.
    pub(super) year_cues: &'static [&'static str],
    /// "Début", "Ende": parts of a month or year.
    pub(super) parts: &'static [&'static str],
    /// Words between those and the month.
    pub(super) part_links: &'static [&'static str],
    /// What stands before "three days" in "three days ago".
    pub(super) ago_before: &'static [&'static str],
    /// What stands after.
    pub(super) ago_after: &'static str,
    /// "Last" and "next" beside a day of the week.
    pub(super) last: &'static [&'static str],
    pub(super) next: &'static [&'static str],
    /// Words before a day of the week that make it one of many.
    pub(super) habit: &'static [&'static str],
    /// Words before a decade in digits.
    pub(super) decade_cues: &'static [&'static str],
    /// What a decade in digits ends with.
    pub(super) decade_endings: &'static [&'static str],
    pub(super) from: &'static [&'static str],
    pub(super) to: &'static [&'static str],
    pub(super) between: &'static [&'static str],
    pub(super) and: &'static [&'static str],
    pub(super) future: &'static [&'static str],
}

impl Tongue {
    /// The language of a BCP 47 tag.
    pub(super) fn of(language: &str) -> Self {
        let primary = language.split(['-', '_']).next().unwrap_or_default();
        match primary.to_ascii_lowercase().as_str() {
            "en" => Self::English,
            "fr" => Self::French,
            "de" => Self::German,
            "es" => Self::Spanish,
            "ru" => Self::Russian,
            _ => Self::Other,
        }
    }

    /// Its words; English has rules of its own.
    pub(super) fn words(self) -> Option<&'static Words> {
        match self {
            Self::French => Some(&FRENCH),
            Self::German => Some(&GERMAN),
            Self::Spanish => Some(&SPANISH),
            Self::Russian => Some(&RUSSIAN),
            Self::English | Self::Other => None,
        }
    }
}

/// The names of the days from Monday on.
pub(super) const WEEK: [Weekday; 7] = [
    Monday, Tuesday, Wednesday, Thursday, Friday, Saturday, Sunday,
];

/// A word without the article or preposition that it swallowed: `d'août`, `l'été`.
pub(super) fn bare(word: &str) -> &str {
    let cut = word
        .strip_prefix(['d', 'l', 'D', 'L'])
        .and_then(|rest| rest.strip_prefix(['\'', '\u{2019}']));
    cut.unwrap_or(word)
}

pub(super) fn month(tongue: Tongue, word: &str) -> Option<i8> {
    match tongue {
        Tongue::English => lexicon::month(word),
        other => find(other.words()?.months, bare(word)),
    }
}

pub(super) fn introduces_month(tongue: Tongue, cue: &str) -> bool {
    tongue
        .words()
        .is_some_and(|words| holds(words.month_cues, cue))
}

/// True where a list of small words holds this one.
pub(super) fn holds(list: &[&str], word: &str) -> bool {
    !word.is_empty() && (list.contains(&word) || list.contains(&word.to_lowercase().as_str()))
}

pub(super) fn tense(tongue: Tongue, word: &str) -> Option<Tense> {
    holds(tongue.words()?.future, word).then_some(Tense::Future)
}

pub(super) fn joiner(tongue: Tongue, word: &str) -> Option<Joiner> {
    let (to, and): (&[&str], &[&str]) = match tongue.words() {
        Some(words) => (words.to, words.and),
        None if tongue == Tongue::English => (&["to", "until", "through", "till"], &["and"]),
        None => return None,
    };
    if holds(to, word) {
        Some(Joiner::To)
    } else {
        holds(and, word).then_some(Joiner::And)
    }
}

/// What "last" or "next" before a date says.
pub(super) fn step(tongue: Tongue, word: &str) -> Option<Tense> {
    let words = tongue.words()?;
    if holds(words.next, word) {
        return Some(Tense::Future);
    }
    holds(words.last, word).then_some(Tense::Past)
}

pub(super) fn opens_between(tongue: Tongue, word: &str) -> bool {
    match tongue.words() {
        Some(words) => holds(words.between, word),
        None => word.eq_ignore_ascii_case("between"),
    }
}

pub(super) fn opens_range(tongue: Tongue, word: &str) -> bool {
    match tongue.words() {
        Some(words) => holds(words.from, word),
        None => word.eq_ignore_ascii_case("from"),
    }
}

/// Joining words that mean many other things too.
pub(super) fn is_ambiguous(word: &str) -> bool {
    matches!(word, "a" | "al" | "à" | "au" | "по" | "bis")
}
