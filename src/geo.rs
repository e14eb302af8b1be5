//! The embedded gazetteer: countries, cities, states and regions with their coordinates.
//!
//! From GeoNames (CC BY 4.0); `data/README.md` says how the table is made. Read on first use.

use std::sync::OnceLock;

use crate::model::geo::{Coordinates, CountryCode};

const TABLE: &str = include_str!("../data/geonames/places.tsv");

/// What kind of place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PlaceKind {
    /// A country or territory with an ISO code.
    Country,
    /// A capital.
    Capital,
    /// Another town.
    Town,
    /// A state of the United States.
    State,
    /// A part of the world that is no country: Central Asia, the Sahel.
    Region,
}

/// A place of the gazetteer.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Place {
    /// GeoNames id; regions have ids of their own from 4,000,000,000.
    pub id: u32,
    /// What it is.
    pub kind: PlaceKind,
    /// Its English name.
    pub name: &'static str,
    /// Its country.
    pub country: Option<CountryCode>,
    /// Where it is; for a country where its people live.
    pub coordinates: Coordinates,
    /// Inhabitants; 0 for regions.
    pub population: u32,
    /// True when the name is an ordinary word as well, so that it alone says nothing.
    pub needs_context: bool,
    others: &'static str,
    people: &'static str,
}

impl Place {
    /// Other English names and spellings.
    pub fn other_names(&self) -> impl Iterator<Item = &'static str> + use<> {
        self.others.split(',').filter(|name| !name.is_empty())
    }

    /// What its people and what is theirs is called: "French", "Frenchmen".
    pub fn demonyms(&self) -> impl Iterator<Item = &'static str> + use<> {
        self.people.split(',').filter(|name| !name.is_empty())
    }
}

/// All places, by id.
#[derive(Debug)]
pub struct Gazetteer {
    places: Vec<Place>,
}

impl Gazetteer {
    /// The gazetteer of this program.
    #[must_use]
    pub fn embedded() -> &'static Self {
        static GAZETTEER: OnceLock<Gazetteer> = OnceLock::new();
        GAZETTEER.get_or_init(|| {
            let mut places: Vec<Place> = TABLE.lines().filter_map(place).collect();
            places.sort_by_key(|place| place.id);
            Gazetteer { places }
        })
    }

    /// All places, by id.
    #[must_use]
    pub fn places(&self) -> &[Place] {
        &self.places
    }

    /// The place with this id.
    #[must_use]
    pub fn by_id(&self, id: u32) -> Option<&Place> {
        let at = self
            .places
            .binary_search_by_key(&id, |place| place.id)
            .ok()?;
        self.places.get(at)
    }
}

fn place(line: &'static str) -> Option<Place> {
    let mut fields = line.split('\t');
    let kind = match fields.next()? {
        "c" => PlaceKind::Country,
        "k" => PlaceKind::Capital,
        "t" => PlaceKind::Town,
        "s" => PlaceKind::State,
        _ => PlaceKind::Region,
    };
    let id = fields.next()?.parse().ok()?;
    let country = match fields.next()?.as_bytes() {
        [a, b] => Some(CountryCode([*a, *b])),
        _ => None,
    };
    let latitude = fields.next()?.parse().ok()?;
    let longitude = fields.next()?.parse().ok()?;
    let population = fields.next()?.parse().ok()?;
    let marked = fields.next()?;
    let name = marked.trim_start_matches('?');
    Some(Place {
        id,
        kind,
        name,
        country,
        coordinates: Coordinates {
            latitude,
            longitude,
        },
        population,
        needs_context: name != marked,
        others: fields.next()?,
        people: fields.next()?,
    })
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn named(name: &str, kind: PlaceKind) -> &'static Place {
        let places = Gazetteer::embedded().places();
        places
            .iter()
            .find(|place| place.name == name && place.kind == kind)
            .unwrap()
    }

    #[test]
    fn every_line_is_a_place() {
        let places = Gazetteer::embedded().places();
        assert_eq!(places.len(), TABLE.lines().count());
        for pair in places.windows(2) {
            assert!(
                pair[0].id < pair[1].id,
                "two places have the id {}",
                pair[1].id
            );
        }
        for place in places {
            let Coordinates {
                latitude,
                longitude,
            } = place.coordinates;
            assert!((-90.0..=90.0).contains(&latitude) && (-180.0..=180.0).contains(&longitude));
        }
    }

    #[test]
    fn knows_places_and_peoples() {
        let paris = named("Paris", PlaceKind::Capital);
        assert_eq!(paris.country, Some(CountryCode(*b"FR")));
        assert!((paris.coordinates.latitude - 48.85).abs() < 0.1);
        let tajikistan = named("Tajikistan", PlaceKind::Country);
        assert!(tajikistan.demonyms().any(|people| people == "Tajiks"));
        assert!(
            named("Kyiv", PlaceKind::Capital)
                .other_names()
                .any(|name| name == "Kiev")
        );
        assert!(named("Reading", PlaceKind::Town).needs_context);
        assert!(!named("Moscow", PlaceKind::Capital).needs_context);
        assert_eq!(Gazetteer::embedded().by_id(paris.id), Some(paris));
    }
}
