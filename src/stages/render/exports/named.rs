//! What the exports for other tools say of an entity: where it is named, how sure the program is,
//! and ids that stay the same from build to build.

use jiff::Timestamp;
use uuid::Uuid;

use crate::{
    model::{
        article::Marking,
        catalogue::{ArticleIdx, Entity, EntityIdx, EntityKey},
        entity::{EntityState, RegistryEntity},
    },
    stages::render::site::Site,
};

/// The id of a thing of this site: `UUIDv5` over the site's address, the type and what the site calls
/// the thing. A page's path is what the site calls it: that is what it promises to keep.
pub(in crate::stages::render) fn id(site: &Site<'_>, kind: &str, name: &str) -> Uuid {
    let base = site.corpus.config.base_url.trim_end_matches('/');
    let own = Uuid::new_v5(&Uuid::NAMESPACE_URL, format!("{base}/").as_bytes());
    Uuid::new_v5(&own, format!("{kind}:{name}").as_bytes())
}

/// Where and how surely an entity is named.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Named {
    /// The greatest confidence of its mentions, 0 to 1; 1 where an editor vouches for it.
    pub(super) confidence: f32,
    /// When the first briefing that names it was published; none where no briefing does.
    pub(super) first: Option<Timestamp>,
    /// When the last of them was changed.
    pub(super) last: Option<Timestamp>,
    /// The most open marking of the briefings that name it; none where one of them has none.
    pub(super) marking: Option<Marking>,
}

/// What is known of each entity of the catalogue, in its order.
pub(super) fn all(site: &Site<'_>) -> Vec<Named> {
    let catalogue = site.corpus.catalogue;
    let mut confidence = vec![0.0_f32; catalogue.entities.len()];
    for (node, extraction) in site.graph.articles.iter().zip(site.corpus.extractions) {
        for appearance in &node.appearances {
            let most = &mut confidence[appearance.entity.0 as usize];
            for mention in &appearance.mentions {
                let mention = extraction.mentions.get(*mention as usize);
                *most = mention.map_or(*most, |mention| most.max(mention.confidence));
            }
        }
    }
    let all = catalogue.indices().zip(&catalogue.entities);
    all.map(|(idx, entity)| {
        let articles = &site.graph.entities[idx.0 as usize].articles;
        Named {
            confidence: match entity.state {
                EntityState::Confirmed => 1.0,
                EntityState::Detected => confidence[idx.0 as usize],
            },
            first: articles.iter().map(|a| published(site, *a)).min(),
            last: articles.iter().map(|a| changed(site, *a)).max(),
            marking: most_open(
                articles
                    .iter()
                    .map(|a| site.corpus.article(*a).front.marking),
            ),
        }
    })
    .collect()
}

/// What is named in an open text is open, whatever else names it.
fn most_open(markings: impl Iterator<Item = Option<Marking>>) -> Option<Marking> {
    // `None` is less than any marking.
    markings.min().flatten()
}

/// When an article was published.
pub(super) fn published(site: &Site<'_>, idx: ArticleIdx) -> Timestamp {
    site.corpus.article(idx).front.date.instant
}

/// When an article was last changed; never before it was published.
pub(in crate::stages::render) fn changed(site: &Site<'_>, idx: ArticleIdx) -> Timestamp {
    let front = &site.corpus.article(idx).front;
    let updated = front.updated.map(|moment| moment.instant);
    front
        .date
        .instant
        .max(updated.unwrap_or(front.date.instant))
}

/// The registry file of an entity that an editor vouches for.
pub(super) fn registered<'a>(site: &Site<'a>, entity: &Entity) -> Option<&'a RegistryEntity> {
    match &entity.key {
        EntityKey::Registry(id) if entity.state == EntityState::Confirmed => site.corpus.kb.get(id),
        _ => None,
    }
}

/// The entities with their places in the catalogue.
pub(super) fn entities<'a>(site: &Site<'a>) -> impl Iterator<Item = (EntityIdx, &'a Entity)> {
    let catalogue = site.corpus.catalogue;
    catalogue.indices().zip(&catalogue.entities)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_open_text_opens_a_name() {
        let (green, red) = (Some(Marking::Green), Some(Marking::Red));
        assert_eq!(most_open([red, green].into_iter()), green);
        assert_eq!(most_open([red, None].into_iter()), None);
        assert_eq!(most_open(std::iter::empty()), None);
    }
}
