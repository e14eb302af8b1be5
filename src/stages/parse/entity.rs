//! Registry files: `entities/<kind>/*.md`.

mod facts;

use std::collections::BTreeMap;

use camino::Utf8Path;

use super::{ParseOptions, document, split};
use crate::{
    diagnostic::{Code, Diagnostic},
    model::{
        article::Marking,
        document::Document,
        entity::{Alias, AliasRule, EntityId, EntityKind, RegistryEntity},
        geo::{Coordinates, CountryCode},
        source::SourceFile,
    },
    yaml::{self, Fields, Node, Value},
};

/// The words for kinds, in folders and after `type:`.
pub(super) const KINDS: &[(&str, EntityKind)] = &[
    ("person", EntityKind::Person),
    ("people", EntityKind::Person),
    ("persons", EntityKind::Person),
    ("organisation", EntityKind::Organisation),
    ("organisations", EntityKind::Organisation),
    ("organization", EntityKind::Organisation),
    ("organizations", EntityKind::Organisation),
    ("place", EntityKind::Place),
    ("places", EntityKind::Place),
    ("event", EntityKind::Event),
    ("events", EntityKind::Event),
];

const RULES: &[(&str, AliasRule)] = &[
    ("plain", AliasRule::Plain),
    ("exact", AliasRule::Exact),
    ("context", AliasRule::NeedsContext),
    ("never", AliasRule::Never),
];

/// Parses a registry file. `None` where it cannot be used; the diagnostics say why.
#[must_use]
pub fn entity(
    source: &SourceFile,
    options: &ParseOptions<'_>,
) -> (Option<RegistryEntity>, Vec<Diagnostic>) {
    let parsed = split(source).and_then(|halves| {
        Ok((
            halves,
            yaml::parse(&source.path, &source.text, halves.front)?,
        ))
    });
    let (halves, node) = match parsed {
        Ok(parts) => parts,
        Err(problem) => return (None, vec![*problem]),
    };
    let mut fields = Fields::marked(&source.path, &source.text, node, options.mark.shown());
    let entity = read(&mut fields, &source.path);
    let mut problems = fields.finish();
    let Some(entity) = entity else {
        return (None, problems);
    };
    let options = ParseOptions {
        library: None,
        ..*options
    };
    let (profile, more) = document(source, halves.body, &entity.name, &[], &options);
    problems.extend(more);
    (Some(RegistryEntity { profile, ..entity }), problems)
}

/// The keys of the registry file at `path`, or with `parent` those of the maps under that key.
#[must_use]
pub fn keys(path: &Utf8Path, parent: Option<&str>) -> Vec<&'static str> {
    yaml::keys(parent, |fields| read(fields, path))
}

fn read(fields: &mut Fields<'_>, path: &Utf8Path) -> Option<RegistryEntity> {
    let name = fields.required_text("name", "what do readers call it?");
    // Among editors: read by nobody.
    fields.take("notes");
    let kind = kind(fields, path);
    let id = fields
        .text("id")
        .unwrap_or_else(|| path.file_stem().unwrap_or_default().to_owned());
    let entity = RegistryEntity {
        path: path.to_owned(),
        id: EntityId(id.into()),
        kind: kind.unwrap_or(EntityKind::Organisation),
        name: name.clone().unwrap_or_default(),
        aliases: aliases(fields),
        names: BTreeMap::new(),
        former: fields.texts("old_ids"),
        description: fields.text("description"),
        same_as: fields.texts("sameAs"),
        wikidata: wikidata(fields),
        coordinates: coordinates(fields),
        country: country(fields),
        part_of: fields
            .text_at("part_of")
            .map(|(id, span)| (EntityId(id.into()), span)),
        start: fields.date("start"),
        end: fields.date("end"),
        living: living(fields, kind),
        draft: fields.flag("draft").unwrap_or(false),
        marking: fields.choice("marking", &Marking::CHOICES),
        facts: facts::facts(fields),
        profile: Document::default(),
    };
    let entity = with_names(fields, entity);
    (name.is_some() && kind.is_some()).then_some(entity)
}

