//! What each article names: found here, or read where other machines have left it.

use std::{
    collections::BTreeSet,
    io::{self, Write},
};

use anyhow::{Context as _, Result};
use camino::Utf8Path;

use super::{Listener, Parsed, Progress, each};
use crate::{
    annotations::{self, Line, Part, Wanted},
    config::Config,
    diagnostic::Diagnostic,
    model::{article::Article, extraction::Extraction, source::Sources},
    stages::{
        extract::{self, NameIndex, Recogniser, evidence},
        load,
        resolve::knowledge_base::KnowledgeBase,
    },
    tagger::Tagger,
};

/// What was found in all articles.
#[derive(Debug, Default)]
pub(super) struct Findings {
    /// For each article.
    pub(super) extractions: Vec<Extraction>,
    /// What was wrong, by whole paths or those below the content folder.
    pub(super) problems: Vec<Diagnostic>,
    /// The texts of annotations in which something is wrong, by their paths.
    pub(super) texts: Vec<(String, String)>,
}

/// How articles are read: the names to look for, and the settings.
struct Reader<'a> {
    names: NameIndex,
    config: &'a Config,
}

impl<'a> Reader<'a> {
    fn new(kb: &KnowledgeBase, config: &'a Config) -> Result<Self> {
        let names = NameIndex::new(kb.entities(), &kb.decisions.accepted)
            .context("cannot compile the known names")?;
        Ok(Self { names, config })
    }

    fn read(&self, article: &Article) -> Extraction {
        let front = &article.front;
        let context = extract::Context {
            date: front.date.date,
            language: front.language.as_deref().unwrap_or(&self.config.language),
            names: &self.names,
            rules: &front.entities,
            detect: self.config.detect_entities,
            without: &self.config.without,
            recogniser: Tagger::shared().map(|tagger| tagger as &dyn Recogniser),
            evidence: Some(evidence::Weights::shared()),
        };
        extract::article(&article.document, &context)
    }
}

/// Reads all articles.
///
/// # Errors
/// When the known names cannot be compiled.
pub(super) fn here(parsed: &Parsed, progress: Listener<'_>) -> Result<Findings> {
    progress(Progress::Stage("extracting", parsed.articles.len()));
    let reader = Reader::new(&parsed.kb, &parsed.config)?;
    let extractions = each(&parsed.articles, progress, |article| reader.read(article));
    Ok(Findings {
        extractions,
        ..Findings::default()
    })
}

/// Takes what was found from the parts in `folder`. An article without an annotation that fits is an
/// error; it is read here all the same, so that one run tells all that is wrong.
///
/// # Errors
/// When the folder or a part cannot be read, and those of [`here`].
pub(super) fn annotated(
    folder: &Utf8Path,
    parsed: &Parsed,
    sources: &Sources,
    progress: Listener<'_>,
) -> Result<Findings> {
    let (folder, paths) = load::annotations(folder)?;
    progress(Progress::Stage("reading annotations", paths.len()));
    let places = parsed.articles.iter().enumerate();
    let wanted = Wanted {
        header: annotations::header(&parsed.config, &parsed.kb),
        config: &parsed.config,
        articles: &parsed.articles,
        places: places.map(|(n, own)| (&*own.path, n)).collect(),
        known: sources.articles.iter().map(|own| &*own.path).collect(),
    };
    let parts = each(&paths, progress, |path| -> Result<Part> {
        Ok(Part::read(path, &load::part(path)?, &wanted))
    });
    let parts: Vec<Part> = parts.into_iter().collect::<Result<_>>()?;
    let gathered = annotations::gather(&folder, parts, &wanted);
    let mut problems = gathered.problems;
    let broken: BTreeSet<&Utf8Path> = problems.iter().map(|own| &*own.path).collect();
    let mut texts = Vec::new();
    for path in paths.iter().filter(|path| broken.contains(&***path)) {
        texts.push((path.to_string(), load::part(path)?));
    }
    problems.extend(gathered.missing);
    Ok(Findings {
        extractions: filled(parsed, gathered.extractions, progress)?,
        problems,
        texts,
    })
}

/// What is missing is found here.
fn filled(
    parsed: &Parsed,
    found: Vec<Option<Extraction>>,
    progress: Listener<'_>,
) -> Result<Vec<Extraction>> {
    if found.iter().all(Option::is_some) {
        return Ok(found.into_iter().flatten().collect());
    }
    let reader = Reader::new(&parsed.kb, &parsed.config)?;
    let pairs: Vec<(&Article, Option<Extraction>)> = parsed.articles.iter().zip(found).collect();
    Ok(each(&pairs, progress, |(article, found)| {
        found.clone().unwrap_or_else(|| reader.read(article))
    }))
}

/// So many articles are read before their lines are written.
const BATCH: usize = 512;

/// Writes a part: the header, and a line for each published article.
///
/// # Errors
/// Those of [`here`], and when `out` cannot be written to.
pub fn annotate(parsed: &Parsed, out: &mut impl Write) -> Result<()> {
    let reader = Reader::new(&parsed.kb, &parsed.config)?;
    let header = annotations::header(&parsed.config, &parsed.kb);
    let mut line = |text: String| -> io::Result<()> { writeln!(out, "{text}") };
    line(serde_json::to_string(&header)?)?;
    for batch in parsed.articles.chunks(BATCH) {
        let lines = each(batch, &super::silent, |article| {
            let content = annotations::content(article, &parsed.config);
            let found = Line::new(article.path.clone(), content, &reader.read(article));
            serde_json::to_string(&found)
        });
        for written in lines {
            line(written?)?;
        }
    }
    Ok(())
}
