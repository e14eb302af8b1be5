//! Entities by the country that they belong to.

use std::{cmp::Reverse, collections::BTreeMap};

use super::{
    indexes::counted,
    lists::entries,
    site::{Head, Site},
    words,
};
use crate::{
    geo::{Gazetteer, PlaceKind},
    model::{catalogue::EntityIdx, entity::EntityKind, geo::CountryCode},
    urls,
    views::{CountryEntry, CountryIndexView, CountryView, IndexGroup, TermLink},
};

/// Entities of a kind on a country's page.
const OF_COUNTRY: usize = 300;

/// A country with its entities.
struct Country {
    code: CountryCode,
    name: String,
    entities: Vec<EntityIdx>,
}

/// The list of countries, if there is one to show.
pub(super) fn index(site: &Site<'_>) -> Option<CountryIndexView> {
    let countries = by_country(site);
    let path = urls::COUNTRIES;
    (!countries.is_empty()).then(|| CountryIndexView {
        frame: site.frame(Head::new(path, &site.words.say("by_country"))),
        kinds: site.kind_counts(path, None),
        countries: countries
            .iter()
            .map(|country| CountryEntry {
                name: country.name.clone(),
                url: urls::relative(path, &urls::country(country.code)),
                count: country.entities.len(),
                kinds: kinds_of(site, country),
            })
            .collect(),
    })
}

/// How many entities of each kind a country has.
fn kinds_of(site: &Site<'_>, country: &Country) -> Vec<TermLink> {
    let path = urls::relative(urls::COUNTRIES, &urls::country(country.code));
    let count = |kind: EntityKind| {
        let entities = country.entities.iter();
        let own = entities.filter(|idx| site.corpus.catalogue.get(**idx).kind == kind);
        TermLink {
            label: words::kinds_label(site, kind),
            url: format!("{path}#{}", kind.as_str()),
            count: own.count(),
        }
    };
    let kinds = EntityKind::ALL.into_iter().map(count);
    kinds.filter(|kind| kind.count > 0).collect()
}

/// The page of each country, by path.
pub(super) fn pages(site: &Site<'_>) -> Vec<(String, CountryView)> {
    by_country(site)
        .iter()
        .map(|country| {
            let path = urls::country(country.code);
            let groups = EntityKind::ALL.into_iter();
            let groups = groups.map(|kind| country_group(site, &path, country, kind));
            let view = CountryView {
                frame: site.frame(Head {
                    trail: vec![(site.words.say("by_country"), urls::COUNTRIES.to_owned())],
                    // The country itself may have a page of this title.
                    ..Head::new(
                        &path,
                        &site
                            .words
                            .fill("names_by_country", &[("country", &country.name)]),
                    )
                }),
                name: country.name.clone(),
                count: country.entities.len(),
                groups: groups.filter(|group| !group.entries.is_empty()).collect(),
            };
            (path, view)
        })
        .collect()
}

fn country_group(site: &Site<'_>, path: &str, country: &Country, kind: EntityKind) -> IndexGroup {
    let catalogue = site.corpus.catalogue;
    let own: Vec<EntityIdx> = country
        .entities
        .iter()
        .copied()
        .filter(|idx| catalogue.get(*idx).kind == kind)
        .collect();
    let mut named = counted(site, &own);
    // Where there are too many the most named stay.
    named.sort_by_key(|(idx, count)| (Reverse(*count), *idx));
    named.truncate(OF_COUNTRY);
    named.sort_by_cached_key(|(idx, _)| (site.order.key(&catalogue.get(*idx).name), *idx));
    IndexGroup {
        kind: kind.as_str(),
        label: words::kinds_label(site, kind),
        more: own.len() - named.len(),
        entries: entries(site, path, &named),
    }
}

/// The countries that entities belong to, by name: places by the gazetteer or the registry, all
/// others where the registry says so.
fn by_country(site: &Site<'_>) -> Vec<Country> {
    let catalogue = site.corpus.catalogue;
    let mut found: BTreeMap<CountryCode, Vec<EntityIdx>> = BTreeMap::new();
    for idx in catalogue.indices() {
        if let Some(code) = catalogue.get(idx).country {
            found.entry(code).or_default().push(idx);
        }
    }
    let gazetteer = Gazetteer::embedded().places().iter();
    let names: BTreeMap<CountryCode, &str> = gazetteer
        .filter(|place| place.kind == PlaceKind::Country)
        .filter_map(|place| Some((place.country?, place.name)))
        .collect();
    let mut countries: Vec<Country> = found
        .into_iter()
        .map(|(code, entities)| Country {
            code,
            name: names
                .get(&code)
                .map_or(code.as_str(), |name| site.words.country(code, name))
                .to_owned(),
            entities,
        })
        .collect();
    countries.sort_by_cached_key(|country| (site.order.key(&country.name), country.code));
    countries
}
