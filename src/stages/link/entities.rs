//! What the corpus says of each entity: the articles that name it, the sentences, its company and
//! its dates.

use super::{
    Corpus,
    appearances::Named,
    cooccurrence,
    targets::{self, Addresses},
};
use crate::diagnostic::Diagnostic;
use crate::model::{
    catalogue::{ArticleIdx, EntityKey},
    document::BlockKind,
    graph::{Anchor, ArticleNode, Backlink, EntityNode, TimelineEntry},
};

/// A node for each entity of the catalogue.
pub(super) fn nodes(
    corpus: &Corpus<'_>,
    articles: &[ArticleNode],
    named: &[Vec<Named>],
    timeline: &[TimelineEntry],
    newest: &[ArticleIdx],
) -> Vec<EntityNode> {
    let count = corpus.catalogue.entities.len();
    let mut nodes: Vec<EntityNode> = vec![EntityNode::default(); count];
    for idx in newest {
        let n = idx.0 as usize;
        for appearance in &articles[n].appearances {
            nodes[appearance.entity.0 as usize].articles.push(*idx);
        }
        let document = &corpus.articles[n].document;
        // Under the article's title, the title itself says nothing more.
        let said = named[n].iter().filter(|name| {
            let block = document.block_at(name.span.start);
            block.is_none_or(|block| block.kind != BlockKind::Title)
        });
        add_backlinks(&mut nodes, *idx, &articles[n].anchors, said);
    }
    for (n, entry) in (0u32..).zip(timeline) {
        for entity in &entry.entities {
            nodes[entity.0 as usize].timeline.push(n);
        }
    }
    let pairs = cooccurrence::cooccurrences(count, articles, newest);
    for (node, cooccurring) in nodes.iter_mut().zip(pairs) {
        node.cooccurring = cooccurring;
    }
    nodes
}

/// One backlink for each sentence that names an entity, however often it does.
fn add_backlinks<'a>(
    nodes: &mut [EntityNode],
    idx: ArticleIdx,
    anchors: &[Anchor],
    named: impl Iterator<Item = &'a Named>,
) {
    for name in named {
        let backlinks = &mut nodes[name.entity.0 as usize].backlinks;
        let open = backlinks
            .last_mut()
            .filter(|last| last.article == idx && last.sentence == name.sentence);
        match open {
            Some(last) => last.names.push(name.span),
            None => backlinks.push(Backlink {
                article: idx,
                sentence: name.sentence,
                names: vec![name.span],
                anchor: ordinal(anchors, name),
            }),
        }
    }
}

fn ordinal(anchors: &[Anchor], name: &Named) -> Option<u32> {
    let at = anchors
        .binary_search_by_key(&name.span.start, |anchor| anchor.text.start)
        .ok()?;
    anchors
        .get(at)
        .filter(|anchor| anchor.entity == name.entity)
        .map(|anchor| anchor.ordinal)
}

/// Resolves the links of the registry's profiles.
pub(super) fn add_profiles(
    corpus: &Corpus<'_>,
    addresses: &Addresses<'_>,
    nodes: &mut [EntityNode],
    problems: &mut Vec<Diagnostic>,
) {
    for (entity, node) in corpus.catalogue.entities.iter().zip(nodes) {
        let EntityKey::Registry(id) = &entity.key else {
            continue;
        };
        if let Some(registered) = corpus.kb.get(id) {
            let (path, profile) = (&registered.path, &registered.profile);
            node.profile = targets::of_document(corpus, addresses, path, profile, problems);
        }
    }
}
