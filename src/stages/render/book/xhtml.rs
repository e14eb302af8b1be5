//! HTML of the site to XHTML of a book: elements that books may have, addresses that lead on.

use std::{
    borrow::Cow,
    collections::{BTreeMap, HashMap, HashSet},
    sync::Arc,
};

use ammonia::{Builder, UrlRelative};

use crate::{
    model::{
        catalogue::ArticleIdx,
        graph::Target,
        picture::{Illustration, Picture},
    },
    stages::render::{body, site::Site, words},
    text::html::escape,
    urls,
};

/// Elements that a book may have. Charts, and what asks for a script, are not among them.
const ELEMENTS: [&str; 62] = [
    "a",
    "abbr",
    "aside",
    "b",
    "bdi",
    "bdo",
    "blockquote",
    "br",
    "caption",
    "cite",
    "code",
    "col",
    "colgroup",
    "data",
    "dd",
    "del",
    "details",
    "dfn",
    "div",
    "dl",
    "dt",
    "em",
    "figcaption",
    "figure",
    "footer",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "i",
    "img",
    "ins",
    "kbd",
    "li",
    "mark",
    "ol",
    "p",
    "pre",
    "q",
    "rp",
    "rt",
    "ruby",
    "s",
    "samp",
    "section",
    "small",
    "span",
    "strong",
    "sub",
    "summary",
    "sup",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "time",
    "tr",
    "ul",
];
/// Those of them that have no end tag in HTML.
const EMPTY: [&str; 4] = ["br", "col", "hr", "img"];
/// Put before each id, so that one that begins with a digit is a name of XML as well.
const ID: &str = "x-";
/// Put before the name of a picture of the book, while other addresses are made to lead on.
const PICTURE: &str = "picture:";
/// The folder of the pictures.
const PICTURES: &str = "pictures/";
/// Bytes of all pictures of a book; those that come after stay on the site.
const ROOM: usize = 24 * 1024 * 1024;

/// A book's chapters by the pages that the site has for them, for links from one to another.
pub(super) struct Book<'a> {
    pub(super) site: &'a Site<'a>,
    chapters: Arc<BTreeMap<String, String>>,
    /// The pictures: their names in the book by the path that the site's pages have them at.
    names: Arc<BTreeMap<String, String>>,
    /// The same with the files, in the order of the chapters.
    pub(super) pictures: Vec<(String, &'a Illustration)>,
}

impl<'a> Book<'a> {
    pub(super) fn new(site: &'a Site<'a>, chapters: &[ArticleIdx]) -> Self {
        let named = chapters.iter().enumerate();
        let named = named.map(|(n, idx)| (site.article_path(*idx), chapter_name(n)));
        let (mut names, mut pictures, mut bytes) = (BTreeMap::new(), Vec::new(), 0);
        for (shown, picture) in chapters.iter().flat_map(|idx| shown(site, *idx)) {
            if names.contains_key(&shown) || bytes + picture.bytes.len() > ROOM {
                continue;
            }
            bytes += picture.bytes.len();
            let name = format!("{:04}.{}", pictures.len() + 1, picture.ending());
            pictures.push((format!("{PICTURES}{name}"), picture));
            names.insert(shown, name);
        }
        Self {
            site,
            chapters: Arc::new(named.collect()),
            names: Arc::new(names),
            pictures,
        }
    }
}

/// The pictures of a chapter, by the paths that its page on the site has them at.
fn shown<'a>(site: &Site<'a>, idx: ArticleIdx) -> Vec<(String, &'a Illustration)> {
    let node = &site.graph.articles[idx.0 as usize];
    let targets = node.lead_image.iter().chain(&node.targets.images);
    let picture = |target: &Target| {
        let Target::File(path) = target else {
            return None;
        };
        let illustration = site.illustrations.get(path)?;
        let main = site.pictures.get(path).and_then(Picture::main);
        let shown = main.map_or(path, |main| &main.path);
        Some((body::encode(shown), illustration))
    };
    targets.filter_map(picture).collect()
}

/// A function that says where an address leads.
fn leading<F: for<'u> Fn(&'u str) -> Option<Cow<'u, str>>>(lead: F) -> F {
    lead
}

/// The name of the `n`th chapter, from 0.
pub(super) fn chapter_name(n: usize) -> String {
    format!("chapter-{:04}", n + 1)
}

/// A page of a book.
pub(super) fn page(language: &str, title: &str, body: &str) -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!DOCTYPE html>\n\
         <html xmlns=\"http://www.w3.org/1999/xhtml\" xmlns:epub=\"http://www.idpf.org/2007/ops\" \
         lang=\"{0}\" xml:lang=\"{0}\" dir=\"{1}\">\n\
         <head><title>{2}</title><link rel=\"stylesheet\" href=\"book.css\"/></head>\n\
         <body>\n{body}\n</body>\n</html>\n",
        escape(language),
        words::direction(language),
        escape(title),
    )
}

