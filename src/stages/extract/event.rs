//! Events by their heads: "the Crocus City Hall attack", "the siege of X", "Operation X".
//!
//! Input: the words of a document. Output: spans with the name under which all variants of one
//! event stand: "the attack on X" is the "X attack". An event is definite and named after
//! something; a people alone names none, nor does who attacked.

mod lexicon;
#[cfg(test)]
mod tests;

use std::{collections::BTreeSet, sync::OnceLock};

use super::{
    lexicon::{self as lex, is_in},
    token::{Case, Gap, Token},
};
use crate::{
    geo::Gazetteer,
    model::{document::Document, span::Span},
};

/// An event found by rule.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct FoundEvent {
    pub(super) span: Span,
    /// Its name, the same for all variants.
    pub(super) name: String,
    pub(super) confidence: f32,
}

/// How many of the last events may overlap the next one.
const NEAR: usize = 8;

/// The events of a document, in order; of two that overlap the first.
pub(super) fn events(document: &Document, words: &[Token]) -> Vec<FoundEvent> {
    let reader = Reader { document, words };
    let mut found: Vec<FoundEvent> = Vec::new();
    for (at, word) in words.iter().enumerate() {
        let block = document.blocks.get(word.block as usize);
        if word.masked || block.is_none_or(|block| block.kind.is_headline()) {
            continue;
        }
        let Some(event) = reader.event_at(at) else {
            continue;
        };
        // "The Boston Marathon bombing" holds the "Boston Marathon".
        let from = found.len().saturating_sub(NEAR);
        let overlapping = found[from..]
            .iter()
            .rposition(|other| other.span.overlaps(event.span))
            .map(|n| from + n);
        match overlapping {
            Some(n) if found[n].span.len() < event.span.len() => found[n] = event,
            Some(_) => {}
            None => found.push(event),
        }
    }
    found
}

struct Reader<'a> {
    document: &'a Document,
    words: &'a [Token],
}

/// The most words of what an event is named after.
const LONGEST: usize = 6;

