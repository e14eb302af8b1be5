//! The subject of a verb of speech, among the mentions.

use std::collections::BTreeSet;

use super::speaker::Speaker;
use crate::{
    model::{
        document::Document,
        entity::EntityKind,
        extraction::{Candidate, Mention, Sense},
        span::Span,
    },
    stages::extract::{
        lexicon::{self as lex, is_in},
        speech,
        token::{Case, Gap, Token},
    },
};

/// How many mentions are looked back at; more are in no text that a person writes, and each look at
/// all of them would make a long text take hours.
const MOST_BEFORE: usize = 1000;
/// The longest mention that can be a subject, in bytes.
const LONGEST_NAME: u32 = 400;

/// Finds the subject of a verb among the mentions.
pub(super) struct Subjects<'a> {
    pub(super) document: &'a Document,
    pub(super) words: &'a [Token],
    pub(super) mentions: &'a [Mention],
    /// Words that others said: nobody named there speaks.
    pub(super) quoted: &'a [Span],
}

impl Subjects<'_> {
    pub(super) fn word(&self, n: usize) -> &str {
        self.words
            .get(n)
            .map_or("", |word| word.span.of(&self.document.text))
    }

    pub(super) fn is(&self, n: usize, word: &str) -> bool {
        self.word(n) == word
    }

    pub(super) fn is_saying(&self, n: usize) -> bool {
        let word = self.word(n);
        let negated = matches!(self.back(n, 1), "not" | "never" | "to");
        (is_in(lex::SAYS, word) || is_in(speech::SAYS_ABROAD, word)) && !negated
    }

    /// The word `back` words before `n`, of the same block.
    pub(super) fn back(&self, n: usize, back: usize) -> &str {
        let Some(at) = n.checked_sub(back) else {
            return "";
        };
        let same = self
            .words
            .get(n)
            .is_some_and(|word| word.block == self.words[at].block);
        if same { self.word(at) } else { "" }
    }

    /// True where only adverbs stand from `from` to the verb.
    pub(super) fn is_bare(&self, from: usize, verb: usize) -> bool {
        (from..verb).all(|n| is_aside(self.word(n)))
    }

    /// The subject before a verb, not before the word `from`.
    pub(super) fn preceding(&self, verb: usize, from: usize) -> Speaker {
        let mut at = verb;
        loop {
            let Some(before) = at.checked_sub(1).filter(|n| *n >= from) else {
                return Speaker::Unclear;
            };
            at = before;
            if !is_aside(self.word(at)) || self.mention_ending(at).is_some() {
                break;
            }
        }
        let word = self.word(at);
        if is_pronoun(word) {
            return self.antecedent(at);
        }
        if matches!(word, "who" | "which") && at > from {
            return self.speaking(self.mention_ending(at - 1));
        }
        if self.words[at].gap == Gap::Comma && at + 1 == verb {
            return self.in_apposition(from, at);
        }
        if let Some(mention) = self.mention_ending(at) {
            return self.with_its_head(mention, from);
        }
        self.by_noun(at, from)
    }

    /// "Jane Miller of the Port Agency said", "a spokesman for the Port Agency said".
    fn with_its_head(&self, mention: usize, from: usize) -> Speaker {
        let first = self.first_word(mention);
        let at = |n: usize| self.back(first, n);
        let article = usize::from(matches!(at(1), "the" | "a" | "an" | "The"));
        if matches!(at(1), "and" | "or" | "&") {
            return Speaker::Unclear;
        }
        if !matches!(
            at(1 + article),
            "of" | "from" | "at" | "for" | "with" | "in"
        ) {
            // "In Kabul, X said" is X; "the lawyer of X said" is not.
            return self.speaking(Some(mention));
        }
        let Some(head) = first.checked_sub(2 + article).filter(|n| *n >= from) else {
            return Speaker::Unclear;
        };
        if let Some(person) = self.mention_ending(head) {
            return match self.mentions[person].kind {
                EntityKind::Person => self.speaking(Some(person)),
                _ => Speaker::Unclear,
            };
        }
        let organisation = self.mentions[mention].kind == EntityKind::Organisation;
        if organisation && is_in(speech::SPOKESPEOPLE, self.word(head)) {
            return self.speaking(Some(mention));
        }
        Speaker::Unclear
    }

    /// "Jane Miller, a French academic, said": the one person before a comma.
    fn in_apposition(&self, from: usize, to: usize) -> Speaker {
        let people: Vec<usize> = self
            .before(self.words[to].span.end)
            .filter(|n| {
                let mention = &self.mentions[*n];
                let last = self.last_word(*n);
                can_speak(mention)
                    && mention.kind == EntityKind::Person
                    && self.first_word(*n) >= from
                    && last <= to
                    && (self.words[last].gap == Gap::Comma)
            })
            .collect();
        match people.as_slice() {
            [one] if self.last_word(*one) < to => Speaker::Named(*one),
            _ => Speaker::Unclear,
        }
    }

    /// The name after a verb or "according to": "said X", "said Interior Minister X", "said the
    /// minister".
    pub(super) fn following(&self, from: usize, to: usize) -> Speaker {
        if is_pronoun(self.word(from)) {
            return self.antecedent(from);
        }
        let mut at = from;
        while at < to.min(from + 8) {
            if let Some(mention) = self.mention_starting(at) {
                let person = self.mentions[mention].kind == EntityKind::Person;
                let possessive = self.words[self.last_word(mention)].gap == Gap::Possessive;
                let led =
                    at > from && !(at == from + 1 && matches!(self.word(from), "the" | "The"));
                // A body or place before the name is where somebody is from.
                if person || (!led && !possessive) {
                    let next = self.last_word(mention) + 1;
                    let joined = self.is(next, "and") && self.mention_starting(next + 1).is_some();
                    return if joined {
                        Speaker::Unclear
                    } else {
                        self.speaking(Some(mention))
                    };
                }
                let spokes = (from..at).any(|n| is_in(speech::SPOKESPEOPLE, self.word(n)));
                if spokes && self.mentions[mention].kind == EntityKind::Organisation {
                    let person = (at..to.min(at + 8)).find_map(|n| {
                        self.mention_starting(n)
                            .filter(|m| self.mentions[*m].kind == EntityKind::Person)
                    });
                    return self.speaking(person.or(Some(mention)));
                }
                at = self.last_word(mention);
            }
            if !matches!(self.words[at].gap, Gap::Space | Gap::Possessive) {
                break;
            }
            at += 1;
        }
        let last = (from..to)
            .take_while(|n| *n == from || self.words[n - 1].gap == Gap::Space)
            .last();
        last.map_or(Speaker::Unclear, |last| self.by_noun(last, from))
    }

    /// "The minister said": the one person named with that role. "The ministry said": the one
    /// such body named just before.
    fn by_noun(&self, at: usize, from: usize) -> Speaker {
        let noun = self.word(at);
        let definite = (1..=4)
            .take_while(|n| at.checked_sub(*n).is_some_and(|n| n >= from))
            .any(|n| matches!(self.back(at, n), "the" | "The"));
        if !definite || self.words[at].case != Case::Lower {
            return Speaker::Unclear;
        }
        if is_in(lex::ROLES, noun) {
            return self.in_role(noun, at);
        }
        if is_in(speech::BODY_NOUNS, noun) {
            return self.body(noun, at);
        }
        Speaker::Unclear
    }

    fn in_role(&self, role: &str, at: usize) -> Speaker {
        let here = self.words[at].span.start;
        let bearers: Vec<usize> = self
            .before(here)
            .filter(|n| {
                let mention = &self.mentions[*n];
                mention.kind == EntityKind::Person
                    && mention.span.end <= here
                    && can_speak(mention)
                    && self.has_role(*n, role)
            })
            .collect();
        self.only(&bearers)
    }

    /// True where the role stands right before the name, or in the apposition after it.
    fn has_role(&self, mention: usize, role: &str) -> bool {
        let first = self.first_word(mention);
        let before = (1..=3)
            .take_while(|n| {
                first
                    .checked_sub(*n)
                    .is_some_and(|n| self.words[n].gap == Gap::Space)
            })
            .any(|n| self.back(first, n).eq_ignore_ascii_case(role));
        let last = self.last_word(mention);
        let beside = (last + 1..last + 8).take_while(|n| {
            *n == last + 1 || self.words.get(n - 1).is_some_and(|w| w.gap == Gap::Space)
        });
        let after = self.words[last].gap == Gap::Comma
            && beside
                .into_iter()
                .any(|n| self.word(n).eq_ignore_ascii_case(role));
        before || after
    }

    fn body(&self, noun: &str, at: usize) -> Speaker {
        let here = self.words[at].span.start;
        let block = self.words[at].block;
        let near: Vec<usize> = self
            .before(here)
            .filter(|n| {
                let mention = &self.mentions[*n];
                mention.kind == EntityKind::Organisation
                    && mention.span.end <= here
                    && self.words[self.first_word(*n)].block + 1 >= block
            })
            .collect();
        let bears = |n: &usize| {
            let text = self.mentions[*n].span.of(&self.document.text);
            let named = match &self.mentions[*n].candidate {
                Candidate::Named(name) => name.as_str(),
                _ => text,
            };
            let has = |name: &str| name.split(' ').any(|word| word.eq_ignore_ascii_case(noun));
            has(text) || has(named)
        };
        let bearing: Vec<usize> = near.iter().copied().filter(bears).collect();
        if !bearing.is_empty() {
            return self.only(&bearing);
        }
        let generic = matches!(
            noun,
            "company" | "group" | "agency" | "organisation" | "organization"
        );
        if generic {
            self.only(&near)
        } else {
            Speaker::Unclear
        }
    }

    /// The last of several mentions, if they all mean one.
    fn only(&self, mentions: &[usize]) -> Speaker {
        let meant: BTreeSet<&Candidate> = mentions
            .iter()
            .map(|n| &self.mentions[*n].candidate)
            .collect();
        match (mentions.last(), meant.len()) {
            (Some(last), 1) => self.speaking(Some(*last)),
            _ => Speaker::Unclear,
        }
    }

    /// The person named last before a pronoun: the only one in the nearest sentence that names
    /// any, in this paragraph or the one before.
    fn antecedent(&self, pronoun: usize) -> Speaker {
        let word = self.words[pronoun];
        let people: Vec<usize> = self
            .before(word.span.start)
            .filter(|n| {
                let mention = &self.mentions[*n];
                mention.kind == EntityKind::Person
                    && mention.confidence >= 0.5
                    && mention.span.end <= word.span.start
                    && self.words[self.first_word(*n)].block + 1 >= word.block
                    && !self.is_quoted(mention.span)
            })
            .collect();
        let Some(last) = people.last() else {
            return Speaker::Unclear;
        };
        let sentence = self.mentions[*last].sentence;
        let rivals: Vec<usize> = people
            .iter()
            .copied()
            .filter(|n| self.mentions[*n].sentence == sentence)
            .collect();
        let she = self.word(pronoun).eq_ignore_ascii_case("she");
        // "He had fallen in love with Mary": he is somebody else.
        if rivals.iter().all(|n| self.is_object(*n)) {
            return Speaker::Unclear;
        }
        match self.only(&rivals) {
            Speaker::Named(n) if self.is_other_sex(n, she) => Speaker::Unclear,
            speaker => speaker,
        }
    }

    /// True for a name after a preposition.
    fn is_object(&self, mention: usize) -> bool {
        const PREPOSITIONS: &[&str] = &[
            "with", "to", "for", "of", "by", "from", "about", "against", "on", "at", "in", "and",
            "like", "than", "between", "after", "before",
        ];
        let first = self.first_word(mention);
        (1..=4)
            .take_while(|n| {
                let at = first.checked_sub(*n);
                at.is_some_and(|at| self.words[at].gap == Gap::Space)
            })
            .any(|n| PREPOSITIONS.contains(&self.back(first, n)))
    }

    /// True where a title or role beside the name contradicts the pronoun.
    fn is_other_sex(&self, mention: usize, she: bool) -> bool {
        let first = self.first_word(mention);
        let title = self.back(first, 1).to_lowercase();
        let woman = matches!(
            title.as_str(),
            "mrs" | "ms" | "miss" | "lady" | "dame" | "queen" | "princess" | "actress"
        ) || title.ends_with("woman");
        let man = matches!(
            title.as_str(),
            "mr" | "sir" | "lord" | "king" | "prince" | "actor"
        ) || (title.ends_with("man") && !woman);
        if she { man } else { woman }
    }

    fn speaking(&self, mention: Option<usize>) -> Speaker {
        match mention {
            Some(n) if can_speak(&self.mentions[n]) => Speaker::Named(n),
            _ => Speaker::Unclear,
        }
    }

    /// The mentions that start before a place: the last of them, where there are very many.
    fn before(&self, at: u32) -> std::ops::Range<usize> {
        let to = self.mentions.partition_point(|m| m.span.start < at);
        to.saturating_sub(MOST_BEFORE)..to
    }

    /// True for what somebody else says.
    fn is_quoted(&self, span: Span) -> bool {
        let from = self.quoted.partition_point(|q| q.end < span.end);
        self.quoted.get(from).is_some_and(|q| q.contains(span))
    }

    /// The outermost mention that ends with the `n`th word.
    pub(super) fn mention_ending(&self, n: usize) -> Option<usize> {
        let end = self.words.get(n)?.span.end;
        let to = self.mentions.partition_point(|m| m.span.start < end);
        let near = (0..to).rev().take_while(|n| {
            // Longer names are an editor's, and end no verb's subject.
            self.mentions[*n].span.start + LONGEST_NAME >= end
        });
        near.filter(|n| self.mentions[*n].span.end == end).last()
    }

    /// The outermost mention that starts with the `n`th word.
    pub(super) fn mention_starting(&self, n: usize) -> Option<usize> {
        let start = self.words.get(n)?.span.start;
        let from = self.mentions.partition_point(|m| m.span.start < start);
        let mention = self.mentions.get(from)?;
        (mention.span.start == start).then_some(from)
    }

    pub(super) fn first_word(&self, mention: usize) -> usize {
        let start = self.mentions[mention].span.start;
        self.words
            .partition_point(|word| word.span.end <= start)
            .min(self.words.len() - 1)
    }

    pub(super) fn last_word(&self, mention: usize) -> usize {
        let end = self.mentions[mention].span.end;
        self.words
            .partition_point(|word| word.span.start < end)
            .saturating_sub(1)
    }
}

fn is_pronoun(word: &str) -> bool {
    matches!(word, "he" | "she" | "He" | "She")
}

/// Words between a subject and its verb that are neither.
fn is_aside(word: &str) -> bool {
    matches!(
        word,
        "has"
            | "have"
            | "had"
            | "also"
            | "then"
            | "later"
            | "now"
            | "already"
            | "further"
            | "once"
            | "a"
            | "hat"
            | "ha"
    ) || (word.len() > 4 && word.ends_with("ly"))
}

fn can_speak(mention: &Mention) -> bool {
    let who = matches!(mention.kind, EntityKind::Person | EntityKind::Organisation);
    who && mention.sense != Sense::Source && mention.confidence >= 0.5
}
