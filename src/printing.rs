//! What a browser is given to print: a page or a book of the site, alone in a folder, so that nothing in
//! it leads into that folder and nothing is asked over the network.
//!
//! Input: the files of a built site. Output: one HTML file and the files that it shows. Pure.

use std::{
    collections::{BTreeMap, BTreeSet},
    io::{Cursor, Read},
};

use camino::Utf8PathBuf;
use dom_query::Document;

use crate::{model::output::OutputFile, urls};

/// What is to be printed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sheets {
    /// The file to print, by its path in the folder.
    pub page: Utf8PathBuf,
    /// What to call the PDF where nobody says it: no path, no ending.
    pub name: String,
    /// All files of the folder, that one among them.
    pub files: BTreeMap<Utf8PathBuf, Vec<u8>>,
}

/// The site's name for addresses that are those of nobody.
const NOWHERE: &str = "http://localhost";

/// What `asked` means: a file of the content, the slug of a briefing or storyline, or the path of a page.
/// None where the site has nothing of that name. A storyline is its book, where the site makes books.
#[must_use]
pub fn sheets(files: &[OutputFile], asked: &str) -> Option<Sheets> {
    let asked = asked.trim_start_matches("./").trim_matches('/');
    let asked = asked.strip_suffix("/index.html").unwrap_or(asked);
    let at = |path: &str| files.iter().find(|file| file.path == path);
    let of_file = || {
        let mut pages = files.iter().filter(|file| is_page(&file.path));
        pages.find(|file| file.sources.iter().any(|source| source == asked))
    };
    let folders = [
        asked.to_owned(),
        format!("briefings/{asked}"),
        format!("storylines/{asked}"),
    ];
    let mut folders = folders.iter();
    let found = folders.find_map(|folder| at(&format!("{folder}/index.html")));
    let found = found.or_else(of_file)?;
    let folder = found.path.parent()?;
    let name = folder.file_name().unwrap_or("index").to_owned();
    match at(&format!("{folder}/{name}.epub")) {
        Some(book) => of_book(&book.bytes, &name),
        None => Some(of_page(files, found, name)),
    }
}

/// The pages that can be asked for, by the shortest way to say so.
pub fn known(files: &[OutputFile]) -> impl Iterator<Item = &str> {
    let pages = files.iter().filter(|file| is_page(&file.path));
    pages.filter_map(|file| {
        let folder = file.path.as_str().strip_suffix("/index.html")?;
        let mut families = ["briefings/", "storylines/"].into_iter();
        let slug = families.find_map(|family| folder.strip_prefix(family));
        Some(slug.unwrap_or(folder))
    })
}

fn is_page(path: &Utf8PathBuf) -> bool {
    path.file_name() == Some("index.html")
}

/// A page with its stylesheets and pictures. Its links lead to the published site.
fn of_page(files: &[OutputFile], page: &OutputFile, name: String) -> Sheets {
    let html = String::from_utf8_lossy(&page.bytes);
    let document = Document::from(&*html);
    let here = page.path.as_str();
    let base = base_of(&document, here);
    let mut needed = BTreeSet::new();
    document
        .select("script, link:not([rel=stylesheet])")
        .remove();
    for link in document.select("link[href]").iter() {
        let href = link.attr("href").unwrap_or_default();
        needed.insert(urls::resolved(here, &href));
    }
    for picture in document.select("img").iter() {
        let set = picture.attr("srcset").unwrap_or_default();
        // Paper is finer than any screen.
        let widest = set
            .split(", ")
            .last()
            .and_then(|last| last.split(' ').next());
        let src = picture.attr("src").unwrap_or_default();
        let src = widest.filter(|src| !src.is_empty()).unwrap_or(&src);
        for attribute in ["srcset", "sizes", "loading", "src"] {
            picture.remove_attr(attribute);
        }
        // What is elsewhere is not asked for: its words stand in its place.
        if !src.contains("://") {
            picture.set_attr("src", src);
            needed.insert(crate::importing::html::percent_decoded(&urls::resolved(
                here, src,
            )));
        }
    }
    for link in document.select("a[href]").iter() {
        let href = link.attr("href").unwrap_or_default();
        match leads(&base, here, &href) {
            Some(address) => {
                if address != *href {
                    link.set_attr("data-own", "");
                }
                link.set_attr("href", &address);
            }
            None => link.remove_attr("href"),
        }
    }
    let sheet = format!(
        "<link rel=\"stylesheet\" href=\"{}{OWN}\">",
        urls::root(here)
    );
    document.select("head").append_html(sheet);
    let needed = files
        .iter()
        .filter(|file| needed.contains(file.path.as_str()));
    let mut kept: BTreeMap<Utf8PathBuf, Vec<u8>> = needed
        .map(|file| (file.path.clone(), file.bytes.clone()))
        .collect();
    kept.insert(OWN.into(), OWN_STYLE.as_bytes().to_vec());
    kept.insert(page.path.clone(), document.html().as_bytes().to_vec());
    Sheets {
        page: page.path.clone(),
        name,
        files: kept,
    }
}

