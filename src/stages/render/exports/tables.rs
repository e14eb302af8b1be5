//! Entities and mentions as tables: JSON, CSV, GeoJSON.

use serde::Serialize;
use serde_json::json;

use super::{article_count, entity_url, json_text, state};
use crate::{
    model::{
        catalogue::{Entity, EntityIdx, Resolution},
        extraction::Sense,
    },
    stages::render::{body, site::Site},
    urls,
};

#[derive(Serialize)]
struct Row<'a> {
    url: String,
    name: &'a str,
    kind: &'static str,
    state: &'static str,
    aliases: &'a [String],
    description: Option<String>,
    latitude: Option<f64>,
    longitude: Option<f64>,
    country: Option<&'a str>,
    briefings: usize,
}

fn row<'a>(site: &Site<'a>, idx: EntityIdx, entity: &'a Entity) -> Row<'a> {
    Row {
        url: entity_url(site, entity),
        name: &entity.name,
        kind: entity.kind.as_str(),
        state: state(entity),
        aliases: &entity.aliases,
        description: site.description_of(idx),
        latitude: entity.coordinates.map(|at| at.degrees().0),
        longitude: entity.coordinates.map(|at| at.degrees().1),
        country: entity.country.as_ref().map(|code| code.as_str()),
        briefings: article_count(site, idx),
    }
}

fn rows<'a>(site: &Site<'a>) -> impl Iterator<Item = Row<'a>> {
    let catalogue = site.corpus.catalogue;
    let site = *site;
    catalogue
        .indices()
        .zip(&catalogue.entities)
        .map(move |(idx, entity)| row(&site, idx, entity))
}

/// `entities.json`
pub(super) fn entities_json(site: &Site<'_>) -> String {
    json_text(&rows(site).collect::<Vec<_>>())
}

/// `entities.csv`
pub(super) fn entities_csv(site: &Site<'_>) -> String {
    let head = [
        "url",
        "name",
        "kind",
        "state",
        "aliases",
        "description",
        "latitude",
        "longitude",
        "country",
        "briefings",
    ];
    let number = |degrees: Option<f64>| degrees.map(|d| d.to_string()).unwrap_or_default();
    let cells = rows(site).map(|row| {
        vec![
            row.url,
            text(row.name),
            row.kind.to_owned(),
            row.state.to_owned(),
            text(&row.aliases.join("; ")),
            text(&row.description.unwrap_or_default()),
            number(row.latitude),
            number(row.longitude),
            row.country.unwrap_or_default().to_owned(),
            row.briefings.to_string(),
        ]
    });
    table(&head, cells)
}

/// `mentions.csv`: every name in every briefing that means an entity of the site.
pub(super) fn mentions_csv(site: &Site<'_>) -> String {
    let head = [
        "briefing",
        "date",
        "entity",
        "name",
        "kind",
        "state",
        "text",
        "sense",
        "rule",
        "confidence",
        "sentence",
    ];
    let corpus = site.corpus;
    let cells = site.graph.newest.iter().flat_map(|idx| {
        let n = idx.0 as usize;
        let article = corpus.article(*idx);
        let page = urls::absolute(&corpus.config.base_url, &site.article_path(*idx));
        let pairs = corpus.extractions[n]
            .mentions
            .iter()
            .zip(&corpus.resolutions[n]);
        pairs.filter_map(move |(mention, resolution)| {
            let Resolution::Linked(entity) = resolution else {
                return None;
            };
            let entity = corpus.catalogue.get(*entity);
            Some(vec![
                page.clone(),
                article.front.date.date.to_string(),
                entity_url(site, entity),
                text(&entity.name),
                entity.kind.as_str().to_owned(),
                state(entity).to_owned(),
                text(mention.span.of(&article.document.text)),
                sense(mention.sense).to_owned(),
                mention.rule.as_str().to_owned(),
                format!("{:.2}", mention.confidence),
                text(&body::words(
                    site,
                    *idx,
                    article.document.passage(mention.sentence),
                )),
            ])
        })
    });
    table(&head, cells)
}

fn sense(sense: Sense) -> &'static str {
    match sense {
        Sense::Literal => "literal",
        Sense::Government => "government",
        Sense::Nationality => "nationality",
        Sense::Source => "source",
    }
}

/// Text for a cell. Spreadsheets run what begins like a formula: an apostrophe makes it text.
fn text(text: &str) -> String {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        format!("'{text}")
    } else {
        text.to_owned()
    }
}

fn table<const N: usize>(head: &[&str; N], rows: impl Iterator<Item = Vec<String>>) -> String {
    let mut writer = csv::Writer::from_writer(Vec::new());
    // Writing to memory does not fail.
    let _ = writer.write_record(head);
    for row in rows {
        let _ = writer.write_record(row);
    }
    let bytes = writer.into_inner().unwrap_or_default();
    String::from_utf8(bytes).unwrap_or_default()
}

/// `places.geojson`: every place with a position.
pub(super) fn places_geojson(site: &Site<'_>) -> String {
    let features: Vec<serde_json::Value> = rows(site)
        .filter_map(|row| {
            let (latitude, longitude) = (row.latitude?, row.longitude?);
            Some(json!({
                "type": "Feature",
                "geometry": {"type": "Point", "coordinates": [longitude, latitude]},
                "properties": {
                    "name": row.name, "url": row.url, "kind": row.kind, "state": row.state,
                    "country": row.country, "briefings": row.briefings,
                },
            }))
        })
        .collect();
    json_text(&json!({"type": "FeatureCollection", "features": features}))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_cell_is_a_formula() {
        for formula in ["=1+1", "+1", "-1", "@x", "\tx"] {
            assert!(text(formula).starts_with('\''), "{formula:?}");
        }
        let rows = [vec![text("=HYPERLINK(\"x\")"), text("a,b\n\"c\"")]];
        assert_eq!(
            table(&["a", "b"], rows.into_iter()),
            "a,b\n\"'=HYPERLINK(\"\"x\"\")\",\"a,b\n\"\"c\"\"\"\n"
        );
    }
}
