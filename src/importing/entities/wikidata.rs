//! Wikidata's JSON of entities: `{"entities": {…}}` as its pages give it, a list, or one a line.

use std::collections::BTreeMap;

use serde_json::Value;

use super::{
    Format, List, Record,
    record::{FactKey, day},
};
use crate::{editing::quote::scalar, model::entity::EntityKind, stages::extract::time::LANGUAGES};

pub(super) fn read(values: &[Value]) -> List {
    let mut items: Vec<&Value> = Vec::new();
    for value in values {
        match value["entities"].as_object() {
            Some(map) => items.extend(map.values()),
            None => items.push(value),
        }
    }
    // The codes of the countries that the list itself has.
    let countries: BTreeMap<&str, &str> = items
        .iter()
        .filter_map(|item| Some((item["id"].as_str()?, text(item, "P297")?)))
        .collect();
    let mut records = Vec::new();
    let mut left_out = Vec::new();
    for item in items {
        let id = item["id"].as_str().unwrap_or("an item without an id");
        match name_of(item).filter(|_| item["type"] != "property") {
            Some(name) => records.push(record(item, name, &countries)),
            None => left_out.push(format!(
                "{id}: it has no label in a language that is read here"
            )),
        }
    }
    List {
        format: Format::Wikidata,
        records,
        left_out,
    }
}

fn name_of(item: &Value) -> Option<&str> {
    let all = ["en", "mul"].into_iter().chain(LANGUAGES);
    all.into_iter()
        .find_map(|language| item["labels"][language]["value"].as_str())
}

/// The values of a property, those of the best rank first.
fn values<'a>(item: &'a Value, property: &str) -> Vec<&'a Value> {
    let claims = item["claims"][property].as_array();
    let mut claims: Vec<&Value> = claims
        .into_iter()
        .flatten()
        .filter(|claim| claim["rank"] != "deprecated")
        .collect();
    claims.sort_by_key(|claim| claim["rank"] != "preferred");
    claims
        .into_iter()
        .map(|claim| &claim["mainsnak"]["datavalue"]["value"])
        .filter(|value| !value.is_null())
        .collect()
}

fn text<'a>(item: &'a Value, property: &str) -> Option<&'a str> {
    values(item, property).into_iter().find_map(Value::as_str)
}

fn items<'a>(item: &'a Value, property: &str) -> Vec<&'a str> {
    values(item, property)
        .into_iter()
        .filter_map(|value| value["id"].as_str())
        .collect()
}

/// A day where the item knows one: precision 11.
fn date<'a>(item: &'a Value, property: &str) -> Option<&'a str> {
    let known = values(item, property)
        .into_iter()
        .find(|value| value["precision"] == 11)?;
    day(known["time"].as_str()?)
}

/// Classes of events that a list of news has: occurrence, war, battle, attack, terrorist attack,
/// election, summit, protest, Olympic Games, disaster.
const EVENTS: [&str; 12] = [
    "Q1190554", "Q1656682", "Q198", "Q178561", "Q1265353", "Q2223653", "Q40231", "Q1072326",
    "Q273120", "Q5389", "Q159821", "Q3839081",
];

fn kind(item: &Value) -> EntityKind {
    let classes = items(item, "P31");
    let has = |property: &str| !values(item, property).is_empty();
    match () {
        () if classes.contains(&"Q5") => EntityKind::Person,
        () if classes.iter().any(|class| EVENTS.contains(class)) => EntityKind::Event,
        () if has("P585") || (has("P580") && has("P276")) => EntityKind::Event,
        () if has("P571") && (has("P159") || has("P856")) && !has("P1082") => {
            EntityKind::Organisation
        }
        () if has("P625") || has("P297") || has("P1566") => EntityKind::Place,
        () => EntityKind::Organisation,
    }
}

fn record(item: &Value, name: &str, countries: &BTreeMap<&str, &str>) -> Record {
    let kind = kind(item);
    let mut record = Record::new(kind, name);
    let id = item["id"].as_str();
    record.fact(FactKey::Wikidata, id);
    let labels = LANGUAGES.iter().filter_map(|language| {
        let label = item["labels"][*language]["value"].as_str()?;
        Some((*language, label))
    });
    let mut names: Vec<String> = Vec::new();
    for (language, label) in labels {
        record.alias(label, false);
        if label != name {
            names.push(format!("{language}: {}", scalar(label)));
        }
    }
    if !names.is_empty() {
        record.fact_as(FactKey::Names, format!("{{{}}}", names.join(", ")));
    }
    for alias in item["aliases"]["en"].as_array().into_iter().flatten() {
        record.alias(alias["value"].as_str().unwrap_or_default(), false);
    }
    record.fact(
        FactKey::Description,
        item["descriptions"]["en"]["value"].as_str(),
    );
    let keys = [
        (FactKey::Lei, "P1278"),
        (FactKey::Isni, "P213"),
        (FactKey::Viaf, "P214"),
        (FactKey::GeoNames, "P1566"),
        (FactKey::OpenSanctions, "P10632"),
        (FactKey::Website, "P856"),
    ];
    for (key, property) in keys {
        record.fact(key, text(item, property));
    }
    let own = items(item, "P17")
        .into_iter()
        .find_map(|country| countries.get(country).copied());
    record.fact(FactKey::Country, text(item, "P297").or(own));
    let place = values(item, "P625")
        .first()
        .and_then(|value| value["latitude"].as_f64().zip(value["longitude"].as_f64()));
    if let Some((latitude, longitude)) = place {
        record.fact_as(FactKey::Coordinates, format!("[{latitude}, {longitude}]"));
    }
    if kind == EntityKind::Event {
        record.fact(
            FactKey::Start,
            date(item, "P580").or_else(|| date(item, "P585")),
        );
        record.fact(
            FactKey::End,
            date(item, "P582").or_else(|| date(item, "P585")),
        );
    }
    record
}
