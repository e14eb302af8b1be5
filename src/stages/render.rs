//! Render: from the linked corpus to the files of the site.
//!
//! Input: a [`Site`]. Output: [`OutputFile`]s, by path, and a diagnostic for each template that
//! fails. [`jobs`] lists what there is to render; [`run`] renders one of them, on any thread.

mod article;
mod bibliography;
mod body;
mod book;
pub mod card;
mod chart;
mod countries;
mod entity;
mod exports;
mod extra;
mod feeds;
mod hosting;
mod image;
mod indexes;
mod job;
mod languages;
mod link_notes;
mod lists;
mod map;
mod markdown;
mod nav;
mod network;
mod notices;
pub mod picture;
mod references;
pub mod search;
mod sheet;
pub mod shortcodes;
mod site;
mod sitemap;
mod social;
mod sources;
mod structured;
mod terms;
pub mod timeline;
pub mod vector;
mod why;
mod words;

use std::collections::BTreeMap;

use self::terms::Family;

use camino::Utf8PathBuf;

pub use feeds::{FeedEntry, FeedView, SitemapEntry, SitemapView};
pub use job::{Job, jobs, late, late_path, pages, place};
pub use site::{Again, Site};
pub use sitemap::sitemap;
pub use sources::sources;

use serde::Serialize;

use std::sync::OnceLock;

use crate::{
    config::Part,
    diagnostic::Diagnostic,
    highlight,
    model::{
        catalogue::{ArticleIdx, EntityIdx},
        graph::{Target, Term},
        output::OutputFile,
    },
    text::css::squeezed,
    theme::{Rendering, Theme},
    urls,
    views::{NotFoundView, PageView, RedirectView, WorldMapView},
};
use feeds::Feed;
use link_notes::LinkNotes;
use site::Head;

/// Newest articles on the page for addresses that lead nowhere.
const ON_404: usize = 5;

/// What several pages need, made once.
#[derive(Debug, Default)]
pub struct Prepared {
    /// Which dated sentences each article has, as places in the timeline.
    pub dated: BTreeMap<ArticleIdx, Vec<u32>>,
    /// The search index, once somebody asks for it.
    pub search: OnceLock<search::Index>,
    /// The timeline by year and month, once somebody asks for it.
    pub calendar: OnceLock<timeline::Calendar>,
}

impl Prepared {
    /// Nothing but what each article needs.
    #[must_use]
    pub fn of(site: &Site<'_>) -> Self {
        Self {
            dated: dated(site),
            search: OnceLock::new(),
            calendar: OnceLock::new(),
        }
    }

    /// The search index; empty where the site leaves it out.
    pub fn search(&self, site: &Site<'_>) -> &search::Index {
        self.search.get_or_init(|| {
            let parts = match site.corpus.config.has(Part::Search) {
                true => search::parts(site),
                false => Vec::new(),
            };
            let parts = parts.iter().map(|part| search::part(site, part));
            search::index(site, parts.collect())
        })
    }

    /// The calendar; empty where the site leaves it out.
    pub fn calendar(&self, site: &Site<'_>) -> &timeline::Calendar {
        self.calendar
            .get_or_init(|| match site.corpus.config.has(Part::Timeline) {
                true => timeline::calendar(site),
                false => timeline::Calendar::default(),
            })
    }
}

/// Which dated sentences each article has, as places in the timeline.
fn dated(site: &Site<'_>) -> BTreeMap<ArticleIdx, Vec<u32>> {
    let mut dated: BTreeMap<ArticleIdx, Vec<u32>> = BTreeMap::new();
    for (n, entry) in (0u32..).zip(&site.graph.timeline) {
        dated.entry(entry.article).or_default().push(n);
    }
    dated
}

type Rendered = Result<Vec<OutputFile>, Box<Diagnostic>>;

