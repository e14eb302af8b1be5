//! `bundle.stix.json`: the site as a STIX 2.1 bundle.
//!
//! A briefing is a report, a person or organisation an identity, a place a location. STIX has no
//! object for what happens, so that events are in no bundle, and no location without a position or a
//! country. Of a person it says the name alone. Times are those of the briefings: no clock is read.

use std::collections::BTreeSet;

use jiff::Timestamp;
use serde_json::{Value, json};

use super::{
    entity_url, json_text,
    named::{self, Named},
    state,
};
use crate::{
    model::{
        article::Marking,
        catalogue::{ArticleIdx, Entity},
        entity::{EntityKind, EntityState},
    },
    stages::render::{site::Site, structured::compact},
    urls,
};

/// The extension by which STIX 2.1 knows TLP 2.0.
const TLP_2: &str = "extension-definition--60a3c5c5-0d10-413e-aab3-9e08dde9e88d";

/// The bundle: who publishes, the markings that are used, entities, briefings.
pub(super) fn bundle(site: &Site<'_>, named: &[Named]) -> String {
    let ids: Vec<Option<String>> = site
        .corpus
        .catalogue
        .entities
        .iter()
        .map(|e| object_id(site, e))
        .collect();
    let mut objects = vec![publisher(site)];
    objects.extend(markings(site));
    for (((_, entity), named), id) in named::entities(site).zip(named).zip(&ids) {
        objects.extend(id.as_ref().map(|id| object(site, entity, named, id)));
    }
    let reports = site.graph.newest.iter();
    objects.extend(reports.map(|idx| report(site, *idx, &ids)));
    let id = named::id(site, "bundle", "");
    json_text(&json!({"type": "bundle", "id": format!("bundle--{id}"), "objects": objects}))
}

/// The id of an entity's object, where STIX has one for it.
fn object_id(site: &Site<'_>, entity: &Entity) -> Option<String> {
    let kind = match entity.kind {
        EntityKind::Person | EntityKind::Organisation => "identity",
        EntityKind::Place if entity.coordinates.is_some() || entity.country.is_some() => "location",
        EntityKind::Place | EntityKind::Event => return None,
    };
    let id = named::id(site, kind, &urls::entity(entity));
    Some(format!("{kind}--{id}"))
}

fn publisher_id(site: &Site<'_>) -> String {
    format!("identity--{}", named::id(site, "identity", ""))
}

/// When the first briefing was published: before that the site had nothing to say.
fn beginning(site: &Site<'_>) -> Timestamp {
    let newest = site.graph.newest.iter();
    newest
        .map(|idx| named::published(site, *idx))
        .min()
        .unwrap_or(Timestamp::UNIX_EPOCH)
}

/// As STIX writes a time: in UTC, to the millisecond.
fn time(at: Timestamp) -> String {
    at.strftime("%Y-%m-%dT%H:%M:%S.%3fZ").to_string()
}

fn publisher(site: &Site<'_>) -> Value {
    let config = site.corpus.config;
    let beginning = time(beginning(site));
    compact(json!({
        "type": "identity",
        "spec_version": "2.1",
        "id": publisher_id(site),
        "created": beginning,
        "modified": beginning,
        "name": config.author.as_ref().unwrap_or(&config.title),
        "description": config.description,
        "identity_class": "organization",
        "external_references": [{"source_name": config.title, "url": urls::absolute(&config.base_url, "")}],
    }))
}

/// The definitions of the markings that objects of the bundle refer to.
fn markings(site: &Site<'_>) -> Vec<Value> {
    let articles = site.corpus.articles.iter();
    let used: BTreeSet<Marking> = articles.filter_map(|a| a.front.marking).collect();
    let define = |marking: Marking| {
        let (id, word) = marking_id(marking);
        json!({
            "type": "marking-definition",
            "spec_version": "2.1",
            "id": id,
            // The definitions are those of OASIS: their ids and times are given.
            "created": "2022-10-01T00:00:00.000Z",
            "name": marking.as_str(),
            "extensions": {TLP_2: {"extension_type": "property-extension", "tlp_2_0": word}},
        })
    };
    used.into_iter().map(define).collect()
}

