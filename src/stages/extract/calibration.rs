//! How sure a name is, as measured.
//!
//! The numbers are shares of names that were right in documents that the model had not seen
//! (`cargo run --release --features training --bin train -- --folds 5`; the tables are in `data/README.md`).

use crate::model::{entity::EntityKind, extraction::Rule};

/// What the tagger says, and how often that was right.
type Knots = &'static [(f32, f32)];

const PERSON: Knots = &[
    (0.0, 0.2),
    (0.25, 0.31),
    (0.45, 0.46),
    (0.65, 0.67),
    (0.75, 0.74),
    (0.85, 0.83),
    (0.95, 0.92),
    (1.0, 0.97),
];
const ORGANISATION: Knots = &[
    (0.0, 0.1),
    (0.25, 0.22),
    (0.45, 0.34),
    (0.65, 0.45),
    (0.75, 0.50),
    (0.85, 0.63),
    (0.95, 0.81),
    (1.0, 0.91),
];
const PLACE: Knots = &[
    (0.0, 0.1),
    (0.25, 0.25),
    (0.45, 0.49),
    (0.65, 0.67),
    (0.75, 0.72),
    (0.85, 0.77),
    (0.95, 0.82),
    (1.0, 0.91),
];

/// How often a name was right that the tagger gives this probability.
pub(super) fn tagged(kind: EntityKind, probability: f32) -> f32 {
    let knots = match kind {
        EntityKind::Person => PERSON,
        EntityKind::Organisation => ORGANISATION,
        EntityKind::Place | EntityKind::Event => PLACE,
    };
    let after = knots.partition_point(|(raw, _)| *raw <= probability);
    match (
        after.checked_sub(1).and_then(|n| knots.get(n)),
        knots.get(after),
    ) {
        (Some((x0, y0)), Some((x1, y1))) => y0 + (y1 - y0) * (probability - x0) / (x1 - x0),
        (Some((_, last)), None) => *last,
        _ => 0.0,
    }
}

/// How sure a name by rule is that the tagger does not take for one.
pub(super) fn untagged(rule: Rule, kind: EntityKind, confidence: f32) -> f32 {
    match (rule, kind) {
        (Rule::Head, EntityKind::Place) => confidence.min(0.75),
        (Rule::Head | Rule::Title | Rule::Abbreviation, _) => confidence.min(0.6),
        (Rule::Frame, _) => confidence.min(0.7),
        _ => confidence,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn surer_is_never_less_sure() {
        for kind in EntityKind::ALL {
            let values: Vec<f32> = (0..=100).map(|n| tagged(kind, n as f32 / 100.0)).collect();
            assert!(values.windows(2).all(|pair| pair[0] <= pair[1]), "{kind:?}");
            assert!(values.iter().all(|value| (0.0..=1.0).contains(value)));
        }
        assert!((tagged(EntityKind::Person, 0.95) - 0.92).abs() < 1e-6);
    }
}
