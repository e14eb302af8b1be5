//! The graph of the site and that of an entity: what is drawn, and that all of it can be read without
//! the drawing.

use crate::site::TestSite;

const TOWNS: [&str; 6] = ["Paris", "Berlin", "Madrid", "Vienna", "Lisbon", "Warsaw"];

/// Six briefings of three towns each, in a ring.
fn ring() -> TestSite {
    (0..6).fold(TestSite::new(), |site, n| {
        let [a, b, c] = [n, n + 1, n + 2].map(|n| TOWNS[n % 6]);
        let text = format!("Trains ran from {a} to {b} and on to {c} on Friday.");
        site.article(&format!("line-{n}.md"), &text)
    })
}

#[test]
fn every_node_is_a_link_in_the_drawing_and_a_row_in_the_list() {
    let site = ring();
    site.build();
    let page = site.page("graph/index.html");
    let (drawing, list) = page.split_once("id=\"as-a-list\"").unwrap();
    for town in TOWNS {
        let address = format!(
            "href=\"../entities/places/{}/index.html\"",
            town.to_lowercase()
        );
        assert_eq!(
            drawing.matches(&address).count(),
            1,
            "{town} in the drawing"
        );
        assert!(drawing.contains(&format!(
            "<title>{town}: place, detected, 3 briefings</title>"
        )));
        assert!(list.contains(&address), "{town} in the list");
    }
    assert!(drawing.matches("<line ").count() >= 6);
    assert!(!page.contains("style="));
    assert!(
        site.page("index.html").contains("graph/index.html"),
        "it is in the navigation"
    );
}

#[test]
fn an_entity_stands_in_the_middle_of_its_own_graph() {
    let site = ring();
    site.build();
    let page = site.page("entities/places/paris/index.html");
    assert_eq!(page.matches("class=\"node centre").count(), 1);
    // Four towns share a line with Paris.
    assert_eq!(page.matches("data-node=").count(), 4);
}

#[test]
fn without_company_there_is_no_drawing() {
    let site = TestSite::new().article("a.md", "It rained in Paris on Friday.");
    site.build();
    let page = site.page("graph/index.html");
    assert!(
        !page.contains("<svg") && page.contains("No two names"),
        "{page}"
    );
    assert!(
        !site
            .page("entities/places/paris/index.html")
            .contains("class=\"network\"")
    );
}

#[test]
fn a_large_site_is_drawn_within_bounds() {
    // 260 registered people, each named with the next two.
    let mut site = TestSite::new();
    for n in 0..260 {
        let name = |n: usize| format!("[[p{}]]", n % 260);
        let text = format!("{} met {} and {}.", name(n), name(n + 1), name(n + 2));
        site = site.article(&format!("meeting-{n}.md"), &text).file(
            &format!("content/entities/person/p{n}.md"),
            format!("---\nname: Person Number{n}\n---\n"),
        );
    }
    site.build();
    let page = site.page("graph/index.html");
    assert_eq!(page.matches("data-node=").count(), 200);
    assert!(page.matches("<line ").count() <= 600);
    assert!(page.len() < 300_000, "{} bytes", page.len());
}
