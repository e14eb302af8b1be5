//! What is not published leaves the corpus here, before anything is extracted, and with it what
//! others say of it by its id.
//!
//! Input: the registry, then each article. Output: what is published whole, notices of what was
//! redacted, and the names by which links may still call what is hidden. Invariant: the site is the same as if
//! the hidden files did not exist.

use std::{collections::BTreeSet, sync::Arc};

use camino::Utf8PathBuf;

use crate::{
    model::{
        address::TermFamily,
        article::{Article, EntityRules, RedactedArticle},
        entity::RegistryEntity,
    },
    stages::resolve::knowledge_base::Decisions,
    text::{fold::fold, slug::slugify},
    visibility::{Policy, Publication, Status, publication},
};

/// What is not published. Nothing that is published may be made from it.
#[derive(Debug, Default)]
pub struct Withheld {
    /// The articles, redacted ones among them.
    pub articles: Vec<Arc<Article>>,
    /// The registry files.
    pub entities: Vec<RegistryEntity>,
}

impl Withheld {
    /// Their files.
    pub(super) fn files(&self) -> BTreeSet<Utf8PathBuf> {
        let articles = self.articles.iter().map(|article| &article.path);
        let entities = self.entities.iter().map(|entity| &entity.path);
        articles.chain(entities).cloned().collect()
    }
}

/// The registry as it is published, and whom nobody may speak of.
#[derive(Debug, Default)]
pub(super) struct Registry {
    pub(super) entities: Vec<RegistryEntity>,
    pub(super) withheld: Vec<RegistryEntity>,
    /// Ids and names of those withheld, by which links may call them.
    pub(super) hidden: BTreeSet<String>,
    gone: Names,
}

/// Parts the registry that is published from what is not.
pub(super) fn registry(
    entities: Vec<RegistryEntity>,
    decisions: &mut Decisions,
    policy: &Policy,
) -> Registry {
    let mut registry = Registry::default();
    let mut gone = Names::default();
    for entity in entities {
        match publication(&Status::from(&entity), policy) {
            Publication::Whole => registry.entities.push(entity),
            Publication::Notice | Publication::Nothing => {
                gone.add(&entity);
                registry.hidden.extend(names(&entity).map(str::to_owned));
                registry.withheld.push(entity);
            }
        }
    }
    if !gone.0.is_empty() {
        // A name that somebody else bears as well means them.
        let mut shown = Names::default();
        registry.entities.iter().for_each(|own| shown.add(own));
        gone.0.retain(|name| !shown.0.contains(name));
        for entity in &mut registry.entities {
            entity.part_of.take_if(|(id, _)| gone.holds(&id.0));
            for role in &mut entity.facts.roles {
                role.organisation.take_if(|id| gone.holds(id));
            }
        }
        decisions.merged.retain(|_, into| !gone.holds(into));
        registry.gone = gone;
    }
    registry
}

impl Registry {
    /// Takes out what an article says of hidden entities.
    pub(super) fn forget(&self, rules: &mut EntityRules) {
        if self.gone.0.is_empty() {
            return;
        }
        let EntityRules {
            about, add, bind, ..
        } = rules;
        about.retain(|name| !self.gone.holds(name));
        add.retain(|name| !self.gone.holds(name));
        bind.retain(|_, id| !self.gone.holds(id));
    }
}

/// What stands in the place of an article of which no more is published.
pub(super) fn notice(article: &Article) -> RedactedArticle {
    let reason = article.front.redaction.as_ref();
    RedactedArticle {
        slug: article.slug.clone(),
        reason: reason.and_then(|redaction| redaction.reason.clone()),
    }
}

/// How links may call an article, its topics, tags and storyline.
pub(super) fn names_of(article: &Article) -> impl Iterator<Item = String> {
    let file = article.path.file_name().unwrap_or_default();
    let front = &article.front;
    let terms = [
        (TermFamily::Topics, &front.topics[..]),
        (TermFamily::Tags, &front.tags),
        (TermFamily::Storylines, front.storyline.as_slice()),
    ];
    let of_family = |(family, labels): (TermFamily, &[String])| {
        let names = labels
            .iter()
            .map(move |label| family.hidden(&slugify(label)));
        names.collect::<Vec<String>>()
    };
    let terms = terms.into_iter().flat_map(of_family);
    [article.slug.clone(), file.to_owned()]
        .into_iter()
        .chain(terms)
}

/// The ids and names of entities, folded.
#[derive(Debug, Default)]
struct Names(BTreeSet<String>);

impl Names {
    fn add(&mut self, entity: &RegistryEntity) {
        self.0.extend(names(entity).map(fold));
    }

    fn holds(&self, name: &str) -> bool {
        self.0.contains(&fold(name))
    }
}

/// All that an author may call an entity.
fn names(entity: &RegistryEntity) -> impl Iterator<Item = &str> {
    let aliases = entity.aliases.iter().map(|alias| alias.name.as_str());
    let former = entity.former.iter().map(String::as_str);
    [&*entity.id.0, &entity.name]
        .into_iter()
        .chain(aliases)
        .chain(former)
}
