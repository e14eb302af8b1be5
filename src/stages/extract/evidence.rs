//! How sure a name is: what speaks for it and against it, weighed.
//!
//! Input: the mentions of a document, each with the confidence of the layer that found it. Output: for
//! each name of a person, body or place the probability that a reader would call it right. A logistic
//! regression over [`Clue`]s: the layer, the words in and around the name, and what the rest of the
//! document says of it. `src/bin/train` learns the weights from names found in documents that the
//! tagger had not seen; they lie as readable lines in `data/tagger/evidence.tsv`.

use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    fmt,
    sync::OnceLock,
};

use super::{
    lexicon::{self as lex, is_in},
    token::{Case, Gap, Token, Tokens},
};
use crate::{
    model::{
        document::{BlockKind, Document},
        entity::EntityKind,
        extraction::{Abbreviation, Mention, Rule, Sense},
        span::Span,
    },
    tagger::{
        hash::{exact, finish, folded, mix},
        lists::Lists,
    },
};

static TABLE: &str = include_str!("../../../data/tagger/evidence.tsv");

/// The embedded table, as it is: other weights make other confidences.
pub(crate) fn data() -> [&'static [u8]; 1] {
    [TABLE.as_bytes()]
}

/// What is said of a name: a number, or a word in small letters.
#[derive(Debug, Clone, Copy)]
pub enum Value<'a> {
    /// A class, a count or a cluster.
    Number(u32),
    /// A word of the text, or the name of a rule.
    Word(&'a str),
}

/// One thing that speaks for or against a name.
#[derive(Debug, Clone, Copy)]
pub struct Clue<'a> {
    /// What kind of thing it is said of.
    pub kind: EntityKind,
    /// What is looked at: `before`, `rule`.
    pub aspect: &'static str,
    /// What is seen there.
    pub value: Value<'a>,
    /// How much of it, 1 for what is or is not.
    pub amount: f32,
}

impl Clue<'_> {
    fn key(&self) -> u64 {
        let value = match self.value {
            Value::Number(n) => mix(1, u64::from(n)),
            Value::Word(word) => mix(2, folded(word)),
        };
        finish(mix(
            mix(exact(self.kind.as_str()), exact(self.aspect)),
            value,
        ))
    }
}

/// The clue as the table names it: kind, aspect and value, parted by tabs.
impl fmt::Display for Clue<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}\t{}\t", self.kind.as_str(), self.aspect)?;
        match self.value {
            Value::Number(n) => write!(f, "{n}"),
            Value::Word(word) => write!(f, "\"{}", word.to_lowercase()),
        }
    }
}

/// What each clue weighs.
#[derive(Debug, Clone, Default)]
pub struct Weights(HashMap<u64, f32>);

impl Weights {
    /// The ones in the program, read once.
    pub fn shared() -> &'static Self {
        static SHARED: OnceLock<Weights> = OnceLock::new();
        SHARED.get_or_init(|| Self::parse(TABLE))
    }

    /// Reads a table: kind, aspect, value and weight in each line, parted by tabs. Lines that are no
    /// such thing say nothing.
    #[must_use]
    pub fn parse(table: &str) -> Self {
        let line = |line: &str| {
            let mut cells = line.split('\t');
            let (kind, aspect) = (cells.next()?, cells.next()?);
            let value = match cells.next()? {
                word if word.starts_with('"') => mix(2, folded(&word[1..])),
                number => mix(1, number.parse().ok()?),
            };
            let key = finish(mix(mix(exact(kind), exact(aspect)), value));
            Some((key, cells.next()?.parse().ok()?))
        };
        Self(table.lines().filter_map(line).collect())
    }

    /// The probability of the name at `n` by its clues.
    fn probability(&self, evidence: &Evidence<'_>, n: usize) -> f32 {
        let mut sum = 0.0;
        evidence.clues(n, |clue| {
            sum += self.0.get(&clue.key()).map_or(0.0, |w| w * clue.amount);
        });
        logistic(sum)
    }

    /// The same mentions, each as sure as its clues make it. What an author or an editor says, an
    /// event and a people stay as they are.
    pub(super) fn weighed(
        &self,
        document: &Document,
        tokens: &Tokens,
        abbreviations: &[Abbreviation],
        mut mentions: Vec<Mention>,
    ) -> Vec<Mention> {
        let evidence = Evidence::of(document, tokens, abbreviations, &mentions);
        let weighed = |n| self.probability(&evidence, n).max(evidence.least(n));
        let confidences: Vec<Option<f32>> = (0..mentions.len())
            .map(|n| evidence.is_weighed(n).then(|| weighed(n)))
            .collect();
        for (mention, confidence) in mentions.iter_mut().zip(confidences) {
            mention.confidence = confidence.unwrap_or(mention.confidence);
        }
        mentions
    }
}

