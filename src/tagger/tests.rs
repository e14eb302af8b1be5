//! The embedded tagger on any text.
#![allow(clippy::unwrap_used)]

use proptest::prelude::*;

use super::Tagger;
use crate::stages::extract::{Recogniser, plain, token::tokens};

/// Spans are in order, apart, within the text and on the borders of characters.
fn check(text: &str) {
    let document = plain::document(text);
    let words = tokens(&document).words;
    let spans = Tagger::shared().unwrap().spans(text, &words);
    let mut end = 0;
    for found in spans {
        assert!(found.span.start >= end && found.span.start < found.span.end);
        assert!(text.get(found.span.range()).is_some());
        assert!((0.0..=1.0).contains(&found.score));
        end = found.span.end;
    }
}

#[test]
fn odd_texts_are_no_problem() {
    check("");
    check("\u{0}\u{feff}\u{202e}A\u{301}\u{1f600}B \u{fb01}");
    check(&"Aa".repeat(100_000));
    check(&"Paris ".repeat(20_000));
}

proptest! {
    #[test]
    fn spans_are_in_order(text in any::<String>(), names in "([A-Z][a-z]{0,6}[ ,.\n'(-]{1,2}){0,40}") {
        check(&text);
        check(&names);
    }
}
