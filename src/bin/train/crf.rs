//! Training: a linear-chain conditional random field.
//!
//! Stochastic gradient ascent on the likelihood with a step for each weight (Duchi et al. 2011,
//! Adaptive Subgradient Methods) and a penalty on absolute weights that keeps the model small (Duchi and
//! Singer 2009, forward-backward splitting), both applied to a weight when its feature is next seen. Words whose label
//! nobody knows are summed over, so that partly labelled text teaches too (Tsuboi et al. 2008).
//! One thread and a fixed seed: the same data give the same weights.

use std::collections::HashMap;

use dateline::tagger::{
    chain::{Lattice, Scores, exponentials},
    features::{Features, views},
    label::{LABELS, may_follow},
    lists::Lists,
    weights::{self, NEVER},
};

use crate::data::{ANY, Example, is_sure};

/// A row of weights, padded to whole vector registers.
type Row = [f32; 16];

/// How to train.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Options {
    /// Passes over the data.
    pub epochs: u32,
    /// Length of a step.
    pub rate: f32,
    /// Penalty on absolute weights.
    pub penalty: f32,
    /// Features that fewer words have are left out.
    pub least: u32,
    /// Features of which no weight is greater are left out of the model.
    pub(crate) prune: f32,
    /// How much a silver word counts; a gold one counts 1.
    pub silver: f32,
}

/// A block of words.
struct Sequence {
    /// Index of its example.
    example: usize,
    /// Labels that each word may bear.
    allowed: Vec<u16>,
    /// Where each word's features begin in `features`; one more at the end.
    starts: Vec<u32>,
    features: Vec<u32>,
    weight: f32,
}

/// A block of words as read: its example, labels, where each word's features begin, their hashes.
type Raw = (usize, Vec<u16>, Vec<u32>, Vec<u64>);

/// All sequences, with features as numbers.
pub(crate) struct Corpus {
    sequences: Vec<Sequence>,
    hashes: Vec<u64>,
}

impl Corpus {
    /// Reads the features of all examples. `silver` tells which examples count less.
    pub(crate) fn new(
        examples: &[Example],
        options: &Options,
        silver: impl Fn(&Example) -> bool,
    ) -> Self {
        let lists = Lists::embedded();
        let mut counts: HashMap<u64, u32> = HashMap::new();
        let mut raw: Vec<Raw> = Vec::new();
        let mut features = Features::default();
        for (number, example) in examples.iter().enumerate() {
            let (views, blocks) = views(&example.document.text, &example.words, &lists);
            for block in blocks {
                let (mut starts, mut hashes) = (vec![0], Vec::new());
                for n in 0..block.len() {
                    features.read(&views[block.clone()], n);
                    hashes.extend_from_slice(features.hashes());
                    starts.push(hashes.len() as u32);
                }
                for hash in &hashes {
                    *counts.entry(*hash).or_default() += 1;
                }
                raw.push((number, example.allowed[block].to_vec(), starts, hashes));
            }
        }
        let mut kept: Vec<u64> = counts
            .into_iter()
            .filter(|(_, count)| *count >= options.least)
            .map(|(hash, _)| hash)
            .collect();
        kept.sort_unstable();
        let numbers: HashMap<u64, u32> = kept.iter().copied().zip(0..).collect();
        let sequence = |(example, allowed, starts, hashes): Raw| {
            let mut features = Vec::with_capacity(hashes.len());
            let mut ends = vec![0];
            for pair in starts.windows(2) {
                let word = &hashes[pair[0] as usize..pair[1] as usize];
                features.extend(word.iter().filter_map(|hash| numbers.get(hash)));
                ends.push(features.len() as u32);
            }
            let weight = if silver(&examples[example]) {
                options.silver
            } else {
                1.0
            };
            Sequence {
                example,
                allowed,
                starts: ends,
                features,
                weight,
            }
        };
        Self {
            sequences: raw.into_iter().map(sequence).collect(),
            hashes: kept,
        }
    }

    /// The number of features.
    pub(crate) fn features(&self) -> usize {
        self.hashes.len()
    }