impl Book<'_> {
    /// HTML that stands on the site's page at `page`, for a page of the book.
    pub(super) fn clean(&self, page: &str, html: &str) -> String {
        let base = self.site.corpus.config.base_url.clone();
        let chapters = Arc::clone(&self.chapters);
        let page = page.to_owned();
        let (names, here) = (Arc::clone(&self.names), page.clone());
        let lead = leading(move |address| Some(leads(&base, &page, &chapters, address).into()));
        let all = HashSet::from(["id", "lang", "dir"]);
        let cleaned = Builder::empty()
            .tags(HashSet::from(ELEMENTS))
            .clean_content_tags(HashSet::from(["script", "style", "svg", "button"]))
            .generic_attributes(all)
            .tag_attributes(HashMap::from([
                ("a", HashSet::from(["href"])),
                ("img", HashSet::from(["src", "alt"])),
                ("td", HashSet::from(["colspan", "rowspan"])),
                ("th", HashSet::from(["colspan", "rowspan", "scope"])),
                ("ol", HashSet::from(["start"])),
                ("time", HashSet::from(["datetime"])),
                ("abbr", HashSet::from(["title"])),
                ("data", HashSet::from(["value"])),
            ]))
            .url_schemes(HashSet::from(["http", "https", "mailto", "tel"]))
            .id_prefix(Some(ID))
            .link_rel(None)
            .strip_comments(true)
            .attribute_filter(move |element, name, value| match (element, name) {
                ("img", "src") => names
                    .get(&urls::resolved(&here, value))
                    .map(|name| format!("{PICTURE}{name}").into()),
                (_, "href") => Some(address(value).into()),
                _ => Some(value.into()),
            })
            .url_relative(UrlRelative::Custom(Box::new(lead)))
            .clean(html)
            .to_string();
        well_formed(&cleaned)
    }
}

/// An address with the signs encoded that browsers mend and books may not hold.
pub(super) fn address(written: &str) -> String {
    let mut out = String::with_capacity(written.len());
    for c in written.chars() {
        if matches!(
            c,
            '<' | '>' | '"' | '{' | '}' | '|' | '\\' | '^' | '`' | ' '
        ) {
            out.push_str(&format!("%{:02X}", u32::from(c)));
        } else {
            out.push(c);
        }
    }
    out
}

/// Where an address of the site leads from the book: to a chapter, or to the site.
fn leads(base: &str, page: &str, chapters: &BTreeMap<String, String>, address: &str) -> String {
    let (path, fragment) = match address.split_once('#') {
        Some((path, fragment)) => (path, Some(fragment)),
        None => (address, None),
    };
    let own = |fragment: Option<&str>| fragment.map_or_else(String::new, |f| format!("#{ID}{f}"));
    if path.is_empty() {
        return own(fragment);
    }
    let target = urls::resolved(page, path);
    match chapters.get(&target) {
        Some(chapter) => format!("{chapter}.xhtml{}", own(fragment)),
        None => {
            let fragment = fragment.map_or_else(String::new, |f| format!("#{f}"));
            urls::absolute(base, &target) + &fragment
        }
    }
}

/// Clean HTML as the serialiser writes it, in the form that XML asks for as well: empty elements are
/// closed, names of signs are numbers, and no `<` stands in the value of an attribute. Pictures that
/// the book does not have are left out.
fn well_formed(html: &str) -> String {
    let mut out = String::with_capacity(html.len() + 64);
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        out.push_str(&text(&rest[..at]));
        let end = end_of_tag(&rest[at..]);
        let (tag, after) = rest[at..].split_at(end);
        rest = after;
        let source = format!(" src=\"{PICTURE}");
        if tag.starts_with("<img") && !tag.contains(&source) {
            continue;
        }
        let tag = tag.replacen(&source, &format!(" src=\"{PICTURES}"), 1);
        let inside = tag.trim_start_matches('<').trim_end_matches('>');
        out.push('<');
        out.push_str(&text(&inside.replace('<', "&lt;").replace('>', "&gt;")));
        let name = inside.split([' ', '\n', '/']).next().unwrap_or_default();
        out.push_str(if EMPTY.contains(&name) { "/>" } else { ">" });
    }
    out.push_str(&text(rest));
    out
}

/// The serialiser has one name that XML does not know. Signs that XML may not hold are left out.
fn text(text: &str) -> String {
    let known = |c: char| !c.is_control() || matches!(c, '\t' | '\n' | '\r');
    let text = text.replace("&nbsp;", "&#160;");
    text.chars()
        .filter(|c| known(*c) && !matches!(c, '\u{fffe}' | '\u{ffff}'))
        .collect()
}

/// Where a tag ends: after the first `>` that stands in no value.
fn end_of_tag(tag: &str) -> usize {
    let mut quoted = false;
    for (at, c) in tag.char_indices() {
        match c {
            '"' => quoted = !quoted,
            '>' if !quoted => return at + 1,
            _ => {}
        }
    }
    tag.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn html_becomes_xml() {
        assert_eq!(
            well_formed("<p title=\"a<b>\">x&nbsp;y<br>z &amp; \u{1}</p><hr>"),
            "<p title=\"a&lt;b&gt;\">x&#160;y<br/>z &amp; </p><hr/>"
        );
    }

    #[test]
    fn pictures_are_those_of_the_book() {
        assert_eq!(
            well_formed(
                "<p><img alt=\"A\" src=\"picture:0001.jpg\">b<img alt=\"src=\"><img src=\"https://x.org/a.png\"></p>"
            ),
            "<p><img alt=\"A\" src=\"pictures/0001.jpg\"/>b</p>"
        );
    }

    #[test]
    fn addresses_are_those_of_the_standard() {
        let written = "https://x.org/?b=<2>&c={|}";
        assert_eq!(address(written), "https://x.org/?b=%3C2%3E&c=%7B%7C%7D");
    }

    #[test]
    fn addresses_lead_on() {
        let chapters = BTreeMap::from([(
            "briefings/a/index.html".to_owned(),
            "chapter-0001".to_owned(),
        )]);
        let lead = |address| {
            leads(
                "https://x.org/d",
                "briefings/b/index.html",
                &chapters,
                address,
            )
        };
        assert_eq!(
            lead("../../briefings/a/index.html#1"),
            "chapter-0001.xhtml#x-1"
        );
        assert_eq!(
            lead("../../entities/places/p/index.html"),
            "https://x.org/d/entities/places/p/"
        );
        assert_eq!(lead("#note"), "#x-note");
        assert_eq!(lead("/feed.xml"), "https://x.org/d/feed.xml");
    }
}