/// Adds what it is called in other languages. Texts are looked through for these names as for
/// aliases; one that is an alias too keeps the rule that it has there.
fn with_names(fields: &mut Fields<'_>, mut entity: RegistryEntity) -> RegistryEntity {
    for (key, node) in fields.pairs("names") {
        let source = node.span;
        let is_tag = key.name.split('-').enumerate().all(|(n, part)| {
            let least = if n == 0 { 2 } else { 1 };
            (least..=8).contains(&part.len())
                && part.bytes().all(|b| b.is_ascii_alphanumeric())
                && (n > 0 || part.bytes().all(|b| b.is_ascii_alphabetic()))
        });
        if !is_tag {
            let message = format!("`{}` is no tag of a language", key.name);
            let hint = "write it as `fr`, `pt-BR` or `sr-Latn`";
            fields.problem(Code::YamlBadValue, key.span, message, hint);
        }
        let Some(name) = fields.as_text(node).filter(|_| is_tag) else {
            continue;
        };
        if entity.name != name && entity.aliases.iter().all(|alias| alias.name != name) {
            entity.aliases.push(Alias {
                name: name.clone(),
                rule: AliasRule::Plain,
                source,
            });
        }
        entity.names.insert(key.name, name);
    }
    entity
}

fn kind(fields: &mut Fields<'_>, path: &Utf8Path) -> Option<EntityKind> {
    if let Some(kind) = fields.choice("type", KINDS) {
        return Some(kind);
    }
    let folder = path.components().nth(1).map_or("", |part| part.as_str());
    let kind = kind_of_folder(folder);
    if kind.is_none() {
        fields.missing("type", "write `type: person`, `organisation`, `place` or `event`, or move the file to entities/person/ and so on");
    }
    kind
}

/// The kind of the entities in a folder of this name.
#[must_use]
pub fn kind_of_folder(folder: &str) -> Option<EntityKind> {
    let found = KINDS
        .iter()
        .find(|(word, _)| word.eq_ignore_ascii_case(folder));
    found.map(|(_, kind)| *kind)
}

fn aliases(fields: &mut Fields<'_>) -> Vec<Alias> {
    let nodes = fields.list("aliases");
    let mut aliases = Vec::new();
    for node in nodes {
        let source = node.span;
        if let Value::Text(name) = node.value {
            aliases.push(Alias {
                name,
                rule: AliasRule::Plain,
                source,
            });
            continue;
        }
        let alias = fields.nested(node, &|fields: &mut Fields<'_>| {
            let name = fields.required_text("name", "write `{name: …, match: exact}`");
            let rule = fields.choice("match", RULES).unwrap_or_default();
            Some(Alias {
                name: name?,
                rule,
                source,
            })
        });
        aliases.extend(alias);
    }
    aliases
}

/// Only people live.
fn living(fields: &mut Fields<'_>, kind: Option<EntityKind>) -> bool {
    let place = fields.span_of("living").unwrap_or_default();
    let living = fields.flag("living").unwrap_or(false);
    if living && kind.is_some_and(|kind| kind != EntityKind::Person) {
        let message = "`living` is said of a person".to_owned();
        fields.problem(Code::YamlBadValue, place, message, "remove it");
    }
    living
}

fn wikidata(fields: &mut Fields<'_>) -> Option<String> {
    let (item, span) = fields.text_at("wikidata")?;
    let digits = item.strip_prefix('Q').unwrap_or_default();
    if digits.is_empty() || !digits.bytes().all(|b| b.is_ascii_digit()) {
        let message = format!("`{item}` is no Wikidata item");
        fields.problem(Code::YamlBadValue, span, message, "write it as Q90");
        return None;
    }
    Some(item)
}