    /// Trains on the examples that `chosen` picks, and writes the model.
    pub(crate) fn train(&self, options: &Options, chosen: impl Fn(usize) -> bool) -> Vec<u8> {
        let picked: Vec<&Sequence> = self
            .sequences
            .iter()
            .filter(|s| chosen(s.example) && s.weight > 0.0 && s.allowed.iter().any(|a| *a != ANY))
            .collect();
        let mut model = Model::new(self.hashes.len(), *options);
        let mut order: Vec<usize> = (0..picked.len()).collect();
        let mut random = 0x2545_f491_4f6c_dd1d_u64;
        for epoch in 0..options.epochs {
            shuffle(&mut order, &mut random);
            let mut loss = 0.0;
            for n in &order {
                loss += model.learn(picked[*n]);
            }
            eprintln!("epoch {:2}: loss {loss:.0}", epoch + 1);
            if epoch * 2 >= options.epochs {
                model.remember();
            }
        }
        model.average();
        let rows = self.hashes.iter().zip(&model.weights);
        let entries: Vec<(u64, [f32; LABELS])> = rows
            .filter(|(_, row)| row.iter().any(|weight| weight.abs() > options.prune))
            .map(|(hash, row)| (*hash, std::array::from_fn(|label| row[label])))
            .collect();
        eprintln!("{} of {} features kept", entries.len(), self.hashes.len());
        weights::write(&entries, &model.between)
    }
}

/// Xorshift (Marsaglia 2003) and Fisher-Yates.
fn shuffle(order: &mut [usize], random: &mut u64) {
    for n in (1..order.len()).rev() {
        order.swap(n, (next(random) % (n as u64 + 1)) as usize);
    }
}

fn next(random: &mut u64) -> u64 {
    *random ^= *random << 13;
    *random ^= *random >> 7;
    *random ^= *random << 17;
    *random
}

struct Model {
    options: Options,
    weights: Vec<Row>,
    squares: Vec<Row>,
    /// When a row was last penalised.
    seen: Vec<u32>,
    now: u32,
    between: [Scores; LABELS],
    between_squares: [Scores; LABELS],
    mean: Vec<Row>,
    between_mean: [Scores; LABELS],
    remembered: f32,
    scores: Vec<Scores>,
    limited: Vec<Scores>,
    free: Lattice,
    bound: Lattice,
}

const SMALL: f32 = 1.0e-2;

impl Model {
    fn new(features: usize, options: Options) -> Self {
        let mut between = [[NEVER; LABELS]; LABELS];
        for (from, row) in between.iter_mut().enumerate() {
            for (to, weight) in row.iter_mut().enumerate() {
                if may_follow(from as u8, to as u8) {
                    *weight = 0.0;
                }
            }
        }
        Self {
            options,
            weights: vec![[0.0; 16]; features],
            squares: vec![[SMALL; 16]; features],
            seen: vec![0; features],
            now: 0,
            between,
            between_squares: [[1.0; LABELS]; LABELS],
            mean: Vec::new(),
            between_mean: [[0.0; LABELS]; LABELS],
            remembered: 0.0,
            scores: Vec::new(),
            limited: Vec::new(),
            free: Lattice::default(),
            bound: Lattice::default(),
        }
    }

    /// One step; the loss before it.
    fn learn(&mut self, sequence: &Sequence) -> f64 {
        self.now += 1;
        self.score(sequence);
        let exponentials = exponentials(&self.between);
        self.free.fill(&self.scores, &exponentials);
        self.limited.clear();
        for (scores, allowed) in self.scores.iter().zip(&sequence.allowed) {
            self.limited.push(std::array::from_fn(|label| {
                if allowed & (1 << label) == 0 {
                    NEVER
                } else {
                    scores[label]
                }
            }));
        }
        self.bound.fill(&self.limited, &exponentials);
        let weight = sequence.weight;
        let mut pairs = [[0.0; LABELS]; LABELS];
        for n in 0..sequence.allowed.len() {
            let (free, bound) = (self.free.marginal(n), self.bound.marginal(n));
            let difference: Scores =
                std::array::from_fn(|label| weight * (bound[label] - free[label]));
            if n > 0 {
                self.free.add_pairs(n, &exponentials, -weight, &mut pairs);
                self.bound.add_pairs(n, &exponentials, weight, &mut pairs);
            }
            let sure = is_sure(sequence.allowed[n]);
            if difference
                .iter()
                .any(|d| d.abs() > if sure { 1.0e-3 } else { 1.0e-2 })
            {
                self.step(sequence, n, &difference);
            }
        }
        self.step_between(&pairs);
        f64::from(weight) * (self.free.total - self.bound.total)
    }

