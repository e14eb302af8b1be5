//! The table of cases, and what holds for any text.

use jiff::civil::Date;
use proptest::prelude::*;

use super::expressions;
use crate::stages::extract::{testing::document, token::tokens};

const CASES: &str = include_str!("cases.tsv");

/// The times of `text`, as EDTF.
fn found(date: Date, language: &str, text: &str) -> String {
    let document = document(text);
    let words = tokens(&document).words;
    let times = expressions(&document, &words, date, language);
    let values: Vec<String> = times.iter().map(|time| time.value.to_string()).collect();
    match values.as_slice() {
        [] => "-".to_owned(),
        values => values.join(" "),
    }
}

#[test]
fn the_languages_that_are_told_are_those_that_are_read() {
    for language in super::LANGUAGES {
        assert_ne!(
            super::Tongue::of(language),
            super::Tongue::Other,
            "{language}"
        );
    }
}

#[test]
fn every_case_of_the_table() {
    let mut wrong = Vec::new();
    let mut count = 0;
    for line in CASES
        .lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
    {
        let fields: Vec<&str> = line.split('\t').collect();
        let [date, language, expected, text] = fields.as_slice() else {
            panic!("a case has four columns: {line}");
        };
        let Ok(date) = date.parse::<Date>() else {
            panic!("no date: {line}");
        };
        count += 1;
        let found = found(date, language, text);
        if found != *expected {
            wrong.push(format!("{text}\n    expected {expected}, found {found}"));
        }
    }
    assert!(count >= 150, "the table has {count} cases");
    assert!(
        wrong.is_empty(),
        "{} of {count}:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}

#[test]
fn spans_hold_the_words_that_told_it() {
    let text = "They met from 3 to 5 May 2024, then in early June, and last Friday evening.";
    let document = document(text);
    let words = tokens(&document).words;
    let date = Date::constant(2024, 7, 21);
    let spans: Vec<&str> = expressions(&document, &words, date, "en")
        .iter()
        .map(|time| time.span.of(&document.text))
        .collect();
    assert_eq!(
        spans,
        ["3 to 5 May 2024", "early June", "last Friday evening"]
    );
}

const PIECES: &[&str] = &[
    "3",
    "31",
    "5th",
    "2024",
    "19",
    "21",
    "1990s",
    "'90s",
    "May",
    "March",
    "July",
    "Sept.",
    "Friday",
    "last",
    "next",
    "this",
    "the",
    "of",
    "to",
    "from",
    "between",
    "and",
    "until",
    "week",
    "weekend",
    "year",
    "month",
    "day",
    "early",
    "mid-",
    "late",
    "end",
    "first",
    "half",
    "quarter",
    "Q3",
    "FY",
    "two",
    "days",
    "ago",
    "later",
    "earlier",
    "following",
    "century",
    "21st",
    "2024-07-19",
    "2019-21",
    "19.07.2024",
    "7/4/2024",
    "New Year's Eve",
    "overnight",
    "yesterday",
    "in",
    "since",
    "will",
    "said",
    ",",
    ".",
    "–",
    "-",
    "(",
    ")",
    "“",
    "”",
    "é",
    "中",
    "\n\n",
    "août",
    "juillet",
    "le",
    "19. Juli",
    "Jahr",
    "vor",
    "июля",
    "года",
    "в",
    "9999",
    "0",
    "-5",
    "winter",
    "29 February",
    "Reuters",
    "officials",
    "the attack",
    "Kabul",
    "'",
    "\"",
    "«",
    "»",
];

/// Pieces of which prose about time is made, and some that only look like it.
fn pieces() -> impl Strategy<Value = String> {
    prop::collection::vec(prop::sample::select(PIECES), 0..24).prop_map(|words| words.join(" "))
}

proptest! {
    #[test]
    fn any_text_gives_spans_in_order_within_blocks(
        text in prop_oneof![pieces(), "\\PC{0,60}"],
        language in prop::sample::select(vec!["en", "en-US", "fr", "de", "es", "ru", "it", ""]),
        day in -9_000_i32..9_000,
    ) {
        use jiff::ToSpan;
        let document = document(&text);
        let words = tokens(&document).words;
        let date = Date::constant(2024, 7, 21).saturating_add(day.days());
        let times = expressions(&document, &words, date, language);
        for pair in times.windows(2) {
            prop_assert!(pair[0].span.end <= pair[1].span.start);
        }
        for time in times {
            prop_assert!(document.text.get(time.span.range()).is_some_and(|words| !words.is_empty()));
            prop_assert!(document.blocks.iter().any(|block| block.span.contains(time.span)));
            prop_assert!(time.value.first <= time.value.last);
        }
    }

    #[test]
    fn dates_at_the_ends_of_the_calendar_do_no_harm(text in pieces(), first in any::<bool>()) {
        let document = document(&text);
        let words = tokens(&document).words;
        let date = if first { Date::MIN } else { Date::MAX };
        for time in expressions(&document, &words, date, "en") {
            prop_assert!(time.value.first <= time.value.last);
        }
    }
}
