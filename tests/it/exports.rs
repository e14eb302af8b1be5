//! The site as data: every file is of its format and says what the pages say.

use serde_json::Value;

use crate::site::TestSite;

fn built() -> TestSite {
    let site = TestSite::new()
        .file("content/site.yaml", "title: Desk\nbase_url: https://example.org/desk\n")
        .article("a.md", "On 3 May 2024 the =Sum Agency met at Harbour Day in Paris. \"It is all done now,\" Jane Miller said.")
        .article("b.md", "Jane Miller, a rail expert, left Paris.")
        .file(
            "content/entities/organisation/sum.md",
            "---\nname: \"=Sum Agency\"\n---\n",
        )
        .file(
            "content/entities/event/harbour-day.md",
            "---\nname: Harbour Day\nstart: 2024-05-03\ndescription: A day, of harbours\n---\n",
        );
    site.build();
    site
}

fn json(site: &TestSite, path: &str) -> Value {
    serde_json::from_str(&site.page(path)).unwrap()
}

#[test]
fn a_briefing_has_its_data_beside_it() {
    let site = built();
    let briefing = json(&site, "briefings/a/index.json");
    assert_eq!(briefing["url"], "https://example.org/desk/briefings/a/");
    assert_eq!(briefing["dates"][0]["date"], "2024-05-03");
    assert_eq!(briefing["quotations"][0]["speaker"], "Jane Miller");
    let entities = briefing["entities"].as_array().unwrap();
    let agency = entities
        .iter()
        .find(|e| e["name"] == "=Sum Agency")
        .unwrap();
    assert_eq!(
        (&agency["state"], &agency["count"]),
        (&"confirmed".into(), &1.into())
    );
    assert!(
        site.page("briefings/a/index.html")
            .contains("href=\"index.json\"")
    );
}

#[test]
fn tables_hold_every_entity_and_mention() {
    let site = built();
    let entities = json(&site, "entities.json");
    let names: Vec<&str> = entities
        .as_array()
        .unwrap()
        .iter()
        .map(|entity| entity["name"].as_str().unwrap())
        .collect();
    assert_eq!(
        names,
        ["Jane Miller", "=Sum Agency", "Paris", "Harbour Day"]
    );
    let csv = site.page("entities.csv");
    assert!(
        csv.contains(",'=Sum Agency,organisation,confirmed,"),
        "{csv}"
    );
    let mentions = site.page("mentions.csv");
    assert!(
        mentions.contains(",Jane Miller,person,detected,Jane Miller,literal,"),
        "{mentions}"
    );
    let places = json(&site, "places.geojson");
    let point = &places["features"][0];
    assert_eq!(point["properties"]["name"], "Paris");
    // GeoJSON has the longitude first.
    assert!(
        point["geometry"]["coordinates"][0].as_f64().unwrap() < 3.0,
        "{point}"
    );
}

#[test]
fn calendar_graph_and_feeds() {
    let site = built();
    let calendar = site.page("events.ics");
    assert!(
        calendar.contains("DTSTART;VALUE=DATE:20240503\r\nDTEND;VALUE=DATE:20240504\r\n"),
        "{calendar}"
    );
    assert!(
        calendar.contains("DESCRIPTION:A day\\, of harbours\r\n"),
        "{calendar}"
    );
    let graph = site.page("graph.gexf");
    assert!(
        graph.contains("label=\"Jane Miller\"") && graph.contains("weight=\"2\""),
        "{graph}"
    );
    let feed = json(&site, "feed.json");
    assert_eq!(feed["items"].as_array().unwrap().len(), 2);
    assert_eq!(feed["feed_url"], "https://example.org/desk/feed.json");
    let person = json(&site, "entities/people/jane-miller/feed.json");
    assert_eq!(person["title"], "Briefings that name Jane Miller");
    assert!(
        site.page("feeds.opml")
            .contains("https://example.org/desk/entities/people/jane-miller/feed.xml")
    );
}

#[test]
fn pages_say_what_they_are_about_and_nothing_unchecked() {
    let site = built();
    let data = |path: &str| -> Value {
        let page = site.page(path);
        let script = page.split("ld+json\">").nth(1).unwrap();
        serde_json::from_str(script.split("</script>").next().unwrap()).unwrap()
    };
    let article = data("briefings/a/index.html");
    assert_eq!(article["@graph"][0]["@type"], "AnalysisNewsArticle");
    assert_eq!(
        article["@graph"][1]["itemListElement"][0]["item"],
        "https://example.org/desk/"
    );
    let person = &data("entities/people/jane-miller/index.html")["@graph"][0];
    let keys: Vec<&String> = person.as_object().unwrap().keys().collect();
    assert_eq!(
        keys,
        ["@id", "@type", "name"],
        "a detected person is named and no more"
    );
    let event = &data("entities/events/harbour-day/index.html")["@graph"][0];
    assert_eq!(event["startDate"], "2024-05-03");
}

