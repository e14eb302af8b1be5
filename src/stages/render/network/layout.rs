//! Where the nodes of a graph are drawn.
//!
//! Input: how many nodes there are, and links with a length. Output: a position for each node. The
//! method is stress by stochastic gradient descent: Zheng, Pawar and Goodman, "Graph Drawing by
//! Stochastic Gradient Descent", IEEE TVCG 25(9), 2019, with the distances of Dijkstra's algorithm.
//! Where a graph has parts that no link joins, they lie a little further apart than anything in them.
//!
//! The same input gives the same bytes on every machine: the only operations are those that IEEE 754
//! rounds exactly (`+ - * /` and the square root), and the random numbers come from a fixed seed.
//! The cost is quadratic in memory and cubic in time, so callers give a few hundred nodes at most.

/// A link between two nodes.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Link {
    pub(super) one: usize,
    pub(super) other: usize,
    /// How far apart the two should lie; more than 0.
    pub(super) length: f64,
}

/// A place in the drawing.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Point {
    pub(super) x: f64,
    pub(super) y: f64,
}

/// A node as wide as it is high, around its middle.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Disc {
    pub(super) at: Point,
    pub(super) radius: f64,
}

/// The part of each step by which the next one is shorter.
const COOLING: f64 = 0.9;
/// The step that moves nothing that a reader would see.
const STILL: f64 = 0.05;
/// Rounds in which nodes that cover one another are moved apart.
const ROUNDS: usize = 120;
/// Room between two nodes.
const GAP: f64 = 7.0;

/// A position for each node, in units of the links' lengths.
pub(super) fn positions(nodes: usize, links: &[Link]) -> Vec<Point> {
    let mut points: Vec<Point> = (0..nodes).map(start).collect();
    let (distances, longest) = distances(nodes, links);
    let mut pairs: Vec<(usize, usize)> = (0..nodes)
        .flat_map(|one| (one + 1..nodes).map(move |other| (one, other)))
        .collect();
    let mut random = Random(0x5eed);
    let mut step = longest * longest;
    while step > STILL {
        random.shuffle(&mut pairs);
        for (one, other) in &pairs {
            relax(
                &mut points,
                *one,
                *other,
                distances[one * nodes + other],
                step,
            );
        }
        step *= COOLING;
    }
    points
}

/// Points spread evenly over a square: the sequence R2 of Roberts, "The Unreasonable Effectiveness
/// of Quasirandom Sequences" (2018).
fn start(n: usize) -> Point {
    const STEP: (f64, f64) = (0.754_877_666_246_692_7, 0.569_840_290_998_053_2);
    let n = n as f64;
    let fraction = |value: f64| value - value.floor();
    Point {
        x: fraction(0.5 + n * STEP.0),
        y: fraction(0.5 + n * STEP.1),
    }
}

/// Moves two nodes towards their distance, by a part that the weight of the pair and the step give.
fn relax(points: &mut [Point], one: usize, other: usize, distance: f64, step: f64) {
    let (a, b) = (points[one], points[other]);
    let (dx, dy) = (a.x - b.x, a.y - b.y);
    let length = (dx * dx + dy * dy).sqrt().max(1e-9);
    let part = (step / (distance * distance)).min(1.0);
    let by = part * (length - distance) / 2.0 / length;
    points[one] = Point {
        x: a.x - by * dx,
        y: a.y - by * dy,
    };
    points[other] = Point {
        x: b.x + by * dx,
        y: b.y + by * dy,
    };
}

/// The shortest ways between all nodes, row by row, and the longest of them.
fn distances(nodes: usize, links: &[Link]) -> (Vec<f64>, f64) {
    let mut from: Vec<Vec<(usize, f64)>> = vec![Vec::new(); nodes];
    for link in links {
        from[link.one].push((link.other, link.length));
        from[link.other].push((link.one, link.length));
    }
    let mut all: Vec<f64> = Vec::with_capacity(nodes * nodes);
    for source in 0..nodes {
        all.extend(shortest(source, &from));
    }
    let finite = all.iter().copied().filter(|d| d.is_finite());
    let longest = finite.fold(1.0, f64::max);
    for distance in &mut all {
        if !distance.is_finite() {
            *distance = longest + 1.0;
        }
    }
    (all, longest + 1.0)
}

/// Dijkstra's algorithm without a heap: for graphs as small as these the shorter code.
fn shortest(source: usize, from: &[Vec<(usize, f64)>]) -> Vec<f64> {
    let mut distance = vec![f64::INFINITY; from.len()];
    let mut done = vec![false; from.len()];
    distance[source] = 0.0;
    loop {
        let open = (0..from.len()).filter(|n| !done[*n] && distance[*n].is_finite());
        let Some(next) = open.min_by(|a, b| distance[*a].total_cmp(&distance[*b])) else {
            return distance;
        };
        done[next] = true;
        for (other, length) in &from[next] {
            distance[*other] = distance[*other].min(distance[next] + length);
        }
    }
}

