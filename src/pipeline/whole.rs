//! A site read and linked: all that its pages are made of.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::Result;

use super::{
    Built, Counts, Linked, Listener, Memo, Options, Parsed, Progress, annotating, excerpts, join,
    names,
    parsing::{self, Ground},
    reading,
};
use crate::{
    annotations::Annotations,
    diagnostic::{self, Diagnostic},
    model::{article::Article, document::Document, source::SourceFile},
    stages::load::{self, Listing},
    theme::Theme,
};

/// What pages are made of.
pub(super) struct Whole {
    pub(super) listing: Listing,
    pub(super) parsed: Parsed,
    pub(super) linked: Linked,
    /// The templates, or what is wrong with them.
    pub(super) theme: Result<Theme, Box<Diagnostic>>,
    annotations: Option<Annotations>,
}

impl Whole {
    /// Reads and links a site, and what was wrong.
    ///
    /// # Errors
    /// When the content cannot be read at all.
    pub(super) fn read(
        options: &Options,
        memo: Option<&mut Memo>,
        progress: Listener<'_>,
    ) -> Result<(Self, Built)> {
        progress(Progress::Stage("listing", 0));
        let (listing, mut problems) = listing(options)?;
        let ground = Ground::parse(&listing.sources, options, progress);
        let names = names(&ground.kb)?;
        let annotations = options.annotations.as_deref();
        let annotations = annotations
            .map(|folder| annotating::read(folder, &ground, &listing, progress))
            .transpose()?;
        let sift = (&names, annotations.as_ref());
        let articles = reading::articles(&listing, &ground, sift, options, memo, progress);
        let (mut parsed, found) = ground.with(articles);
        parsed.failed.extend(parsing::names_of_failed(&problems));
        let sources = &listing.sources;
        let linked = join(&parsed, found, sources, progress);
        problems.extend(parsed.problems.iter().cloned());
        let of_annotations = annotations.iter().flat_map(Annotations::problems);
        problems.extend(of_annotations.cloned());
        problems.extend(linked.problems.iter().cloned());
        let levels = parsed.config.diagnostics.clone();
        levels.apply(&mut problems);
        let theme = Theme::load(parsed.config.theme.name, &parsed.words, &sources.templates)
            .map(|theme| theme.keeping_contexts(options.contexts));
        problems.extend(theme.as_ref().err().map(|problem| (**problem).clone()));
        let built = Built {
            problems,
            counts: Counts::default(),
            levels,
            texts: BTreeMap::new(),
        };
        let whole = Self {
            listing,
            parsed,
            linked,
            theme,
            annotations,
        };
        Ok((whole, built))
    }

    /// An article's document, whole again: see [`reading::again`].
    ///
    /// # Errors
    /// When its file has changed.
    pub(super) fn again(
        &self,
        options: &Options,
        article: &Article,
        source: Option<&SourceFile>,
    ) -> Result<Document, Box<Diagnostic>> {
        let parse_options = self.parsed.parse_options();
        reading::again(&options.content, article, source, &parse_options)
    }

    /// Gives what was wrong its level, its place as authors know it, and its text.
    ///
    /// # Errors
    /// When a text cannot be read any more.
    pub(super) fn tell(&mut self, options: &Options, built: &mut Built) -> Result<()> {
        built.levels.apply(&mut built.problems);
        let content = &options.content;
        let wanted: BTreeSet<&str> = built.problems.iter().map(|p| p.path.as_str()).collect();
        if self.listing.sources.articles.is_empty() {
            let articles = self.listing.articles.iter();
            let wanted = articles.filter(|path| wanted.contains(path.as_str()));
            let read = wanted.filter_map(|path| load::article(content, path).ok());
            self.listing.sources.articles = read.collect();
        }
        let theme = self.theme.as_ref().ok();
        let texts = excerpts::texts(&self.listing.sources, theme, &|path| {
            options.all_texts || wanted.contains(path)
        });
        let texts = texts.into_iter();
        let texts = texts.map(|(path, text)| (excerpts::shown(content, &path), text));
        built.texts = texts.collect();
        let of_annotations = annotating::texts(self.annotations.as_ref(), &wanted)?;
        built.texts.extend(of_annotations);
        for problem in &mut built.problems {
            problem.path = excerpts::shown(content, problem.path.as_str()).into();
        }
        diagnostic::sort(&mut built.problems);
        Ok(())
    }
}

/// The site as it is on the disk: its articles are read one by one later, but where all texts are
/// wanted.
fn listing(options: &Options) -> Result<(Listing, Vec<Diagnostic>)> {
    if options.leaks.is_none() && !options.all_texts {
        return load::listing(&options.content, &options.templates);
    }
    let (sources, problems) = load::site(&options.content, &options.templates)?;
    let articles = sources.articles.iter().map(|source| source.path.clone());
    let articles = articles.collect();
    Ok((Listing { sources, articles }, problems))
}
