//! Two pages about the site itself: its corrections, and how its names are found. Each is headed
//! by the text of `content/pages/corrections.md` or `methods.md`, where there is one. And the notices
//! in place of articles that were redacted.

use std::{cmp::Reverse, collections::BTreeMap};

use super::{
    Rendered, article, body, both_formats, feeds, file,
    link_notes::LinkNotes,
    site::{Head, Site},
    words,
};
use crate::{
    geo::Gazetteer,
    model::{
        article::Correction,
        entity::{EntityKind, EntityState},
        page::Page,
    },
    stages::extract,
    urls,
    views::{
        CorrectionEntry, CorrectionsView, DataSourceView, Frame, KindStates, LanguageView,
        MethodsView, RedactedView, TocEntry,
    },
};

/// Slugs of the pages that are made here.
pub(super) const SLUGS: [&str; 2] = ["corrections", "methods"];

/// What a page of the author adds.
struct Own<'a> {
    page: Option<&'a Page>,
    body_html: Option<String>,
    toc: Vec<TocEntry>,
}

impl Own<'_> {
    fn summary(&self) -> Option<String> {
        self.page.and_then(|page| page.summary.clone())
    }

    fn frame(&self, site: &Site<'_>, path: &str, title: &str, feed: Option<&str>) -> Frame {
        site.frame(Head {
            description: self.summary(),
            feed: feed.map(str::to_owned),
            has_code: self
                .page
                .is_some_and(|page| !page.document.body.code.is_empty()),
            ..Head::new(path, title)
        })
    }
}

fn own<'a>(site: &Site<'a>, slug: &str) -> Own<'a> {
    let found = site.corpus.pages.iter().position(|page| page.slug == slug);
    let Some(n) = found else {
        let (page, body_html, toc) = (None, None, Vec::new());
        return Own {
            page,
            body_html,
            toc,
        };
    };
    let page = &site.corpus.pages[n];
    let targets = &site.graph.pages[n];
    let html = body::body(
        site,
        None,
        &urls::page(slug),
        &page.document,
        targets,
        &[],
        &LinkNotes::default(),
    );
    Own {
        page: Some(page),
        body_html: Some(html),
        toc: article::toc(&page.document.headings),
    }
}

/// Both pages.
pub(super) fn pages(site: &Site<'_>) -> Rendered {
    let corrections = site.theme.render("corrections.html", &corrections(site))?;
    let methods = site.theme.render("methods.html", &methods(site))?;
    let mut files = vec![
        file(urls::page(SLUGS[0]), corrections),
        file(urls::page(SLUGS[1]), methods),
    ];
    let feed = feeds::of_corrections(site);
    files.extend(both_formats(site, feeds::CORRECTIONS, &feed)?);
    Ok(files)
}

/// The notice in place of the `n`th article that was redacted.
pub(super) fn redacted(site: &Site<'_>, n: usize) -> Rendered {
    let article = &site.corpus.redacted[n];
    let path = urls::article(&article.slug);
    let view = RedactedView {
        frame: site.frame(Head::new(&path, &site.words.say("redacted_title"))),
        reason: article.reason.clone(),
    };
    let page = site.theme.render("redacted.html", &view)?;
    Ok(vec![file(path, page)])
}

fn corrections(site: &Site<'_>) -> CorrectionsView {
    let path = urls::page(SLUGS[0]);
    let own = own(site, SLUGS[0]);
    let title = own
        .page
        .map_or_else(|| site.words.say("corrections"), |page| page.title.clone());
    let entry = |(idx, _, correction): (_, _, &Correction)| CorrectionEntry {
        date_iso: correction.date.to_string(),
        date: site.words.day(correction.date),
        text: correction.text.clone(),
        article: site.article_link(&path, idx),
    };
    CorrectionsView {
        frame: own.frame(site, &path, &title, Some(feeds::CORRECTIONS)),
        title: title.clone(),
        summary: own.summary(),
        body_html: own.body_html,
        corrections: feeds::corrections(site).into_iter().map(entry).collect(),
    }
}

fn methods(site: &Site<'_>) -> MethodsView {
    let path = urls::page(SLUGS[1]);
    let own = own(site, SLUGS[1]);
    let title = own
        .page
        .map_or_else(|| site.words.say("methods"), |page| page.title.clone());
    let config = site.corpus.config;
    let decisions = &site.corpus.kb.decisions;
    MethodsView {
        frame: own.frame(site, &path, &title, None),
        title: title.clone(),
        summary: own.summary(),
        body_html: own.body_html,
        toc: own.toc,
        article_count: site.graph.newest.len(),
        detects: config.detect_entities,
        min_confidence: (config.min_confidence * 100.0).round() as u32,
        languages: languages(site),
        date_languages: extract::time::LANGUAGES
            .map(|tag| site.words.language_name(tag))
            .to_vec(),
        kinds: kinds(site, &path),
        registered: site.corpus.kb.entities().count(),
        accepted: decisions.accepted.len(),
        rejected: decisions.rejected.len(),
        merged: decisions.merged.len(),
        suppressed: decisions.suppressed.len(),
        data: data(site),
    }
}

/// The languages of the articles, the most used first.
fn languages(site: &Site<'_>) -> Vec<LanguageView> {
    let config = site.corpus.config;
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for idx in &site.graph.newest {
        let own = site.corpus.article(*idx).front.language.as_deref();
        *counts.entry(own.unwrap_or(&config.language)).or_default() += 1;
    }
    let mut languages: Vec<(&str, usize)> = counts.into_iter().collect();
    languages.sort_by_key(|(code, count)| (Reverse(*count), *code));
    let view = |(code, count): (&str, usize)| LanguageView {
        code: code.to_owned(),
        label: site.words.language_name(code),
        count,
    };
    languages.into_iter().map(view).collect()
}

fn kinds(site: &Site<'_>, path: &str) -> Vec<KindStates> {
    let entities = &site.corpus.catalogue.entities;
    let count = |kind: EntityKind, state: EntityState| {
        let of = entities
            .iter()
            .filter(|e| e.kind == kind && e.state == state);
        of.count()
    };
    let view = |kind: EntityKind| KindStates {
        kind: kind.as_str(),
        label: words::kinds_label(site, kind),
        url: urls::relative(path, &urls::entity_index(kind)),
        confirmed: count(kind, EntityState::Confirmed),
        detected: count(kind, EntityState::Detected),
    };
    EntityKind::ALL.into_iter().map(view).collect()
}

/// The data of others that the program holds; `data/README.md` says more of each.
fn data(site: &Site<'_>) -> Vec<DataSourceView> {
    let places = Gazetteer::embedded().places().len();
    let source = |id, name, url, licence, count| DataSourceView {
        id,
        name,
        url,
        licence,
        count,
    };
    vec![
        source(
            "places",
            "GeoNames",
            Some("https://www.geonames.org/"),
            "CC BY 4.0".to_owned(),
            Some(places),
        ),
        source(
            "outlines",
            "Natural Earth",
            Some("https://www.naturalearthdata.com/"),
            site.words.say("public_domain"),
            None,
        ),
        source(
            "tagger",
            "GUM, Wikigold, Universal NER (English EWT), WNUT-17, re3d",
            None,
            "CC BY-SA 4.0".to_owned(),
            None,
        ),
    ]
}
