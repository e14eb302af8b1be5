//! Names beside the nodes of a drawing, none over another name or over a node.
//!
//! Input: the nodes, the most important first, and their names. Output: for each node where its name
//! stands, or nothing where there is no room. Greedy: the first ones choose first, among the places
//! around their node that Imhof, "Positioning Names on Maps" (1975), prefers: right, left, above, below.

use super::layout::{Disc, Point};

/// How wide small and large letters are, in parts of the type's size: as in wide system fonts.
const LETTER: (f64, f64) = (0.58, 0.74);
/// Letters of a name that are written before it is cut.
const LETTERS: usize = 30;
/// Room between a node and its name.
const GAP: f64 = 4.0;

/// On which side of its place a name stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    /// It begins there.
    Start,
    /// It has its middle there.
    Middle,
    /// It ends there.
    End,
}

/// A name in a drawing.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Label {
    /// Where, on its base line.
    pub(super) at: Point,
    pub(super) side: Side,
    /// The name, cut where it is long.
    pub(super) text: String,
}

#[derive(Debug, Clone, Copy)]
struct Area {
    left: f64,
    top: f64,
    right: f64,
    bottom: f64,
}

impl Area {
    fn meets(&self, other: &Self) -> bool {
        self.left < other.right
            && other.left < self.right
            && self.top < other.bottom
            && other.top < self.bottom
    }
}

/// Where each name stands; `size` is that of the type. The first `important` names stand even over a
/// node, where that node is not one of theirs.
pub(super) fn place(
    discs: &[Disc],
    names: &[&str],
    size: impl Fn(usize) -> f64,
    important: usize,
    (width, height): (f64, f64),
) -> Vec<Option<Label>> {
    let nodes: Vec<Area> = discs.iter().map(around).collect();
    let mut taken: Vec<Area> = Vec::new();
    let mut labels = Vec::with_capacity(names.len());
    for (n, (disc, name)) in discs.iter().zip(names).enumerate() {
        let text = cut(name);
        let candidates = candidates(disc, &text, size(n));
        let possible: Vec<_> = candidates
            .iter()
            .filter(|(area, _)| {
                let inside = area.left >= 0.0
                    && area.top >= 0.0
                    && area.right <= width
                    && area.bottom <= height;
                inside && !taken.iter().any(|other| other.meets(area))
            })
            .collect();
        let covered = |area: &Area, nodes: &[Area]| {
            let others = nodes.iter().enumerate().filter(|(m, _)| *m != n);
            others.filter(|(_, node)| node.meets(area)).count()
        };
        let free = possible.iter().find(|(area, _)| covered(area, &nodes) == 0);
        let found = free.or_else(|| {
            let theirs = &nodes[..important.min(nodes.len())];
            let over = possible
                .iter()
                .filter(|(area, _)| covered(area, theirs) == 0);
            over.min_by_key(|(area, _)| covered(area, &nodes))
                .filter(|_| n < important)
        });
        labels.push(found.map(|(area, (at, side))| {
            taken.push(*area);
            let (at, side) = (*at, *side);
            Label { at, side, text }
        }));
    }
    labels
}

fn around(disc: &Disc) -> Area {
    let room = disc.radius + 1.0;
    Area {
        left: disc.at.x - room,
        top: disc.at.y - room,
        right: disc.at.x + room,
        bottom: disc.at.y + room,
    }
}

/// Where a name may stand, the best place first.
fn candidates(disc: &Disc, text: &str, size: f64) -> [(Area, (Point, Side)); 4] {
    let wide = |c: char| match c {
        // Chinese, Japanese, Korean and the like.
        '\u{2e80}'.. => 1.05,
        c if c.is_uppercase() => LETTER.1,
        _ => LETTER.0,
    };
    let width: f64 = text.chars().map(wide).sum::<f64>() * size;
    let (x, y, away) = (disc.at.x, disc.at.y, disc.radius + GAP);
    let candidate = |x: f64, base: f64, side: Side| {
        let left = match side {
            Side::Start => x,
            Side::Middle => x - width / 2.0,
            Side::End => x - width,
        };
        let area = Area {
            left,
            top: base - size,
            right: left + width,
            bottom: base + size * 0.3,
        };
        (area, (Point { x, y: base }, side))
    };
    [
        candidate(x + away, y + size * 0.35, Side::Start),
        candidate(x - away, y + size * 0.35, Side::End),
        candidate(x, y - away - size * 0.1, Side::Middle),
        candidate(x, y + away + size * 0.9, Side::Middle),
    ]
}

/// A long name, cut after a whole word where there is one.
pub(super) fn cut(name: &str) -> String {
    if name.chars().count() <= LETTERS {
        return name.to_owned();
    }
    let head: String = name.chars().take(LETTERS).collect();
    let short: String = head.chars().take(LETTERS - 1).collect();
    let words = head.rfind(' ').filter(|at| *at > 0);
    format!("{}…", words.map_or(short.as_str(), |at| &head[..at]))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn disc(x: f64, y: f64) -> Disc {
        Disc {
            at: Point { x, y },
            radius: 5.0,
        }
    }

    #[test]
    fn the_first_choose_first_and_none_covers_another() {
        let discs = [disc(100.0, 50.0), disc(115.0, 50.0), disc(130.0, 50.0)];
        let names = ["Europol", "Hague", "An organisation"];
        let labels = place(&discs, &names, |_| 12.0, 0, (260.0, 100.0));
        let sides: Vec<Option<Side>> = labels.iter().map(|l| l.as_ref().map(|l| l.side)).collect();
        // Right of the first stands the second.
        assert_eq!(
            sides,
            [Some(Side::End), Some(Side::Middle), Some(Side::Start)]
        );
    }

    #[test]
    fn without_room_there_is_no_name() {
        let labels = place(
            &[disc(20.0, 20.0)],
            &["Constantinople"],
            |_| 12.0,
            0,
            (40.0, 40.0),
        );
        assert_eq!(labels, [None]);
    }

    #[test]
    fn an_important_name_stands_over_a_lesser_node() {
        let around = [
            (100.0, 50.0),
            (120.0, 50.0),
            (80.0, 50.0),
            (100.0, 30.0),
            (100.0, 70.0),
        ];
        let discs = around.map(|(x, y)| disc(x, y));
        let names = ["Europol", "", "", "", ""];
        let shown =
            |important| place(&discs, &names, |_| 12.0, important, (200.0, 100.0))[0].is_some();
        assert!(shown(1) && !shown(0) && !shown(5));
    }

    #[test]
    fn long_names_are_cut_between_words() {
        assert_eq!(cut("Europol"), "Europol");
        assert_eq!(
            cut("European Union Agency for Law Enforcement Cooperation"),
            "European Union Agency for Law…"
        );
        assert_eq!(cut(&"x".repeat(40)), format!("{}…", "x".repeat(29)));
    }
}
