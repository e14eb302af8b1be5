//! A document's HTML with its holes filled and its names marked; sentences with names marked.

use std::fmt::Write;

use crate::{
    highlight,
    model::{
        catalogue::{ArticleIdx, EntityIdx, EntityKey},
        document::{Document, Hole, HoleKind, Wikilink},
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
    let filling = Filling {
        site,
        language,
        page,
        document,
        targets,
        notes,
    };
    let holes = document.body.holes.iter().map(|hole| filling.hole(*hole));
    let names = anchors.iter().flat_map(|anchor| filling.name(anchor));
    let mut patches: Vec<Patch> = holes.chain(names).collect();
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

/// What goes into a document's HTML, and where it is shown.
struct Filling<'a> {
    site: &'a Site<'a>,
    language: Option<&'a str>,
    page: &'a str,
    document: &'a Document,
    targets: &'a Targets,
    notes: &'a LinkNotes<'a>,
}

impl Filling<'_> {
    fn hole(&self, hole: Hole) -> Patch {
        let Self {
            site,
            language,
            page,
            document,
            targets,
            ..
        } = *self;
        let mut until = hole.at;
        let text = match hole.kind {
            HoleKind::Href(n) => self.href(targets.links.get(n as usize)),
            HoleKind::Src(n) => {
                let is_raw = document.images.get(n as usize).is_some_and(|i| i.raw);
                image::attributes(site, page, targets.images.get(n as usize), is_raw)
            }
            HoleKind::Code(n) => {
                let block = document.body.code.get(n as usize);
                block.map_or_else(String::new, highlight::code_block)
            }
            HoleKind::Chart(n) => self.chart(n as usize),
            HoleKind::Table(n) => self.table(n as usize),
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
        Patch {
            at: hole.at,
            until,
            order: u8::from(!matches!(hole.kind, HoleKind::WikilinkEnd(_))),
            text,
            edge: match hole.kind {
                HoleKind::ShortcodeStart(_) => Some(Edge::Start),
                HoleKind::ShortcodeEnd(n) => Some(Edge::End(n)),
                _ => None,
            },
        }
    }

    fn href(&self, target: Option<&Target>) -> String {
        match target {
            None | Some(Target::Broken) => String::new(),
            Some(target) => {
                let note = match target {
                    Target::External(url) => self.notes.attribute(url),
                    _ => String::new(),
                };
                let address = address(self.site, self.page, Some(target));
                format!(" href=\"{address}\"{note}")
            }
        }
    }

    fn chart(&self, n: usize) -> String {
        let figures = self.targets.charts.get(n).and_then(Option::as_ref);
        let pair = self.document.charts.get(n).zip(figures);
        pair.map_or_else(String::new, |(spec, chart)| {
            let data = self.download(chart.file.as_deref());
            let words = self.site.words.inside(self.language);
            chart::figure(words, spec, chart, self.notes, data.as_deref())
        })
    }

    fn table(&self, n: usize) -> String {
        let sheet = self.targets.sheets.get(n).and_then(Option::as_ref);
        let pair = self.document.tables.get(n).zip(sheet);
        pair.map_or_else(String::new, |(spec, sheet)| {
            let data = self.download(sheet.file.as_deref());
            let words = self.site.words.inside(self.language);
            sheet::figure(words, spec, sheet, self.notes, data.as_deref())
        })
    }

    /// The address of a data file that readers may download.
    fn download(&self, file: Option<&str>) -> Option<String> {
        file.map(|file| urls::relative(self.page, &encode(file)))
    }

    /// The tags around a name.
    fn name(&self, anchor: &Anchor) -> [Patch; 2] {
        let id = fragment(self.site, anchor.entity, anchor.ordinal);
        let (start, end) = if anchor.link {
            let entity = self.site.corpus.catalogue.get(anchor.entity);
            let url = urls::relative(self.page, &urls::entity(entity));
            let start = format!("<a class=\"name\" id=\"{id}\" href=\"{url}\">");
            (start, "</a>")
        } else {
            (format!("<span class=\"named\" id=\"{id}\">"), "</span>")
        };
        let patch = |at, order, text| Patch {
            at,
            until: at,
            order,
            text,
            edge: None,
        };
        [
            patch(anchor.html.start, 1, start),
            patch(anchor.html.end, 0, end.to_owned()),
        ]
    }
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
