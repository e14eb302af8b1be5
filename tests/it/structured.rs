//! What the page of a briefing tells machines, as JSON.

use serde_json::{Value, json};

use crate::site::TestSite;

const HARBOUR: &str = "\
---
title: The harbour </script> opens
date: 2024-07-21
updated: 2024-07-23
authors: [Jane Miller]
summary: The harbour opened on Friday.
topics: [Shipping]
tags: [ports]
storyline: Harbours
dateline: {place: Rotterdam}
image: {src: a quay.svg, alt: A quay}
sources:
  - {title: A register, url: 'https://register.example/', publisher: The register, date: 2024-07-20, archive_url: 'https://archive.example/1'}
corrections: [{date: 2024-07-23, text: The day was wrong.}]
entities: {about: [port-agency]}
---

The Port Agency opened the harbour of Rotterdam. “It was late,” said Joan Hardy, a minister.
";
const AGENCY: &str = "\
---
name: Port Agency
wikidata: Q1
sameAs: ['https://agency.example/']
---
";

fn graph() -> Vec<Value> {
    let site = TestSite::new()
        .file(
            "content/site.yaml",
            "title: Quay Notes\nbase_url: https://quay.example/notes\nauthor: The desk\n",
        )
        .file("content/briefings/harbour.md", HARBOUR)
        .file(
            "content/briefings/a quay.svg",
            "<svg xmlns=\"http://www.w3.org/2000/svg\"/>",
        )
        .file("content/entities/organisation/port-agency.md", AGENCY);
    site.build();
    let page = site.page("briefings/harbour/index.html");
    let (_, rest) = page.split_once("application/ld+json\">").unwrap();
    let (text, _) = rest.split_once("</script>").unwrap();
    let value: Value = serde_json::from_str(text).unwrap();
    assert_eq!(value["@context"], "https://schema.org");
    value["@graph"].as_array().unwrap().clone()
}

#[test]
fn a_briefing_says_what_it_is_about_and_what_it_rests_on() {
    let graph = graph();
    let article = &graph[0];
    let base = "https://quay.example/notes";
    let expected = [
        ("@type", json!("AnalysisNewsArticle")),
        ("@id", json!(format!("{base}/briefings/harbour/"))),
        (
            "mainEntityOfPage",
            json!(format!("{base}/briefings/harbour/")),
        ),
        ("headline", json!("The harbour </script> opens")),
        ("datePublished", json!("2024-07-21")),
        ("dateModified", json!("2024-07-23")),
        (
            "author",
            json!([{"@type": "Person", "name": "Jane Miller"}]),
        ),
        (
            "publisher",
            json!({"@type": "Organization", "name": "The desk"}),
        ),
        ("image", json!(format!("{base}/briefings/a%20quay.svg"))),
        ("articleSection", json!(["Shipping"])),
        ("keywords", json!(["Shipping", "ports"])),
        (
            "isPartOf",
            json!({
                "@type": "CreativeWorkSeries",
                "@id": format!("{base}/storylines/harbours/"),
                "url": format!("{base}/storylines/harbours/"),
                "name": "Harbours",
            }),
        ),
        (
            "about",
            json!([{
                "@type": "Organization",
                "@id": format!("{base}/entities/organisations/port-agency/"),
                "name": "Port Agency",
                "sameAs": ["https://www.wikidata.org/wiki/Q1", "https://agency.example/"],
            }]),
        ),
        (
            "contentLocation",
            json!({
                "@type": "Place",
                "@id": format!("{base}/entities/places/rotterdam/"),
                "name": "Rotterdam",
            }),
        ),
        (
            "citation",
            json!([{
                "@type": "CreativeWork",
                "name": "A register",
                "url": "https://register.example/",
                "archivedAt": "https://archive.example/1",
                "publisher": {"@type": "Organization", "name": "The register"},
                "datePublished": "2024-07-20",
            }]),
        ),
        (
            "correction",
            json!([{
                "@type": "CorrectionComment",
                "text": "The day was wrong.",
                "datePublished": "2024-07-23",
            }]),
        ),
    ];
    for (key, value) in expected {
        assert_eq!(article[key], value, "{key}");
    }
    let named: Vec<&str> = article["mentions"]
        .as_array()
        .unwrap()
        .iter()
        .filter_map(|m| m["@id"].as_str())
        .collect();
    for page in ["people/joan-hardy", "places/rotterdam"] {
        assert!(
            named.contains(&&*format!("{base}/entities/{page}/")),
            "{page}: {named:?}"
        );
    }
}

#[test]
fn a_briefing_says_the_way_to_it() {
    let graph = graph();
    let crumbs = &graph[1];
    assert_eq!(crumbs["@type"], "BreadcrumbList");
    let items = crumbs["itemListElement"].as_array().unwrap();
    let names: Vec<&Value> = items.iter().map(|item| &item["name"]).collect();
    assert_eq!(names, ["Home", "The harbour </script> opens"]);
    assert_eq!(items[0]["item"], "https://quay.example/notes/");
    assert_eq!(items[1]["position"], 2);
}
