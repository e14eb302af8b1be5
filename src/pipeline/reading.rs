//! Articles read, parsed and searched for names one by one, so that each thread has but one of them
//! whole in memory.

use camino::Utf8Path;

use super::{
    Listener, Options, Progress,
    conceal::Seen,
    each, extract,
    parsing::{Ground, Read},
};
use crate::{
    annotations::Annotations,
    diagnostic::{Code, Diagnostic},
    model::{
        article::Article,
        document::Document,
        extraction::{Extraction, Marks},
        source::SourceFile,
    },
    stages::{
        extract::NameIndex,
        link,
        load::{self, Listing},
        parse::{self, ParseOptions},
    },
};

/// What is found in an article while all of it is in memory.
#[derive(Debug, Default)]
pub(super) struct Found {
    pub(super) extraction: Extraction,
    pub(super) marks: Marks,
}

impl Found {
    /// What is found in an article that is published.
    pub(super) fn of(article: &Article, extraction: Extraction) -> Self {
        Self {
            marks: link::marks(&article.document, &extraction),
            extraction,
        }
    }
}

/// Reads all articles of a listing, those in its sources or else those on the disk. The latter let
/// go of what their own pages can read again.
pub(super) fn articles(
    listing: &Listing,
    ground: &Ground,
    sift: Sift<'_>,
    options: &Options,
    progress: Listener<'_>,
) -> Vec<Read<Found>> {
    let sources = &listing.sources.articles;
    progress(Progress::Stage("reading", listing.articles.len()));
    if !sources.is_empty() {
        return each(sources, progress, |source| article(source, ground, sift));
    }
    each(&listing.articles, progress, |path| {
        let source = match load::article(&options.content, path) {
            Ok(source) => source,
            Err(problem) => return (None, vec![*problem]),
        };
        let (mut read, problems) = article(&source, ground, sift);
        if let Some((Seen::Whole(article), _)) = &mut read {
            article.document.let_go();
        }
        (read, problems)
    })
}

/// How an article's names are found: with these known ones; or another machine has found them.
pub(super) type Sift<'a> = (&'a NameIndex, Option<&'a Annotations>);

fn article(source: &SourceFile, ground: &Ground, (names, annotations): Sift<'_>) -> Read<Found> {
    let (seen, mut problems) = ground.article(source);
    let read = seen.map(|seen| match seen {
        Seen::Whole(article) => {
            let annotated = annotations.map(|all| all.of(&article, &ground.config));
            let extraction = match annotated {
                Some(Ok(extraction)) => extraction,
                // It is read here all the same, so that one run tells all that is wrong.
                Some(Err(problem)) => {
                    problems.extend(problem.map(|problem| *problem));
                    extract(&article, names, &ground.config)
                }
                None => extract(&article, names, &ground.config),
            };
            let found = Found::of(&article, extraction);
            (Seen::Whole(article), found)
        }
        hidden => (hidden, Found::default()),
    });
    (read, problems)
}

/// The document of an article that has let go of it, whole again.
///
/// # Errors
/// When the file is gone, or another than it was.
pub(super) fn again(
    content: &Utf8Path,
    article: &Article,
    options: &ParseOptions<'_>,
) -> Result<Document, Box<Diagnostic>> {
    let source = load::article(content, &article.path)?;
    let (read, _) = parse::article(&source, options);
    match read.filter(|read| read.hash == article.hash) {
        Some(read) => Ok(read.document),
        None => {
            let message = "the file changed while the site was built".to_owned();
            let problem =
                Diagnostic::error(Code::SourceUnreadable, article.path.clone(), None, message);
            Err(Box::new(problem.hint("build again")))
        }
    }
}
