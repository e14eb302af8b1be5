//! A storyline as a book (EPUB 3): its briefings in the order of their dates, who is in it, what
//! happened when.
//!
//! The same content gives the same bytes: the archive has no times but the one that its format needs,
//! and the book is as old as the last change of its briefings. Pictures are in the width of a column, and
//! bounded; charts stay on the site, with their tables and all words in the book.

mod archive;
mod xhtml;

use std::fmt::Write;

use super::{article, body, exports::named, image, link_notes::LinkNotes, site::Site};
use crate::{
    diagnostic::Diagnostic,
    model::{article::Marking, catalogue::ArticleIdx, graph::Term},
    text::html::escape,
    urls,
    views::{SidebarGroup, SourceView, StorylineView},
    words::Words,
};
use xhtml::{Book, address, page};

/// Where a storyline's book stands.
pub(super) fn path(slug: &str) -> String {
    format!("storylines/{slug}/{slug}.epub")
}

/// A part of the book: its file, what the contents call it, its page.
struct Part {
    file: String,
    title: String,
    /// An id in the package document.
    id: String,
    text: String,
}

/// The path and the bytes of a storyline's book. `view` is what its first page shows.
pub(super) fn storyline(
    site: &Site<'_>,
    slug: &str,
    term: &Term,
    view: &StorylineView,
) -> Result<(String, Vec<u8>), Box<Diagnostic>> {
    let chapters: Vec<ArticleIdx> = term.articles.iter().rev().copied().collect();
    let book = Book::new(site, &chapters);
    let language = &site.corpus.config.language;
    let home = urls::term("storylines", slug);
    let mut parts = vec![part(
        "title",
        &term.label,
        page(language, &term.label, &title(site, term, &home)),
    )];
    for (n, idx) in chapters.iter().enumerate() {
        let front = &site.corpus.article(*idx).front;
        let language = front.language.as_ref().unwrap_or(language);
        let text = page(language, &front.title, &chapter(&book, *idx)?);
        parts.push(part(&xhtml::chapter_name(n), &front.title, text));
    }
    if !view.cast.is_empty() {
        let label = site.words.say("who_is_in_it");
        parts.push(part(
            "cast",
            &label,
            page(language, &label, &cast(&book, &home, &label, &view.cast)),
        ));
    }
    if !view.timeline.is_empty() {
        let label = site.words.say("happened_when");
        parts.push(part(
            "dates",
            &label,
            page(language, &label, &dates(&book, &home, &label, view)),
        ));
    }
    let contents = contents(site, &parts);
    let package = package(&book, &home, term, &chapters, &parts);
    let files = [
        ("nav.xhtml", contents),
        ("package.opf", package),
        ("book.css", STYLE.to_owned()),
    ];
    let named = files.iter().map(|(name, text)| (*name, text.as_bytes()));
    let own = parts.iter().map(|part| (&*part.file, part.text.as_bytes()));
    let pictures = book.pictures.iter();
    let pictures = pictures.map(|(name, picture)| (&**name, &*picture.bytes));
    let bytes = archive::packed(named.chain(own).chain(pictures));
    Ok((path(slug), bytes))
}

const STYLE: &str = "body { line-height: 1.5; }\n\
    h1, h2, h3 { line-height: 1.2; }\n\
    .meta, figcaption { font-size: 0.875em; }\n\
    figure { margin: 1em 0; }\n\
    img { max-width: 100%; max-height: 90vh; }\n\
    table { border-collapse: collapse; }\n\
    th, td { padding: 0.2em 0.5em; border-bottom: 1px solid; text-align: start; }\n";

fn part(name: &str, title: &str, text: String) -> Part {
    Part {
        file: format!("{name}.xhtml"),
        title: title.to_owned(),
        id: name.to_owned(),
        text,
    }
}

/// The first page: what the storyline is about, and what is not known.
fn title(site: &Site<'_>, term: &Term, home: &str) -> String {
    let config = site.corpus.config;
    let address = urls::absolute(&config.base_url, home);
    let mut out = format!("<h1>{}</h1>\n", escape(&term.label));
    if let Some(summary) = &term.summary {
        let _ = writeln!(out, "<p>{}</p>", escape(summary));
    }
    let _ = writeln!(
        out,
        "<p class=\"meta\">{}<br/><a href=\"{}\">{}</a></p>",
        escape(config.author.as_ref().unwrap_or(&config.title)),
        escape(&address),
        escape(&address)
    );
    if !term.questions.is_empty() {
        let _ = writeln!(
            out,
            "<h2>{}</h2>\n<ul>",
            escape(&site.words.say("open_questions"))
        );
        for own in &term.questions {
            let answer = own.answer.iter();
            let answer = answer
                .map(|a| format!("<br/>{} {}", escape(&site.words.say("answered")), escape(a)));
            let _ = writeln!(
                out,
                "<li>{}{}</li>",
                escape(&own.question),
                answer.collect::<String>()
            );
        }
        out.push_str("</ul>\n");
    }
    out
}