/// From this confidence on, a list is sure of a name: a country, a large city, a known body.
const LISTED: f32 = 0.895;
/// Bodies that an article gives a short form, and that a second layer found too: 87 in 100 were right.
const DEFINED: f32 = 0.87;
/// Bodies by a head that only bodies have, such as Ministry, and places by a head after "at" or "in": 91
/// and 92 in 100 were right.
const HEADED: f32 = 0.9;

/// Words between which and the name of a place nothing stands: of places by a head after them, 92 in 100
/// were right.
const PLACES: &[&str] = &["at", "in", "near", "from", "to"];

/// Full names after a title: of 106, the files mark 95, most with the title, and the other 11 were people
/// too.
const TITLED: f32 = 0.9;

/// Capitals that act as governments do, "Paris may have been slow": the rule asks for a capital and for
/// what only governments do. The marked files hold one such name, and it is right.
const GOVERNING: f32 = 0.85;

/// "Ministry of Defence", "Port Agency": what ends or begins so is a body and nothing else.
fn has_plain_head(name: &str) -> bool {
    let last = name.rsplit_once(' ').map(|(_, last)| last);
    let heads = name.split_once(' ').filter(|(_, rest)| {
        let joined = ["of ", "for "];
        joined.iter().any(|small| rest.starts_with(small))
    });
    last.is_some_and(|last| is_in(lex::PLAIN_HEADS, last))
        || heads.is_some_and(|(first, _)| is_in(lex::PLAIN_HEADS, first))
}

/// 0 to 1.
#[must_use]
pub fn logistic(x: f32) -> f32 {
    1.0 / (1.0 + (-x).exp())
}

/// The logarithm of the odds, bounded.
fn log_odds(probability: f32) -> f32 {
    let p = probability.clamp(0.01, 0.99);
    (p / (1.0 - p)).ln()
}

/// How often a name stands in the document, and whether longer names of it begin or end so.
#[derive(Default)]
struct Elsewhere {
    mentions: u32,
    begins: bool,
    ends: bool,
}

fn elsewhere<'a>(document: &'a Document, mentions: &[Mention]) -> BTreeMap<&'a str, Elsewhere> {
    let mut names: BTreeMap<&str, Elsewhere> = BTreeMap::new();
    for mention in mentions {
        let name = mention.span.of(&document.text);
        names.entry(name).or_default().mentions += 1;
        if let (Some((first, _)), Some((_, last))) = (name.split_once(' '), name.rsplit_once(' ')) {
            names.entry(first).or_default().begins = true;
            names.entry(last).or_default().ends = true;
        }
    }
    names
}

/// What a document says of its names.
pub struct Evidence<'a> {
    document: &'a Document,
    tokens: &'a Tokens,
    mentions: &'a [Mention],
    elsewhere: BTreeMap<&'a str, Elsewhere>,
    /// Long and short forms that the article defines.
    defined: BTreeSet<&'a str>,
    lists: Lists,
}

