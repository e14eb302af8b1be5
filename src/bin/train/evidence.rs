//! Learns what each clue weighs: a logistic regression with a quadratic penalty, a step for each weight
//! (Duchi et al. 2011). One thread and a fixed order: the same names give the same weights.

use std::{collections::BTreeMap, fmt::Write as _};

use dateline::stages::extract::evidence::{Clue, logistic};

/// Names need a clue so often for it to be weighed.
const FEWEST: u32 = 12;
/// Passes over the names.
const EPOCHS: u32 = 30;
/// Length of a step.
const RATE: f32 = 0.1;
/// Lines whose weight rounds to nothing are left out.
const LEAST: f32 = 0.005;

/// A name that a model found in a document that it had not seen.
struct Case {
    /// The part of the data that holds its document.
    fold: usize,
    /// Its clues, as numbers, with their amounts.
    clues: Vec<(usize, f32)>,
    /// Whether the document's reader marked such a name.
    right: bool,
    /// What it is at least, whatever its clues say.
    least: f32,
}

/// All such names.
#[derive(Default)]
pub(crate) struct Cases {
    numbers: BTreeMap<String, usize>,
    cases: Vec<Case>,
}

impl Cases {
    /// Adds a name without clues; its index.
    pub(crate) fn add(&mut self, fold: usize, right: bool, least: f32) -> usize {
        self.cases.push(Case {
            fold,
            clues: Vec::new(),
            right,
            least,
        });
        self.cases.len() - 1
    }

    /// Adds a clue of the name with this index.
    pub(crate) fn clue(&mut self, case: usize, clue: &Clue<'_>) {
        let next = self.numbers.len();
        let number = *self.numbers.entry(clue.to_string()).or_insert(next);
        self.cases[case].clues.push((number, clue.amount));
    }

    /// What the name is at least.
    pub(crate) fn least(&self, case: usize) -> f32 {
        self.cases[case].least
    }

    /// True for a name that has clues: others keep the confidence that they have.
    pub(crate) fn is_weighed(&self, case: usize) -> bool {
        !self.cases[case].clues.is_empty()
    }

    /// The probability of each name, by weights learnt on the other folds.
    pub(crate) fn crossed(&self, penalty: f32) -> Vec<f32> {
        let folds = self.cases.iter().map(|case| case.fold + 1).max();
        let weights: Vec<Vec<f32>> = (0..folds.unwrap_or_default())
            .map(|fold| self.weights(penalty, |case| case.fold != fold))
            .collect();
        let cases = self.cases.iter();
        cases
            .map(|case| probability(&weights[case.fold], case))
            .collect()
    }

    /// The table of weights learnt on all names.
    pub(crate) fn table(&self, penalty: f32) -> String {
        let weights = self.weights(penalty, |_| true);
        let mut table = String::new();
        for (name, number) in &self.numbers {
            let weight = weights[*number];
            if weight.abs() >= LEAST {
                // Writing to a string cannot fail.
                let _ = writeln!(table, "{name}\t{weight:.2}");
            }
        }
        table
    }

    fn weights(&self, penalty: f32, used: impl Fn(&Case) -> bool) -> Vec<f32> {
        let cases: Vec<&Case> = self.cases.iter().filter(|case| used(case)).collect();
        let mut counts = vec![0u32; self.numbers.len()];
        for (number, _) in cases.iter().flat_map(|case| &case.clues) {
            counts[*number] += 1;
        }
        let mut weights = vec![0.0f32; self.numbers.len()];
        let mut squares = vec![1e-3f32; self.numbers.len()];
        let share = penalty / cases.len().max(1) as f32;
        let mut random = 1u64;
        for _ in 0..EPOCHS {
            for _ in 0..cases.len() {
                // Knuth's multiplier; the upper bits are the better ones.
                random = random
                    .wrapping_mul(6_364_136_223_846_793_005)
                    .wrapping_add(1_442_695_040_888_963_407);
                let case = cases[(random >> 33) as usize % cases.len()];
                let error = f32::from(u8::from(case.right)) - probability(&weights, case);
                for (number, amount) in &case.clues {
                    if counts[*number] < FEWEST {
                        continue;
                    }
                    // The penalty of a clue falls due where it is seen.
                    let due =
                        share * weights[*number] * cases.len() as f32 / counts[*number] as f32;
                    let step = error * amount - due;
                    squares[*number] += step * step;
                    weights[*number] += RATE * step / squares[*number].sqrt();
                }
            }
        }
        weights
    }
}

fn probability(weights: &[f32], case: &Case) -> f32 {
    logistic(
        case.clues
            .iter()
            .map(|(n, amount)| weights[*n] * amount)
            .sum(),
    )
}
