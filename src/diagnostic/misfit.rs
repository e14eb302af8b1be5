//! What to say of a `{redact}` or `{note}` that does not pair.

use camino::Utf8PathBuf;

use super::{Code, Diagnostic};
use crate::{
    model::span::Span,
    text::redaction::{Fault, Misfit},
};

impl Diagnostic {
    /// What to tell an author of a tag that does not pair.
    #[must_use]
    pub fn misfit(path: Utf8PathBuf, misfit: &Misfit, span: Span) -> Self {
        let word = misfit.kind.word();
        let (code, message, hint) = match misfit.fault {
            Fault::Unclosed => (
                Code::RedactionUnclosed,
                format!("`{{{word}}}` is never closed"),
                format!("write `{{/{word}}}` where it ends; in code it is not seen"),
            ),
            Fault::Stray => (
                Code::RedactionUnclosed,
                format!("`{{/{word}}}` closes nothing"),
                format!("write `{{{word}}}` where it begins, or remove it"),
            ),
            Fault::Nested => (
                Code::RedactionNested,
                format!("`{{{word}}}` stands inside another passage that is hidden"),
                "close the one before you open the other".to_owned(),
            ),
        };
        Self::error(code, path, Some(span), message).hint(hint)
    }
}
