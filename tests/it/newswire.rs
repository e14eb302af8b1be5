//! A piece of newswire of the shape that has most traps: two short forms in one bracket, a hall and
//! the attack on it, months without a year, a capital that is a government, a people, a source, and
//! the credit of a picture.

use crate::site::TestSite;

const TEXT: &str = r#"---
title: Norwegian services look for informants ahead of the Oslo Olympics
date: 2023-08-04
image:
  src: quay.svg
  alt: A quay in Bergen
  credit: Lagos from Jakarta, cc-by-2.0
---

Norwegian security services are said to be looking for informants ahead of the August 9 start of the
Oslo Olympics.

AFP on August 2 reported that it spoke with eight people who know of the work. It began after attacks
in Kenya and Somalia this year that authorities say were carried out by Somali members of Free
Coast-Southern Command (FCSC, or FC-S). A bombing at a market took place in Kenya in February. In outer
Nairobi in May, gunmen opened fire at Jamhuri Concert Hall, killing 30 people.

Ingrid Solberg, a Norwegian academic who has advised French and US agencies, told the news agency that
Oslo may have been slow to see it.

"Norway has looked at people from the Middle East, not from East Africa," she said. "I think Norway
was surprised by what happened in Nairobi."

Last year, six Somalis living in Sweden were arrested with Ghana-based FCSC cash, according to prosecutors, two months before the
Jamhuri Concert Hall attack.

Photo: Manila from Lima
"#;

fn built() -> TestSite {
    let site = TestSite::new()
        .file("content/briefings/oslo.md", TEXT)
        .file(
            "content/briefings/quay.svg",
            "<svg xmlns=\"http://www.w3.org/2000/svg\"/>",
        );
    site.build();
    site
}

/// Kind, names and number of briefings of every entity, as `entities list` has them.
fn entities(site: &TestSite, kind: &str) -> Vec<String> {
    let run = site.run(&["entities", "list"]);
    let own = run.stdout.lines().filter(|line| line.starts_with(kind));
    own.map(|line| line[31..].to_owned()).collect()
}

#[test]
fn every_entity_is_there_and_no_other() {
    let site = built();
    assert_eq!(entities(&site, "person"), ["Ingrid Solberg"]);
    assert_eq!(
        entities(&site, "organisation"),
        ["Agence France-Presse", "Free Coast-Southern Command"]
    );
    assert_eq!(
        entities(&site, "event"),
        ["Jamhuri Concert Hall attack", "Oslo Olympics"]
    );
    assert_eq!(
        entities(&site, "place"),
        [
            "East Africa",
            "France",
            "Ghana",
            "Jamhuri Concert Hall",
            "Kenya",
            "Middle East",
            "Nairobi",
            "Norway",
            "Oslo",
            "Somalia",
            "Sweden",
            "United States"
        ]
    );
}

#[test]
fn the_page_says_in_which_sense() {
    let page = built().page("briefings/oslo/index.html");
    assert!(page.contains("also as FCSC, FC-S"), "{page}");
    assert!(page.contains("as its government"), "{page}");
    let reported = page.split("Who reported").nth(1).unwrap();
    assert!(reported.contains("Agence France-Presse"), "{reported}");
    let quoted = page.split("Quoted here").nth(1).unwrap();
    assert_eq!(
        quoted.matches("ingrid-solberg/index.html").count(),
        2,
        "{quoted}"
    );
}

#[test]
fn dates_count_from_the_articles_own() {
    let site = built();
    let pages = ["2023", "2022"].map(|year| site.page(&format!("timeline/{year}/index.html")));
    let pages = pages.concat();
    let dates: Vec<&str> = pages
        .split("class=\"when\">")
        .skip(1)
        .filter_map(|rest| rest.split('<').next())
        .collect();
    assert_eq!(
        dates,
        [
            "9 August 2023",
            // The briefing itself.
            "4 August 2023",
            "2 August 2023",
            "May 2023",
            "February 2023",
            "2022"
        ]
    );
}
