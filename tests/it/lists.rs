//! Lists of entities, topics and storylines: what stands where, and that no page grows without end.

use crate::site::TestSite;

const SITE: &str = "\
topics: [{id: Ports, summary: Ships and quays.}]
storylines:
  - id: harbours
    title: The harbours
    questions:
      - {question: Who owns the quay?, asked: 2024-07-01}
      - {question: Is it open?, answer: It is.}
";

fn briefing(n: usize, day: usize, text: &str) -> (String, String) {
    let path = format!("content/briefings/b{n}.md");
    let date = jiff::civil::date(2024, 1, 1) + jiff::Span::new().days(i64::try_from(day).unwrap());
    (
        path,
        format!(
            "---\ntitle: Part {n}\ndate: {date}\nsummary: Standfirst {n}.\ntopics: [Ports]\nstoryline: harbours\n---\n\n{text}\n"
        ),
    )
}

fn story(parts: usize) -> TestSite {
    let site = TestSite::new().file("content/site.yaml", SITE);
    (0..parts).fold(site, |site, n| {
        let town = ["Rotterdam", "Lisbon"][n % 2];
        let (path, text) = briefing(
            n,
            n,
            &format!("The quay of {town} was closed. The Port of {town} said so."),
        );
        site.file(&path, text)
    })
}

#[test]
fn a_storyline_says_what_happened_who_and_what_is_open() {
    let site = story(3);
    site.build();
    let page = site.page("storylines/harbours/index.html");
    let at = |text: &str| page.find(text).unwrap_or_else(|| panic!("no `{text}`"));
    assert!(at("Standfirst 0.") < at("Standfirst 1.") && at("Standfirst 1.") < at("Standfirst 2."));
    assert!(
        page.contains(
            "<strong>Open</strong> since <time datetime=\"2024-07-01\">1 July 2024</time>"
        )
    );
    assert!(page.contains("<strong>Answered.</strong> It is."));
    // Rotterdam is in the first and the third part, Lisbon in the second.
    let cast = &page[at("Who is in it</h2>")..];
    let first = cast.find("First <a").unwrap();
    assert!(cast[first..].starts_with(
        "First <a href=\"../../briefings/b0/index.html\"><time datetime=\"2024-01-01\">"
    ));
    assert!(cast.contains("last <a href=\"../../briefings/b2/index.html\">"));
    assert!(cast.contains("Seen <a href=\"../../briefings/b1/index.html\">"));
    // Two places make a map.
    assert!(page.contains("id=\"where\""));
}

#[test]
fn long_lists_go_on_over_further_pages() {
    let site = story(70);
    site.build();
    for (first, pages, per_page) in [("topics/ports", 3, 30), ("storylines/harbours", 2, 60)] {
        let mut seen = Vec::new();
        for n in 1..=pages {
            let path = if n == 1 {
                format!("{first}/index.html")
            } else {
                format!("{first}/{n}/index.html")
            };
            let page = site.page(&path);
            assert!(page.contains(&format!("Page {n} of {pages}")), "{path}");
            let (_, main) = page.split_once("<main").unwrap();
            let own: Vec<usize> = (0..70)
                .filter(|n| main.contains(&format!("Standfirst {n}.")))
                .collect();
            assert!(own.len() <= per_page, "{path}");
            seen.extend(own);
        }
        seen.sort_unstable();
        assert_eq!(seen, (0..70).collect::<Vec<_>>(), "{first}");
    }
}

#[test]
fn a_topic_says_who_is_named_most() {
    let site = story(4);
    site.build();
    let page = site.page("topics/ports/index.html");
    let (_, rail) = page.split_once("<aside").unwrap();
    assert!(
        rail.contains(">Places</h3>") && rail.contains(">Rotterdam<"),
        "{rail}"
    );
    assert!(
        page.contains("topics/ports/feed.xml")
            || page.contains("href=\"../../topics/ports/feed.xml\"")
    );
}

#[test]
fn names_are_listed_by_country() {
    let site = TestSite::new()
        .article(
            "a.md",
            "The Port Agency met in Rotterdam and in Lisbon. Anna Berg came.",
        )
        .file(
            "content/entities/organisation/port-agency.md",
            "---\nname: Port Agency\ncountry: NL\n---\n",
        )
        .file(
            "content/entities/person/anna-berg.md",
            "---\nname: Anna Berg\n---\n",
        );
    site.build();
    let index = site.page("entities/countries/index.html");
    assert!(index.contains("countries/nl/index.html") && index.contains("countries/pt/index.html"));
    let page = site.page("entities/countries/nl/index.html");
    assert!(page.contains("Port Agency") && page.contains("Rotterdam"));
    assert!(!page.contains("Lisbon") && !page.contains("Anna Berg"));
    assert!(
        site.page("entities/organisations/index.html")
            .contains("countries/index.html")
    );
    assert!(
        !site
            .page("entities/people/index.html")
            .contains("countries/index.html")
    );
}

