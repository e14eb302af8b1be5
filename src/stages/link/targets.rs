//! Where the author's links, images and wikilinks lead.
//!
//! Input: one article's addresses as written. Output: a [`Target`] for each, and a diagnostic for
//! each that leads nowhere.

use std::collections::BTreeMap;

use camino::{Utf8Path, Utf8PathBuf};

use super::{
    Corpus,
    address::{is_external, last_part, normalise, percent_decode, split_fragment},
};
use crate::{
    config::Part,
    diagnostic::{Code, Diagnostic},
    model::{
        article::Article,
        catalogue::{ArticleIdx, EntityIdx, EntityKey},
        citation::Cited,
        document::{Document, Link, Wikilink},
        graph::{ArticleNode, Target, Targets},
        span::Span,
    },
    text::{fold::fold, slug::slugify},
    urls,
};

/// Everything that a link can lead to, by what it may be called.
pub(super) struct Addresses<'a> {
    pub(super) articles_by_slug: BTreeMap<&'a str, ArticleIdx>,
    articles_by_path: BTreeMap<&'a Utf8Path, ArticleIdx>,
    entities_by_key: BTreeMap<&'a EntityKey, EntityIdx>,
    entities_by_name: BTreeMap<String, Vec<EntityIdx>>,
    /// Pages of entities and articles by their path in the output.
    by_output: BTreeMap<String, Target>,
}

impl<'a> Addresses<'a> {
    pub(super) fn of(corpus: &Corpus<'a>, redirects: &BTreeMap<String, Target>) -> Self {
        let catalogue = corpus.catalogue;
        let mut by_output = BTreeMap::new();
        let mut entities_by_name: BTreeMap<String, Vec<EntityIdx>> = BTreeMap::new();
        for idx in catalogue.indices() {
            let entity = catalogue.get(idx);
            by_output.insert(urls::entity(entity), Target::Entity(idx));
            entities_by_name
                .entry(fold(&entity.name))
                .or_default()
                .push(idx);
        }
        for idx in corpus.indices() {
            by_output.insert(
                urls::article(&corpus.article(idx).slug),
                Target::Article(idx, None),
            );
        }
        // A link to what was redacted keeps its words alone, under its old address too.
        let told = redirects.iter();
        let told = told.filter(|(_, to)| !matches!(to, Target::File(_)));
        by_output.extend(told.map(|(from, to)| (from.clone(), to.clone())));
        for page in corpus.pages {
            by_output.insert(
                urls::page(&page.slug),
                Target::Page(page.slug.clone(), None),
            );
        }
        for asset in corpus.assets {
            let path = urls::asset(asset).into_string();
            by_output.insert(path.clone(), Target::File(path));
        }
        Self {
            articles_by_slug: corpus
                .indices()
                .map(|i| (corpus.article(i).slug.as_str(), i))
                .collect(),
            articles_by_path: corpus
                .indices()
                .map(|i| (&*corpus.article(i).path, i))
                .collect(),
            entities_by_key: catalogue
                .indices()
                .map(|i| (&catalogue.get(i).key, i))
                .collect(),
            entities_by_name,
            by_output,
        }
    }

    /// The entities that a reference of an author may mean: of the registry, else those that bear
    /// the name.
    pub(super) fn entities(&self, corpus: &Corpus<'_>, reference: &str) -> Vec<EntityIdx> {
        let registered = corpus.kb.named(reference);
        if registered.is_empty() {
            return self
                .entities_by_name
                .get(&fold(reference))
                .cloned()
                .unwrap_or_default();
        }
        let position = |id: &crate::model::entity::EntityId| {
            self.entities_by_key
                .get(&EntityKey::Registry(id.clone()))
                .copied()
        };
        registered
            .iter()
            .filter_map(|entity| position(&entity.id))
            .collect()
    }
}

/// Resolves everything that the article at `idx` points to, and its lead image.
pub(super) fn of_article(
    corpus: &Corpus<'_>,
    addresses: &Addresses<'_>,
    idx: ArticleIdx,
    problems: &mut Vec<Diagnostic>,
) -> (Targets, Option<Target>) {
    let Article {
        path,
        document,
        front,
        front_spans,
        ..
    } = corpus.article(idx);
    let view = View {
        corpus,
        addresses,
        path,
        document,
    };
    let lead = front.image.as_ref().map(|image| {
        let at = front_spans.get("image").copied().unwrap_or_default();
        view.image(&image.src, at, problems)
    });
    (view.targets(problems), lead)
}

