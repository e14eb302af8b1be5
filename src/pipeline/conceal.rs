//! What is not published leaves the corpus here, before anything is extracted, and with it what
//! others say of it by its id.
//!
//! Input: all that was parsed. Output: what is published whole, notices of what was redacted, and
//! the names by which links may still call what is hidden. Invariant: the site is the same as if
//! the hidden files did not exist.

use std::collections::BTreeSet;

use camino::Utf8PathBuf;

use crate::{
    model::{
        article::{Article, Correction, EntityRules, RedactedArticle},
        entity::RegistryEntity,
        page::Page,
    },
    stages::resolve::knowledge_base::Decisions,
    text::fold::fold,
    visibility::{Policy, Publication, Status, publication},
};

/// What is not published. Nothing that is published may be made from it.
#[derive(Debug, Default)]
pub struct Withheld {
    /// The articles, redacted ones among them.
    pub articles: Vec<Article>,
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

/// What is published, and how what is not may be called.
#[derive(Debug, Default)]
pub(super) struct Concealed {
    pub(super) articles: Vec<Article>,
    pub(super) redacted: Vec<RedactedArticle>,
    pub(super) entities: Vec<RegistryEntity>,
    pub(super) pages: Vec<Page>,
    pub(super) withheld: Withheld,
    /// Slugs and file names of articles and pages, ids and names of entities.
    pub(super) hidden: BTreeSet<String>,
}

/// Parts what is published from what is not.
pub(super) fn conceal(
    articles: Vec<Article>,
    entities: Vec<RegistryEntity>,
    pages: Vec<Page>,
    decisions: &mut Decisions,
    policy: &Policy,
) -> Concealed {
    let mut concealed = Concealed::default();
    for mut article in articles {
        match publication(&Status::from(&article.front), policy) {
            Publication::Whole => {
                concealed.take_back(&mut article, policy);
                concealed.articles.push(article);
            }
            Publication::Notice => {
                let reason = article.front.redaction.as_ref();
                concealed.redacted.push(RedactedArticle {
                    path: article.path.clone(),
                    slug: article.slug.clone(),
                    aliases: article.front.aliases.clone(),
                    aliases_span: article.front_spans.get("aliases").copied(),
                    reason: reason.and_then(|redaction| redaction.reason.clone()),
                });
                let old = article.front.aliases.iter();
                let old = old.filter_map(|alias| alias.trim_matches('/').rsplit('/').next());
                concealed.hidden.extend(old.map(str::to_owned));
                concealed.withhold(article);
            }
            Publication::Nothing => concealed.withhold(article),
        }
    }
    for page in pages {
        match publication(&Status::from(&page), policy) {
            Publication::Whole => concealed.pages.push(page),
            Publication::Notice | Publication::Nothing => {
                let file = page.path.file_name().unwrap_or_default();
                let names = [page.slug.clone(), file.to_owned()];
                concealed.hidden.extend(names);
                concealed.withheld.pages.push(page);
            }
        }
    }
    let mut gone = Names::default();
    for entity in entities {
        match publication(&Status::from(&entity), policy) {
            Publication::Whole => concealed.entities.push(entity),
            Publication::Notice | Publication::Nothing => {
                gone.add(&entity);
                concealed.hidden.extend(names(&entity).map(str::to_owned));
                concealed.withheld.entities.push(entity);
            }
        }
    }
    if !gone.0.is_empty() {
        // A name that somebody else bears as well means them.
        let mut shown = Names::default();
        concealed.entities.iter().for_each(|own| shown.add(own));
        gone.0.retain(|name| !shown.0.contains(name));
        concealed.forget(&gone, decisions);
    }
    concealed
}

impl Concealed {
    fn withhold(&mut self, article: Article) {
        let file = article.path.file_name().unwrap_or_default();
        self.hidden.extend([article.slug.clone(), file.to_owned()]);
        self.withheld.articles.push(article);
    }

    /// Takes out what an article says of days that have not come.
    fn take_back(&mut self, article: &mut Article, policy: &Policy) {
        let front = &mut article.front;
        front.updated.take_if(|at| !policy.has_come(at.date));
        let (come, later) = std::mem::take(&mut front.corrections)
            .into_iter()
            .partition(|correction| policy.has_come(correction.date));
        front.corrections = come;
        let later: Vec<Correction> = later;
        let later = later.into_iter().map(|own| (article.path.clone(), own));
        self.withheld.corrections.extend(later);
    }

    /// Takes out what is said of hidden entities by those who are not hidden.
    fn forget(&mut self, gone: &Names, decisions: &mut Decisions) {
        for article in &mut self.articles {
            let EntityRules {
                about, add, bind, ..
            } = &mut article.front.entities;
            about.retain(|name| !gone.holds(name));
            add.retain(|name| !gone.holds(name));
            bind.retain(|_, id| !gone.holds(id));
        }
        for entity in &mut self.entities {
            entity.part_of.take_if(|(id, _)| gone.holds(&id.0));
            for role in &mut entity.facts.roles {
                role.organisation.take_if(|id| gone.holds(id));
            }
        }
        decisions.merged.retain(|_, into| !gone.holds(into));
    }
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
