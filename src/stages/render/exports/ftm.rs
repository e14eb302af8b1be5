//! `entities.ftm.json`: the site in the words of `FollowTheMoney`, one entity a line.
//!
//! Of a person it says the name, the page and the briefings that name it, and nothing else. What no
//! editor has checked is marked `detected`, with the program's confidence.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};
use uuid::Uuid;

use super::{
    entity_url,
    named::{self, Named},
    state,
};
use crate::{
    model::{
        article::Moment,
        catalogue::{ArticleIdx, Entity, EntityIdx},
        entity::{EntityKind, EntityState, Register, RegistryEntity},
        graph::Appearance,
    },
    stages::render::site::Site,
    urls,
};

/// The file: entities, then briefings with what they name.
pub(super) fn lines(site: &Site<'_>, named: &[Named]) -> String {
    let mut out = String::new();
    for ((idx, entity), named) in named::entities(site).zip(named) {
        push(&mut out, &thing(site, idx, entity, named));
    }
    for idx in &site.graph.newest {
        push(&mut out, &article(site, *idx));
        for appearance in &site.graph.articles[idx.0 as usize].appearances {
            push(&mut out, &documentation(site, *idx, appearance));
            if let Some(mention) = mention(site, *idx, appearance) {
                push(&mut out, &mention);
            }
        }
    }
    out
}

fn push(out: &mut String, entity: &Value) {
    out.push_str(&entity.to_string());
    out.push('\n');
}

/// An entity of a schema; properties without a value are left out. Every value is a list of texts.
fn entity(id: Uuid, schema: &str, properties: Vec<(&'static str, Vec<String>)>) -> Value {
    let filled = properties
        .into_iter()
        .filter(|(_, values)| !values.is_empty());
    let properties: Map<String, Value> = filled
        .map(|(key, values)| (key.to_owned(), json!(values)))
        .collect();
    json!({"id": id.to_string(), "schema": schema, "properties": properties})
}

fn schema(kind: EntityKind) -> &'static str {
    match kind {
        EntityKind::Person => "Person",
        EntityKind::Organisation => "Organization",
        EntityKind::Place => "Address",
        EntityKind::Event => "Event",
    }
}

fn thing_id(site: &Site<'_>, entity: &Entity) -> Uuid {
    named::id(site, schema(entity.kind), &urls::entity(entity))
}

fn article_id(site: &Site<'_>, idx: ArticleIdx) -> Uuid {
    named::id(site, "Article", &site.article_path(idx))
}

fn thing(site: &Site<'_>, idx: EntityIdx, entity: &Entity, named: &Named) -> Value {
    let note = (entity.state == EntityState::Detected).then(|| {
        format!(
            "Found by the program, checked by no editor; confidence {:.2}",
            named.confidence
        )
    });
    let mut properties = vec![
        ("name", vec![entity.name.clone()]),
        ("sourceUrl", vec![entity_url(site, entity)]),
        ("keywords", vec![state(entity).to_owned()]),
        ("notes", note.into_iter().collect()),
    ];
    if entity.kind != EntityKind::Person {
        properties.extend(known(site, idx, entity));
    }
    self::entity(thing_id(site, entity), schema(entity.kind), properties)
}

/// What is known of an organisation, place or event.
fn known(site: &Site<'_>, idx: EntityIdx, entity: &Entity) -> Vec<(&'static str, Vec<String>)> {
    let country = entity.country.map(|code| code.as_str().to_lowercase());
    let mut known = vec![
        ("alias", entity.aliases.clone()),
        ("country", country.into_iter().collect()),
    ];
    if entity.kind == EntityKind::Place {
        known.push(("full", vec![entity.name.clone()]));
        if let Some((latitude, longitude)) = entity.coordinates.map(|at| at.degrees()) {
            known.push(("latitude", vec![latitude.to_string()]));
            known.push(("longitude", vec![longitude.to_string()]));
        }
    }
    if let Some(registered) = named::registered(site, entity) {
        known.push(("summary", registered.description.iter().cloned().collect()));
        known.push(("wikidataId", registered.wikidata.iter().cloned().collect()));
        known.extend(of_kind(site, idx, registered));
    }
    known
}

