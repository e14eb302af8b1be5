//! `check --external`: whether the addresses outside the site that it links to still answer.
//!
//! Nothing else in the program asks the network. The client is a feature of the build, `external`.

use std::{collections::BTreeMap, fs, io::Write, time::Duration};

use anyhow::{Context, Result};
use serde::Serialize;

use super::{counted, report_all, texts_of};
use crate::{
    cli::{CheckArgs, Format},
    diagnostic::{self, Code, Diagnostic},
    pipeline::{self, Built, Options},
    stages::{
        link::external::{self, Place},
        load,
    },
};

#[cfg(feature = "external")]
mod client;
#[cfg(feature = "external")]
use client::Client;

/// How servers are asked.
#[derive(Debug, Clone, Copy)]
pub(super) struct How {
    /// How long one request may take.
    pub(super) timeout: Duration,
    /// Ask servers on this machine and in its network too.
    pub(super) local: bool,
}

/// What came of asking.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "outcome", rename_all = "kebab-case")]
#[cfg_attr(
    not(feature = "external"),
    allow(dead_code, reason = "nobody answers where nobody is asked")
)]
pub(super) enum Answer {
    /// The page is there.
    Found {
        /// What the server said.
        status: u16,
    },
    /// The server says that there is no such page.
    Gone {
        /// What the server said.
        status: u16,
    },
    /// The server does not answer programs; readers may see the page.
    Refused {
        /// What the server said.
        status: u16,
    },
    /// No answer that can be used, after all attempts.
    Unreachable {
        /// Why.
        cause: String,
    },
}

/// One line of the report.
#[derive(Serialize)]
struct Line<'a> {
    url: &'a str,
    #[serde(flatten)]
    answer: &'a Answer,
    files: Vec<&'a str>,
}

/// Asks for every address; true where the answers forbid to go on.
pub(super) fn check(args: &CheckArgs, options: &Options, built: &Built) -> Result<bool> {
    let links = links(options)?;
    let how = How {
        timeout: Duration::from_secs(args.timeout.into()),
        local: args.local,
    };
    let answers = ask(&links, how)?;
    if let Some(path) = &args.report {
        let mut text = String::new();
        for (url, answer) in &answers {
            let mut files: Vec<&str> = links[url].iter().map(|p| p.path.as_str()).collect();
            files.dedup();
            let line = Line { url, answer, files };
            text += &format!("{}\n", serde_json::to_string(&line)?);
        }
        fs::write(path, text).with_context(|| format!("cannot write {path}"))?;
    }
    let mut problems: Vec<Diagnostic> = answers
        .iter()
        .filter_map(|(url, answer)| problem(url, answer, &links[url]))
        .map(|problem| Diagnostic {
            path: options.content.join(&problem.path),
            ..problem
        })
        .collect();
    built.levels.apply(&mut problems);
    diagnostic::sort(&mut problems);
    let source = &args.source;
    let forbid = report_all(&problems, &texts_of(built), source.format, source.strict)?;
    if source.format == Format::Text {
        let good = answers.values();
        let good = good.filter(|answer| matches!(answer, Answer::Found { .. }));
        let all = counted(answers.len(), "external link");
        writeln!(anstream::stderr(), "{all}: {} found", good.count())?;
    }
    Ok(forbid)
}

/// The links of the site as it is published.
fn links(options: &Options) -> Result<BTreeMap<String, Vec<Place>>> {
    let (sources, _) = load::site(&options.content, &options.templates)?;
    let parsed = pipeline::parse(&sources, options, &pipeline::silent);
    let linked = pipeline::link(&parsed, &sources, &pipeline::silent)?;
    let corpus = pipeline::corpus(&parsed, &linked, &sources);
    Ok(external::links(&corpus, &linked.graph))
}

#[cfg(not(feature = "external"))]
fn ask(_: &BTreeMap<String, Vec<Place>>, how: How) -> Result<BTreeMap<String, Answer>> {
    let _ = (how.timeout, how.local);
    anyhow::bail!(
        "this dateline was built without a network client\nbuild it with: cargo install --path . --features external"
    )
}

/// The addresses of one server are asked one after another, several servers at once.
#[cfg(feature = "external")]
fn ask(links: &BTreeMap<String, Vec<Place>>, how: How) -> Result<BTreeMap<String, Answer>> {
    let mut hosts: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for url in links.keys() {
        let rest = url.split_once("://").map_or("", |(_, rest)| rest);
        let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
        hosts.entry(host).or_default().push(url);
    }
    let hosts: Vec<Vec<&str>> = hosts.into_values().collect();
    let client = Client::new(how);
    let answers = pipeline::at_once(SERVERS, &hosts, |urls| {
        let ask = |url: &&str| ((*url).to_owned(), client.ask(url));
        urls.iter().map(ask).collect::<Vec<_>>()
    })?;
    Ok(answers.into_iter().flatten().collect())
}

/// How many servers are asked at once.
#[cfg(feature = "external")]
const SERVERS: usize = 16;

fn problem(url: &str, answer: &Answer, places: &[Place]) -> Option<Diagnostic> {
    let place = places.first()?;
    let (path, span) = (place.path.clone(), place.span);
    let also = match places.len() {
        1 => String::new(),
        more => format!(", linked from {more} places"),
    };
    let problem = match answer {
        Answer::Found { .. } => return None,
        Answer::Gone { status } => {
            let message = format!("the server has no page {url} any more ({status}){also}");
            Diagnostic::warning(Code::ExternalGone, path, span, message)
                .hint("link to where it stands now, or to an archived copy")
        }
        Answer::Unreachable { cause } => {
            let message = format!("{url} does not answer: {cause}{also}");
            Diagnostic::warning(Code::ExternalUnreachable, path, span, message)
                .hint("try again another day; where it stays away, link to an archived copy")
        }
        Answer::Refused { status } => {
            let message = format!("{url} does not answer programs ({status}){also}");
            Diagnostic::note(Code::ExternalRefused, path, span, message)
                .hint("open it in a browser")
        }
    };
    Some(problem)
}
