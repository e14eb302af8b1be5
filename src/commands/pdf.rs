//! `pdf`: a page or a storyline, printed by the browser of this machine.

mod browser;

use std::{fs, io::Write, time::Duration};

use anyhow::{Context, Result, bail};
use camino::{Utf8Path, Utf8PathBuf};

use super::{CONTENT_ERRORS, OK, options, report, use_threads};
use crate::{
    cli::PdfArgs,
    pipeline,
    printing::{self, Sheets},
    text::suggest::closest,
};
use browser::Browser;

/// How a PDF begins.
const MAGIC: &[u8] = b"%PDF-";

/// Prints what would be published now.
pub(super) fn pdf(args: &PdfArgs) -> Result<u8> {
    use_threads(args.source.jobs)?;
    let browser = Browser::find(args.browser.as_deref())?;
    let options = options(&args.source, args.base_url.as_deref())?;
    let (built, files) = pipeline::files(&options, &pipeline::silent)?;
    if report(&built, &args.source)? {
        return Ok(CONTENT_ERRORS);
    }
    // A file is named as the shell completes it.
    let asked = Utf8Path::new(&args.what);
    let asked = asked.strip_prefix(&args.source.content).unwrap_or(asked);
    let Some(sheets) = printing::sheets(&files, asked.as_str()) else {
        let near = closest(asked.as_str(), printing::known(&files));
        let hint = near.map_or(String::new(), |near| format!("\ndid you mean {near}?"));
        bail!(
            "the site publishes no {}{hint}\nwhat is a draft, not out yet or marked too high is not printed, see --drafts, --as-of and --audience",
            args.what
        );
    };
    let own = || Utf8PathBuf::from(format!("{}.pdf", sheets.name));
    let output = args.output.clone().unwrap_or_else(own);
    check_output(&output)?;
    let printed = print(&browser, &sheets, Duration::from_secs(args.timeout.into()))?;
    put(&output, &printed)?;
    writeln!(anstream::stdout(), "{output}")?;
    Ok(OK)
}

/// Only a PDF gives way to a PDF.
fn check_output(output: &Utf8Path) -> Result<()> {
    match fs::read(output) {
        Ok(bytes) if !bytes.starts_with(MAGIC) => {
            bail!("{output} is no PDF, and stays\nname another file with --output")
        }
        Ok(_) => Ok(()),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(()),
        Err(error) => Err(error).with_context(|| format!("cannot write {output}")),
    }
}

/// Lays the files into a folder of their own, and has them printed.
fn print(browser: &Browser, sheets: &Sheets, timeout: Duration) -> Result<Vec<u8>> {
    let scratch = tempfile::tempdir().context("cannot make a temporary folder")?;
    let scratch = Utf8Path::from_path(scratch.path()).context("the temporary folder is no text")?;
    let site = scratch.join("site");
    for (path, bytes) in &sheets.files {
        let path = site.join(path);
        let folder = path.parent().unwrap_or(&site);
        fs::create_dir_all(folder).with_context(|| format!("cannot create {folder}"))?;
        fs::write(&path, bytes).with_context(|| format!("cannot write {path}"))?;
    }
    let printed = scratch.join("printed.pdf");
    browser.print(&site.join(&sheets.page), &printed, scratch, timeout)?;
    let bytes = fs::read(&printed).unwrap_or_default();
    if !bytes.starts_with(MAGIC) {
        bail!("{browser} printed nothing\nis it Chromium, Chrome or Edge, of 2023 or later?");
    }
    Ok(bytes)
}

/// The file appears whole.
fn put(output: &Utf8Path, bytes: &[u8]) -> Result<()> {
    let cannot = || format!("cannot write {output}");
    let folder = match output.parent() {
        Some(folder) if !folder.as_str().is_empty() => folder,
        _ => Utf8Path::new("."),
    };
    let name = output.file_name().with_context(cannot)?;
    let beside = folder.join(format!(".{name}.part"));
    fs::write(&beside, bytes).with_context(cannot)?;
    fs::rename(&beside, output).with_context(cannot)
}