/// Turns the drawing so that it is widest from left to right, and stretches it over the whole of a
/// box, from `margin` on.
pub(super) fn fit(points: &mut [Point], width: f64, height: f64, margin: f64) {
    let axis = main_axis(points);
    for point in points.iter_mut() {
        *point = Point {
            x: point.x * axis.x + point.y * axis.y,
            y: point.y * axis.x - point.x * axis.y,
        };
    }
    let (xs, ys) = (
        spread(points.iter().map(|point| point.x), width - 2.0 * margin),
        spread(points.iter().map(|point| point.y), height - 2.0 * margin),
    );
    for point in points.iter_mut() {
        *point = Point {
            x: margin + (point.x - xs.0) * xs.1,
            y: margin + (point.y - ys.0) * ys.1,
        };
    }
}

/// Moves the points part of the way to where they would lie at even distances from left to right and
/// from top to bottom in the same order: a crowd gets room, and nobody changes sides.
pub(super) fn loosen(points: &mut [Point], width: f64, height: f64, margin: f64, part: f64) {
    let xs = even(points, |point| point.x);
    let ys = even(points, |point| point.y);
    for ((point, x), y) in points.iter_mut().zip(xs).zip(ys) {
        let (x, y) = (
            margin + x * (width - 2.0 * margin),
            margin + y * (height - 2.0 * margin),
        );
        point.x += (x - point.x) * part;
        point.y += (y - point.y) * part;
    }
}

/// For each point its place in the order, from 0 to 1.
fn even(points: &[Point], along: impl Fn(&Point) -> f64) -> Vec<f64> {
    let mut order: Vec<usize> = (0..points.len()).collect();
    order.sort_by(|a, b| along(&points[*a]).total_cmp(&along(&points[*b])));
    let last = points.len().saturating_sub(1).max(1) as f64;
    let mut places = vec![0.0; points.len()];
    for (place, n) in order.into_iter().enumerate() {
        places[n] = place as f64 / last;
    }
    places
}

/// The smallest value, and the factor that spreads all of them over `room`. Equal values lie in the
/// middle of it.
fn spread(values: impl Iterator<Item = f64> + Clone, room: f64) -> (f64, f64) {
    let least = values.clone().fold(f64::INFINITY, f64::min);
    let most = values.fold(f64::NEG_INFINITY, f64::max);
    if most - least > 1e-6 {
        (least, room / (most - least))
    } else {
        (least - room / 2.0, 1.0)
    }
}

/// The direction in which the points are spread most: the first principal axis, of length 1.
fn main_axis(points: &[Point]) -> Point {
    let count = points.len().max(1) as f64;
    let middle = Point {
        x: points.iter().map(|point| point.x).sum::<f64>() / count,
        y: points.iter().map(|point| point.y).sum::<f64>() / count,
    };
    let (mut xx, mut xy, mut yy) = (0.0, 0.0, 0.0);
    for point in points {
        let (x, y) = (point.x - middle.x, point.y - middle.y);
        (xx, xy, yy) = (xx + x * x, xy + x * y, yy + y * y);
    }
    let half = (xx - yy) / 2.0;
    let root = (half * half + xy * xy).sqrt();
    // The axis of the greater eigenvalue; of its two forms the one that is not near to nothing.
    let (x, y) = if half >= 0.0 {
        (half + root, xy)
    } else {
        (xy, root - half)
    };
    let length = (x * x + y * y).sqrt();
    if length > 1e-9 {
        Point {
            x: x / length,
            y: y / length,
        }
    } else {
        Point { x: 1.0, y: 0.0 }
    }
}

/// Moves nodes that cover one another apart, within the box.
pub(super) fn part(discs: &mut [Disc], width: f64, height: f64) {
    for _ in 0..ROUNDS {
        let mut moved = false;
        for one in 0..discs.len() {
            for other in one + 1..discs.len() {
                moved |= push(discs, one, other);
            }
        }
        for disc in discs.iter_mut() {
            let room = disc.radius + 2.0;
            disc.at.x = disc.at.x.clamp(room, width - room);
            disc.at.y = disc.at.y.clamp(room, height - room);
        }
        if !moved {
            break;
        }
    }
}

