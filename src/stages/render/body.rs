//! A document's HTML with its holes filled and its names marked; sentences with names marked.

use std::fmt::Write;

use crate::{
    model::{
        catalogue::{ArticleIdx, EntityIdx},
        document::{Document, HoleKind},
        graph::{Anchor, Target, Targets},
        span::Span,
    },
    stages::render::site::Site,
    urls,
};

/// Something put into the HTML at a place.
struct Patch {
    at: u32,
    /// End tags come before start tags at the same place.
    order: u8,
    text: String,
}

/// The HTML of `document` for the page at `page`.
pub(super) fn body(
    site: &Site<'_>,
    page: &str,
    document: &Document,
    targets: &Targets,
    anchors: &[Anchor],
) -> String {
    let mut patches = Vec::with_capacity(document.body.holes.len() + anchors.len() * 2);
    for hole in &document.body.holes {
        let text = match hole.kind {
            HoleKind::Href(n) => match targets.links.get(n as usize) {
                None | Some(Target::Broken) => String::new(),
                target => format!(" href=\"{}\"", address(site, page, target)),
            },
            HoleKind::Src(n) => address(site, page, targets.images.get(n as usize)),
            HoleKind::WikilinkStart(n) => wikilink(site, page, targets.wikilinks.get(n as usize)),
            HoleKind::WikilinkEnd(n) => match targets.wikilinks.get(n as usize) {
                None | Some(Target::Broken) => String::new(),
                Some(_) => "</a>".to_owned(),
            },
        };
        let order = if matches!(hole.kind, HoleKind::WikilinkEnd(_)) {
            0
        } else {
            1
        };
        patches.push(Patch {
            at: hole.at,
            order,
            text,
        });
    }
    for anchor in anchors {
        let id = fragment(site, anchor.entity, anchor.ordinal);
        let (start, end) = if anchor.link {
            let url = urls::relative(
                page,
                &urls::entity(site.corpus.catalogue.get(anchor.entity)),
            );
            (
                format!("<a class=\"name\" id=\"{id}\" href=\"{url}\">"),
                "</a>",
            )
        } else {
            (format!("<span class=\"named\" id=\"{id}\">"), "</span>")
        };
        patches.push(Patch {
            at: anchor.html.start,
            order: 1,
            text: start,
        });
        patches.push(Patch {
            at: anchor.html.end,
            order: 0,
            text: end.to_owned(),
        });
    }
    patches.sort_by_key(|patch| (patch.at, patch.order));
    spliced(&document.body.html, &patches)
}

fn spliced(html: &str, patches: &[Patch]) -> String {
    let extra: usize = patches.iter().map(|patch| patch.text.len()).sum();
    let mut out = String::with_capacity(html.len() + extra);
    let mut done = 0;
    for patch in patches {
        let at = patch.at as usize;
        out.push_str(&html[done..at]);
        out.push_str(&patch.text);
        done = at;
    }
    out.push_str(&html[done..]);
    out
}

fn wikilink(site: &Site<'_>, page: &str, target: Option<&Target>) -> String {
    match target {
        None | Some(Target::Broken) => String::new(),
        Some(target) => {
            format!(
                "<a class=\"name\" href=\"{}\">",
                address(site, page, Some(target))
            )
        }
    }
}

/// A target's address from the page at `page`, escaped for an attribute.
pub(super) fn address(site: &Site<'_>, page: &str, target: Option<&Target>) -> String {
    let with = |path: String, fragment: &Option<String>| {
        let fragment = fragment
            .as_deref()
            .map(|f| format!("#{f}"))
            .unwrap_or_default();
        format!("{}{fragment}", urls::relative(page, &path))
    };
    let raw = match target {
        None | Some(Target::Broken) => "#".to_owned(),
        Some(Target::External(address)) => address.clone(),
        Some(Target::Here(fragment)) => format!("#{fragment}"),
        Some(Target::Article(idx, fragment)) => with(site.article_path(*idx), fragment),
        Some(Target::Entity(idx)) => {
            urls::relative(page, &urls::entity(site.corpus.catalogue.get(*idx)))
        }
        Some(Target::Page(slug, fragment)) => with(urls::page(slug), fragment),
        Some(Target::File(path)) => urls::relative(page, &encode(path)),
    };
    escape(&raw)
}

/// Spaces and the like in a file's name.
fn encode(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    for byte in path.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b'.' | b'-' | b'_' | b'~' => {
                out.push(byte as char);
            }
            _ => {
                let _ = write!(out, "%{byte:02X}");
            }
        }
    }
    out
}

/// The fragment of an entity's `ordinal`th mention on an article's page.
pub(super) fn fragment(site: &Site<'_>, entity: EntityIdx, ordinal: u32) -> String {
    let entity = site.corpus.catalogue.get(entity);
    format!(
        "n-{}-{}-{ordinal}",
        super::words::kind(entity.kind),
        entity.slug
    )
}

/// Text for HTML.
pub(super) fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}

/// A sentence of an article, with `names` marked.
pub(super) fn sentence(
    site: &Site<'_>,
    article: ArticleIdx,
    sentence: Span,
    names: &[Span],
) -> String {
    let text = &site.corpus.article(article).document.text;
    let mut out = String::with_capacity(sentence.len() + names.len() * 13);
    let mut done = sentence.start;
    for name in names.iter().filter(|name| sentence.contains(**name)) {
        if name.start < done {
            continue;
        }
        out.push_str(&escape(
            Span {
                start: done,
                end: name.start,
            }
            .of(text),
        ));
        out.push_str("<mark>");
        out.push_str(&escape(name.of(text)));
        out.push_str("</mark>");
        done = name.end;
    }
    out.push_str(&escape(
        Span {
            start: done,
            end: sentence.end,
        }
        .of(text),
    ));
    out
}
