//! `urls`: the addresses that the site has published, in `content/urls.jsonl`.

use std::{fs, io::Write};

use anyhow::{Context, Result, bail};
use camino::Utf8Path;

use super::{CONTENT_ERRORS, OK, content, counted, options, plural};
use crate::{
    cli::{SourceArgs, UrlsCommand},
    diagnostic::Severity,
    editing::{
        addresses::{accepted, written},
        files::Change,
    },
    model::{
        address::{ADDRESSES, Address},
        source::SourceFile,
    },
    pipeline,
    stages::{link::remembered, load, parse},
};

/// Runs one of them.
pub(super) fn run(command: &UrlsCommand) -> Result<u8> {
    match command {
        UrlsCommand::Accept { source } => accept(&SourceArgs {
            // A draft was never published.
            drafts: false,
            ..source.clone()
        }),
        UrlsCommand::Retire { urls, content } => change("retire", urls, content, |all, url| {
            all.iter_mut()
                .find(|known| known.url == url)
                .map(|known| known.retired = true)
        }),
        UrlsCommand::Release { urls, content } => change("release", urls, content, |all, url| {
            let at = all.iter().position(|known| known.url == url)?;
            all.remove(at);
            Some(())
        }),
    }
}

/// Remembers the addresses of today.
fn accept(source: &SourceArgs) -> Result<u8> {
    content::recover(&source.content)?;
    let options = options(source, None)?;
    let (sources, mut problems) = load::site(&options.content, &options.templates)?;
    let parsed = pipeline::parse(&sources, &options, &pipeline::silent);
    let linked = pipeline::link(&parsed, &sources, &pipeline::silent)?;
    problems.extend(parsed.problems.iter().chain(&linked.problems).cloned());
    let errors = problems.iter().filter(|p| p.severity == Severity::Error);
    let errors = errors.count();
    if errors > 0 {
        writeln!(
            anstream::stderr(),
            "the content has {}, see `dateline check`; nothing was written",
            counted(errors, "error")
        )?;
        return Ok(CONTENT_ERRORS);
    }
    let corpus = pipeline::corpus(&parsed, &linked, &sources);
    let known = parsed.remembered.iter().map(|known| known.address.clone());
    let standings = remembered::standings(&corpus);
    let all = accepted(known.zip(standings), remembered::current(&corpus));
    let new = all.len() - parsed.remembered.len();
    store(&source.content, "urls accept", &all)?;
    writeln!(
        anstream::stderr(),
        "{}, {new} of them new, in {}",
        plural(all.len(), "address", "addresses"),
        source.content.join(ADDRESSES)
    )?;
    Ok(OK)
}

/// Changes what is remembered of some addresses: all of them or none.
fn change(
    what: &str,
    urls: &[String],
    folder: &Utf8Path,
    one: impl Fn(&mut Vec<Address>, &str) -> Option<()>,
) -> Result<u8> {
    content::recover(folder)?;
    let mut all = known(folder)?;
    for url in urls {
        let url = written(url);
        if one(&mut all, &url).is_none() {
            bail!("{} does not have the address {url}", folder.join(ADDRESSES));
        }
    }
    store(folder, &format!("urls {what} {}", urls.join(" ")), &all)?;
    Ok(OK)
}

fn known(folder: &Utf8Path) -> Result<Vec<Address>> {
    let path = folder.join(ADDRESSES);
    let text = fs::read_to_string(&path).with_context(|| format!("cannot read {path}"))?;
    let (known, problems) = parse::addresses(&SourceFile {
        path: ADDRESSES.into(),
        text: text.into(),
    });
    if let Some(problem) = problems.first() {
        bail!("{path}: {}", problem.message);
    }
    Ok(known.into_iter().map(|known| known.address).collect())
}

fn store(folder: &Utf8Path, what: &str, all: &[Address]) -> Result<()> {
    let path = folder.join(ADDRESSES);
    let before = match fs::read(&path) {
        Ok(bytes) => Some(bytes),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => None,
        Err(error) => return Err(error).with_context(|| format!("cannot read {path}")),
    };
    let after = Some(parse::text_of_addresses(all)?.into_bytes());
    if before == after {
        return Ok(());
    }
    let path = ADDRESSES.into();
    content::commit(
        folder,
        what,
        &[Change {
            path,
            before,
            after,
        }],
    )
}
