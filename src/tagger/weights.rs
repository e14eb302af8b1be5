//! The trained weights, read in place.
//!
//! Layout: a header of [`HEADER`] bytes (magic, version, scale, weights between labels), then a
//! [`Table`] from a feature's hash to one weight of 8 bits for each label.

use super::{
    label::{LABELS, may_begin, may_end, may_follow},
    table::{self, Table},
};

/// A weight that forbids.
pub const NEVER: f32 = -1.0e4;

const MAGIC: &[u8; 8] = b"dateline";
const VERSION: u32 = 1;
const BETWEEN: usize = LABELS * LABELS;
/// Magic, version, scale, weights between labels.
pub const HEADER: usize = 8 + 4 + 4 + BETWEEN * 4;
const SLOT: usize = LABELS + 2;

/// The weights.
#[derive(Debug, Clone)]
pub struct Weights<'a> {
    table: Table<'a>,
    /// What one step of an 8-bit weight is worth.
    pub scale: f32,
    /// From a label to the next; [`NEVER`] where it may not follow.
    pub between: [[f32; LABELS]; LABELS],
}

impl<'a> Weights<'a> {
    /// Reads a model's header. `None` where the bytes are no model of this version.
    #[must_use]
    pub fn new(bytes: &'a [u8]) -> Option<Self> {
        let (header, slots) = bytes.split_at_checked(HEADER)?;
        let number = |at: usize| {
            let four: [u8; 4] = header.get(at..at + 4)?.try_into().ok()?;
            Some(four)
        };
        let right = header.starts_with(MAGIC) && u32::from_le_bytes(number(8)?) == VERSION;
        let table = Table::new(slots, SLOT).filter(|_| right)?;
        let mut between = [[NEVER; LABELS]; LABELS];
        for (from, row) in between.iter_mut().enumerate() {
            for (to, weight) in row.iter_mut().enumerate() {
                if may_follow(from as u8, to as u8) {
                    *weight = f32::from_le_bytes(number(16 + (from * LABELS + to) * 4)?);
                }
            }
        }
        Some(Self {
            table,
            scale: f32::from_le_bytes(number(12)?),
            between,
        })
    }

    /// Adds up the weights of features.
    #[inline]
    pub fn score(&self, features: &[u64], scores: &mut [f32; LABELS]) {
        let mut sums = [0i32; LABELS];
        for hash in features {
            if let Some(weights) = self.table.get(*hash)
                && let Some(weights) = weights.first_chunk::<LABELS>()
            {
                for (sum, weight) in sums.iter_mut().zip(weights) {
                    *sum += i32::from(*weight as i8);
                }
            }
        }
        for (score, sum) in scores.iter_mut().zip(sums) {
            *score = sum as f32 * self.scale;
        }
    }
}

/// Writes a model: weights of features by hash, and between labels.
#[must_use]
pub fn write(features: &[(u64, [f32; LABELS])], between: &[[f32; LABELS]; LABELS]) -> Vec<u8> {
    let strongest = features
        .iter()
        .flat_map(|(_, weights)| weights)
        .fold(0.0f32, |most, weight| most.max(weight.abs()));
    let scale = (strongest / 127.0).max(1.0e-6);
    let mut bytes = Vec::new();
    bytes.extend_from_slice(MAGIC);
    bytes.extend_from_slice(&VERSION.to_le_bytes());
    bytes.extend_from_slice(&scale.to_le_bytes());
    for weight in between.iter().flatten() {
        bytes.extend_from_slice(&weight.to_le_bytes());
    }
    let mut entries = Vec::new();
    for (hash, weights) in features {
        let small: Vec<u8> = weights
            .iter()
            .map(|weight| (weight / scale).round() as i8 as u8)
            .collect();
        if small.iter().any(|weight| *weight != 0) {
            entries.push((*hash, small));
        }
    }
    bytes.extend(table::write(&entries, LABELS, 2));
    bytes
}

/// Weights for a first and a last word: what may not begin or end a text is forbidden.
#[must_use]
pub fn edges() -> ([f32; LABELS], [f32; LABELS]) {
    let mut begin = [0.0; LABELS];
    let mut end = [0.0; LABELS];
    for label in 0..LABELS {
        if !may_begin(label as u8) {
            begin[label] = NEVER;
        }
        if !may_end(label as u8) {
            end[label] = NEVER;
        }
    }
    (begin, end)
}
