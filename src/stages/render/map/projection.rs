//! From degrees to units of a drawing.

use crate::{model::geo::Coordinates, world::Point};

/// Of a small map, in units of the drawing: about half a pixel, so that whole numbers do.
const SMALL: (f32, f32) = (800.0, 560.0);
/// Of the map of the world.
const WORLD: (f32, f32) = (2000.0, 920.0);
/// A map of one place shows this much, in degrees of latitude.
const LEAST: f32 = 9.0;
/// Room around the outermost places, as a part of the whole.
const MARGIN: f32 = 0.18;
/// The world is drawn without the ice of the south.
const SOUTH: f32 = -57.0;
/// And to where land ends in the north.
const NORTH: f32 = 84.0;

/// How a map is drawn.
#[derive(Debug, Clone, Copy)]
pub(super) enum Projection {
    /// The whole world, areas kept.
    EqualEarth,
    /// A part: degrees shrink with the cosine of the middle latitude.
    Local {
        middle: Point,
        /// Units for a degree of latitude.
        scale: f32,
        /// The cosine.
        shrink: f32,
    },
}

impl Projection {
    pub(super) fn world() -> Self {
        Self::EqualEarth
    }

    /// The part of the world that holds all positions. A map does not go over the date line.
    pub(super) fn around(positions: &[Coordinates]) -> Self {
        let bounds = |value: fn(&Coordinates) -> f32| {
            let least = positions.iter().map(value).fold(f32::INFINITY, f32::min);
            let most = positions
                .iter()
                .map(value)
                .fold(f32::NEG_INFINITY, f32::max);
            (least, most)
        };
        let (south, north) = bounds(|at| at.latitude);
        let (west, east) = bounds(|at| at.longitude);
        let middle = ((west + east) / 2.0, (south + north) / 2.0);
        let shrink = middle.1.clamp(-70.0, 70.0).to_radians().cos();
        let room = 1.0 - 2.0 * MARGIN;
        let high = ((north - south) / room).max(LEAST);
        let wide = (east - west) * shrink / room;
        let scale = (SMALL.1 / high).min(SMALL.0 / wide.max(0.001));
        Self::Local {
            middle,
            scale,
            shrink,
        }
    }

    pub(super) fn width(&self) -> f32 {
        match self {
            Self::EqualEarth => WORLD.0,
            Self::Local { .. } => SMALL.0,
        }
    }

    pub(super) fn height(&self) -> f32 {
        match self {
            Self::EqualEarth => WORLD.1,
            Self::Local { .. } => SMALL.1,
        }
    }

    /// The corners of what is drawn: west, south, east, north.
    pub(super) fn window(&self) -> (f32, f32, f32, f32) {
        match *self {
            Self::EqualEarth => (-180.0, SOUTH, 180.0, NORTH),
            Self::Local {
                middle,
                scale,
                shrink,
            } => {
                let (dx, dy) = (SMALL.0 / scale / shrink / 2.0, SMALL.1 / scale / 2.0);
                (middle.0 - dx, middle.1 - dy, middle.0 + dx, middle.1 + dy)
            }
        }
    }

    /// A position in the drawing, from the top left.
    pub(super) fn project(&self, (longitude, latitude): Point) -> Point {
        match *self {
            Self::EqualEarth => {
                let (x, y) = equal_earth(longitude, latitude.clamp(SOUTH, NORTH));
                let (half, _) = equal_earth(180.0, 0.0);
                let (_, top) = equal_earth(0.0, NORTH);
                let (_, bottom) = equal_earth(0.0, SOUTH);
                (
                    (x + half) / (2.0 * half) * WORLD.0,
                    (top - y) / (top - bottom) * WORLD.1,
                )
            }
            Self::Local {
                middle,
                scale,
                shrink,
            } => (
                SMALL.0 / 2.0 + (longitude - middle.0) * shrink * scale,
                SMALL.1 / 2.0 - (latitude - middle.1) * scale,
            ),
        }
    }
}

/// Equal Earth, in units of the globe's radius.
fn equal_earth(longitude: f32, latitude: f32) -> Point {
    const A: [f32; 4] = [1.340_264, -0.081_106, 0.000_893, 0.003_796];
    let root = 3f32.sqrt() / 2.0;
    let theta = (root * latitude.to_radians().sin()).asin();
    let (two, six) = (theta * theta, theta.powi(6));
    let slope = A[0] + 3.0 * A[1] * two + six * (7.0 * A[2] + 9.0 * A[3] * two);
    let x = longitude.to_radians() * theta.cos() / (root * slope);
    let y = theta * (A[0] + A[1] * two + six * (A[2] + A[3] * two));
    (x, y)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(latitude: f32, longitude: f32) -> Coordinates {
        Coordinates {
            latitude,
            longitude,
        }
    }

    #[test]
    fn all_places_are_inside() {
        for places in [
            vec![at(48.85, 2.35)],
            vec![at(48.85, 2.35), at(55.75, 37.62), at(38.56, 68.77)],
            vec![at(-33.9, 18.4), at(64.1, -21.9)],
            vec![at(89.0, 0.0)],
        ] {
            let projection = Projection::around(&places);
            for place in places {
                let (x, y) = projection.project((place.longitude, place.latitude));
                assert!(
                    (0.0..=SMALL.0).contains(&x) && (0.0..=SMALL.1).contains(&y),
                    "{x} {y}"
                );
            }
        }
    }

    #[test]
    fn the_world_fills_its_frame() {
        let world = Projection::world();
        let (x, y) = world.project((0.0, NORTH));
        assert!((x - WORLD.0 / 2.0).abs() < 0.1 && y.abs() < 0.1);
        let (x, _) = world.project((180.0, 0.0));
        assert!((x - WORLD.0).abs() < 0.1);
    }
}
