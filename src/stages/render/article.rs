//! An article's page.

use super::{
    body, extra, image, languages,
    link_notes::LinkNotes,
    map,
    site::{Head, Site, reading_minutes},
    social, structured, why, words,
};
use crate::{
    model::{
        article::{Article, Correction, Marking},
        catalogue::{ArticleIdx, EntityIdx, Resolution},
        document::Document,
        entity::EntityKind,
        extraction::Sense,
        graph::{Appearance, ArticleNode},
    },
    text::slug::slugify,
    urls,
    views::{
        Ambiguity, ArticleView, AttributionView, CorrectionView, KeyPointView, MentionEntry,
        PageLink, QuotationView, RelatedView, SidebarGroup, SourceView, TimelineEntryView,
        TocEntry, TranslationView,
    },
};

/// Other articles of the storyline that a page lists.
const OF_STORYLINE: usize = 8;

/// The view of the article at `idx`, between its neighbours in time.
pub(super) fn view(
    site: &Site<'_>,
    idx: ArticleIdx,
    document: &Document,
    dated: &[u32],
    neighbours: (Option<ArticleIdx>, Option<ArticleIdx>),
) -> ArticleView {
    let article = site.corpus.article(idx);
    let node = &site.graph.articles[idx.0 as usize];
    let page = site.article_path(idx);
    let front = &article.front;
    let storyline = front.storyline.as_deref().map(slugify);
    let link = |idx: ArticleIdx| site.article_link(&page, idx);
    let notes = LinkNotes::of_article(article, document, node);
    ArticleView {
        frame: site.frame(Head {
            description: Some(site.summary(idx)),
            og_type: "article",
            structured: Some(structured::article(site, idx)),
            social: social::image_of_article(site, idx),
            has_code: !document.body.code.is_empty(),
            ..Head::new(&page, &front.title)
        }),
        title: front.title.clone(),
        summary: front.summary.clone(),
        language: site.foreign(idx),
        translations: translations(site, &page, node),
        key_points: key_points(site, &page, article, node, &notes),
        date_iso: front.date.iso(),
        date: site.words.day(front.date.date),
        updated_iso: front.updated.map(|moment| moment.iso()),
        updated: front.updated.map(|moment| site.words.day(moment.date)),
        authors: front.authors.clone(),
        dateline: front.dateline.clone(),
        reading_minutes: reading_minutes(article.document.word_count),
        word_count: article.document.word_count,
        marking: front.marking.map(Marking::as_str),
        draft: front.draft,
        image: image::lead(site, &page, idx),
        body_html: body::body(
            site,
            front.language.as_deref(),
            &page,
            document,
            &node.targets,
            &node.anchors,
            &notes,
        ),
        toc: toc(&article.document.headings),
        sidebar: sidebar(site, &page, idx),
        ambiguous: ambiguities(site, &page, node),
        map: map::of_places(site, &page, &places(site, node)),
        timeline: timeline(site, &page, dated),
        quotations: quotations(site, &page, idx),
        attributions: attributions(site, idx),
        topics: site.term_links(&page, "topics", &front.topics, &site.graph.topics),
        tags: site.term_links(&page, "tags", &front.tags, &site.graph.tags),
        storyline_articles: storyline_articles(site, &page, idx, storyline.as_deref()),
        storyline: storyline
            .and_then(|slug| site.term_link(&page, "storylines", &slug, &site.graph.storylines)),
        related: related(site, &page, node),
        linked_from: node.linked_from.iter().map(|idx| link(*idx)).collect(),
        sources: sources(site, article),
        link_notes: notes.listed(),
        corrections: corrections(site, article),
        markdown_url: urls::MARKDOWN,
        citation: citation(site, article, &page),
        data: extra::values(&node.data),
        extra: extra::values(&front.extra),
        older: neighbours.0.map(link),
        newer: neighbours.1.map(link),
    }
}

/// The same article in other languages, each called as its readers call it.
fn translations(site: &Site<'_>, page: &str, node: &ArticleNode) -> Vec<TranslationView> {
    let view = |idx: &ArticleIdx| {
        let front = &site.corpus.article(*idx).front;
        let config = site.corpus.config;
        let tag = front.language.as_ref().unwrap_or(&config.language);
        let path = site.article_path(*idx);
        TranslationView {
            tag: tag.clone(),
            direction: words::direction(tag),
            name: languages::own_name(tag),
            title: front.title.clone(),
            url: urls::relative(page, &path),
            canonical: urls::absolute(&config.base_url, &path),
        }
    };
    node.translations.iter().map(view).collect()
}

