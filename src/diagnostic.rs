//! What is wrong with the content.
//!
//! Stages return diagnostics beside their value and go on; the pipeline sorts them and prints all
//! of them at once. What is wrong with the machine is no diagnostic but an `anyhow::Error`.

mod code;
mod level;
mod misfit;
mod place;
mod print;

use camino::Utf8PathBuf;

pub use code::Code;
pub use level::{Level, Levels};
pub use print::{Lookup, github, human, json};

use crate::{model::span::Span, text::suggest::closest};

/// How bad it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Nothing is published.
    Error,
    /// Published, but hardly what the author meant; an error under `--strict`.
    Warning,
    /// Worth knowing; nothing to mend.
    Note,
}

impl Severity {
    /// `error`, `warning` or `note`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Note => "note",
        }
    }
}

/// One thing that an author can mend.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// The file, below the content folder (or `templates/…`).
    pub path: Utf8PathBuf,
    /// Where in the file, in bytes; `None` where it is about the whole file.
    pub span: Option<Span>,
    /// How bad.
    pub severity: Severity,
    /// Which kind of mistake: stable, to be looked up.
    pub code: Code,
    /// One sentence, lower case, without a full stop.
    pub message: String,
    /// A few words at the caret.
    pub label: String,
    /// How to mend it.
    pub hints: Vec<String>,
}

impl Diagnostic {
    /// An error.
    #[must_use]
    pub fn error(code: Code, path: Utf8PathBuf, span: Option<Span>, message: String) -> Self {
        let (label, hints) = (String::new(), Vec::new());
        Self {
            path,
            span,
            severity: Severity::Error,
            code,
            message,
            label,
            hints,
        }
    }

    /// A warning.
    #[must_use]
    pub fn warning(code: Code, path: Utf8PathBuf, span: Option<Span>, message: String) -> Self {
        Self {
            severity: Severity::Warning,
            ..Self::error(code, path, span, message)
        }
    }

    /// A note.
    #[must_use]
    pub fn note(code: Code, path: Utf8PathBuf, span: Option<Span>, message: String) -> Self {
        Self {
            severity: Severity::Note,
            ..Self::error(code, path, span, message)
        }
    }

    /// With a few words at the caret.
    #[must_use]
    pub fn label(mut self, label: impl Into<String>) -> Self {
        self.label = label.into();
        self
    }

    /// With a way to mend it.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hints.push(hint.into());
        self
    }

    /// With a suggestion, where a known word is like the written one.
    #[must_use]
    pub fn did_you_mean<'a>(self, written: &str, known: impl IntoIterator<Item = &'a str>) -> Self {
        match closest(written, known) {
            Some(word) => self.hint(format!("did you mean `{word}`?")),
            None => self,
        }
    }
}

/// True where the diagnostics forbid to publish.
#[must_use]
pub fn forbid(diagnostics: &[Diagnostic], strict: bool) -> bool {
    diagnostics.iter().any(|problem| match problem.severity {
        Severity::Error => true,
        Severity::Warning => strict,
        Severity::Note => false,
    })
}

/// Sorts by file and place, and drops what was said twice.
pub fn sort(diagnostics: &mut Vec<Diagnostic>) {
    diagnostics.sort_by(|a, b| {
        (&a.path, a.span, a.severity, a.code, &a.message)
            .cmp(&(&b.path, b.span, b.severity, b.code, &b.message))
    });
    diagnostics.dedup();
}
