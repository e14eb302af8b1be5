//! `new`: a briefing to fill in.

use std::{
    fs,
    io::{ErrorKind, Write},
};

use anyhow::{Context, Result, bail};
use camino::Utf8Path;
use jiff::{Timestamp, tz::TimeZone};

use super::OK;
use crate::text::slug::slugify;

/// Makes a draft with today's date. A file of that name is never overwritten.
pub(super) fn new(title: &str, content: &Utf8Path) -> Result<u8> {
    if !content.is_dir() {
        bail!(
            "there is no folder {content}\nname another one with --content, or make a new site with `dateline init DIR`"
        );
    }
    let today = TimeZone::system().to_datetime(Timestamp::now()).date();
    let slug = slugify(title);
    if slug.is_empty() {
        bail!("`{title}` has no letters to make a file name of");
    }
    let folder = content.join("briefings");
    fs::create_dir_all(&folder).with_context(|| format!("cannot create {folder}"))?;
    let path = folder.join(format!("{today}-{slug}.md"));
    let title = serde_json::to_string(title)?;
    let text = format!(
        "---\ntitle: {title}\ndate: {today}\ndraft: true\nsummary: One sentence that says what happened and why it matters.\n\
         authors: []\ntopics: []\ntags: []\nsources:\n  - title: Where this is known from\n    url: https://example.org/\n---\n\nWrite here.\n"
    );
    match fs::File::create_new(&path) {
        Ok(mut file) => file
            .write_all(text.as_bytes())
            .with_context(|| format!("cannot write {path}"))?,
        Err(error) if error.kind() == ErrorKind::AlreadyExists => {
            bail!("{path} exists already\nchoose another title, or edit that file")
        }
        Err(error) => return Err(error).with_context(|| format!("cannot write {path}")),
    }
    writeln!(anstream::stdout(), "{path}")?;
    Ok(OK)
}