/// The places that the article is about or names, most named first.
fn places(site: &Site<'_>, node: &ArticleNode) -> Vec<(EntityIdx, usize)> {
    let is_place = |a: &&Appearance| {
        a.is_subject() && site.corpus.catalogue.get(a.entity).kind == EntityKind::Place
    };
    let places = node.appearances.iter().filter(is_place);
    places.map(|a| (a.entity, a.count as usize)).collect()
}

/// The key points without the paragraph that each is.
fn key_points(
    site: &Site<'_>,
    page: &str,
    article: &Article,
    node: &ArticleNode,
    notes: &LinkNotes<'_>,
) -> Vec<KeyPointView> {
    let language = article.front.language.as_deref();
    let points = article.key_points.iter().zip(&node.key_points);
    let view = |(document, targets)| {
        let html = body::body(site, language, page, document, targets, &[], notes);
        let inner = html.trim().strip_prefix("<p>").unwrap_or(&html);
        let inner = inner.strip_suffix("</p>").unwrap_or(inner);
        KeyPointView {
            text_html: inner.to_owned(),
        }
    };
    points.map(view).collect()
}

pub(super) fn toc(headings: &[crate::model::document::Heading]) -> Vec<TocEntry> {
    let entry = |heading: &crate::model::document::Heading| TocEntry {
        level: heading.level,
        id: heading.id.clone(),
        text: heading.text.clone(),
    };
    headings.iter().map(entry).collect()
}

/// Subjects by kind, then peoples, then who reported.
pub(super) fn sidebar(site: &Site<'_>, page: &str, idx: ArticleIdx) -> Vec<SidebarGroup> {
    let node = &site.graph.articles[idx.0 as usize];
    let entries = |wanted: &dyn Fn(&Appearance) -> bool| -> Vec<MentionEntry> {
        node.appearances
            .iter()
            .filter(|a| wanted(a))
            .map(|a| entry(site, page, idx, a))
            .collect()
    };
    let kind_of = |a: &Appearance| site.corpus.catalogue.get(a.entity).kind;
    let mut groups: Vec<SidebarGroup> = EntityKind::ALL
        .into_iter()
        .map(|kind: EntityKind| SidebarGroup {
            kind: kind.as_str(),
            label: words::kinds_label(site, kind),
            entries: entries(&|a| a.is_subject() && kind_of(a) == kind),
        })
        .collect();
    groups.push(SidebarGroup {
        kind: "nationality",
        label: site.words.say("peoples"),
        entries: entries(&|a| !a.is_subject() && a.senses.contains(&Sense::Nationality)),
    });
    groups.push(SidebarGroup {
        kind: "source",
        label: site.words.say("who_reported"),
        entries: entries(&|a| !a.is_subject() && a.senses == [Sense::Source]),
    });
    groups.retain(|group| !group.entries.is_empty());
    groups
}

fn entry(site: &Site<'_>, page: &str, idx: ArticleIdx, appearance: &Appearance) -> MentionEntry {
    let node = &site.graph.articles[idx.0 as usize];
    let first = node
        .anchors
        .iter()
        .find(|anchor| anchor.entity == appearance.entity);
    let government = appearance.senses.contains(&Sense::Government);
    let people = !appearance.is_subject() && appearance.senses.contains(&Sense::Nationality);
    let note = if people {
        Some("its_people")
    } else if government && appearance.senses.contains(&Sense::Literal) {
        Some("also_government")
    } else if government {
        Some("as_government")
    } else {
        None
    };
    let language = site.corpus.article(idx).front.language.as_deref();
    let entity = site.entity_link_in(language, page, appearance.entity);
    let mut also = appearance.also.clone();
    also.retain(|name| *name != entity.name);
    MentionEntry {
        entity,
        count: appearance.count,
        first: first
            .map(|anchor| format!("#{}", body::fragment(site, anchor.entity, anchor.ordinal))),
        also,
        note: note.map(|key| site.words.say(key)),
        description: site.description_of(appearance.entity),
        about: appearance.about,
        why: Some(why::why(site, idx, appearance)),
        first_seen: None,
        last_seen: None,
    }
}

fn ambiguities(site: &Site<'_>, page: &str, node: &ArticleNode) -> Vec<Ambiguity> {
    let view = |(name, entities): &(String, Vec<EntityIdx>)| Ambiguity {
        name: name.clone(),
        candidates: entities
            .iter()
            .map(|e| site.entity_link(page, *e))
            .collect(),
    };
    node.ambiguous.iter().map(view).collect()
}