#[test]
fn many_names_have_a_page_for_each_letter() {
    let mut site = TestSite::new().article("a.md", "[[p7]] and Joan Hardy, a minister, spoke.");
    for n in 0..1200 {
        let letter = ["A", "B", "Я"][(n % 10).min(2)];
        site = site.file(
            &format!("content/entities/person/p{n}.md"),
            format!("---\nname: {letter}n{n} Number\n---\n"),
        );
    }
    site.build();
    let index = site.page("entities/people/index.html");
    assert!(
        index.contains("1,200 confirmed by an editor")
            && index.contains("1 detected by the program")
    );
    assert!(index.contains("entities/a-z/people/u42f/index.html"));
    assert!(index.len() < 50_000, "{} bytes", index.len());
    let first = site.page("entities/a-z/people/u42f/index.html");
    let second = site.page("entities/a-z/people/u42f/2/index.html");
    assert!(first.contains("Page 1 of 2") && second.contains("Page 2 of 2"));
    let count = |page: &str| page.matches("class=\"entity person").count();
    assert_eq!(count(&first) + count(&second), 960);
    assert!(first.contains("aria-current=\"page\">Я"));
    // Every name is on one page.
    assert_eq!(count(&site.page("entities/a-z/people/a/index.html")), 120);
    assert_eq!(count(&site.page("entities/a-z/people/j/index.html")), 1);
}

/// The pages and files of the site that a page links to, by their paths.
fn linked(path: &str, page: &str) -> Vec<String> {
    let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
    let parts = page.split("href=\"").skip(1);
    let links = parts.filter_map(|rest| rest.split(['"', '#']).next());
    let own = links.filter(|link| !link.is_empty() && !link.contains(':'));
    own.map(|link| {
        let mut way: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
        for part in link.split('/') {
            match part {
                ".." => drop(way.pop()),
                part => way.push(part),
            }
        }
        way.join("/")
    })
    .collect()
}

#[test]
fn parts_can_be_left_out_and_nothing_links_to_them() {
    let without = "without: [search, graph, map, timeline, data]\n";
    let site = story(4).file("content/site.yaml", format!("{SITE}{without}"));
    site.build();
    let output = site.output();
    for gone in [
        "search/index.html",
        "graph/index.html",
        "map/index.html",
        "timeline/index.html",
        "entities.csv",
        "briefings/b0/index.json",
        "briefings/b0/index.md",
    ] {
        assert!(!output.contains_key(gone), "{gone}");
    }
    for (path, bytes) in output
        .iter()
        .filter(|(path, _)| path.ends_with("index.html"))
    {
        for link in linked(path, &String::from_utf8_lossy(bytes)) {
            assert!(output.contains_key(&link), "{path} links to {link}");
        }
    }
    let linking = site
        .article("links.md", "See [the graph](/graph/index.html).")
        .run(&["build", "--strict"]);
    assert!(
        linking.stderr.contains("leads nowhere"),
        "{}",
        linking.stderr
    );
}

#[test]
fn what_is_not_looked_for_is_not_found() {
    let text =
        "Jane Miller, a rail expert, said on 3 May 2023: \"Paris was ready.\" See [[Lisbon]].";
    let site = TestSite::new()
        .file("content/site.yaml", "without: [names, dates, quotations]\n")
        .file(
            "content/entities/place/lisbon.md",
            "---\nname: Lisbon\n---\n",
        )
        .article("a.md", text);
    let list = site.run(&["entities", "list"]).stdout;
    assert!(list.contains("Lisbon") && !list.contains("Paris"), "{list}");
    site.build();
    let page = site.page("briefings/a/index.html");
    assert!(!page.contains("class=\"quotation\""), "{page}");
    assert!(!page.contains("class=\"when\""), "{page}");
    let unknown = site.file("content/site.yaml", "without: [grpah]\n");
    let run = unknown.run(&["check"]);
    assert!(
        run.stderr.contains("write `names`, `dates`"),
        "{}",
        run.stderr
    );
}
