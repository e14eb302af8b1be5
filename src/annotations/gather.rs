//! Parts put together: which article's findings are where, and what does not fit.

use std::collections::{BTreeMap, BTreeSet};

use camino::{Utf8Path, Utf8PathBuf};

use super::{FORMAT, Header, Line, SCHEMA, content};
use crate::{
    config::Config,
    diagnostic::{Code, Diagnostic},
    model::{article::Article, extraction::Extraction, span::Span},
};

const AGAIN: &str = "extract it again: dateline extract --annotations";

/// What the annotations are for.
#[derive(Debug)]
pub struct Wanted<'a> {
    /// What extraction would depend on here.
    pub header: Header,
    /// The settings.
    pub config: &'a Config,
    /// The articles that are published.
    pub articles: &'a [Article],
    /// Their places in `articles`.
    pub places: BTreeMap<&'a Utf8Path, usize>,
    /// All articles' files, hidden ones too: what annotates one of those is passed over.
    pub known: BTreeSet<&'a Utf8Path>,
}

/// A line that annotates an article which is wanted.
#[derive(Debug)]
struct Annotated {
    /// Index into the articles.
    article: usize,
    /// The line.
    at: Span,
    /// Its number, from 1.
    line: usize,
    /// What was found; nothing where the line was not believed.
    extraction: Option<Extraction>,
}

/// What one part holds.
#[derive(Debug)]
pub struct Part {
    path: Utf8PathBuf,
    annotated: Vec<Annotated>,
    problems: Vec<Diagnostic>,
}

impl Part {
    /// Reads a part. It may have any lines in any order; parts that were joined have several headers.
    #[must_use]
    pub fn read(path: &Utf8Path, text: &str, wanted: &Wanted<'_>) -> Self {
        let mut part = Self {
            path: path.to_owned(),
            annotated: Vec::new(),
            problems: Vec::new(),
        };
        let (mut fits, mut headers, mut start) = (true, 0, 0);
        let mut lines = Vec::new();
        for (n, line) in (1..).zip(text.split_inclusive('\n')) {
            // The first character stands for the line, which is long.
            let at = Span::new(start, start + 1);
            start += line.len();
            if line.contains(FORMAT)
                && let Ok(header) = serde_json::from_str::<Header>(line)
            {
                headers += 1;
                let problem = misfit(&header, &wanted.header, path, at);
                fits &= problem.is_none();
                part.problems.extend(problem);
            } else if !line.trim().is_empty() {
                lines.push((n, at, line));
            }
        }
        if headers == 0 && !lines.is_empty() {
            let message = "the file has no header that says what made it".to_owned();
            let problem =
                Diagnostic::error(Code::AnnotationHeader, part.path.clone(), None, message);
            part.problems.push(problem.hint(
                "keep the first line of each part that `dateline extract --annotations` writes",
            ));
            fits = false;
        }
        for (n, at, line) in lines {
            part.take((n, at), line, wanted, fits);
        }
        part
    }

    fn take(&mut self, (n, at): (usize, Span), line: &str, wanted: &Wanted<'_>, fits: bool) {
        let line: Line = match serde_json::from_str(line) {
            Ok(line) => line,
            Err(error) => {
                let problem = unreadable(&self.path, at, line, &error);
                return self.problems.push(problem);
            }
        };
        let path = line.path.clone();
        let Some(&article) = wanted.places.get(&*path) else {
            if !wanted.known.contains(&*path) {
                let message = format!("there is no article {path}");
                let code = Code::AnnotationUnknown;
                let problem = Diagnostic::warning(code, self.path.clone(), Some(at), message);
                self.problems
                    .push(problem.hint("take the line out, or extract again"));
            }
            return;
        };
        let extraction = if fits {
            self.believed(line, &wanted.articles[article], at, wanted.config)
        } else {
            None
        };
        self.annotated.push(Annotated {
            article,
            at,
            line: n,
            extraction,
        });
    }

    fn believed(
        &mut self,
        line: Line,
        article: &Article,
        at: Span,
        config: &Config,
    ) -> Option<Extraction> {
        let path = &article.path;
        if line.content != content(article, config) {
            let message = format!("{path} is not what was annotated: it has changed since");
            let code = Code::AnnotationStale;
            let problem = Diagnostic::error(code, self.path.clone(), Some(at), message);
            self.problems.push(problem.hint(AGAIN));
            return None;
        }
        match line.extraction(&article.document) {
            Ok(extraction) => Some(extraction),
            Err(why) => {
                let message = format!("the annotation of {path} is damaged: {why}");
                let code = Code::AnnotationLine;
                let problem = Diagnostic::error(code, self.path.clone(), Some(at), message);
                self.problems.push(problem.hint(AGAIN));
                None
            }
        }
    }
}

