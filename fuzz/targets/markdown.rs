//! Markdown to document, with raw HTML cleaned, and its places.
#![no_main]

use dateline::{model::span::Span, stages::parse};
use dateline_fuzz::{check_document, check_problems, file, text};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let Some(markdown) = text(bytes) else { return };
    let source = file("briefings/a.md", &markdown);
    let body = Span::new(0, markdown.len());
    let options = parse::ParseOptions::default();
    let (document, problems) = parse::document(&source, body, "Title", &[], &options);
    check_document(&markdown, &document);
    check_problems(&markdown, &problems);
    // Cleaned is cleaned: what runs is never in the HTML, however it was written.
    let html = document.body.html.to_ascii_lowercase();
    for tag in [
        "<script", "<iframe", "<object", "<embed", "<style", "<form", "<base", "<meta",
    ] {
        assert!(!html.contains(tag), "{tag} in {html}");
    }
});