/// Renders one job.
///
/// # Errors
/// A diagnostic of the template that fails.
pub fn run(site: &Site<'_>, prepared: &Prepared, job: &Job) -> Rendered {
    let theme = site.theme;
    let dated = &prepared.dated;
    let one = |path: String, page: Rendering| Ok(vec![file(path, page)]);
    match job {
        Job::Article(idx, older, newer) => article(site, dated, *idx, (*older, *newer)),
        Job::Redacted(n) => notices::redacted(site, *n),
        Job::Entity(idx) => entity(site, *idx),
        Job::EntityIndex(kind) => {
            several(theme, "entity_index.html", indexes::of_kind(site, *kind))
        }
        Job::Entities => match site.corpus.catalogue.entities.is_empty() {
            true => Ok(Vec::new()),
            false => one(
                urls::ENTITIES.to_owned(),
                theme.render("entities.html", &indexes::overview(site))?,
            ),
        },
        Job::Countries => countries(site),
        Job::Home(number) => one(
            lists::home_path(*number),
            theme.render("home.html", &lists::home(site, *number))?,
        ),
        Job::Topic(slug) => term(site, Family::TOPICS, slug),
        Job::Tag(slug) => term(site, Family::TAGS, slug),
        Job::Storyline(slug) => {
            let Some(term) = site.graph.storylines.get(slug) else {
                return Ok(Vec::new());
            };
            storyline(site, slug, term, dated)
        }
        Job::TermIndexes => term_indexes(site),
        Job::Languages => languages::files(site),
        Job::Timeline(n) => timeline_page(site, prepared.calendar(site), *n),
        Job::Page(n) => page(site, *n),
        Job::Redirect(path, to) => one(
            path.clone(),
            theme.render("redirect.html", &redirect(site, path, to))?,
        ),
        Job::Notices => notices::pages(site),
        Job::Graph => one(
            urls::GRAPH.to_owned(),
            theme.render("graph.html", &network::page(site))?,
        ),
        Job::Map => one(
            "map/index.html".to_owned(),
            theme.render("map.html", &world(site))?,
        ),
        Job::SearchPage => one(
            "search/index.html".to_owned(),
            theme.render("search.html", &lists::search(site))?,
        ),
        Job::Search(piece) => Ok(vec![search::file(site, prepared.search(site), *piece)]),
        Job::Bibliography => bibliography::page(site),
        Job::Exports => Ok(exports::files(site)),
        Job::Rest => rest(site),
    }
}

fn file(path: String, rendering: impl Into<Rendering>) -> OutputFile {
    let rendering = rendering.into();
    OutputFile {
        path: Utf8PathBuf::from(path),
        bytes: rendering.text.into_bytes(),
        sources: Vec::new(),
        context: rendering.context,
    }
}

fn binary((path, bytes): (String, Vec<u8>)) -> OutputFile {
    OutputFile {
        path: path.into(),
        bytes,
        sources: Vec::new(),
        context: None,
    }
}

/// The pages of one template, by path.
fn several<V: Serialize>(theme: &Theme, template: &str, pages: Vec<(String, V)>) -> Rendered {
    let pages = pages.into_iter();
    pages
        .map(|(path, view)| Ok(file(path, theme.render(template, &view)?)))
        .collect()
}

/// An entity: its pages, and its feed if it has one.
fn entity(site: &Site<'_>, idx: EntityIdx) -> Rendered {
    let mut files = several(site.theme, "entity.html", entity::pages(site, idx))?;
    if let Some(feed) = feeds::of_entity(site, idx) {
        files.extend(feed_files(site, &feed)?);
    }
    Ok(files)
}

/// A briefing: its page, its text, its data, its card.
fn article(
    site: &Site<'_>,
    dated: &BTreeMap<ArticleIdx, Vec<u32>>,
    idx: ArticleIdx,
    neighbours: (Option<ArticleIdx>, Option<ArticleIdx>),
) -> Rendered {
    let own = dated.get(&idx).map_or(&[][..], Vec::as_slice);
    let document = site.document(idx)?;
    let view = article::view(site, idx, &document, own, neighbours);
    let page = site.article_path(idx);
    let mut files = Vec::new();
    if site.corpus.config.has(Part::Data) {
        let markdown = markdown::view(site, idx, &document);
        let markdown = site.theme.render("article.md", &markdown)?;
        files.push(file(page.replace("index.html", urls::MARKDOWN), markdown));
        let (path, json) = exports::article(site, idx, own);
        files.push(file(path, json));
    }
    files.push(file(page, site.theme.render("article.html", &view)?));
    files.extend(social::article_card(site, idx).map(binary));
    Ok(files)
}