/// Resolves everything that a page or profile points to.
pub(super) fn of_document(
    corpus: &Corpus<'_>,
    addresses: &Addresses<'_>,
    path: &Utf8Path,
    document: &Document,
    problems: &mut Vec<Diagnostic>,
) -> Targets {
    View {
        corpus,
        addresses,
        path,
        document,
    }
    .targets(problems)
}

/// A document and what surrounds it.
pub(super) struct View<'a> {
    pub(super) corpus: &'a Corpus<'a>,
    pub(super) addresses: &'a Addresses<'a>,
    pub(super) path: &'a Utf8Path,
    document: &'a Document,
}

impl View<'_> {
    fn targets(&self, problems: &mut Vec<Diagnostic>) -> Targets {
        let document = self.document;
        let links = document.links.iter();
        let images = document.images.iter();
        let wikilinks = document.wikilinks.iter();
        Targets {
            links: links.map(|l| self.link(l, problems)).collect(),
            images: images
                .map(|i| self.image(&i.target, i.source, problems))
                .collect(),
            wikilinks: wikilinks.map(|w| self.wikilink(w, problems)).collect(),
            charts: self.charts(&document.charts, problems),
            sheets: self.sheets(&document.tables, problems),
            cited: self.cited(),
        }
    }

    /// What the document cites. A key point has the path of its article, and cites nothing.
    fn cited(&self) -> Cited {
        let cites = !self.document.citations.is_empty();
        let cited = self.corpus.cited.get(self.path).filter(|_| cites);
        cited.cloned().unwrap_or_default()
    }

    fn link(&self, link: &Link, problems: &mut Vec<Diagnostic>) -> Target {
        let (written, at) = (link.target.as_str(), link.source);
        if is_external(written) {
            return Target::External(written.to_owned());
        }
        let (address, fragment) = split_fragment(written);
        if address.is_empty() {
            return self.here(fragment.unwrap_or_default(), at, problems);
        }
        let target = self.internal(address);
        match target {
            Some(target) => self.with_fragment(target, fragment, at, problems),
            None if self.is_hidden(address) => {
                problems.push(self.hidden_link(written, at));
                Target::Broken
            }
            None if self.has_failed(address) => Target::Broken,
            None => {
                problems.push(self.broken_link(link));
                Target::Broken
            }
        }
    }

    /// A path from this file, a path from the site's root, or an article's slug.
    fn internal(&self, address: &str) -> Option<Target> {
        let address = address.split('?').next().unwrap_or(address);
        let decoded = percent_decode(address);
        if let Some(rooted) = decoded.strip_prefix('/') {
            return self.output(rooted);
        }
        let folder = self.path.parent().unwrap_or(Utf8Path::new(""));
        let path = normalise(&folder.join(&decoded))?;
        if let Some(idx) = self.addresses.articles_by_path.get(&*path) {
            return Some(Target::Article(*idx, None));
        }
        if let Some(page) = self.corpus.pages.iter().find(|page| page.path == path) {
            return Some(Target::Page(page.slug.clone(), None));
        }
        if self.corpus.assets.contains(&path) {
            return Some(Target::File(urls::asset(&path).into_string()));
        }
        let slug = last_part(&decoded);
        let slug = slug.strip_suffix(".md").unwrap_or(slug);
        self.addresses
            .articles_by_slug
            .get(slug)
            .map(|idx| Target::Article(*idx, None))
    }

    fn output(&self, path: &str) -> Option<Target> {
        let by_output = &self.addresses.by_output;
        let index = format!("{}/index.html", path.trim_end_matches('/'));
        let found = by_output
            .get(path)
            .or_else(|| by_output.get(&index))
            .cloned();
        let generated = urls::GENERATED
            .into_iter()
            .filter(|known| Part::of(known).is_none_or(|part| self.corpus.config.has(part)))
            .filter(|known| *known != urls::BIBLIOGRAPHY || !self.corpus.cited.is_empty())
            .find(|known| *known == path || *known == index.trim_start_matches('/'));
        found.or_else(|| generated.map(|known| Target::File(known.to_owned())))
    }

    fn here(&self, fragment: &str, at: Span, problems: &mut Vec<Diagnostic>) -> Target {
        // "#" and "#top" are the top of any page.
        if matches!(fragment, "" | "top") {
            return Target::Here(String::new());
        }
        match find_fragment(self.document, fragment) {
            Some(id) => Target::Here(id),
            None => {
                problems.push(self.broken_anchor(self.path, self.document, fragment, at));
                Target::Here(String::new())
            }
        }
    }

    fn with_fragment(
        &self,
        target: Target,
        fragment: Option<&str>,
        at: Span,
        problems: &mut Vec<Diagnostic>,
    ) -> Target {
        // Every page has a top.
        let Some(fragment) = fragment.filter(|fragment| !matches!(*fragment, "" | "top")) else {
            return target;
        };
        let (path, document) = match &target {
            Target::Article(idx, _) => {
                let article = self.corpus.article(*idx);
                (&article.path, &article.document)
            }
            Target::Page(slug, _) => match self.corpus.pages.iter().find(|p| p.slug == *slug) {
                Some(page) => (&page.path, &page.document),
                None => return target,
            },
            _ => return target,
        };
        let found = find_fragment(document, fragment);
        if found.is_none() {
            problems.push(self.broken_anchor(path, document, fragment, at));
        }
        match target {
            Target::Article(idx, _) => Target::Article(idx, found),
            Target::Page(slug, _) => Target::Page(slug, found),
            other => other,
        }
    }

    fn image(&self, written: &str, at: Span, problems: &mut Vec<Diagnostic>) -> Target {
        if is_external(written) {
            return Target::External(written.to_owned());
        }
        let decoded = percent_decode(split_fragment(written).0);
        let folder = self.path.parent().unwrap_or(Utf8Path::new(""));
        let path = match decoded.strip_prefix('/') {
            Some(rooted) => Some(Utf8PathBuf::from("static").join(rooted)),
            None => normalise(&folder.join(&decoded)),
        };
        if let Some(path) = path.filter(|path| self.corpus.assets.contains(path)) {
            return Target::File(urls::asset(&path).into_string());
        }
        let names = self.corpus.assets.iter().map(|path| path.as_str());
        problems.push(
            Diagnostic::error(
                Code::ImageMissing,
                self.path.to_owned(),
                Some(at),
                format!("there is no image `{written}`"),
            )
            .did_you_mean(&decoded, names)
            .hint("paths count from this file's folder; `/x.svg` is content/static/x.svg"),
        );
        Target::Broken
    }

    fn wikilink(&self, link: &Wikilink, problems: &mut Vec<Diagnostic>) -> Target {
        let target = link.target.trim();
        if let Some(idx) = self.addresses.articles_by_slug.get(target) {
            let article = Target::Article(*idx, None);
            return self.with_fragment(article, link.fragment.as_deref(), link.source, problems);
        }
        match self.addresses.entities(self.corpus, target).as_slice() {
            [only] => Target::Entity(*only),
            [] if self.is_hidden(target) => {
                // Its words are all that would be shown of it.
                let prints_slug = !link.labelled && slugify(target) == target;
                problems.push(match prints_slug {
                    true => self.hidden_name(target, link.source),
                    false => self.hidden_link(target, link.source),
                });
                Target::Broken
            }
            [] if self.has_failed(target) => Target::Broken,
            [] => {
                problems.push(self.broken_wikilink(link));
                Target::Broken
            }
            several => {
                problems.push(self.ambiguous_wikilink(link, several));
                Target::Broken
            }
        }
    }

    /// True for an article that exists and is not published now.
    fn is_hidden(&self, address: &str) -> bool {
        self.corpus.hidden.contains(last_part(address))
    }

    /// True for a file that cannot be read: that has been said, at its own place.
    fn has_failed(&self, address: &str) -> bool {
        self.corpus.failed.contains(last_part(address))
    }
}

