//! A WordPress export (WXR): posts and pages with their HTML as Markdown.

use std::collections::BTreeMap;

use camino::Utf8PathBuf;
use roxmltree::{Document, Node};

use super::{Doc, Note, NoteKind, Settings, title_of};
use crate::{
    importing::{date, draft::Draft, html},
    model::article::LeadImage,
    text::slug::slugify,
};

type Read = (Settings, Vec<Doc>);

pub(super) fn read(file: &Utf8PathBuf, xml: &str, notes: &mut Vec<Note>) -> Result<Read, String> {
    let tree = Document::parse(xml).map_err(|error| error.to_string())?;
    let channel = tree
        .descendants()
        .find(|node| node.has_tag_name("channel"))
        .ok_or("it has no <channel>: it is no WordPress export")?;
    let base = text(channel, "base_blog_url").or_else(|| text(channel, "link"));
    let settings = Settings {
        title: text(channel, "title"),
        base_url: base
            .map(|url| url.trim_end_matches('/').to_owned())
            .filter(|url| url.starts_with("http")),
        language: text(channel, "language"),
        description: text(channel, "description"),
        statics: vec![Utf8PathBuf::new()],
        ..Settings::default()
    };
    let authors = authors(channel);
    let items = || channel.children().filter(|node| node.has_tag_name("item"));
    let attachments: BTreeMap<String, String> = items()
        .filter_map(|item| Some((text(item, "post_id")?, text(item, "attachment_url")?)))
        .collect();
    let mut docs = Vec::new();
    let mut others: BTreeMap<String, usize> = BTreeMap::new();
    let mut comments = 0;
    for item in items() {
        let kind = text(item, "post_type").unwrap_or_else(|| "post".to_owned());
        comments += item
            .children()
            .filter(|node| node.tag_name().name() == "comment")
            .count();
        if !matches!(kind.as_str(), "post" | "page")
            || text(item, "status").as_deref() == Some("trash")
        {
            *others.entry(kind).or_default() += 1;
            continue;
        }
        docs.extend(doc(
            file,
            &tree,
            item,
            kind == "page",
            &authors,
            &attachments,
            notes,
        ));
    }
    if comments > 0 {
        *others.entry("comment".to_owned()).or_default() += comments;
    }
    for (kind, count) in others {
        notes.push(Note {
            file: file.clone(),
            line: None,
            message: format!("{count} of type {kind} were not carried"),
            kind: NoteKind::NotCarried,
        });
    }
    Ok((settings, docs))
}

/// The text of a child, by its name in whatever namespace.
fn text(node: Node<'_, '_>, name: &str) -> Option<String> {
    let child = node
        .children()
        .find(|child| child.tag_name().name() == name)?;
    let text: String = child
        .descendants()
        .filter(Node::is_text)
        .filter_map(|node| node.text())
        .collect();
    Some(text.trim().to_owned()).filter(|text| !text.is_empty())
}

/// `content:encoded` and `excerpt:encoded` have one name in two namespaces.
fn encoded<'a, 'i>(item: Node<'a, 'i>, space: &str) -> Option<Node<'a, 'i>> {
    item.children().find(|child| {
        let name = child.tag_name();
        name.name() == "encoded" && name.namespace().is_some_and(|uri| uri.contains(space))
    })
}

fn authors(channel: Node<'_, '_>) -> BTreeMap<String, String> {
    let authors = channel
        .children()
        .filter(|node| node.tag_name().name() == "author");
    authors
        .filter_map(|author| {
            let login = text(author, "author_login")?;
            let name = text(author, "author_display_name").unwrap_or_else(|| login.clone());
            Some((login, name))
        })
        .collect()
}

fn terms(item: Node<'_, '_>, domain: &str) -> Vec<String> {
    let terms = item
        .children()
        .filter(|node| node.has_tag_name("category") && node.attribute("domain") == Some(domain));
    let names = terms
        .filter_map(|node| node.text())
        .map(|name| name.trim().to_owned());
    names
        .filter(|name| !name.is_empty() && name != "Uncategorized")
        .collect()
}

