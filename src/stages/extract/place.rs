//! Which place a name of the gazetteer means, in what sense, and how sure that is.
//!
//! Input: a match and the words around it. Output: a [`Reading`], or nothing where the word is no
//! place: a language, for one.

use std::{collections::BTreeSet, sync::OnceLock};

use super::{
    index::{Match, Meaning},
    layers::Reading,
    lexicon::{self as lex, is_in},
    token::{Case, Gap, Token, Tokens},
};
use crate::{
    geo::{Gazetteer, Place, PlaceKind},
    model::{
        document::Document,
        entity::EntityKind,
        extraction::{Candidate, Rule, Sense},
        geo::CountryCode,
        span::Span,
    },
};

/// An article, and what its names tell of where it plays.
pub(super) struct Scene<'a> {
    pub(super) document: &'a Document,
    pub(super) tokens: &'a Tokens,
    /// The countries that it names, or whose people it names.
    pub(super) countries: BTreeSet<CountryCode>,
    /// Whether it is in English, in which the gazetteer's names are.
    pub(super) english: bool,
}

/// How much a name is doubted because it is an ordinary word as well.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Doubt {
    None,
    /// A preposition of place settles it, as it does in languages that put none before other nouns.
    Some,
    /// "In Mobile" may be anything; "in Mobile, Alabama" says which.
    Much,
}

/// The countries that some matches name, or whose people they name.
pub(super) fn countries(found: &[Match<'_>]) -> BTreeSet<CountryCode> {
    let gazetteer = Gazetteer::embedded();
    let meanings = found.iter().flat_map(|found| found.meanings);
    let country = |meaning: &Meaning| match meaning {
        Meaning::Geo(id) | Meaning::People(id) => {
            let place = gazetteer.by_id(*id)?;
            place.country.filter(|_| place.kind == PlaceKind::Country)
        }
        _ => None,
    };
    meanings.filter_map(country).collect()
}

/// Of the places of one name the country; then a capital, then one in a country that the article
/// names, then the largest.
fn best<'a>(places: impl Iterator<Item = &'a Place>, scene: &Scene<'_>) -> Option<&'a Place> {
    places.max_by_key(|place| {
        let named = place
            .country
            .is_some_and(|code| scene.countries.contains(&code));
        (
            place.kind == PlaceKind::Country,
            place.kind == PlaceKind::Capital,
            named,
            place.population,
            place.id,
        )
    })
}

/// The reading of a match as a place, or as the people of one.
pub(super) fn reading(scene: &Scene<'_>, found: Match<'_>) -> Option<Reading> {
    let gazetteer = Gazetteer::embedded();
    let places = found.meanings.iter().filter_map(|meaning| match meaning {
        Meaning::Geo(id) => gazetteer.by_id(*id),
        _ => None,
    });
    let ordinary = places.clone().any(|place| place.needs_context);
    let neighbours = Neighbours::of(scene.document, scene.tokens, found.span)?;
    let (id, sense, rule, confidence) = match best(places, scene) {
        Some(place) => {
            let speaks = place.kind == PlaceKind::Capital && neighbours.speak_for_a_government();
            let sense = if speaks {
                Sense::Government
            } else {
                Sense::Literal
            };
            let doubted = match (ordinary, scene.english) {
                (false, _) => Doubt::None,
                (true, false) => Doubt::Some,
                (true, true) => Doubt::Much,
            };
            let confidence = neighbours.place_confidence(place.kind, doubted);
            (place.id, sense, Rule::Gazetteer, confidence)
        }
        None => {
            let people = found.meanings.iter().find_map(|meaning| match meaning {
                Meaning::People(id) => Some(*id),
                _ => None,
            })?;
            if neighbours.mean_a_language() {
                return None;
            }
            (people, Sense::Nationality, Rule::Demonym, 0.9)
        }
    };
    Some(Reading {
        span: found.span,
        kind: EntityKind::Place,
        candidate: Candidate::Geo(id),
        sense,
        rule,
        confidence,
    })
}

fn is_preposition(word: &str) -> bool {
    matches!(
        word.to_lowercase().as_str(),
        "in" | "at"
            | "near"
            | "from"
            | "to"
            | "outside"
            | "around"
            | "of"
            | "inside"
            | "across"
            | "via"
            | "into"
            | "outer"
            | "central"
            | "greater"
            | "downtown"
            | "leaving"
    )
}

/// The words beside a name.
struct Neighbours<'a> {
    before: Option<&'a str>,
    before_capital: bool,
    after: Option<&'a str>,
    after_capital: bool,
    second: Option<&'a str>,
    gap: Gap,
    first: bool,
    /// "X, Country".
    followed_by_place: bool,
    /// A hyphen joins the name to what follows: "Spanish-language".
    hyphenated: bool,
    after_case: Option<Case>,
}

