//! An article saved as a web page: what its head and JSON-LD say, and the text that is left when the
//! page around it is gone.

use camino::Utf8Path;
use dom_query::Document;
use dom_smoothie::Readability;
use serde_json::Value;

use super::{Picture, Read, byline, credit, furniture::is_furniture};
use crate::{
    importing::{date, html},
    stages::link::address::normalise,
    text::fold::fold,
};

/// Parts of a page that are never its text.
const AROUND: &str = "script, style, noscript, nav, aside, form, button, iframe, footer, [role=navigation], \
     [role=complementary], [aria-hidden=true], [hidden], [class*=share], [class*=social], [class*=related], \
     [class*=newsletter], [class*=cookie], [class*=breadcrumb], [class*=advert], [class*=comments], [id*=cookie]";

pub(super) fn read(text: &str) -> Read {
    let page = Document::from(text);
    let linked = linked_data(&page);
    let mut read = Read {
        title: title(&page, linked.as_ref()),
        language: attribute(&page, "html", "lang"),
        url: attribute(&page, "link[rel=canonical]", "href")
            .or_else(|| meta(&page, &["og:url"]))
            .filter(|url| url.starts_with("http")),
        summary: meta(
            &page,
            &["og:description", "description", "twitter:description"],
        ),
        ..Read::default()
    };
    read.publisher = linked.as_ref().and_then(|data| name_of(&data["publisher"]));
    read.publisher = read
        .publisher
        .or_else(|| meta(&page, &["og:site_name", "application-name"]));
    dates(&mut read, &page, linked.as_ref());
    authors(&mut read, &page, linked.as_ref());
    read.picture = picture(&page, linked.as_ref());
    body(&mut read, text, &page);
    read
}

/// The JSON-LD of the article, among what the page has.
fn linked_data(page: &Document) -> Option<Value> {
    let scripts = page.select("script[type='application/ld+json']");
    let found = scripts
        .iter()
        .filter_map(|script| serde_json::from_str::<Value>(&script.text()).ok());
    found.into_iter().find_map(article_in)
}

fn article_in(data: Value) -> Option<Value> {
    match data {
        Value::Array(items) => items.into_iter().find_map(article_in),
        Value::Object(mut map) => {
            if let Some(graph) = map.remove("@graph") {
                return article_in(graph);
            }
            let is_article = |kind: &str| {
                kind.ends_with("Article") || kind.ends_with("Posting") || kind == "Report"
            };
            let fits = match map.get("@type") {
                Some(Value::String(kind)) => is_article(kind),
                Some(Value::Array(kinds)) => kinds.iter().filter_map(Value::as_str).any(is_article),
                _ => false,
            };
            fits.then_some(Value::Object(map))
        }
        _ => None,
    }
}

/// The name of a thing in JSON-LD, or the text that stands for it.
fn name_of(value: &Value) -> Option<String> {
    let name = match value {
        Value::Array(items) => return items.iter().find_map(name_of),
        Value::Object(map) => map.get("name")?.as_str()?,
        other => other.as_str()?,
    };
    clean(name)
}

fn clean(text: &str) -> Option<String> {
    let text = text.split_whitespace().collect::<Vec<&str>>().join(" ");
    (!text.is_empty()).then_some(text)
}

fn attribute(page: &Document, selector: &str, name: &str) -> Option<String> {
    let value = page.select_single(selector).attr(name)?;
    clean(&value)
}

/// The first of these properties that the page's head has.
fn meta(page: &Document, names: &[&str]) -> Option<String> {
    names.iter().find_map(|name| {
        let keys = ["property", "name", "itemprop"];
        keys.iter()
            .find_map(|key| attribute(page, &format!("meta[{key}='{name}']"), "content"))
    })
}

fn title(page: &Document, linked: Option<&Value>) -> String {
    let linked = linked
        .and_then(|data| data["headline"].as_str())
        .and_then(clean);
    let heading = || {
        let headings = page.select("h1");
        let only = headings.iter().next().filter(|_| headings.length() == 1);
        only.and_then(|heading| clean(&heading.text()))
    };
    let head = || clean(&page.select_single("head title").text());
    let title = linked
        .or_else(heading)
        .or_else(|| meta(page, &["og:title"]))
        .or_else(head);
    title.unwrap_or_default()
}

