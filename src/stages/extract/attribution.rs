//! Sources of information: who the article says told it so.
//!
//! Input: a document, its words and mentions. Output: "prosecutors", "two officials", "people
//! familiar with the matter", and names, where a frame makes them the source: "X said", "according
//! to X", "is said by X to", "told Reuters". Precision first: a noun that no frame holds is none.

use std::collections::BTreeMap;

use super::{
    lexicon::{self as lex, is_in},
    speech,
    token::{Case, Gap, Token, Tokens},
};
use crate::model::{
    document::Document,
    entity::EntityKind,
    extraction::{Attribution, Mention, Sense},
    span::Span,
};

/// The attributions of a document, in order.
pub(super) fn attributions(
    document: &Document,
    tokens: &Tokens,
    mentions: &[Mention],
) -> Vec<Attribution> {
    // Of nested names that end alike the outermost, which comes first.
    let mut ends = BTreeMap::new();
    for (n, mention) in mentions.iter().enumerate() {
        ends.entry(mention.span.end).or_insert(n);
    }
    let reader = Reader {
        document,
        words: &tokens.words,
        mentions,
        ends,
    };
    let mut found: Vec<Attribution> = Vec::new();
    for at in 0..tokens.words.len() {
        let word = tokens.words[at];
        let block = document.blocks.get(word.block as usize);
        if word.masked || block.is_none_or(|block| block.kind.is_headline()) {
            continue;
        }
        let Some(source) = reader.source_at(at) else {
            continue;
        };
        let new = found
            .last()
            .is_none_or(|last| last.span.end <= source.span.start);
        if let Some(sentence) = tokens.sentence_of(source.span).filter(|_| new) {
            found.push(Attribution { sentence, ..source });
        }
    }
    found
}

/// More words before a noun are no description of it.
const MOST_MODIFIERS: usize = 4;

struct Reader<'a> {
    document: &'a Document,
    words: &'a [Token],
    mentions: &'a [Mention],
    /// The mention that ends at a byte.
    ends: BTreeMap<u32, usize>,
}

/// A noun phrase: its words, and the one that says what it is.
#[derive(Clone, Copy)]
struct Phrase {
    from: usize,
    head: usize,
    /// One past the last word.
    to: usize,
    mention: Option<usize>,
}