impl<'a> Reader<'a> {
    fn word(&self, n: usize) -> &'a str {
        self.words
            .get(n)
            .map_or("", |word| word.span.of(&self.document.text))
    }

    fn spaced(&self, n: usize) -> bool {
        self.words.get(n).is_some_and(|word| word.gap == Gap::Space)
    }

    /// The word right before, if only white space (or a possessive ending) is between.
    fn before(&self, n: usize) -> &'a str {
        // "The March 22, 2024 X attack"
        let beside = n.checked_sub(1).filter(|at| match self.words[*at].gap {
            Gap::Space | Gap::Possessive => true,
            Gap::Comma => self.words[*at].case == Case::Number,
            Gap::Other => false,
        });
        beside.map_or("", |at| self.word(at))
    }

    fn is_name(&self, n: usize) -> bool {
        let Some(word) = self.words.get(n) else {
            return false;
        };
        let text = self.word(n);
        word.is_capitalised() && !is_in(lex::CALENDAR, text) && !is_in(lex::STARTERS, text)
    }

    fn span(&self, from: usize, to: usize) -> Span {
        Span {
            start: self.words[from].span.start,
            end: self.words[to - 1].span.end,
        }
    }

    /// The words of a name, by single spaces.
    fn text(&self, from: usize, to: usize) -> String {
        let written = self.span(from, to).of(&self.document.text);
        let words: Vec<&str> = written.split_whitespace().collect();
        words.join(" ")
    }

    /// The event whose head is this word.
    fn event_at(&self, at: usize) -> Option<FoundEvent> {
        let word = self.word(at);
        if is_in(lexicon::EVENT_HEADS, word) {
            return self.headed(at);
        }
        let mut tails = lexicon::EVENT_TAILS.iter();
        let head = *tails.find(|tail| tail.eq_ignore_ascii_case(word))?;
        // "The Soviet Union shooting down an aircraft" tells, and names nothing.
        if self.spaced(at) && matches!(self.word(at + 1), "down" | "up" | "out" | "off") {
            return None;
        }
        if is_in(lexicon::ELECTIONS, head) {
            return self.election(at);
        }
        // "Citizen Summit in Lyon" is a name; "Allied invasion of Normandy" is told by its place.
        if self.words[at].is_capitalised() {
            let named = self.named_before(at, head);
            return named.or_else(|| self.named_after(at, head));
        }
        self.named_after(at, head)
            .or_else(|| self.named_before(at, head))
    }

    /// "Operation Barkhane", "Hurricane Katrina".
    fn headed(&self, at: usize) -> Option<FoundEvent> {
        let mut to = at + 1;
        while to < at + 4 && self.spaced(to - 1) && self.is_name(to) {
            to += 1;
        }
        let plain = is_in(lex::BODY_TAILS, self.word(to - 1))
            || self.is_other_head(to - 1)
            || (self.word(at) == "Tropical" && !matches!(self.word(at + 1), "Storm" | "Cyclone"));
        let (named, lone) = (
            to > at + 1 + usize::from(self.word(at) == "Tropical"),
            !is_in(lexicon::EVENT_HEADS, self.before(at)),
        );
        (named && lone && !plain).then(|| self.found(at, to, self.text(at, to), 0.85))
    }

    /// "Storm Water Manager" is no storm.
    fn is_other_head(&self, n: usize) -> bool {
        matches!(
            self.word(n),
            "Manager"
                | "Managers"
                | "Officer"
                | "Water"
                | "Plan"
                | "Procedures"
                | "Season"
                | "Team"
        )
    }

    /// What the event is named after, before its head: from which word to which.
    fn name_before(&self, at: usize) -> Option<(usize, usize)> {
        let mut to = at;
        // "The Berlin Christmas market attack", "the Brussels airport bombings"
        while to + 2 > at
            && to > 0
            && self.spaced(to - 1)
            && is_in(lexicon::EVENT_FILLERS, self.word(to - 1))
        {
            to -= 1;
        }
        let mut from = to;
        while from > 0 && to - from < LONGEST {
            let previous = from - 1;
            let joined =
                self.spaced(previous) && self.words[previous].block == self.words[at].block;
            let festive = matches!(self.word(previous), "Christmas" | "Easter") && from < at;
            // "Community of Practice Summit", "Food and Drink Festival"
            let small = self.words[at].is_capitalised()
                && from < to
                && matches!(self.word(previous), "of" | "for" | "and")
                && previous > 0
                && self.spaced(previous - 1)
                && self.is_name(previous - 1);
            if joined && small {
                from = previous - 1;
                continue;
            }
            if !joined || !(self.is_name(previous) || festive) {
                break;
            }
            from = previous;
        }
        (from < to).then_some((from, to))
    }

    /// "The Crocus City Hall attack", "the Paris Olympics", "Vilnius Summit".
    fn named_before(&self, at: usize, head: &str) -> Option<FoundEvent> {
        let (from, to) = self.name_before(at)?;
        let capital = self.words[at].is_capitalised();
        let last = self.word(to - 1);
        if !self.names_an_event(from, to, at, head) {
            return None;
        }
        let attackers =
            is_in(lexicon::VIOLENCE, head) && to == from + 1 && is_in(lexicon::ATTACKERS, last);
        let people = to == at && is_people(last);
        let plain = attackers || people || !self.is_definite(from);
        if !capital && plain {
            return None;
        }
        // "The Argentine War of Independence"
        if capital && self.spaced(at) && self.word(at + 1) == "of" && self.is_name(at + 2) {
            let name = self.text(from, at + 3);
            return Some(self.found(from, at + 3, name, 0.85));
        }
        let name = self.name(from, to, at, head);
        let confidence = if capital { 0.88 } else { 0.85 };
        // "The NATO summit in Vilnius" says which.
        if let Some(end) = self
            .place_after(at)
            .filter(|_| head == "summit" && !capital)
        {
            let name = format!("{name} in {}", self.text(at + 2, end));
            return Some(self.found(from, end, name, confidence));
        }
        Some(self.found(from, at + 1, name, confidence))
    }

    /// False for what the head makes something else: a video game, a treaty, a league of clubs, a
    /// prize.
    fn names_an_event(&self, from: usize, to: usize, at: usize, head: &str) -> bool {
        let any = |list: &[&str]| (from..to).any(|n| is_in(list, self.word(n)));
        let generic = (from..to).all(|n| is_in(lexicon::GENERIC_NAMES, self.word(n)));
        let capital = self.words[at].is_capitalised();
        let longer = capital && self.spaced(at) && self.is_name(at + 1);
        let fits = match head {
            "games" => any(lexicon::GAMES),
            "convention" if capital => any(&["National"]),
            "conference" if capital => is_in(lexicon::CONFERENCES, self.word(to - 1)),
            _ => true,
        };
        fits && !generic && !longer
    }

    /// The name under which it stands: "Ukraine invasion" is the "Invasion of Ukraine".
    fn name(&self, from: usize, to: usize, at: usize, head: &str) -> String {
        let of = matches!(head, "invasion" | "annexation" | "assassination" | "siege");
        if of && !is_people(self.word(to - 1)) && to == at {
            return format!("{} of {}", capitalised(head), self.text(from, to));
        }
        self.text(from, at + 1)
    }

    /// "The" before it, past its date and what kind it is: "the March 22 X attack".
    fn is_definite(&self, from: usize) -> bool {
        let mut at = from;
        for _ in 0..5 {
            match self.before(at) {
                "the" | "The" => return true,
                "" => return false,
                word => {
                    let dated =
                        is_in(lex::CALENDAR, word) || word.bytes().any(|b| b.is_ascii_digit());
                    let kind = is_in(lexicon::EVENT_ADJECTIVES, word) || is_people(word);
                    // "Russia's invasion of Ukraine"
                    if self.words[at - 1].gap == Gap::Possessive {
                        return self.words[at - 1].is_capitalised();
                    }
                    if !(dated || kind) {
                        return false;
                    }
                }
            }
            at -= 1;
        }
        false
    }

    /// Where "in Vilnius" after the head ends.
    fn place_after(&self, at: usize) -> Option<usize> {
        let mut to = at + 2;
        if !self.spaced(at) || self.word(at + 1) != "in" || !self.spaced(at + 1) {
            return None;
        }
        while to < at + 5 && self.is_name(to) && (to == at + 2 || self.spaced(to - 1)) {
            to += 1;
        }
        (to > at + 2).then_some(to)
    }

    /// "The attack on Crocus City Hall", "the siege of X", "Russia's invasion of X".
    fn named_after(&self, at: usize, head: &str) -> Option<FoundEvent> {
        let (_, links) = lexicon::EVENT_LINKS
            .iter()
            .find(|(known, _)| *known == head)?;
        let link = self.word(at + 1);
        if !self.spaced(at) || !links.contains(&link) || !self.spaced(at + 1) {
            return None;
        }
        let article = usize::from(self.word(at + 2) == "the" && self.spaced(at + 2));
        let start = at + 2 + article;
        let mut to = start;
        let joined = |n: usize| matches!(self.words[n].gap, Gap::Space | Gap::Possessive);
        while to < start + LONGEST && self.is_name(to) && (to == start || joined(to - 1)) {
            to += 1;
        }
        if to == start || (to == start + 1 && is_people(self.word(start))) {
            return None;
        }
        let capital = self.words[at].case == Case::Title && !self.words[at].first;
        if !capital && !self.is_definite(at) {
            return None;
        }
        let of = matches!(
            head,
            "invasion" | "annexation" | "assassination" | "siege" | "battle"
        );
        let name = if of {
            // "The Battle of the Bulge"
            let target = self.text(if capital { at + 2 } else { start }, to);
            format!("{} of {target}", capitalised(head))
        } else {
            format!("{} {head}", self.text(start, to))
        };
        // Whose it was is part of it: "the Russian invasion of Ukraine".
        let whose = self.before(at);
        let from = if is_people(whose) && self.spaced(at - 1) && self.is_name(at - 1) {
            at - 1
        } else {
            at
        };
        Some(self.found(from, to, name, 0.85))
    }

    /// "The 2022 French presidential election": with its country and year.
    fn election(&self, at: usize) -> Option<FoundEvent> {
        let (from, to) = self.name_before(at)?;
        let year = |n: usize| {
            let word = self.word(n);
            let digits = word.len() == 4 && word.bytes().all(|b| b.is_ascii_digit());
            digits.then_some(word)
        };
        let name = self.text(from, to);
        let kind = self.text(to, at + 1).to_lowercase();
        let start = from.checked_sub(1).filter(|n| self.spaced(*n));
        if let Some(year) = start.and_then(year) {
            return Some(self.found(from - 1, at + 1, format!("{year} {name} {kind}"), 0.85));
        }
        let linked =
            matches!(self.word(at + 1), "of" | "in") && self.spaced(at) && self.spaced(at + 1);
        let year = year(at + 2).filter(|_| linked)?;
        Some(self.found(from, at + 3, format!("{year} {name} {kind}"), 0.85))
    }

    fn found(&self, from: usize, to: usize, name: String, confidence: f32) -> FoundEvent {
        FoundEvent {
            span: self.span(from, to),
            name,
            confidence,
        }
    }
}

/// True for a people or what is theirs: "Russian" in "the Russian invasion" says whose it was, it
/// does not name it.
fn is_people(word: &str) -> bool {
    static PEOPLES: OnceLock<BTreeSet<&'static str>> = OnceLock::new();
    let peoples = PEOPLES.get_or_init(|| {
        let places = Gazetteer::embedded().places();
        places.iter().flat_map(|place| place.demonyms()).collect()
    });
    peoples.contains(word) || is_in(lexicon::OTHER_PEOPLES, word)
}

fn capitalised(word: &str) -> String {
    let mut chars = word.chars();
    chars.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(chars).collect()
    })
}
