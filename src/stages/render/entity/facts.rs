//! What the registry says of an entity: names, roles, dates, where else it is described.

use crate::{
    geo::{Gazetteer, PlaceKind},
    model::{
        catalogue::{Entity, EntityIdx},
        entity::{RegistryEntity, Role},
    },
    stages::render::{site::Site, words},
    views::{ForeignName, PageLink, RoleView},
    words::Words,
};

/// What it is called in other languages, in the order of their names.
pub(super) fn names(site: &Site<'_>, idx: EntityIdx) -> Vec<ForeignName> {
    let own = &site.corpus.catalogue.get(idx).name;
    let registered = site.registered(idx);
    let names = registered.into_iter().flat_map(|entity| &entity.names);
    let names = names.filter(|(_, name)| *name != own);
    let mut names: Vec<ForeignName> = names
        .map(|(tag, name)| ForeignName {
            name: name.clone(),
            language: words::text_language(tag),
            label: site.words.language_name(tag),
        })
        .collect();
    names.sort_by_cached_key(|name| site.order.key(&name.label));
    names
}

/// Names in the script of the main name, and those in others, but for those that are `told` of.
pub(super) fn aliases(entity: &Entity, told: &[ForeignName]) -> (Vec<String>, Vec<String>) {
    let own = is_latin(&entity.name);
    entity
        .aliases
        .iter()
        .filter(|alias| told.iter().all(|told| told.name != **alias))
        .cloned()
        .partition(|alias| is_latin(alias) == own)
}

/// True where most letters are Latin.
fn is_latin(name: &str) -> bool {
    let latin = |c: &char| matches!(*c, '\0'..='\u{24f}' | '\u{1e00}'..='\u{1eff}');
    let letters = name.chars().filter(|c| c.is_alphabetic());
    2 * letters.clone().filter(latin).count() >= letters.count()
}

/// The roles of an entity, the latest first.
pub(super) fn roles(site: &Site<'_>, page: &str, idx: EntityIdx) -> Vec<RoleView> {
    let bodies = &site.graph.entities[idx.0 as usize].roles;
    let Some(registered) = super::registered(site, site.corpus.catalogue.get(idx)) else {
        return Vec::new();
    };
    let mut roles: Vec<(&Role, RoleView)> = registered
        .facts
        .roles
        .iter()
        .zip(bodies)
        .map(|(role, body)| {
            let link = body.map(|body| site.entity_link(page, body));
            (role, view(site, role, link))
        })
        .collect();
    sort(&mut roles);
    roles.into_iter().map(|(_, view)| view).collect()
}

/// Those who have or had a role at an entity, the latest first.
pub(super) fn members(site: &Site<'_>, page: &str, idx: EntityIdx) -> Vec<RoleView> {
    let members = site.graph.entities[idx.0 as usize].members.iter();
    let mut roles: Vec<(&Role, RoleView)> = members
        .filter_map(|(holder, n)| {
            let registered = super::registered(site, site.corpus.catalogue.get(*holder))?;
            let role = registered.facts.roles.get(*n)?;
            Some((
                role,
                view(site, role, Some(site.entity_link(page, *holder))),
            ))
        })
        .collect();
    sort(&mut roles);
    roles.into_iter().map(|(_, view)| view).collect()
}

/// What lasts stands first, then what ended last. Stable, so that a file's own order decides the rest.
fn sort(roles: &mut [(&Role, RoleView)]) {
    roles.sort_by_key(|(role, _)| {
        let end = role.to.map(|to| to.last);
        let start = role.from.map(|from| from.first);
        std::cmp::Reverse((end.is_none(), end, start))
    });
}

fn view(site: &Site<'_>, role: &Role, entity: Option<crate::views::EntityLink>) -> RoleView {
    RoleView {
        title: role.title.clone(),
        name: entity.as_ref().map_or_else(
            || role.organisation.clone(),
            |entity| Some(entity.name.clone()),
        ),
        entity,
        from: role.from.map(|value| site.words.time(value)),
        from_iso: role.from.map(|time| time.to_string()),
        to: role.to.map(|value| site.words.time(value)),
        to_iso: role.to.map(|time| time.to_string()),
        source: role.source.clone(),
    }
}

pub(super) fn dates(site: &Site<'_>, entity: &RegistryEntity) -> Option<String> {
    match (entity.start, entity.end) {
        (Some(start), Some(end)) if start != end => Some(site.words.between_days(start, end)),
        (Some(day), _) | (None, Some(day)) => Some(site.words.day(day)),
        (None, None) => None,
    }
}

/// `48.85° N, 2.35° E`
pub(super) fn coordinates(words: &Words, latitude: f32, longitude: f32) -> String {
    let (ns, ew) = (
        words.item("compass", if latitude < 0.0 { 1 } else { 0 }),
        words.item("compass", if longitude < 0.0 { 3 } else { 2 }),
    );
    let degrees = |angle: f32, side: &str| {
        let digits = words.digits(&format!("{:.2}", angle.abs()));
        format!("{digits}° {side}")
    };
    words.fill(
        "coordinates",
        &[
            ("latitude", &degrees(latitude, ns)),
            ("longitude", &degrees(longitude, ew)),
        ],
    )
}

/// The country that an entity belongs to, unless it is that country.
pub(super) fn country(site: &Site<'_>, entity: &Entity) -> Option<String> {
    let code = entity.country?;
    let is_country =
        |p: &&crate::geo::Place| p.kind == PlaceKind::Country && p.country == Some(code);
    let name = Gazetteer::embedded().places().iter().find(is_country)?.name;
    let shown = site.words.country(code, name);
    (name != entity.name && shown != entity.name).then(|| shown.to_owned())
}

/// The same thing elsewhere: its own site, registers, other addresses.
pub(super) fn elsewhere(entity: &RegistryEntity) -> Vec<PageLink> {
    let address = |url: &String| PageLink {
        label: host(url).to_owned(),
        language: None,
        url: url.clone(),
    };
    let wikidata = entity.wikidata.iter().zip(entity.wikidata_url());
    let wikidata = wikidata.map(|(item, url)| PageLink {
        label: format!("Wikidata {item}"),
        language: None,
        url,
    });
    let registers = entity.facts.ids.iter().map(|id| PageLink {
        label: id.label(),
        language: None,
        url: id.url(),
    });
    let others = entity.same_as.iter().filter(|url| url.starts_with("http"));
    let website = entity.facts.website.iter().map(address);
    let all = website.chain(wikidata).chain(registers);
    all.chain(others.map(address)).collect()
}

fn host(url: &str) -> &str {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    rest.split('/')
        .next()
        .unwrap_or(rest)
        .trim_start_matches("www.")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_scripts_apart() {
        for latin in ["Müller", "Đặng", "ISKP", "IS-Хк latin", "24/7"] {
            assert!(is_latin(latin), "{latin}");
        }
        for other in ["Сергей Миллер", "تنظيم", "東京", "Αθήνα"] {
            assert!(!is_latin(other), "{other}");
        }
    }
}
