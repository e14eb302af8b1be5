//! The front matter of articles and pages.

use std::collections::BTreeMap;

use camino::Utf8Path;

use super::{Front, Halves, ParseOptions, document, html, key_points, split};
use crate::{
    diagnostic::{Code, Diagnostic},
    model::{
        article::{
            Article, Citation, Correction, DataName, EntityRules, FrontMatter, KeyPoint, LeadImage,
            Marking, Redaction,
        },
        document::{BlockKind, Document},
        page::Page,
        source::SourceFile,
        span::Span,
    },
    text::{redaction::Mark, slug::slugify},
    visibility::Status,
    yaml::{self, Fields, Value},
};

/// Parses an article. `None` where its front matter cannot be used; the diagnostics say why.
#[must_use]
pub fn article(
    source: &SourceFile,
    options: &ParseOptions<'_>,
) -> (Option<Article>, Vec<Diagnostic>) {
    let (front, halves, spans, mut problems) = match read(source, options.mark, article_fields) {
        Ok(parts) => parts,
        Err(problem) => return (None, vec![*problem]),
    };
    let Some(front) = front else {
        return (None, problems);
    };
    let options = &inside(&front, options);
    let prose = prose(&front, &spans);
    let (document, more) = document(source, halves.body, &front.title, &prose, options);
    problems.extend(more);
    let key_points = key_points::documents(source, &front.key_points, options, &mut problems);
    let slug = front
        .slug
        .clone()
        .unwrap_or_else(|| default_slug(&source.path));
    let article = Article {
        hash: *blake3::hash(source.text.as_bytes()).as_bytes(),
        path: source.path.clone(),
        slug,
        front,
        front_spans: spans,
        document,
        key_points,
    };
    (Some(article), problems)
}

/// Parses the text of an article again whose front matter is known; none where it is another text
/// now.
#[must_use]
pub fn again(
    source: &SourceFile,
    article: &Article,
    options: &ParseOptions<'_>,
) -> Option<Document> {
    if blake3::hash(source.text.as_bytes()) != article.hash {
        return None;
    }
    let halves = split(source).ok()?;
    let (front, options) = (&article.front, &inside(&article.front, options));
    let prose = prose(front, &article.front_spans);
    Some(document(source, halves.body, &front.title, &prose, options).0)
}

/// The options for an article in its own language.
fn inside<'a>(front: &FrontMatter, options: &ParseOptions<'a>) -> ParseOptions<'a> {
    ParseOptions {
        words: options.words.inside(front.language.as_deref()),
        ..*options
    }
}

/// The words of the front matter that are read for names as the text is.
fn prose<'a>(front: &'a FrontMatter, spans: &BTreeMap<String, Span>) -> Vec<Front<'a>> {
    let part = |kind, key: &str, words: &'a str| Front {
        kind,
        words,
        source: spans.get(key).copied().unwrap_or_default(),
    };
    let summary = front.summary.as_deref();
    let standfirst = summary.map(|words| part(BlockKind::Standfirst, "summary", words));
    let title = part(BlockKind::Title, "title", &front.title);
    std::iter::once(title).chain(standfirst).collect()
}

/// Parses a page of `content/pages`.
#[must_use]
pub fn page(source: &SourceFile, options: &ParseOptions<'_>) -> (Option<Page>, Vec<Diagnostic>) {
    let (front, halves, _, mut problems) = match read(source, options.mark, page_fields) {
        Ok(parts) => parts,
        Err(problem) => return (None, vec![*problem]),
    };
    let Some(PageFields {
        title: Some(title),
        slug,
        summary,
        data,
        status,
    }) = front
    else {
        return (None, problems);
    };
    let (document, more) = document(source, halves.body, &title, &[], options);
    problems.extend(more);
    let slug = slug.unwrap_or_else(|| default_slug(&source.path));
    let path = source.path.clone();
    (
        Some(Page {
            path,
            slug,
            title,
            summary,
            data,
            status,
            document,
        }),
        problems,
    )
}

/// A page's front matter.
struct PageFields {
    title: Option<String>,
    slug: Option<String>,
    summary: Option<String>,
    data: Vec<DataName>,
    status: Status,
}

fn page_fields(fields: &mut Fields<'_>) -> Option<PageFields> {
    let title = fields.required_text("title", "every page needs one");
    fields.take("notes");
    Some(PageFields {
        title,
        slug: slug(fields),
        summary: fields.text("summary"),
        data: data(fields),
        status: Status {
            draft: fields.flag("draft").unwrap_or(false),
            publish_at: fields.moment("publish_at"),
            expires_at: fields.moment("expires_at"),
            marking: fields.choice("marking", &Marking::CHOICES),
            ..Status::default()
        },
    })
}

fn data(fields: &mut Fields<'_>) -> Vec<DataName> {
    let names = fields.texts_at("data").into_iter();
    names
        .map(|(name, source)| DataName { name, source })
        .collect()
}

