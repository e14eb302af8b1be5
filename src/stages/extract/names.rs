//! Names that no list holds, found by the words in and around them.
//!
//! Input: the words of a document. Output: spans with a kind, a rule and a confidence. Precision
//! comes first: a run of capitalised words without a sign of what it is stays unnamed.

use super::{
    index::is_given_name,
    lexicon::{self as lex, is_in},
    token::{Case, Gap, Token},
};
use crate::model::{document::Document, entity::EntityKind, extraction::Rule, span::Span};

/// A name found by rule.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Found {
    pub(super) span: Span,
    pub(super) kind: EntityKind,
    pub(super) rule: Rule,
    pub(super) confidence: f32,
}

/// A run of capitalised words, with the small words that names hold between them.
#[derive(Debug, Clone, Copy)]
struct Run<'a> {
    document: &'a Document,
    words: &'a [Token],
    from: usize,
    /// One past the last word.
    to: usize,
}

/// The most words of a name. What is longer is a heading or a list without its commas.
const MOST_WORDS: usize = 10;

/// The names of a document, in order; they may overlap other layers' names, not one another.
pub(super) fn names(document: &Document, words: &[Token]) -> Vec<Found> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < words.len() {
        if !words[at].is_capitalised() {
            at += 1;
            continue;
        }
        let run = run_at(document, words, at);
        at = run.to;
        found.extend(classify(run));
    }
    found
}

fn run_at<'a>(document: &'a Document, words: &'a [Token], from: usize) -> Run<'a> {
    let mut run = Run {
        document,
        words,
        from,
        to: from + 1,
    };
    while let Some(next) = run.next_in_name() {
        run.to = next + 1;
    }
    run
}

impl<'a> Run<'a> {
    fn word(&self, n: usize) -> &'a str {
        self.words[n].span.of(&self.document.text)
    }

    fn span(&self) -> Span {
        Span {
            start: self.words[self.from].span.start,
            end: self.words[self.to - 1].span.end,
        }
    }

    fn len(&self) -> usize {
        self.to - self.from
    }

    fn first(&self) -> &'a str {
        self.word(self.from)
    }

    fn last(&self) -> &'a str {
        self.word(self.to - 1)
    }

    /// The next capitalised word of the name: beside the last, or past small words that names hold.
    fn next_in_name(&self) -> Option<usize> {
        let capital = |n: usize| self.words.get(n).is_some_and(Token::is_capitalised);
        let beside = |n: usize| self.words[n].gap == Gap::Space || self.is_initial(n);
        if !beside(self.to - 1) || is_in(lex::CALENDAR, self.last()) {
            return None;
        }
        if capital(self.to) {
            // "Department of Commerce Department of Education": a list, whose breaks were lost.
            if self.is_body_head_of(self.to) && self.has_joined("of") {
                return None;
            }
            return (!is_in(lex::CALENDAR, self.word(self.to)) || self.len() > 1)
                .then_some(self.to);
        }
        let small = self.words.get(self.to).filter(|word| !word.masked)?;
        let small = small.span.of(&self.document.text);
        let person = is_in(lex::PARTICLES, small);
        let body = match small {
            "of" | "for" => self.holds_body_head(),
            "and" => self.holds_body_head() && self.may_join_and(),
            _ => false,
        };
        if !(person || body) || self.words[self.to].gap != Gap::Space {
            return None;
        }
        if capital(self.to + 1) {
            return Some(self.to + 1);
        }
        // "Ministry of the Interior", "de la Cruz"
        let second = self.words.get(self.to + 1)?.span.of(&self.document.text);
        let article = matches!(second, "the" | "la" | "le" | "los" | "der" | "den");
        (article
            && small != "and"
            && self.words[self.to + 1].gap == Gap::Space
            && capital(self.to + 2))
        .then_some(self.to + 2)
    }

    /// "John F. Kennedy": the point after an initial ends nothing.
    fn is_initial(&self, n: usize) -> bool {
        let between = self.words.get(n + 1).map(|next| Span {
            start: self.words[n].span.end,
            end: next.span.start,
        });
        self.word(n).chars().count() == 1
            && between.is_some_and(|gap| gap.of(&self.document.text) == ". ")
    }

    /// "Health and Human Services" is one name; the Port Agency and the Coast Agency are two.
    fn may_join_and(&self) -> bool {
        let ended = is_in(lex::BODY_TAILS, self.last());
        !ended && !self.has_joined("and") && !self.is_body_head_of(self.to + 1)
    }

    fn has_joined(&self, small: &str) -> bool {
        (self.from..self.to).any(|n| self.word(n) == small)
    }

    /// "Ministry of": the word begins the name of a body.
    fn is_body_head_of(&self, n: usize) -> bool {
        n + 1 < self.words.len()
            && is_in(lex::BODY_HEADS, self.word(n))
            && matches!(self.word(n + 1), "of" | "for")
    }

    fn holds_body_head(&self) -> bool {
        (self.from..self.to).any(|n| is_in(lex::BODY_HEADS, self.word(n)))
    }

    fn without_first(mut self) -> Option<Self> {
        self.from += 1;
        // What is left may begin with a small word of the name.
        while self.from < self.to && !self.words[self.from].is_capitalised() {
            self.from += 1;
        }
        (self.from < self.to).then_some(self)
    }

    fn found(&self, kind: EntityKind, rule: Rule, confidence: f32) -> Found {
        Found {
            span: self.span(),
            kind,
            rule,
            confidence,
        }
    }

    /// The word before the run, if it stands beside it.
    fn before(&self) -> Option<&'a str> {
        let n = self.from.checked_sub(1)?;
        let same = self.words[n].block == self.words[self.from].block;
        (same && self.words[n].gap == Gap::Space).then(|| self.word(n))
    }

    /// The word after the run, if only white space is between.
    fn after(&self) -> Option<&'a str> {
        (self.words[self.to - 1].gap == Gap::Space && self.to < self.words.len())
            .then(|| self.word(self.to))
    }
}

