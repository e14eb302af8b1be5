//! Where names can be marked in an article's HTML.
//!
//! A tag may go around a name only where the HTML between is balanced: a name that starts inside
//! `<em>` and ends after it gets its tag around the whole `<em>`, or none.

use std::collections::{BTreeMap, BTreeSet};

use super::appearances::Named;
use crate::model::{
    catalogue::EntityIdx,
    document::Document,
    extraction::{Extraction, Marks, Mention, Sense},
    graph::Anchor,
    span::Span,
};

/// Where each mention of an article can get a tag in its HTML; none inside the author's own links.
#[must_use]
pub fn marks(document: &Document, extraction: &Extraction) -> Marks {
    let mark = |mention: &Mention| {
        let html = document.body.text.span(mention.span)?;
        balanced(&document.body.html, html).filter(|_| !document.is_linked(mention.span))
    };
    extraction.mentions.iter().map(mark).collect()
}

/// The anchors of an article, in order, without overlaps. The first mention of each entity that
/// may carry a link carries one: none in headings, none inside the author's own links.
pub(super) fn anchors(document: &Document, names: &[Named], marks: &Marks) -> Vec<Anchor> {
    let mut anchors: Vec<Anchor> = Vec::new();
    let mut counts: BTreeMap<EntityIdx, u32> = BTreeMap::new();
    let mut linked: BTreeSet<EntityIdx> = BTreeSet::new();
    for name in names {
        // A wikilink brings its own link.
        let Some(mention) = name.mention else {
            linked.insert(name.entity);
            continue;
        };
        let Some(html) = marks.get(mention as usize).copied().flatten() else {
            continue;
        };
        if anchors
            .last()
            .is_some_and(|last| html.start < last.html.end)
        {
            continue;
        }
        let ordinal = counts.entry(name.entity).or_default();
        *ordinal += 1;
        let may_link = name.sense != Sense::Nationality && !in_heading(document, name.span);
        let link = may_link && linked.insert(name.entity);
        anchors.push(Anchor {
            html,
            text: name.span,
            entity: name.entity,
            ordinal: *ordinal,
            link,
        });
    }
    anchors
}

fn in_heading(document: &Document, span: Span) -> bool {
    let block = document.block_at(span.start);
    block.is_some_and(|block| block.kind.is_headline())
}

/// The smallest balanced stretch of `html` that holds `span`, if one is to be had by taking in
/// the tags that touch it.
fn balanced(html: &str, span: Span) -> Option<Span> {
    let mut span = span;
    let mut open: Vec<&str> = Vec::new();
    let mut unmatched: Vec<&str> = Vec::new();
    let inside = span.of(html);
    let mut rest = inside;
    while let Some(start) = rest.find('<') {
        let length = rest[start..].find('>')? + 1;
        let tag = &rest[start..start + length];
        rest = &rest[start + length..];
        let name = tag_name(tag);
        if tag.starts_with("</") {
            if open.pop().is_none_or(|opened| opened != name) {
                unmatched.push(name);
            }
        } else if !tag.ends_with("/>") && !matches!(name, "br" | "img" | "wbr" | "hr" | "input") {
            open.push(name);
        }
    }
    for name in unmatched {
        let before = &html[..span.start as usize];
        let start = before.strip_suffix('>')?.rfind('<')?;
        let tag = &before[start..];
        if tag.starts_with("</") || tag_name(tag) != name {
            return None;
        }
        span = Span::new(start, span.end as usize);
    }
    while let Some(name) = open.pop() {
        let after = &html[span.end as usize..];
        let length = after.find('>')? + 1;
        if !after.starts_with("</") || tag_name(&after[..length]) != name {
            return None;
        }
        span = Span::new(span.start as usize, span.end as usize + length);
    }
    Some(span)
}

fn tag_name(tag: &str) -> &str {
    let name = tag.trim_start_matches("</").trim_start_matches('<');
    let end = name
        .find(|c: char| !c.is_ascii_alphanumeric())
        .unwrap_or(name.len());
    &name[..end]
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    /// `[` and `]` in `input` mark the span; the result is shown the same way.
    fn check(input: &str, expected: Option<&str>) {
        let start = input.find('[').unwrap();
        let end = input.find(']').unwrap() - 1;
        let html = input.replace(['[', ']'], "");
        let shown = balanced(&html, Span::new(start, end)).map(|span| {
            let (a, b) = (span.start as usize, span.end as usize);
            format!("{}[{}]{}", &html[..a], &html[a..b], &html[b..])
        });
        assert_eq!(shown.as_deref(), expected, "{input}");
    }

    #[test]
    fn takes_in_the_tags_that_touch_the_name() {
        check("<p>The [port] of</p>", Some("<p>The [port] of</p>"));
        check(
            "<p><em>[Rotter</em>dam] is</p>",
            Some("<p>[<em>Rotter</em>dam] is</p>"),
        );
        check(
            "<p>[Rotter<em>dam]</em> is</p>",
            Some("<p>[Rotter<em>dam</em>] is</p>"),
        );
        check(
            "<p>[Port <em>of</em> X] is</p>",
            Some("<p>[Port <em>of</em> X] is</p>"),
        );
        check("<p>a<br>[b<br>c] d</p>", Some("<p>a<br>[b<br>c] d</p>"));
    }

    #[test]
    fn gives_up_where_the_tags_cross() {
        check("<p><em>big [Rotter</em>dam] is</p>", None);
        check("<p>[Rotter<em>dam] port</em></p>", None);
    }
}
