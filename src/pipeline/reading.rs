//! Articles read, parsed and searched for names one by one, so that each thread has but one of them
//! whole in memory.
//!
//! A program that builds again and again keeps what it found in a [`Memo`]: a file that is as it was,
//! under settings and a registry that are as they were, is not read again.

use std::{collections::BTreeMap, sync::Arc};

use camino::{Utf8Path, Utf8PathBuf};

use super::{
    Listener, Options, Progress, each, extract,
    parsing::{Ground, Read},
    pictures::Album,
};
use crate::{
    annotations::Annotations,
    config::Config,
    diagnostic::{Code, Diagnostic},
    digest::Digest,
    geo::Gazetteer,
    model::{
        article::Article,
        document::Document,
        extraction::{Extraction, Marks},
        source::{SourceFile, Sources},
    },
    stages::{
        extract::NameIndex,
        link,
        load::{self, Listing, Stamp},
        parse::{self, ParseOptions},
        resolve::{
            article::{self as resolve, Local},
            knowledge_base::KnowledgeBase,
            living,
        },
    },
    visibility::Publication,
};

/// What is found in an article while all of it is in memory.
#[derive(Debug, Clone, Default)]
pub(super) struct Found {
    pub(super) extraction: Arc<Extraction>,
    pub(super) marks: Arc<Marks>,
    /// What its mentions mean, as far as the article itself and the registry tell.
    pub(super) locals: Arc<Vec<Local>>,
}

impl Found {
    /// What is found in an article that is published.
    pub(super) fn of(
        article: &Article,
        extraction: Extraction,
        kb: &KnowledgeBase,
        config: &Config,
    ) -> Self {
        let gazetteer = Gazetteer::embedded();
        let mut locals = resolve::local(&extraction, kb, gazetteer, config.min_confidence);
        living::hold_back(article, &extraction, kb, &mut locals);
        Self {
            marks: Arc::new(link::marks(&article.document, &extraction)),
            locals: Arc::new(locals),
            extraction: Arc::new(extraction),
        }
    }
}

/// What was read, for the next build of the same process.
#[derive(Default)]
pub struct Memo {
    /// Of all that an article's reading depends on besides its file.
    ground: [u8; 32],
    pub(super) entries: Arc<Entries>,
    pub(super) album: Album,
    /// The templates with which a page of each kind could be made.
    pub(super) tried: Option<[u8; 32]>,
}

/// What was read, by path.
pub(super) type Entries = BTreeMap<Utf8PathBuf, Entry>;

/// What was read of an article.
#[derive(Debug, Clone, Default)]
pub(super) struct Entry {
    stamp: Stamp,
    article: Option<Arc<Article>>,
    /// None of what was not published.
    found: Option<Found>,
    problems: Vec<Diagnostic>,
    /// What was read, where it is kept: the disk may have another text by now.
    pub(super) source: Option<SourceFile>,
}

/// Reads all articles of a listing, those in its sources or else those on the disk. The latter let
/// go of what their own pages can read again. What `memo` has is not read; it has all of them after.
pub(super) fn articles(
    listing: &Listing,
    ground: &Ground,
    sift: Sift<'_>,
    options: &Options,
    memo: Option<&mut Memo>,
    progress: Listener<'_>,
) -> Vec<Read<Found>> {
    let sources = &listing.sources.articles;
    progress(Progress::Stage("reading", listing.articles.len()));
    if !sources.is_empty() {
        return each(sources, progress, |source| {
            let (article, mut problems) = ground.article(source);
            let found = found(article.as_ref(), ground, sift, &mut problems);
            read((article.map(Arc::new), found, problems))
        });
    }
    let whole = fingerprint(&listing.sources, options);
    let known = memo.as_deref().filter(|memo| memo.ground == whole);
    let keeps = memo.is_some();
    let entries = each(&listing.articles, progress, |path| {
        let known = known.and_then(|memo| memo.entries.get(path));
        let (mut entry, source) = entry(path, known, ground, sift, options);
        entry.source = entry.source.or(source.filter(|_| keeps));
        entry
    });
    if let Some(memo) = memo {
        let paths = listing.articles.iter().cloned();
        memo.ground = whole;
        memo.entries = Arc::new(paths.zip(entries.iter().cloned()).collect());
    }
    let parts = entries.into_iter();
    parts
        .map(|own| read((own.article, own.found, own.problems)))
        .collect()
}