    fn step_between(&mut self, gradients: &[Scores; LABELS]) {
        let rows = self.between.iter_mut().zip(&mut self.between_squares);
        for ((weights, squares), gradients) in rows.zip(gradients) {
            let cells = weights.iter_mut().zip(squares);
            for ((weight, square), gradient) in cells.zip(gradients) {
                if *weight > NEVER && *gradient != 0.0 {
                    *square += gradient * gradient;
                    *weight += self.options.rate * gradient / square.sqrt();
                }
            }
        }
    }

    fn score(&mut self, sequence: &Sequence) {
        self.scores.clear();
        for n in 0..sequence.allowed.len() {
            let mut sums = [0.0; 16];
            for feature in features(sequence, n) {
                let feature = *feature as usize;
                self.penalise(feature);
                for (sum, weight) in sums.iter_mut().zip(&self.weights[feature]) {
                    *sum += weight;
                }
            }
            self.scores.push(std::array::from_fn(|label| sums[label]));
        }
    }

    /// Draws a row towards 0 for the steps since it was last seen.
    fn penalise(&mut self, feature: usize) {
        let steps = (self.now - self.seen[feature]) as f32;
        if steps == 0.0 {
            return;
        }
        self.seen[feature] = self.now;
        let draw = self.options.penalty * self.options.rate * steps;
        for (weight, square) in self.weights[feature].iter_mut().zip(&self.squares[feature]) {
            let less = (weight.abs() - draw / square.sqrt()).max(0.0);
            *weight = less.copysign(*weight);
        }
    }

    fn step(&mut self, sequence: &Sequence, n: usize, difference: &Scores) {
        let rate = self.options.rate;
        let mut gradient = [0.0; 16];
        gradient[..LABELS].copy_from_slice(difference);
        for feature in features(sequence, n) {
            let feature = *feature as usize;
            let (weights, squares) = (&mut self.weights[feature], &mut self.squares[feature]);
            for label in 0..16 {
                squares[label] += gradient[label] * gradient[label];
                weights[label] += rate * gradient[label] / squares[label].sqrt();
            }
        }
    }

    /// Adds the weights as they are to the mean.
    fn remember(&mut self) {
        for feature in 0..self.weights.len() {
            self.penalise(feature);
        }
        self.mean.resize(self.weights.len(), [0.0; 16]);
        let rows = self.mean.iter_mut().zip(&self.weights);
        for (mean, weight) in rows.flat_map(|(mean, weights)| mean.iter_mut().zip(weights)) {
            *mean += weight;
        }
        for (mean, weight) in self
            .between_mean
            .iter_mut()
            .flatten()
            .zip(self.between.iter().flatten())
        {
            *mean += weight;
        }
        self.remembered += 1.0;
    }

    /// Puts the mean of what was remembered in place of the last weights: it varies less with the
    /// order of the data (Polyak and Juditsky 1992).
    fn average(&mut self) {
        let part = 1.0 / self.remembered.max(1.0);
        for (weights, mean) in self.weights.iter_mut().zip(&self.mean) {
            *weights = mean.map(|sum| sum * part);
        }
        self.between = self.between_mean.map(|row| row.map(|sum| sum * part));
    }
}

fn features(sequence: &Sequence, n: usize) -> &[u32] {
    &sequence.features[sequence.starts[n] as usize..sequence.starts[n + 1] as usize]
}