/// A person's name without the titles before it: "Interior Minister Jane Miller" is Jane Miller.
/// A title that ends the name is part of it: "John Major".
#[must_use]
pub fn without_titles(name: &str) -> &str {
    let mut kept = name;
    let mut rest = name;
    while let Some((word, after)) = rest.split_once(' ') {
        rest = after.trim_start();
        if is_in(lex::TITLES, word.trim_end_matches('.')) {
            kept = rest;
        }
    }
    kept
}

fn classify(run: Run<'_>) -> Option<Found> {
    let mut run = run;
    // The first word of a sentence is capitalised anyway; it is part of a name only if it is no
    // ordinary word.
    while is_in(lex::STARTERS, run.first()) || is_in(lex::CALENDAR, run.first()) {
        run = run.without_first()?;
    }
    let headline = run.document.blocks.get(run.words[run.from].block as usize);
    if headline.is_some_and(|block| block.kind.is_headline()) {
        return None;
    }
    if run.len() > MOST_WORDS {
        return None;
    }
    titled(run)
        .or_else(|| body(run))
        .or_else(|| place(run))
        .or_else(|| person(run))
}

/// "Interior Minister Jane Miller", "Mr Smith".
fn titled(run: Run<'_>) -> Option<Found> {
    let last_title = (run.from..run.to)
        .rev()
        .find(|n| is_in(lex::TITLES, run.word(*n)));
    if let Some(n) = last_title {
        let name = Run { from: n + 1, ..run };
        if name.from < name.to && name.len() <= 4 && !ends_like_no_person(name) {
            return Some(name.found(EntityKind::Person, Rule::Title, 0.85));
        }
        return None;
    }
    let role = run.before().filter(|word| is_in(lex::ROLES, word))?;
    let plausible = run.len() >= 2 && run.len() <= 4 && !ends_like_no_person(run);
    (plausible && !role.is_empty()).then(|| run.found(EntityKind::Person, Rule::Title, 0.8))
}

/// "Ministry of the Interior", "Port Agency", "Acme Ltd".
fn body(run: Run<'_>) -> Option<Found> {
    let generic = run.len() == 2 && is_in(lex::GENERIC, run.first());
    if run.len() < 2 || generic || is_tail_of_a_name(run) {
        return None;
    }
    let headed =
        is_in(lex::BODY_HEADS, run.first()) && matches!(run.word(run.from + 1), "of" | "for");
    let tailed = is_in(lex::BODY_TAILS, run.last());
    let inner = (run.from + 1..run.to - 1)
        .any(|n| is_in(lex::BODY_HEADS, run.word(n)) && matches!(run.word(n + 1), "of" | "for"));
    (headed || tailed || inner).then(|| run.found(EntityKind::Organisation, Rule::Head, 0.75))
}

/// "Trademark Office" in "Patent and Trademark Office", "Press Foundation" in "Freedom of the Press
/// Foundation": the name began before.
fn is_tail_of_a_name(run: Run<'_>) -> bool {
    let back = |by: usize| {
        let n = run.from.checked_sub(by)?;
        let word = run.words[n];
        (word.block == run.words[run.from].block && word.gap == Gap::Space).then_some(n)
    };
    let text = |n: Option<usize>| n.map_or("", |n| run.word(n));
    let capital = |n: Option<usize>| n.is_some_and(|n| run.words[n].is_capitalised());
    match text(back(1)) {
        "and" | "&" => capital(back(2)) && !run.is_body_head_of(run.from),
        "the" => text(back(2)) == "of" && capital(back(3)) && !is_body(run, back(3)),
        _ => false,
    }
}

