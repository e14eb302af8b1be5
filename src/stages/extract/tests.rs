//! The layers together, on sentences of the shapes that news has.
#![allow(clippy::unwrap_used)]

use std::collections::BTreeSet;

use jiff::civil::date;

use super::{Context, NameIndex, article, testing};
use crate::model::{
    article::EntityRules,
    document::Document,
    extraction::{Candidate, Extraction, Mention, Sense},
};

fn extract(text: &str) -> (Document, Extraction) {
    let document = testing::document(text);
    let names = NameIndex::new([], &std::collections::BTreeMap::new()).unwrap();
    let context = Context {
        date: date(2024, 7, 21),
        language: "en",
        names: &names,
        rules: &EntityRules::default(),
        detect: true,
        without: &BTreeSet::new(),
        recogniser: None,
        evidence: None,
    };
    let extraction = article(&document, &context);
    (document, extraction)
}

fn label(mention: &Mention) -> String {
    match mention.sense {
        Sense::Literal => format!("{:?}", mention.kind).to_lowercase(),
        other => format!("{other:?}").to_lowercase(),
    }
}

/// Outermost mentions above the display threshold are marked `[[name|kind or sense]]`.
fn check(marked: &str) {
    let (text, expected) = testing::unmark(marked);
    let (document, extraction) = extract(&text);
    let shown: Vec<&Mention> = extraction
        .mentions
        .iter()
        .filter(|m| m.confidence >= 0.5)
        .collect();
    let outer = shown.iter().filter(|m| {
        !shown
            .iter()
            .any(|other| other.span != m.span && other.span.contains(m.span))
    });
    let found: Vec<(String, String)> = outer
        .map(|m| (m.span.of(&document.text).to_owned(), label(m)))
        .collect();
    assert_eq!(found, expected, "{text}");
}

#[test]
fn one_group_two_short_forms() {
    let text = "Members of Islamic Army-North Province (IANP, or IAN-P) met. IAN-P grew.";
    let (document, extraction) = extract(text);
    let names: Vec<(&str, &Candidate)> = extraction
        .mentions
        .iter()
        .map(|m| (m.span.of(&document.text), &m.candidate))
        .collect();
    let full = Candidate::Named("Islamic Army-North Province".to_owned());
    let expected =
        ["Islamic Army-North Province", "IANP", "IAN-P", "IAN-P"].map(|name| (name, &full));
    assert_eq!(names, expected);
}

#[test]
fn halls_are_places_and_attacks_on_them_events() {
    check("Gunmen opened fire at [[Riverside Concert Hall|place]].");
    check(
        "It was before [[Riverside Concert Hall|place]] closed, two months before the [[Riverside Concert Hall attack|event]].",
    );
    check("ahead of the [[Paris Olympics|event]], police said");
}

#[test]
fn places_inside_events_stay_findable() {
    let (document, extraction) = extract("It was before the Lyon Summit.");
    let names: Vec<&str> = extraction
        .mentions
        .iter()
        .map(|m| m.span.of(&document.text))
        .collect();
    assert_eq!(names, ["Lyon Summit", "Lyon"]);
}

#[test]
fn peoples_are_no_places() {
    check(
        "ties with [[Tajiks|nationality]] and other [[Central Asians|nationality]] in [[France|place]]",
    );
    check(
        "The [[Turkmen|nationality]], [[Tajik|nationality]] and [[Kyrgyz|nationality]] nationals entered [[Germany|place]] from [[Ukraine|place]].",
    );
}

#[test]
fn capitals_may_be_governments() {
    check("He said that [[Paris|government]] may have been slow to react.");
    check("[[Moscow|government]] denied it.");
    check("In outer [[Moscow|place]] in March, shots fell.");
}

#[test]
fn outlets_report() {
    check("[[Reuters|source]] on July 19 reported that [[France|place]] acts.");
    check("Sources spoken to by [[Reuters|source]] had few assets.");
}