/// A briefing.
fn chapter(book: &Book<'_>, idx: ArticleIdx) -> Result<String, Box<Diagnostic>> {
    let site = book.site;
    let (article, node) = (
        site.corpus.article(idx),
        &site.graph.articles[idx.0 as usize],
    );
    let front = &article.front;
    let path = site.article_path(idx);
    let language = front.language.as_deref();
    let words = site.words.inside(language);
    let mut out = format!("<h1>{}</h1>\n", escape(&front.title));
    if let Some(summary) = &front.summary {
        let _ = writeln!(out, "<p><em>{}</em></p>", escape(summary));
    }
    let updated = front
        .updated
        .map(|at| words.fill("updated_on", &[("date", &words.day(at.date))]));
    let line: Vec<String> = front
        .authors
        .iter()
        .cloned()
        .chain(front.dateline.clone())
        .chain([words.day(front.date.date)])
        .chain(updated)
        .chain(
            front
                .marking
                .map(|marking| Marking::as_str(marking).to_owned()),
        )
        .map(|one| escape(&one))
        .collect();
    let _ = writeln!(out, "<p class=\"meta\">{}</p>", line.join(" · "));
    out.push_str(&lead(book, &path, idx));
    for correction in article::corrections(site, article) {
        let label = words.fill("correction_on", &[("date", &correction.date)]);
        let _ = writeln!(
            out,
            "<p><strong>{}</strong> {}</p>",
            escape(&label),
            escape(&correction.text)
        );
    }
    // A book can be clicked.
    let notes = LinkNotes::default();
    if !article.key_points.is_empty() {
        let _ = writeln!(out, "<h2>{}</h2>\n<ul>", escape(&words.say("key_points")));
        for (point, targets) in article.key_points.iter().zip(&node.key_points) {
            let html = body::body(site, language, &path, point, targets, &[], &notes);
            let _ = writeln!(out, "<li>{}</li>", book.clean(&path, &html));
        }
        out.push_str("</ul>\n");
    }
    // Names are links on the site; in a book that leads away from every other word they are words.
    let html = body::body(
        site,
        language,
        &path,
        &*site.document(idx)?,
        &node.targets,
        &[],
        &notes,
    );
    out.push_str(&book.clean(&path, &html));
    out.push_str(&sources(words, &article::sources(site, article)));
    Ok(out)
}

/// The lead image with its caption, where the book has it.
fn lead(book: &Book<'_>, path: &str, idx: ArticleIdx) -> String {
    let Some(image) = image::lead(book.site, path, idx) else {
        return String::new();
    };
    let shown = format!(
        "<img src=\"{}\" alt=\"{}\">",
        escape(&image.src),
        escape(&image.alt)
    );
    let shown = book.clean(path, &shown);
    if shown.is_empty() {
        return shown;
    }
    let words: Vec<String> = image
        .caption
        .iter()
        .chain(&image.credit)
        .map(|text| escape(text))
        .collect();
    let caption = match words.is_empty() {
        true => String::new(),
        false => format!("<figcaption>{}</figcaption>", words.join(" ")),
    };
    format!("<figure>{shown}{caption}</figure>\n")
}

fn sources(words: &Words, sources: &[SourceView]) -> String {
    if sources.is_empty() {
        return String::new();
    }
    let mut out = format!("\n<h2>{}</h2>\n<ol>\n", escape(&words.say("sources")));
    for source in sources {
        let title = escape(&source.title);
        let title = match &source.url {
            Some(url) => format!("<a href=\"{}\">{title}</a>", escape(&address(url))),
            None => title,
        };
        let more = source.publisher.iter().chain(&source.date);
        let more: String = more.map(|one| format!(", {}", escape(one))).collect();
        let _ = writeln!(out, "<li>{title}{more}</li>");
    }
    out + "</ol>\n"
}

/// Who is in it, by kind.
fn cast(book: &Book<'_>, home: &str, label: &str, groups: &[SidebarGroup]) -> String {
    let mut out = format!("<h1>{}</h1>\n", escape(label));
    for group in groups {
        let _ = writeln!(out, "<h2>{}</h2>\n<ul>", escape(&group.label));
        for entry in &group.entries {
            let what = entry.description.iter();
            let what: String = what.map(|text| format!(" – {}", escape(text))).collect();
            let count = book.site.words.count("n_briefings", u64::from(entry.count));
            let link = format!(
                "<a href=\"{}\">{}</a>",
                escape(&entry.entity.url),
                escape(&entry.entity.name)
            );
            let _ = writeln!(
                out,
                "<li>{}{what} ({})</li>",
                book.clean(home, &link),
                escape(&count)
            );
        }
        out.push_str("</ul>\n");
    }
    out
}