impl<'a> Evidence<'a> {
    /// Reads a document once, for all its mentions.
    #[must_use]
    pub fn of(
        document: &'a Document,
        tokens: &'a Tokens,
        abbreviations: &[Abbreviation],
        mentions: &'a [Mention],
    ) -> Self {
        let pairs = abbreviations
            .iter()
            .flat_map(|pair| [pair.long, pair.short]);
        Self {
            document,
            tokens,
            mentions,
            elsewhere: elsewhere(document, mentions),
            defined: pairs.map(|span| span.of(&document.text)).collect(),
            lists: Lists::embedded(),
        }
    }

    fn text(&self, span: Span) -> &'a str {
        span.of(&self.document.text)
    }

    /// The number of words that begin before a byte.
    fn words_before(&self, at: u32) -> usize {
        let words = &self.tokens.words;
        words.partition_point(|word| word.span.start < at)
    }

    /// True for what is weighed: names of people, bodies and places that a machine found.
    #[must_use]
    pub fn is_weighed(&self, n: usize) -> bool {
        let mention = &self.mentions[n];
        !mention.rule.is_authored()
            && mention.kind != EntityKind::Event
            && mention.sense != Sense::Nationality
    }

    /// Shows the clues of the mention at `n`.
    pub fn clues(&self, n: usize, mut see: impl FnMut(Clue<'_>)) {
        let mention = &self.mentions[n];
        let kind = mention.kind;
        let mut say = |aspect, value: Value<'_>, amount| {
            see(Clue {
                kind,
                aspect,
                value,
                amount,
            });
        };
        let name = self.text(mention.span);
        say("always", Value::Number(0), 1.0);
        say("layer", Value::Number(0), log_odds(mention.confidence));
        say("rule", Value::Word(mention.rule.as_str()), 1.0);
        say("block", Value::Number(block(mention.block)), 1.0);
        let is_defined = self.defined.contains(name);
        say("defined", Value::Number(u32::from(is_defined)), 1.0);
        if let Some(name) = self.elsewhere.get(name) {
            let often = name.mentions.max(1).ilog2().min(3);
            say("mentions", Value::Number(often), 1.0);
            let longer = u32::from(name.begins) + 2 * u32::from(name.ends);
            say("in longer", Value::Number(longer), 1.0);
        }
        let name = Words {
            document: self.document,
            tokens: self.tokens,
            lists: &self.lists,
            from: self.words_before(mention.span.start),
            to: self.words_before(mention.span.end),
        };
        words(&name, &mut say);
    }

    /// How sure the mention at `n` is without more evidence: names of lists, which are made by hand,
    /// bodies that the article itself gives a short form, bodies by a plain head, places by a head
    /// after "at" or "in", full names after a title, and capitals that act as governments. 0 for all
    /// others.
    #[must_use]
    pub fn least(&self, n: usize) -> f32 {
        let mention = &self.mentions[n];
        let name = self.text(mention.span);
        let sure = mention.confidence;
        let headed = match mention.kind {
            EntityKind::Organisation => has_plain_head(name),
            EntityKind::Place => self.is_located(mention),
            EntityKind::Person | EntityKind::Event => false,
        };
        if mention.rule == Rule::Gazetteer && sure >= LISTED {
            sure
        } else if mention.rule == Rule::Title && sure >= 0.75 && name.contains(' ') {
            TITLED
        } else if headed && mention.rule == Rule::Head && sure >= 0.7 {
            HEADED
        } else if mention.kind == EntityKind::Organisation
            && sure >= 0.7
            && self.defined.contains(name)
        {
            DEFINED
        } else if mention.sense == Sense::Government && mention.rule == Rule::Gazetteer {
            GOVERNING
        } else {
            0.0
        }
    }

    /// "At Springfield Hall": a small word of place stands right before the name.
    fn is_located(&self, mention: &Mention) -> bool {
        let before = self.words_before(mention.span.start).checked_sub(1);
        let word = before.and_then(|n| self.tokens.words.get(n));
        word.is_some_and(|word| word.gap == Gap::Space && is_in(PLACES, self.text(word.span)))
    }
}