fn all_text(node: Node<'_, '_>) -> String {
    let texts = node.descendants().filter(Node::is_text);
    texts.filter_map(|node| node.text()).collect()
}

/// When it was published; in UTC where the export says so.
fn date_of(item: Node<'_, '_>) -> Option<date::Written> {
    let written = ["post_date_gmt", "post_date", "pubDate", "post_modified_gmt"];
    written.iter().find_map(|name| {
        let text = text(item, name).filter(|text| !text.starts_with("0000"))?;
        date::metadata(&text)
    })
}

/// `publish` is for everybody; what has a password is not.
fn status_of(item: Node<'_, '_>) -> String {
    match text(item, "post_password") {
        Some(_) => "behind a password".to_owned(),
        None => text(item, "status").unwrap_or_default(),
    }
}

/// The picture that a post is shown with.
fn thumbnail(
    item: Node<'_, '_>,
    attachments: &BTreeMap<String, String>,
    title: &str,
) -> Option<LeadImage> {
    let is_it = |meta: &Node<'_, '_>| text(*meta, "meta_key").as_deref() == Some("_thumbnail_id");
    let mut metas = item
        .children()
        .filter(|node| node.tag_name().name() == "postmeta");
    let src = attachments.get(&text(metas.find(is_it)?, "meta_value")?)?;
    Some(LeadImage {
        src: src.clone(),
        alt: title.to_owned(),
        caption: None,
        credit: None,
        licence: None,
    })
}

fn doc(
    file: &Utf8PathBuf,
    tree: &Document<'_>,
    item: Node<'_, '_>,
    is_page: bool,
    authors: &BTreeMap<String, String>,
    attachments: &BTreeMap<String, String>,
    notes: &mut Vec<Note>,
) -> Option<Doc> {
    let line = tree.text_pos_at(item.range().start).row as usize;
    let date = date_of(item);
    let status = status_of(item);
    let content = encoded(item, "content");
    let source = content.map(all_text).unwrap_or_default();
    let title = text(item, "title")
        .map(|title| html::words(&title))
        .filter(|title| !title.is_empty());
    let name = text(item, "post_name").map(|name| html::percent_decoded(&name));
    let mut doc = Doc {
        source: file.clone(),
        first_line: content.map_or(line, |node| {
            tree.text_pos_at(node.range().start).row as usize
        }),
        is_converted: true,
        is_page: is_page && status == "publish",
        ..Doc::default()
    };
    let slug = slugify(name.as_deref().or(title.as_deref()).unwrap_or("untitled"));
    let slug = if slug.is_empty() {
        "untitled".to_owned()
    } else {
        slug
    };
    let Some(date) = date else {
        notes.push(doc.note(
            Some(line),
            NoteKind::NotCarried,
            format!("{slug} has no date"),
        ));
        return None;
    };
    doc.below = if doc.is_page {
        format!("{slug}.html")
    } else {
        format!("{}-{slug}.html", date.day)
    }
    .into();
    let title = title.unwrap_or_else(|| title_of(&slug));
    doc.address = text(item, "link").and_then(|link| path_of(&link));
    doc.body = html::to_markdown(&paragraphs(&shortcodes(&source, &doc, notes)));
    doc.draft = Draft {
        image: thumbnail(item, attachments, &title),
        title,
        date: (!doc.is_page).then_some(date),
        draft: status != "publish",
        authors: text(item, "creator")
            .map(|login| authors.get(&login).cloned().unwrap_or(login))
            .into_iter()
            .collect(),
        summary: encoded(item, "excerpt")
            .and_then(|node| node.text())
            .map(html::words)
            .filter(|text| !text.is_empty()),
        topics: terms(item, "category"),
        tags: terms(item, "post_tag"),
        ..Draft::default()
    };
    if !is_page && status != "publish" {
        notes.push(doc.note(
            Some(line),
            NoteKind::Draft,
            format!("{} is {status}: a draft", doc.draft.title),
        ));
    }
    Some(doc)
}