/// The address of the site, from that of a page.
fn base_of(document: &Document, here: &str) -> String {
    let canonical = document.select("link[rel=canonical]").attr("href");
    let canonical = canonical.unwrap_or_default();
    let page = here.strip_suffix("index.html").unwrap_or(here);
    canonical
        .strip_suffix(page)
        .unwrap_or(NOWHERE)
        .trim_end_matches('/')
        .to_owned()
}

/// Where a link leads on paper: within the page, or to the site, if that has an address.
fn leads(base: &str, here: &str, href: &str) -> Option<String> {
    let has_scheme = href
        .split(['/', '#', '?'])
        .next()
        .is_some_and(|start| start.contains(':'));
    if href.starts_with('#') || has_scheme {
        return Some(href.to_owned());
    }
    let (path, fragment) = href
        .split_once('#')
        .map_or((href, None), |(a, b)| (a, Some(b)));
    let fragment = fragment.map_or_else(String::new, |fragment| format!("#{fragment}"));
    let target = urls::resolved(here, path);
    (base != NOWHERE).then(|| urls::absolute(base, &target) + &fragment)
}

/// The parts of a book as one page, each on a new sheet.
fn of_book(bytes: &[u8], name: &str) -> Option<Sheets> {
    let entries = unpacked(bytes)?;
    let package = text(&entries, "package.opf");
    let parts: Vec<&str> = between(&package, "<item id=\"", "\"")
        .filter(|id| entries.contains_key(&format!("{id}.xhtml")) && *id != "nav")
        .collect();
    let title = between(&package, "<dc:title>", "</dc:title>")
        .next()
        .unwrap_or_default()
        .to_owned();
    let language = between(&package, "<dc:language>", "</dc:language>")
        .next()
        .unwrap_or("en");
    let mut body = String::new();
    for id in &parts {
        let part = text(&entries, &format!("{id}.xhtml"));
        let root = part.split_once("<html ").map_or("", |(_, rest)| rest);
        let root = root.split_once('>').map_or("", |(root, _)| root);
        let spoken = |key: &str| {
            between(root, &format!(" {key}=\""), "\"")
                .next()
                .unwrap_or_default()
                .to_owned()
        };
        let inside = between(&part, "<body>\n", "\n</body>")
            .next()
            .unwrap_or_default();
        // The same id may stand in two parts.
        let inside = inside.replace("id=\"x-", &format!("id=\"{id}-x-"));
        let inside = inside.replace("href=\"#x-", &format!("href=\"#{id}-x-"));
        body.push_str(&format!(
            "<section id=\"{id}\" lang=\"{}\" dir=\"{}\">\n{inside}\n</section>\n",
            spoken("lang"),
            spoken("dir"),
        ));
    }
    for id in &parts {
        body = body.replace(&format!("href=\"{id}.xhtml#"), &format!("href=\"#{id}-"));
        body = body.replace(&format!("href=\"{id}.xhtml\""), &format!("href=\"#{id}\""));
    }
    let page = format!(
        "<!doctype html>\n<html lang=\"{language}\">\n<head><meta charset=\"utf-8\"><title>{title}</title>\n\
         <link rel=\"stylesheet\" href=\"book.css\"><link rel=\"stylesheet\" href=\"paper.css\"></head>\n<body>\n{body}</body>\n</html>\n"
    );
    let mut files: BTreeMap<Utf8PathBuf, Vec<u8>> = entries
        .into_iter()
        .filter(|(path, _)| path.starts_with("pictures/") || path == "book.css")
        .map(|(path, bytes)| (path.into(), bytes))
        .collect();
    files.insert("paper.css".into(), PAPER.as_bytes().to_vec());
    files.insert("index.html".into(), page.into_bytes());
    Some(Sheets {
        page: "index.html".into(),
        name: name.to_owned(),
        files,
    })
}

/// The stylesheet that a page gets in addition, whatever theme it has.
const OWN: &str = "printed.css";
/// Links of the site are no addresses to type in: they can be clicked, and were none in the print.
const OWN_STYLE: &str = "a[data-own]::after { content: none !important; }\n";

