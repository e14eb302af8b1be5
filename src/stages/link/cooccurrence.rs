//! Who is named in the same articles as whom.
//!
//! Bounded: only the [`CAST`] most named entities of an article count, so that the pairs of an
//! article are at most a constant; each entity keeps [`KEPT`] partners.

use std::collections::BTreeMap;

use crate::model::{
    catalogue::{ArticleIdx, EntityIdx},
    graph::{ArticleNode, Cooccurrence},
};

/// Entities of an article that count.
const CAST: usize = 40;
/// Partners kept for each entity.
const KEPT: usize = 24;

/// For each entity the entities named with it, most articles first. `newest` gives the order of
/// the articles in each pair.
pub(super) fn cooccurrences(
    entities: usize,
    nodes: &[ArticleNode],
    newest: &[ArticleIdx],
) -> Vec<Vec<Cooccurrence>> {
    let mut pairs: Vec<BTreeMap<EntityIdx, Vec<ArticleIdx>>> = vec![BTreeMap::new(); entities];
    for idx in newest {
        let subjects = nodes[idx.0 as usize]
            .appearances
            .iter()
            .filter(|a| a.is_subject());
        let cast: Vec<EntityIdx> = subjects.take(CAST).map(|a| a.entity).collect();
        for one in &cast {
            for other in cast.iter().filter(|other| *other != one) {
                pairs[one.0 as usize].entry(*other).or_default().push(*idx);
            }
        }
    }
    pairs.into_iter().map(strongest).collect()
}

fn strongest(partners: BTreeMap<EntityIdx, Vec<ArticleIdx>>) -> Vec<Cooccurrence> {
    let mut list: Vec<Cooccurrence> = partners
        .into_iter()
        .map(|(entity, articles)| Cooccurrence { entity, articles })
        .collect();
    // Stable: partners with as many articles stay in the catalogue's order.
    list.sort_by_key(|pair| std::cmp::Reverse(pair.articles.len()));
    list.truncate(KEPT);
    list
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{extraction::Sense, graph::Appearance};

    fn node(entities: &[u32]) -> ArticleNode {
        let appearance = |n: &u32| Appearance {
            entity: EntityIdx(*n),
            count: 1,
            also: Vec::new(),
            senses: vec![Sense::Literal],
            mentions: Vec::new(),
            about: false,
        };
        ArticleNode {
            appearances: entities.iter().map(appearance).collect(),
            ..Default::default()
        }
    }

    #[test]
    fn counts_shared_articles() {
        let nodes = [node(&[0, 1]), node(&[0, 1, 2]), node(&[2])];
        let newest = [ArticleIdx(1), ArticleIdx(0), ArticleIdx(2)];
        let found = cooccurrences(3, &nodes, &newest);
        let partners: Vec<(u32, usize)> = found[0]
            .iter()
            .map(|c| (c.entity.0, c.articles.len()))
            .collect();
        assert_eq!(partners, [(1, 2), (2, 1)]);
        assert_eq!(found[0][0].articles, [ArticleIdx(1), ArticleIdx(0)]);
    }
}
