//! What an editor asks about the content: what is wrong, what may follow, what a name means.
//!
//! Input: a [`Snapshot`], which is the site as the pipeline reads it with what the editor has open in
//! place of what the disk has, and a place in a file. Output: values of the language server protocol.
//! Nothing here writes: a rename is a list of edits, which the editor makes. Drafts are read as if
//! they were published, since it is drafts that are written.

mod completion;
mod definition;
mod hover;
mod line;
mod place;
mod problems;
mod rename;
mod uri;

pub use completion::completion;
pub use definition::definition;
pub use hover::hover;
pub use place::{Encoding, Places};
pub use problems::problems;
pub use rename::{Renamed, prepare as prepare_rename, rename};
pub use uri::{path_of, uri_of};

use std::sync::Arc;

use anyhow::Result;
use camino::{Utf8Path, Utf8PathBuf};

use crate::{
    diagnostic::{self, Diagnostic},
    model::{
        article::Article,
        catalogue::{EntityIdx, EntityKey},
        document::Document,
        graph::{Target, Targets},
        source::{SourceFile, Sources},
        span::Span,
    },
    pipeline::{self, Linked, Options, Parsed},
    stages::load::{self, Unsaved},
};

/// A site as it was at one moment, unsaved texts included.
#[derive(Debug)]
pub struct Snapshot {
    /// The content folder.
    content: Utf8PathBuf,
    sources: Sources,
    parsed: Parsed,
    linked: Linked,
    problems: Vec<Diagnostic>,
}

impl Snapshot {
    /// Reads and links the site; `unsaved` is what the editor has open.
    ///
    /// # Errors
    /// When the content cannot be read at all.
    pub fn read(options: &Options, unsaved: &Unsaved) -> Result<Self> {
        let (sources, mut problems) =
            load::site_with(&options.content, &options.templates, unsaved)?;
        let parsed = pipeline::parse(&sources, options, &pipeline::silent);
        let linked = pipeline::link(&parsed, &sources, &pipeline::silent)?;
        problems.extend(parsed.problems.iter().cloned());
        problems.extend(linked.problems.iter().cloned());
        diagnostic::sort(&mut problems);
        Ok(Self {
            content: options.content.clone(),
            sources,
            parsed,
            linked,
            problems,
        })
    }

    /// The text that was read of a file, by its path below the content folder.
    #[must_use]
    pub fn text(&self, path: &Utf8Path) -> Option<Arc<str>> {
        self.source(path).map(|file| Arc::clone(&file.text))
    }

    /// A file's path below the content folder; `None` for one outside.
    #[must_use]
    pub fn below<'a>(&self, file: &'a Utf8Path) -> Option<&'a Utf8Path> {
        file.strip_prefix(&self.content).ok()
    }

    fn source(&self, path: &Utf8Path) -> Option<&SourceFile> {
        let Sources {
            site,
            strings,
            articles,
            entities,
            pages,
            suppress,
            decisions,
            addresses,
            ..
        } = &self.sources;
        let single = [site, strings, suppress, decisions, addresses];
        let lists = articles.iter().chain(entities).chain(pages);
        lists
            .chain(single.into_iter().flatten())
            .find(|file| file.path == path)
    }

    fn article(&self, path: &Utf8Path) -> Option<(usize, &Article)> {
        let mut articles = self.parsed.articles.iter().map(|own| &**own).enumerate();
        articles.find(|(_, article)| article.path == path)
    }

    /// The document of an article, page or registry file, and where its links lead.
    fn document(&self, path: &Utf8Path) -> Option<(&Document, &Targets)> {
        let graph = &self.linked.graph;
        if let Some((n, article)) = self.article(path) {
            return Some((&article.document, &graph.articles[n].targets));
        }
        let mut pages = self.parsed.pages.iter();
        if let Some(page) = pages.position(|page| page.path == path) {
            return Some((&self.parsed.pages[page].document, graph.pages.get(page)?));
        }
        let entity = self
            .parsed
            .kb
            .entities()
            .find(|entity| entity.path == path)?;
        let key = EntityKey::Registry(entity.id.clone());
        let mut all = self.linked.catalogue.entities.iter();
        let idx = all.position(|known| known.key == key)?;
        Some((&entity.profile, &graph.entities.get(idx)?.profile))
    }

    /// What stands at `offset` of a file's text.
    fn at(&self, path: &Utf8Path, offset: u32) -> Option<Found<'_>> {
        let holds = |span: Span| span.start <= offset && offset <= span.end;
        let (document, targets) = self.document(path)?;
        let wikilinks = document.wikilinks.iter().zip(&targets.wikilinks);
        let links = document.links.iter().zip(&targets.links);
        let written = wikilinks
            .map(|(link, target)| (link.source, target))
            .chain(links.map(|(link, target)| (link.source, target)));
        if let Some((span, target)) = written.into_iter().find(|(span, _)| holds(*span)) {
            return Some(Found::Link(span, target));
        }
        let (n, article) = self.article(path)?;
        let mentions = self.linked.extractions[n].mentions.iter().enumerate();
        let places = mentions.filter_map(|(m, mention)| {
            let span = article.document.source.span(mention.span)?;
            holds(span).then_some((span, m))
        });
        // A place inside the name of an event: the smaller one is meant.
        let smallest = places.min_by_key(|(span, _)| span.len());
        if let Some((span, mention)) = smallest {
            return Some(Found::Mention(span, n, mention));
        }
        let mut times = self.linked.extractions[n].times.iter().enumerate();
        times.find_map(|(t, time)| {
            let span = article.document.source.span(time.span)?;
            holds(span).then_some(Found::Time(span, n, t))
        })
    }

    /// The registry file of an entity, if it has one.
    fn file_of(&self, idx: EntityIdx) -> Option<&Utf8Path> {
        let entity = self.linked.catalogue.get(idx);
        let EntityKey::Registry(id) = &entity.key else {
            return None;
        };
        self.parsed.kb.get(id).map(|entity| &*entity.path)
    }
}

/// What stands at a place, with its span in the file.
#[derive(Debug, Clone, Copy)]
enum Found<'a> {
    /// A link or `[[…]]`, and where it leads.
    Link(Span, &'a Target),
    /// A mention, by the numbers of its article and of itself.
    Mention(Span, usize, usize),
    /// A time, by the numbers of its article and of itself.
    Time(Span, usize, usize),
}