fn unreadable(path: &Utf8Path, at: Span, line: &str, error: &serde_json::Error) -> Diagnostic {
    // Columns are bytes from 1; a diagnostic's place begins a character.
    let mut column = error.column().saturating_sub(1).min(line.trim_end().len());
    while !line.is_char_boundary(column) {
        column -= 1;
    }
    let start = at.start as usize + column;
    let place = Span::new(start, start);
    let cause = error.to_string();
    let cause = cause.split(" at line ").next().unwrap_or_default();
    let message = format!("this is no annotation: {cause}");
    Diagnostic::error(Code::AnnotationLine, path.to_owned(), Some(place), message)
        .hint("it may have been cut on its way: extract its article again")
}

/// What of the header is other than it is here.
fn misfit(header: &Header, own: &Header, path: &Utf8Path, at: Span) -> Option<Diagnostic> {
    let mut others = Vec::new();
    if header.format != FORMAT || header.schema != SCHEMA {
        others.push(format!(
            "another form of the lines ({} {}, not {FORMAT} {SCHEMA})",
            header.format, header.schema
        ));
    }
    if header.version != own.version {
        others.push(format!(
            "version {} of the program, not {}",
            header.version, own.version
        ));
    }
    let parts = [
        (header.model != own.model, "another tagger"),
        (header.names != own.names, "other names in the registry"),
        (header.options != own.options, "other settings in site.yaml"),
    ];
    let parts = parts.iter().filter(|(differs, _)| *differs);
    others.extend(parts.map(|(_, what)| (*what).to_owned()));
    if others.is_empty() {
        return None;
    }
    let message = format!("these annotations were made with {}", others.join(", "));
    let problem = Diagnostic::error(Code::AnnotationHeader, path.to_owned(), Some(at), message);
    Some(problem.hint("extract all articles again, with this program and this content folder"))
}

/// What all parts hold together.
#[derive(Debug, Default)]
pub struct Gathered {
    /// For each article what was found; nothing where no part says it.
    pub extractions: Vec<Option<Extraction>>,
    /// What does not fit in the parts, by their paths.
    pub problems: Vec<Diagnostic>,
    /// The articles that no part annotates, by their paths below the content folder.
    pub missing: Vec<Diagnostic>,
}

/// Puts parts together. The result does not depend on how many there are, nor on which has what;
/// where an article is annotated twice, it depends on their paths.
#[must_use]
pub fn gather(folder: &Utf8Path, mut parts: Vec<Part>, wanted: &Wanted<'_>) -> Gathered {
    parts.sort_by(|a, b| a.path.cmp(&b.path));
    let mut gathered = Gathered::default();
    gathered
        .extractions
        .resize_with(wanted.articles.len(), || None);
    let mut first: BTreeMap<usize, (Utf8PathBuf, usize)> = BTreeMap::new();
    let is_empty = parts.iter().all(|part| part.annotated.is_empty());
    let is_silent = parts.iter().all(|part| part.problems.is_empty());
    for part in parts {
        gathered.problems.extend(part.problems);
        for own in part.annotated {
            if let Some((path, line)) = first.get(&own.article) {
                let article = &wanted.articles[own.article].path;
                let message = format!("{article} is annotated twice: also in {path}, line {line}");
                let code = Code::AnnotationDuplicate;
                let problem = Diagnostic::error(code, part.path.clone(), Some(own.at), message);
                gathered
                    .problems
                    .push(problem.hint("keep one of the two lines"));
                continue;
            }
            first.insert(own.article, (part.path.clone(), own.line));
            gathered.extractions[own.article] = own.extraction;
        }
    }
    if is_empty && is_silent && !wanted.articles.is_empty() {
        let message = "there are no annotations in the folder".to_owned();
        let code = Code::AnnotationMissing;
        let problem = Diagnostic::error(code, folder.to_owned(), None, message);
        gathered
            .problems
            .push(problem.hint("fill it: dateline extract --annotations > DIR/part.jsonl"));
        return gathered;
    }
    for (n, article) in wanted.articles.iter().enumerate() {
        if !first.contains_key(&n) {
            let message = "no annotation of this article is in the folder".to_owned();
            let code = Code::AnnotationMissing;
            let problem = Diagnostic::error(code, article.path.clone(), None, message);
            gathered.missing.push(problem.hint(AGAIN));
        }
    }
    gathered
}
