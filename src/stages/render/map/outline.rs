//! Land and borders as SVG paths, cut to what a map shows.

use std::fmt::Write;

use super::projection::Projection;
use crate::world::{Point, World};

/// Points nearer to the last one are left out.
const STEP: f32 = 6.0;
/// What is smaller is left out.
const SPECK: f32 = 6.0;

/// The paths of land and of borders.
pub(super) fn paths(projection: &Projection) -> (String, String) {
    let world = World::embedded();
    let window = widened(projection.window());
    let (mut land, mut borders) = (String::new(), String::new());
    for ring in world.land.iter().filter(|ring| touches(ring, window)) {
        let points = thinned(&cut(ring, window), projection);
        if points.len() > 2 {
            push(&mut land, &points);
            land.push('Z');
        }
    }
    for line in world.borders.iter().filter(|line| touches(line, window)) {
        for part in inside(line, window) {
            let points = thinned(part, projection);
            if points.len() > 1 {
                push(&mut borders, &points);
            }
        }
    }
    (land, borders)
}

type Window = (f32, f32, f32, f32);

/// A little more than is seen, so that the cut itself is not drawn.
fn widened((west, south, east, north): Window) -> Window {
    let (dx, dy) = ((east - west) * 0.03, (north - south) * 0.03);
    (west - dx, south - dy, east + dx, north + dy)
}

fn touches(points: &[Point], (west, south, east, north): Window) -> bool {
    let within = |low: f32, high: f32, value: fn(&Point) -> f32| {
        points.iter().any(|p| value(p) >= low) && points.iter().any(|p| value(p) <= high)
    };
    within(west, east, |p| p.0) && within(south, north, |p| p.1)
}

/// A ring cut at the four sides of the window, one after another (Sutherland and Hodgman 1974).
fn cut(ring: &[Point], (west, south, east, north): Window) -> Vec<Point> {
    let ring = half(ring, |p| p.0 - west);
    let ring = half(&ring, |p| east - p.0);
    let ring = half(&ring, |p| p.1 - south);
    half(&ring, |p| north - p.1)
}

/// What of a ring lies where `depth` is positive.
fn half(ring: &[Point], depth: impl Fn(&Point) -> f32) -> Vec<Point> {
    let mut kept = Vec::with_capacity(ring.len());
    let Some(mut last) = ring.last().copied() else {
        return kept;
    };
    for &point in ring {
        let (before, now) = (depth(&last), depth(&point));
        if (before >= 0.0) != (now >= 0.0) {
            let part = before / (before - now);
            kept.push((
                last.0 + (point.0 - last.0) * part,
                last.1 + (point.1 - last.1) * part,
            ));
        }
        if now >= 0.0 {
            kept.push(point);
        }
        last = point;
    }
    kept
}

/// The stretches of a line that lie in the window, with a point more at each end.
fn inside(line: &[Point], (west, south, east, north): Window) -> Vec<&[Point]> {
    let seen = |p: &Point| (west..=east).contains(&p.0) && (south..=north).contains(&p.1);
    let mut parts = Vec::new();
    let mut start = None;
    for (n, point) in line.iter().enumerate() {
        match (seen(point), start) {
            (true, None) => start = Some(n.saturating_sub(1)),
            (false, Some(from)) => {
                parts.push(&line[from..=n]);
                start = None;
            }
            _ => {}
        }
    }
    parts.extend(start.map(|from| &line[from..]));
    parts
}

/// Places in the drawing, without points that nobody would see.
fn thinned(points: &[Point], projection: &Projection) -> Vec<Point> {
    let mut kept: Vec<Point> = Vec::with_capacity(points.len());
    let last = points.len().saturating_sub(1);
    for (n, point) in points.iter().enumerate() {
        let here = projection.project(*point);
        let far = kept
            .last()
            .is_none_or(|before| (before.0 - here.0).hypot(before.1 - here.1) >= STEP);
        if far || n == last {
            kept.push(here);
        }
    }
    let spread = |value: fn(&Point) -> f32| {
        let least = kept.iter().map(value).fold(f32::INFINITY, f32::min);
        kept.iter().map(value).fold(f32::NEG_INFINITY, f32::max) - least
    };
    if spread(|p| p.0).max(spread(|p| p.1)) < SPECK {
        kept.clear();
    }
    kept
}

/// A path in whole numbers: `M` the first point, then steps. A minus parts numbers as well as a space.
fn push(path: &mut String, points: &[Point]) {
    let mut last: Option<(i32, i32)> = None;
    for point in points {
        let here = (point.0.round() as i32, point.1.round() as i32);
        // Writing to a string does not fail.
        let _ = match last {
            None => write!(path, "M{} {}l", here.0, here.1),
            Some(before) => {
                number(path, here.0 - before.0);
                number(path, here.1 - before.1);
                Ok(())
            }
        };
        last = Some(here);
    }
}

fn number(path: &mut String, n: i32) {
    if n >= 0 && path.ends_with(|c: char| c.is_ascii_digit()) {
        path.push(' ');
    }
    let _ = write!(path, "{n}");
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::geo::Coordinates;

    #[test]
    fn a_ring_is_cut_at_the_window() {
        let square = [(-10.0, -10.0), (10.0, -10.0), (10.0, 10.0), (-10.0, 10.0)];
        let mut corners = cut(&square, (0.0, 0.0, 20.0, 20.0));
        corners.sort_by(|a, b| a.partial_cmp(b).unwrap_or(std::cmp::Ordering::Equal));
        corners.dedup();
        assert_eq!(
            corners,
            [(0.0, 0.0), (0.0, 10.0), (10.0, 0.0), (10.0, 10.0)]
        );
        assert!(cut(&square, (20.0, 20.0, 30.0, 30.0)).is_empty());
    }

    #[test]
    fn steps_are_parted_by_no_more_than_they_need() {
        let mut path = String::new();
        push(
            &mut path,
            &[(5.0, -7.0), (6.0, -12.0), (3.0, -10.0), (3.0, -9.0)],
        );
        push(&mut path, &[(1.0, 2.0), (3.0, 4.0)]);
        assert_eq!(path, "M5 -7l1-5-3 2 0 1M1 2l2 2");
    }

    #[test]
    fn a_line_keeps_what_is_seen() {
        let line = [
            (-5.0, 0.0),
            (-1.0, 0.0),
            (1.0, 0.0),
            (2.0, 0.0),
            (9.0, 0.0),
            (10.0, 0.0),
        ];
        let parts = inside(&line, (0.0, -1.0, 3.0, 1.0));
        assert_eq!(parts, [&line[1..5]]);
    }

    #[test]
    fn maps_are_small() {
        let europe = [(48.85, 2.35), (55.75, 37.62)].map(|(latitude, longitude)| Coordinates {
            latitude,
            longitude,
        });
        let (land, borders) = paths(&Projection::around(&europe));
        let size = land.len() + borders.len();
        assert!((2_000..16_000).contains(&size), "{size}");
        let (land, borders) = paths(&Projection::world());
        let size = land.len() + borders.len();
        assert!((10_000..40_000).contains(&size), "{size}");
    }
}
