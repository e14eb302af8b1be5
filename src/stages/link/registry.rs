//! What the registry says of one entity and another: parts and roles, in both directions.

use std::collections::BTreeMap;

use super::{Corpus, targets::Addresses};
use crate::model::{
    catalogue::{EntityIdx, EntityKey},
    entity::{EntityId, EntityKind},
    graph::EntityNode,
};

/// Fills in `part_of`, `parts`, `roles` and `members`.
pub(super) fn relate(corpus: &Corpus<'_>, addresses: &Addresses<'_>, nodes: &mut [EntityNode]) {
    let catalogue = corpus.catalogue;
    let keyed = catalogue.indices().zip(&catalogue.entities);
    let by_id: BTreeMap<&EntityId, EntityIdx> = keyed
        .filter_map(|(idx, entity)| match &entity.key {
            EntityKey::Registry(id) => Some((id, idx)),
            _ => None,
        })
        .collect();
    for (id, idx) in &by_id {
        let Some(registered) = corpus.kb.get(id) else {
            continue;
        };
        let parent = registered.part_of.as_ref().map(|(parent, _)| parent);
        if let Some(parent) = parent.and_then(|parent| by_id.get(parent)) {
            nodes[idx.0 as usize].part_of = Some(*parent);
            nodes[parent.0 as usize].parts.push(*idx);
        }
        for (n, role) in registered.facts.roles.iter().enumerate() {
            let body = role.organisation.as_deref();
            let body = body.and_then(|body| organisation(corpus, addresses, body));
            nodes[idx.0 as usize].roles.push(body);
            if let Some(body) = body.filter(|body| body != idx) {
                nodes[body.0 as usize].members.push((*idx, n));
            }
        }
    }
    for node in nodes {
        node.parts.sort_unstable();
        node.members.sort_unstable();
    }
}

/// The body that a role names. A name that two bodies bear stays a name.
fn organisation(
    corpus: &Corpus<'_>,
    addresses: &Addresses<'_>,
    reference: &str,
) -> Option<EntityIdx> {
    let named = addresses.entities(corpus, reference);
    let is_body = |idx: &&EntityIdx| corpus.catalogue.get(**idx).kind == EntityKind::Organisation;
    let mut bodies = named.iter().filter(is_body);
    bodies.next().copied().filter(|_| bodies.next().is_none())
}
