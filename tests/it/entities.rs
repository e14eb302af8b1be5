//! The pages of entities: what the registry says, company, sentences over several pages, and what
//! machines are told.

use serde_json::Value;

use crate::site::TestSite;

const BERG: &str = "\
---
name: Anna Berg
aliases: [{name: Анна Берг, match: never}, A. Berg]
isni: 0000 0001 2281 955X
website: https://berg.example/
roles:
  - {title: Clerk, from: 2009, to: 2012-05}
  - {title: Harbour master, organisation: Port Agency, from: 2019-03, source: 'https://agency.example/people'}
  - {title: Adviser, organisation: The River Board, to: 2019-01-31}
---

Master.
";
const AGENCY: &str =
    "---\nname: Port Agency\npart_of: port-board\ncountry: NL\n---\n\nIt runs ports.\n";

fn port() -> TestSite {
    TestSite::new()
        .file("content/entities/person/anna-berg.md", BERG)
        .file("content/entities/organisation/port-agency.md", AGENCY)
        .file(
            "content/entities/organisation/port-board.md",
            "---\nname: Port Board\n---\n",
        )
}

/// What a page tells machines: the items of its JSON-LD.
fn structured(page: &str) -> Vec<Value> {
    let (_, rest) = page.split_once("application/ld+json\">").unwrap();
    let (json, _) = rest.split_once("</script>").unwrap();
    let value: Value = serde_json::from_str(json).unwrap();
    value["@graph"].as_array().unwrap().clone()
}

fn item(page: &str, kind: &str) -> Value {
    let items = structured(page);
    let found = items.into_iter().find(|item| item["@type"] == kind);
    found.unwrap_or_else(|| panic!("no {kind} in the page"))
}

/// The places of texts in a page, which must be in this order.
fn in_order(page: &str, texts: &[&str]) {
    let mut at = 0;
    for text in texts {
        let found = page[at..].find(text);
        at += found.unwrap_or_else(|| panic!("`{text}` is not where it should be")) + text.len();
    }
}

#[test]
fn roles_stand_on_both_pages_the_latest_first() {
    let site = port().article("a.md", "Anna Berg spoke.");
    site.build();
    let page = site.page("entities/people/anna-berg/index.html");
    in_order(
        &page,
        &[
            "March 2019",
            "to now",
            "Harbour master",
            "organisations/port-agency/index.html",
            "agency.example/people",
            "until",
            "31 January 2019",
            "Adviser, The River Board",
            "2009",
            "May 2012",
            "Clerk",
        ],
    );
    let agency = site.page("entities/organisations/port-agency/index.html");
    in_order(
        &agency,
        &[
            "Who has a role here",
            "Harbour master",
            "people/anna-berg/index.html",
        ],
    );
    in_order(&agency, &["Part of", "Port Board"]);
    in_order(
        &site.page("entities/organisations/port-board/index.html"),
        &["Parts", "Port Agency"],
    );
}

#[test]
fn names_in_other_scripts_and_registers_are_told_apart() {
    let site = port().article("a.md", "Anna Berg spoke.");
    site.build();
    let page = site.page("entities/people/anna-berg/index.html");
    in_order(
        &page,
        &[
            "Also called",
            "A. Berg",
            "In other scripts",
            "Анна Берг",
            "Elsewhere",
            "https://berg.example/",
            "https://isni.org/isni/000000012281955X",
        ],
    );
}