/// The path of an address; one with a query alone is no path.
fn path_of(link: &str) -> Option<String> {
    let rest = link.split_once("://").map_or(link, |(_, rest)| rest);
    let path = &rest[rest.find('/')?..];
    (!path.contains('?')).then(|| path.to_owned())
}

/// Short codes that stand without attributes.
const CODES: &[&str] = &[
    "gallery",
    "audio",
    "video",
    "playlist",
    "embed",
    "caption",
    "contact-form",
    "more",
    "toc",
];

/// `[caption]` becomes a figure, `[embed]` a link; what else is in brackets with attributes is kept
/// as text.
fn shortcodes(source: &str, doc: &Doc, notes: &mut Vec<Note>) -> String {
    let mut out = String::with_capacity(source.len());
    let mut rest = source;
    while let Some(at) = rest.find('[') {
        out.push_str(&rest[..at]);
        let tag = &rest[at..];
        let Some(end) = tag.find(']').filter(|end| !tag[..*end].contains('\n')) else {
            out.push('[');
            rest = &tag[1..];
            continue;
        };
        let inner = tag[1..end].trim_start_matches('/');
        let name = inner
            .split(|c: char| c.is_whitespace() || c == '=')
            .next()
            .unwrap_or_default();
        let is_name = !name.is_empty()
            && name
                .bytes()
                .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-' || b == b'_');
        let is_code =
            is_name && (CODES.contains(&name) || tag[1..].starts_with('/') || inner.contains('='));
        rest = &tag[end + 1..];
        match (is_code, name, tag[1..].starts_with('/')) {
            (false, ..) => out.push_str(&tag[..=end]),
            (true, "caption", false) => {
                let (inner, after) = rest.split_once("[/caption]").unwrap_or((rest, ""));
                let image = inner.rfind('>').map_or(inner, |n| &inner[..=n]);
                out.push_str(&format!(
                    "<figure>{image}<figcaption>{}</figcaption></figure>",
                    inner[image.len()..].trim()
                ));
                rest = after;
            }
            (true, "embed", false) => {
                let (address, after) = rest.split_once("[/embed]").unwrap_or((rest, ""));
                let address = address.trim();
                out.push_str(&format!("<a href=\"{address}\">{address}</a>"));
                rest = after;
            }
            (true, ..) => {
                let line =
                    doc.first_line + source[..source.len() - rest.len()].matches('\n').count();
                notes.push(doc.note(
                    Some(line),
                    NoteKind::TemplateCode,
                    format!("{} is kept as text", &tag[..=end]),
                ));
                out.push_str(&format!("<code>{}</code>", &tag[..=end]));
            }
        }
    }
    out.push_str(rest);
    out
}

/// Tags that stand between paragraphs.
const BLOCKS: &[&str] = &[
    "<p",
    "<h1",
    "<h2",
    "<h3",
    "<h4",
    "<h5",
    "<h6",
    "<ul",
    "<ol",
    "<li",
    "</",
    "<blockquote",
    "<pre",
    "<table",
    "<figure",
    "<div",
    "<hr",
    "<section",
    "<!--",
    "<dl",
    "<iframe",
];

/// What WordPress does when it shows a post: blank lines part paragraphs, line ends break lines.
fn paragraphs(source: &str) -> String {
    if source.contains("<!-- wp:") {
        return source.to_owned();
    }
    let mut out = String::with_capacity(source.len() + 64);
    let mut in_pre = false;
    for block in source.replace("\r\n", "\n").split("\n\n") {
        let trimmed = block.trim();
        let lower = trimmed.to_ascii_lowercase();
        let was_pre = in_pre;
        in_pre = (in_pre || lower.contains("<pre")) && !lower.ends_with("</pre>");
        if trimmed.is_empty() || was_pre || BLOCKS.iter().any(|tag| lower.starts_with(tag)) {
            out.push_str(block);
            out.push_str("\n\n");
        } else {
            out.push_str(&format!("<p>{}</p>\n\n", trimmed.replace('\n', "<br>\n")));
        }
    }
    out
}
