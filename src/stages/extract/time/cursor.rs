//! A place in the words, from which an expression is read.

use jiff::civil::Date;

use super::{
    calendar::Tense,
    lexicon,
    tongue::{self, Tongue},
};
use crate::{
    model::{document::Document, span::Span, time::TimeValue},
    stages::extract::token::{Case, Gap, Token},
};

/// What was read.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Read {
    /// How many words.
    pub(super) taken: usize,
    /// What they mean.
    pub(super) value: TimeValue,
    /// False where the year is inferred.
    pub(super) dated: bool,
    /// True for what comes every year: "the monsoon lasts from July to September".
    pub(super) usual: bool,
}

impl Read {
    /// Words that say their year themselves, or count from a given day.
    pub(super) fn dated(taken: usize, value: TimeValue) -> Self {
        Self {
            taken,
            value,
            dated: true,
            usual: false,
        }
    }

    /// Words whose year is inferred.
    pub(super) fn undated(taken: usize, value: TimeValue) -> Self {
        Self {
            dated: false,
            ..Self::dated(taken, value)
        }
    }

    /// The same after `n` words more in front.
    pub(super) fn after(self, n: usize) -> Self {
        Self {
            taken: self.taken + n,
            ..self
        }
    }

    /// The same, not as exact.
    pub(super) fn rough(self) -> Self {
        Self {
            value: super::calendar::rough(self.value),
            ..self
        }
    }
}

/// A date that the text has named, and the block in which it did.
#[derive(Debug, Clone, Copy)]
pub(super) struct Named {
    pub(super) block: u32,
    /// One past its last word.
    pub(super) end: usize,
    pub(super) value: TimeValue,
}

/// A place in the words, and what is known there.
#[derive(Debug, Clone, Copy)]
pub(super) struct Cursor<'a> {
    pub(super) document: &'a Document,
    pub(super) words: &'a [Token],
    pub(super) at: usize,
    /// The article's date.
    pub(super) anchor: Date,
    /// The date named last.
    pub(super) latest: Option<Named>,
    pub(super) tongue: Tongue,
    /// True where `7/4` is the fourth of July, false where it is the seventh of April.
    pub(super) month_first: Option<bool>,
}

impl<'a> Cursor<'a> {
    /// The `n`th word from here, of the same block; empty where there is none.
    pub(super) fn word(self, n: usize) -> &'a str {
        let (Some(here), Some(word)) = (self.words.get(self.at), self.words.get(self.at + n))
        else {
            return "";
        };
        if here.block == word.block && !word.masked {
            word.span.of(&self.document.text)
        } else {
            ""
        }
    }

    pub(super) fn is(self, n: usize, word: &str) -> bool {
        self.word(n).eq_ignore_ascii_case(word)
    }

    pub(super) fn is_any(self, n: usize, words: &[&str]) -> bool {
        let here = self.word(n);
        words.iter().any(|word| here.eq_ignore_ascii_case(word))
    }

    pub(super) fn case(self, n: usize) -> Case {
        match self.words.get(self.at + n) {
            Some(word) if !self.word(n).is_empty() => word.case,
            _ => Case::Lower,
        }
    }

    pub(super) fn gap(self, n: usize) -> Gap {
        self.words
            .get(self.at + n)
            .map_or(Gap::Other, |word| word.gap)
    }

    /// True where nothing but white space parts the `n`th word from the next.
    pub(super) fn spaced(self, n: usize) -> bool {
        self.gap(n) == Gap::Space
    }

    /// The text between the `n`th word and the next, without the white space around.
    pub(super) fn between(self, n: usize) -> &'a str {
        let (Some(one), Some(two)) = (self.words.get(self.at + n), self.words.get(self.at + n + 1))
        else {
            return "\n";
        };
        if one.block != two.block {
            return "\n";
        }
        let between = Span {
            start: one.span.end,
            end: two.span.start,
        };
        between.of(&self.document.text).trim()
    }

    /// The `n`th word before, of the same block; `back(1)` is the one before.
    pub(super) fn back(self, n: usize) -> &'a str {
        let (Some(here), Some(before)) = (self.words.get(self.at), self.at.checked_sub(n)) else {
            return "";
        };
        let word = self.words[before];
        if word.block == here.block {
            word.span.of(&self.document.text)
        } else {
            ""
        }
    }

    /// The word before, if only white space stands between.
    pub(super) fn before(self) -> &'a str {
        let beside = self
            .at
            .checked_sub(1)
            .is_some_and(|n| self.words[n].gap == Gap::Space);
        if beside { self.back(1) } else { "" }
    }

    pub(super) fn after_any(self, words: &[&str]) -> bool {
        let before = self.before();
        words.iter().any(|word| before.eq_ignore_ascii_case(word))
    }

    /// The character right before the first word.
    pub(super) fn sign_before(self) -> Option<char> {
        let start = self.words.get(self.at)?.span.start as usize;
        self.document.text.get(..start)?.chars().next_back()
    }

    /// The characters right after the `n`th word.
    pub(super) fn text_after(self, n: usize) -> &'a str {
        let end = self.words.get(self.at + n).map(|word| word.span.end);
        end.and_then(|end| self.document.text.get(end as usize..))
            .unwrap_or_default()
    }

    pub(super) fn skip(self, n: usize) -> Self {
        Self {
            at: self.at + n,
            ..self
        }
    }

    pub(super) fn is_english(self) -> bool {
        self.tongue == Tongue::English
    }

    /// The month that the `n`th word names.
    pub(super) fn month_at(self, n: usize) -> Option<i8> {
        tongue::month(self.tongue, self.word(n))
    }

    /// Whether the sentence speaks of what is to come: the nearest verb before decides, else the
    /// nearest after.
    pub(super) fn tense(self) -> Tense {
        const REACH: usize = 10;
        let block = self.words[self.at].block;
        let mut at = self.at;
        while at > 0 && self.at - at < REACH && !self.words[at].first {
            at -= 1;
            if self.words[at].block != block {
                break;
            }
            if let Some(tense) = self.tense_of(at) {
                return tense;
            }
        }
        let after = (self.at + 1..self.words.len()).take(REACH);
        after
            .take_while(|n| self.words[*n].block == block && !self.words[*n].first)
            .find_map(|n| self.tense_of(n))
            .unwrap_or(Tense::Open)
    }

    fn tense_of(self, n: usize) -> Option<Tense> {
        let word = self.words[n];
        if word.case != Case::Lower {
            return None;
        }
        let written = word.span.of(&self.document.text);
        if self.is_english() {
            let back = |m: usize| {
                n.checked_sub(m)
                    .map_or("", |n| self.words[n].span.of(&self.document.text))
            };
            // "Is to be held" is to come.
            if written == "be" && back(1) == "to" && matches!(back(2), "is" | "are") {
                return Some(Tense::Future);
            }
            lexicon::tense(written).filter(|_| !matches!(back(1), "be" | "to"))
        } else {
            tongue::tense(self.tongue, written)
        }
    }
}