#[test]
fn machines_are_told_what_editors_vouch_for() {
    let site = port().article(
        "a.md",
        "Anna Berg of the Port Agency met Joan Hardy, a minister, in Paris.",
    );
    site.build();
    let person = item(&site.page("entities/people/anna-berg/index.html"), "Person");
    let same: Vec<&str> = person["sameAs"]
        .as_array()
        .unwrap()
        .iter()
        .filter_map(Value::as_str)
        .collect();
    assert_eq!(
        same,
        [
            "https://isni.org/isni/000000012281955X",
            "https://berg.example/"
        ]
    );
    assert_eq!(person["memberOf"][0]["roleName"], "Harbour master");
    assert_eq!(person["memberOf"][0]["startDate"], "2019-03");
    assert_eq!(
        person["memberOf"][0]["memberOf"]["@id"],
        "http://localhost/entities/organisations/port-agency/"
    );
    assert_eq!(person["memberOf"][1]["memberOf"]["name"], "The River Board");
    assert_eq!(person["hasOccupation"][0]["hasOccupation"]["name"], "Clerk");
    assert_eq!(person["identifier"][0]["propertyID"], "ISNI");
    let agency = item(
        &site.page("entities/organisations/port-agency/index.html"),
        "Organization",
    );
    assert_eq!(agency["parentOrganization"]["name"], "Port Board");
    assert_eq!(agency["address"]["addressCountry"], "NL");
    // Of what the machine found nothing is said but its name.
    let detected = item(
        &site.page("entities/people/joan-hardy/index.html"),
        "Person",
    );
    let keys: Vec<&String> = detected.as_object().unwrap().keys().collect();
    assert_eq!(keys, ["@id", "@type", "name"]);
    for page in [
        "people/anna-berg",
        "organisations/port-agency",
        "places/paris",
    ] {
        let page = site.page(&format!("entities/{page}/index.html"));
        let crumbs = item(&page, "BreadcrumbList");
        assert_eq!(crumbs["itemListElement"].as_array().unwrap().len(), 3);
    }
}

#[test]
fn company_is_listed_with_its_briefings() {
    let site = port()
        .article("a.md", "Anna Berg met the Port Agency.")
        .article("b.md", "Anna Berg left the Port Agency.");
    site.build();
    let page = site.page("entities/people/anna-berg/index.html");
    let (_, company) = page.split_once("class=\"index-list companions\"").unwrap();
    in_order(
        company,
        &[
            "organisations/port-agency/index.html",
            "Port Agency",
            "2 briefings",
            "briefings/a/index.html",
            "briefings/b/index.html",
        ],
    );
}

#[test]
fn what_others_say_of_an_entity_is_told_from_what_it_says() {
    let site = port().article(
        "a.md",
        "\"The Port Agency is late,\" said Anna Berg. It rained.",
    );
    site.build();
    let agency = site.page("entities/organisations/port-agency/index.html");
    in_order(
        &agency,
        &[
            "What others say of it",
            "The Port Agency is late",
            "Anna Berg",
        ],
    );
    assert!(!agency.contains("id=\"quoted\""));
    let person = site.page("entities/people/anna-berg/index.html");
    assert!(person.contains("id=\"quoted\"") && !person.contains("id=\"quoted-about\""));
}

#[test]
fn places_of_its_sentences_are_on_a_map() {
    let site = port().article(
        "a.md",
        "Anna Berg flew from Paris to Berlin. Madrid was far away.",
    );
    site.build();
    let page = site.page("entities/people/anna-berg/index.html");
    let (_, map) = page.split_once("Places in its sentences").unwrap();
    let (map, _) = map.split_once("</section>").unwrap();
    assert!(map.contains(">Paris<") && map.contains(">Berlin<") && !map.contains(">Madrid<"));
}