fn timeline_page(site: &Site<'_>, calendar: &timeline::Calendar, n: usize) -> Rendered {
    let Some((path, view)) = timeline::page(site, calendar, n) else {
        return Ok(Vec::new());
    };
    let page = match view {
        timeline::View::Overview(view) => site.theme.render("timeline.html", &view)?,
        timeline::View::Page(view) => site.theme.render("timeline_page.html", &view)?,
    };
    Ok(vec![file(path, page)])
}

fn term(site: &Site<'_>, family: Family, slug: &str) -> Rendered {
    let terms = if family.folder == "topics" {
        &site.graph.topics
    } else {
        &site.graph.tags
    };
    let Some(term) = terms.get(slug) else {
        return Ok(Vec::new());
    };
    let pages = terms::term(site, family, slug, term);
    let mut files = several(site.theme, "term.html", pages)?;
    if family.folder == "topics" {
        files.extend(feed_files(site, &feeds::of_topic(site, slug, term))?);
    }
    Ok(files)
}

/// A storyline: its pages and its book.
fn storyline(
    site: &Site<'_>,
    slug: &str,
    term: &Term,
    dated: &BTreeMap<ArticleIdx, Vec<u32>>,
) -> Rendered {
    let pages = terms::storyline(site, slug, term, dated);
    let first = pages.first().map(|(_, view)| view);
    let first = first.filter(|view| view.book_url.is_some());
    let book = first.map(|view| book::storyline(site, slug, term, view));
    let book = book.transpose()?.map(binary);
    let mut files = several(site.theme, "storyline.html", pages)?;
    files.extend(book);
    Ok(files)
}

/// A feed in its two formats.
fn feed_files(site: &Site<'_>, feed: &Feed<'_>) -> Rendered {
    both_formats(site, &feed.path, &feeds::view(site, feed))
}

fn both_formats(site: &Site<'_>, path: &str, view: &FeedView) -> Rendered {
    let json_path = path.replace("feed.xml", "feed.json");
    Ok(vec![
        file(json_path, feeds::json_feed(view)),
        file(path.to_owned(), site.theme.render("atom.xml", view)?),
    ])
}

/// The list of countries, and the page of each.
fn countries(site: &Site<'_>) -> Rendered {
    let index = countries::index(site).map(|view| (urls::COUNTRIES.to_owned(), view));
    let index = index.into_iter().collect();
    let mut files = several(site.theme, "country_index.html", index)?;
    let pages = countries::pages(site);
    files.extend(several(site.theme, "country.html", pages)?);
    Ok(files)
}

fn term_indexes(site: &Site<'_>) -> Rendered {
    let families = [
        (Family::TOPICS, &site.graph.topics),
        (Family::TAGS, &site.graph.tags),
        (Family::STORYLINES, &site.graph.storylines),
    ];
    let filled = families.into_iter().filter(|(_, terms)| !terms.is_empty());
    filled
        .map(|(family, terms)| {
            let view = terms::index(site, family, terms);
            let html = site.theme.render("term_index.html", &view)?;
            Ok(file(format!("{}/index.html", family.folder), html))
        })
        .collect()
}

/// The title and the path of the page that an old address leads to.
fn redirect_target(site: &Site<'_>, to: &Target) -> (String, String) {
    match to {
        Target::Entity(idx) => {
            let entity = site.corpus.catalogue.get(*idx);
            (entity.name.clone(), urls::entity(entity))
        }
        Target::Article(idx, _) => {
            let title = &site.corpus.article(*idx).front.title;
            (title.clone(), site.article_path(*idx))
        }
        Target::Page(slug, _) => {
            let mut pages = site.corpus.pages.iter();
            let page = pages.find(|page| page.slug == *slug);
            let title = page.map_or(&site.corpus.config.title, |page| &page.title);
            (title.clone(), urls::page(slug))
        }
        Target::File(path) => {
            let mut families = [&site.graph.topics, &site.graph.tags, &site.graph.storylines]
                .into_iter()
                .zip([Family::TOPICS, Family::TAGS, Family::STORYLINES]);
            let label = families.find_map(|(terms, family)| {
                let mut terms = terms.iter();
                let term = terms.find(|(slug, _)| urls::term(family.folder, slug) == *path)?;
                Some(term.1.label.clone())
            });
            // Else the notice in place of what was redacted.
            let title = label.unwrap_or_else(|| site.words.say("redacted_title"));
            (title, path.clone())
        }
        // The link stage makes no others.
        _ => (site.corpus.config.title.clone(), "index.html".to_owned()),
    }
}