impl<'a> Reader<'a> {
    fn word(&self, n: usize) -> &'a str {
        self.words
            .get(n)
            .map_or("", |word| word.span.of(&self.document.text))
    }

    fn is_any(&self, n: usize, words: &[&str]) -> bool {
        words.contains(&self.word(n))
    }

    fn spaced(&self, n: usize) -> bool {
        self.words.get(n).is_some_and(|word| word.gap == Gap::Space)
    }

    fn back(&self, n: usize, by: usize) -> &'a str {
        let beside = n.checked_sub(by).filter(|at| self.spaced(*at));
        beside.map_or("", |at| self.word(at))
    }

    /// The source whose phrase has its head at this word, if a frame holds it.
    fn source_at(&self, at: usize) -> Option<Attribution> {
        let phrase = self.noun(at).or_else(|| self.name(at))?;
        let framed = self.speaks(phrase) || self.is_referred_to(phrase);
        framed.then(|| self.attribution(phrase))
    }

    /// "Two senior officials", "people familiar with the matter", "a spokesman for X".
    fn noun(&self, head: usize) -> Option<Phrase> {
        let word = self.word(head);
        let plain = is_in(speech::SOURCES, word);
        let people = matches!(word, "people" | "People")
            && self.is_any(head + 1, &["familiar", "with", "close", "briefed", "aware"]);
        let speaks_for = is_in(speech::SPOKESPEOPLE, word);
        let media = word == "media"
            && self.is_any(
                head.wrapping_sub(1),
                &["state", "local", "State", "Local", "state-run"],
            );
        let written = self.words.get(head)?.case == Case::Lower || self.words[head].first;
        if !(plain || people || speaks_for || media) || !written {
            return None;
        }
        // "Police officers said": the last noun is the head.
        if self.spaced(head)
            && (is_in(speech::SOURCES, self.word(head + 1))
                || is_in(speech::SPOKESPEOPLE, self.word(head + 1)))
        {
            return None;
        }
        let mut from = head;
        while from > 0 && from + MOST_MODIFIERS > head && self.is_modifier(from - 1) {
            from -= 1;
        }
        let mut to = head + 1;
        if people
            || (speaks_for && self.is_any(to, &["for", "of"]))
            || (plain && self.is_any(to, &["familiar", "close", "briefed"]))
        {
            to = self.complement_end(to);
        }
        Some(Phrase {
            from,
            head,
            to,
            mention: None,
        })
    }

    /// Words that stand before the head in its phrase.
    fn is_modifier(&self, n: usize) -> bool {
        let word = self.words[n];
        if word.gap != Gap::Space || word.masked {
            return false;
        }
        let text = self.word(n);
        let article = matches!(text, "A" | "An" | "The");
        let name = !article
            && word.is_capitalised()
            && (!word.first || !is_in(lex::STARTERS, text))
            && !is_in(lex::CALENDAR, text);
        is_in(speech::SOURCE_MODIFIERS, text)
            || is_number(text)
            || name
            || is_in(speech::SOURCES, text)
    }

    /// "Familiar with the matter", "for the Port Agency": to the end of the noun phrase.
    fn complement_end(&self, from: usize) -> usize {
        let mut at = from;
        while at < from + 8 && at < self.words.len() {
            let word = self.words[at];
            let small = matches!(
                self.word(at),
                "familiar"
                    | "with"
                    | "close"
                    | "to"
                    | "for"
                    | "of"
                    | "the"
                    | "a"
                    | "an"
                    | "briefed"
                    | "on"
                    | "aware"
                    | "knowledge"
                    | "direct"
                    | "his"
                    | "her"
                    | "its"
                    | "their"
            );
            let ends = is_in(speech::REPORTS, self.word(at))
                || is_in(lex::SAYS, self.word(at))
                || matches!(self.word(at), "who" | "that" | "and" | "have" | "has");
            if ends || word.masked {
                break;
            }
            let noun = word.is_capitalised() || !small;
            at += 1;
            if word.gap != Gap::Space || (noun && !word.is_capitalised() && !self.of_follows(at)) {
                break;
            }
        }
        at
    }

    fn of_follows(&self, n: usize) -> bool {
        self.is_any(n, &["of", "with"])
    }

    /// A person, body or outlet whose name ends with this word.
    fn name(&self, last: usize) -> Option<Phrase> {
        let end = self.words.get(last)?.span.end;
        let mention = *self.ends.get(&end)?;
        let named = &self.mentions[mention];
        let who = matches!(named.kind, EntityKind::Person | EntityKind::Organisation)
            || named.sense == Sense::Source;
        if !who || named.confidence < 0.5 || self.words[last].gap == Gap::Possessive {
            return None;
        }
        let from = self
            .words
            .partition_point(|word| word.span.end <= named.span.start);
        // "Officials in Kabul and the Port Agency said" has more than one source; so has a list.
        Some(Phrase {
            from,
            head: last,
            to: last + 1,
            mention: Some(mention),
        })
    }

    /// "X said", "X on July 19 reported", "X, a French academic, told".
    fn speaks(&self, phrase: Phrase) -> bool {
        let inside = self.back(phrase.from, 1);
        let article = usize::from(matches!(inside, "the" | "The" | "a" | "an"));
        let led = self.back(phrase.from, 1 + article);
        // "The lawyer of X said": X said nothing. "Among officials" neither.
        let object = matches!(
            led,
            "of" | "from" | "for" | "by" | "with" | "to" | "at" | "between" | "among" | "against"
        );
        if object && phrase.mention.is_some() {
            return false;
        }
        let last = phrase.to - 1;
        let mut at = phrase.to;
        if self.words[last].gap == Gap::Comma && phrase.mention.is_some() {
            at = match self.after_apposition(phrase.to) {
                Some(at) => at,
                None => return false,
            };
        } else if !self.spaced(last) {
            return false;
        }
        at = self.past_asides(at);
        let verb = self.word(at);
        let object_verb = matches!(led, "told" | "tell");
        // A name is the subject of many things: "she wrote a script", "they claimed responsibility".
        let other = phrase.mention.is_some()
            && (is_in(speech::DOES, verb) || self.word(at + 1) == "responsibility");
        (is_in(lex::SAYS, verb) || is_in(speech::REPORTS, verb)) && !object_verb && !other
    }

    /// Past "on July 19", "have", "also", "in Kabul".
    fn past_asides(&self, from: usize) -> usize {
        let mut at = from;
        while at < from + 5 && self.spaced(at) {
            let word = self.word(at);
            let dated = matches!(word, "on" | "in")
                && (self
                    .words
                    .get(at + 1)
                    .is_some_and(|w| w.case != Case::Lower));
            let aside = matches!(
                word,
                "have" | "has" | "had" | "also" | "later" | "then" | "who"
            ) || (word.len() > 4 && word.ends_with("ly"));
            if dated {
                at += 1;
                while at < from + 5 && self.spaced(at) && self.words[at].case != Case::Lower {
                    at += 1;
                }
            } else if aside {
                at += 1;
            } else {
                break;
            }
        }
        at
    }

    /// The first word after ", a French academic who has advised them,".
    fn after_apposition(&self, from: usize) -> Option<usize> {
        const OPENS: &[&str] = &[
            "a",
            "an",
            "the",
            "who",
            "director",
            "head",
            "president",
            "chief",
            "professor",
        ];
        if !self.is_any(from, OPENS) {
            return None;
        }
        let close = (from..from + 24).find(|n| {
            self.words
                .get(*n)
                .is_some_and(|word| word.gap != Gap::Space && word.gap != Gap::Possessive)
        })?;
        (self.words[close].gap == Gap::Comma).then_some(close + 1)
    }

    /// "According to X", "is said by X to", "citing X", "told X" of an outlet, "quoted X as".
    fn is_referred_to(&self, phrase: Phrase) -> bool {
        let article = usize::from(matches!(
            self.back(phrase.from, 1),
            "the" | "The" | "a" | "an"
        ));
        let before = |n: usize| self.back(phrase.from, article + n);
        let according = before(1) == "to" && matches!(before(2), "according" | "According");
        let outlet = phrase
            .mention
            .is_some_and(|n| self.mentions[n].sense == Sense::Source);
        let said_by = before(1) == "by" && matches!(before(2), "said" | "reported" | "described");
        let citing = matches!(before(1), "citing" | "quoting" | "cited" | "quoted")
            && (phrase.mention.is_none() || outlet || before(1) == "citing");
        let told = outlet && matches!(before(1), "told");
        let by_outlet = outlet
            && before(1) == "by"
            && matches!(before(2), "seen" | "reviewed" | "obtained" | "published");
        // "Said prosecutors": the verb before, as after a quotation.
        let inverted =
            before(1) == "said" && phrase.mention.is_none() && self.ends_clause(phrase.to - 1);
        let spoken_to = outlet && before(1) == "by" && before(2) == "to";
        according || said_by || citing || told || by_outlet || inverted || spoken_to
    }

    fn ends_clause(&self, n: usize) -> bool {
        self.words
            .get(n)
            .is_some_and(|word| matches!(word.gap, Gap::Other | Gap::Comma))
    }

    fn attribution(&self, phrase: Phrase) -> Attribution {
        let span = Span {
            start: self.words[phrase.from].span.start,
            end: self.words[phrase.to - 1].span.end,
        };
        Attribution {
            span,
            sentence: span,
            label: match phrase.mention {
                Some(_) => span.of(&self.document.text).to_owned(),
                None => self.label(phrase),
            },
            source: phrase.mention,
        }
    }

    /// The words without numbers, in small letters but for names.
    fn label(&self, phrase: Phrase) -> String {
        let mut label = String::new();
        for n in phrase.from..phrase.to {
            let word = self.word(n);
            if n < phrase.head && is_number(word) {
                continue;
            }
            if !label.is_empty() {
                label.push(' ');
            }
            let opens = self.words[n].first
                && (is_in(speech::SOURCE_MODIFIERS, &word.to_lowercase()) || n == phrase.head);
            if opens {
                label.push_str(&word.to_lowercase());
            } else {
                label.push_str(word);
            }
        }
        label
    }
}

/// "Two", "dozens of" and the like count; they do not say who.
fn is_number(word: &str) -> bool {
    matches!(
        word.to_ascii_lowercase().as_str(),
        "two"
            | "three"
            | "four"
            | "five"
            | "six"
            | "seven"
            | "eight"
            | "nine"
            | "ten"
            | "several"
            | "some"
            | "many"
            | "both"
            | "other"
            | "one"
            | "more"
            | "most"
    ) || word.bytes().all(|b| b.is_ascii_digit())
}

#[cfg(test)]
mod tests;
