//! An entity's pages. What is long is cut or goes on over further pages: an entity may have tens of
//! thousands of mentions.

mod around;
mod facts;
mod mentions;

use super::{
    body,
    link_notes::LinkNotes,
    map, network,
    site::{Head, Site},
    structured, words,
};
use crate::{
    model::{
        catalogue::{Entity, EntityIdx, EntityKey},
        entity::{EntityKind, EntityState, RegistryEntity},
        graph::EntityNode,
    },
    urls,
    views::{EntityView, Pager},
};
use mentions::Stretch;

/// Dated sentences.
const DATES: usize = 40;

/// The pages of the entity at `idx`, by path: the first says what is known of it, all of them have
/// sentences that name it.
pub(super) fn pages(site: &Site<'_>, idx: EntityIdx) -> Vec<(String, EntityView)> {
    let node = &site.graph.entities[idx.0 as usize];
    let stretches = mentions::pages(node);
    let first = urls::entity(site.corpus.catalogue.get(idx));
    let paths: Vec<String> = (1..=stretches.len())
        .map(|n| urls::page_of(&first, n))
        .collect();
    (0..stretches.len())
        .map(|n| {
            let mut view = continued(site, idx, n, &paths, &stretches);
            if n == 0 {
                complete(site, idx, &paths[0], &mut view);
            }
            (paths[n].clone(), view)
        })
        .collect()
}

/// A page with its sentences and no more than it takes to know whose they are.
fn continued(
    site: &Site<'_>,
    idx: EntityIdx,
    n: usize,
    paths: &[String],
    stretches: &[Vec<Stretch>],
) -> EntityView {
    let entity = site.corpus.catalogue.get(idx);
    let node = &site.graph.entities[idx.0 as usize];
    let page = &paths[n];
    let kinds = (
        words::kinds_label(site, entity.kind),
        urls::entity_index(entity.kind),
    );
    let mut trail = vec![kinds];
    let mut title = entity.name.clone();
    if n > 0 {
        trail.push((entity.name.clone(), paths[0].clone()));
        title = words::titled_page(site, &title, n + 1);
    }
    let later = stretches[n + 1..].iter().flatten();
    let neighbour = |n: usize| urls::relative(page, &paths[n]);
    EntityView {
        frame: site.frame(Head {
            description: site.description_of(idx).filter(|_| n == 0),
            trail,
            feed: has_feed(node).then(|| feed_path(entity)),
            structured: (n == 0).then(|| structured::entity(site, idx)),
            ..Head::new(page, &title)
        }),
        name: entity.name.clone(),
        kind: entity.kind.as_str(),
        kind_label: words::kind_label(site, entity.kind),
        confirmed: entity.state == EntityState::Confirmed,
        state: words::state(site, entity.state),
        article_count: node.articles.len(),
        sentence_count: node.backlinks.len(),
        more_articles: later.count(),
        mentions: mentions::groups(site, page, idx, &stretches[n]),
        years: mentions::years(site, page, paths, stretches),
        pager: Pager {
            page: n + 1,
            pages: paths.len(),
            newer: n.checked_sub(1).map(neighbour),
            older: (n + 1 < paths.len()).then(|| neighbour(n + 1)),
        },
        ..EntityView::default()
    }
}

/// Adds what the first page says.
fn complete(site: &Site<'_>, idx: EntityIdx, page: &str, view: &mut EntityView) {
    let entity = site.corpus.catalogue.get(idx);
    let node = &site.graph.entities[idx.0 as usize];
    let link = |idx: &EntityIdx| site.entity_link(page, *idx);
    if let Some(registered) = registered(site, entity) {
        view.description = registered.description.clone();
        view.frame.has_code = !registered.profile.body.code.is_empty();
        view.profile_html = body::body(
            site,
            None,
            page,
            &registered.profile,
            &node.profile,
            &[],
            &LinkNotes::default(),
        );
        view.dates = facts::dates(site, registered);
        view.same_as = facts::elsewhere(registered);
    }
    view.names = facts::names(site, idx);
    (view.aliases, view.other_scripts) = facts::aliases(entity, &view.names);
    view.roles = facts::roles(site, page, idx);
    view.members = facts::members(site, page, idx);
    if entity.kind == EntityKind::Person {
        view.descriptions = around::described(site, page, idx, node);
    }
    view.coordinates = entity
        .coordinates
        .map(|at| facts::coordinates(site.words, at.latitude, at.longitude));
    view.map = map::of_place(site, page, idx);
    view.country = facts::country(site, entity);
    let country = entity.country.filter(|_| view.country.is_some());
    view.country_url = country.map(|code| urls::relative(page, &urls::country(code)));
    view.part_of = node.part_of.as_ref().map(link);
    view.parts = node.parts.iter().map(link).collect();
    view.appears_with = around::companions(site, page, node);
    view.network = network::of_entity(site, page, idx);
    view.quotations = around::quoted(site, page, idx, node);
    view.quotations_about = around::quoted_about(site, page, idx, node);
    if entity.kind != EntityKind::Place {
        view.named_places = map::of_places(site, page, &around::places(site, idx, node));
    }
    let dated = node.timeline.iter().rev().take(DATES);
    view.timeline = dated
        .filter_map(|n| site.timeline_entry(page, *n))
        .collect();
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
