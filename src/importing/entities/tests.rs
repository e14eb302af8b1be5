use camino::Utf8PathBuf;

use super::*;
use crate::{
    model::source::SourceFile,
    stages::parse::{self, ParseOptions},
};

fn list(name: &str, text: &str) -> List {
    let file = Utf8PathBuf::from(name);
    read(&file, text, None).unwrap_or_else(|error| panic!("{error}"))
}

fn registry(files: &[(&str, &str)]) -> Vec<SourceFile> {
    let file = |(path, text): &(&str, &str)| SourceFile {
        path: (*path).into(),
        text: (*text).into(),
    };
    files.iter().map(file).collect()
}

fn planned(list: List, files: &[SourceFile], by_name: bool) -> Plan {
    let options = ParseOptions::default();
    let entities: Vec<_> = files
        .iter()
        .filter_map(|file| parse::entity(file, &options).0)
        .collect();
    plan(list.records, &entities, files, by_name)
}

fn after<'a>(plan: &'a Plan, path: &str) -> &'a str {
    let change = plan.changes.iter().find(|change| change.path == path);
    let bytes = change.and_then(|change| change.after.as_deref());
    bytes
        .and_then(|bytes| std::str::from_utf8(bytes).ok())
        .unwrap_or_else(|| panic!("{path}: {:?}", plan.changes))
}

const WIKIDATA: &str = r#"{"entities": {"Q90001": {"id": "Q90001", "type": "item",
 "labels": {"en": {"value": "Oldhaven"}, "fr": {"value": "Vieux-Port"}}, "aliases": {"en": [{"value": "OH"}, {"value": "Haven"}]},
 "descriptions": {"en": {"value": "port city"}},
 "claims": {"P625": [{"mainsnak": {"datavalue": {"value": {"latitude": 51.9, "longitude": 4.1}}}, "rank": "normal"}],
  "P1566": [{"mainsnak": {"datavalue": {"value": "2700000"}}, "rank": "normal"}],
  "P213": [{"mainsnak": {"datavalue": {"value": "0000 0000 0000 0000"}}, "rank": "normal"}]}},
 "Q90002": {"id": "Q90002", "labels": {"en": {"value": "Ann Able"}}, "claims": {"P31": [{"mainsnak": {"datavalue": {"value": {"id": "Q5"}}}}]}},
 "Q90003": {"id": "Q90003", "labels": {"xx": {"value": "?"}}, "claims": {}}}}"#;

#[test]
fn wikidata_items_become_files() {
    let list = list("q.json", WIKIDATA);
    assert_eq!(list.format, Format::Wikidata);
    assert_eq!(list.left_out.len(), 1);
    let plan = planned(list, &[], false);
    assert_eq!(
        after(&plan, "entities/place/oldhaven.md"),
        "---\nname: Oldhaven\naliases:\n  - {name: \"Vieux-Port\", match: context}\n  - {name: OH, match: exact}\n  - {name: Haven, match: context}\n\
         names: {fr: Vieux-Port}\ndescription: port city\nwikidata: Q90001\ngeonames: \"2700000\"\ncoordinates: [51.9, 4.1]\n---\n".replace("\"Vieux-Port\"", "Vieux-Port")
    );
    assert!(after(&plan, "entities/person/ann-able.md").contains("wikidata: Q90002"));
}

#[test]
fn an_identifier_joins_and_nothing_is_changed() {
    let files = registry(&[(
        "entities/place/port.md",
        "---\nname: The Haven # ours\nwikidata: Q90001\ndescription: Where ships wait\n---\nProfile.\n",
    )]);
    let plan = planned(list("q.json", WIKIDATA), &files, false);
    let text = after(&plan, "entities/place/port.md");
    assert!(
        text.contains("name: The Haven # ours\n")
            && text.contains("description: Where ships wait\n")
            && text.ends_with("Profile.\n"),
        "{text}"
    );
    assert!(
        text.contains("coordinates: [51.9, 4.1]") && text.contains("- Oldhaven"),
        "{text}"
    );
    assert_eq!(plan.merges[0].because, "wikidata Q90001");
    assert!(!text.contains("port city"));
}

#[test]
fn a_name_alone_joins_only_when_asked() {
    let files = registry(&[("entities/person/ann-able.md", "---\nname: Ann Able\n---\n")]);
    let csv = "name,type,country\nAnn Able,person,NL\n";
    let plan = planned(list("a.csv", csv), &files, false);
    assert!(
        plan.changes.is_empty() && plan.left_out[0].contains("--by-name"),
        "{plan:?}"
    );
    let plan = planned(list("a.csv", csv), &files, true);
    assert_eq!(
        after(&plan, "entities/person/ann-able.md"),
        "---\nname: Ann Able\ncountry: NL\n---\n"
    );
}

