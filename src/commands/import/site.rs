//! `import hugo` and the like: a whole site becomes content.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    io::Write,
};

use anyhow::{Context, Result, bail};
use camino::{Utf8Path, Utf8PathBuf};
use ignore::WalkBuilder;
use jiff::{Timestamp, civil::Date, tz::TimeZone};

use super::write;
use crate::{
    cli::{GeneratorArg, ImportSiteArgs},
    commands::{CONTENT_ERRORS, OK, content, plural},
    importing::{
        Content, Imported, NoteKind,
        site::{self, Generator, Options, SourceTree},
    },
    stages::{load, parse},
};

/// Folders that are made by programs, or hold programs.
const NOT_CONTENT: &[&str] = &[
    "node_modules",
    "_site",
    "public",
    "resources",
    "themes",
    "target",
    "vendor",
    "dist",
    "site",
    "venv",
];

/// Larger texts are no documents.
const LARGEST_TEXT: u64 = 16 * 1024 * 1024;

pub(super) fn site(generator: GeneratorArg, args: &ImportSiteArgs) -> Result<u8> {
    if !args.source.exists() {
        bail!("there is no {}", args.source);
    }
    content::recover(&args.target.into)?;
    let options = options(args)?;
    let (imported, root) = match generator {
        GeneratorArg::Of(generator) => {
            if !args.source.is_dir() {
                bail!(
                    "{} is no folder\nname the folder of the old site, in which its settings are",
                    args.source
                );
            }
            let tree = tree(&args.source, generator)?;
            (
                site::import(generator, &tree, &options),
                args.source.clone(),
            )
        }
        GeneratorArg::Wordpress => wordpress(&args.source, &options)?,
    };
    let documents = imported
        .files
        .iter()
        .filter(|file| file.path.extension() == Some("md"))
        .count();
    let mut err = anstream::stderr().lock();
    if documents == 0 {
        writeln!(
            err,
            "error: {}: there are no documents\n  help: is it the folder of such a site?",
            args.source
        )?;
        return Ok(CONTENT_ERRORS);
    }
    for note in &imported.notes {
        let line = note.line.map(|line| format!(":{line}")).unwrap_or_default();
        writeln!(
            err,
            "warning: {}{line}: {}",
            root.join(&note.file),
            note.message
        )?;
    }
    let mut out = anstream::stdout().lock();
    if args.target.dry_run {
        write::show(&imported, &args.target.into, &mut out)?;
    } else {
        let what = format!("import {}", args.source);
        let written = write::write(&imported, &root, &args.target.into, &what)?;
        let there = imported.files.len() - written;
        let there = if there > 0 {
            format!(", {there} there already")
        } else {
            String::new()
        };
        writeln!(
            out,
            "{} written to {}{there}",
            plural(written, "file", "files"),
            args.target.into
        )?;
    }
    report(&imported, &mut out)?;
    Ok(OK)
}

/// What came of it, and what did not.
fn report(imported: &Imported, out: &mut impl Write) -> Result<()> {
    let count = |folder: &str| {
        imported
            .files
            .iter()
            .filter(|file| file.path.starts_with(folder) && file.path.extension() == Some("md"))
            .count()
    };
    let drafts = imported
        .files
        .iter()
        .filter(
            |file| matches!(&file.content, Content::Text(text) if text.contains("\ndraft: true\n")),
        )
        .count();
    let copies = imported
        .files
        .iter()
        .filter(|file| matches!(file.content, Content::Copy(_)))
        .count();
    writeln!(
        out,
        "{} ({drafts} of them drafts), {}, {} copied",
        plural(count("briefings"), "briefing", "briefings"),
        plural(count("pages"), "page", "pages"),
        plural(copies, "file", "files"),
    )?;
    let mut kinds: BTreeMap<NoteKind, usize> = BTreeMap::new();
    for note in &imported.notes {
        *kinds.entry(note.kind).or_default() += 1;
    }
    if kinds.is_empty() {
        writeln!(out, "everything was carried")?;
    }
    for (kind, count) in kinds {
        writeln!(out, "{count:>6} {}", kind.as_str())?;
    }
    Ok(())
}

/// What is there already, so that no two things get one address.
fn options(args: &ImportSiteArgs) -> Result<Options> {
    let mut options = Options {
        date: args.date,
        ..Options::default()
    };
    if !args.target.into.is_dir() {
        return Ok(options);
    }
    let (sources, _) = load::site(&args.target.into, Utf8Path::new(""))?;
    options.has_settings = sources.site.is_some();
    let parsing = parse::ParseOptions::default();
    for source in &sources.articles {
        let article = parse::article(source, &parsing).0;
        let slug = article.map(|article| (article.slug, article.path));
        options.taken.extend(slug);
    }
    for source in &sources.pages {
        let page = parse::page(source, &parsing).0;
        options
            .taken
            .extend(page.map(|page| (page.slug, page.path)));
    }
    Ok(options)
}

