//! `FollowTheMoney`: one entity or one relation a line. Lists of `OpenSanctions` are the same with
//! datasets named, and their ids are those of that register.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::{
    Format, List, Record,
    record::{FactKey, RoleOf, day, partial},
};
use crate::model::entity::EntityKind;

pub(super) fn kind_of(schema: &str) -> Option<EntityKind> {
    match schema {
        "Person" => Some(EntityKind::Person),
        "Organization" | "Company" | "LegalEntity" | "PublicBody" | "PlainText" => {
            Some(EntityKind::Organisation)
        }
        "Event" | "Trip" => Some(EntityKind::Event),
        "Address" => None,
        _ => None,
    }
}

/// Relations that are roles: the schema, who, where, and the property that names the role.
const ROLES: [(&str, &str, &str, &str, &str); 4] = [
    (
        "Directorship",
        "director",
        "organization",
        "role",
        "Director",
    ),
    ("Membership", "member", "organization", "role", "Member"),
    ("Employment", "employee", "employer", "role", "Employee"),
    ("Occupancy", "holder", "post", "role", "Holder"),
];

pub(super) fn read(values: &[Value]) -> List {
    let mut records = Vec::new();
    let mut left: BTreeMap<String, usize> = BTreeMap::new();
    let mut names: BTreeMap<&str, &str> = BTreeMap::new();
    for value in values {
        if let Some((id, name)) = value["id"].as_str().zip(first(value, &["name", "caption"])) {
            names.insert(id, name);
        }
    }
    let mut roles: BTreeMap<String, BTreeSet<RoleOf>> = BTreeMap::new();
    for value in values {
        let schema = value["schema"].as_str().unwrap_or_default();
        if let Some((person, role)) = role(value, schema, &names) {
            roles.entry(person).or_default().insert(role);
            continue;
        }
        match kind_of(schema).zip(name_of(value)) {
            Some((kind, name)) => records.push(record(value, kind, name)),
            None => *left.entry(schema.to_owned()).or_default() += 1,
        }
    }
    for record in &mut records {
        let own = record.source_id.as_ref().and_then(|id| roles.remove(id));
        record.roles = own.into_iter().flatten().collect();
    }
    let left_out = left
        .into_iter()
        .map(|(schema, count)| format!("{count} of schema {schema}"));
    List {
        format: Format::FollowTheMoney,
        records,
        left_out: left_out.collect(),
    }
}

fn all<'a>(value: &'a Value, key: &str) -> impl Iterator<Item = &'a str> {
    let values = value["properties"][key].as_array();
    values.into_iter().flatten().filter_map(Value::as_str)
}

fn first<'a>(value: &'a Value, keys: &[&str]) -> Option<&'a str> {
    keys.iter()
        .find_map(|key| all(value, key).next().or_else(|| value[*key].as_str()))
}

fn name_of(value: &Value) -> Option<&str> {
    value["caption"]
        .as_str()
        .or_else(|| first(value, &["name"]))
        .filter(|name| !name.trim().is_empty())
}

fn record(value: &Value, kind: EntityKind, name: &str) -> Record {
    let mut record = Record::new(kind, name);
    let id = value["id"].as_str();
    record.source_id = id.map(str::to_owned);
    for name in all(value, "name")
        .chain(all(value, "alias"))
        .chain(all(value, "previousName"))
        .chain(all(value, "abbreviation"))
    {
        record.alias(name, false);
    }
    for name in all(value, "weakAlias") {
        record.alias(name, true);
    }
    let is_opensanctions = value.get("datasets").is_some()
        || value.get("target").is_some()
        || value.get("referents").is_some();
    let wikidata = first(value, &["wikidataId"]).or_else(|| id.filter(|id| id.starts_with('Q')));
    record.fact(FactKey::Wikidata, wikidata);
    if is_opensanctions {
        record.fact(FactKey::OpenSanctions, id);
    }
    record.fact(FactKey::Lei, first(value, &["leiCode"]));
    record.fact(
        FactKey::Description,
        first(value, &["summary", "description", "position"]),
    );
    let country = first(
        value,
        &["country", "jurisdiction", "nationality", "citizenship"],
    );
    record.fact(FactKey::Country, country);
    record.fact(FactKey::Website, first(value, &["website"]));
    if kind == EntityKind::Event {
        record.fact(
            FactKey::Start,
            first(value, &["startDate", "date"]).and_then(day),
        );
        record.fact(FactKey::End, first(value, &["endDate"]).and_then(day));
    }
    for url in all(value, "wikipediaUrl")
        .chain(all(value, "sourceUrl"))
        .take(5)
    {
        record.elsewhere(url);
    }
    record
}

fn role(value: &Value, schema: &str, names: &BTreeMap<&str, &str>) -> Option<(String, RoleOf)> {
    let (_, who, place, title, usual) = *ROLES.iter().find(|(name, ..)| *name == schema)?;
    let person = first(value, &[who])?;
    let body = first(value, &[place])?;
    let role = RoleOf {
        title: first(value, &[title]).unwrap_or(usual).to_owned(),
        organisation: names.get(body).map(|name| (*name).to_owned()),
        from: first(value, &["startDate"]).and_then(partial),
        to: first(value, &["endDate"]).and_then(partial),
    };
    Some((person.to_owned(), role))
}