/// Fills in who links to whom.
pub(super) fn link_back(nodes: &mut [ArticleNode], newest: &[ArticleIdx]) {
    let mut from: Vec<Vec<ArticleIdx>> = vec![Vec::new(); nodes.len()];
    for idx in newest {
        let node = &nodes[idx.0 as usize];
        let all = std::iter::once(&node.targets).chain(&node.key_points);
        for target in all.flat_map(|t| t.links.iter().chain(&t.wikilinks)) {
            if let Target::Article(to, _) = target {
                let list = &mut from[to.0 as usize];
                if to != idx && list.last() != Some(idx) {
                    list.push(*idx);
                }
            }
        }
    }
    for (node, list) in nodes.iter_mut().zip(from) {
        node.linked_from = list;
    }
}

/// The fragment as the page has it. Other programs make theirs of headings in another case or
/// with other signs: those are found too.
fn find_fragment(document: &Document, fragment: &str) -> Option<String> {
    let fragment = percent_decode(fragment);
    let exact = document
        .headings
        .iter()
        .any(|heading| heading.id == fragment)
        || document.ids.binary_search(&fragment).is_ok();
    if exact {
        return Some(fragment);
    }
    let slug = slugify(&fragment);
    document
        .headings
        .iter()
        .find(|heading| heading.id == slug)
        .map(|heading| heading.id.clone())
}
