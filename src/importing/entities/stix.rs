//! A STIX 2.1 bundle: who, where and what of its objects. What is marked for fewer readers than all
//! is left out, since the registry is published.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::{
    Format, List, Record,
    record::{FactKey, day},
};
use crate::model::entity::EntityKind;

pub(super) fn read(bundle: &Value) -> List {
    let empty = Vec::new();
    let objects = bundle["objects"].as_array().unwrap_or(&empty);
    let closed: BTreeSet<&str> = objects
        .iter()
        .filter(|object| is_closed(object))
        .filter_map(|object| object["id"].as_str())
        .collect();
    let mut records = Vec::new();
    let mut left: BTreeMap<String, usize> = BTreeMap::new();
    for object in objects {
        let sort = object["type"].as_str().unwrap_or_default();
        let marks = object["object_marking_refs"].as_array();
        let is_marked = marks
            .into_iter()
            .flatten()
            .filter_map(Value::as_str)
            .any(|mark| closed.contains(mark) || is_closed_id(mark));
        let why = match (kind_of(object), object["name"].as_str()) {
            _ if is_marked => "marked above TLP:CLEAR".to_owned(),
            _ if object["revoked"] == true => "revoked".to_owned(),
            (Some(kind), Some(name)) if !name.trim().is_empty() => {
                records.push(record(object, kind, name));
                continue;
            }
            _ => format!("of type {sort}"),
        };
        *left.entry(why).or_default() += 1;
    }
    let left_out = left
        .into_iter()
        .map(|(why, count)| format!("{count} {why}"));
    List {
        format: Format::Stix,
        records,
        left_out: left_out.collect(),
    }
}

/// The markings that the standard itself defines, of TLP 1 and 2: green, amber, amber+strict, red.
const CLOSED: [&str; 7] = [
    "marking-definition--34098fce-860f-48ae-8e50-ebd3cc5e41da",
    "marking-definition--f88d31f6-486f-44da-b317-01333bde0b82",
    "marking-definition--5e57c739-391a-4eb3-b6be-7d15ca92d5ed",
    "marking-definition--bab4a63c-aed9-4cf5-a766-dfca5abac2bb",
    "marking-definition--55d920b0-5e8b-4f79-9ee9-91f868d9b421",
    "marking-definition--939a9414-2ddd-4d32-a0cd-375ea402b003",
    "marking-definition--e828b379-4e03-4974-9ac4-e53a884c97c1",
];

fn is_closed_id(id: &str) -> bool {
    CLOSED.contains(&id)
}

/// A marking that is defined in the bundle, and is neither clear nor white.
fn is_closed(object: &Value) -> bool {
    if object["type"] != "marking-definition" {
        return false;
    }
    let extension = object["extensions"]
        .as_object()
        .and_then(|map| map.values().find_map(|value| value["tlp_2_0"].as_str()));
    let name = extension
        .or_else(|| object["definition"]["tlp"].as_str())
        .or_else(|| object["name"].as_str())
        .unwrap_or_default()
        .to_lowercase();
    ["green", "amber", "red"]
        .iter()
        .any(|colour| name.contains(colour))
}

fn kind_of(object: &Value) -> Option<EntityKind> {
    match object["type"].as_str()? {
        "identity" if object["identity_class"] == "individual" => Some(EntityKind::Person),
        "identity" if object["identity_class"] == "class" => None,
        "identity" | "threat-actor" | "intrusion-set" => Some(EntityKind::Organisation),
        "location" => Some(EntityKind::Place),
        "incident" | "campaign" => Some(EntityKind::Event),
        _ => None,
    }
}

fn record(object: &Value, kind: EntityKind, name: &str) -> Record {
    let mut record = Record::new(kind, name);
    let text = |key: &str| object[key].as_str();
    record.source_id = text("id").map(str::to_owned);
    for alias in object["aliases"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
    {
        record.alias(alias, false);
    }
    record.fact(FactKey::Description, text("description"));
    record.fact(FactKey::Country, text("country"));
    if let Some((latitude, longitude)) = object["latitude"]
        .as_f64()
        .zip(object["longitude"].as_f64())
    {
        record.fact_as(FactKey::Coordinates, format!("[{latitude}, {longitude}]"));
    }
    if kind == EntityKind::Event {
        record.fact(FactKey::Start, text("first_seen").and_then(day));
        record.fact(FactKey::End, text("last_seen").and_then(day));
    }
    for reference in object["external_references"]
        .as_array()
        .into_iter()
        .flatten()
    {
        if reference["source_name"]
            .as_str()
            .is_some_and(|name| name.eq_ignore_ascii_case("wikidata"))
        {
            record.fact(FactKey::Wikidata, reference["external_id"].as_str());
        }
        if let Some(url) = reference["url"].as_str() {
            record.elsewhere(url);
        }
    }
    record
}