/// True where the word is the head of a body: "Ministry of the Port Authority" holds a whole name.
fn is_body(run: Run<'_>, n: Option<usize>) -> bool {
    n.is_some_and(|n| is_in(lex::BODY_HEADS, run.word(n)) || is_in(lex::BODY_TAILS, run.word(n)))
}

/// "Port Hall", "Lake Constance", "Champ de Mars".
fn place(run: Run<'_>) -> Option<Found> {
    if run.len() < 2 {
        return None;
    }
    let tailed = is_in(lex::PLACE_TAILS, run.last());
    let headed = is_in(lex::PLACE_HEADS, run.first());
    (tailed || headed).then(|| run.found(EntityKind::Place, Rule::Head, 0.7))
}

/// "Jane Miller said", "Jane Miller, a rail expert, …", or a common given name before a surname.
fn person(run: Run<'_>) -> Option<Found> {
    let plausible = (2..=4).contains(&run.len()) && !ends_like_no_person(run);
    if !plausible {
        return None;
    }
    let given = is_given_name(run.first().split('-').next().unwrap_or_default());
    if given {
        return Some(run.found(EntityKind::Person, Rule::Frame, 0.8));
    }
    let speaks = run.after().is_some_and(|word| is_in(lex::SAYS, word))
        || run
            .before()
            .is_some_and(|word| is_in(lex::SAYS, word) && word != "told");
    let described = describes_a_person(run);
    match (speaks, described) {
        (_, true) => Some(run.found(EntityKind::Person, Rule::Frame, 0.75)),
        (true, false) => Some(run.found(EntityKind::Person, Rule::Frame, 0.55)),
        (false, false) => None,
    }
}

/// "X, a French academic who" and "X, director of".
fn describes_a_person(run: Run<'_>) -> bool {
    if run.words[run.to - 1].gap != Gap::Comma {
        return false;
    }
    let following = &run.words[run.to..(run.to + 6).min(run.words.len())];
    let words: Vec<&str> = following
        .iter()
        .map(|w| w.span.of(&run.document.text))
        .collect();
    words.iter().any(|word| is_in(lex::ROLES, word))
}

fn ends_like_no_person(run: Run<'_>) -> bool {
    let odd = |n: usize| {
        let word = run.word(n);
        is_in(lex::BODY_TAILS, word)
            || is_in(lex::PLACE_TAILS, word)
            || is_in(lex::CALENDAR, word)
            || is_in(lex::STARTERS, word)
            || run.words[n].case == Case::Upper && word.chars().count() > 2
            || matches!(word, "of" | "for" | "and")
    };
    (run.from..run.to).any(odd)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stages::extract::{testing::document, token::tokens};

    /// Names are marked `[[name|kind]]` in `marked`.
    fn check(marked: &str) {
        let (text, expected) = crate::stages::extract::testing::unmark(marked);
        let document = document(&text);
        let words = tokens(&document).words;
        let found: Vec<(String, String)> = names(&document, &words)
            .iter()
            .map(|f| {
                (
                    f.span.of(&text).to_owned(),
                    format!("{:?}", f.kind).to_lowercase(),
                )
            })
            .collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn finds_people() {
        check("Interior Minister [[Gerald Example|person]] spoke.");
        check("[[Jane Miller|person]], a French academic who has advised, said.");
        check("We met French academic [[Ludovic de la Tour|person]] there.");
        check("Police said [[Aziz Karimov|person]] was there, [[Aziz Karimov|person]] said.");
        check("Mr [[Smith|person]] and Gen. [[John F. Kennedy|person]] agree.");
    }

    #[test]
    fn titles_are_no_part_of_a_name() {
        for (name, bare) in [
            ("Ms. Davis", "Davis"),
            ("Interior Minister Jane Miller", "Jane Miller"),
            ("John Major", "John Major"),
            ("Davis", "Davis"),
        ] {
            assert_eq!(without_titles(name), bare);
        }
    }

    #[test]
    fn finds_bodies_places_and_events() {
        check(
            "The [[Ministry of the Interior|organisation]] and the [[Port Agency|organisation]].",
        );
        check("At [[Crocus City Hall|place]] and on [[Lake Constance|place]].");
        check(
            "The [[Department of Health and Human Services|organisation]] [[Department of Energy|organisation]].",
        );
        check("The [[Office of Ports|organisation]] and [[Department of Energy|organisation]].");
    }

    #[test]
    fn leaves_other_words_alone() {
        check("However, Last Monday was cold. The Big Thing began.");
        check("Read More About Us.");
        check("The Department of One Two Three Four Five Six Seven Eight Nine Ten Eleven.");
        check("The Russian invasion began in Early Spring.");
    }
}
