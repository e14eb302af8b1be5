//! The walk, construct by construct.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use super::*;
use crate::config::RawHtml;

fn parse(markdown: &str) -> Document {
    let source = SourceFile {
        path: "a.md".into(),
        text: markdown.into(),
    };
    let body = Span::new(0, markdown.len());
    document(
        &source,
        body,
        "Title",
        &[],
        &ParseOptions {
            raw_html: RawHtml::Clean,
            ..ParseOptions::default()
        },
    )
    .0
}

/// `name` is contiguous in the prose, and maps to `source` in the file and `html` in the page.
fn check_name(markdown: &str, name: &str, source: &str, html: &str) {
    let document = parse(markdown);
    let start = document
        .text
        .find(name)
        .unwrap_or_else(|| panic!("{:?}", document.text));
    let span = Span::new(start, start + name.len());
    assert_eq!(document.source.span(span).unwrap().of(markdown), source);
    assert_eq!(
        document
            .body
            .text
            .span(span)
            .unwrap()
            .of(&document.body.html),
        html
    );
}

#[test]
fn broken_names_are_whole_in_the_prose() {
    check_name(
        "The Port of\nRotterdam is",
        "Port of Rotterdam",
        "Port of\nRotterdam",
        "Port of\nRotterdam",
    );
    check_name("Shares of AT&amp;T rose", "AT&T", "AT&amp;T", "AT&amp;T");
    check_name(
        "In *Rotter*dam today",
        "Rotterdam",
        "Rotter*dam",
        "Rotter</em>dam",
    );
    check_name("Chez O\\*Neill here", "O*Neill", "O\\*Neill", "O*Neill");
    check_name(
        "It is Moscow's turn",
        "Moscow\u{2019}s",
        "Moscow's",
        "Moscow\u{2019}s",
    );
    check_name(
        "> The Port\n> Agency met",
        "Port Agency",
        "Port\n> Agency",
        "Port\nAgency",
    );
}

#[test]
fn blocks_know_what_they_are() {
    let document =
        parse("# Head\n\nPara.\n\n- one\n- two\n\n> quoted\n\n| a | b |\n|---|--:|\n| c | d |\n");
    let kinds: Vec<(BlockKind, &str)> = document
        .blocks
        .iter()
        .map(|b| (b.kind, b.span.of(&document.text)))
        .collect();
    use BlockKind::{Heading, ListItem, Paragraph, Quote, TableCell};
    assert_eq!(
        kinds,
        [
            (Heading(2), "Head"),
            (Paragraph, "Para."),
            (ListItem, "one"),
            (ListItem, "two"),
            (Quote, "quoted"),
            (TableCell, "a"),
            (TableCell, "b"),
            (TableCell, "c"),
            (TableCell, "d"),
        ]
    );
    assert_eq!(document.word_count, 9);
}

#[test]
fn the_title_is_not_repeated() {
    let document = parse("# Title\n\n## Part\n\nText.");
    assert_eq!(
        document.body.html,
        "<h2 id=\"part\">Part</h2>\n<p>Text.</p>\n"
    );
}

#[test]
fn headings_have_unique_ids() {
    let ids: Vec<String> = parse("## Part\n\n## Part\n\n## Over {#here}\n\n## …\n")
        .headings
        .into_iter()
        .map(|heading| heading.id)
        .collect();
    assert_eq!(ids, ["part", "part-2", "here", "section"]);
}

#[test]
fn code_and_addresses_are_masked() {
    let document =
        parse("Run `Paris` at https://paris.fr/x and <https://lyon.fr>.\n\n```\nOslo\n```\n");
    let masked: Vec<&str> = document
        .masks
        .iter()
        .map(|m| m.span.of(&document.text))
        .collect();
    assert_eq!(masked, ["Paris", "https://paris.fr/x", "https://lyon.fr"]);
    assert!(!document.text.contains("Oslo"));
}

#[test]
fn links_leave_holes() {
    let document = parse("A [b](c.md \"d\") and ![e](f.png) and [[G|h]].");
    assert_eq!(
        document.body.html,
        "<p>A <a title=\"d\">b</a> and <img src=\"\" alt=\"e\" loading=\"lazy\" decoding=\"async\"> and h.</p>\n"
    );
    assert_eq!(document.body.holes.len(), 4);
    assert_eq!(
        (&*document.links[0].target, &*document.images[0].target),
        ("c.md", "f.png")
    );
    let wikilink = &document.wikilinks[0];
    assert_eq!(
        (&*wikilink.target, wikilink.text.of(&document.text)),
        ("G", "h")
    );
    let linked: Vec<&str> = document
        .linked
        .iter()
        .map(|s| s.of(&document.text))
        .collect();
    assert_eq!(linked, ["b", "h"]);
}

#[test]
fn dangerous_links_are_refused() {
    let source = SourceFile {
        path: "a.md".into(),
        text: "[x](javascript:y) ![z](data:w)".into(),
    };
    let body = Span::new(0, source.text.len());
    let (document, problems) = document(&source, body, "T", &[], &ParseOptions::default());
    assert_eq!(problems.len(), 2);
    assert_eq!(document.body.html, "<p>x </p>\n");
}

#[test]
fn raw_html_leaves_holes_for_its_addresses() {
    let document =
        parse("<div>\n<a href=\"x?a&amp;b\">a</a> <img src=\"c.svg\" alt=\"C\">\n</div>\n");
    let link = &document.links[0];
    assert_eq!((link.target.as_str(), link.raw), ("x?a&b", true));
    assert_eq!(document.images[0].alt, "C");
    assert!(
        !document.body.html.contains("href"),
        "{}",
        document.body.html
    );
    assert_eq!(document.body.holes.len(), 2);
}

