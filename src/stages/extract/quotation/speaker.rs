//! Who said a quotation.

use super::{marks::Quoted, subject::Subjects};
use crate::{
    model::span::Span,
    stages::extract::{lexicon::is_in, speech, token::Case},
};

/// What the text says of the speaker.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Speaker {
    /// This mention.
    Named(usize),
    /// Somebody, but it is not plain who.
    Unclear,
    /// The sentence goes on after it, but no verb of speech does.
    Open,
    /// Nothing.
    Absent,
}

impl Speaker {
    pub(super) fn mention(self) -> Option<usize> {
        match self {
            Self::Named(mention) => Some(mention),
            Self::Unclear | Self::Open | Self::Absent => None,
        }
    }

    fn is_told(self) -> bool {
        self != Self::Absent
    }
}

/// A quotation and what surrounds it.
pub(super) struct Scene<'a> {
    pub(super) subjects: &'a Subjects<'a>,
    pub(super) sentences: &'a [Span],
    pub(super) quoted: Quoted,
    pub(super) next: Option<Span>,
    pub(super) last: Option<Span>,
}

/// Words from a verb to the name of the speaker, at most.
const REACH: usize = 14;

impl Scene<'_> {
    /// The speaker named after the quotation, else before it.
    pub(super) fn speaker(&self) -> Speaker {
        let after = self.after();
        if after.is_told() && after != Speaker::Open {
            return after;
        }
        let before = self.before();
        if before.is_told() { before } else { after }
    }

    fn text(&self) -> &str {
        self.quoted.span.of(&self.subjects.document.text)
    }

    /// `…," X said`, `…," said X`, `…," he said`, `…," according to X`.
    fn after(&self) -> Speaker {
        let words = self.subjects.words;
        let from = words.partition_point(|word| word.span.start < self.quoted.outer.end);
        let Some(first) = words
            .get(from)
            .filter(|word| word.block == self.quoted.block)
        else {
            return Speaker::Absent;
        };
        // A quotation that ends its sentence is told by what stands before it.
        if self.text().ends_with('.') && first.case != Case::Lower {
            return Speaker::Absent;
        }
        let to = self.clause_end(from);
        let open = self.text().ends_with([',', '\u{2014}']);
        let otherwise = if open { Speaker::Open } else { Speaker::Absent };
        if self.subjects.is(from, "according") && self.subjects.is(from + 1, "to") {
            return self.subjects.following(from + 2, to);
        }
        let says = |n: &usize| {
            self.subjects.is_saying(*n) || matches!(self.subjects.word(*n), "asked" | "asks")
        };
        let Some(verb) = (from..to).find(says) else {
            return otherwise;
        };
        // After "?" a new sentence may begin, unless it is just "X asked".
        if !open && first.case != Case::Lower {
            let named = self.subjects.mention_starting(from);
            let beside = named.filter(|n| self.subjects.last_word(*n) + 1 == verb);
            return beside.map_or(otherwise, |_| self.subjects.preceding(verb, from));
        }
        // "…" and so on, with a clause of its own: "… is what X said".
        if !open && verb > from + 6 {
            return otherwise;
        }
        if self.subjects.is_bare(from, verb) {
            return self.subjects.following(verb + 1, to);
        }
        self.subjects.preceding(verb, from)
    }

    /// `X said: "…"`, `X said that it was "…"`, `According to X, "…"`.
    fn before(&self) -> Speaker {
        let words = self.subjects.words;
        let to = words.partition_point(|word| word.span.end <= self.quoted.outer.start);
        let start = self.sentence_start();
        let from = words
            .partition_point(|word| word.span.start < start)
            .max(to.saturating_sub(2 * REACH));
        if from >= to || words[from].block != self.quoted.block {
            return Speaker::Absent;
        }
        let reports = |n: &usize| {
            let word = self.subjects.word(*n);
            // "They asked us to run a" quotation: only right before it is it a question.
            let asks = matches!(word, "asked" | "asks") && *n + 1 == to;
            self.subjects.is_saying(*n) || is_in(speech::CALLS, word) || asks
        };
        if let Some(verb) = (from..to).rev().find(reports) {
            return self.subjects.preceding(verb, from);
        }
        if self.subjects.is(from, "According") && self.subjects.is(from + 1, "to") {
            return self.subjects.following(from + 2, to);
        }
        let gap = Span {
            start: words[to - 1].span.end,
            end: self.quoted.outer.start,
        };
        if gap.of(&self.subjects.document.text).contains(':') {
            Speaker::Unclear
        } else {
            Speaker::Absent
        }
    }

    /// One past the last word of the clause that starts with the word `from`.
    fn clause_end(&self, from: usize) -> usize {
        let words = self.subjects.words;
        let after = self
            .sentences
            .partition_point(|sentence| sentence.start <= words[from].span.start);
        let end = after
            .checked_sub(1)
            .map_or(u32::MAX, |n| self.sentences[n].end);
        let end = self.next.map_or(end, |next| end.min(next.start));
        words
            .partition_point(|word| word.span.end <= end)
            .min(from + REACH + 6)
    }

    /// Where the clause before the quotation starts: after the sentence or quotation before.
    fn sentence_start(&self) -> u32 {
        let after = self
            .sentences
            .partition_point(|sentence| sentence.start <= self.quoted.outer.start);
        let start = after.checked_sub(1).map_or(0, |n| self.sentences[n].start);
        // A sentence that begins with the mark begins there.
        self.last.map_or(start, |last| start.max(last.end))
    }
}
