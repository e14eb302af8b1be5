//! Hashes of everything that extraction depends on.

use std::sync::OnceLock;

use crate::{
    config::{Config, Part},
    digest::Digest,
    model::{
        article::Article,
        document::{BlockKind, Document},
        entity::{AliasRule, EntityKind},
    },
    stages::{extract::evidence, resolve::knowledge_base::KnowledgeBase},
    tagger,
};

use super::{FORMAT, Header, SCHEMA};

/// The header of parts that are made with these names and settings.
#[must_use]
pub fn header(config: &Config, kb: &KnowledgeBase) -> Header {
    Header {
        format: FORMAT.to_owned(),
        schema: SCHEMA,
        version: env!("CARGO_PKG_VERSION").to_owned(),
        model: model().to_owned(),
        names: names(kb),
        options: options(config),
    }
}

fn model() -> &'static str {
    static HASH: OnceLock<String> = OnceLock::new();
    HASH.get_or_init(|| {
        let mut digest = Digest::default();
        for data in tagger::data().into_iter().chain(evidence::data()) {
            digest.bytes(data);
        }
        digest.short()
    })
}

/// What `NameIndex` is made of, in the same order.
fn names(kb: &KnowledgeBase) -> String {
    let mut digest = Digest::default();
    for entity in kb.entities() {
        digest.text(&entity.id.0);
        digest.number(kind_number(entity.kind));
        digest.text(&entity.name);
        digest.number(entity.aliases.len() as u64);
        for alias in &entity.aliases {
            digest.text(&alias.name);
            digest.number(match alias.rule {
                AliasRule::Plain => 0,
                AliasRule::Exact => 1,
                AliasRule::NeedsContext => 2,
                AliasRule::Never => 3,
            });
        }
        digest.number(entity.former.len() as u64);
        entity.former.iter().for_each(|former| digest.text(former));
    }
    digest.text("accepted");
    for ((folded, kind), name) in &kb.decisions.accepted {
        digest.text(folded);
        digest.number(kind_number(*kind));
        digest.text(name);
    }
    digest.short()
}

fn kind_number(kind: EntityKind) -> u64 {
    match kind {
        EntityKind::Person => 0,
        EntityKind::Organisation => 1,
        EntityKind::Place => 2,
        EntityKind::Event => 3,
    }
}

fn options(config: &Config) -> String {
    let mut digest = Digest::default();
    digest.number(u64::from(config.detect_entities));
    for part in [Part::Names, Part::Dates, Part::Quotations] {
        digest.number(u64::from(config.without.contains(&part)));
    }
    digest.short()
}

/// The hash of what extraction depends on in an article: its prose, its day, its language and its
/// author's rules. A tag, a picture or a link may change without it.
#[must_use]
pub fn content(article: &Article, config: &Config) -> String {
    let mut digest = Digest::default();
    prose(&mut digest, &article.document);
    let front = &article.front;
    digest.text(&front.date.date.to_string());
    digest.text(front.language.as_deref().unwrap_or(&config.language));
    let rules = &front.entities;
    digest.number(u64::from(rules.auto));
    digest.number(rules.drop.len() as u64);
    rules.drop.iter().for_each(|name| digest.text(name));
    for (name, entity) in &rules.bind {
        digest.text(name);
        digest.text(entity);
    }
    digest.short()
}

fn prose(digest: &mut Digest, document: &Document) {
    digest.text(&document.text);
    digest.number(document.blocks.len() as u64);
    for block in &document.blocks {
        digest.number(match block.kind {
            BlockKind::Paragraph => 0,
            BlockKind::ListItem => 1,
            BlockKind::Quote => 2,
            BlockKind::TableCell => 3,
            BlockKind::Footnote => 4,
            BlockKind::Caption => 5,
            BlockKind::Title => 6,
            BlockKind::Standfirst => 7,
            BlockKind::Heading(level) => 16 + u64::from(level),
        });
        digest.span(block.span);
    }
    digest.number(document.masks.len() as u64);
    for mask in &document.masks {
        digest.span(mask.span);
    }
}
