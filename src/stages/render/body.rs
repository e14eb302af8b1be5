//! A document's HTML with its holes filled and its names marked; sentences with names marked.

use std::fmt::Write;

use crate::{
    highlight,
    model::{
        catalogue::{ArticleIdx, EntityIdx, EntityKey},
        document::{Document, HoleKind, Wikilink},
        graph::{Anchor, Target, Targets},
        span::Span,
    },
    stages::render::{
        chart, image, link_notes::LinkNotes, references, sheet, shortcodes, site::Site, words,
    },
    text::html::escape,
    urls,
};

/// Something put into the HTML at a place.
struct Patch {
    at: u32,
    /// What stands from `at` to here gives way.
    until: u32,
    /// End tags come before start tags at the same place.
    order: u8,
    text: String,
    /// What begins or ends here.
    edge: Option<Edge>,
}

/// Where a shortcode begins or ends.
#[derive(Clone, Copy)]
enum Edge {
    Start,
    End(u32),
}

/// The HTML of `document` for the page at `page`; `language` is that of its text, where it
/// names one. Links whose addresses have a number in `notes` say it.
pub(super) fn body(
    site: &Site<'_>,
    language: Option<&str>,
    page: &str,
    document: &Document,
    targets: &Targets,
    anchors: &[Anchor],
    notes: &LinkNotes<'_>,
) -> String {
    let mut patches = Vec::with_capacity(document.body.holes.len() + anchors.len() * 2);
    for hole in &document.body.holes {
        let mut until = hole.at;
        let text = match hole.kind {
            HoleKind::Href(n) => match targets.links.get(n as usize) {
                None | Some(Target::Broken) => String::new(),
                Some(target) => {
                    let note = match target {
                        Target::External(url) => notes.attribute(url),
                        _ => String::new(),
                    };
                    format!(" href=\"{}\"{note}", address(site, page, Some(target)))
                }
            },
            HoleKind::Src(n) => {
                let is_raw = document.images.get(n as usize).is_some_and(|i| i.raw);
                image::attributes(site, page, targets.images.get(n as usize), is_raw)
            }
            HoleKind::Code(n) => {
                let block = document.body.code.get(n as usize);
                block.map_or_else(String::new, highlight::code_block)
            }
            HoleKind::Chart(n) => {
                let figures = targets.charts.get(n as usize).and_then(Option::as_ref);
                let spec = document.charts.get(n as usize);
                let pair = spec.zip(figures);
                pair.map_or_else(String::new, |(spec, chart)| {
                    let data = chart
                        .file
                        .as_ref()
                        .map(|file| urls::relative(page, &encode(file)));
                    let words = site.words.inside(language);
                    chart::figure(words, spec, chart, notes, data.as_deref())
                })
            }
            HoleKind::Table(n) => {
                let sheet = targets.sheets.get(n as usize).and_then(Option::as_ref);
                let pair = document.tables.get(n as usize).zip(sheet);
                pair.map_or_else(String::new, |(spec, sheet)| {
                    let data = sheet
                        .file
                        .as_ref()
                        .map(|file| urls::relative(page, &encode(file)));
                    let words = site.words.inside(language);
                    sheet::figure(words, spec, sheet, notes, data.as_deref())
                })
            }
            HoleKind::ShortcodeStart(_) | HoleKind::ShortcodeEnd(_) => String::new(),
            HoleKind::Citation(n) => {
                let mark = targets.cited.marks.get(n as usize);
                mark.map_or_else(String::new, |mark| mark.html.clone())
            }
            HoleKind::WikilinkStart(n) => {
                let target = targets.wikilinks.get(n as usize);
                let link = &document.wikilinks[n as usize];
                match target.and_then(|target| Some((target, label(site, link, target)?))) {
                    Some((target, label)) => {
                        until = end_of(document, n).unwrap_or(hole.at);
                        let in_language = in_language(site, language, target);
                        wikilink(site, page, Some(target), &in_language) + &escape(label)
                    }
                    None => wikilink(site, page, target, ""),
                }
            }
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
        let edge = match hole.kind {
            HoleKind::ShortcodeStart(_) => Some(Edge::Start),
            HoleKind::ShortcodeEnd(n) => Some(Edge::End(n)),
            _ => None,
        };
        patches.push(Patch {
            at: hole.at,
            until,
            order,
            text,
            edge,
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
            until: anchor.html.start,
            order: 1,
            text: start,
            edge: None,
        });
        patches.push(Patch {
            at: anchor.html.end,
            until: anchor.html.end,
            order: 0,
            text: end.to_owned(),
            edge: None,
        });
    }
    patches.sort_by_key(|patch| (patch.at, patch.order));
    let mut html = spliced(&document.body.html, &patches, &|n, body| {
        let shortcode = document.shortcodes.get(n as usize);
        shortcode.map_or_else(String::new, |own| {
            shortcodes::html(site, page, targets, own, body)
        })
    });
    html.push_str(&references::list(site, language, &targets.cited));
    html
}

/// The HTML with its patches; what stands in a shortcode is given to `shortcode`.
fn spliced(html: &str, patches: &[Patch], shortcode: &dyn Fn(u32, &str) -> String) -> String {
    let extra: usize = patches.iter().map(|patch| patch.text.len()).sum();
    let mut out = String::with_capacity(html.len() + extra);
    let mut done = 0;
    let mut around = Vec::new();
    for patch in patches {
        let at = patch.at as usize;
        // Inside words that gave way there is nothing left to mark.
        if at < done {
            continue;
        }
        out.push_str(&html[done..at]);
        out.push_str(&patch.text);
        done = patch.until as usize;
        match patch.edge {
            Some(Edge::Start) => around.push(std::mem::take(&mut out)),
            Some(Edge::End(n)) => {
                let body = std::mem::replace(&mut out, around.pop().unwrap_or_default());
                out.push_str(&shortcode(n, &body));
            }
            None => {}
        }
    }
    out.push_str(&html[done..]);
    out
}

/// Where the words of a wikilink end in the HTML.
fn end_of(document: &Document, wikilink: u32) -> Option<u32> {
    let end = HoleKind::WikilinkEnd(wikilink);
    let hole = document.body.holes.iter().find(|hole| hole.kind == end)?;
    Some(hole.at)
}

/// What is shown in place of a bare slug or id: the title of what it leads to.
pub(super) fn label<'a>(site: &Site<'a>, link: &Wikilink, target: &Target) -> Option<&'a str> {
    if link.labelled {
        return None;
    }
    match target {
        Target::Article(idx, _) => Some(&site.corpus.article(*idx).front.title),
        Target::Entity(idx) => {
            let entity = site.corpus.catalogue.get(*idx);
            let by_id = matches!(&entity.key, EntityKey::Registry(id) if *id.0 == *link.target);
            by_id.then_some(&*entity.name)
        }
        _ => None,
    }
}

