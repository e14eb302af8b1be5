//! Living people: what the machine found about them waits for an editor.
//!
//! Input: an article, its mentions and what they mean. Output: the same, but nothing where a mention
//! means a person whose file says `living: true` and nobody has confirmed that the article means them.
//! Confirmed it is by a link `[[…]]` or the front matter of the article, or for all articles by
//! `decisions.yaml`.

use std::collections::BTreeSet;

use super::{article::Local, knowledge_base::KnowledgeBase};
use crate::model::{
    article::Article,
    catalogue::EntityKey,
    entity::{EntityId, EntityKind},
    extraction::{Candidate, Extraction, Mention, Rule},
};

/// Takes back what nobody confirmed.
pub fn hold_back(
    article: &Article,
    extraction: &Extraction,
    kb: &KnowledgeBase,
    locals: &mut [Local],
) {
    let mut held: BTreeSet<&EntityId> = kb.living().map(|entity| &entity.id).collect();
    if held.is_empty() {
        return;
    }
    for id in confirmed(article, kb) {
        held.remove(id);
    }
    for (mention, local) in extraction.mentions.iter().zip(locals) {
        let waits = match &*local {
            Local::Is(EntityKey::Registry(id)) | Local::Doubtful(EntityKey::Registry(id)) => {
                held.contains(id) && !is_decided(mention, kb)
            }
            Local::OneOf(ids) => ids.iter().any(|id| held.contains(id)),
            _ => false,
        };
        if waits {
            *local = Local::Nothing;
        }
    }
}

/// The entities that the article's author, or an editor for all articles, confirmed.
fn confirmed<'a>(article: &Article, kb: &'a KnowledgeBase) -> BTreeSet<&'a EntityId> {
    let rules = &article.front.entities;
    let links = article.document.wikilinks.iter().map(|link| &link.target);
    let references = links
        .chain(&rules.about)
        .chain(&rules.add)
        .chain(rules.bind.values());
    let by_author = references.flat_map(|reference| kb.named(reference));
    let accepted = kb.living().filter(|entity| {
        let aliases = entity.aliases.iter().map(|alias| &alias.name);
        std::iter::once(&entity.name)
            .chain(aliases)
            .any(|name| kb.decisions.accepts(name, EntityKind::Person))
    });
    by_author.chain(accepted).map(|entity| &entity.id).collect()
}

/// An editor said what this name means.
fn is_decided(mention: &Mention, kb: &KnowledgeBase) -> bool {
    let merged = match &mention.candidate {
        Candidate::Named(name) => kb.merged(name, mention.kind).is_some(),
        _ => false,
    };
    merged
        || matches!(
            mention.rule,
            Rule::Inline | Rule::FrontMatter | Rule::Decision
        )
}
