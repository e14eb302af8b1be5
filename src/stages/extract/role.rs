//! What the text calls a person: an office before the name, or a description behind it.
//!
//! Input: a document, its words and mentions. Output: for a person the words that say who that is:
//! "Interior Minister", "French academic". Precision first: what is not framed by the name on one side
//! and by the end of its phrase on the other is no role. A role is what one sentence says; it is shown
//! with that sentence, and never as a fact.

use super::{
    lexicon::{self as lex, is_in},
    token::{Case, Gap, Token, Tokens},
};
use crate::model::{
    document::Document,
    entity::EntityKind,
    extraction::{Mention, Role},
    span::Span,
};

/// More words are no role.
const MOST_WORDS: usize = 9;
/// The noun that says what somebody is stands within so many words of the comma.
const MOST_MODIFIERS: usize = 5;

/// Words before an office that belong to it.
const MODIFIERS: &[&str] = &[
    "former",
    "acting",
    "deputy",
    "senior",
    "chief",
    "interim",
    "outgoing",
    "veteran",
    "retired",
    "late",
    "ex",
    "vice",
    "prime",
    "foreign",
    "defence",
    "defense",
    "interior",
    "opposition",
    "human",
    "rights",
    "research",
    "political",
    "military",
    "security",
    "intelligence",
    "police",
    "investigative",
    "lead",
    "first",
    "assistant",
    "associate",
    "executive",
    "managing",
    "general",
    "state",
    "federal",
    "party",
    "government",
    "presidential",
    "legal",
    "policy",
];

/// Small words that no modifier is.
const FUNCTION_WORDS: &[&str] = &[
    "who", "that", "which", "is", "was", "were", "are", "has", "had", "have", "said", "says",
    "told", "of", "at", "for", "in", "on", "with", "and", "or", "but", "to", "by", "from", "as",
    "when", "where", "he", "she", "it", "they", "we", "a", "an", "the", "one", "also", "not",
];

/// Forms of address: they say nothing of what somebody does.
const ADDRESSES: &[&str] = &[
    "Mr", "Mrs", "Ms", "Miss", "Dr", "Sir", "Dame", "Lord", "Lady", "Prof",
];

/// The roles that the prose gives people, in order.
pub(super) fn roles(document: &Document, tokens: &Tokens, mentions: &[Mention]) -> Vec<Role> {
    let reader = Reader {
        document,
        words: &tokens.words,
    };
    let is_prose = |mention: &Mention| !mention.block.is_headline();
    let people = mentions.iter().enumerate();
    people
        .filter(|(_, mention)| mention.kind == EntityKind::Person && is_prose(mention))
        .flat_map(|(person, mention)| {
            let found = [reader.before(mention.span), reader.after(mention.span)];
            found.into_iter().flatten().map(move |span| Role {
                person,
                span,
                sentence: mention.sentence,
            })
        })
        .collect()
}

struct Reader<'a> {
    document: &'a Document,
    words: &'a [Token],
}

