//! The timeline: every dated sentence of the corpus, by date.

use std::collections::BTreeSet;

use super::{Corpus, appearances::Named};
use crate::model::{
    article::Article,
    catalogue::{ArticleIdx, EntityIdx},
    extraction::{Extraction, Sense},
    graph::TimelineEntry,
    span::Span,
    time::{Precision, TimeExpression},
};

/// The dated sentences, earliest first; of one date the newer article's first.
pub(super) fn timeline(corpus: &Corpus<'_>, named: &[Vec<Named>]) -> Vec<TimelineEntry> {
    let mut entries: Vec<TimelineEntry> = corpus
        .indices()
        .flat_map(|idx| {
            let n = idx.0 as usize;
            of_article(idx, &corpus.articles[n], &corpus.extractions[n], &named[n])
        })
        .collect();
    entries.sort_by(|a, b| {
        let place = |e: &TimelineEntry| (e.value.first, e.value.last);
        let article = |e: &TimelineEntry| corpus.article(e.article);
        place(a)
            .cmp(&place(b))
            .then_with(|| article(b).front.date.cmp(&article(a).front.date))
            .then_with(|| article(a).path.cmp(&article(b).path))
            .then(a.words.cmp(&b.words))
    });
    entries
}

/// A sentence that says one date twice has one entry for it.
fn of_article(
    idx: ArticleIdx,
    article: &Article,
    extraction: &Extraction,
    named: &[Named],
) -> Vec<TimelineEntry> {
    let mut seen = BTreeSet::new();
    let dated = extraction
        .times
        .iter()
        .filter(|time| !says_only_now(article, time))
        // What a standfirst says, the text says again.
        .filter(|time| !in_front(article, time));
    dated
        .filter_map(|time| {
            let sentence = article.document.passage(extraction.sentence_of(time.span)?);
            seen.insert((time.value, sentence)).then(|| TimelineEntry {
                value: time.value,
                article: idx,
                sentence,
                words: time.span,
                entities: entities_in(sentence, named),
            })
        })
        .collect()
}

fn in_front(article: &Article, time: &TimeExpression) -> bool {
    let block = article.document.block_at(time.span.start);
    block.is_some_and(|block| block.kind.is_front())
}

/// "This year" places nothing in time that the article's own date does not.
fn says_only_now(article: &Article, time: &TimeExpression) -> bool {
    let today = article.front.date.date;
    time.value.precision <= Precision::Year && time.value.first <= today && today <= time.value.last
}

fn entities_in(sentence: Span, named: &[Named]) -> Vec<EntityIdx> {
    let start = named.partition_point(|name| name.span.start < sentence.start);
    let inside = named[start..]
        .iter()
        .take_while(|name| name.span.start < sentence.end);
    let subjects = inside.filter(|name| matches!(name.sense, Sense::Literal | Sense::Government));
    let entities: BTreeSet<EntityIdx> = subjects.map(|name| name.entity).collect();
    entities.into_iter().collect()
}