#[test]
fn follow_the_money_with_roles() {
    let lines = "{\"id\":\"p1\",\"schema\":\"Person\",\"properties\":{\"name\":[\"Ann Able\"],\"weakAlias\":[\"The Boss\"],\"country\":[\"nl\"]}}\n\
        {\"id\":\"c1\",\"schema\":\"Company\",\"properties\":{\"name\":[\"Delta Lines\"],\"leiCode\":[\"529900T8BM49AURSDO55\"]}}\n\
        {\"id\":\"d1\",\"schema\":\"Directorship\",\"properties\":{\"director\":[\"p1\"],\"organization\":[\"c1\"],\"role\":[\"Chair\"],\"startDate\":[\"2019-03\"]}}\n\
        {\"id\":\"a1\",\"schema\":\"Address\",\"properties\":{\"full\":[\"Quay 1\"]}}\n";
    let list = list("e.json", lines);
    assert_eq!(list.left_out, ["1 of schema Address"]);
    let plan = planned(list, &[], false);
    let person = after(&plan, "entities/person/ann-able.md");
    assert!(person.contains("  - {name: The Boss, match: never}\ncountry: NL\nroles:\n  - {title: Chair, organisation: Delta Lines, from: 2019-03}\n# imported: p1\n"), "{person}");
    assert!(
        after(&plan, "entities/organisation/delta-lines.md")
            .contains("lei: \"529900T8BM49AURSDO55\"")
    );
}

#[test]
fn an_id_of_the_list_is_known_again() {
    let line =
        "{\"id\":\"p1\",\"schema\":\"Person\",\"properties\":{\"name\":[\"Ann B. Able\"]}}\n";
    let files = registry(&[(
        "entities/person/ann-able.md",
        "---\nname: Ann Able\n# imported: p1\n---\n",
    )]);
    let plan = planned(list("e.json", line), &files, false);
    assert!(after(&plan, "entities/person/ann-able.md").contains("Ann B. Able"));
}

#[test]
fn stix_without_what_is_marked() {
    let bundle = r#"{"type":"bundle","id":"bundle--1","objects":[
      {"type":"identity","id":"identity--1","name":"Ann Able","identity_class":"individual"},
      {"type":"threat-actor","id":"threat-actor--1","name":"Grey Gull","aliases":["GG"],"description":"A group. It has boats."},
      {"type":"location","id":"location--1","name":"Oldhaven","latitude":51.9,"longitude":4.1,"country":"NL"},
      {"type":"identity","id":"identity--2","name":"Secret","identity_class":"organization","object_marking_refs":["marking-definition--5e57c739-391a-4eb3-b6be-7d15ca92d5ed"]},
      {"type":"malware","id":"malware--1","name":"M"}]}"#;
    let list = list("b.json", bundle);
    assert_eq!(
        list.left_out,
        ["1 marked above TLP:CLEAR", "1 of type malware"]
    );
    let plan = planned(list, &[], false);
    assert_eq!(plan.changes.len(), 3);
    assert!(after(&plan, "entities/organisation/grey-gull.md").contains("description: A group.\n"));
}

#[test]
fn opensanctions_table() {
    let csv = "id,schema,name,aliases,birth_date,countries,addresses,identifiers,sanctions,phones,emails,dataset,first_seen,last_seen,last_change\n\
        NK-9EBhRXHqpRgFyKL9aYMuTk,Person,Ann Able,A. Able;Able Ann,1970-01-01,nl,,,,,,Test,,,\n\
        x,Vessel,Gull,,,,,,,,,Test,,,\n";
    let list = list("targets.simple.csv", csv);
    assert_eq!(
        list.left_out,
        ["line 3: Gull: `Vessel` is no person, organisation, place or event"]
    );
    let plan = planned(list, &[], false);
    let text = after(&plan, "entities/person/ann-able.md");
    assert!(
        text.contains("opensanctions: NK-9EBhRXHqpRgFyKL9aYMuTk") && text.contains("- Able Ann\n"),
        "{text}"
    );
}

#[test]
fn what_cannot_be_read_says_why() {
    let file = Utf8PathBuf::from("x.csv");
    let refused = |text: &str| read(&file, text, None).err();
    assert_eq!(
        refused("a,b\n1,2\n").as_deref(),
        Some("the table has no column `name`; its columns are a, b")
    );
    let json = Utf8PathBuf::from("x.json");
    assert!(read(&json, "{\"a\": 1}", None).is_err() && read(&json, "{\"a\": ", None).is_err());
}