/// The words of a name in its text.
struct Words<'a> {
    document: &'a Document,
    tokens: &'a Tokens,
    lists: &'a Lists,
    from: usize,
    to: usize,
}

impl<'a> Words<'a> {
    fn text(&self, word: &Token) -> &'a str {
        word.span.of(&self.document.text)
    }

    /// The word at a place, where it stands in the same block.
    fn beside(&self, n: Option<usize>) -> Option<&'a Token> {
        let own = self.tokens.words.get(self.from)?;
        self.tokens
            .words
            .get(n?)
            .filter(|word| word.block == own.block)
    }
}

/// The clues of the words in and around a name.
fn words(words: &Words<'_>, say: &mut impl FnMut(&'static str, Value<'_>, f32)) {
    let Some(name) = words.tokens.words.get(words.from..words.to) else {
        return;
    };
    let (Some(first), Some(last)) = (name.first(), name.last()) else {
        return;
    };
    let mut number = |aspect, n| say(aspect, Value::Number(n), 1.0);
    number("words", name.len().min(5) as u32);
    number("letters", letters(words, name));
    number("first of sentence", u32::from(first.first));
    number("gap", last.gap as u32);
    for (aspect, word) in [("first cluster", first), ("last cluster", last)] {
        let (_, coarse) = words.lists.clusters(finish(folded(words.text(word))));
        number(aspect, u32::from(coarse));
    }
    let whole = name.iter().map(|word| folded(words.text(word)));
    let holding = words
        .lists
        .holding(finish(whole.reduce(mix).unwrap_or_default()));
    let last_holding = words.lists.holding(finish(folded(words.text(last))));
    let first_holding = words.lists.holding(finish(folded(words.text(first))));
    for bit in 0..16 {
        for (aspect, holding) in [
            ("listed", holding),
            ("last listed", last_holding),
            ("first listed", first_holding),
        ] {
            if holding >> bit & 1 == 1 {
                number(aspect, bit);
            }
        }
    }
    let before = words.beside(words.from.checked_sub(1));
    let after = words.beside(Some(words.to));
    match before {
        Some(word) => {
            say("before", Value::Word(words.text(word)), 1.0);
            say("case before", Value::Number(word.case as u32), 1.0);
        }
        None => say("before", Value::Number(0), 1.0),
    }
    match after {
        Some(word) => {
            say("after", Value::Word(words.text(word)), 1.0);
            say("case after", Value::Number(word.case as u32), 1.0);
        }
        None => say("after", Value::Number(0), 1.0),
    }
}

/// How a name is written: 0 as names are, 1 in capitals, 2 with capitals inside a word, 3 with digits,
/// 4 with points or at-signs inside a word, 5 with a word in small letters, 6 in small letters.
fn letters(words: &Words<'_>, name: &[Token]) -> u32 {
    let written = |word: &Token| words.text(word);
    let inner = |word: &str| {
        let mut chars = word.chars();
        chars.next();
        chars.any(char::is_uppercase)
    };
    if name.iter().all(|word| word.case == Case::Lower) {
        6
    } else if name
        .iter()
        .any(|word| written(word).contains(['.', '@', '_', '/']))
    {
        4
    } else if name
        .iter()
        .any(|word| written(word).contains(|c: char| c.is_ascii_digit()))
    {
        3
    } else if name.iter().all(|word| word.case == Case::Upper) {
        1
    } else if name
        .iter()
        .any(|word| word.case == Case::Title && inner(written(word)))
    {
        2
    } else if name.iter().any(|word| word.case == Case::Lower) {
        5
    } else {
        0
    }
}

fn block(kind: BlockKind) -> u32 {
    match kind {
        BlockKind::Paragraph => 0,
        BlockKind::Heading(_) => 1,
        BlockKind::ListItem => 2,
        BlockKind::Quote => 3,
        BlockKind::TableCell => 4,
        BlockKind::Footnote => 5,
        BlockKind::Caption => 6,
        BlockKind::Title => 7,
        BlockKind::Standfirst => 8,
    }
}
