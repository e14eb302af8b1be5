//! A paragraph in each language: what is found, and nothing besides.
#![allow(clippy::unwrap_used)]

use std::collections::{BTreeMap, BTreeSet};

use camino::Utf8PathBuf;
use jiff::civil::date;

use crate::{
    model::{
        article::EntityRules,
        document::Document,
        entity::{Alias, AliasRule, EntityId, EntityKind, Facts, RegistryEntity},
        span::Span,
    },
    stages::extract::{
        Context, NameIndex, article,
        testing::{self, unmark},
    },
};

fn entity(id: &str, kind: EntityKind, name: &str, aliases: &[&str]) -> RegistryEntity {
    RegistryEntity {
        path: Utf8PathBuf::from(format!("entities/{id}.md")),
        id: EntityId(id.into()),
        kind,
        name: name.to_owned(),
        aliases: aliases
            .iter()
            .map(|name| Alias {
                name: (*name).to_owned(),
                rule: AliasRule::Plain,
                source: Span::default(),
            })
            .collect(),
        names: BTreeMap::new(),
        description: None,
        same_as: Vec::new(),
        wikidata: None,
        coordinates: None,
        country: None,
        part_of: None,
        former: Vec::new(),
        start: None,
        end: None,
        living: false,
        draft: false,
        marking: None,
        facts: Facts::default(),
        profile: Document::default(),
    }
}

/// Names above the display threshold are marked `[[name|kind]]`; the times are given as EDTF.
fn check(language: &str, marked: &str, times: &[&str]) {
    let registry = [
        entity(
            "port-agency",
            EntityKind::Organisation,
            "Port Agency",
            &[
                "Hafenamt",
                "Autoridad de Puertos",
                "Агентство портов",
                "Agence des ports",
            ],
        ),
        entity(
            "dushanbe",
            EntityKind::Place,
            "Dushanbe",
            &["Душанбе", "Duschanbe"],
        ),
        entity(
            "karimov",
            EntityKind::Person,
            "Aziz Karimov",
            &["Азиз Каримов"],
        ),
    ];
    let names = NameIndex::new(&registry, &BTreeMap::new()).unwrap();
    let (text, expected) = unmark(marked);
    let document = testing::document(&text);
    let rules = EntityRules::default();
    let context = Context {
        date: date(2024, 7, 21),
        language,
        names: &names,
        rules: &rules,
        detect: true,
        without: &BTreeSet::new(),
        recogniser: None,
        evidence: None,
    };
    let extraction = article(&document, &context);
    let found: Vec<(String, String)> = extraction
        .mentions
        .iter()
        .filter(|mention| mention.confidence >= 0.5)
        .map(|mention| {
            let kind = format!("{:?}", mention.kind).to_lowercase();
            (mention.span.of(&document.text).to_owned(), kind)
        })
        .collect();
    assert_eq!(found, expected, "{text}");
    let values: Vec<String> = extraction
        .times
        .iter()
        .map(|time| time.value.to_string())
        .collect();
    assert_eq!(values, times, "{text}");
    assert!(extraction.attributions.is_empty());
}

#[test]
fn french() {
    check(
        "fr",
        "Nice surprise vendredi à [[Paris|place]] : l'[[Agence des ports|organisation]] a annoncé, \
         selon l'AFP-TV, que [[Aziz Karimov|person]] quittera la [[France|place]] en mars. Tours et \
         détours, dit-il à [[Nice|place]]. Libération immédiate le 19 juillet 2024 pour Jordan, un \
         lycéen. Sale affaire. Mars est loin, May aussi. Le minister Smith attack said.",
        &["2024-07-19", "2024-03", "2024-07-19"],
    );
}

#[test]
fn german() {
    check(
        "de",
        "Das Essen in der Halle war gut, das [[Hafenamt|organisation]] zahlte. Am 19. Juli flog \
         [[Aziz Karimov|person]] nach [[Duschanbe|place]]; im Hof fiel Regen. Die Welt und die Zeit \
         warten, so der Spiegel. Die Worms und die Bergen, in [[Essen|place]] und [[Berlin|place]] \
         traf man sich im vergangenen Jahr. Der Kiel brach. Die Polizei sagte der Union ab.",
        &["2024-07-19", "2023"],
    );
}

#[test]
fn spanish() {
    check(
        "es",
        "El viernes la [[Autoridad de Puertos|organisation]] habló en [[Madrid|place]] con \
         [[Aziz Karimov|person]]. Salta la vista: Santiago dijo que el león duerme. Mayo fue frío. \
         Granada de mano hallada el 3 de mayo de 2024. La marcha de Mercedes terminó la semana \
         pasada. Victoria clara en [[Cuba|place]].",
        &["2024-07-19", "2024-05-03", "2024-07-08/2024-07-14"],
    );
}

#[test]
fn russian() {
    check(
        "ru",
        "В пятницу [[Азиз Каримов|person]] прилетел в [[Душанбе|place]]. [[Агентство портов|organisation]] \
         открылось в 2022 году. [[ДУШАНБЕ|place]] ждёт. Душанбинский поезд ушёл вчера. Мир и май, \
         труд и март. По данным следствия, 19 июля 2024 года.",
        &["2024-07-19", "2022", "2024-07-20", "2024-07-19"],
    );
}
