//! `import article`: a saved web article or plain text becomes a draft.

use std::{collections::BTreeSet, io::Write};

use anyhow::Result;
use camino::{Utf8Path, Utf8PathBuf};
use ignore::WalkBuilder;

use super::{check_folder, text_of, write};
use crate::{
    cli::ImportArticleArgs,
    commands::{CONTENT_ERRORS, OK, content},
    importing::article::{self, Fault, Said, SavedArticle},
};

/// Pictures of a saved page lie beside it, in its own folder at most.
const DEPTH: usize = 2;

pub(super) fn article(args: &ImportArticleArgs) -> Result<u8> {
    let file = &args.file;
    check_folder(&args.target.into)?;
    let text = text_of(file)?;
    let ending = file.extension().unwrap_or_default().to_ascii_lowercase();
    let folder = match file.parent() {
        Some(folder) if !folder.as_str().is_empty() => folder,
        _ => Utf8Path::new("."),
    };
    let is_html = matches!(ending.as_str(), "html" | "htm" | "xhtml");
    let saved = SavedArticle {
        file: file.file_name().unwrap_or_default().into(),
        text: &text,
        is_html,
        beside: if is_html {
            beside(folder)
        } else {
            BTreeSet::new()
        },
    };
    let said = Said {
        date: args.date,
        url: args.url.clone(),
        publisher: args.publisher.clone(),
    };
    let mut err = anstream::stderr().lock();
    let imported = match article::import(&saved, &said) {
        Ok(imported) => imported,
        Err(fault) => {
            let (what, hint) = explained(fault);
            writeln!(err, "error: {file}: {what}\n  help: {hint}")?;
            return Ok(CONTENT_ERRORS);
        }
    };
    for note in &imported.notes {
        let line = note.line.map(|line| format!(":{line}")).unwrap_or_default();
        writeln!(err, "note: {file}{line}: {}", note.message)?;
    }
    let mut out = anstream::stdout().lock();
    if args.target.dry_run {
        return write::show(&imported, &args.target.into, &mut out).map(|()| OK);
    }
    content::recover(&args.target.into)?;
    let what = format!("import article {file}");
    write::write(&imported, folder, &args.target.into, &what)?;
    for new in &imported.files {
        writeln!(out, "{}", args.target.into.join(&new.path))?;
    }
    Ok(OK)
}

fn explained(fault: Fault) -> (&'static str, &'static str) {
    match fault {
        Fault::Empty => ("there is no text in it", "the first line is the headline"),
        Fault::NoDate => (
            "it does not say on which day it was published",
            "times in the text count from that day; give it with --date 2024-07-21",
        ),
    }
}

fn beside(folder: &Utf8Path) -> BTreeSet<Utf8PathBuf> {
    let walk = WalkBuilder::new(folder)
        .standard_filters(false)
        .max_depth(Some(DEPTH))
        .build();
    let files = walk
        .flatten()
        .filter(|entry| entry.file_type().is_some_and(|kind| kind.is_file()));
    let relative = |entry: ignore::DirEntry| {
        let path = Utf8Path::from_path(entry.path())?;
        path.strip_prefix(folder).ok().map(Utf8Path::to_owned)
    };
    files.filter_map(relative).collect()
}