fn timeline(site: &Site<'_>, page: &str, dated: &[u32]) -> Vec<TimelineEntryView> {
    let entries = dated.iter().filter_map(|n| site.timeline_entry(page, *n));
    // The page is the article: it need not name itself.
    entries
        .map(|mut entry| {
            entry.article = None;
            entry
        })
        .collect()
}

fn quotations(site: &Site<'_>, page: &str, idx: ArticleIdx) -> Vec<QuotationView> {
    let n = idx.0 as usize;
    let (extraction, resolutions) = (&site.corpus.extractions[n], &site.corpus.resolutions[n]);
    let text = &site.corpus.articles[n].document.text;
    let view = |quotation: &crate::model::extraction::Quotation| {
        let speaker = match resolutions.get(quotation.speaker?)? {
            Resolution::Linked(entity) => site.entity_link(page, *entity),
            _ => return None,
        };
        Some(QuotationView {
            text: quotation.span.of(text).to_owned(),
            language: site.foreign(idx),
            speaker: Some(speaker),
            article: None,
        })
    };
    extraction.quotations.iter().filter_map(view).collect()
}

/// Sources without a name of their own, in the order of the text; the named ones are entities.
fn attributions(site: &Site<'_>, idx: ArticleIdx) -> Vec<AttributionView> {
    let mut views: Vec<AttributionView> = Vec::new();
    let found = site.corpus.extractions[idx.0 as usize].attributions.iter();
    for attribution in found.filter(|attribution| attribution.source.is_none()) {
        match views
            .iter_mut()
            .find(|view| view.label == attribution.label)
        {
            Some(view) => view.count += 1,
            None => views.push(AttributionView {
                label: attribution.label.clone(),
                count: 1,
                sentence: body::words(site, idx, attribution.sentence),
            }),
        }
    }
    views
}

fn storyline_articles(
    site: &Site<'_>,
    page: &str,
    idx: ArticleIdx,
    storyline: Option<&str>,
) -> Vec<PageLink> {
    let term = storyline.and_then(|slug| site.graph.storylines.get(slug));
    let others = term
        .into_iter()
        .flat_map(|term| &term.articles)
        .filter(|other| **other != idx);
    others
        .take(OF_STORYLINE)
        .map(|other| site.article_link(page, *other))
        .collect()
}

fn related(site: &Site<'_>, page: &str, node: &ArticleNode) -> Vec<RelatedView> {
    let view = |related: &crate::model::graph::Related| {
        let names: Vec<&str> = related
            .shared
            .iter()
            .map(|entity| site.corpus.catalogue.get(*entity).name.as_str())
            .collect();
        RelatedView {
            article: site.card(page, related.article),
            reason: site
                .words
                .fill("also_on", &[("names", &site.words.list(&names))]),
        }
    };
    node.related.iter().map(view).collect()
}

pub(super) fn sources(site: &Site<'_>, article: &Article) -> Vec<SourceView> {
    let view = |source: &crate::model::article::Citation| SourceView {
        title: source.title.clone(),
        url: source.url.clone(),
        publisher: source.publisher.clone(),
        date: source.date.map(|value| site.words.day(value)),
        archive_url: source.archive_url.clone(),
    };
    article.front.sources.iter().map(view).collect()
}

/// The corrections of an article, the newest first.
pub(super) fn newest_corrections(article: &Article) -> Vec<&Correction> {
    let mut corrections: Vec<_> = article.front.corrections.iter().collect();
    corrections.sort_by_key(|correction| std::cmp::Reverse(correction.date));
    corrections
}

pub(super) fn corrections(site: &Site<'_>, article: &Article) -> Vec<CorrectionView> {
    let corrections = newest_corrections(article);
    let view = |correction: &crate::model::article::Correction| CorrectionView {
        date: site.words.day(correction.date),
        text: correction.text.clone(),
    };
    corrections.into_iter().map(view).collect()
}

/// Author, title, site, date, address.
fn citation(site: &Site<'_>, article: &Article, page: &str) -> String {
    let config = site.corpus.config;
    let authors: Vec<&str> = article.front.authors.iter().map(String::as_str).collect();
    let by = match authors.as_slice() {
        [] => config
            .author
            .clone()
            .unwrap_or_else(|| config.title.clone()),
        some => site.words.list(some),
    };
    site.words.fill(
        "citation",
        &[
            ("authors", &by),
            ("title", &article.front.title),
            ("site", &config.title),
            ("date", &site.words.day(article.front.date.date)),
            ("url", &urls::absolute(&config.base_url, page)),
        ],
    )
}