impl<'a> Neighbours<'a> {
    fn of(document: &'a Document, tokens: &Tokens, span: Span) -> Option<Self> {
        let words = &tokens.words;
        let from = words.partition_point(|word| word.span.end <= span.start);
        let to = words.partition_point(|word| word.span.start < span.end);
        let last = words.get(to.checked_sub(1)?)?;
        let text = |word: &Token| word.span.of(&document.text);
        let before = from
            .checked_sub(1)
            .map(|n| words[n])
            .filter(|word| word.block == last.block && word.gap == Gap::Space);
        let after = words.get(to).filter(|word| word.block == last.block);
        let beside = after.filter(|_| last.gap == Gap::Space);
        let comma = after.filter(|_| last.gap == Gap::Comma);
        // "Afghanistan-based ISKP": what follows is no part of the name.
        let hyphenated = last.span.end > span.end;
        let is_starter =
            |word: &Token| is_in(lex::STARTERS, text(word)) || is_in(lex::CALENDAR, text(word));
        Some(Self {
            before: before.as_ref().map(text),
            before_capital: before.is_some_and(|w| w.is_capitalised() && !is_starter(&w)),
            after: beside.map(text),
            after_capital: !hyphenated
                && beside.is_some_and(|w| w.is_capitalised() && !is_starter(w)),
            second: words.get(to + 1).map(text),
            gap: last.gap,
            first: words.get(from).is_some_and(|word| word.first),
            followed_by_place: comma.is_some_and(|word| is_of_a_country(text(word))),
            hyphenated,
            after_case: beside.map(|word| word.case),
        })
    }

    /// A town inside a longer name, or whose name is an ordinary word, is rarely meant.
    fn place_confidence(&self, kind: PlaceKind, doubt: Doubt) -> f32 {
        let located = self.before.is_some_and(is_preposition) || self.followed_by_place;
        let inside = self.before_capital || self.after_capital;
        match (kind, doubt) {
            (PlaceKind::Country | PlaceKind::Region, _) if !inside => 0.9,
            (PlaceKind::Country | PlaceKind::Region, _) => 0.6,
            (PlaceKind::Capital, Doubt::None) if !inside => 0.85,
            _ if inside => 0.3,
            (_, Doubt::None) if located => 0.8,
            (_, Doubt::None) => 0.6,
            (_, _) if self.followed_by_place => 0.7,
            (_, Doubt::Some) if located && !self.first => 0.6,
            (_, Doubt::Much) if located && !self.first => 0.4,
            _ => 0.2,
        }
    }

    /// "Paris may have been slow", "Moscow denied": but not "in Paris".
    fn speak_for_a_government(&self) -> bool {
        if self.before.is_some_and(is_preposition) || self.gap != Gap::Space {
            return false;
        }
        let after = self.after.unwrap_or_default();
        let modal = is_in(lex::MODALS, after) || matches!(after, "has" | "had");
        let second = self.second.unwrap_or_default();
        is_in(lex::GOVERNS, after)
            || (modal
                && (matches!(second, "have" | "not" | "be" | "been")
                    || is_in(lex::GOVERNS, second)))
    }

    /// "In Spanish", "speaks French", "Spanish-language": but not "in Spanish schools".
    fn mean_a_language(&self) -> bool {
        if self.hyphenated || self.after.is_some_and(is_of_speech) {
            return true;
        }
        let spoken = self.before.is_some_and(|word| {
            matches!(
                word.to_lowercase().as_str(),
                "in" | "into"
                    | "speak"
                    | "speaks"
                    | "spoke"
                    | "spoken"
                    | "speaking"
                    | "learn"
                    | "learning"
                    | "fluent"
                    | "translated"
            )
        });
        let noun_follows = self.after_case == Some(Case::Lower)
            && !self.after.is_some_and(is_function_word)
            || self.after_capital;
        spoken && !noun_follows
    }
}

/// What follows the name of a language.
fn is_of_speech(word: &str) -> bool {
    matches!(
        word,
        "language"
            | "languages"
            | "speaker"
            | "speakers"
            | "speaking"
            | "version"
            | "versions"
            | "translation"
            | "translations"
            | "subtitles"
            | "word"
            | "words"
            | "text"
    )
}

/// A word that begins something new after a noun.
fn is_function_word(word: &str) -> bool {
    matches!(
        word,
        "and"
            | "or"
            | "but"
            | "to"
            | "for"
            | "on"
            | "in"
            | "at"
            | "by"
            | "with"
            | "from"
            | "of"
            | "as"
            | "is"
            | "was"
            | "are"
            | "were"
            | "that"
            | "which"
            | "who"
            | "when"
            | "where"
            | "because"
            | "so"
            | "than"
            | "too"
            | "only"
            | "also"
    )
}

/// True for the first word of a country's or a state's name: what follows a town and a comma.
fn is_of_a_country(word: &str) -> bool {
    static WORDS: OnceLock<BTreeSet<&'static str>> = OnceLock::new();
    let words = WORDS.get_or_init(|| {
        let places = Gazetteer::embedded().places().iter();
        let larger = places.filter(|p| matches!(p.kind, PlaceKind::Country | PlaceKind::State));
        larger
            .flat_map(|place| std::iter::once(place.name).chain(place.other_names()))
            .filter_map(|name| name.split(' ').next())
            .collect()
    });
    words.contains(word)
}
