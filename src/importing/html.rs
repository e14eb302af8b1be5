//! HTML as Markdown.

use dom_query::Document;

pub(crate) use crate::stages::link::address::percent_decode as percent_decoded;

/// What no text has: never read as words.
pub const SILENT: &[&str] = &[
    "script", "style", "meta", "head", "noscript", "template", "iframe", "form", "button", "input",
    "select", "svg", "nav", "object", "embed",
];

/// A piece of HTML as Markdown.
#[must_use]
pub fn to_markdown(html: &str) -> String {
    let document = Document::fragment(html);
    markdown_of(&document)
}

/// A document as Markdown; figures become a picture with its caption below.
#[must_use]
pub fn markdown_of(document: &Document) -> String {
    // A caption is a paragraph of its own, not the end of the picture's line.
    document.select("figcaption").rename("p");
    let markdown = document.md(Some(SILENT)).to_string();
    let mut out = String::with_capacity(markdown.len());
    let mut blank = 0;
    for raw in markdown.lines() {
        let line = raw.trim_end();
        blank = if line.is_empty() { blank + 1 } else { 0 };
        if blank < 2 {
            out.push_str(line);
            // Two spaces at a line's end break the line.
            out.push_str(if !line.is_empty() && raw.ends_with("  ") {
                "  \n"
            } else {
                "\n"
            });
        }
    }
    out.trim().to_owned()
}

/// The words of a piece of HTML.
#[must_use]
pub fn words(html: &str) -> String {
    let text = Document::fragment(html).text();
    text.split_whitespace().collect::<Vec<&str>>().join(" ")
}
