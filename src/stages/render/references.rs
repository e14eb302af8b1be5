//! The list of references below a text: the works that it cites, with the way back to each citation.

use std::fmt::Write;

use super::site::Site;
use crate::{
    model::citation::{Cited, Reference},
    text::html::escape,
    words::Words,
};

/// The list; nothing where nothing is cited.
pub(super) fn list(site: &Site<'_>, language: Option<&str>, cited: &Cited) -> String {
    if cited.references.is_empty() {
        return String::new();
    }
    let words = site.words.inside(language);
    let title = escape(&words.say("references"));
    let mut out = format!(
        "<section class=\"references\" role=\"doc-bibliography\" aria-labelledby=\"_references\">\n\
         <h2 id=\"_references\">{title}</h2>\n<ul>\n"
    );
    for reference in &cited.references {
        let _ = writeln!(
            out,
            "<li id=\"{}\">{}{}</li>",
            escape(&reference.id),
            written(reference),
            ways_back(words, reference)
        );
    }
    out + "</ul>\n</section>\n"
}

/// A work with its number, if its style gives it one.
pub(super) fn written(reference: &Reference) -> String {
    match &reference.label {
        Some(label) => format!(
            "<span class=\"reference-label\">{}</span> {}",
            escape(label),
            reference.html
        ),
        None => reference.html.clone(),
    }
}

fn ways_back(words: &Words, reference: &Reference) -> String {
    let mut out = String::new();
    for (n, id) in (1u64..).zip(&reference.cited_at) {
        let number = words.number(n);
        let name = escape(&words.fill("back_to_citation", &[("number", &number)]));
        let mark = match reference.cited_at.len() {
            1 => String::new(),
            _ => format!("<sup>{}</sup>", escape(&number)),
        };
        let _ = write!(
            out,
            " <a class=\"reference-back\" role=\"doc-backlink\" href=\"#{}\" aria-label=\"{name}\">↩{mark}</a>",
            escape(id)
        );
    }
    out
}
