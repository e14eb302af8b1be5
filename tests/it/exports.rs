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