/// The id that OASIS gave the definition of a marking, and the extension's word for it.
fn marking_id(marking: Marking) -> (&'static str, &'static str) {
    match marking {
        Marking::Clear => (
            "marking-definition--94868c89-83c2-464b-929b-a1a8aa3c8487",
            "clear",
        ),
        Marking::Green => (
            "marking-definition--bab4a63c-aed9-4cf5-a766-dfca5abac2bb",
            "green",
        ),
        Marking::Amber => (
            "marking-definition--55d920b0-5e8b-4f79-9ee9-91f868d9b421",
            "amber",
        ),
        Marking::AmberStrict => (
            "marking-definition--939a9414-2ddd-4d32-a0cd-375ea402b003",
            "amber+strict",
        ),
        Marking::Red => (
            "marking-definition--e828b379-4e03-4974-9ac4-e53a884c97c1",
            "red",
        ),
    }
}

fn marked(marking: Option<Marking>) -> Vec<&'static str> {
    marking
        .map(|marking| marking_id(marking).0)
        .into_iter()
        .collect()
}

/// An identity or a location.
fn object(site: &Site<'_>, entity: &Entity, named: &Named, id: &str) -> Value {
    let created = named.first.unwrap_or_else(|| beginning(site));
    let is_person = entity.kind == EntityKind::Person;
    let registered = named::registered(site, entity).filter(|_| !is_person);
    let is_place = entity.kind == EntityKind::Place;
    let at = entity
        .coordinates
        .map(|at| at.degrees())
        .filter(|_| is_place);
    let class = match entity.kind {
        EntityKind::Person => Some("individual"),
        EntityKind::Organisation => Some("organization"),
        EntityKind::Place | EntityKind::Event => None,
    };
    let wikidata = registered.and_then(|registered| {
        let id = registered.wikidata.as_ref()?;
        Some(
            json!({"source_name": "wikidata", "external_id": id, "url": registered.wikidata_url()}),
        )
    });
    let own = json!({"source_name": site.corpus.config.title, "url": entity_url(site, entity)});
    let references: Vec<Value> = std::iter::once(own).chain(wikidata).collect();
    // An editor's word is no measure of probability: only what the program found has one.
    let detected = entity.state == EntityState::Detected;
    let confidence = detected.then(|| (named.confidence.clamp(0.0, 1.0) * 100.0).round() as u8);
    compact(json!({
        "type": if is_place { "location" } else { "identity" },
        "spec_version": "2.1",
        "id": id,
        "created_by_ref": publisher_id(site),
        "created": time(created),
        "modified": time(named.last.unwrap_or(created)),
        "name": entity.name,
        "description": registered.and_then(|r| r.description.as_ref()),
        "identity_class": class,
        "latitude": at.map(|(latitude, _)| latitude),
        "longitude": at.map(|(_, longitude)| longitude),
        "country": entity.country.filter(|_| is_place).map(|code| code.as_str().to_owned()),
        "labels": [state(entity)],
        "confidence": confidence,
        "external_references": references,
        "object_marking_refs": marked(named.marking),
    }))
}

/// A briefing with what it names.
fn report(site: &Site<'_>, idx: ArticleIdx, ids: &[Option<String>]) -> Value {
    let (front, config) = (&site.corpus.article(idx).front, site.corpus.config);
    let path = site.article_path(idx);
    let appearances = &site.graph.articles[idx.0 as usize].appearances;
    let named = appearances
        .iter()
        .filter_map(|a| ids.get(a.entity.0 as usize)?.clone());
    let mut refs: Vec<String> = named.collect();
    if refs.is_empty() {
        // A report must refer to something: to who says it.
        refs.push(publisher_id(site));
    }
    let own = json!({"source_name": config.title, "url": urls::absolute(&config.base_url, &path)});
    let sources = front.sources.iter().map(|source| {
        compact(json!({
            "source_name": source.publisher.as_ref().unwrap_or(&source.title),
            "description": source.title,
            "url": source.url,
        }))
    });
    let labels: BTreeSet<&String> = front.topics.iter().chain(&front.tags).collect();
    let (created, changed) = (named::published(site, idx), named::changed(site, idx));
    let summary = Some(site.summary(idx)).filter(|summary| !summary.is_empty());
    compact(json!({
        "type": "report",
        "spec_version": "2.1",
        "id": format!("report--{}", named::id(site, "report", &path)),
        "created_by_ref": publisher_id(site),
        "created": time(created),
        "modified": time(changed),
        "published": time(created),
        "name": front.title,
        "description": summary,
        "lang": front.language.as_ref().unwrap_or(&config.language),
        "labels": labels,
        "object_refs": refs,
        "external_references": std::iter::once(own).chain(sources).collect::<Vec<_>>(),
        "object_marking_refs": marked(front.marking),
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_have_milliseconds() {
        assert_eq!(time(Timestamp::UNIX_EPOCH), "1970-01-01T00:00:00.000Z");
    }
}
