//! Events of the shapes that news has, and what only looks like one.

use super::*;
use crate::stages::extract::{testing, token::tokens};

/// Events are marked `[[words|name]]`; without a name it is the words.
fn check(marked: &str) {
    let (text, expected) = testing::unmark(marked);
    let expected: Vec<(String, String)> = expected
        .into_iter()
        .map(|(words, name)| (words.clone(), if name.is_empty() { words } else { name }))
        .collect();
    let document = testing::document(&text);
    let found: Vec<(String, String)> = events(&document, &tokens(&document).words)
        .into_iter()
        .map(|event| (event.span.of(&document.text).to_owned(), event.name))
        .collect();
    assert_eq!(found, expected, "{text}");
}

#[test]
fn named_after_what_stands_before() {
    check("It was before the [[Riverside Hall attack]].");
    check("It was before the March 22 [[Riverside Hall attack]].");
    check("At the [[Vilnius Summit]] and the [[Lyon Olympics]].");
    check("He died in the [[Berlin Christmas market attack]].");
    check("The [[Boston Marathon bombing]] was in spring.");
    check("The [[Korean War]] and the [[Vietnam war]] were long.");
    check("At the [[NATO summit in Vilnius]] they met; the [[G7 summit]] is next.");
    check("The [[Syrian Civil War]] goes on; the [[Bataclan attack]] was in 2015.");
    check("At the [[Munich Security Conference]]; the [[Argentine War of Independence]].");
}

#[test]
fn named_after_what_follows() {
    check("It was before the [[attack on Riverside Hall|Riverside Hall attack]].");
    check("The [[siege of Sarajevo|Siege of Sarajevo]] and the [[Battle of Kursk]].");
    check("Since the February 2022 [[Russian invasion of Ukraine|Invasion of Ukraine]].");
    check("Since Russia's [[invasion of Ukraine|Invasion of Ukraine]].");
    check("The [[war in Ukraine|Ukraine war]] goes on, as does the [[Ukraine war]].");
    check("The [[Allied invasion of Normandy|Invasion of Normandy]]; the [[Battle of the Bulge]].");
    check("The [[bombing of Dresden|Dresden bombing]].");
}

#[test]
fn named_by_their_heads() {
    check("[[Operation Barkhane]] ended; [[Hurricane Katrina]] and [[Tropical Storm Nina]] came.");
}

#[test]
fn elections_have_a_country_and_a_year() {
    check("In the [[2022 French presidential election]] he lost.");
    check("In the [[French election of 2022|2022 French election]] he lost.");
    check("In the French election he lost.");
    check("In the 2022 election he lost.");
}

#[test]
fn what_names_no_event() {
    check("The attack came late. An attack on Kabul failed. Attacks in Iran and Russia grew.");
    check("The Russian invasion of the country. The French attack failed.");
    check("The [[Community of Practice Summit]] and the [[Food and Drink Festival]].");
    check("He won a Cannes Film Festival Award in the Southwest Conference.");
    check("The Shiite uprising and the Iraqi coup failed.");
    check("The Hamas attack and the Taliban offensive failed.");
    check("The Geneva Convention holds. He plays Video Games. The Secretary of War left.");
    check("Our Annual Conference is near. A Lyon summit may come.");
    check("The Operation Manager and the Storm Water Plan.");
}
