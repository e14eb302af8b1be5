//! What other machines found in the articles: written for them, and read when they are done.

use std::{
    collections::BTreeSet,
    io::{self, Write},
};

use anyhow::Result;
use camino::Utf8Path;

use super::{Listener, Parsed, Progress, each, extract, names, parsing::Ground};
use crate::{
    annotations::{self, Annotations, Line, Part},
    stages::load::{self, Listing},
};

/// Reads the parts in `folder`.
///
/// # Errors
/// When the folder or a part cannot be read.
pub(super) fn read(
    folder: &Utf8Path,
    ground: &Ground,
    listing: &Listing,
    progress: Listener<'_>,
) -> Result<Annotations> {
    let (folder, paths) = load::annotations(folder)?;
    progress(Progress::Stage("reading annotations", paths.len()));
    let header = annotations::header(&ground.config, &ground.kb);
    let parts = each(&paths, progress, |path| -> Result<Part> {
        Ok(Part::read(path, &load::part(path)?, &header))
    });
    let parts: Vec<Part> = parts.into_iter().collect::<Result<_>>()?;
    let known = listing.articles.iter().map(|path| &**path).collect();
    Ok(annotations::gather(&folder, parts, &known))
}

/// The texts of the parts that are wanted for excerpts, by their paths.
///
/// # Errors
/// When one cannot be read any more.
pub(super) fn texts(
    annotations: Option<&Annotations>,
    wanted: &BTreeSet<&str>,
) -> Result<Vec<(String, String)>> {
    let parts = annotations.into_iter().flat_map(Annotations::parts);
    parts
        .filter(|path| wanted.contains(path.as_str()))
        .map(|path| Ok((path.to_string(), load::part(path)?)))
        .collect()
}

/// So many articles are read before their lines are written.
const BATCH: usize = 512;

/// Writes a part: the header, and a line for each published article.
///
/// # Errors
/// When the known names cannot be compiled, or `out` cannot be written to.
pub fn annotate(parsed: &Parsed, out: &mut impl Write) -> Result<()> {
    let names = names(&parsed.kb)?;
    let header = annotations::header(&parsed.config, &parsed.kb);
    let mut line = |text: String| -> io::Result<()> { writeln!(out, "{text}") };
    line(serde_json::to_string(&header)?)?;
    for batch in parsed.articles.chunks(BATCH) {
        let lines = each(batch, &super::silent, |article| {
            let content = annotations::content(article, &parsed.config);
            let extraction = extract(article, &names, &parsed.config);
            let found = Line::new(article.path.clone(), content, &extraction);
            serde_json::to_string(&found)
        });
        for written in lines {
            line(written?)?;
        }
    }
    Ok(())
}
