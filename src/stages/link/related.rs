//! Related articles: those that share the rarest entities.
//!
//! Each shared entity counts with its inverse document frequency, ln(N / df), as in vector space
//! retrieval (Spärck Jones 1972); a name in half of all articles says nothing, one in two articles
//! says much. Bounded: an entity in more than [`COMMON`] articles is no clue, and each article
//! keeps [`KEPT`] neighbours.

use std::{
    cmp::Ordering,
    collections::{BTreeMap, BTreeSet},
};

use super::Corpus;
use crate::model::{
    catalogue::{ArticleIdx, EntityIdx},
    graph::{Appearance, ArticleNode, Related},
};

/// Entities in more articles than this are not followed: it bounds the work for each article.
const COMMON: usize = 200;
/// Neighbours kept for each article.
const KEPT: usize = 5;
/// Shared entities named as the reason.
const REASONS: usize = 3;
/// What belonging to one storyline adds, in units of idf.
const STORYLINE: f64 = 1.0;

/// The related articles of each article.
pub(super) fn related(
    corpus: &Corpus<'_>,
    nodes: &[ArticleNode],
) -> Vec<(ArticleIdx, Vec<Related>)> {
    let index = Index::of(corpus, nodes);
    let mut scores = Scores {
        of: vec![0.0; nodes.len()],
        above_zero: Vec::new(),
    };
    corpus
        .indices()
        .map(|idx| (idx, index.neighbours(corpus, nodes, idx, &mut scores)))
        .collect()
}

/// A score for each article, for one article after the other.
struct Scores {
    of: Vec<f64>,
    above_zero: Vec<ArticleIdx>,
}

impl Scores {
    /// Adds a weight, which is above zero.
    fn add(&mut self, article: ArticleIdx, weight: f64) {
        let score = &mut self.of[article.0 as usize];
        if *score == 0.0 {
            self.above_zero.push(article);
        }
        *score += weight;
    }

    /// Hands all scores out, in no order, and begins anew.
    fn take(&mut self) -> Vec<(ArticleIdx, f64)> {
        let Self { of, above_zero } = self;
        let scores = above_zero.drain(..);
        scores
            .map(|article| (article, std::mem::take(&mut of[article.0 as usize])))
            .collect()
    }
}

struct Index {
    articles: BTreeMap<EntityIdx, Vec<ArticleIdx>>,
    total: f64,
}

impl Index {
    fn of(corpus: &Corpus<'_>, nodes: &[ArticleNode]) -> Self {
        let mut articles: BTreeMap<EntityIdx, Vec<ArticleIdx>> = BTreeMap::new();
        for (idx, node) in corpus.indices().zip(nodes) {
            for appearance in node.appearances.iter().filter(|a| a.is_subject()) {
                articles.entry(appearance.entity).or_default().push(idx);
            }
        }
        Self {
            articles,
            total: nodes.len() as f64,
        }
    }

    /// The articles of an entity and its weight, if it tells anything.
    fn clue(&self, appearance: &Appearance) -> Option<(&[ArticleIdx], f64)> {
        let articles = self.articles.get(&appearance.entity)?;
        let useful = appearance.is_subject() && articles.len() > 1 && articles.len() <= COMMON;
        // One is added so that an entity in every article of a small site still counts a little.
        useful.then(|| {
            (
                articles.as_slice(),
                (1.0 + self.total / articles.len() as f64).ln(),
            )
        })
    }

    fn neighbours(
        &self,
        corpus: &Corpus<'_>,
        nodes: &[ArticleNode],
        idx: ArticleIdx,
        scores: &mut Scores,
    ) -> Vec<Related> {
        for appearance in &nodes[idx.0 as usize].appearances {
            let Some((articles, weight)) = self.clue(appearance) else {
                continue;
            };
            for other in articles.iter().filter(|other| **other != idx) {
                scores.add(*other, weight);
            }
        }
        let storyline = &corpus.article(idx).front.storyline;
        let same = |other: ArticleIdx| {
            storyline.is_some() && corpus.article(other).front.storyline == *storyline
        };
        let bonus = |other| if same(other) { STORYLINE } else { 0.0 };
        let mut ranked = scores.take();
        for (other, score) in &mut ranked {
            *score += bonus(*other);
        }
        // The best alone are put in order: there may be thousands, of which five are kept.
        if ranked.len() > KEPT {
            ranked.select_nth_unstable_by(KEPT, |a, b| by_score(corpus, *a, *b));
            ranked.truncate(KEPT);
        }
        ranked.sort_by(|a, b| by_score(corpus, *a, *b));
        let explain = |(article, score)| Related {
            article,
            score,
            shared: self.shared(nodes, idx, article),
            same_storyline: same(article),
        };
        ranked.into_iter().map(explain).collect()
    }

    fn shared(&self, nodes: &[ArticleNode], a: ArticleIdx, b: ArticleIdx) -> Vec<EntityIdx> {
        let theirs: BTreeSet<EntityIdx> = nodes[b.0 as usize]
            .appearances
            .iter()
            .filter(|x| x.is_subject())
            .map(|x| x.entity)
            .collect();
        let mut shared: Vec<(EntityIdx, f64)> = nodes[a.0 as usize]
            .appearances
            .iter()
            .filter(|appearance| theirs.contains(&appearance.entity))
            .filter_map(|appearance| Some((appearance.entity, self.clue(appearance)?.1)))
            .collect();
        shared.sort_by(|x, y| y.1.total_cmp(&x.1).then(x.0.cmp(&y.0)));
        shared
            .into_iter()
            .take(REASONS)
            .map(|(entity, _)| entity)
            .collect()
    }
}

/// Higher score first, then newer, then by path.
fn by_score(corpus: &Corpus<'_>, a: (ArticleIdx, f64), b: (ArticleIdx, f64)) -> Ordering {
    let (x, y) = (corpus.article(a.0), corpus.article(b.0));
    b.1.total_cmp(&a.1)
        .then(y.front.date.cmp(&x.front.date))
        .then_with(|| x.path.cmp(&y.path))
}
