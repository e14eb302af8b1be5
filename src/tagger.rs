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
pub mod weights;

use std::sync::OnceLock;

use crate::{
    model::span::Span,
    stages::extract::{Recogniser, ScoredSpan, token::Token},
};
use chain::{Lattice, Scores};
use features::{Features, views};
use label::{KINDS, LABELS, OUTSIDE, Part, label, parts};
use lists::Lists;
use weights::{NEVER, Weights};

/// The confidence at which F1 is best on the training documents, by cross-validation.
pub const BEST_THRESHOLD: f32 = 0.4;

static MODEL: &[u8] = include_bytes!("../data/tagger/model.bin");

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
    #[must_use]
    pub fn names(&self, text: &str, words: &[Token]) -> Vec<Name> {
        let (views, blocks) = views(text, words, &self.lists);
        let mut features = Features::default();
        let mut scores: Vec<Scores> = Vec::new();
        let mut lattice = Lattice::default();
        let mut names = Vec::new();
        for block in blocks {
            scores.clear();
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
            let chain = chain::best(&scores, &self.weights.between);
            if chain.iter().any(|label| *label != OUTSIDE) {
                lattice.fill(&scores, &self.exponentials);
                for mut name in spans(&chain) {
                    let labels = &chain[name.from..name.to];
                    name.probability = lattice.probability(name.from, labels, &self.exponentials);
                    name.from += block.start;
                    name.to += block.start;
                    names.push(name);
                }
            }
        }
        names
    }
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