fn dates(read: &mut Read, page: &Document, linked: Option<&Value>) {
    let said = |key: &str| {
        linked
            .and_then(|data| data[key].as_str())
            .and_then(date::metadata)
    };
    let published = [
        "article:published_time",
        "datePublished",
        "date",
        "pubdate",
        "publishdate",
        "parsely-pub-date",
        "sailthru.date",
        "dc.date",
        "dc.date.issued",
        "DC.date.issued",
        "dcterms.created",
        "citation_publication_date",
    ];
    let time = || {
        attribute(
            page,
            "article time[datetime], main time[datetime], time[datetime]",
            "datetime",
        )
    };
    read.date = said("datePublished")
        .or_else(|| meta(page, &published).and_then(|written| date::metadata(&written)))
        .or_else(|| time().and_then(|written| date::metadata(&written)));
    read.updated = said("dateModified").or_else(|| {
        meta(page, &["article:modified_time", "dateModified"])
            .and_then(|written| date::metadata(&written))
    });
    if read.updated.as_ref().map(|date| &date.text) == read.date.as_ref().map(|date| &date.text) {
        read.updated = None;
    }
    if read.date.is_some() {
        return;
    }
    let language = read.language.clone().unwrap_or_else(|| "en".to_owned());
    let lines =
        page.select("time, [class*=date], [class*=byline], [class*=meta], [class*=author], p");
    let found = lines
        .iter()
        .take(60)
        .find_map(|line| byline::read(clean(&line.text())?.as_str(), &language)?.date);
    read.date = found;
}

fn authors(read: &mut Read, page: &Document, linked: Option<&Value>) {
    let people = |value: &Value| match value {
        Value::Array(items) => items.iter().filter_map(name_of).collect(),
        one => name_of(one).into_iter().collect::<Vec<String>>(),
    };
    read.authors = linked
        .map(|data| people(&data["author"]))
        .unwrap_or_default();
    if !read.authors.is_empty() {
        return;
    }
    let written = meta(page, &["author", "article:author", "parsely-author", "byl"])
        .filter(|name| !name.starts_with("http"));
    let shown = || {
        let places =
            page.select("[rel=author], [itemprop=author], [class*=byline], [class*=author]");
        places.iter().find_map(|place| {
            clean(&place.text()).filter(|text| text.split_whitespace().count() <= 16)
        })
    };
    if let Some(line) = written.or_else(shown) {
        let line = if line.to_lowercase().starts_with("by ") {
            line
        } else {
            format!("By {line}")
        };
        let found = byline::read(&line, "en").unwrap_or_default();
        read.authors = found.authors;
        read.publisher = read.publisher.take().or(found.publisher);
    }
}

fn picture(page: &Document, linked: Option<&Value>) -> Option<Picture> {
    let figure =
        page.select_single("article figure:has(img), main figure:has(img), figure:has(img)");
    let mut found = Picture::default();
    let image = figure.select_single("img");
    found.src = image.attr("src").and_then(|src| clean(&src));
    found.alt = image.attr("alt").and_then(|alt| clean(&alt));
    let credit_place = figure.select("[class*=credit], [class*=copyright], cite, small");
    let own_credit = clean(&credit_place.first().text());
    credit_place.remove();
    if let Some(caption) = clean(&figure.select("figcaption").first().text()) {
        let read = credit::read(&caption, true);
        match read.filter(|read| read.credit.is_some()) {
            Some(read) => {
                (found.caption, found.credit, found.licence) =
                    (read.caption, read.credit, read.licence);
            }
            None => found.caption = Some(caption),
        }
    }
    if let Some(own) = own_credit.filter(|_| found.credit.is_none()) {
        let own = credit::alone(own.trim_start_matches(['/', ' ', '(']));
        (found.credit, found.licence) = (own.credit, own.licence);
    }
    let image = linked.map(|data| &data["image"]);
    let said = |key: &str| image.and_then(|image| image[key].as_str()).and_then(clean);
    found.caption = found.caption.or_else(|| said("caption"));
    found.credit = found.credit.or_else(|| said("creditText"));
    found.src = found
        .src
        .or_else(|| said("url"))
        .or_else(|| meta(page, &["og:image"]));
    (found != Picture::default()).then_some(found)
}

