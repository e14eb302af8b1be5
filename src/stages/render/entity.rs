//! An entity's page. What is long is cut: an entity may have tens of thousands of mentions.

use std::collections::BTreeMap;

use super::{
    body, map, network,
    site::{Head, Site},
    structured, words,
};
use crate::{
    model::{
        catalogue::{ArticleIdx, Entity, EntityIdx, EntityKey, Resolution},
        entity::{EntityId, RegistryEntity},
        extraction::Sense,
        graph::{Backlink, EntityNode},
    },
    urls,
    views::{
        BacklinkView, EntityGroup, EntityLink, EntityView, IndexEntry, PageLink, QuotationView,
    },
};

/// Articles in context.
const ARTICLES: usize = 50;
/// Sentences of each.
const SENTENCES: usize = 6;
/// Quotations.
const QUOTATIONS: usize = 10;
/// Dated sentences.
const DATES: usize = 40;
/// Partners.
const PARTNERS: usize = 15;

/// The view of the entity at `idx`.
pub(super) fn view(site: &Site<'_>, idx: EntityIdx) -> EntityView {
    let entity = site.corpus.catalogue.get(idx);
    let node = &site.graph.entities[idx.0 as usize];
    let registered = registered(site, entity);
    let page = urls::entity(entity);
    let description = registered.and_then(|r| r.description.clone());
    let groups = groups(site, &page, node);
    EntityView {
        frame: site.frame(Head {
            description: description.clone(),
            trail: vec![(
                words::kinds_label(entity.kind).to_owned(),
                urls::entity_index(entity.kind),
            )],
            feed: has_feed(node).then(|| feed_path(entity)),
            structured: Some(structured::entity(site, idx)),
            ..Head::new(&page, &entity.name)
        }),
        name: entity.name.clone(),
        kind: words::kind(entity.kind),
        kind_label: words::kind_label(entity.kind),
        confirmed: entity.state == crate::model::entity::EntityState::Confirmed,
        state: words::state(entity.state),
        aliases: entity.aliases.clone(),
        description,
        profile_html: registered
            .map(|r| body::body(site, &page, &r.profile, &node.profile, &[]))
            .unwrap_or_default(),
        dates: registered.and_then(dates),
        coordinates: entity
            .coordinates
            .map(|at| coordinates(at.latitude, at.longitude)),
        map: map::of_place(site, &page, idx),
        country: country(entity),
        part_of: registered
            .and_then(|r| r.part_of.as_ref())
            .and_then(|(id, _)| by_id(site, &page, id)),
        parts: parts(site, &page, entity),
        same_as: registered.map(same_as).unwrap_or_default(),
        article_count: node.articles.len(),
        sentence_count: node.backlinks.len(),
        more_articles: node.articles.len().saturating_sub(groups.len()),
        mentions: groups,
        appears_with: appears_with(site, &page, node),
        network: network::of_entity(site, &page, idx),
        quotations: quotations(site, &page, idx, node),
        timeline: node
            .timeline
            .iter()
            .rev()
            .take(DATES)
            .filter_map(|n| site.timeline_entry(&page, *n))
            .collect(),
    }
}

/// An entity has a feed where there is something to follow.
pub(super) fn has_feed(node: &EntityNode) -> bool {
    node.articles.len() > 1
}

pub(super) fn feed_path(entity: &Entity) -> String {
    urls::entity(entity).replace("index.html", "feed.xml")
}

fn registered<'a>(site: &Site<'a>, entity: &Entity) -> Option<&'a RegistryEntity> {
    match &entity.key {
        EntityKey::Registry(id) => site.corpus.kb.get(id),
        _ => None,
    }
}

fn by_id(site: &Site<'_>, page: &str, id: &EntityId) -> Option<EntityLink> {
    let key = EntityKey::Registry(id.clone());
    let idx = site
        .corpus
        .catalogue
        .indices()
        .find(|i| site.corpus.catalogue.get(*i).key == key)?;
    Some(site.entity_link(page, idx))
}

fn parts(site: &Site<'_>, page: &str, entity: &Entity) -> Vec<EntityLink> {
    let EntityKey::Registry(own) = &entity.key else {
        return Vec::new();
    };
    let parts = site.corpus.kb.entities().filter(|other| {
        other
            .part_of
            .as_ref()
            .is_some_and(|(parent, _)| parent == own)
    });
    parts
        .filter_map(|part| by_id(site, page, &part.id))
        .collect()
}

