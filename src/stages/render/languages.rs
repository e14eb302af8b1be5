//! The briefings of each language, where a site has several: a list and a feed for each, and links to
//! them from every page.

use std::collections::BTreeMap;

use super::{
    Rendered, feed_files,
    feeds::{self, Feed},
    file, several,
    site::Site,
    terms::{self, Family},
    words,
};
use crate::{model::graph::Term, urls, views::LanguageLink, words::Words};

/// What a language calls itself, as a heading has it.
pub(super) fn own_name(tag: &str) -> String {
    capitalised(&Words::own_name(tag))
}

fn capitalised(name: &str) -> String {
    let mut letters = name.chars();
    let first = letters.next().into_iter().flat_map(char::to_uppercase);
    first.chain(letters.clone()).collect()
}

/// The languages, with their lists and feeds as seen from a page.
pub(super) fn links(site: &Site<'_>, page: &str) -> Vec<LanguageLink> {
    let tags = site.graph.languages.keys();
    tags.map(|tag| LanguageLink {
        tag: tag.clone(),
        direction: words::direction(tag),
        name: own_name(tag),
        url: urls::relative(page, &urls::term(Family::LANGUAGES.folder, tag)),
        feed: urls::relative(page, &urls::language_feed(tag)),
    })
    .collect()
}

/// The languages as terms, by tag: each is called as the site's language calls it.
pub(super) fn terms(site: &Site<'_>) -> BTreeMap<String, Term> {
    let languages = site.graph.languages.iter();
    let term = |(tag, articles): (&String, &Vec<_>)| {
        let term = Term {
            label: capitalised(&site.words.language_name(tag)),
            summary: None,
            questions: Vec::new(),
            articles: articles.clone(),
        };
        (tag.clone(), term)
    };
    languages.map(term).collect()
}

/// The feed of a language.
pub(super) fn feed<'a>(site: &Site<'a>, tag: &str) -> Option<Feed<'a>> {
    let articles = site.graph.languages.get(tag)?;
    let page = urls::term(Family::LANGUAGES.folder, tag);
    Some(feeds::of_language(
        site,
        tag,
        &own_name(tag),
        page,
        articles,
    ))
}

/// The list of languages; of each language the pages of its list and its feed.
pub(super) fn files(site: &Site<'_>) -> Rendered {
    let all = terms(site);
    if all.is_empty() {
        return Ok(Vec::new());
    }
    let index = terms::index(site, Family::LANGUAGES, &all);
    let index = site.theme.render("term_index.html", &index)?;
    let path = format!("{}/index.html", Family::LANGUAGES.folder);
    let mut files = vec![file(path, index)];
    for (tag, term) in &all {
        let pages = terms::term(site, Family::LANGUAGES, tag, term);
        files.extend(several(site.theme, "term.html", pages)?);
        if let Some(feed) = feed(site, tag) {
            files.extend(feed_files(site, &feed)?);
        }
    }
    Ok(files)
}