/// What only one kind of entity has.
fn of_kind(
    site: &Site<'_>,
    idx: EntityIdx,
    registered: &RegistryEntity,
) -> Vec<(&'static str, Vec<String>)> {
    match registered.kind {
        EntityKind::Organisation => {
            let catalogue = site.corpus.catalogue;
            let parent = site.graph.entities[idx.0 as usize].part_of;
            let parent = parent.map(|idx| catalogue.get(idx));
            let parent = parent.filter(|parent| parent.kind == EntityKind::Organisation);
            let ids = registered.facts.ids.iter();
            let lei = ids.filter(|id| id.register == Register::Lei);
            let website = &registered.facts.website;
            vec![
                ("website", website.iter().cloned().collect()),
                ("leiCode", lei.map(|id| id.value.clone()).collect()),
                (
                    "parent",
                    parent
                        .iter()
                        .map(|p| thing_id(site, p).to_string())
                        .collect(),
                ),
            ]
        }
        EntityKind::Event => {
            let day =
                |date: Option<jiff::civil::Date>| date.iter().map(ToString::to_string).collect();
            vec![
                ("startDate", day(registered.start)),
                ("endDate", day(registered.end)),
            ]
        }
        EntityKind::Person | EntityKind::Place => Vec::new(),
    }
}

fn article(site: &Site<'_>, idx: ArticleIdx) -> Value {
    let (front, config) = (&site.corpus.article(idx).front, site.corpus.config);
    let language = front.language.as_ref().unwrap_or(&config.language);
    let publisher = config.author.as_ref().unwrap_or(&config.title);
    let topics = front.topics.iter().chain(&front.tags);
    let marking = front
        .marking
        .iter()
        .map(|marking| marking.as_str().to_owned());
    let path = site.article_path(idx);
    let properties = vec![
        ("title", vec![front.title.clone()]),
        ("fileName", vec![path.clone()]),
        ("mimeType", vec!["text/html".to_owned()]),
        ("sourceUrl", vec![urls::absolute(&config.base_url, &path)]),
        (
            "summary",
            Some(site.summary(idx))
                .filter(|s| !s.is_empty())
                .into_iter()
                .collect(),
        ),
        ("author", front.authors.clone()),
        ("publisher", vec![publisher.clone()]),
        ("publishedAt", vec![moment(front.date)]),
        (
            "modifiedAt",
            front.updated.into_iter().map(moment).collect(),
        ),
        ("language", three_letters(language).into_iter().collect()),
        ("keywords", topics.cloned().chain(marking).collect()),
    ];
    entity(article_id(site, idx), "Article", properties)
}

/// A day, or a moment in UTC as `FollowTheMoney` writes it: without the zone.
fn moment(moment: Moment) -> String {
    moment.iso().trim_end_matches('Z').to_owned()
}

/// ISO 639-3, which `FollowTheMoney` asks for, of the languages that the program reads.
fn three_letters(language: &str) -> Option<String> {
    let code = match language.split('-').next().unwrap_or(language) {
        "en" => "eng",
        "fr" => "fra",
        "de" => "deu",
        "es" => "spa",
        "ru" => "rus",
        _ => return None,
    };
    Some(code.to_owned())
}

/// That a briefing names an entity.
fn documentation(site: &Site<'_>, idx: ArticleIdx, appearance: &Appearance) -> Value {
    let named = site.corpus.catalogue.get(appearance.entity);
    let path = site.article_path(idx);
    let id = named::id(
        site,
        "Documentation",
        &format!("{path} {}", urls::entity(named)),
    );
    let front = &site.corpus.article(idx).front;
    let properties = vec![
        ("document", vec![article_id(site, idx).to_string()]),
        ("entity", vec![thing_id(site, named).to_string()]),
        ("role", vec!["named in".to_owned()]),
        ("status", vec![state(named).to_owned()]),
        ("date", vec![front.date.date.to_string()]),
        (
            "sourceUrl",
            vec![urls::absolute(&site.corpus.config.base_url, &path)],
        ),
    ];
    entity(id, "Documentation", properties)
}

/// How a briefing spells a person or body. The schema has no mentions of other things.
fn mention(site: &Site<'_>, idx: ArticleIdx, appearance: &Appearance) -> Option<Value> {
    let named = site.corpus.catalogue.get(appearance.entity);
    if !matches!(named.kind, EntityKind::Person | EntityKind::Organisation) {
        return None;
    }
    let n = idx.0 as usize;
    let text = &site.corpus.article(idx).document.text;
    let mentions = appearance.mentions.iter();
    let mentions = mentions.filter_map(|m| site.corpus.extractions[n].mentions.get(*m as usize));
    let spelt: BTreeSet<String> = mentions
        .map(|m| {
            m.span
                .of(text)
                .split_whitespace()
                .collect::<Vec<_>>()
                .join(" ")
        })
        .collect();
    if spelt.is_empty() {
        return None;
    }
    let path = site.article_path(idx);
    let id = named::id(site, "Mention", &format!("{path} {}", urls::entity(named)));
    let properties = vec![
        ("document", vec![article_id(site, idx).to_string()]),
        ("resolved", vec![thing_id(site, named).to_string()]),
        ("name", spelt.into_iter().collect()),
        ("detectedSchema", vec![schema(named.kind).to_owned()]),
    ];
    Some(entity(id, "Mention", properties))
}
