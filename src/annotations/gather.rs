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

/// Where a line stands.
#[derive(Debug, Clone, Copy)]
struct Place {
    /// Its number, from 1.
    line: usize,
    /// Its first character, which stands for the whole of it.
    at: Span,
}

/// What one part holds.
#[derive(Debug)]
pub struct Part {
    path: Utf8PathBuf,
    lines: Vec<(Place, Line)>,
    /// Whether it was made with what is here.
    fits: bool,
    problems: Vec<Diagnostic>,
}

impl Part {
    /// Reads a part. It may have any lines in any order; parts that were joined have several headers,
    /// of which each is to be `own`.
    #[must_use]
    pub fn read(path: &Utf8Path, text: &str, own: &Header) -> Self {
        let mut part = Self {
            path: path.to_owned(),
            lines: Vec::new(),
            fits: true,
            problems: Vec::new(),
        };
        let (mut headers, mut others, mut start) = (0, 0, 0);
        for (n, line) in (1..).zip(text.split_inclusive('\n')) {
            let at = Span::new(start, start + 1);
            start += line.len();
            if line.contains(FORMAT)
                && let Ok(header) = serde_json::from_str::<Header>(line)
            {
                headers += 1;
                part.problems.extend(misfit(&header, own, path, at));
                part.fits &= header == *own;
            } else if !line.trim().is_empty() {
                others += 1;
                match serde_json::from_str(line) {
                    Ok(line) => part.lines.push((Place { line: n, at }, line)),
                    Err(error) => part.problems.push(unreadable(path, at, line, &error)),
                }
            }
        }
        if headers == 0 && others > 0 {
            part.fits = false;
            let message = "the file has no header that says what made it".to_owned();
            let hint =
                "keep the first line of each part that `dateline extract --annotations` writes";
            let problem = Diagnostic::error(Code::AnnotationHeader, path.to_owned(), None, message);
            part.problems.push(problem.hint(hint));
        }
        part
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
pub struct Annotations {
    lines: BTreeMap<Utf8PathBuf, Kept>,
    parts: Vec<Utf8PathBuf>,
    problems: Vec<Diagnostic>,
    /// True where there is nothing in them at all, which is told once and not for each article.
    is_empty: bool,
}

/// A line, and where it stands.
#[derive(Debug)]
struct Kept {
    /// Index into the parts.
    part: usize,
    place: Place,
    /// Nothing where its part does not fit.
    line: Option<Line>,
}

/// Puts parts together; `known` are the files of all articles, hidden ones too. The result does not
/// depend on how many parts there are, nor on which has what; where an article is annotated twice, it
/// depends on their paths.
#[must_use]
pub fn gather(folder: &Utf8Path, mut parts: Vec<Part>, known: &BTreeSet<&Utf8Path>) -> Annotations {
    parts.sort_by(|a, b| a.path.cmp(&b.path));
    let mut all = Annotations::default();
    for (number, part) in parts.into_iter().enumerate() {
        all.problems.extend(part.problems);
        all.parts.push(part.path);
        for (place, line) in part.lines {
            all.take(number, place, line, part.fits, known);
        }
    }
    all.is_empty = all.lines.is_empty() && all.problems.is_empty() && !known.is_empty();
    if all.is_empty {
        let message = "there are no annotations in the folder".to_owned();
        let code = Code::AnnotationMissing;
        let problem = Diagnostic::error(code, folder.to_owned(), None, message);
        let hint = "fill it: dateline extract --annotations > DIR/part.jsonl";
        all.problems.push(problem.hint(hint));
    }
    all
}

impl Annotations {
    fn take(
        &mut self,
        part: usize,
        place: Place,
        line: Line,
        fits: bool,
        known: &BTreeSet<&Utf8Path>,
    ) {
        let (own, path) = (self.parts[part].clone(), &line.path);
        if let Some(first) = self.lines.get(path) {
            let (first, n) = (&self.parts[first.part], first.place.line);
            let message = format!("{path} is annotated twice: also in {first}, line {n}");
            let problem =
                Diagnostic::error(Code::AnnotationDuplicate, own, Some(place.at), message);
            self.problems
                .push(problem.hint("keep one of the two lines"));
        } else if known.contains(&**path) {
            let (path, line) = (path.clone(), fits.then_some(line));
            self.lines.insert(path, Kept { part, place, line });
        } else {
            let message = format!("there is no article {path}");
            let code = Code::AnnotationUnknown;
            let problem = Diagnostic::warning(code, own, Some(place.at), message);
            self.problems
                .push(problem.hint("take the line out, or extract again"));
        }
    }

    /// What is wrong with the parts, whatever the articles are; by their whole paths.
    pub fn problems(&self) -> &[Diagnostic] {
        &self.problems
    }

    /// The parts, by their whole paths.
    pub fn parts(&self) -> impl Iterator<Item = &Utf8Path> {
        self.parts.iter().map(|path| &**path)
    }

    /// What was found in an article.
    ///
    /// # Errors
    /// Where there is nothing that fits: a diagnostic, unless one among [`Self::problems`] says so.
    pub fn of(
        &self,
        article: &Article,
        config: &Config,
    ) -> Result<Extraction, Option<Box<Diagnostic>>> {
        let Some(kept) = self.lines.get(&article.path) else {
            let message = "no annotation of this article is in the folder".to_owned();
            let code = Code::AnnotationMissing;
            let problem = Diagnostic::error(code, article.path.clone(), None, message);
            return Err((!self.is_empty).then(|| Box::new(problem.hint(AGAIN))));
        };
        let line = kept.line.as_ref().ok_or(None)?;
        let (code, message) = if line.content == content(article, config) {
            match line.extraction(&article.document) {
                Ok(extraction) => return Ok(extraction),
                Err(why) => (
                    Code::AnnotationLine,
                    format!("the annotation of {} is damaged: {why}", article.path),
                ),
            }
        } else {
            let message = "is not what was annotated: it has changed since";
            (Code::AnnotationStale, format!("{} {message}", article.path))
        };
        let (part, at) = (self.parts[kept.part].clone(), kept.place.at);
        let problem = Diagnostic::error(code, part, Some(at), message);
        Err(Some(Box::new(problem.hint(AGAIN))))
    }
}
