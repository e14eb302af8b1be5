//! `theme`: the templates of the program, to look at and to override.

use std::{
    fs,
    io::{ErrorKind, Write},
};

use anyhow::{Context, Result, bail};
use camino::Utf8Path;

use super::{CONTENT_ERRORS, OK, options, report, use_threads};
use crate::{
    cli::{SourceArgs, ThemeCommand},
    config::ThemeName,
    pipeline,
    text::suggest::closest,
    theme,
};

/// Runs one of them.
pub(super) fn run(command: &ThemeCommand) -> Result<u8> {
    match command {
        ThemeCommand::List { theme, templates } => list(*theme, templates),
        ThemeCommand::Eject {
            names,
            theme,
            templates,
            force,
        } => eject(names, *theme, templates, *force),
        ThemeCommand::Context { page, source } => context(page, source),
    }
}

/// Prints the theme's files; those that the site overrides are marked.
fn list(name: ThemeName, templates: &Utf8Path) -> Result<u8> {
    let mut out = anstream::stdout().lock();
    for path in theme::embedded(name).keys() {
        let own = templates.join(path);
        if own.exists() {
            writeln!(out, "{path}\toverridden by {own}")?;
        } else {
            writeln!(out, "{path}")?;
        }
    }
    Ok(OK)
}

/// Writes files of the theme into the site's templates: those named, or all of them.
fn eject(names: &[String], name: ThemeName, templates: &Utf8Path, force: bool) -> Result<u8> {
    let files = theme::embedded(name);
    for wanted in names {
        if !files.contains_key(wanted) {
            let hint = closest(wanted, files.keys().map(String::as_str)).map_or_else(
                || "`dateline theme list` names them".to_owned(),
                |known| format!("did you mean {known}?"),
            );
            bail!("the theme has no {wanted}\n{hint}");
        }
    }
    let chosen = || {
        files
            .iter()
            .filter(|(path, _)| names.is_empty() || names.contains(path))
    };
    // All or none: half a theme is hard to tell from a whole one.
    let taken: Vec<&str> = chosen()
        .map(|(path, _)| path.as_str())
        .filter(|path| templates.join(path).exists())
        .collect();
    if !taken.is_empty() && !force {
        bail!(
            "{templates} has {} already\nnothing was written; --force overwrites",
            taken.join(", ")
        );
    }
    for (path, bytes) in chosen() {
        let path = templates.join(path);
        let folder = path.parent().unwrap_or(templates);
        fs::create_dir_all(folder).with_context(|| format!("cannot create {folder}"))?;
        write(&path, bytes, force)?;
        writeln!(anstream::stdout(), "{path}")?;
    }
    Ok(OK)
}

/// Prints what the template of a page is given.
fn context(page: &str, source: &SourceArgs) -> Result<u8> {
    use_threads(source.jobs)?;
    let mut options = options(source, None)?;
    options.contexts = true;
    let (built, files) = pipeline::files(&options, &pipeline::silent)?;
    if report(&built, source)? {
        return Ok(CONTENT_ERRORS);
    }
    let page = page.trim_start_matches('/').trim_end_matches("index.html");
    let folder = page.trim_end_matches('/');
    let index = if folder.is_empty() {
        "index.html".to_owned()
    } else {
        format!("{folder}/index.html")
    };
    let pages = || files.iter().filter(|file| file.context.is_some());
    let found = pages().find(|file| file.path == index || file.path == page);
    let Some(context) = found.and_then(|file| file.context.as_ref()) else {
        let hint = closest(&index, pages().map(|file| file.path.as_str()))
            .map_or(String::new(), |known| format!("\ndid you mean {known}?"));
        bail!("the site has no page {page}{hint}");
    };
    let mut out = anstream::stdout().lock();
    out.write_all(context)?;
    writeln!(out)?;
    Ok(OK)
}

fn write(path: &Utf8Path, bytes: &[u8], force: bool) -> Result<()> {
    let cannot = || format!("cannot write {path}");
    if force {
        return fs::write(path, bytes).with_context(cannot);
    }
    match fs::File::create_new(path) {
        Ok(mut file) => file.write_all(bytes).with_context(cannot),
        Err(error) if error.kind() == ErrorKind::AlreadyExists => {
            bail!("{path} exists already\n--force overwrites it")
        }
        Err(error) => Err(error).with_context(cannot),
    }
}
