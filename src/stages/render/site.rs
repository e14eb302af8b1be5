//! What every page needs: the corpus, its graph, and the frame around a page.

use std::borrow::Cow;

use crate::{
    config::Part,
    diagnostic::Diagnostic,
    model::{
        article::Article,
        catalogue::{ArticleIdx, EntityIdx, EntityKey},
        document::Document,
        entity::{EntityKind, RegistryEntity},
        graph::{Appearance, SiteGraph, Term},
        picture::{Illustrations, Pictures},
        span::Span,
    },
    stages::{
        link::Corpus,
        render::{body, extra, image, languages, nav, social, structured, words},
    },
    text::{order::Order, slug::slugify},
    theme::Theme,
    urls,
    views::{
        ArticleCard, Crumb, EntityLink, Frame, IndexEntry, KindCount, PageLink, SiteView,
        SocialImageView, TermLink, TextLanguage, TimelineEntryView,
    },
    words::Words,
};

/// Words a minute: silent reading of English non-fiction, after Brysbaert, "How many words do we
/// read per minute?" (2019).
const READING_SPEED: u32 = 238;
/// Entities on an article's card.
const ON_CARD: usize = 4;

/// Everything that pages are made of.
#[derive(Clone, Copy)]
pub struct Site<'a> {
    /// The articles and entities.
    pub corpus: &'a Corpus<'a>,
    /// What links them.
    pub graph: &'a SiteGraph,
    /// The pictures that were made for it.
    pub pictures: &'a Pictures,
    /// The pictures that books show.
    pub illustrations: &'a Illustrations,
    /// The words around the texts.
    pub words: &'a Words,
    /// The order of lists by name.
    pub order: &'a Order,
    /// The templates.
    pub theme: &'a Theme,
    /// Reads the document of an article again that has let go of it.
    pub again: Again<'a>,
}

/// The document of an article, whole again; or why it cannot be had.
pub type Again<'a> = &'a (dyn Fn(&Article) -> Result<Document, Box<Diagnostic>> + Sync);

/// What is particular about a page's frame.
pub(super) struct Head<'a> {
    /// Path below the site's root.
    pub(super) page: &'a str,
    /// Title, without the site's name.
    pub(super) title: &'a str,
    pub(super) description: Option<String>,
    /// The way from home, without home and the page itself: label and path.
    pub(super) trail: Vec<(String, String)>,
    /// Path of its own feed.
    pub(super) feed: Option<String>,
    pub(super) og_type: &'static str,
    /// What the page is about, as JSON-LD.
    pub(super) structured: Option<serde_json::Value>,
    /// What other sites show beside a link to it, in place of the site's card.
    pub(super) social: Option<SocialImageView>,
    /// It shows code.
    pub(super) has_code: bool,
}

impl<'a> Head<'a> {
    pub(super) fn new(page: &'a str, title: &'a str) -> Self {
        Self {
            page,
            title,
            description: None,
            trail: Vec::new(),
            feed: None,
            og_type: "website",
            structured: None,
            social: None,
            has_code: false,
        }
    }
}

/// The way from the home page, which itself has none: what readers see, and the paths.
fn crumbs(home: String, head: &Head<'_>) -> (Vec<Crumb>, Vec<String>) {
    if head.page == "index.html" {
        return (Vec::new(), Vec::new());
    }
    let home = (home, "index.html".to_owned());
    let way = std::iter::once(&home).chain(&head.trail);
    let (mut crumbs, mut paths): (Vec<Crumb>, Vec<String>) = way
        .map(|(label, path)| {
            let url = Some(urls::relative(head.page, path));
            let label = label.clone();
            (Crumb { label, url }, path.clone())
        })
        .unzip();
    crumbs.push(Crumb {
        label: head.title.to_owned(),
        url: None,
    });
    paths.push(head.page.to_owned());
    (crumbs, paths)
}

