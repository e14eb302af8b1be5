//! Maps: land, borders and numbered markers as SVG, drawn at build time.
//!
//! Input: places with positions. Output: a [`MapView`]. A map of a part of the world is
//! an equirectangular projection around its middle; the map of the whole world is Equal Earth
//! (Šavrič, Patterson and Jenny 2018), which keeps areas.

mod outline;
mod projection;

use crate::{
    geo::{Gazetteer, PlaceKind},
    model::{
        catalogue::{EntityIdx, EntityKey},
        entity::EntityKind,
        geo::Coordinates,
    },
    stages::render::site::Site,
    views::{MapView, MarkerView, PlaceOnMap},
};
use projection::Projection;

/// Markers on a map of a briefing.
const ON_SMALL_MAP: usize = 12;
/// Markers on the map of the site.
const ON_WORLD_MAP: usize = 120;
/// Half the height of a marker, and half the width that each sign of its label takes.
const MARKER: (f32, f32) = (17.0, 7.0);

/// A place to draw, and how many briefings or mentions it has.
type Drawn = (EntityIdx, Coordinates, usize);

/// The map of some places, if there are two or more; the first ones given are kept where there are
/// too many.
pub(super) fn of_places(
    site: &Site<'_>,
    page: &str,
    places: &[(EntityIdx, usize)],
) -> Option<MapView> {
    let drawn = worth_drawing(site, places, ON_SMALL_MAP);
    (drawn.len() >= 2).then(|| draw(site, page, &drawn, &Projection::around(&positions(&drawn))))
}

/// The map of one place.
pub(super) fn of_place(site: &Site<'_>, page: &str, idx: EntityIdx) -> Option<MapView> {
    let drawn = worth_drawing(site, &[(idx, 1)], 1);
    (!drawn.is_empty()).then(|| draw(site, page, &drawn, &Projection::around(&positions(&drawn))))
}

/// The map of all places of the site, most named first.
pub(super) fn of_world(site: &Site<'_>, page: &str) -> Option<MapView> {
    let catalogue = site.corpus.catalogue;
    let mut places: Vec<(EntityIdx, usize)> = catalogue
        .indices()
        .filter(|idx| catalogue.get(*idx).kind == EntityKind::Place)
        .map(|idx| (idx, site.graph.entities[idx.0 as usize].articles.len()))
        .filter(|(_, count)| *count > 0)
        .collect();
    places.sort_by_key(|(idx, count)| (std::cmp::Reverse(*count), *idx));
    let drawn: Vec<Drawn> = places
        .iter()
        .filter_map(|place| located(site, *place))
        .take(ON_WORLD_MAP)
        .collect();
    (!drawn.is_empty()).then(|| draw(site, page, &drawn, &Projection::world()))
}

fn positions(drawn: &[Drawn]) -> Vec<Coordinates> {
    drawn.iter().map(|(_, at, _)| *at).collect()
}

/// Regions have no point, and a country has a better one where a town in it is named as well.
fn worth_drawing(site: &Site<'_>, places: &[(EntityIdx, usize)], most: usize) -> Vec<Drawn> {
    let catalogue = site.corpus.catalogue;
    let located: Vec<Drawn> = places.iter().filter_map(|p| located(site, *p)).collect();
    let is_country = |idx: EntityIdx| kind(site, idx) == Some(PlaceKind::Country);
    let has_town = |idx: EntityIdx| {
        located.iter().any(|(other, _, _)| {
            !is_country(*other) && catalogue.get(*other).country == catalogue.get(idx).country
        })
    };
    located
        .iter()
        .filter(|(idx, _, _)| !(is_country(*idx) && has_town(*idx)))
        .take(most)
        .copied()
        .collect()
}

fn located(site: &Site<'_>, (idx, count): (EntityIdx, usize)) -> Option<Drawn> {
    let at = site.corpus.catalogue.get(idx).coordinates?;
    let region = kind(site, idx) == Some(PlaceKind::Region);
    (!region).then_some((idx, at, count))
}

fn kind(site: &Site<'_>, idx: EntityIdx) -> Option<PlaceKind> {
    match site.corpus.catalogue.get(idx).key {
        EntityKey::Geo(id) => Some(Gazetteer::embedded().by_id(id)?.kind),
        _ => None,
    }
}

fn draw(site: &Site<'_>, page: &str, drawn: &[Drawn], projection: &Projection) -> MapView {
    let (land, borders) = outline::paths(projection);
    let place = |(n, (idx, _, count)): (usize, &Drawn)| PlaceOnMap {
        number: n + 1,
        entity: site.entity_link(page, *idx),
        count: *count,
    };
    MapView {
        width: projection.width(),
        height: projection.height(),
        land,
        borders,
        markers: markers(drawn, projection),
        places: drawn.iter().enumerate().map(place).collect(),
    }
}

/// Places that share a marker.
struct Group {
    at: (f32, f32),
    numbers: Vec<usize>,
}

impl Group {
    /// "3", "3, 5", "3 …"
    fn label(&self) -> String {
        match self.numbers.as_slice() {
            [one] => one.to_string(),
            [one, other] => format!("{one}, {other}"),
            [one, ..] => format!("{one} …"),
            [] => String::new(),
        }
    }

    fn half_width(&self) -> f32 {
        MARKER.0 + self.label().chars().count() as f32 * MARKER.1
    }

    fn covers(&self, other: &Self) -> bool {
        (self.at.0 - other.at.0).abs() < self.half_width() + other.half_width()
            && (self.at.1 - other.at.1).abs() < 2.0 * MARKER.0
    }
}

/// One marker for places that would cover one another, where the first of them is.
fn markers(drawn: &[Drawn], projection: &Projection) -> Vec<MarkerView> {
    let mut groups: Vec<Group> = Vec::new();
    for (number, (_, at, _)) in (1..).zip(drawn) {
        let mut new = Group {
            at: projection.project((at.longitude, at.latitude)),
            numbers: vec![number],
        };
        // What joins makes the label longer, which may cover the next.
        while let Some(n) = groups.iter().position(|group| group.covers(&new)) {
            let mut first = groups.remove(n);
            first.numbers.extend(new.numbers);
            first.numbers.sort_unstable();
            new = first;
        }
        groups.push(new);
    }
    groups.sort_by_key(|group| group.numbers.first().copied());
    let view = |group: Group| MarkerView {
        x: group.at.0.round(),
        y: group.at.1.round(),
        label: group.label(),
        width: (2.0 * group.half_width()).round(),
    };
    groups.into_iter().map(view).collect()
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
    fn near_markers_are_drawn_as_one() {
        let drawn = [
            (EntityIdx(0), at(48.85, 2.35), 1),
            (EntityIdx(1), at(48.92, 2.36), 1),
            (EntityIdx(2), at(55.75, 37.62), 1),
        ];
        let projection = Projection::around(&positions(&drawn));
        let labels: Vec<String> = markers(&drawn, &projection)
            .into_iter()
            .map(|marker| marker.label)
            .collect();
        assert_eq!(labels, ["1, 2", "3"]);
    }
}
