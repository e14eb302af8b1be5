//! A trained tagger of names: people, organisations and places.
//!
//! Input: a text and its words. Output: scored spans. Pure: the same words and the same model give
//! the same spans. In order:
//!
//! 1. each word becomes a [`features::View`] of hashes, clusters and lists;
//! 2. the hashes of its features are looked up in [`weights::Weights`], which lie in the program;
//! 3. the best chain of labels is found, and how probable each name in it is ([`chain`]).
//!
//! `src/bin/train` makes the model; `data/README.md` says from what, and how good it is.

pub mod chain;
pub mod features;
pub mod hash;
pub mod label;
pub mod lists;
pub mod table;
#[cfg(test)]
mod tests;
pub mod weights;

use std::{collections::HashMap, ops::Range, sync::OnceLock};

use crate::{
    model::span::Span,
    stages::extract::{Recogniser, ScoredSpan, token::Token},
};
use chain::{Lattice, Scores};
use features::{Features, View, views};
use label::{KINDS, LABELS, OUTSIDE, Part, label, parts};
use lists::Lists;
use weights::{NEVER, Weights};

/// The confidence at which the mean page F1 is about best, by cross-validation.
pub const BEST_THRESHOLD: f32 = 0.3;

static MODEL: &[u8] = include_bytes!("../data/tagger/model.bin");

/// What it is made of: another model finds other names.
pub(crate) fn data() -> [&'static [u8]; 3] {
    let [clusters, lists] = lists::data();
    [MODEL, clusters, lists]
}

/// A tagger with its model.
#[derive(Debug, Clone)]
pub struct Tagger<'a> {
    weights: Weights<'a>,
    exponentials: [Scores; LABELS],
    lists: Lists,
}

/// A name that the best chain of labels holds.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Name {
    /// Its first word.
    pub from: usize,
    /// One past its last word.
    pub to: usize,
    /// Index into [`KINDS`].
    pub kind: u8,
    /// How probable it is by the model, not calibrated.
    pub probability: f32,
}

impl Tagger<'static> {
    /// The tagger in the program. `None` where its model is of another version.
    #[must_use]
    pub fn embedded() -> Option<Self> {
        Tagger::new(MODEL)
    }
}

impl Tagger<'static> {
    /// The tagger in the program, read once. Only its header is read; the weights stay in place.
    pub fn shared() -> Option<&'static Self> {
        static SHARED: OnceLock<Option<Tagger<'static>>> = OnceLock::new();
        SHARED.get_or_init(Tagger::embedded).as_ref()
    }
}

impl<'a> Tagger<'a> {
    /// A tagger with the model in `bytes`. `None` where the bytes are no model of this version.
    #[must_use]
    pub fn new(bytes: &'a [u8]) -> Option<Self> {
        let weights = Weights::new(bytes)?;
        Some(Self {
            exponentials: chain::exponentials(&weights.between),
            weights,
            lists: Lists::embedded(),
        })
    }

    /// The names among `words`, in order.
    ///
    /// Two passes: what the first says of a capitalised word elsewhere in the document shifts its
    /// scores in the second ("Peyrouse" alone is the person that "Sebastien Peyrouse" was).
    #[must_use]
    pub fn names(&self, text: &str, words: &[Token]) -> Vec<Name> {
        let (views, blocks) = views(text, words, &self.lists);
        let mut scores = self.scores(words, &views, &blocks);
        let mut lattice = Lattice::default();
        self.second_pass(&views, &blocks, &mut scores, &mut lattice);
        let mut names = Vec::new();
        for block in blocks {
            let scores = &scores[block.clone()];
            let chain = chain::best(scores, &self.weights.between);
            if chain.iter().all(|label| *label == OUTSIDE) {
                continue;
            }
            lattice.fill(scores, &self.exponentials);
            for mut name in spans(&chain) {
                let labels = &chain[name.from..name.to];
                name.probability = lattice.probability(name.from, labels, &self.exponentials);
                name.from += block.start;
                name.to += block.start;
                names.push(name);
            }
        }
        names
    }

