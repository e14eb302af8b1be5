//! `links`: what the site links to, and what can be linked to in it.

use std::{collections::BTreeMap, io::Write};

use anyhow::Result;
use camino::Utf8Path;
use serde::Serialize;

use super::{OK, options, use_threads};
use crate::{
    cli::SourceArgs,
    model::document::Document,
    pipeline,
    stages::{
        link::external::{self, Place},
        load,
    },
    urls,
};

#[derive(Serialize)]
#[serde(untagged)]
enum Line<'a> {
    External {
        url: &'a str,
        places: Vec<Written<'a>>,
    },
    Page {
        page: &'a str,
        anchors: Vec<&'a str>,
    },
}

#[derive(Serialize)]
struct Written<'a> {
    path: &'a str,
    line: Option<usize>,
}

/// Prints the external links with their places, then the pages with their anchors.
pub(super) fn links(source: &SourceArgs) -> Result<u8> {
    use_threads(source.jobs)?;
    let options = options(source, None)?;
    let (sources, _) = load::site(&options.content, &options.templates)?;
    let parsed = pipeline::parse(&sources, &options, &pipeline::silent);
    let linked = pipeline::link(&parsed, &sources, &pipeline::silent)?;
    let corpus = pipeline::corpus(&parsed, &linked, &sources);
    let files = [&sources.articles, &sources.pages, &sources.entities];
    let files = files.into_iter().flatten();
    let texts: BTreeMap<&Utf8Path, &str> = files.map(|f| (&*f.path, &*f.text)).collect();
    let mut lines = Vec::new();
    let found = external::links(&corpus, &linked.graph);
    for (url, places) in &found {
        let places = places.iter().map(|place| written(place, &texts)).collect();
        lines.push(serde_json::to_string(&Line::External { url, places })?);
    }
    let articles = parsed.articles.iter();
    let articles = articles.map(|a| (urls::article(&a.slug), &a.document));
    let pages = parsed.pages.iter();
    let pages = pages.map(|p| (urls::page(&p.slug), &p.document));
    for (page, document) in articles.chain(pages) {
        let anchors = anchors(document);
        let page = Line::Page {
            page: &page,
            anchors,
        };
        lines.push(serde_json::to_string(&page)?);
    }
    let mut out = anstream::stdout().lock();
    for line in lines {
        if writeln!(out, "{line}").is_err() {
            // Whoever read the list has seen enough.
            break;
        }
    }
    Ok(OK)
}

fn written<'a>(place: &'a Place, texts: &BTreeMap<&Utf8Path, &str>) -> Written<'a> {
    let start = place.span.map(|span| span.start as usize);
    let text = texts.get(&*place.path);
    let before = start.and_then(|start| text?.get(..start));
    Written {
        path: place.path.as_str(),
        line: before.map(|before| before.matches('\n').count() + 1),
    }
}

fn anchors(document: &Document) -> Vec<&str> {
    document.headings.iter().map(|h| h.id.as_str()).collect()
}
