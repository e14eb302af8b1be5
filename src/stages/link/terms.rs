//! Topics, tags and storylines: terms that authors give, with their articles.

use std::collections::BTreeMap;

use super::Corpus;
use crate::{
    config::TermConfig,
    model::{article::FrontMatter, catalogue::ArticleIdx, graph::Term},
    text::slug::slugify,
};

/// Topics; those of `site.yaml` are there even without articles.
pub(super) fn topics(corpus: &Corpus<'_>, newest: &[ArticleIdx]) -> BTreeMap<String, Term> {
    terms(corpus, newest, &corpus.config.topics, |front| {
        front.topics.as_slice()
    })
}

/// Tags.
pub(super) fn tags(corpus: &Corpus<'_>, newest: &[ArticleIdx]) -> BTreeMap<String, Term> {
    terms(corpus, newest, &[], |front| front.tags.as_slice())
}

/// Storylines; those of `site.yaml` are there even without articles.
pub(super) fn storylines(corpus: &Corpus<'_>, newest: &[ArticleIdx]) -> BTreeMap<String, Term> {
    terms(corpus, newest, &corpus.config.storylines, |front| {
        front.storyline.as_slice()
    })
}

fn terms<'a>(
    corpus: &Corpus<'a>,
    newest: &[ArticleIdx],
    declared: &[TermConfig],
    labels: impl Fn(&'a FrontMatter) -> &'a [String],
) -> BTreeMap<String, Term> {
    let declare = |term: &TermConfig| {
        let known = Term {
            label: term.title.clone(),
            summary: term.summary.clone(),
            questions: term.questions.clone(),
            articles: Vec::new(),
        };
        (slugify(&term.id), known)
    };
    let mut terms: BTreeMap<String, Term> = declared.iter().map(declare).collect();
    for idx in newest {
        for label in labels(&corpus.article(*idx).front) {
            let slug = slugify(label);
            if slug.is_empty() {
                continue;
            }
            let blank = || Term {
                label: label.clone(),
                summary: None,
                questions: Vec::new(),
                articles: Vec::new(),
            };
            let term = terms.entry(slug).or_insert_with(blank);
            if term.articles.last() != Some(idx) {
                term.articles.push(*idx);
            }
        }
    }
    terms
}