fn redirect(site: &Site<'_>, from: &str, to: &Target) -> RedirectView {
    let (title, page) = redirect_target(site, to);
    let config = site.corpus.config;
    RedirectView {
        title,
        url: urls::relative(from, &page),
        canonical: urls::absolute(&config.base_url, &page),
        language: config.language.clone(),
    }
}

fn page(site: &Site<'_>, n: usize) -> Rendered {
    let page = &site.corpus.pages[n];
    let path = urls::page(&page.slug);
    let view = PageView {
        frame: site.frame(Head {
            description: page.summary.clone(),
            has_code: !page.document.body.code.is_empty(),
            ..Head::new(&path, &page.title)
        }),
        title: page.title.clone(),
        summary: page.summary.clone(),
        body_html: body::body(
            site,
            None,
            &path,
            &page.document,
            &site.graph.pages[n],
            &[],
            &LinkNotes::default(),
        ),
        toc: article::toc(&page.document.headings),
        data: extra::values(&site.graph.page_data[n]),
    };
    Ok(vec![file(path, site.theme.render("page.html", &view)?)])
}

fn world(site: &Site<'_>) -> WorldMapView {
    WorldMapView {
        frame: site.frame(Head::new("map/index.html", &site.words.say("map"))),
        map: map::of_world(site, "map/index.html"),
    }
}

fn rest(site: &Site<'_>) -> Rendered {
    let theme = site.theme;
    let newest = site.graph.newest.iter().take(ON_404);
    let here = urls::not_found(&site.corpus.config.base_url);
    let not_found = NotFoundView {
        frame: site.frame(Head::new(&here, &site.words.say("not_found_title"))),
        articles: newest.map(|idx| site.card(&here, *idx)).collect(),
    };
    let mut files = vec![
        file("404.html".into(), theme.render("404.html", &not_found)?),
        file("robots.txt".into(), feeds::robots(site)),
        file("assets/code.css".into(), highlight::stylesheet()),
    ];
    files.extend(hosting::files(site));
    let brand = brand(site).map(|css| (urls::BRAND.to_owned(), css.into_bytes()));
    files.extend(feed_files(site, &feeds::of_site(site))?);
    files.extend(social::site_card(site).map(binary));
    let mut made = social::icons(theme, site.corpus.config);
    made.extend(brand);
    for (path, bytes) in theme.assets() {
        if made.iter().all(|(other, _)| other != path) {
            made.push((path.to_string(), bytes.clone()));
        }
    }
    for (path, bytes) in &mut made {
        if let (true, Ok(css)) = (path.ends_with(".css"), std::str::from_utf8(bytes)) {
            *bytes = squeezed(css).into_bytes();
        }
    }
    files.extend(made.into_iter().map(binary));
    Ok(files)
}

/// What the publisher changes of the look: the accent of `site.yaml`, then the site's own
/// `assets/site.css`. It outranks the theme, since it is in no layer, but for the theme's colours of
/// high contrast and of print, which are important.
fn brand(site: &Site<'_>) -> Option<String> {
    let theme = &site.corpus.config.theme;
    let accent = theme.accent.as_ref().map(|light| {
        let dark = theme.accent_dark.as_ref().unwrap_or(light);
        format!(":root {{ --accent: light-dark({light}, {dark}); }}\n")
    });
    let own = site.theme.asset(urls::BRAND);
    let own = own.map(|bytes| String::from_utf8_lossy(bytes).into_owned());
    (accent.is_some() || own.is_some())
        .then(|| accent.unwrap_or_default() + &own.unwrap_or_default())
}