#[test]
fn raw_html_is_cleaned_and_balanced() {
    let html = parse("a <b onclick=x>b <script>c</script>\n\n<div><script>d</script>e</div>\n")
        .body
        .html;
    assert_eq!(html, "<p>a <b>b c</b></p>\n<div>e</div>\n");
}

#[test]
fn footnotes_go_to_the_end_in_the_order_of_reference() {
    let document = parse("One[^b] two[^a].\n\n[^a]: First.\n\n[^b]: Second.\n\nThree[^b].\n");
    let text = &document.text;
    assert!(text.find("Three").unwrap() < text.find("Second").unwrap());
    assert!(text.find("Second").unwrap() < text.find("First").unwrap());
    assert!(
        document.body.html.contains(
            "<li id=\"fn-1\"><p>Second.</p>\n<a class=\"footnote-back\" href=\"#fnref-1\""
        )
    );
    assert!(document.body.html.contains("href=\"#fnref-1-2\""));
}

#[test]
fn tight_lists_hold_bare_words_and_lists() {
    assert_eq!(
        parse("- one\n  - two\n- [x] three\n").body.html,
        "<ul>\n<li>one<ul>\n<li>two</li>\n</ul>\n</li>\n<li><span class=\"task\" role=\"img\" aria-label=\"done\">☑</span> three</li>\n</ul>\n"
    );
}

#[test]
fn alerts_and_definitions() {
    let html = parse("> [!NOTE]\n> Mind.\n\nTerm\n: Meaning\n").body.html;
    assert!(
        html.contains("<div class=\"callout callout-note\" role=\"note\" aria-label=\"Note\">"),
        "{html}"
    );
    assert!(
        html.contains("<dl>\n<dt>Term</dt>\n<dd>Meaning</dd>\n</dl>"),
        "{html}"
    );
}

#[test]
fn details_go_around_markdown() {
    let html = parse("<details><summary>More</summary>\n\nhidden *text*\n\n</details>\n\nAfter.\n")
        .body
        .html;
    let inside =
        "<details><summary>More</summary>\n<p>hidden <em>text</em></p>\n</details>\n<p>After.</p>";
    assert!(html.contains(inside), "{html}");
    let html = parse("- a\n\n  <details>\n\n  b\n\nc\n").body.html;
    assert!(html.contains("<p>b</p>\n</details>\n</li>"), "{html}");
}

#[test]
fn empty_cells_head_nothing() {
    let html = parse("| | A |\n|---|---|\n| 1 | |\n").body.html;
    assert!(
        html.contains("<tr><td></td><th scope=\"col\">A</th></tr>"),
        "{html}"
    );
    assert!(html.contains("<tr><td>1</td><td></td></tr>"), "{html}");
}

#[test]
fn figures_have_captions() {
    assert_eq!(
        parse("![A quay](q.svg \"The quay\")\n").body.html,
        "<figure><img src=\"\" alt=\"A quay\" loading=\"lazy\" decoding=\"async\"><figcaption>The quay</figcaption></figure>\n"
    );
}

/// Words as authors write them, with what may break a name: emphasis, entities, line breaks.
fn prose() -> impl proptest::strategy::Strategy<Value = String> {
    use proptest::prelude::*;
    let piece = prop_oneof![
        "[A-Za-zé]{1,8}",
        Just("*Rotter*dam".to_owned()),
        Just("AT&amp;T".to_owned()),
        Just("**Port**\nof".to_owned()),
        Just("`code`".to_owned()),
        Just("[a link](b.md)".to_owned()),
        Just("[[Wiki|link]]".to_owned()),
        Just("don't".to_owned()),
        Just("--".to_owned()),
        Just("\\*".to_owned()),
        Just("[^n]".to_owned()),
        Just("<b>".to_owned()),
        Just("\n\n<details>\n\n".to_owned()),
        Just("\n\n</details>\n\n".to_owned()),
        Just("\n\n> ".to_owned()),
        Just("\n\n- ".to_owned()),
        Just("\n\n[^n]: ".to_owned()),
    ];
    proptest::collection::vec(piece, 0..40).prop_map(|pieces| pieces.join(" "))
}

/// Every word of the prose maps to places inside the file and the page, on whole characters; a
/// plain word maps to itself.
fn check_maps(markdown: &str) {
    let document = parse(markdown);
    for block in &document.blocks {
        let text = block.span.of(&document.text);
        assert!(!text.is_empty(), "empty block in {markdown:?}");
        for word in text.split_whitespace() {
            let start = word.as_ptr() as usize - document.text.as_ptr() as usize;
            let span = Span::new(start, start + word.len());
            let source = document
                .source
                .span(span)
                .expect("every word has a place in the file");
            let html = document
                .body
                .text
                .span(span)
                .expect("every word has a place in the page");
            let (source, html) = (
                markdown.get(source.range()).unwrap(),
                document.body.html.get(html.range()).unwrap(),
            );
            if word.chars().all(char::is_alphanumeric) && source.len() == word.len() {
                assert_eq!((source, html), (word, word));
            }
        }
    }
}

proptest::proptest! {
    #[test]
    fn maps_hold_for_prose(markdown in prose()) {
        check_maps(&markdown);
    }

    #[test]
    fn maps_hold_for_anything(markdown in "\\PC{0,80}") {
        check_maps(&markdown);
    }
}
