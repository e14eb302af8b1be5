//! What the English lists must not find in texts of other languages.
//!
//! Peoples have other names there, and a town may be an ordinary word: Essen is food, Nice begins a
//! French sentence, Santiago is a man. Such a name counts only where a preposition places it.

use super::{
    Context,
    index::is_given_name,
    layers::Reading,
    token::{Gap, Tokens},
};
use crate::{
    geo::{Gazetteer, PlaceKind},
    model::{
        document::Document,
        extraction::{Candidate, Rule},
    },
};

/// Prepositions of place in French, German, Spanish, Italian and Portuguese.
const PLACING: &[&str] = &[
    "à", "a", "de", "vers", "depuis", "près", "in", "aus", "nach", "bei", "von", "en", "desde",
    "hacia", "hasta", "para", "por", "da", "di", "em", "ad", "sur", "entre", "nahe", "stadt",
    "ville", "ciudad", "d",
];

/// Words that are names in English and something else in the language.
const OTHERWISE: &[(&str, &[&str])] = &[
    (
        "de",
        &[
            "Jordan", "Chad", "Die Welt", "Die Zeit", "Spiegel", "Stern", "Focus", "Bild", "Man",
            "Sender", "Union", "Bank",
        ],
    ),
    (
        "fr",
        &[
            "Jordan",
            "Chad",
            "Libération",
            "Le Monde",
            "Le Point",
            "La Croix",
            "Monde",
            "Union",
        ],
    ),
    (
        "es",
        &["Jordan", "El Mundo", "El País", "La Vanguardia", "Union"],
    ),
];

/// The reading as it stands in the article's language; nothing where the name means something else
/// there.
pub(super) fn adjusted(
    document: &Document,
    tokens: &Tokens,
    context: &Context<'_>,
    reading: Reading,
) -> Option<Reading> {
    if misleads(document, tokens, context, &reading) {
        return None;
    }
    // What English takes for a word that needs a preposition has one here.
    let doubted = reading.rule == Rule::Gazetteer && reading.confidence <= WITHOUT_CONTEXT;
    let confidence = if doubted && is_placed(document, tokens, &reading) {
        PLACED
    } else {
        reading.confidence
    };
    Some(Reading {
        confidence,
        ..reading
    })
}

/// What an ambiguous name without a preposition has, and one with it.
const WITHOUT_CONTEXT: f32 = 0.2;
const PLACED: f32 = 0.7;

/// True where a name of the English lists means something else.
fn misleads(
    document: &Document,
    tokens: &Tokens,
    context: &Context<'_>,
    reading: &Reading,
) -> bool {
    match reading.rule {
        Rule::Demonym => true,
        Rule::Gazetteer => {
            let name = reading.span.of(&document.text);
            is_otherwise(tokens, context, reading, name)
                || is_doubtful_town(document, tokens, context, reading, name)
        }
        _ => false,
    }
}

/// "Libération" at the start of a sentence may be the word; a country's English name another name.
fn is_otherwise(tokens: &Tokens, context: &Context<'_>, reading: &Reading, name: &str) -> bool {
    let listed = OTHERWISE
        .iter()
        .any(|(language, names)| speaks(context, language) && names.contains(&name));
    let person_or_land = matches!(name, "Jordan" | "Chad");
    listed && (person_or_land || german(context) || opens_sentence(tokens, reading))
}

fn is_doubtful_town(
    document: &Document,
    tokens: &Tokens,
    context: &Context<'_>,
    reading: &Reading,
    name: &str,
) -> bool {
    let Candidate::Geo(id) = reading.candidate else {
        return false;
    };
    let Some(place) = Gazetteer::embedded().by_id(id) else {
        return false;
    };
    let town = matches!(place.kind, PlaceKind::Town | PlaceKind::State);
    let capital = place.kind == PlaceKind::Capital;
    if !(town || capital) || name.contains([' ', '-']) {
        return false;
    }
    let word = town && (german(context) || opens_sentence(tokens, reading));
    let person = is_given_name(name) || name == "Santiago";
    (word || person) && !is_placed(document, tokens, reading)
}

fn speaks(context: &Context<'_>, language: &str) -> bool {
    let tag = context
        .language
        .split(['-', '_'])
        .next()
        .unwrap_or_default();
    tag.eq_ignore_ascii_case(language)
}

/// German writes every noun with a capital.
fn german(context: &Context<'_>) -> bool {
    speaks(context, "de")
}

fn opens_sentence(tokens: &Tokens, reading: &Reading) -> bool {
    let at = tokens
        .words
        .partition_point(|word| word.span.end <= reading.span.start);
    tokens.words.get(at).is_some_and(|word| word.first)
}

fn is_placed(document: &Document, tokens: &Tokens, reading: &Reading) -> bool {
    let at = tokens
        .words
        .partition_point(|word| word.span.end <= reading.span.start);
    let before = at
        .checked_sub(1)
        .and_then(|n| tokens.words.get(n))
        .filter(|word| word.gap == Gap::Space);
    before.is_some_and(|word| {
        let word = word.span.of(&document.text).to_lowercase();
        PLACING.contains(&word.as_str())
    })
}

#[cfg(test)]
mod tests;
