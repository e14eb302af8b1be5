//! Names of countries in the languages that the program speaks.

use super::{Language, Words};
use crate::model::geo::CountryCode;

/// A line for each country: its code, then its name in French, German, Spanish and Russian.
const TABLE: &str = include_str!("../../data/cldr/countries.tsv");

impl Words {
    /// The name of a country that is called `english` in English; that name where there is no other.
    #[must_use]
    pub fn country<'a>(&self, code: CountryCode, english: &'a str) -> &'a str {
        let column = match self.language() {
            Language::English => return english,
            Language::French => 1,
            Language::German => 2,
            Language::Spanish => 3,
            Language::Russian => 4,
        };
        let line = TABLE.lines().find(|line| line.starts_with(code.as_str()));
        line.and_then(|line| line.split('\t').nth(column))
            .unwrap_or(english)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geo::{Gazetteer, PlaceKind};

    #[test]
    fn countries_are_called_as_the_language_calls_them() {
        let names = ["en", "fr", "de", "es", "ru", "it"].map(|tag| {
            let words = Words::of(tag);
            words.country(CountryCode(*b"DE"), "Germany")
        });
        assert_eq!(
            names,
            [
                "Germany",
                "Allemagne",
                "Deutschland",
                "Alemania",
                "Германия",
                "Germany"
            ]
        );
        assert_eq!(
            Words::of("fr").country(CountryCode(*b"ZZ"), "Nowhere"),
            "Nowhere"
        );
    }

    #[test]
    fn every_country_of_the_gazetteer_has_its_names() {
        let places = Gazetteer::embedded().places().iter();
        for country in places.filter(|place| place.kind == PlaceKind::Country) {
            let of_it = |line: &&str| {
                country
                    .country
                    .is_some_and(|code| line.starts_with(code.as_str()))
            };
            let line = TABLE.lines().find(of_it);
            let fields = line.map(|line| line.split('\t').filter(|f| !f.is_empty()).count());
            assert_eq!(fields, Some(5), "{}", country.name);
        }
    }
}