/// A book on paper: a part begins a sheet, sheets are numbered.
const PAPER: &str = "@page { size: A4; margin: 20mm 22mm 24mm;\n\
    @bottom-center { content: counter(page) ' / ' counter(pages); font: 8.5pt system-ui, sans-serif; color: #555; } }\n\
    body { font: 10.5pt/1.5 Charter, 'Bitstream Charter', 'Sitka Text', Cambria, Georgia, serif; color: #000; margin: 0; }\n\
    section + section { break-before: page; }\n\
    h1, h2, h3, h4 { break-after: avoid; }\n\
    figure, table, blockquote { break-inside: avoid; }\n\
    p { orphans: 3; widows: 3; }\n\
    a { color: inherit; }\n\
    dt { font-weight: bold; break-after: avoid; margin-top: 0.6em; }\n\
    pre { white-space: pre-wrap; }\n\
    mark { background: none; font-weight: bold; }\n\
    img { max-height: 18cm; }\n";

/// The files of a book, by their names in its folder.
fn unpacked(bytes: &[u8]) -> Option<BTreeMap<String, Vec<u8>>> {
    let mut book = zip::ZipArchive::new(Cursor::new(bytes)).ok()?;
    let mut entries = BTreeMap::new();
    for n in 0..book.len() {
        let mut entry = book.by_index(n).ok()?;
        let name = entry.name().ok()?.into_owned();
        let mut bytes = Vec::new();
        entry.read_to_end(&mut bytes).ok()?;
        if let Some(name) = name.strip_prefix("book/") {
            entries.insert(name.to_owned(), bytes);
        }
    }
    Some(entries)
}

fn text(entries: &BTreeMap<String, Vec<u8>>, name: &str) -> String {
    let bytes = entries.get(name).map_or(&[][..], Vec::as_slice);
    String::from_utf8_lossy(bytes).into_owned()
}

/// The stretches of a text that stand between two others.
fn between<'a>(text: &'a str, start: &'a str, end: &'a str) -> impl Iterator<Item = &'a str> {
    let stretches = text.split(start).skip(1);
    stretches.filter_map(move |rest| rest.split_once(end).map(|(inside, _)| inside))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn file(path: &str, text: &str, source: Option<&str>) -> OutputFile {
        OutputFile {
            path: path.into(),
            bytes: text.as_bytes().to_vec(),
            sources: source.map(Utf8PathBuf::from).into_iter().collect(),
            context: None,
        }
    }

    const PAGE: &str = "<!doctype html><html><head><link rel=\"canonical\" href=\"https://x.org/d/briefings/a/\">\
        <link rel=\"stylesheet\" href=\"../../assets/a.css\"><script src=\"../../assets/a.js\"></script></head>\
        <body><a href=\"../../briefings/b/index.html#n\">b</a><a href=\"#c\">c</a><a href=\"mailto:x@x.org\">m</a>\
        <img src=\"q%20-480.jpg\" srcset=\"q%20-480.jpg 480w, q%20-960.jpg 960w\" sizes=\"1\" loading=\"lazy\">\
        <img src=\"https://y.org/t.png\" alt=\"T\"></body></html>";

    #[test]
    fn a_page_has_what_it_shows_and_leads_to_the_site() {
        let files = [
            file("briefings/a/index.html", PAGE, Some("briefings/2024/a.md")),
            file("assets/a.css", "p {}", None),
            file("assets/a.js", "1", None),
            file("briefings/a/q -480.jpg", "", None),
            file("briefings/a/q -960.jpg", "", None),
        ];
        for asked in [
            "a",
            "briefings/a",
            "briefings/a/index.html",
            "briefings/2024/a.md",
        ] {
            let sheets = sheets(&files, asked).unwrap();
            assert_eq!(sheets.name, "a");
            let kept: Vec<&str> = sheets.files.keys().map(|path| path.as_str()).collect();
            assert_eq!(
                kept,
                [
                    "assets/a.css",
                    "briefings/a/index.html",
                    "briefings/a/q -960.jpg",
                    "printed.css"
                ]
            );
            let html = String::from_utf8(sheets.files[&sheets.page].clone()).unwrap();
            for part in [
                "<a href=\"https://x.org/d/briefings/b/#n\" data-own=\"\">",
                "href=\"../../printed.css\"",
                "href=\"#c\"",
                "href=\"mailto:x@x.org\"",
                "<img src=\"q%20-960.jpg\">",
                "<img alt=\"T\">",
            ] {
                assert!(html.contains(part), "{part}: {html}");
            }
        }
        assert!(sheets(&files, "b").is_none());
    }

    #[test]
    fn a_site_without_an_address_has_no_links_to_itself() {
        assert_eq!(leads(NOWHERE, "a/index.html", "../b/index.html"), None);
        let web = "https://y.org/";
        assert_eq!(leads(NOWHERE, "a/index.html", web).as_deref(), Some(web));
    }
}
