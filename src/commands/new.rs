//! `new`: a briefing to fill in.

use std::io::Write;

use anyhow::{Result, bail};
use camino::{Utf8Path, Utf8PathBuf};
use jiff::{Timestamp, tz::TimeZone};

use super::OK;
use crate::{editing::files::Change, text::slug::slugify};

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
    let path = Utf8PathBuf::from(format!("briefings/{today}-{slug}.md"));
    if content.join(&path).exists() {
        bail!(
            "{} exists already\nchoose another title, or edit that file",
            content.join(path)
        );
    }
    let what = format!("new {title}");
    let title = serde_json::to_string(title)?;
    let text = format!(
        "---\ntitle: {title}\ndate: {today}\ndraft: true\nsummary: One sentence that says what happened and why it matters.\n\
         authors: []\ntopics: []\ntags: []\nsources:\n  - title: Where this is known from\n    url: https://example.org/\n---\n\nWrite here.\n"
    );
    let change = Change {
        path: path.clone(),
        before: None,
        after: Some(text.into_bytes()),
    };
    super::content::commit(content, &what, &[change])?;
    writeln!(anstream::stdout(), "{}", content.join(path))?;
    Ok(OK)
}