#[test]
fn thousands_of_mentions_go_on_over_pages_that_stay_small() {
    let mut site = port();
    for year in 2020..2024 {
        for n in 0..4 {
            let text: String = (0..120)
                .map(|k| format!("On day {k} Anna Berg wrote letter number {k} of that year to the board and kept a copy. "))
                .collect();
            site = site.file(
                &format!("content/briefings/{year}-{n}.md"),
                format!(
                    "---\ntitle: Letters {n} of {year}\ndate: {year}-0{}-01\n---\n\n{text}\n",
                    n + 1
                ),
            );
        }
    }
    site.build();
    let output = site.output();
    let first = "entities/people/anna-berg/";
    let pages: Vec<(&String, &Vec<u8>)> = output
        .iter()
        .filter(|(path, _)| path.starts_with(first) && path.ends_with("index.html"))
        .collect();
    assert!(pages.len() > 3, "{} pages", pages.len());
    let mut sentences = 0;
    for (path, bytes) in &pages {
        assert!(bytes.len() < 300_000, "{path}: {} bytes", bytes.len());
        sentences += String::from_utf8_lossy(bytes)
            .matches("class=\"jump\"")
            .count();
    }
    assert_eq!(
        sentences,
        16 * 120 + 1,
        "each sentence once, and the source of a role"
    );
    let page = site.page("entities/people/anna-berg/2/index.html");
    assert!(page.contains("<title>Anna Berg, page 2 · Briefings</title>"));
    in_order(&page, &["#y2023", "#y2020", "Page 2 of"]);
    // Every year leads to where it begins.
    let home = site.page("entities/people/anna-berg/index.html");
    for year in 2020..2024 {
        let end = format!("#y{year}\"");
        let at = home.find(&end).unwrap();
        let start = home[..at].rfind("href=\"").unwrap() + 6;
        let target = home[start..at].trim_start_matches("../");
        let path = if target.is_empty() {
            format!("{first}index.html")
        } else {
            target.to_owned()
        };
        assert!(
            site.page(&path).contains(&format!("id=\"y{year}\"")),
            "{year}: {path}"
        );
    }
    let again = site.output();
    site.build();
    assert!(again == site.output());
}

#[test]
fn a_persons_page_says_what_briefings_call_them() {
    let site = TestSite::new().article(
        "a.md",
        "Interior Minister Jane Miller said so. \u{201c}It was late,\u{201d} said Robert Clark, a French academic who knows the port.",
    );
    site.build();
    let minister = site.page("entities/people/jane-miller/index.html");
    assert!(
        minister.contains("What briefings call Jane Miller"),
        "{minister}"
    );
    assert!(
        minister.contains("<mark>Interior Minister</mark> Jane Miller said so."),
        "{minister}"
    );
    let academic = site.page("entities/people/robert-clark/index.html");
    assert!(
        academic.contains("a <mark>French academic</mark> who knows"),
        "{academic}"
    );
}

const SPELLINGS: [(&str, &str); 3] = [
    (
        "a.md",
        "President Sergei Morozenko spoke. Minister Sergei Morozenko left.",
    ),
    (
        "b.md",
        "President Serhiy Morozenko spoke in Oslo. Minister Serhiy Morozenko left.",
    ),
    (
        "c.md",
        "President Sergey Morozenko-Ash met Minister Sergey Morozenkov.",
    ),
];

fn people(site: &TestSite) -> Vec<String> {
    let list = site.run(&["entities", "list"]).stdout;
    let people = list.lines().filter(|line| line.starts_with("person"));
    people.map(|line| line[13..].to_owned()).collect()
}

#[test]
fn spellings_of_one_name_are_one_person() {
    let mut site = TestSite::new();
    for (path, text) in SPELLINGS {
        site = site.article(path, text);
    }
    let found = people(&site);
    assert!(
        found.contains(&"detected       2  Sergei Morozenko".to_owned()),
        "{found:?}"
    );
    assert_eq!(found.len(), 3, "{found:?}");
    site.build();
    let page = site.page("entities/people/sergei-morozenko/index.html");
    in_order(&page, &["Serhiy Morozenko", "/b/"]);
}

#[test]
fn an_editor_keeps_two_spellings_apart_and_the_registry_claims_them() {
    let site = |decisions: &str| {
        let mut site = TestSite::new().file("content/entities/decisions.yaml", decisions);
        for (path, text) in SPELLINGS {
            site = site.article(path, text);
        }
        site
    };
    let two = "distinct:\n  - {name: Sergei Morozenko, other: Serhiy Morozenko}\n";
    let found = people(&site(two));
    assert_eq!(found.len(), 4, "{found:?}");
    let own = "accepted:\n  - {name: Serhiy Morozenko, kind: person}\n";
    let found = people(&site(own));
    assert_eq!(found.len(), 4, "{found:?}");
    let registered = site("accepted: []\n").file(
        "content/entities/person/sergii-morozenko.md",
        "---\nname: Sergii Morozenko\n---\n",
    );
    let found = people(&registered);
    assert!(
        found.contains(&"confirmed      2  Sergii Morozenko".to_owned()),
        "{found:?}"
    );
}