fn wordpress(source: &Utf8Path, options: &Options) -> Result<(Imported, Utf8PathBuf)> {
    let (root, file) = if source.is_dir() {
        let tree = tree(source, Generator::Markdown)?;
        let exports = tree
            .files
            .keys()
            .filter(|path| path.extension() == Some("xml"));
        let mut exports: Vec<&Utf8PathBuf> = exports
            .filter(|path| path.components().count() == 1)
            .collect();
        match (exports.pop(), exports.pop()) {
            (Some(one), None) => (source.to_owned(), one.clone()),
            (None, _) => {
                bail!("{source} has no .xml file\nexport the site in WordPress under Tools, Export")
            }
            _ => bail!("{source} has several .xml files\nname one of them"),
        }
    } else {
        let folder = source.parent().filter(|folder| !folder.as_str().is_empty());
        let folder = folder.unwrap_or(Utf8Path::new("."));
        (
            folder.to_owned(),
            Utf8PathBuf::from(source.file_name().unwrap_or_default()),
        )
    };
    let path = root.join(&file);
    let xml = fs::read_to_string(&path).with_context(|| format!("cannot read {path}"))?;
    // Pictures are carried where the uploads lie beside the export.
    let uploads = root.join("wp-content");
    let files = if uploads.is_dir() {
        tree(&uploads, Generator::Markdown)?.files
    } else {
        BTreeMap::new()
    };
    let files = files
        .into_iter()
        .map(|(path, day)| (Utf8Path::new("wp-content").join(path), day));
    let tree = SourceTree {
        texts: BTreeMap::new(),
        files: files.collect(),
    };
    let imported = site::wordpress(&file, &xml, &tree, options);
    let imported = imported.map_err(|fault| anyhow::anyhow!("{path} cannot be read: {fault}"))?;
    Ok((imported, root))
}

/// Reads a folder. Hidden files, and folders that programs make, are passed over; links out of the
/// folder are not followed.
fn tree(root: &Utf8Path, generator: Generator) -> Result<SourceTree> {
    let mut tree = SourceTree::default();
    let skipped: BTreeSet<&str> = match generator {
        // A vault's folders are called what its owner likes, a site's may be called `site`.
        Generator::Obsidian => ["node_modules"].into(),
        Generator::Markdown => NOT_CONTENT
            .iter()
            .copied()
            .filter(|name| *name != "public" && *name != "site")
            .collect(),
        _ => NOT_CONTENT.iter().copied().collect(),
    };
    let walk = WalkBuilder::new(root)
        .standard_filters(false)
        .hidden(true)
        .follow_links(false)
        .filter_entry(move |entry| {
            let is_folder = entry.file_type().is_some_and(|kind| kind.is_dir());
            let name = entry.file_name().to_str().unwrap_or_default();
            entry.depth() == 0 || !is_folder || !skipped.contains(name)
        })
        .build();
    for entry in walk {
        let entry = entry.with_context(|| format!("cannot read {root}"))?;
        if !entry.file_type().is_some_and(|kind| kind.is_file()) {
            continue;
        }
        let Some(path) = Utf8Path::from_path(entry.path()) else {
            continue;
        };
        let Ok(below) = path.strip_prefix(root) else {
            continue;
        };
        let about = entry
            .metadata()
            .with_context(|| format!("cannot read {path}"))?;
        let changed = about
            .modified()
            .ok()
            .and_then(|time| Timestamp::try_from(time).ok());
        let day = changed.map_or_else(Date::default, |time| TimeZone::UTC.to_datetime(time).date());
        tree.files.insert(below.to_owned(), day);
        let ending = below.extension().unwrap_or_default().to_ascii_lowercase();
        let is_text = [
            "md", "markdown", "mdown", "mkd", "mdx", "html", "htm", "toml", "yaml", "yml", "json",
        ]
        .contains(&ending.as_str());
        if is_text && about.len() <= LARGEST_TEXT {
            let bytes = fs::read(path).with_context(|| format!("cannot read {path}"))?;
            // What is no UTF-8 keeps its words as far as they can be read.
            let text = String::from_utf8_lossy(&bytes).replace("\r\n", "\n");
            tree.texts.insert(below.to_owned(), text);
        }
    }
    Ok(tree)
}
