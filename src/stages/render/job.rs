//! What there is to render: one job for each page, or few pages that belong together.

use super::{Prepared, Site, lists, notices, search};
use crate::{
    config::Part,
    model::{
        catalogue::{ArticleIdx, EntityIdx},
        entity::EntityKind,
        graph::Target,
    },
    urls,
};

/// A page to render.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Job {
    /// An article, with its older and newer neighbour.
    Article(ArticleIdx, Option<ArticleIdx>, Option<ArticleIdx>),
    /// The notice in place of an article that was redacted.
    Redacted(usize),
    /// An entity.
    Entity(EntityIdx),
    /// The entities of a kind.
    EntityIndex(EntityKind),
    /// What the site names, over all kinds.
    Entities,
    /// The countries.
    Countries,
    /// A page of the home list.
    Home(usize),
    /// A topic.
    Topic(String),
    /// A tag.
    Tag(String),
    /// A storyline.
    Storyline(String),
    /// All topics, tags and storylines.
    TermIndexes,
    /// The lists and feeds of each language.
    Languages,
    /// A page of the timeline.
    Timeline(usize),
    /// A page of `content/pages`.
    Page(usize),
    /// An old address, by its path, and where it leads.
    Redirect(String, Target),
    /// Corrections and methods.
    Notices,
    /// The graph of the site.
    Graph,
    /// The map of the site.
    Map,
    /// The search page.
    SearchPage,
    /// A file of the search index.
    Search(search::Piece),
    /// All works that are cited.
    Bibliography,
    /// The site as data.
    Exports,
    /// The search page, 404, feeds, assets.
    Rest,
}

/// What there is to render.
#[must_use]
pub fn jobs(site: &Site<'_>, prepared: &Prepared) -> Vec<Job> {
    let mut jobs = pages(site);
    jobs.extend(late(site, prepared));
    jobs
}

/// The search index and the timeline, which take their time.
#[must_use]
pub fn late(site: &Site<'_>, prepared: &Prepared) -> Vec<Job> {
    let mut jobs = Vec::new();
    let config = site.corpus.config;
    if config.has(Part::Search) {
        let pieces = search::pieces(site, prepared.search(site));
        jobs.extend(pieces.into_iter().map(Job::Search));
    }
    if config.has(Part::Timeline) {
        jobs.extend((0..prepared.calendar(site).len()).map(Job::Timeline));
    }
    jobs
}

/// The path of the one file of a job that is [`late`].
#[must_use]
pub fn late_path(site: &Site<'_>, prepared: &Prepared, job: &Job) -> Option<String> {
    match job {
        Job::Search(piece) => Some(piece.path()),
        Job::Timeline(n) => prepared.calendar(site).path(*n),
        _ => None,
    }
}

/// What there is to render besides what is [`late`].
#[must_use]
pub fn pages(site: &Site<'_>) -> Vec<Job> {
    let newest = &site.graph.newest;
    let mut jobs: Vec<Job> = (0..newest.len())
        .map(|n| {
            let newer = n.checked_sub(1).map(|n| newest[n]);
            Job::Article(newest[n], newest.get(n + 1).copied(), newer)
        })
        .collect();
    jobs.extend((0..site.corpus.redacted.len()).map(Job::Redacted));
    jobs.extend(site.corpus.catalogue.indices().map(Job::Entity));
    jobs.extend(EntityKind::ALL.map(Job::EntityIndex));
    jobs.extend((1..=lists::home_pages(site)).map(Job::Home));
    jobs.extend(site.graph.topics.keys().cloned().map(Job::Topic));
    jobs.extend(site.graph.tags.keys().cloned().map(Job::Tag));
    jobs.extend(site.graph.storylines.keys().cloned().map(Job::Storyline));
    let own = |n: &usize| !notices::SLUGS.contains(&&*site.corpus.pages[*n].slug);
    jobs.extend((0..site.corpus.pages.len()).filter(own).map(Job::Page));
    let redirects = site.graph.redirects.iter();
    jobs.extend(redirects.map(|(path, to)| Job::Redirect(path.clone(), to.clone())));
    let config = site.corpus.config;
    jobs.extend(config.has(Part::Search).then_some(Job::SearchPage));
    jobs.extend([
        Job::TermIndexes,
        Job::Languages,
        Job::Entities,
        Job::Countries,
        Job::Notices,
        Job::Rest,
    ]);
    let parts = [
        (Part::Graph, Job::Graph),
        (Part::Map, Job::Map),
        (Part::Data, Job::Exports),
        (Part::Bibliography, Job::Bibliography),
    ];
    let wanted = parts.into_iter().filter(|(part, _)| config.has(*part));
    jobs.extend(wanted.map(|(_, job)| job));
    jobs
}

impl Job {
    /// The kind of a job: those of one kind are made with the same templates.
    #[must_use]
    pub fn kind(&self) -> std::mem::Discriminant<Self> {
        std::mem::discriminant(self)
    }
}

/// The folder in which all files of a job stand, or its one file; `None` where they stand anywhere.
#[must_use]
pub fn place(site: &Site<'_>, job: &Job) -> Option<String> {
    let folder = |page: String| page.trim_end_matches("/index.html").to_owned();
    Some(match job {
        Job::Article(idx, ..) => folder(site.article_path(*idx)),
        Job::Redacted(n) => folder(urls::article(&site.corpus.redacted.get(*n)?.slug)),
        Job::Entity(idx) => folder(urls::entity(site.corpus.catalogue.get(*idx))),
        Job::Home(number) => lists::home_path(*number),
        Job::Topic(slug) => folder(urls::term("topics", slug)),
        Job::Tag(slug) => folder(urls::term("tags", slug)),
        Job::Storyline(slug) => folder(urls::term("storylines", slug)),
        Job::Page(n) => urls::page(&site.corpus.pages.get(*n)?.slug),
        Job::Redirect(path, _) => path.clone(),
        Job::Graph => urls::GRAPH.to_owned(),
        Job::SearchPage => "search/index.html".to_owned(),
        _ => return None,
    })
}
