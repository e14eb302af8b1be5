//! Time expressions in each language, counted from days at the ends of the calendar too.
//!
//! The first byte chooses the language and the day.
#![no_main]

use dateline::{
    model::span::Span,
    stages::{
        extract::{time, token},
        parse::{self, ParseOptions},
    },
};
use dateline_fuzz::{check_span, file, text};
use jiff::civil::{Date, date};
use libfuzzer_sys::fuzz_target;

const DAYS: [Date; 6] = [
    date(2024, 7, 21),
    date(2024, 2, 29),
    date(2000, 1, 1),
    date(1, 1, 1),
    date(9999, 12, 31),
    date(2023, 12, 31),
];

fuzz_target!(|bytes: &[u8]| {
    let Some((&choice, bytes)) = bytes.split_first() else {
        return;
    };
    let Some(words) = text(bytes) else { return };
    let language = time::LANGUAGES[usize::from(choice) % time::LANGUAGES.len()];
    let day = DAYS[usize::from(choice) / time::LANGUAGES.len() % DAYS.len()];
    let body = Span::new(0, words.len());
    let source = file("a.md", &words);
    let (document, _) = parse::document(&source, body, "", &[], &ParseOptions::default());
    let tokens = token::tokens(&document);
    let mut end = 0;
    for found in time::expressions(&document, &tokens.words, day, language) {
        check_span(&document.text, found.span, "time");
        assert!(found.span.start >= end, "times overlap");
        end = found.span.end;
        let value = &found.value;
        assert!(value.first <= value.last, "{value:?}");
        let _ = value.to_string();
    }
});