/// What happened when.
fn dates(book: &Book<'_>, home: &str, label: &str, view: &StorylineView) -> String {
    let mut out = format!("<h1>{}</h1>\n<dl>\n", escape(label));
    for entry in &view.timeline {
        let language = entry.language.iter();
        let language: String = language
            .map(|own| {
                format!(
                    " lang=\"{0}\" xml:lang=\"{0}\" dir=\"{1}\"",
                    escape(&own.tag),
                    own.direction
                )
            })
            .collect();
        let article = entry.article.iter();
        let article: String = article
            .map(|link| {
                format!(
                    " <a href=\"{}\">{}</a>",
                    escape(&link.url),
                    escape(&link.label)
                )
            })
            .collect();
        let _ = writeln!(
            out,
            "<dt>{}</dt>\n<dd{language}>{}</dd>",
            escape(&entry.date),
            book.clean(home, &format!("{}{article}", entry.sentence_html)),
        );
    }
    out + "</dl>\n"
}

fn contents(site: &Site<'_>, parts: &[Part]) -> String {
    let label = site.words.say("contents");
    let mut body = format!(
        "<nav epub:type=\"toc\" id=\"toc\">\n<h1>{}</h1>\n<ol>\n",
        escape(&label)
    );
    for part in parts {
        let _ = writeln!(
            body,
            "<li><a href=\"{}\">{}</a></li>",
            part.file,
            escape(&part.title)
        );
    }
    body.push_str("</ol>\n</nav>");
    page(&site.corpus.config.language, &label, &body)
}

/// The package document: what the book is called and what it is made of.
fn package(
    book: &Book<'_>,
    home: &str,
    term: &Term,
    chapters: &[ArticleIdx],
    parts: &[Part],
) -> String {
    let site = book.site;
    let config = site.corpus.config;
    let publisher = escape(config.author.as_ref().unwrap_or(&config.title));
    let changed = chapters
        .iter()
        .map(|idx| named::changed(site, *idx))
        .max()
        .unwrap_or_default();
    let published = chapters
        .iter()
        .map(|idx| site.corpus.article(*idx).front.date.date)
        .max();
    let mut out = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <package xmlns=\"http://www.idpf.org/2007/opf\" version=\"3.0\" unique-identifier=\"id\" xml:lang=\"{0}\">\n\
         <metadata xmlns:dc=\"http://purl.org/dc/elements/1.1/\">\n\
         <dc:identifier id=\"id\">urn:uuid:{1}</dc:identifier>\n\
         <dc:title>{2}</dc:title>\n<dc:language>{0}</dc:language>\n\
         <dc:creator>{publisher}</dc:creator>\n<dc:publisher>{publisher}</dc:publisher>\n\
         <dc:source>{3}</dc:source>\n",
        escape(&config.language),
        named::id(site, "book", home),
        escape(&term.label),
        escape(&urls::absolute(&config.base_url, home)),
    );
    if let Some(date) = published {
        let _ = writeln!(out, "<dc:date>{date}</dc:date>");
    }
    if let Some(summary) = &term.summary {
        let _ = writeln!(out, "<dc:description>{}</dc:description>", escape(summary));
    }
    let _ = writeln!(
        out,
        "<meta property=\"dcterms:modified\">{}</meta>\n</metadata>\n<manifest>\n\
         <item id=\"nav\" href=\"nav.xhtml\" media-type=\"application/xhtml+xml\" properties=\"nav\"/>\n\
         <item id=\"style\" href=\"book.css\" media-type=\"text/css\"/>",
        changed.strftime("%Y-%m-%dT%H:%M:%SZ")
    );
    for part in parts {
        let _ = writeln!(
            out,
            "<item id=\"{}\" href=\"{}\" media-type=\"application/xhtml+xml\"/>",
            part.id, part.file
        );
    }
    for (n, (name, picture)) in book.pictures.iter().enumerate() {
        let _ = writeln!(
            out,
            "<item id=\"picture-{n}\" href=\"{name}\" media-type=\"{}\"/>",
            picture.media_type
        );
    }
    out.push_str("</manifest>\n<spine>\n");
    for part in parts {
        let _ = writeln!(out, "<itemref idref=\"{}\"/>", part.id);
    }
    out + "</spine>\n</package>\n"
}