    /// The scores of each word by the weights of its features.
    fn scores(&self, words: &[Token], views: &[View], blocks: &[Range<usize>]) -> Vec<Scores> {
        let mut features = Features::default();
        let mut scores: Vec<Scores> = Vec::with_capacity(words.len());
        for block in blocks {
            let views = &views[block.clone()];
            for (n, word) in words[block.clone()].iter().enumerate() {
                let mut score = [0.0; LABELS];
                if word.masked {
                    score = [NEVER; LABELS];
                    score[OUTSIDE as usize] = 0.0;
                } else {
                    features.read(views, n);
                    self.weights.score(features.hashes(), &mut score);
                }
                scores.push(score);
            }
        }
        scores
    }

    /// Shifts the scores of words that the document repeats towards what they are elsewhere.
    fn second_pass(
        &self,
        views: &[View],
        blocks: &[Range<usize>],
        scores: &mut [Scores],
        lattice: &mut Lattice,
    ) {
        let mut repeated: HashMap<u64, (f32, [f32; KINDS.len()])> = HashMap::new();
        for view in views.iter().filter(|view| view.capital) {
            repeated.entry(view.folded).or_default().0 += 1.0;
        }
        repeated.retain(|_, (count, _)| *count > 1.0);
        let is_repeated = |view: &View| view.capital && repeated.contains_key(&view.folded);
        let mut own = Vec::new();
        for block in blocks {
            if views[block.clone()].iter().any(is_repeated) {
                lattice.fill(&scores[block.clone()], &self.exponentials);
                let words = block.clone().filter(|n| is_repeated(&views[*n]));
                own.extend(words.map(|n| (n, kinds(&lattice.marginal(n - block.start)))));
            }
        }
        for (n, kinds) in &own {
            if let Some((_, sums)) = repeated.get_mut(&views[*n].folded) {
                for (sum, kind) in sums.iter_mut().zip(kinds) {
                    *sum += kind;
                }
            }
        }
        for (n, kinds) in own {
            let Some((count, sums)) = repeated.get(&views[n].folded) else {
                continue;
            };
            for (label, score) in scores[n].iter_mut().enumerate().skip(1) {
                let kind = (label - 1) / 4;
                let elsewhere = (sums[kind] - kinds[kind]) / (count - 1.0);
                *score += CONSISTENCY * (elsewhere - kinds[kind]);
            }
        }
    }
}

/// How far the second pass trusts what a word is elsewhere in the document.
const CONSISTENCY: f32 = 2.0;

/// The probability of each kind from that of each label.
fn kinds(marginal: &Scores) -> [f32; KINDS.len()] {
    std::array::from_fn(|kind| marginal[1 + kind * 4..5 + kind * 4].iter().sum())
}

/// The names that a chain of labels holds, in order, with probability 0.
#[must_use]
pub fn spans(chain: &[u8]) -> Vec<Name> {
    let mut names = Vec::new();
    let mut from = 0;
    for (n, own) in chain.iter().enumerate() {
        match parts(*own) {
            Some((_, Part::Begin)) => from = n,
            Some((kind, Part::Last)) => names.push((from, n + 1, kind)),
            Some((kind, Part::Unit)) => names.push((n, n + 1, kind)),
            Some((_, Part::Inside)) | None => {}
        }
    }
    let name = |(from, to, kind)| Name {
        from,
        to,
        kind,
        probability: 0.0,
    };
    names.into_iter().map(name).collect()
}

/// The labels of a text of `words` words that holds `names`; of two that overlap, the first stands.
#[must_use]
pub fn chain_of(words: usize, names: &[(usize, usize, u8)]) -> Vec<u8> {
    let mut chain = vec![OUTSIDE; words];
    for (from, to, kind) in names {
        let Some(place) = chain.get_mut(*from..*to) else {
            continue;
        };
        if place.iter().any(|label| *label != OUTSIDE) {
            continue;
        }
        match place {
            [] => {}
            [one] => *one = label(*kind, Part::Unit),
            [first, middle @ .., last] => {
                *first = label(*kind, Part::Begin);
                *last = label(*kind, Part::Last);
                middle.fill(label(*kind, Part::Inside));
            }
        }
    }
    chain
}

impl Recogniser for Tagger<'_> {
    fn spans(&self, text: &str, words: &[Token]) -> Vec<ScoredSpan> {
        let scored = |name: Name| ScoredSpan {
            span: Span {
                start: words[name.from].span.start,
                end: words[name.to - 1].span.end,
            },
            kind: KINDS[name.kind as usize],
            score: name.probability,
        };
        self.names(text, words).into_iter().map(scored).collect()
    }
}
