//! Chains of labels: the best one, and how probable a name is.
//!
//! A linear-chain conditional random field (Lafferty et al. 2001): the score of a
//! chain is the sum of its words' scores and of the weights between neighbours. Viterbi's algorithm
//! finds the best chain, the forward-backward algorithm the probability of a part of it (Rabiner
//! 1989). Both are linear in the number of words.

use super::{
    label::{LABELS, OUTSIDE},
    weights::{NEVER, edges},
};

/// The scores of one word for each label.
pub type Scores = [f32; LABELS];

/// For each label, the labels that may stand before it.
const fn before(label: usize) -> &'static [usize] {
    // Outside, or the end of a name of any kind.
    const CLOSED: &[usize] = &[0, 3, 4, 7, 8, 11, 12];
    const OPEN: [&[usize]; 3] = [&[1, 2], &[5, 6], &[9, 10]];
    if label == 0 {
        return CLOSED;
    }
    match (label - 1) % 4 {
        0 | 3 => CLOSED,
        _ => OPEN[(label - 1) / 4],
    }
}

/// The best chain of labels.
#[must_use]
pub fn best(scores: &[Scores], between: &[Scores; LABELS]) -> Vec<u8> {
    let (begin, end) = edges();
    let mut back: Vec<[u8; LABELS]> = Vec::with_capacity(scores.len());
    let mut current = [NEVER; LABELS];
    for (n, own) in scores.iter().enumerate() {
        let mut next = [NEVER * 2.0; LABELS];
        let mut from = [OUTSIDE; LABELS];
        for label in 0..LABELS {
            if n == 0 {
                next[label] = begin[label] + own[label];
                continue;
            }
            for previous in before(label) {
                let score = current[*previous] + between[*previous][label];
                if score > next[label] {
                    next[label] = score;
                    from[label] = *previous as u8;
                }
            }
            next[label] += own[label];
        }
        back.push(from);
        current = next;
    }
    let mut label = (0..LABELS)
        .max_by(|a, b| (current[*a] + end[*a]).total_cmp(&(current[*b] + end[*b])))
        .unwrap_or_default() as u8;
    let mut chain = vec![OUTSIDE; scores.len()];
    for n in (0..scores.len()).rev() {
        chain[n] = label;
        label = back[n][label as usize];
    }
    chain
}

/// Forward and backward sums of a text, each row scaled to 1.
#[derive(Debug, Clone, Default)]
pub struct Lattice {
    /// The exponentials of each word's scores, less the greatest.
    own: Vec<Scores>,
    forward: Vec<Scores>,
    backward: Vec<Scores>,
    /// What each forward row was divided by.
    scale: Vec<f32>,
    /// The logarithm of the sum over all chains.
    pub total: f64,
}

/// The exponentials of the weights between labels.
#[must_use]
pub fn exponentials(between: &[Scores; LABELS]) -> [Scores; LABELS] {
    between.map(|row| row.map(|weight| if weight <= NEVER { 0.0 } else { weight.exp() }))
}

impl Lattice {
    /// Sums over all chains. `between` holds exponentials.
    pub fn fill(&mut self, scores: &[Scores], between: &[Scores; LABELS]) {
        let (begin, end) = edges();
        self.own.clear();
        self.forward.clear();
        self.scale.clear();
        self.total = 0.0;
        for (n, scores) in scores.iter().enumerate() {
            let most = scores.iter().fold(f32::MIN, |most, score| most.max(*score));
            let own = scores.map(|score| (score - most).exp());
            let mut row = [0.0; LABELS];
            for label in 0..LABELS {
                row[label] = own[label]
                    * match n.checked_sub(1) {
                        None => f32::from(u8::from(begin[label] == 0.0)),
                        Some(n) => {
                            let previous = &self.forward[n];
                            let reach = |from: &usize| previous[*from] * between[*from][label];
                            before(label).iter().map(reach).sum()
                        }
                    };
            }
            let sum: f32 = row.iter().sum::<f32>().max(f32::MIN_POSITIVE);
            self.forward.push(row.map(|value| value / sum));
            self.own.push(own);
            self.scale.push(sum);
            self.total += f64::from(most) + f64::from(sum.ln());
        }
        self.backward.clear();
        self.backward.resize(scores.len(), [0.0; LABELS]);
        let mut row = end.map(|end| f32::from(u8::from(end == 0.0)));
        for n in (0..scores.len()).rev() {
            self.backward[n] = row;
            if n == 0 {
                break;
            }
            let mut next = [0.0; LABELS];
            for label in 0..LABELS {
                let onward = self.own[n][label] * row[label];
                for previous in before(label) {
                    next[*previous] += between[*previous][label] * onward;
                }
            }
            row = next.map(|value| value / self.scale[n]);
        }
        if let Some(last) = self.forward.last() {
            let ended: f32 = (0..LABELS)
                .filter(|label| end[*label] == 0.0)
                .map(|label| last[label])
                .sum();
            self.total += f64::from(ended.max(f32::MIN_POSITIVE).ln());
        }
    }

    fn ended(&self) -> f32 {
        let (Some(last), Some(end)) = (self.forward.last(), self.backward.last()) else {
            return 1.0;
        };
        let sum: f32 = last.iter().zip(end).map(|(a, b)| a * b).sum();
        sum.max(f32::MIN_POSITIVE)
    }

    /// The probability of each label of word `n`.
    #[must_use]
    pub fn marginal(&self, n: usize) -> Scores {
        let (forward, backward) = (&self.forward[n], &self.backward[n]);
        let product: Scores = std::array::from_fn(|label| forward[label] * backward[label]);
        let sum: f32 = product.iter().sum::<f32>().max(f32::MIN_POSITIVE);
        product.map(|value| value / sum)
    }

    /// Adds, for words `n - 1` and `n`, the probability of each pair of labels times `factor`.
    pub fn add_pairs(
        &self,
        n: usize,
        between: &[Scores; LABELS],
        factor: f32,
        sums: &mut [Scores; LABELS],
    ) {
        let all = self.ended() * self.scale[n];
        for label in 0..LABELS {
            let onward = self.own[n][label] * self.backward[n][label] / all;
            for previous in before(label) {
                sums[*previous][label] +=
                    factor * self.forward[n - 1][*previous] * between[*previous][label] * onward;
            }
        }
    }

    /// The probability that words `from..from + labels.len()` bear these labels.
    #[must_use]
    pub fn probability(&self, from: usize, labels: &[u8], between: &[Scores; LABELS]) -> f32 {
        let (Some(first), Some(last)) = (labels.first(), labels.last()) else {
            return 0.0;
        };
        let mut value = self.forward[from][*first as usize];
        for (n, pair) in labels.windows(2).enumerate() {
            let (previous, label) = (pair[0] as usize, pair[1] as usize);
            let word = from + n + 1;
            value *= between[previous][label] * self.own[word][label] / self.scale[word];
        }
        let end = from + labels.len() - 1;
        (value * self.backward[end][*last as usize] / self.ended()).clamp(0.0, 1.0)
    }
}
