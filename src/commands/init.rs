//! `init`: a small site that builds.

use std::{fs, io::Write};

use anyhow::{Context, Result, bail};
use camino::Utf8Path;

use super::OK;

/// The files of a new site.
const FILES: &[(&str, &str)] = &[
    ("content/site.yaml", include_str!("init/site.yaml")),
    (
        "content/briefings/2024-07-21-a-first-briefing.md",
        include_str!("init/first.md"),
    ),
    (
        "content/briefings/2024-07-22-a-second-briefing.md",
        include_str!("init/second.md"),
    ),
    (
        "content/entities/organisation/harbour-watch.md",
        include_str!("init/entity.md"),
    ),
    ("content/pages/about.md", include_str!("init/about.md")),
    (".gitignore", "/public\n/.public.dateline-*\n"),
];

/// Makes a site in `dir`, which must be empty or not exist.
pub(super) fn init(dir: &Utf8Path) -> Result<u8> {
    if dir.exists()
        && fs::read_dir(dir)
            .with_context(|| format!("cannot read {dir}"))?
            .next()
            .is_some()
    {
        bail!("{dir} is not empty\nchoose another folder: nothing is ever overwritten");
    }
    for (path, text) in FILES {
        let path = dir.join(path);
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent).with_context(|| format!("cannot create {parent}"))?;
        }
        fs::write(&path, text).with_context(|| format!("cannot write {path}"))?;
    }
    writeln!(
        anstream::stdout(),
        "Made a site in {dir}. Next:\n  cd {dir}\n  dateline serve"
    )?;
    Ok(OK)
}
