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
        article::{Article, Correction, EntityRules, Moment, RedactedArticle},
        entity::RegistryEntity,
        page::Page,
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
    /// The pages.
    pub pages: Vec<Page>,
    /// Corrections of published articles that come after the day of the build, with the files.
    pub corrections: Vec<(Utf8PathBuf, Correction)>,
}

impl Withheld {
    /// Their files.
    pub(super) fn files(&self) -> BTreeSet<Utf8PathBuf> {
        let articles = self.articles.iter().map(|article| &article.path);
        let entities = self.entities.iter().map(|entity| &entity.path);
        let pages = self.pages.iter().map(|page| &page.path);
        articles.chain(entities).chain(pages).cloned().collect()
    }
}

/// The registry as it is published, and whom nobody may speak of.
#[derive(Debug, Default)]
pub(super) struct Registry {
    pub(super) entities: Vec<RegistryEntity>,
    pub(super) pages: Vec<Page>,
    pub(super) withheld: Withheld,
    /// Slugs and file names of pages, ids and names of entities that are withheld, by which links may
    /// call them.
    pub(super) hidden: BTreeSet<String>,
    gone: Names,
}

/// Parts the registry that is published from what is not.
pub(super) fn registry(
    entities: Vec<RegistryEntity>,
    pages: Vec<Page>,
    decisions: &mut Decisions,
    policy: &Policy,
) -> Registry {
    let mut registry = Registry::default();
    for page in pages {
        match publication(&Status::from(&page), policy) {
            Publication::Whole => registry.pages.push(page),
            Publication::Notice | Publication::Nothing => {
                let file = page.path.file_name().unwrap_or_default();
                let names = [page.slug.clone(), file.to_owned()];
                registry.hidden.extend(names);
                registry.withheld.pages.push(page);
            }
        }
    }
    let mut gone = Names::default();
    for entity in entities {
        match publication(&Status::from(&entity), policy) {
            Publication::Whole => registry.entities.push(entity),
            Publication::Notice | Publication::Nothing => {
                gone.add(&entity);
                registry.hidden.extend(names(&entity).map(str::to_owned));
                registry.withheld.entities.push(entity);
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
        path: article.path.clone(),
        slug: article.slug.clone(),
        aliases: article.front.aliases.clone(),
        aliases_span: article.front_spans.get("aliases").copied(),
        reason: reason.and_then(|redaction| redaction.reason.clone()),
    }
}

/// How links may call an article of which only a notice is published by its old addresses.
pub(super) fn old_names(article: &Article) -> impl Iterator<Item = String> {
    let old = article.front.aliases.iter();
    let old = old.filter_map(|alias| alias.trim_matches('/').rsplit('/').next());
    old.map(str::to_owned)
}

/// Takes out what an article says of days that have not come; the corrections among it.
pub(super) fn take_back(article: &mut Arc<Article>, policy: &Policy) -> Vec<Correction> {
    let has_come = |at: &Moment| policy.has_come(at.date);
    let front = &article.front;
    let is_whole = front.updated.as_ref().is_none_or(has_come)
        && front
            .corrections
            .iter()
            .all(|own| policy.has_come(own.date));
    if is_whole {
        return Vec::new();
    }
    let front = &mut Arc::make_mut(article).front;
    front.updated.take_if(|at| !has_come(at));
    let corrections = std::mem::take(&mut front.corrections).into_iter();
    let (come, later) = corrections.partition(|correction| policy.has_come(correction.date));
    front.corrections = come;
    later
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
