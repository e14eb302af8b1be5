//! `extract --jsonl`: articles from standard input, what they name to standard output.

use std::{
    collections::BTreeMap,
    io::{self, BufRead, BufWriter, Write},
};

use anyhow::{Context, Result};
use jiff::civil::date;

use super::OK;
use crate::{
    evaluation::whole,
    stages::extract::{NameIndex, Recogniser, evidence::Weights, plain},
    tagger::Tagger,
    wire::{ArticleIn, ArticleOut, Header},
};

/// Reads a line, writes a line: a corpus of any size can be split over machines.
pub(super) fn run() -> Result<u8> {
    let names = NameIndex::new([], &BTreeMap::new()).context("cannot compile the known names")?;
    let tagger = Tagger::shared().map(|tagger| tagger as &dyn Recogniser);
    let mut out = BufWriter::new(io::stdout().lock());
    writeln!(out, "{}", serde_json::to_string(&Header::default())?)?;
    for (n, line) in io::stdin().lock().lines().enumerate() {
        let line = line.context("cannot read standard input")?;
        if line.trim().is_empty() {
            continue;
        }
        let article: ArticleIn =
            serde_json::from_str(&line).with_context(|| format!("line {}", n + 1))?;
        let document = plain::document(&article.text);
        let day = match &article.date {
            Some(written) => written
                .parse()
                .with_context(|| format!("line {}: `{written}` is no date YYYY-MM-DD", n + 1))?,
            None => date(2000, 1, 1),
        };
        let language = article.language.as_deref().unwrap_or("en");
        let extraction = whole::extract(
            &document,
            &names,
            tagger,
            Some(Weights::shared()),
            day,
            language,
        );
        let found = ArticleOut::new(article.id, &document, &extraction, article.date.is_some());
        writeln!(out, "{}", serde_json::to_string(&found)?)?;
    }
    out.flush()?;
    Ok(OK)
}
