//! The embedded outlines of the world: land and the borders of countries.
//!
//! From Natural Earth (public domain); `data/README.md` says how they are made. Read on first use.

use std::sync::OnceLock;

const OUTLINES: &str = include_str!("../data/naturalearth/world.txt");

/// Degrees, east and north positive.
pub type Point = (f32, f32);

/// Land and borders.
#[derive(Debug)]
pub struct World {
    /// Closed rings; those inside others are lakes.
    pub land: Vec<Vec<Point>>,
    /// Stretches of border between countries.
    pub borders: Vec<Vec<Point>>,
}

impl World {
    /// The outlines of this program.
    #[must_use]
    pub fn embedded() -> &'static Self {
        static WORLD: OnceLock<World> = OnceLock::new();
        WORLD.get_or_init(|| {
            let lines = |kind: &str| -> Vec<Vec<Point>> {
                let own = OUTLINES.lines().filter_map(|line| line.strip_prefix(kind));
                own.map(points).collect()
            };
            World {
                land: lines("l "),
                borders: lines("b "),
            }
        })
    }
}

/// The first point and the steps to the next ones, in hundredths of a degree.
fn points(line: &str) -> Vec<Point> {
    let (mut x, mut y) = (0i32, 0i32);
    let step = |pair: &str| {
        let (dx, dy) = pair.split_once(',')?;
        Some((dx.parse::<i32>().ok()?, dy.parse::<i32>().ok()?))
    };
    line.split(' ')
        .filter_map(step)
        .map(|(dx, dy)| {
            (x, y) = (x + dx, y + dy);
            (x as f32 / 100.0, y as f32 / 100.0)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn outlines_lie_on_the_globe() {
        let world = World::embedded();
        assert!(world.land.len() > 300 && world.borders.len() > 100);
        for (x, y) in world.land.iter().chain(&world.borders).flatten() {
            assert!((-180.0..=180.0).contains(x) && (-90.0..=90.0).contains(y));
        }
        assert!(world.land.iter().all(|ring| ring.len() > 3));
    }
}