/// `[48.85, 2.35]` or `{lat: 48.85, lon: 2.35}`, in degrees.
fn coordinates(fields: &mut Fields<'_>) -> Option<Coordinates> {
    let node = fields.take("coordinates")?;
    let span = node.span;
    let number = |node: &Node| match node.value {
        Value::Number(number) => Some(number),
        _ => None,
    };
    let pair = match &node.value {
        Value::List(items) if items.len() == 2 => number(&items[0]).zip(number(&items[1])),
        Value::Map(pairs) => {
            let find = |name: &str| {
                pairs
                    .iter()
                    .find(|(k, _)| k.name == name)
                    .and_then(|(_, n)| number(n))
            };
            find("lat").zip(find("lon"))
        }
        _ => None,
    };
    let in_range =
        |(lat, lon): &(f64, f64)| (-90.0..=90.0).contains(lat) && (-180.0..=180.0).contains(lon);
    let Some((lat, lon)) = pair.filter(in_range) else {
        let message = "these are no coordinates".to_owned();
        fields.problem(
            Code::YamlBadValue,
            span,
            message,
            "write `[latitude, longitude]` in degrees, north and east positive",
        );
        return None;
    };
    Some(Coordinates {
        latitude: lat as f32,
        longitude: lon as f32,
    })
}

fn country(fields: &mut Fields<'_>) -> Option<CountryCode> {
    let (code, span) = fields.text_at("country")?;
    match code.as_bytes() {
        [a, b] if a.is_ascii_uppercase() && b.is_ascii_uppercase() => Some(CountryCode([*a, *b])),
        _ => {
            let message = format!("`{code}` is no country code");
            fields.problem(
                Code::YamlBadValue,
                span,
                message,
                "write the two capitals of ISO 3166, such as FR",
            );
            None
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn parse(path: &str, text: &str) -> (Option<RegistryEntity>, Vec<&'static str>) {
        let source = SourceFile {
            path: path.into(),
            text: text.into(),
        };
        let (entity, problems) = entity(&source, &ParseOptions::default());
        (entity, problems.iter().map(|p| p.code.as_str()).collect())
    }

    #[test]
    fn reads_an_entity() {
        let (entity, problems) = parse(
            "entities/place/paris.md",
            "---\nname: Paris\naliases: [City of Light, {name: Paname, match: exact}]\nwikidata: Q90\n\
             coordinates: [48.85, 2.35]\ncountry: FR\nold_ids: [paname, organisation/ville-de-paris]\n---\nCapital of France.\n",
        );
        assert!(problems.is_empty(), "{problems:?}");
        let entity = entity.unwrap();
        assert_eq!((entity.kind, &*entity.id.0), (EntityKind::Place, "paris"));
        assert_eq!(entity.former, ["paname", "organisation/ville-de-paris"]);
        assert_eq!(entity.aliases[1].rule, AliasRule::Exact);
        assert_eq!(entity.profile.text, "Capital of France.");
    }

    #[test]
    fn has_names_in_other_languages() {
        let (entity, problems) = parse(
            "entities/place/kyiv.md",
            "---\nname: Kyiv\naliases: [{name: Kiev, match: never}]\n\
             names: {uk: Київ, ru: Киев, fr: Kiev, pt-BR: Quieve}\n---\n",
        );
        assert!(problems.is_empty(), "{problems:?}");
        let entity = entity.unwrap();
        assert_eq!(entity.name_in("ru-RU"), Some("Киев"));
        assert_eq!(entity.name_in("PT-br"), Some("Quieve"));
        assert_eq!(entity.name_in("pt"), None);
        let rules: Vec<_> = entity.aliases.iter().map(|a| (&*a.name, a.rule)).collect();
        assert_eq!(rules[0], ("Kiev", AliasRule::Never), "the rule stays");
        assert_eq!(rules.len(), 4);
        let (_, problems) = parse(
            "entities/place/kyiv.md",
            "---\nname: Kyiv\nnames: {the Ukrainian: Київ, ru: [Киев]}\n---\n",
        );
        assert_eq!(problems, ["yaml/bad-value", "yaml/wrong-type"]);
    }

    #[test]
    fn reports_what_is_wrong() {
        let (entity, problems) = parse(
            "entities/thing/x.md",
            "---\nname: X\nwikidata: 90\ncoordinates: [100, 0]\ncountry: France\n---\n",
        );
        assert!(entity.is_none());
        assert_eq!(problems.len(), 4, "{problems:?}");
    }
}