fn read(
    (article, found, problems): (Option<Arc<Article>>, Option<Found>, Vec<Diagnostic>),
) -> Read<Found> {
    (
        article.map(|own| (own, found.unwrap_or_default())),
        problems,
    )
}

/// An article, as it is known or else as the disk has it.
fn entry(
    path: &Utf8Path,
    known: Option<&Entry>,
    ground: &Ground,
    sift: Sift<'_>,
    options: &Options,
) -> (Entry, Option<SourceFile>) {
    let stamp = load::stamp(&options.content, path);
    // What was hidden when it was read may be published now.
    let serves = |known: &&Entry| {
        let is_new = || {
            known
                .article
                .as_ref()
                .is_some_and(|own| is_published(own, ground))
        };
        known.stamp.vouches_for(&stamp) && (known.found.is_some() || !is_new())
    };
    if let Some(known) = known.filter(serves) {
        return (known.clone(), None);
    }
    let source = match load::article(&options.content, path) {
        Ok(source) => source,
        Err(problem) => {
            let problems = vec![*problem];
            return (
                Entry {
                    stamp,
                    problems,
                    ..Entry::default()
                },
                None,
            );
        }
    };
    let (mut article, mut problems) = ground.article(&source);
    let found = found(article.as_ref(), ground, sift, &mut problems);
    if let (Some(article), true) = (&mut article, found.is_some()) {
        article.document.let_go();
    }
    let entry = Entry {
        stamp,
        article: article.map(Arc::new),
        found,
        problems,
        source: None,
    };
    (entry, Some(source))
}

/// How an article's names are found: with these known ones; or another machine has found them.
pub(super) type Sift<'a> = (&'a NameIndex, Option<&'a Annotations>);

/// What is found in an article; none in one that is hidden.
fn found(
    article: Option<&Article>,
    ground: &Ground,
    (names, annotations): Sift<'_>,
    problems: &mut Vec<Diagnostic>,
) -> Option<Found> {
    let article = article.filter(|own| is_published(own, ground))?;
    let annotated = annotations.map(|all| all.of(article, &ground.config));
    let extraction = match annotated {
        Some(Ok(extraction)) => extraction,
        // It is read here all the same, so that one run tells all that is wrong.
        Some(Err(problem)) => {
            problems.extend(problem.map(|problem| *problem));
            extract(article, names, &ground.config)
        }
        None => extract(article, names, &ground.config),
    };
    Some(Found::of(article, extraction, &ground.kb, &ground.config))
}

fn is_published(article: &Article, ground: &Ground) -> bool {
    ground.publication(article) == Publication::Whole
}

/// A hash over what reading depends on besides the articles: the settings, the registry, the
/// decisions, and what the command line says of them.
fn fingerprint(sources: &Sources, options: &Options) -> [u8; 32] {
    let mut digest = Digest::default();
    let single = [
        &sources.site,
        &sources.strings,
        &sources.suppress,
        &sources.decisions,
    ];
    digest.files(single.into_iter().flatten());
    digest.files(sources.entities.iter().chain(&sources.references));
    digest.text(&format!("{} {:?}", options.drafts, options.audience));
    digest.whole()
}

/// The document of an article that has let go of it, whole again: from `source`, or else from the
/// disk.
///
/// # Errors
/// When the file is gone, or another than it was.
pub(super) fn again(
    content: &Utf8Path,
    article: &Article,
    source: Option<&SourceFile>,
    options: &ParseOptions<'_>,
) -> Result<Document, Box<Diagnostic>> {
    let read = match source {
        Some(source) => source,
        None => &load::article(content, &article.path)?,
    };
    parse::again(read, article, options).ok_or_else(|| {
        let message = "the file changed while the site was built".to_owned();
        let problem =
            Diagnostic::error(Code::SourceUnreadable, article.path.clone(), None, message);
        Box::new(problem.hint("build again"))
    })
}