/// A registered person of whom much is known, a secret briefing, and one that may travel among some.
fn guarded() -> TestSite {
    let briefing = |extra: &str, text: &str| {
        format!("---\ntitle: T\ndate: 2024-05-03\nupdated: 2024-05-09\n{extra}\n---\n\n{text}\n")
    };
    let site = TestSite::new()
        .file("content/site.yaml", "title: Desk\nbase_url: https://example.org/desk\n")
        .file(
            "content/briefings/a.md",
            briefing("marking: TLP:GREEN", "Ada Penn met Jane Miller, a rail expert, in Paris for the Sum Agency."),
        )
        .file("content/briefings/b.md", briefing("draft: true", "Secretive Agency met Ada Penn."))
        .file(
            "content/entities/person/ada.md",
            "---\nname: Ada Penn\naliases: [The Pen]\ndescription: Head of the agency\nwikidata: Q42\nroles: [{title: Head, organisation: sum}]\n---\n",
        )
        .file(
            "content/entities/organisation/sum.md",
            "---\nname: Sum Agency\naliases: [SA]\ndescription: An agency\nwikidata: Q43\n---\n",
        );
    site.build();
    site
}

fn ftm(site: &TestSite) -> Vec<Value> {
    let text = site.page("entities.ftm.json");
    let lines = text.lines();
    lines
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

#[test]
fn followthemoney_says_of_persons_where_they_are_named() {
    let site = guarded();
    let all = ftm(&site);
    let named = |name: &str| {
        let mut found = all.iter().filter(|e| e["properties"]["name"][0] == name);
        found.find(|e| e["schema"] != "Mention").unwrap()
    };
    let ada = named("Ada Penn");
    let keys: Vec<&String> = ada["properties"].as_object().unwrap().keys().collect();
    assert_eq!(keys, ["keywords", "name", "sourceUrl"], "{ada}");
    assert_eq!(ada["schema"], "Person");
    let jane = &named("Jane Miller")["properties"];
    assert_eq!(jane["keywords"][0], "detected");
    let note = jane["notes"][0].as_str().unwrap();
    assert!(
        note.contains("confidence 0.") || note.contains("confidence 1.00"),
        "{note}"
    );
    let agency = &named("Sum Agency")["properties"];
    assert_eq!(
        (&agency["wikidataId"][0], &agency["alias"][0]),
        (&"Q43".into(), &"SA".into())
    );
    let joined = all
        .iter()
        .filter(|e| e["schema"] == "Documentation" && e["properties"]["entity"][0] == ada["id"]);
    let joined: Vec<&Value> = joined.collect();
    assert_eq!(joined.len(), 1, "the draft is not there");
    let article = all
        .iter()
        .find(|e| e["id"] == joined[0]["properties"]["document"][0])
        .unwrap();
    assert_eq!(
        article["properties"]["sourceUrl"][0],
        "https://example.org/desk/briefings/a/"
    );
    assert!(!site.page("entities.ftm.json").contains("Secretive"));
}

#[test]
fn stix_marks_what_is_marked_and_what_is_detected() {
    let site = guarded();
    let bundle = json(&site, "bundle.stix.json");
    let objects = bundle["objects"].as_array().unwrap();
    let named = |name: &str| objects.iter().find(|o| o["name"] == name).unwrap();
    let green = "marking-definition--bab4a63c-aed9-4cf5-a766-dfca5abac2bb";
    assert_eq!(named("TLP:GREEN")["id"], green);
    let (ada, jane) = (named("Ada Penn"), named("Jane Miller"));
    assert_eq!(ada["object_marking_refs"][0], green);
    assert_eq!(
        (&ada["labels"][0], &jane["labels"][0]),
        (&"confirmed".into(), &"detected".into())
    );
    assert!(ada["confidence"].is_null() && jane["confidence"].as_u64().unwrap() > 50);
    for unsaid in ["description", "country", "sectors"] {
        assert!(ada[unsaid].is_null(), "{ada}");
    }
    assert_eq!(ada["external_references"].as_array().unwrap().len(), 1);
    let report = named("T");
    assert_eq!(report["modified"], "2024-05-09T00:00:00.000Z");
    let refs = report["object_refs"].as_array().unwrap();
    assert!(
        refs.contains(&ada["id"]) && refs.contains(&named("Paris")["id"]),
        "{report}"
    );
    assert!(!site.page("bundle.stix.json").contains("Secretive"));
}

#[test]
fn ids_of_exports_stay_when_texts_change() {
    let ids = |site: &TestSite| -> Vec<Value> {
        let mut ids: Vec<Value> = ftm(site).iter().map(|e| e["id"].clone()).collect();
        let bundle = json(site, "bundle.stix.json");
        ids.extend(
            bundle["objects"]
                .as_array()
                .unwrap()
                .iter()
                .map(|o| o["id"].clone()),
        );
        ids
    };
    let site = guarded();
    let before = ids(&site);
    let site = site.file(
        "content/briefings/a.md",
        "---\ntitle: Another\ndate: 2024-05-04\nmarking: TLP:GREEN\n---\n\nAda Penn met Jane Miller, a rail expert, in Paris, for the Sum Agency, again.\n",
    );
    site.build();
    assert_eq!(ids(&site), before);
}