/// The keys of an article's front matter, or with `parent` those of the maps under that key.
#[must_use]
pub fn article_keys(parent: Option<&str>) -> Vec<&'static str> {
    yaml::keys(parent, article_fields)
}

/// The keys of a page's front matter.
#[must_use]
pub fn page_keys(parent: Option<&str>) -> Vec<&'static str> {
    yaml::keys(parent, page_fields)
}

type Parts<T> = (Option<T>, Halves, BTreeMap<String, Span>, Vec<Diagnostic>);

fn read<T>(
    source: &SourceFile,
    mark: &Mark,
    read: impl Fn(&mut Fields<'_>) -> Option<T>,
) -> Result<Parts<T>, Box<Diagnostic>> {
    let halves = split(source)?;
    let node = yaml::parse(&source.path, &source.text, halves.front)?;
    let mut fields = Fields::marked(&source.path, &source.text, node, mark.shown());
    let spans = fields.spans();
    let value = read(&mut fields);
    Ok((value, halves, spans, fields.finish()))
}

fn article_fields(fields: &mut Fields<'_>) -> Option<FrontMatter> {
    let title = fields.required_text("title", "every briefing needs a headline");
    // Among editors: read by nobody.
    fields.take("notes");
    let dated = fields.span_of("date").is_some();
    let date = fields.moment("date");
    if !dated {
        fields.missing(
            "date",
            "times in the text count from it; write `date: 2024-07-21`",
        );
    }
    let front = FrontMatter {
        title: title.clone().unwrap_or_default(),
        date: date.unwrap_or_default(),
        updated: fields.moment("updated"),
        draft: fields.flag("draft").unwrap_or(false),
        publish_at: fields.moment("publish_at"),
        expires_at: fields.moment("expires_at"),
        authors: fields.texts("authors"),
        summary: fields.text("summary"),
        key_points: key_points(fields),
        topics: fields.texts("topics"),
        tags: fields.texts("tags"),
        storyline: fields.text("storyline"),
        image: fields.map("image", lead_image),
        dateline: fields.map("dateline", |fields| fields.text("place")),
        sources: fields.maps("sources", citation),
        corrections: fields.maps("corrections", correction),
        marking: fields.choice("marking", &Marking::CHOICES),
        redaction: redaction(fields),
        language: fields.text("language"),
        translation_of: fields.text("translation_of"),
        slug: slug(fields),
        aliases: fields.texts("aliases"),
        entities: fields.map("entities", entity_rules).unwrap_or_default(),
        data: data(fields),
        extra: fields.extra(),
    };
    (title.is_some() && date.is_some()).then_some(front)
}

/// `redacted: true`, or why. `false` and nothing are no redaction.
fn redaction(fields: &mut Fields<'_>) -> Option<Redaction> {
    let node = fields.take("redacted")?;
    let reason = match node.value {
        Value::Bool(false) => return None,
        Value::Bool(true) => None,
        _ => fields.as_text(node),
    };
    Some(Redaction { reason })
}

fn key_points(fields: &mut Fields<'_>) -> Vec<KeyPoint> {
    let texts = fields.texts_at("key_points").into_iter();
    texts
        .map(|(text, source)| KeyPoint { text, source })
        .collect()
}

fn lead_image(fields: &mut Fields<'_>) -> Option<LeadImage> {
    let place = fields.span_of("src");
    let src = fields.required_text("src", "the path of the image, from this file");
    let alt = fields.required_text("alt", "say what the image shows to those who cannot see it");
    let (caption, credit) = (fields.text("caption"), fields.text("credit"));
    let licence = fields.text("licence");
    let src = src?;
    if !html::is_allowed(&src) {
        let message = format!("`{src}` cannot be the address of an image");
        let hint = "write a path from this file, or https://…";
        fields.problem(Code::LinkScheme, place.unwrap_or_default(), message, hint);
        return None;
    }
    Some(LeadImage {
        src,
        alt: alt?,
        caption,
        credit,
        licence,
    })
}

fn citation(fields: &mut Fields<'_>) -> Option<Citation> {
    let title = fields.required_text("title", "name the source");
    let (url, publisher) = (fields.web_address("url"), fields.text("publisher"));
    let (date, archive_url) = (fields.date("date"), fields.web_address("archive_url"));
    Some(Citation {
        title: title?,
        url,
        publisher,
        date,
        archive_url,
    })
}

fn correction(fields: &mut Fields<'_>) -> Option<Correction> {
    let date = fields.date("date");
    let text = fields.required_text("text", "say what was wrong and what is right");
    Some(Correction {
        date: date?,
        text: text?,
    })
}

fn entity_rules(fields: &mut Fields<'_>) -> Option<EntityRules> {
    Some(EntityRules {
        about: fields.texts("about"),
        add: fields.texts("add"),
        drop: fields.texts("drop"),
        bind: fields.text_map("as"),
        auto: fields.flag("auto").unwrap_or(true),
    })
}

/// A slug goes into paths and addresses: it is taken as written or refused, never changed.
fn slug(fields: &mut Fields<'_>) -> Option<String> {
    let (slug, span) = fields.text_at("slug")?;
    let clean = slugify(&slug);
    if clean != slug || slug.is_empty() {
        let message = format!("`{slug}` cannot be part of an address");
        let hint = if clean.is_empty() {
            "use a-z, 0-9 and hyphens".to_owned()
        } else {
            format!("write `{clean}`")
        };
        fields.problem(Code::FrontMatterBadSlug, span, message, &hint);
        return None;
    }
    Some(slug)
}

/// The file's name without its date; `index.md` is called after its folder.
#[must_use]
pub fn default_slug(path: &Utf8Path) -> String {
    let stem = path.file_stem().unwrap_or_default();
    let folder = path.parent().and_then(Utf8Path::file_name);
    let name = if stem == "index" {
        folder.unwrap_or(stem)
    } else {
        stem
    };
    let slug = slugify(without_date(name));
    if slug.is_empty() {
        "untitled".to_owned()
    } else {
        slug
    }
}

fn without_date(name: &str) -> &str {
    let is_date = name
        .get(..10)
        .is_some_and(|date| date.parse::<jiff::civil::Date>().is_ok());
    match name
        .get(10..)
        .and_then(|rest| rest.strip_prefix(['-', '_']))
    {
        Some(rest) if is_date && !rest.is_empty() => rest,
        _ => name,
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::model::article::Extra;

    fn parse(text: &str) -> (Option<Article>, Vec<String>) {
        let source = SourceFile {
            path: "briefings/2024-07-21-ports.md".into(),
            text: text.into(),
        };
        let (article, problems) = article(&source, &ParseOptions::default());
        (
            article,
            problems
                .into_iter()
                .map(|p| format!("{}: {}", p.code.as_str(), p.message))
                .collect(),
        )
    }

    #[test]
    fn reads_every_key() {
        let (article, problems) = parse(
            "---\ntitle: Ports\ndate: 2024-07-21\nupdated: 2024-07-22\ndraft: true\npublish_at: 2024-07-23\n\
             expires_at: 2025-01-01\nauthors: [Desk]\nsummary: S\ntopics: [Sea]\ntags: [a, b]\nstoryline: ports\n\
             image: {src: a.svg, alt: A quay, caption: C, credit: D, licence: CC0}\ndateline: {place: Rotterdam}\n\
             sources: [{title: T, url: 'https://example.org', publisher: P, date: 2024-07-20, archive_url: 'https://example.net/1'}]\n\
             corrections: [{date: 2024-07-22, text: Fixed}]\nredacted: by order\nmarking: TLP:GREEN\nlanguage: en\nslug: harbour\n\
             aliases: [/old/]\nentities: {about: [A], add: [B], drop: [C], as: {Port: port-agency}, auto: false}\n\
             data: [ships]\nextra: {colour: red, list: [1, 2]}\n---\nText.\n",
        );
        assert!(problems.is_empty(), "{problems:?}");
        let article = article.unwrap();
        assert_eq!(article.slug, "harbour");
        assert_eq!(article.front.marking, Some(Marking::Green));
        assert_eq!(article.front.dateline.as_deref(), Some("Rotterdam"));
        assert_eq!(article.front.entities.bind["Port"], "port-agency");
        assert_eq!(article.front.extra["colour"], Extra::Text("red".to_owned()));
        assert_eq!(article.document.text, "Ports\n\nS\n\nText.");
    }

    #[test]
    fn rules_in_the_body_are_no_front_matter() {
        let (article, _) = parse("---\ntitle: Ports\ndate: 2024-07-21\n---\nOne.\n\n---\n\nTwo.\n");
        let blocks = article.unwrap().document.blocks;
        let body = blocks.iter().filter(|block| !block.kind.is_front());
        assert_eq!(body.count(), 2);
    }

    #[test]
    fn slugs_come_from_file_names() {
        let slug = |path: &str| default_slug(Utf8Path::new(path));
        assert_eq!(slug("briefings/2024-07-21-ports.md"), "ports");
        assert_eq!(slug("briefings/Über Häfen.md"), "uber-hafen");
        assert_eq!(slug("briefings/ports/index.md"), "ports");
        assert_eq!(slug("2024-07-21.md"), "2024-07-21");
    }

    #[test]
    fn refuses_slugs_that_lead_elsewhere() {
        let (_, problems) = parse("---\ntitle: P\ndate: 2024-07-21\nslug: ../../etc\n---\n");
        assert_eq!(
            problems,
            ["front-matter/bad-slug: `../../etc` cannot be part of an address"]
        );
    }
}