fn dates(entity: &RegistryEntity) -> Option<String> {
    match (entity.start, entity.end) {
        (Some(start), Some(end)) if start != end => {
            Some(format!("{} to {}", words::day(start), words::day(end)))
        }
        (Some(day), _) | (None, Some(day)) => Some(words::day(day)),
        (None, None) => None,
    }
}

/// `48.85° N, 2.35° E`
fn coordinates(latitude: f32, longitude: f32) -> String {
    let (ns, ew) = (
        if latitude < 0.0 { "S" } else { "N" },
        if longitude < 0.0 { "W" } else { "E" },
    );
    format!("{:.2}° {ns}, {:.2}° {ew}", latitude.abs(), longitude.abs())
}

fn country(entity: &Entity) -> Option<String> {
    let code = entity.country?;
    let gazetteer = crate::geo::Gazetteer::embedded();
    let is_country = |p: &&crate::geo::Place| {
        p.kind == crate::geo::PlaceKind::Country && p.country == Some(code)
    };
    let name = gazetteer.places().iter().find(is_country)?.name;
    (name != entity.name).then(|| name.to_owned())
}

fn same_as(entity: &RegistryEntity) -> Vec<PageLink> {
    let item = entity.wikidata.iter().zip(entity.wikidata_url());
    let wikidata = item.map(|(item, url)| PageLink {
        label: format!("Wikidata {item}"),
        url,
    });
    let others = entity
        .same_as
        .iter()
        .filter(|url| url.starts_with("http"))
        .map(|url| PageLink {
            label: host(url).to_owned(),
            url: url.clone(),
        });
    wikidata.chain(others).collect()
}

fn host(url: &str) -> &str {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    rest.split('/')
        .next()
        .unwrap_or(rest)
        .trim_start_matches("www.")
}

fn groups(site: &Site<'_>, page: &str, node: &EntityNode) -> Vec<EntityGroup> {
    let mut by_article: BTreeMap<ArticleIdx, Vec<&Backlink>> = BTreeMap::new();
    for backlink in &node.backlinks {
        by_article
            .entry(backlink.article)
            .or_default()
            .push(backlink);
    }
    let group = |idx: &ArticleIdx| {
        let backlinks = by_article.get(idx).map_or(&[][..], Vec::as_slice);
        EntityGroup {
            article: site.card(page, *idx),
            sentences: backlinks
                .iter()
                .take(SENTENCES)
                .map(|b| backlink(site, page, b))
                .collect(),
            more: backlinks.len().saturating_sub(SENTENCES),
        }
    };
    node.articles.iter().take(ARTICLES).map(group).collect()
}

fn backlink(site: &Site<'_>, page: &str, backlink: &Backlink) -> BacklinkView {
    let article = urls::relative(page, &site.article_path(backlink.article));
    let anchors = &site.graph.articles[backlink.article.0 as usize].anchors;
    let named = backlink.names.first();
    let anchor = anchors.iter().find(|anchor| Some(&anchor.text) == named);
    let url = match anchor {
        Some(anchor) => format!(
            "{article}#{}",
            body::fragment(site, anchor.entity, anchor.ordinal)
        ),
        None => article,
    };
    let sentence_html = body::passage(site, backlink.article, backlink.sentence, &backlink.names);
    BacklinkView { sentence_html, url }
}

fn appears_with(site: &Site<'_>, page: &str, node: &EntityNode) -> Vec<IndexEntry> {
    let pairs = node.cooccurring.iter().take(PARTNERS);
    pairs
        .map(|pair| site.index_entry(page, pair.entity, pair.articles.len()))
        .collect()
}

fn quotations(
    site: &Site<'_>,
    page: &str,
    idx: EntityIdx,
    node: &EntityNode,
) -> Vec<QuotationView> {
    let mut views = Vec::new();
    for article in &node.articles {
        let n = article.0 as usize;
        let (extraction, resolutions) = (&site.corpus.extractions[n], &site.corpus.resolutions[n]);
        let text = &site.corpus.articles[n].document.text;
        let own = extraction.quotations.iter().filter(|quotation| {
            quotation.speaker.and_then(|m| resolutions.get(m)) == Some(&Resolution::Linked(idx))
                && extraction.mentions[quotation.speaker.unwrap_or(0)].sense == Sense::Literal
        });
        views.extend(own.map(|quotation| QuotationView {
            text: quotation.span.of(text).to_owned(),
            speaker: None,
            article: Some(site.article_link(page, *article)),
        }));
        if views.len() >= QUOTATIONS {
            break;
        }
    }
    views.truncate(QUOTATIONS);
    views
}
