//! The examples of CommonMark and of GFM's extensions through our own reading of Markdown. What
//! comes out otherwise is listed in `docs/markdown.md` with its reason, and nothing else is.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
};

use dateline::{
    highlight,
    model::{
        document::{Document, HoleKind},
        source::SourceFile,
        span::Span,
    },
    stages::parse::{self, ParseOptions},
};
use dom_query::NodeRef;
use serde::Deserialize;

#[derive(Deserialize)]
struct Example {
    number: usize,
    section: String,
    markdown: String,
    html: String,
}

fn project(path: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).unwrap()
}

fn examples(file: &str) -> Vec<Example> {
    let text = project(file);
    text.lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

/// The HTML of a text, with its addresses as written.
fn html(markdown: &str) -> String {
    let source = SourceFile {
        path: "a.md".into(),
        text: markdown.into(),
    };
    let body = Span::new(0, markdown.len());
    let (document, _) = parse::document(&source, body, "\0", &[], &ParseOptions::default());
    filled(&document)
}

fn filled(document: &Document) -> String {
    let (mut out, mut done) = (String::new(), 0);
    let escape = |text: &str| text.replace('&', "&amp;").replace('"', "&quot;");
    for hole in &document.body.holes {
        let at = hole.at as usize;
        out.push_str(&document.body.html[done..at]);
        done = at;
        match hole.kind {
            HoleKind::Href(n) => {
                let target = escape(&document.links[n as usize].target);
                out.push_str(&format!(" href=\"{target}\""));
            }
            HoleKind::Src(n) => out.push_str(&escape(&document.images[n as usize].target)),
            HoleKind::Code(n) => {
                let block = &document.body.code[n as usize];
                out.push_str(&highlight::code_block(block));
            }
            _ => {}
        }
    }
    out + &document.body.html[done..]
}

/// What a reader gets of some HTML: elements with addresses and titles, and words.
fn essence(html: &str) -> String {
    let document = dom_query::Document::from(html);
    let mut out = String::new();
    for child in document
        .select("body")
        .nodes()
        .iter()
        .flat_map(NodeRef::children)
    {
        write(&child, false, &mut out);
    }
    let out = out.replace(['\u{2018}', '\u{2019}'], "'");
    let out = out.replace(['\u{201c}', '\u{201d}'], "\"");
    out.trim().replace("]  ", "] ")
}

fn write(node: &NodeRef<'_>, verbatim: bool, out: &mut String) {
    if node.is_text() {
        let text = node.text();
        if verbatim {
            out.push_str(&text);
        } else if text.trim().is_empty() {
            out.push_str(if text.contains('\n') || out.ends_with(' ') {
                ""
            } else {
                " "
            });
        } else {
            out.push_str(
                &text
                    .split('\n')
                    .map(str::trim)
                    .collect::<Vec<_>>()
                    .join(" "),
            );
        }
        return;
    }
    let Some(name) = node.node_name() else { return };
    let name = name.to_string();
    let class = node.attr("class").unwrap_or_default().to_string();
    // What we put around, and what a highlighter puts inside.
    let ours = matches!(&*name, "div" | "figure" | "figcaption" | "section")
        || (verbatim && matches!(&*name, "span" | "mark"));
    if ours || (name == "p" && class == "callout-title") {
        node.children()
            .iter()
            .for_each(|child| write(child, verbatim, out));
        return;
    }
    if name == "span" && class == "task" || name == "input" {
        let done = node.text().contains('\u{2611}') || node.attr("checked").is_some();
        out.push_str(if done { "[x] " } else { "[ ] " });
        return;
    }
    const BLOCKS: [&str; 6] = ["ul", "ol", "p", "pre", "blockquote", "table"];
    if BLOCKS.contains(&&*name) {
        out.truncate(out.trim_end().len());
    }
    out.push_str(&format!("<{name}"));
    for key in ["href", "src", "alt", "title", "start"] {
        if let Some(value) = node.attr(key) {
            let value = percent(&value);
            out.push_str(&format!(" {key}={value:?}"));
        }
    }
    out.push('>');
    let verbatim = verbatim || name == "pre";
    node.children()
        .iter()
        .for_each(|child| write(child, verbatim, out));
    if verbatim {
        out.truncate(out.trim_end_matches('\n').len());
    }
    out.push_str(&format!("</{name}>"));
}

/// An address with its escapes undone: both spellings lead to one place.
fn percent(text: &str) -> String {
    let (mut bytes, mut rest) = (Vec::new(), text.as_bytes());
    while let Some((&byte, more)) = rest.split_first() {
        let pair = more
            .get(..2)
            .and_then(|pair| std::str::from_utf8(pair).ok());
        match pair.and_then(|pair| u8::from_str_radix(pair, 16).ok()) {
            Some(escaped) if byte == b'%' => {
                bytes.push(escaped);
                rest = &more[2..];
            }
            _ => {
                bytes.push(byte);
                rest = more;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// The numbers that a table of the document lists, with the reason of each.
fn listed(heading: &str) -> BTreeMap<usize, String> {
    let text = project("docs/markdown.md");
    let (_, rest) = text.split_once(&format!("\n## {heading}\n")).unwrap();
    let section = rest.split("\n## ").next().unwrap();
    let mut found = BTreeMap::new();
    for row in section.lines().filter(|line| line.starts_with("| ")) {
        let mut cells = row.trim_matches('|').split('|').map(str::trim);
        let (numbers, reason) = (cells.next().unwrap(), cells.next().unwrap());
        for number in numbers.split(", ") {
            let Ok(number) = number.parse() else { continue };
            let twice = found.insert(number, reason.to_owned());
            assert_eq!(twice, None, "{heading}: {number} is listed twice");
        }
    }
    found
}

fn check(file: &str, heading: &str) {
    let mut departing = BTreeSet::new();
    let mut told = String::new();
    for example in examples(file) {
        let (wanted, got) = (essence(&example.html), essence(&html(&example.markdown)));
        if wanted != got {
            departing.insert(example.number);
            let Example {
                number,
                section,
                markdown,
                ..
            } = example;
            told.push_str(&format!(
                "#{number} {section}\n{markdown:?}\n  {wanted:?}\n  {got:?}\n"
            ));
        }
    }
    let listed: BTreeSet<usize> = listed(heading).into_keys().collect();
    assert!(
        departing == listed,
        "{heading}: departing {departing:?}, listed {listed:?}\n{told}"
    );
}

#[test]
fn commonmark_but_for_what_is_listed() {
    check("tests/spec/commonmark.jsonl", "CommonMark");
}

#[test]
fn gfm_but_for_what_is_listed() {
    check("tests/spec/gfm.jsonl", "GitHub Flavored Markdown");
}