fn push(discs: &mut [Disc], one: usize, other: usize) -> bool {
    let (a, b) = (discs[one], discs[other]);
    let wanted = a.radius + b.radius + GAP;
    let (dx, dy) = (a.at.x - b.at.x, a.at.y - b.at.y);
    let length = (dx * dx + dy * dy).sqrt();
    if length >= wanted {
        return false;
    }
    // Two on one spot part sideways.
    let (ux, uy) = if length > 1e-6 {
        (dx / length, dy / length)
    } else {
        (1.0, 0.0)
    };
    let by = (wanted - length) / 2.0;
    discs[one].at = Point {
        x: a.at.x + ux * by,
        y: a.at.y + uy * by,
    };
    discs[other].at = Point {
        x: b.at.x - ux * by,
        y: b.at.y - uy * by,
    };
    true
}

/// Random numbers that are always the same: `SplitMix64`, Steele, Lea and Flood, "Fast Splittable
/// Pseudorandom Number Generators", OOPSLA 2014.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// Fisher and Yates's shuffle. The remainder is a hair from even, which no drawing shows.
    fn shuffle<T>(&mut self, items: &mut [T]) {
        for n in (1..items.len()).rev() {
            let at = self.next() % (n as u64 + 1);
            items.swap(n, usize::try_from(at).unwrap_or(n));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn link(one: usize, other: usize) -> Link {
        let length = 1.0;
        Link { one, other, length }
    }

    /// What [`the_same_graph_has_the_same_drawing`] saw when it was written.
    const SEEN: u64 = 0x9a4b_76ff_c7cd_195a;

    fn distance(a: Point, b: Point) -> f64 {
        let (dx, dy) = (a.x - b.x, a.y - b.y);
        (dx * dx + dy * dy).sqrt()
    }

    #[test]
    fn a_chain_is_drawn_as_long_as_it_is() {
        let links: Vec<Link> = (0..4).map(|n| link(n, n + 1)).collect();
        let points = positions(5, &links);
        for link in &links {
            let length = distance(points[link.one], points[link.other]);
            assert!((length - 1.0).abs() < 0.05, "{length}");
        }
        assert!((distance(points[0], points[4]) - 4.0).abs() < 0.1);
    }

    #[test]
    fn the_same_graph_has_the_same_drawing() {
        let links = [link(0, 1), link(1, 2), link(3, 4)];
        assert_eq!(positions(6, &links), positions(6, &links));
        // On every machine: the sum of all bits, written down once.
        let bits = positions(6, &links).iter().fold(0_u64, |sum, point| {
            sum.rotate_left(7) ^ point.x.to_bits() ^ point.y.to_bits().rotate_left(32)
        });
        assert_eq!(bits, SEEN, "{bits:#x}");
    }

    #[test]
    fn parts_without_a_link_lie_apart() {
        let points = positions(4, &[link(0, 1), link(2, 3)]);
        for (one, other) in [(0, 2), (0, 3), (1, 2), (1, 3)] {
            assert!(distance(points[one], points[other]) > 1.2);
        }
    }

    #[test]
    fn a_drawing_fills_its_box_the_long_way() {
        let mut points: Vec<Point> = [(0.0, 0.0), (1.0, 1.0), (2.0, 2.0), (2.2, 1.8)]
            .map(|(x, y)| Point { x, y })
            .to_vec();
        fit(&mut points, 200.0, 100.0, 10.0);
        let close = |a: f64, b: f64| (a - b).abs() < 1e-6;
        let xs = points.iter().map(|point| point.x);
        let (least, most) = (xs.clone().fold(200.0, f64::min), xs.fold(0.0, f64::max));
        assert!(close(least, 10.0) && close(most, 190.0), "{points:?}");
        let mut one = [Point { x: 3.0, y: 4.0 }];
        fit(&mut one, 200.0, 100.0, 10.0);
        assert!(close(one[0].x, 100.0) && close(one[0].y, 50.0), "{one:?}");
    }

    #[test]
    fn a_crowd_gets_room() {
        let mut points: Vec<Point> = [0.0, 1.0, 2.0, 100.0].map(|x| Point { x, y: x }).to_vec();
        loosen(&mut points, 100.0, 100.0, 0.0, 0.5);
        let xs: Vec<f64> = points.iter().map(|point| point.x.round()).collect();
        assert_eq!(xs, [0.0, 17.0, 34.0, 100.0]);
    }

    #[test]
    fn nodes_do_not_cover_one_another() {
        let disc = |x: f64, y: f64| Disc {
            at: Point { x, y },
            radius: 10.0,
        };
        let mut discs = vec![
            disc(50.0, 50.0),
            disc(50.0, 50.0),
            disc(55.0, 52.0),
            disc(1.0, 1.0),
        ];
        part(&mut discs, 200.0, 100.0);
        for one in 0..discs.len() {
            assert!(discs[one].at.x >= 10.0 && discs[one].at.y >= 10.0);
            for other in one + 1..discs.len() {
                assert!(distance(discs[one].at, discs[other].at) >= 20.0);
            }
        }
    }
}
