//! The site for programs: JSON, CSV, calendar, map and graph files.
//!
//! Input: the linked corpus, as the pages have it, so that what is hidden there is hidden here.
//! Output: files of plain, documented formats. `docs/data.md` lists them with their fields.

mod article;
mod calendar;
mod ftm;
mod graph;
pub(super) mod named;
mod stix;
mod tables;

pub(super) use article::article;

use super::{feeds, file, site::Site};
use crate::{
    model::{
        catalogue::{Entity, EntityIdx},
        entity::EntityState,
        output::OutputFile,
    },
    urls,
};

/// The files about the site as a whole.
pub(super) fn files(site: &Site<'_>) -> Vec<OutputFile> {
    let named = named::all(site);
    vec![
        file("entities.json".into(), tables::entities_json(site)),
        file("entities.csv".into(), tables::entities_csv(site)),
        file("mentions.csv".into(), tables::mentions_csv(site)),
        file("places.geojson".into(), tables::places_geojson(site)),
        file("events.ics".into(), calendar::events(site)),
        file("graph.gexf".into(), graph::gexf(site)),
        file("entities.ftm.json".into(), ftm::lines(site, &named)),
        file("bundle.stix.json".into(), stix::bundle(site, &named)),
        file("feeds.opml".into(), feeds::opml(site)),
    ]
}

/// The public address of an entity's page.
fn entity_url(site: &Site<'_>, entity: &Entity) -> String {
    urls::absolute(&site.corpus.config.base_url, &urls::entity(entity))
}

/// `confirmed` or `detected`.
fn state(entity: &Entity) -> &'static str {
    match entity.state {
        EntityState::Confirmed => "confirmed",
        EntityState::Detected => "detected",
    }
}

/// How many articles name an entity.
fn article_count(site: &Site<'_>, idx: EntityIdx) -> usize {
    site.graph.entities[idx.0 as usize].articles.len()
}

/// JSON with a line end. Our values have no keys that JSON cannot hold.
fn json_text(value: &impl serde::Serialize) -> String {
    serde_json::to_string(value).unwrap_or_default() + "\n"
}
