//! A part of the articles, and what was found in the parts.

use std::{collections::BTreeMap, fmt, io::BufRead, str::FromStr};

use anyhow::{Context, Result, bail};
use camino::{Utf8Path, Utf8PathBuf};
use serde::Deserialize;

use super::{LARGEST_TEXT, clean, files, fs};
use crate::model::source::SourceFile;

/// One of several parts into which the articles are split by the hash of their paths.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shard {
    /// Which, from 1.
    number: u64,
    /// Of how many.
    of: u64,
}

impl Shard {
    /// Whether the article with this path is in it; each is in one of them.
    #[must_use]
    pub fn has(self, path: &Utf8Path) -> bool {
        let hash = blake3::hash(path.as_str().as_bytes());
        let mut first = [0; 8];
        first.copy_from_slice(&hash.as_bytes()[..8]);
        u64::from_le_bytes(first) % self.of == self.number - 1
    }
}

impl FromStr for Shard {
    type Err = String;

    fn from_str(written: &str) -> Result<Self, String> {
        let numbers = written.split_once('/');
        let numbers = numbers.and_then(|(k, n)| Some((k.parse().ok()?, n.parse().ok()?)));
        match numbers {
            Some((number, of)) if (1..=of).contains(&number) => Ok(Self { number, of }),
            _ => Err("it is written K/N, with K from 1 to N: 3/16".to_owned()),
        }
    }
}

impl fmt::Display for Shard {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.number, self.of)
    }
}

/// An article's file in a line.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ArticleLine {
    path: Utf8PathBuf,
    text: String,
}

/// Articles that come as lines of JSON with `path` and `text`, as if they lay in the content folder.
///
/// # Errors
/// When the lines cannot be read, or one is no article, or two are one.
pub fn articles(lines: impl BufRead) -> Result<Vec<SourceFile>> {
    let mut articles = BTreeMap::new();
    for (n, line) in (1..).zip(lines.lines()) {
        let line = line.context("cannot read standard input")?;
        if line.trim().is_empty() {
            continue;
        }
        let ArticleLine { path, text }: ArticleLine =
            serde_json::from_str(&line).with_context(|| format!("line {n} of the articles"))?;
        if !is_article(&path) {
            bail!(
                "line {n} of the articles: `{path}` is no path of a briefing below the content folder"
            );
        }
        if text.len() as u64 > LARGEST_TEXT {
            bail!("line {n} of the articles: a text may have 16 MiB");
        }
        let text = clean(&text).into();
        let file = SourceFile {
            path: path.clone(),
            text,
        };
        if articles.insert(path, file).is_some() {
            bail!("line {n} of the articles: the same path as in a line before");
        }
    }
    Ok(articles.into_values().collect())
}

/// Whether a file with this path would be read as a briefing.
fn is_article(path: &Utf8Path) -> bool {
    let mut parts = path.components();
    let first = parts.next().map_or("", |part| part.as_str());
    let plain = path
        .as_str()
        .split('/')
        .all(|part| !part.is_empty() && !part.starts_with('.') && !part.contains('\\'));
    let is_markdown = path
        .extension()
        .is_some_and(|e| e.eq_ignore_ascii_case("md"));
    plain && is_markdown && !matches!(first, "static" | "entities" | "pages")
}

/// The whole path of a folder of annotations, and those of the parts in it, sorted. What begins with `_` is an engine's
/// own, as `_SUCCESS` is.
///
/// # Errors
/// When the folder cannot be listed.
pub fn annotations(folder: &Utf8Path) -> Result<(Utf8PathBuf, Vec<Utf8PathBuf>)> {
    if !folder.is_dir() {
        bail!(
            "there is no folder {folder}\nmake one: dateline extract --annotations > {folder}/part.jsonl"
        );
    }
    let root = folder
        .canonicalize_utf8()
        .with_context(|| format!("cannot read {folder}"))?;
    let mut problems = Vec::new();
    let parts = files(&root, &mut problems)?;
    if let Some(problem) = problems.first() {
        bail!("{folder}/{}: {}", problem.path, problem.message);
    }
    let own = |path: &Utf8PathBuf| path.file_name().is_none_or(|name| !name.starts_with('_'));
    let parts = parts.into_iter().filter(own);
    let parts = parts.map(|path| root.join(path)).collect();
    Ok((root, parts))
}

/// The text of a part. Bytes that are no UTF-8 make its lines ones that nobody believes.
///
/// # Errors
/// When it cannot be read.
pub fn part(path: &Utf8Path) -> Result<String> {
    let bytes = fs::read(path).with_context(|| format!("cannot read {path}"))?;
    Ok(String::from_utf8(bytes)
        .unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned()))
}