impl<'a> Reader<'a> {
    fn word(&self, n: usize) -> &'a str {
        self.words
            .get(n)
            .map_or("", |word| word.span.of(&self.document.text))
    }

    fn gap(&self, n: usize) -> Option<Gap> {
        self.words.get(n).map(|word| word.gap)
    }

    fn span(&self, from: usize, to: usize) -> Option<Span> {
        let (first, last) = (self.words.get(from)?, self.words.get(to.checked_sub(1)?)?);
        Some(Span {
            start: first.span.start,
            end: last.span.end,
        })
    }

    /// "Interior Minister" of "Interior Minister Jane Miller", whether the mention holds it or not.
    fn before(&self, name: Span) -> Option<Span> {
        let from = self
            .words
            .partition_point(|word| word.span.end <= name.start);
        let to = self
            .words
            .partition_point(|word| word.span.start < name.end);
        let inside = (from..to).rev().skip(1).find(|n| is_title(self.word(*n)));
        let last = inside.or_else(|| from.checked_sub(1))?;
        let stands_before = self.gap(last) == Some(Gap::Space)
            && (is_office(self.word(last)) || self.is_office_of(last));
        if !stands_before || !self.is_readable(last) {
            return None;
        }
        let mut first = last;
        while let Some(n) = first.checked_sub(1).filter(|n| last - n < MOST_MODIFIERS) {
            if self.gap(n) != Some(Gap::Space) || !self.is_readable(n) || !self.leads_up(n) {
                break;
            }
            first = n;
        }
        // "Secretary of State"; an "of" that nothing precedes belongs to the sentence.
        while first < last && matches!(self.word(first), "of" | "for") {
            first += 1;
        }
        self.span(first, last + 1)
    }

    /// "State" of "Secretary of State".
    fn is_office_of(&self, last: usize) -> bool {
        let capital = self.words.get(last).is_some_and(Token::is_capitalised);
        capital && last >= 2 && self.word(last - 1) == "of" && is_title(self.word(last - 2))
    }

    /// True for a word that an office holds: a modifier, a nationality, another office.
    fn leads_up(&self, n: usize) -> bool {
        let word = self.word(n);
        let capital = self.words.get(n).is_some_and(Token::is_capitalised);
        let first = self.words.get(n).is_some_and(|word| word.first);
        let own = capital && !(first && is_in(lex::STARTERS, word));
        own || is_in(MODIFIERS, word)
            || is_office(word)
            || (word == "of" && n > 0 && is_title(self.word(n - 1)))
    }

    /// "French academic" of "Jane Miller, a French academic who".
    fn after(&self, name: Span) -> Option<Span> {
        let to = self
            .words
            .partition_point(|word| word.span.start < name.end);
        if self.gap(to.checked_sub(1)?) != Some(Gap::Comma) {
            return None;
        }
        let article = matches!(
            self.word(to),
            "a" | "an" | "the" | "its" | "their" | "his" | "her"
        );
        let first = if article { to + 1 } else { to };
        let head = (first..first + MOST_MODIFIERS).find(|n| self.ends_modifiers(*n))?;
        if !is_office(self.word(head)) || !self.is_readable(head) {
            return None;
        }
        let mut end = head + 1;
        while end - first < MOST_WORDS && self.gap(end - 1) == Some(Gap::Space) {
            let word = self.word(end);
            let joins = matches!(
                word,
                "of" | "at" | "for" | "in" | "with" | "on" | "the" | "and" | "to"
            );
            let named = self.words.get(end).is_some_and(Token::is_capitalised);
            let qualified = end > head + 1 && !matches!(word, "who" | "that" | "which");
            if !self.is_readable(end) || !(joins || named || qualified) {
                break;
            }
            end += 1;
        }
        let closed = matches!(self.gap(end - 1), Some(Gap::Comma | Gap::Other))
            || matches!(self.word(end), "who" | "that" | "which");
        // A phrase that nothing closes may run on into the sentence; its noun alone is safe.
        let end = if closed { end } else { head + 1 };
        let open_list = self.gap(head) == Some(Gap::Comma) && self.is_list(head + 1);
        if open_list || (!closed && !article) {
            return None;
        }
        self.span(first, end)
    }

    /// The noun of the phrase, or what is no modifier: where the search for the noun ends.
    fn ends_modifiers(&self, n: usize) -> bool {
        let next_is_office = self.gap(n) == Some(Gap::Space) && is_office(self.word(n + 1));
        let closes = self.gap(n) != Some(Gap::Space);
        let small = self
            .words
            .get(n)
            .is_none_or(|word| word.case == Case::Lower);
        let function = small && is_in(FUNCTION_WORDS, self.word(n));
        (is_office(self.word(n)) && !next_is_office) || closes || function
    }

    /// "Ministers, Jane Miller, president and" may list people: a name after the comma tells.
    fn is_list(&self, n: usize) -> bool {
        self.words
            .get(n)
            .is_some_and(|word| word.is_capitalised() && !word.first)
    }

    fn is_readable(&self, n: usize) -> bool {
        self.words.get(n).is_some_and(|word| !word.masked)
    }
}

/// True for a noun that says what somebody is: an office or an occupation.
fn is_office(word: &str) -> bool {
    is_in(lex::ROLES, word) || is_title(word) || {
        let small = word.to_lowercase();
        is_in(lex::ROLES, &small)
    }
}

fn is_title(word: &str) -> bool {
    is_in(lex::TITLES, word) && !ADDRESSES.contains(&word) && word != "Prime"
}

#[cfg(test)]
mod tests {
    use crate::stages::extract::testing::{extract, unmark};

    /// Reads a text in which `[[role|person]]` marks what is expected, in order.
    #[track_caller]
    fn check(marked: &str) {
        let (text, expected) = unmark(marked);
        let (document, extraction) = extract("en", &text);
        let found: Vec<(String, String)> = extraction
            .roles
            .iter()
            .map(|role| {
                let person = extraction.mentions[role.person].span.of(&document.text);
                (role.span.of(&document.text).to_owned(), person.to_owned())
            })
            .collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn offices_before_a_name() {
        check("[[Interior Minister|Jane Miller]] Jane Miller said so.");
        check("The [[French academic|Jane Miller]] Jane Miller said that it was late.");
        check("It met [[former Prime Minister|Robert Clark]] Robert Clark on Friday.");
        check("The [[deputy foreign minister|Robert Clark]] Robert Clark said so.");
    }

    #[test]
    fn descriptions_behind_a_name() {
        check("Jane Miller, a [[French academic|Jane Miller]] who has advised agencies, said so.");
        check("Jane Miller, [[director of the Port Agency|Jane Miller]], said so.");
        check("Jane Miller, the [[chief economist at Acme Bank|Jane Miller]], said so.");
        check(
            "It came from Jane Miller, a [[professor of law at Springfield University|Jane Miller]].",
        );
    }

    #[test]
    fn what_is_no_role() {
        check("Mr Robert Clark said so.");
        check("Robert Clark, said the minister, was late.");
        check("On Friday Robert Clark, who met the president, said so.");
        check("The minister said that Robert Clark said so.");
        check("After the talks with the minister, Robert Clark said so.");
    }
}
