//! One file for each subcommand. Each returns the exit code: 0 ok, 1 content errors; what the
//! machine refuses is an error, which `main` turns into 2.

#![allow(clippy::disallowed_methods, reason = "commands talk to the machine")]

mod build;
mod completions;
mod content;
mod deploy;
mod entities;
mod external;
mod extract;
mod import;
mod init;
mod links;
mod lsp;
mod man;
mod new;
mod pdf;
mod serve;
mod theme;
mod undo;
mod urls;
mod verify;
mod watch;

use std::io::{self, IsTerminal, Write};

use anyhow::{Context, Result};
use jiff::{Timestamp, civil::Time, tz::TimeZone};

use crate::{
    cli::{Command, Format, SourceArgs},
    diagnostic::{self, Diagnostic, Severity},
    pipeline::{Built, Options},
    schema,
};

/// Exit code: all is well.
pub const OK: u8 = 0;
/// Exit code: the content has errors.
pub const CONTENT_ERRORS: u8 = 1;
/// Exit code: the machine refused, or the command line is wrong.
pub const ENVIRONMENT: u8 = 2;

/// Runs a subcommand.
///
/// # Errors
/// What the machine refuses.
pub fn run(command: Command) -> Result<u8> {
    match command {
        Command::Build(args) => build::build(&args),
        Command::Check(args) => build::check(&args),
        Command::Init { dir } => init::init(&dir),
        Command::Lsp {
            content,
            templates,
            stdio: _,
        } => lsp::lsp(&content, &templates),
        Command::Links { source } => links::links(&source),
        Command::New { title, content } => new::new(&title, &content),
        Command::Undo { list, content } => undo::undo(list, &content),
        Command::Serve {
            source,
            base_url,
            port,
        } => serve::serve(&source, base_url.as_deref(), port),
        Command::Entities(command) => entities::run(&command),
        Command::Import(command) => import::run(&command),
        Command::Extract(args) => extract::run(&args),
        Command::Theme(command) => theme::run(&command),
        Command::Urls(command) => urls::run(&command),
        Command::Verify(args) => verify::verify(&args),
        Command::Deploy(args) => deploy::deploy(&args),
        Command::Pdf(args) => pdf::pdf(&args),
        Command::Man { dir } => man::man(&dir),
        Command::Schema { file } => {
            let schema = serde_json::to_string_pretty(&schema::schema(file))?;
            writeln!(anstream::stdout(), "{schema}")?;
            Ok(OK)
        }
        Command::Completions { shell } => completions::completions(shell),
    }
}

/// The build's options from the command line. The clock is read here and nowhere else.
fn options(source: &SourceArgs, base_url: Option<&str>) -> Result<Options> {
    let now = match source.as_of {
        Some(date) => TimeZone::UTC
            .to_timestamp(date.to_datetime(Time::MAX))
            .with_context(|| format!("{date} is out of range"))?,
        None => Timestamp::now(),
    };
    Ok(Options {
        base_url: base_url.map(str::to_owned),
        drafts: source.drafts,
        audience: source.audience,
        as_of: source.as_of,
        ..Options::at(source.content.clone(), source.templates.clone(), now)
    })
}

/// Sets the number of threads. The output does not depend on it.
fn use_threads(jobs: Option<usize>) -> Result<()> {
    if let Some(jobs) = jobs {
        rayon::ThreadPoolBuilder::new()
            .num_threads(jobs.max(1))
            .build_global()
            .context("cannot start the threads")?;
    }
    Ok(())
}

/// Prints the diagnostics and their number; true where they forbid to publish.
fn report(built: &Built, source: &SourceArgs) -> Result<bool> {
    report_all(
        &built.problems,
        &texts_of(built),
        source.format,
        source.strict,
    )
}

/// Prints diagnostics and their number; true where they forbid to publish.
fn report_all(
    problems: &[Diagnostic],
    lookup: &diagnostic::Lookup<'_>,
    format: Format,
    strict: bool,
) -> Result<bool> {
    let count = |severity| problems.iter().filter(|p| p.severity == severity).count();
    let (errors, warnings) = (count(Severity::Error), count(Severity::Warning));
    let mut out = anstream::stderr().lock();
    match format {
        Format::Json => diagnostic::json(problems, lookup, &mut out)?,
        Format::Github => diagnostic::github(problems, lookup, &mut out)?,
        Format::Text => diagnostic::human(problems, lookup, true, &mut out)?,
    }
    if format != Format::Json && errors + warnings > 0 {
        let (errors, warnings) = (counted(errors, "error"), counted(warnings, "warning"));
        writeln!(out, "{errors} and {warnings}")?;
    }
    Ok(diagnostic::forbid(problems, strict))
}

/// The texts that excerpts are taken from.
fn texts_of<'a>(built: &'a Built) -> impl Fn(&str) -> Option<&'a str> {
    |path| built.texts.get(path).map(String::as_str)
}

/// `1 error`, `2 errors`
fn counted(count: usize, what: &str) -> String {
    plural(count, what, &format!("{what}s"))
}

/// `1 entity`, `2 entities`
fn plural(count: usize, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}

/// True where a person watches.
fn is_watched() -> bool {
    io::stderr().is_terminal()
}
