//! `verify`: a published tree against its manifest.

use std::io::Write;

use anyhow::Result;

use super::{CONTENT_ERRORS, OK, counted, report_all, use_threads};
use crate::{
    cli::{Format, VerifyArgs},
    pipeline,
};

/// Reports what is not as it was published.
pub(super) fn verify(args: &VerifyArgs) -> Result<u8> {
    use_threads(args.jobs)?;
    let verified = pipeline::verify(&args.dir)?;
    if report_all(&verified.problems, &|_| None, args.format, args.strict)? {
        return Ok(CONTENT_ERRORS);
    }
    if args.format == Format::Text {
        writeln!(
            anstream::stdout(),
            "{}: {} as dateline {} published them; manifest {}",
            args.dir,
            counted(verified.files, "file"),
            verified.version,
            verified.blake3
        )?;
    }
    Ok(OK)
}