/// The text, without the lead picture, the by-line and the furniture.
fn body(read: &mut Read, text: &str, page: &Document) {
    let around = Document::from(text);
    around.select(AROUND).remove();
    let whole = around.html();
    let content = Readability::new(whole.clone(), None, None)
        .ok()
        .and_then(|mut r| r.parse().ok());
    let content = match content {
        Some(article) => article.content.to_string(),
        None => {
            let main = page.select_single("article, main, body");
            main.html().to_string()
        }
    };
    let content = Document::fragment(content);
    content.select("h1").remove();
    absolute_links(&content, read.url.as_deref());
    let lead = read
        .picture
        .as_ref()
        .and_then(|picture| picture.src.clone());
    for figure in content.select("figure").iter() {
        let src = figure
            .select_single("img")
            .attr("src")
            .map(|src| src.to_string());
        if src.is_some() && src == lead {
            figure.remove();
        }
    }
    let mut kept: Vec<&str> = Vec::new();
    let markdown = html::markdown_of(&content);
    for (n, block) in markdown.split("\n\n").enumerate() {
        let words = block.trim().trim_start_matches(['#', '>', '-', ' ']);
        let repeats = fold(words) == fold(&read.title)
            || read
                .summary
                .as_deref()
                .is_some_and(|s| n < 4 && fold(s) == fold(words));
        let is_by = n < 4 && byline::read(words, "en").is_some();
        let is_lead = lead
            .as_ref()
            .is_some_and(|lead| block.starts_with("![") && block.contains(lead.as_str()));
        if repeats || is_by || is_lead {
            continue;
        }
        if is_furniture(words) || is_furniture(&link_words(words)) {
            read.left_out.push((None, words.to_owned()));
        } else {
            kept.push(block);
        }
    }
    read.body = kept.join("\n\n");
    read.pictures = pictures(&read.body);
}

/// Links lead to where they led on the page; where that is not known, or is no place on the web,
/// their words stay.
fn absolute_links(content: &Document, page: Option<&str>) {
    for link in content.select("a[href]").iter() {
        let written = link.attr("href").unwrap_or_default().to_string();
        match absolute(written.trim(), page) {
            Some(address) => link.set_attr("href", &address),
            None => {
                link.remove_attr("href");
                link.rename("span");
            }
        }
    }
}

fn absolute(written: &str, page: Option<&str>) -> Option<String> {
    let scheme = written
        .split_once(':')
        .map(|(scheme, _)| scheme.to_ascii_lowercase());
    if written.contains(char::is_whitespace) || written.is_empty() || written.starts_with('#') {
        return None;
    }
    if let Some(scheme) = scheme.filter(|scheme| scheme.bytes().all(|b| b.is_ascii_alphabetic())) {
        return ["http", "https", "mailto"]
            .contains(&scheme.as_str())
            .then(|| written.to_owned());
    }
    if written.starts_with("//") {
        return Some(format!("https:{written}"));
    }
    let page = page?.split(['?', '#']).next()?;
    let host_end = page
        .find("://")
        .and_then(|at| Some(at + 3 + page[at + 3..].find('/')?));
    let host = &page[..host_end.unwrap_or(page.len())];
    if written.starts_with('/') {
        return Some(format!("{host}{written}"));
    }
    let folder = &page[..page
        .rfind('/')
        .filter(|at| *at >= host.len())
        .unwrap_or(page.len())];
    let path = Utf8Path::new(folder[host.len()..].trim_start_matches('/')).join(written);
    Some(format!("{host}/{}", normalise(&path)?))
}

/// `[News](/news)` is furniture as `News` is.
fn link_words(block: &str) -> String {
    match block
        .strip_prefix('[')
        .and_then(|rest| rest.split_once("]("))
    {
        Some((words, target)) if target.ends_with(')') && !target.contains(' ') => words.to_owned(),
        _ => String::from("\u{0}"),
    }
}

/// The addresses of the pictures in Markdown.
fn pictures(markdown: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for (at, _) in markdown.match_indices("![") {
        let rest = &markdown[at..];
        let target = rest.split_once("](").map(|(_, target)| target);
        let target = target.and_then(|target| target.split([')', ' ']).next());
        found.extend(
            target
                .map(str::to_owned)
                .filter(|t| !t.is_empty() && !found.contains(t)),
        );
    }
    found
}

/// Of the pictures only those in `folder`, beside the draft, are shown; those on other hosts become
/// links, and of others the words stay.
pub(super) fn with_own_pictures(markdown: &str, folder: &str) -> String {
    let mut out = String::with_capacity(markdown.len());
    let mut rest = markdown;
    while let Some(at) = rest.find("![") {
        out.push_str(&rest[..at]);
        let image = &rest[at..];
        let parts = image[2..].split_once("](").and_then(|(alt, tail)| {
            let target = tail.split_once(')')?.0;
            Some((alt, target, alt.len() + target.len() + 5))
        });
        let Some((alt, target, length)) = parts else {
            out.push_str("!\\[");
            rest = &image[2..];
            continue;
        };
        let own = target
            .strip_prefix(folder)
            .is_some_and(|name| name.starts_with('/'));
        let address = target.split(' ').next().unwrap_or_default();
        let words = if alt.trim().is_empty() {
            "Picture"
        } else {
            alt
        };
        match absolute(address, None) {
            _ if own => out.push_str(&image[..length]),
            Some(address) => out.push_str(&format!("[{words}]({address})")),
            None => out.push_str(alt),
        }
        rest = &image[length..];
    }
    out.push_str(rest);
    out
}
