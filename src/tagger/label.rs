//! The labels of words: where in a name of which kind a word stands.
//!
//! BILOU: a word Begins a name, is Inside it, is its Last, stands Outside, or is a name of one
//! word (Unit).

use crate::model::entity::EntityKind;

/// Labels: outside, and four places in names of three kinds.
pub const LABELS: usize = 13;

/// The label of a word in no name.
pub const OUTSIDE: u8 = 0;

/// The kinds that are tagged, in the order of their labels.
pub const KINDS: [EntityKind; 3] = [
    EntityKind::Person,
    EntityKind::Organisation,
    EntityKind::Place,
];

/// Where in a name a word stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// The first of several.
    Begin = 0,
    /// Neither first nor last.
    Inside = 1,
    /// The last of several.
    Last = 2,
    /// The only one.
    Unit = 3,
}

/// The label of a part of a name of the kind number `kind`.
#[must_use]
pub const fn label(kind: u8, part: Part) -> u8 {
    1 + kind * 4 + part as u8
}

/// The number of a label's kind, and the part; `None` outside.
#[must_use]
pub fn parts(label: u8) -> Option<(u8, Part)> {
    let within = label.checked_sub(1)?;
    let part = match within % 4 {
        0 => Part::Begin,
        1 => Part::Inside,
        2 => Part::Last,
        _ => Part::Unit,
    };
    Some((within / 4, part))
}

/// True where a word labelled `next` may follow one labelled `label`.
#[must_use]
pub fn may_follow(label: u8, next: u8) -> bool {
    let open = match parts(label) {
        Some((kind, Part::Begin | Part::Inside)) => Some(kind),
        _ => None,
    };
    match (open, parts(next)) {
        (Some(kind), Some((other, Part::Inside | Part::Last))) => kind == other,
        (None, None | Some((_, Part::Begin | Part::Unit))) => true,
        _ => false,
    }
}

/// True where the text may begin with a word of this label.
#[must_use]
pub fn may_begin(label: u8) -> bool {
    may_follow(OUTSIDE, label)
}

/// True where the text may end with a word of this label.
#[must_use]
pub fn may_end(label: u8) -> bool {
    may_follow(label, OUTSIDE)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_closed_before_the_next() {
        let begin = label(0, Part::Begin);
        assert!(may_follow(begin, label(0, Part::Last)));
        assert!(!may_follow(begin, label(1, Part::Last)));
        assert!(!may_follow(begin, OUTSIDE));
        assert!(may_follow(label(2, Part::Unit), begin));
        assert!(!may_begin(label(0, Part::Last)) && !may_end(begin));
    }
}