/// The attributes of a title whose language is another one than that of the text around it.
fn in_language(site: &Site<'_>, around: Option<&str>, target: &Target) -> String {
    let Target::Article(idx, _) = target else {
        return String::new();
    };
    let of_site = &*site.corpus.config.language;
    let own = site.corpus.article(*idx).front.language.as_deref();
    let own = own.unwrap_or(of_site);
    match own == around.unwrap_or(of_site) {
        true => String::new(),
        false => {
            let direction = words::direction(own);
            format!(" lang=\"{}\" dir=\"{direction}\"", escape(own))
        }
    }
}

fn wikilink(site: &Site<'_>, page: &str, target: Option<&Target>, attributes: &str) -> String {
    match target {
        None | Some(Target::Broken) => String::new(),
        Some(target) => {
            format!(
                "<a class=\"name\" href=\"{}\"{attributes}>",
                address(site, page, Some(target))
            )
        }
    }
}

/// A target's address from the page at `page`, escaped for an attribute.
fn address(site: &Site<'_>, page: &str, target: Option<&Target>) -> String {
    escape(&plain_address(site, page, target))
}

/// A target's address from the page at `page`.
pub(super) fn plain_address(site: &Site<'_>, page: &str, target: Option<&Target>) -> String {
    let with = |path: String, fragment: &Option<String>| {
        let fragment = fragment
            .as_deref()
            .map(|f| format!("#{f}"))
            .unwrap_or_default();
        format!("{}{fragment}", urls::relative(page, &path))
    };
    match target {
        None | Some(Target::Broken) => "#".to_owned(),
        Some(Target::External(address)) => address.clone(),
        Some(Target::Here(fragment)) => format!("#{fragment}"),
        Some(Target::Article(idx, fragment)) => with(site.article_path(*idx), fragment),
        Some(Target::Entity(idx)) => {
            urls::relative(page, &urls::entity(site.corpus.catalogue.get(*idx)))
        }
        Some(Target::Page(slug, fragment)) => with(urls::page(slug), fragment),
        Some(Target::File(path)) => urls::relative(page, &encode(path)),
    }
}

/// Spaces and the like in a file's name.
pub(super) fn encode(path: &str) -> String {
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
    format!("n-{}-{}-{ordinal}", entity.kind.as_str(), entity.slug)
}

/// A passage of an article, with `names` marked.
pub(super) fn passage(
    site: &Site<'_>,
    article: ArticleIdx,
    passage: Span,
    names: &[Span],
) -> String {
    let mut out = String::with_capacity(passage.len() + names.len() * 13);
    let mut done = passage.start;
    for name in names.iter().filter(|name| passage.contains(**name)) {
        if name.start < done {
            continue;
        }
        let before = Span {
            start: done,
            end: name.start,
        };
        out.push_str(&escape(&words(site, article, before)));
        out.push_str("<mark>");
        out.push_str(&escape(&words(site, article, *name)));
        out.push_str("</mark>");
        done = name.end;
    }
    let after = Span {
        start: done,
        end: passage.end,
    };
    out.push_str(&escape(&words(site, article, after)));
    out
}

/// Prose as readers see it: a bare slug is its title, the cells of a row are parted.
pub(super) fn words(site: &Site<'_>, idx: ArticleIdx, span: Span) -> String {
    let document = &site.corpus.article(idx).document;
    let targets = &site.graph.articles[idx.0 as usize].targets.wikilinks;
    let text = |start, end| {
        Span { start, end }
            .of(&document.text)
            .replace("\n\n", " · ")
    };
    let (mut out, mut done) = (String::with_capacity(span.len()), span.start);
    for (link, target) in document.wikilinks.iter().zip(targets) {
        let inside = span.contains(link.text) && link.text.start >= done;
        if let Some(label) = label(site, link, target).filter(|_| inside) {
            out.push_str(&text(done, link.text.start));
            out.push_str(label);
            done = link.text.end;
        }
    }
    out.push_str(&text(done, span.end));
    out
}