impl<'a> Site<'a> {
    /// An article's document with its HTML and its Markdown.
    ///
    /// # Errors
    /// When it has let go of them and its file has changed meanwhile.
    pub(super) fn document(&self, idx: ArticleIdx) -> Result<Cow<'a, Document>, Box<Diagnostic>> {
        let article = self.corpus.article(idx);
        match article.document.is_whole() {
            true => Ok(Cow::Borrowed(&article.document)),
            false => (self.again)(article).map(Cow::Owned),
        }
    }

    pub(super) fn article_path(&self, idx: ArticleIdx) -> String {
        urls::article(&self.corpus.article(idx).slug)
    }

    pub(super) fn frame(&self, head: Head<'_>) -> Frame {
        let config = self.corpus.config;
        let home = head.page == "index.html";
        let (crumbs, paths) = crumbs(self.words.say("home"), &head);
        let mut parts: Vec<serde_json::Value> = head.structured.into_iter().collect();
        if !crumbs.is_empty() {
            let addresses: Vec<String> = paths
                .iter()
                .map(|path| urls::absolute(&config.base_url, path))
                .collect();
            parts.push(structured::breadcrumbs(&crumbs, &addresses));
        }
        let lost = head.page.starts_with('/');
        let title = if home {
            config.title.clone()
        } else {
            format!("{} · {}", head.title, config.title)
        };
        Frame {
            site: SiteView {
                title: config.title.clone(),
                description: config.description.clone(),
                author: config.author.clone(),
                base_url: config.base_url.clone(),
                language: config.language.clone(),
                theme: config.theme.name.as_str(),
                footer: config.theme.footer.clone(),
                has_colours: config.theme.accent.is_some()
                    || self.theme.asset(urls::BRAND).is_some(),
                has_data: config.has(Part::Data),
                has_timeline: config.has(Part::Timeline),
                extra: extra::values(&config.extra),
                generator: concat!("Dateline ", env!("CARGO_PKG_VERSION")).to_owned(),
            },
            title,
            description: head.description,
            root: urls::root(head.page),
            has_code: head.has_code,
            canonical: (!lost).then(|| urls::absolute(&config.base_url, head.page)),
            structured_data_html: (!lost && !parts.is_empty()).then(|| structured::script(&parts)),
            crumbs,
            nav: nav::head(self, head.page),
            more: nav::foot(self, head.page),
            feed: head.feed.map(|feed| urls::relative(head.page, &feed)),
            languages: languages::links(self, head.page),
            language: config.language.clone(),
            direction: words::direction(&config.language),
            og_type: head.og_type,
            social_image: head.social.or_else(|| social::image_of_site(config)),
        }
    }

    pub(super) fn entity_link(&self, from: &str, idx: EntityIdx) -> EntityLink {
        let entity = self.corpus.catalogue.get(idx);
        EntityLink {
            name: entity.name.clone(),
            url: urls::relative(from, &urls::entity(entity)),
            kind: entity.kind.as_str(),
            confirmed: entity.state == crate::model::entity::EntityState::Confirmed,
            language: None,
        }
    }

    /// A link to an entity under the name that it has in the language of a text, where that is not
    /// the site's and the registry knows it.
    pub(super) fn entity_link_in(
        &self,
        language: Option<&str>,
        from: &str,
        idx: EntityIdx,
    ) -> EntityLink {
        let link = self.entity_link(from, idx);
        let tag = language.filter(|own| *own != self.corpus.config.language);
        let named = tag.and_then(|tag| Some((tag, self.registered(idx)?.name_in(tag)?)));
        match named.filter(|(_, name)| *name != link.name) {
            Some((tag, name)) => EntityLink {
                name: name.to_owned(),
                language: Some(words::text_language(tag)),
                ..link
            },
            None => link,
        }
    }

    /// The registry file of an entity, if it has one.
    pub(super) fn registered(&self, idx: EntityIdx) -> Option<&'a RegistryEntity> {
        match &self.corpus.catalogue.get(idx).key {
            EntityKey::Registry(id) => self.corpus.kb.get(id),
            _ => None,
        }
    }

    pub(super) fn description_of(&self, idx: EntityIdx) -> Option<String> {
        self.registered(idx)?.description.clone()
    }

    pub(super) fn index_entry(&self, from: &str, idx: EntityIdx, count: usize) -> IndexEntry {
        IndexEntry {
            entity: self.entity_link(from, idx),
            description: self.description_of(idx),
            count,
        }
    }

    pub(super) fn article_link(&self, from: &str, idx: ArticleIdx) -> PageLink {
        PageLink {
            label: self.corpus.article(idx).front.title.clone(),
            language: self.foreign(idx),
            url: urls::relative(from, &self.article_path(idx)),
        }
    }

    pub(super) fn card(&self, from: &str, idx: ArticleIdx) -> ArticleCard {
        let article = self.corpus.article(idx);
        let appearances = &self.graph.articles[idx.0 as usize].appearances;
        let subjects = appearances.iter().filter(|a| a.is_subject());
        ArticleCard {
            title: article.front.title.clone(),
            url: urls::relative(from, &self.article_path(idx)),
            summary: self.summary(idx),
            language: self.foreign(idx),
            date_iso: article.front.date.date.to_string(),
            date: self.words.day(article.front.date.date),
            dateline: article.front.dateline.clone(),
            reading_minutes: reading_minutes(article.document.word_count),
            image: image::lead(self, from, idx),
            storyline: article.front.storyline.as_ref().and_then(|storyline| {
                self.term_link(
                    from,
                    "storylines",
                    &slugify(storyline),
                    &self.graph.storylines,
                )
            }),
            entities: subjects
                .take(ON_CARD)
                .map(|a| self.entity_link(from, a.entity))
                .collect(),
        }
    }

    /// The language of an article, if it is not the site's.
    pub(super) fn foreign(&self, idx: ArticleIdx) -> Option<TextLanguage> {
        let own = self.corpus.article(idx).front.language.as_ref();
        let own = own.filter(|own| **own != self.corpus.config.language)?;
        Some(words::text_language(own))
    }

    /// The standfirst, else the first sentences.
    pub(super) fn summary(&self, idx: ArticleIdx) -> String {
        let article = self.corpus.article(idx);
        if let Some(summary) = &article.front.summary {
            return summary.clone();
        }
        let sentences = &self.corpus.extractions[idx.0 as usize].sentences;
        let paragraph = article
            .document
            .blocks
            .iter()
            .find(|block| block.kind == crate::model::document::BlockKind::Paragraph);
        let Some(paragraph) = paragraph else {
            return String::new();
        };
        let inside = sentences.iter().filter(|s| paragraph.span.contains(**s));
        let long_enough = |end: &u32| (end - paragraph.span.start) <= SUMMARY;
        let end = inside
            .map(|sentence| sentence.end)
            .take_while(long_enough)
            .last();
        let words = |end| {
            let span = Span {
                start: paragraph.span.start,
                end,
            };
            body::words(self, idx, span)
        };
        match end {
            Some(end) => words(end).trim().to_owned(),
            None => shortened(&words(paragraph.span.end)),
        }
    }

    pub(super) fn term_link(
        &self,
        from: &str,
        family: &str,
        slug: &str,
        terms: &std::collections::BTreeMap<String, Term>,
    ) -> Option<TermLink> {
        let term = terms.get(slug)?;
        Some(TermLink {
            label: term.label.clone(),
            url: urls::relative(from, &urls::term(family, slug)),
            count: term.articles.len(),
        })
    }

    pub(super) fn term_links(
        &self,
        from: &str,
        family: &str,
        labels: &[String],
        terms: &std::collections::BTreeMap<String, Term>,
    ) -> Vec<TermLink> {
        labels
            .iter()
            .filter_map(|l| self.term_link(from, family, &slugify(l), terms))
            .collect()
    }

    pub(super) fn kind_counts(&self, from: &str, current: Option<EntityKind>) -> Vec<KindCount> {
        EntityKind::ALL
            .into_iter()
            .map(|kind| KindCount {
                kind: kind.as_str(),
                label: words::kinds_label(self, kind),
                url: urls::relative(from, &urls::entity_index(kind)),
                count: self.corpus.catalogue.of_kind(kind).len(),
                current: current == Some(kind),
            })
            .filter(|kind| kind.count > 0)
            .collect()
    }

    pub(super) fn timeline_entry(&self, from: &str, n: u32) -> Option<TimelineEntryView> {
        let entry = self.graph.timeline.get(n as usize)?;
        Some(TimelineEntryView {
            date_iso: entry.value.to_string(),
            date: self.words.time(entry.value),
            sentence_html: body::passage(self, entry.article, entry.sentence, &[entry.words]),
            language: self.foreign(entry.article),
            article: Some(self.article_link(from, entry.article)),
            entities: entry
                .entities
                .iter()
                .map(|e| self.entity_link(from, *e))
                .collect(),
        })
    }

    /// The entities most often named in `articles`, with the number of those articles.
    pub(super) fn most_named(
        &self,
        articles: &[ArticleIdx],
        most: usize,
    ) -> Vec<(EntityIdx, usize)> {
        let mut counts: std::collections::BTreeMap<EntityIdx, usize> = Default::default();
        for idx in articles {
            let appearances = &self.graph.articles[idx.0 as usize].appearances;
            for appearance in appearances.iter().filter(|a: &&Appearance| a.is_subject()) {
                *counts.entry(appearance.entity).or_default() += 1;
            }
        }
        let mut ranked: Vec<(EntityIdx, usize)> = counts.into_iter().collect();
        ranked.sort_by_key(|(entity, count)| (std::cmp::Reverse(*count), *entity));
        ranked.truncate(most);
        ranked
    }
}

/// Bytes of a summary that is made from the text.
const SUMMARY: u32 = 260;

/// The first words of a text that fit into a summary.
fn shortened(text: &str) -> String {
    let mut end = 0;
    for (at, word) in text
        .split_whitespace()
        .map(|w| (w.as_ptr() as usize - text.as_ptr() as usize, w))
    {
        if at + word.len() > SUMMARY as usize {
            break;
        }
        end = at + word.len();
    }
    if end == 0 || end == text.len() {
        text.chars().take(SUMMARY as usize).collect()
    } else {
        format!("{}…", &text[..end])
    }
}

pub(super) fn reading_minutes(words: u32) -> u32 {
    words.div_ceil(READING_SPEED).max(1)
}
