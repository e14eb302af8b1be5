//! What stands around an entity's name: what it says, what is said of it, the places in its sentences.

use std::{
    cmp::Reverse,
    collections::{BTreeMap, BTreeSet},
};

use crate::{
    model::{
        catalogue::{ArticleIdx, EntityIdx, Resolution},
        entity::EntityKind,
        extraction::{Quotation, Role, Sense},
        graph::{Backlink, EntityNode},
    },
    stages::render::{body, site::Site},
    text::fold::fold,
    views::{CompanionView, DescriptionView, QuotationView},
};

/// What a person is called.
const DESCRIPTIONS: usize = 8;
/// Quotations of each sort.
const QUOTATIONS: usize = 10;
/// Partners, and the articles that are listed for each.
const PARTNERS: (usize, usize) = (15, 5);

/// Whom the entity is named with most, and where.
pub(super) fn companions(site: &Site<'_>, page: &str, node: &EntityNode) -> Vec<CompanionView> {
    let pairs = node.cooccurring.iter().take(PARTNERS.0);
    pairs
        .map(|pair| {
            let listed = pair.articles.iter().take(PARTNERS.1);
            CompanionView {
                entity: site.entity_link(page, pair.entity),
                description: site.description_of(pair.entity),
                count: pair.articles.len(),
                articles: listed.map(|idx| site.article_link(page, *idx)).collect(),
                more: pair.articles.len().saturating_sub(PARTNERS.1),
            }
        })
        .collect()
}

/// What briefings call a person, each description once, where it was used last.
pub(super) fn described(
    site: &Site<'_>,
    page: &str,
    idx: EntityIdx,
    node: &EntityNode,
) -> Vec<DescriptionView> {
    let mut seen = BTreeSet::new();
    let by = |article: ArticleIdx| {
        let n = article.0 as usize;
        let meant = move |role: &&Role| {
            site.corpus.resolutions[n].get(role.person) == Some(&Resolution::Linked(idx))
        };
        let own = site.corpus.extractions[n].roles.iter().filter(meant);
        own.map(move |role| (article, role))
    };
    let all = node.articles.iter().copied().flat_map(by);
    let new = all.filter_map(|(article, role)| {
        let own = site.corpus.article(article);
        let text = role.span.of(&own.document.text);
        let date = own.front.date.date;
        seen.insert(fold(text)).then(|| DescriptionView {
            text: text.to_owned(),
            sentence_html: body::passage(site, article, role.sentence, &[role.span]),
            article: site.article_link(page, article),
            date: site.words.day(date),
            date_iso: date.to_string(),
        })
    });
    new.take(DESCRIPTIONS).collect()
}

/// What the entity is quoted with, newest first.
pub(super) fn quoted(
    site: &Site<'_>,
    page: &str,
    idx: EntityIdx,
    node: &EntityNode,
) -> Vec<QuotationView> {
    let by = |article: ArticleIdx| {
        let extraction = &site.corpus.extractions[article.0 as usize];
        let own = extraction.quotations.iter().filter(move |quotation| {
            speaker(site, article, quotation) == Some(idx)
                && quotation
                    .speaker
                    .is_some_and(|m| extraction.mentions[m].sense == Sense::Literal)
        });
        own.map(move |quotation| view(site, page, article, quotation, None))
    };
    node.articles
        .iter()
        .copied()
        .flat_map(by)
        .take(QUOTATIONS)
        .collect()
}

/// What others are quoted with that names the entity, newest first.
pub(super) fn quoted_about(
    site: &Site<'_>,
    page: &str,
    idx: EntityIdx,
    node: &EntityNode,
) -> Vec<QuotationView> {
    let mut last = None;
    let about = node.backlinks.iter().filter_map(move |backlink| {
        let (n, quotation) = around(site, backlink)?;
        let by = speaker(site, backlink.article, quotation);
        let again = last.replace((backlink.article, n)) == Some((backlink.article, n));
        if again || by == Some(idx) {
            return None;
        }
        Some(view(site, page, backlink.article, quotation, by))
    });
    about.take(QUOTATIONS).collect()
}

/// The quotation that holds the entity's name, with its place in the article's list.
fn around<'a>(site: &Site<'a>, backlink: &Backlink) -> Option<(usize, &'a Quotation)> {
    let quotations = &site.corpus.extractions[backlink.article.0 as usize].quotations;
    backlink.names.iter().find_map(|name| {
        let after = quotations.partition_point(|quotation| quotation.span.start <= name.start);
        let at = after.checked_sub(1)?;
        quotations[at]
            .span
            .contains(*name)
            .then_some((at, &quotations[at]))
    })
}

fn speaker(site: &Site<'_>, article: ArticleIdx, quotation: &Quotation) -> Option<EntityIdx> {
    match site.corpus.resolutions[article.0 as usize].get(quotation.speaker?)? {
        Resolution::Linked(speaker) => Some(*speaker),
        _ => None,
    }
}

fn view(
    site: &Site<'_>,
    page: &str,
    article: ArticleIdx,
    quotation: &Quotation,
    speaker: Option<EntityIdx>,
) -> QuotationView {
    let text = &site.corpus.article(article).document.text;
    QuotationView {
        text: quotation.span.of(text).to_owned(),
        language: site.foreign(article),
        speaker: speaker.map(|speaker| site.entity_link(page, speaker)),
        article: Some(site.article_link(page, article)),
    }
}

/// The places that the entity's sentences name, most named first.
pub(super) fn places(
    site: &Site<'_>,
    idx: EntityIdx,
    node: &EntityNode,
) -> Vec<(EntityIdx, usize)> {
    let mut counts: BTreeMap<EntityIdx, usize> = BTreeMap::new();
    for backlink in &node.backlinks {
        let n = backlink.article.0 as usize;
        let mentions = &site.corpus.extractions[n].mentions;
        let resolutions = &site.corpus.resolutions[n];
        let sentence = backlink.sentence;
        let start = mentions.partition_point(|mention| mention.span.start < sentence.start);
        let inside = mentions[start..]
            .iter()
            .zip(&resolutions[start..])
            .take_while(|(mention, _)| mention.span.start < sentence.end);
        for (mention, resolution) in inside {
            if let Resolution::Linked(place) = resolution
                && mention.sense == Sense::Literal
                && *place != idx
                && site.corpus.catalogue.get(*place).kind == EntityKind::Place
            {
                *counts.entry(*place).or_default() += 1;
            }
        }
    }
    let mut places: Vec<(EntityIdx, usize)> = counts.into_iter().collect();
    places.sort_by_key(|(place, count)| (Reverse(*count), *place));
    places
}
