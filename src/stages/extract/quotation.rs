//! Quotations and who said them.
//!
//! A quotation has a speaker only where the text makes it plain: "X said" beside it, "he said"
//! when one person was named last, or the quotation before it in the same paragraph.

use super::{
    lexicon::{self as lex, is_in},
    token::Token,
};
use crate::model::{
    document::Document,
    entity::EntityKind,
    extraction::{Mention, Quotation, Sense},
    span::Span,
};

/// Fewer words are a term in quotation marks, not what somebody said.
const SHORTEST: usize = 3;

/// The quotations of a document, in order.
pub(super) fn quotations(
    document: &Document,
    words: &[Token],
    mentions: &[Mention],
) -> Vec<Quotation> {
    let mut found: Vec<Quotation> = Vec::new();
    let mut last: Option<(u32, Option<usize>)> = None;
    for (span, block) in quoted(document) {
        let length = span.of(&document.text).split_whitespace().count();
        if length < SHORTEST {
            continue;
        }
        let scene = Scene {
            document,
            words,
            mentions,
            span,
            block,
        };
        let inherited = last
            .filter(|(b, _)| *b == block)
            .and_then(|(_, speaker)| speaker);
        let speaker = scene.speaker().or(inherited);
        last = Some((block, speaker));
        found.push(Quotation { span, speaker });
    }
    found
}

/// Words between quotation marks, with their block. A mark that a block leaves open is closed by
/// its end, as in a quotation of several paragraphs.
fn quoted(document: &Document) -> Vec<(Span, u32)> {
    let mut found = Vec::new();
    for (n, block) in (0u32..).zip(&document.blocks) {
        let text = block.span.of(&document.text);
        let base = block.span.start as usize;
        let mut open: Option<usize> = None;
        for (at, c) in text.char_indices() {
            let closes = matches!(c, '\u{201d}' | '\u{bb}') || (c == '"' && open.is_some());
            match (c, open) {
                ('\u{201c}' | '\u{201e}' | '\u{ab}', _) | ('"', None) => {
                    open = Some(at + c.len_utf8());
                }
                (_, Some(start)) if closes => {
                    found.push((Span::new(base + start, base + at), n));
                    open = None;
                }
                _ => {}
            }
        }
        if let Some(start) = open {
            found.push((Span::new(base + start, base + text.len()), n));
        }
    }
    found
}

/// A quotation and what surrounds it.
struct Scene<'a> {
    document: &'a Document,
    words: &'a [Token],
    mentions: &'a [Mention],
    span: Span,
    block: u32,
}

impl Scene<'_> {
    fn word(&self, n: usize) -> &str {
        self.words[n].span.of(&self.document.text)
    }

    /// The speaker named after the quotation, else before it.
    fn speaker(&self) -> Option<usize> {
        self.after().or_else(|| self.before())
    }

    /// `…," X said`, `…," said X`, `…," he said`, `…," he told the agency`.
    fn after(&self) -> Option<usize> {
        let from = self
            .words
            .partition_point(|word| word.span.start < self.span.end);
        let near = from..(from + 8).min(self.words.len());
        let limit = self.sentence_end();
        let verb = near
            .clone()
            .find(|n| is_in(lex::SAYS, self.word(*n)) && self.words[*n].span.start < limit)?;
        let verb_span = self.words[verb].span;
        if let Some(pronoun) = (from..verb).find(|n| is_pronoun(self.word(*n))) {
            return self.antecedent(self.words[pronoun].span);
        }
        let beside = |mention: &Mention| {
            let before = mention.span.start >= self.span.end && mention.span.end <= verb_span.start;
            let after = mention.span.start >= verb_span.end
                && mention.span.start < verb_span.end + 3
                && mention.span.start < limit;
            before || after
        };
        self.find(beside)
    }

    /// `X said: "…"`, `X told reporters that "…"`.
    fn before(&self) -> Option<usize> {
        let to = self
            .words
            .partition_point(|word| word.span.end <= self.span.start);
        let start = self.sentence_start();
        let from = to.saturating_sub(12);
        let verb = (from..to).rev().find(|n| {
            self.words[*n].block == self.block
                && self.words[*n].span.start >= start
                && is_in(lex::SAYS, self.word(*n))
        })?;
        let subject = verb.checked_sub(1)?;
        if is_pronoun(self.word(subject)) {
            return self.antecedent(self.words[subject].span);
        }
        let verb_start = self.words[verb].span.start;
        let before =
            |mention: &Mention| mention.span.start >= start && mention.span.end <= verb_start;
        self.mentions
            .iter()
            .rposition(|mention| can_speak(mention) && before(mention))
    }

    fn find(&self, beside: impl Fn(&Mention) -> bool) -> Option<usize> {
        self.mentions
            .iter()
            .position(|mention| can_speak(mention) && beside(mention))
    }

    /// The person named last before a pronoun, if no two are named in that sentence.
    fn antecedent(&self, pronoun: Span) -> Option<usize> {
        let people = |mention: &&Mention| {
            mention.kind == EntityKind::Person
                && mention.span.end <= self.span.start.min(pronoun.start)
        };
        let last = self.mentions.iter().rposition(|mention| people(&mention))?;
        let sentence = self.mentions[last].sentence;
        let rival = self.mentions[..last].iter().any(|mention| {
            people(&mention)
                && mention.sentence == sentence
                && mention.candidate != self.mentions[last].candidate
        });
        (!rival).then_some(last)
    }

    fn sentence_end(&self) -> u32 {
        let block = self.document.blocks[self.block as usize].span;
        let tail = Span {
            start: self.span.end,
            end: block.end,
        }
        .of(&self.document.text);
        let stop = tail.find(['.', '!', '?', '\u{201c}', '"'].as_slice());
        // The mark that closes the quotation itself may be the first.
        let stop = match stop {
            Some(0) => tail[1..]
                .find(['.', '!', '?', '\u{201c}', '"'])
                .map(|n| n + 1),
            other => other,
        };
        stop.map_or(block.end, |n| self.span.end + Span::new(0, n).end)
    }

    fn sentence_start(&self) -> u32 {
        let block = self.document.blocks[self.block as usize].span;
        let head = Span {
            start: block.start,
            end: self.span.start,
        }
        .of(&self.document.text);
        let stop = head.rfind(". ").map_or(0, |n| n + 2);
        block.start + Span::new(0, stop).end
    }
}

fn is_pronoun(word: &str) -> bool {
    matches!(word, "he" | "she" | "He" | "She")
}

fn can_speak(mention: &Mention) -> bool {
    let who = matches!(mention.kind, EntityKind::Person | EntityKind::Organisation);
    who && mention.sense != Sense::Source && mention.confidence >= 0.5
}