#[test]
fn surnames_follow_full_names() {
    let text = "Ludovic Perrault, a French academic who has consulted, came. Perrault said no.";
    let (document, extraction) = extract(text);
    let people: Vec<(&str, &Candidate)> = extraction
        .mentions
        .iter()
        .filter(|m| label(m) == "person")
        .map(|m| (m.span.of(&document.text), &m.candidate))
        .collect();
    let full = Candidate::Named("Ludovic Perrault".to_owned());
    assert_eq!(people, [("Ludovic Perrault", &full), ("Perrault", &full)]);
}

/// The names of a text's people, each with the name that it stands for.
fn people(text: &str) -> Vec<(String, String)> {
    let (document, extraction) = extract(text);
    let mentions = extraction.mentions.iter();
    mentions
        .filter(|mention| label(mention) == "person")
        .map(|mention| match &mention.candidate {
            Candidate::Named(name) => (mention.span.of(&document.text).to_owned(), name.clone()),
            other => panic!("{other:?}"),
        })
        .collect()
}

#[test]
fn short_forms_follow_the_order_of_names_where_they_come_from() {
    for (full, short) in [
        ("President Xi Jinping", "Xi"),
        ("Minister Dominique de Villepin", "de Villepin"),
        ("Minister Dominique de Villepin", "Villepin"),
        ("President Ursula von der Leyen", "von der Leyen"),
        ("Prince Muhammad bin Salman", "bin Salman"),
        ("President Robert Kennedy Jr", "Kennedy"),
    ] {
        let text = format!("{full} spoke on Monday. Nobody had asked {short} before.");
        let found = people(&text);
        let name = full.split_once(' ').unwrap().1.to_owned();
        let expected = (short.to_owned(), name);
        assert_eq!(found.last(), Some(&expected), "{text}");
    }
}

#[test]
fn brothers_share_no_surname() {
    let text = "Jane Miller said yes. Peter Miller said no. Miller left.";
    let (_, extraction) = extract(text);
    assert_eq!(extraction.mentions.len(), 2);
}

#[test]
fn quotations_have_speakers_where_the_text_says_who() {
    let text = "Jane Miller, a French academic, told the agency that it was late. \
                \"France has looked elsewhere,\" she said. \"I think it was surprised.\" \
                \"Nobody knows this man,\" a sign read.";
    let (document, extraction) = extract(text);
    let who = |n: usize| {
        let quotation = &extraction.quotations[n];
        quotation
            .speaker
            .map(|m| extraction.mentions[m].span.of(&document.text))
    };
    assert_eq!(extraction.quotations.len(), 3);
    assert_eq!((who(0), who(1)), (Some("Jane Miller"), Some("Jane Miller")));
}

#[test]
fn ordinary_words_are_no_names() {
    check("However, the Team met on Monday. Reading is nice. Most came in May.");
    check("We Are Hiring Now. Learn more about our work.");
}

#[test]
fn languages_are_no_peoples() {
    check("The page is in Spanish. She speaks French and it is a Russian-language paper.");
    check("The site has a Spanish version. It was written in [[German|nationality]] schools.");
}

#[test]
fn ordinary_words_need_a_country_to_be_towns() {
    check("We work in Mobile and in Reading.");
    check("We work in [[Mobile|place]], [[Alabama|place]].");
}

#[test]
fn of_two_towns_the_one_in_a_named_country_is_meant() {
    let (_, extraction) = extract("In Spain it rained. Valencia was flooded.");
    let candidates: Vec<&Candidate> = extraction.mentions.iter().map(|m| &m.candidate).collect();
    let Candidate::Geo(id) = candidates[1] else {
        panic!("{candidates:?}")
    };
    let place = crate::geo::Gazetteer::embedded().by_id(*id).unwrap();
    assert_eq!(place.country.unwrap().as_str(), "ES");
}
