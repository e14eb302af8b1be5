//! The site claims no more than it knows: why a name is listed, who vouches for it, how exact a date
//! is, what standing in the same briefings means, what waits for an editor, what was corrected.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use crate::site::TestSite;

fn front(title: &str, more: &str, body: &str) -> String {
    format!("---\ntitle: {title}\ndate: 2024-07-21\n{more}---\n\n{body}\n")
}

/// A site with names of both states, found by many rules.
fn mixed() -> TestSite {
    TestSite::new()
        .file("content/site.yaml", "base_url: https://example.org\n")
        .file("content/entities/organisation/port-agency.md", "---\nname: Port Agency\n---\nIt.\n")
        .file("content/entities/person/anna-berg.md", "---\nname: Anna Berg\n---\nShe.\n")
        .file("content/entities/decisions.yaml", "accepted: [{name: Ministry of Docks, kind: organisation}]\n")
        .file(
            "content/briefings/a.md",
            front(
                "Quays",
                "entities: {about: [port-agency]}\n",
                "The Ministry of Docks and the Ministry of Quays met in Rotterdam, said President Carl Dorn. \
                 [[anna-berg|She]] spoke. The Harbour Workers Union (HWU) was there. The HWU left for Lyon on 3 March 2024.",
            ),
        )
        .article("b.md", "The Ministry of Quays of Rotterdam met Carl Dorn and the Port Agency.")
}

fn json(site: &TestSite, path: &str) -> Value {
    serde_json::from_str(&site.page(path)).unwrap()
}

/// Addresses of entities below the site, by state.
fn states(site: &TestSite) -> BTreeMap<String, bool> {
    let entities = json(site, "entities.json");
    let list = entities
        .as_array()
        .cloned()
        .unwrap_or_else(|| entities["entities"].as_array().unwrap().clone());
    let pair = |entity: &Value| {
        let url = entity["url"].as_str().unwrap();
        let path = url
            .strip_prefix("https://example.org/")
            .unwrap()
            .trim_end_matches('/');
        (path.to_owned(), entity["state"] == "confirmed")
    };
    list.iter().map(pair).collect()
}

#[test]
fn what_is_detected_is_never_shown_as_confirmed() {
    let site = mixed();
    site.build();
    let states = states(&site);
    let count = |confirmed: bool| states.values().filter(|own| **own == confirmed).count();
    assert!(count(true) >= 3 && count(false) >= 3, "{states:?}");
    let mut seen = BTreeSet::new();
    for (page, bytes) in site
        .output()
        .into_iter()
        .filter(|(path, _)| path.ends_with(".html"))
    {
        let html = String::from_utf8(bytes).unwrap();
        for tag in html
            .split("<a ")
            .skip(1)
            .map(|rest| rest.split('>').next().unwrap())
        {
            // Names that are marked as entities of a kind; those in the text have no mark at all.
            if !(tag.contains("class=\"entity ") || tag.contains("class=\"node ")) {
                continue;
            }
            let href = tag
                .split("href=\"")
                .nth(1)
                .unwrap()
                .split('"')
                .next()
                .unwrap();
            let path = href
                .trim_start_matches("../")
                .trim_end_matches("/index.html");
            // A list of a kind bears the sign of its kind.
            if path.matches('/').count() < 2 {
                continue;
            }
            let known = states.iter().find(|(own, _)| own.ends_with(path));
            let (own, confirmed) = known.unwrap_or_else(|| panic!("{page}: {href}"));
            let class = tag
                .split("class=\"")
                .nth(1)
                .unwrap()
                .split('"')
                .next()
                .unwrap();
            assert_eq!(
                !class.split(' ').any(|c| c == "detected"),
                *confirmed,
                "{page}: {tag}"
            );
            seen.insert(own.clone());
        }
    }
    assert_eq!(seen.len(), states.len(), "every entity is linked somewhere");
    for (path, confirmed) in &states {
        let page = site.page(&format!("{path}/index.html"));
        let state = page.split("class=\"state-long\">").nth(1).unwrap();
        let state = state.split('<').next().unwrap().to_lowercase();
        assert_eq!(state.contains("detected"), !confirmed, "{path}: {state}");
        assert_eq!(state.contains("confirmed"), *confirmed, "{path}: {state}");
    }
    // The tables say the same.
    for line in site.page("mentions.csv").lines().skip(1) {
        let own = states
            .iter()
            .find(|(path, _)| line.contains(&format!("https://example.org/{path}/")));
        let (path, confirmed) = own.unwrap_or_else(|| panic!("{line}"));
        assert_eq!(line.contains(",confirmed,"), *confirmed, "{path}: {line}");
    }
    let briefing = json(&site, "briefings/a/index.json");
    for entity in briefing["entities"].as_array().unwrap() {
        let url = entity["url"].as_str().unwrap();
        let (_, confirmed) = states
            .iter()
            .find(|(path, _)| url.ends_with(&format!("/{path}/")))
            .unwrap();
        assert_eq!(entity["state"] == "confirmed", *confirmed, "{url}");
    }
}

/// What the sidebar answers to "why?" beside a name.
fn why(page: &str, name: &str) -> String {
    let (_, rest) = page
        .split_once(&format!(
            "why?<span class=\"visually-hidden\"> {name}</span></summary>"
        ))
        .unwrap_or_else(|| panic!("{name} has no why"));
    rest.split("</details>").next().unwrap().to_owned()
}

#[test]
fn every_name_of_a_sidebar_says_why() {
    for theme in ["default", "situation"] {
        let site = mixed().file(
            "content/site.yaml",
            format!("base_url: https://example.org\ntheme: {{name: {theme}}}\n"),
        );
        site.build();
        let page = site.page("briefings/a/index.html");
        let named = json(&site, "briefings/a/index.json")["entities"]
            .as_array()
            .unwrap()
            .len();
        assert_eq!(
            page.matches("<details class=\"why\">").count(),
            named,
            "{theme}"
        );
        let check = |name: &str, rule: &str, state: &str, sentence: Option<&str>| {
            let why = why(&page, name);
            assert!(why.contains(rule) && why.contains(state), "{name}: {why}");
            match sentence {
                Some(words) => assert!(why.contains("<q>") && why.contains(words), "{name}: {why}"),
                None => assert!(!why.contains("<q>"), "{name}: {why}"),
            }
        };
        let (confirmed, detected) = ("Confirmed: an editor", "Detected: no editor");
        check("Port Agency", "The author lists it.", confirmed, None);
        check(
            "Anna Berg",
            "The author linked it.",
            confirmed,
            Some("She spoke."),
        );
        check(
            "Ministry of Docks",
            "An editor accepted the name.",
            confirmed,
            Some("The Ministry of Docks"),
        );
        check(
            "Ministry of Quays",
            "A word of the name says what it is.",
            detected,
            Some("Ministry of Quays met"),
        );
        check(
            "Rotterdam",
            "in a list of places",
            detected,
            Some("met in Rotterdam"),
        );
        check(
            "Carl Dorn",
            "A title or role",
            detected,
            Some("said President Carl Dorn"),
        );
        check(
            "Harbour Workers Union",
            "The",
            detected,
            Some("Harbour Workers Union (HWU)"),
        );
    }
}

#[test]
fn dates_are_no_more_exact_than_the_text() {
    let site = TestSite::new().article(
        "a.md",
        "In March 2019 the port of Rotterdam closed. In spring 2018 the port of Lyon closed. In 2017 the port of Oslo closed. \
         In the 1990s the port of Lima closed. Around May 2016 the port of Bergen closed.",
    );
    site.build();
    let dates = json(&site, "briefings/a/index.json")["dates"].clone();
    let dates: Vec<&str> = dates
        .as_array()
        .unwrap()
        .iter()
        .map(|date| date["date"].as_str().unwrap())
        .collect();
    for date in &dates {
        assert!(
            date.len() <= 8 && !date.ends_with("-01"),
            "{date} of {dates:?}"
        );
    }
    assert!(
        dates.contains(&"2019-03") && dates.contains(&"2017"),
        "{dates:?}"
    );
    for (path, bytes) in site.output() {
        let text = String::from_utf8_lossy(&bytes);
        for year in ["2019", "2018", "2017", "2016", "1990"] {
            for exact in [
                format!("{year}-01-01"),
                format!("{year}-03-01"),
                format!("{year}-05-01"),
                format!("1 January {year}"),
                format!("1 March {year}"),
                format!("{year}0301"),
                format!("{year}0101"),
            ] {
                assert!(!text.contains(&exact), "{path} says {exact}");
            }
        }
    }
}

#[test]
fn company_is_called_what_it_is() {
    let site = mixed();
    site.build();
    let entity = site.page("entities/organisations/port-agency/index.html");
    assert!(
        entity.contains("Named in the same briefings</h2>"),
        "{entity}"
    );
    assert!(
        site.page("graph/index.html")
            .contains("named in the same briefings")
    );
    assert!(
        site.page("graph.gexf")
            .contains("named in the same briefings")
    );
    let claims = [
        "associate",
        "connected to",
        "connection",
        "linked with",
        "ties to",
        "relationship",
        "knows",
        "network of",
    ];
    for (path, bytes) in site.output() {
        let is_shown =
            path.ends_with(".html") || path.ends_with(".gexf") || path.ends_with(".json");
        if !is_shown || path.starts_with("methods") {
            continue;
        }
        let text = String::from_utf8_lossy(&bytes).to_lowercase();
        for claim in claims {
            assert!(!text.contains(claim), "{path} says “{claim}”");
        }
    }
}

const LIVING: &str =
    "---\nname: Jane Miller\naliases: [Miller-Kent]\nliving: true\n---\nShe lives.\n";

/// Whether data and pages of a briefing name the person.
fn names_her(site: &TestSite, briefing: &str) -> bool {
    let named = json(site, &format!("briefings/{briefing}/index.json"))["entities"]
        .as_array()
        .unwrap()
        .iter()
        .any(|entity| entity["name"] == "Jane Miller");
    let page = site.page(&format!("briefings/{briefing}/index.html"));
    let links = page.contains("why?<span class=\"visually-hidden\"> Jane Miller</span>")
        || page.contains("id=\"n-person-jane-miller");
    let url = format!("/briefings/{briefing}/,");
    let listed = site
        .page("mentions.csv")
        .lines()
        .any(|line| line.contains(&url) && line.contains(",Jane Miller,person,"));
    let on_her_page = site
        .page("entities/people/jane-miller/index.html")
        .contains(&format!("briefings/{briefing}/index.html"));
    assert!(
        named == links && named == on_her_page && (named || !listed),
        "{briefing}: {named} {links} {listed} {on_her_page}"
    );
    named
}

#[test]
fn living_people_wait_for_an_editor() {
    let said = "\"No,\" said Jane Miller, a clerk, in Oslo on 3 March 2024. Ms Miller left. Miller-Kent wrote.";
    let site = TestSite::new()
        .file("content/entities/person/jane-miller.md", LIVING)
        .article("detected.md", said)
        .article("linked.md", &format!("{said} [[jane-miller|She]] came."))
        .file(
            "content/briefings/listed.md",
            front("Listed", "entities: {add: [jane-miller]}\n", said),
        )
        .file(
            "content/briefings/bound.md",
            front("Bound", "entities: {as: {Ms Miller: jane-miller}}\n", said),
        );
    site.build();
    // Everything but what only other briefings bring: the newest list at its foot.
    assert!(!names_her(&site, "detected"));
    assert!(names_her(&site, "linked"));
    assert!(names_her(&site, "listed"));
    assert!(names_her(&site, "bound"));
    let site = site.file(
        "content/entities/decisions.yaml",
        "accepted: [{name: Jane Miller, kind: person}]\n",
    );
    site.build();
    assert!(names_her(&site, "detected"));
}

/// The same person under another spelling waits as well, and is nobody else meanwhile.
#[test]
fn living_people_wait_under_other_spellings() {
    let person = "---\nname: Volodymyr Zelensky\nliving: true\n---\n";
    let said = "\"No,\" said Volodymyr Zelenskyy, the president, in Oslo. Mr Zelenskyy left.";
    let site = TestSite::new()
        .file("content/entities/person/zelensky.md", person)
        .article("a.md", said)
        .article("b.md", said);
    site.build();
    let entities = site.page("entities.csv");
    assert!(!entities.contains("Zelenskyy"), "{entities}");
    assert!(
        !site.page("mentions.csv").contains(",person,"),
        "{}",
        site.page("mentions.csv")
    );
    // Without the word in the file both are found, and are the same.
    let site = site.file(
        "content/entities/person/zelensky.md",
        person.replace("true", "false"),
    );
    site.build();
    assert!(
        site.page("mentions.csv")
            .contains(",Volodymyr Zelensky,person,"),
        "{}",
        site.page("mentions.csv")
    );
}

#[test]
fn only_people_live() {
    let site = TestSite::new()
        .file(
            "content/entities/place/oslo.md",
            "---\nname: Oslo\nliving: true\n---\n",
        )
        .article("a.md", "Text.");
    let run = site.run(&["check"]);
    assert!(
        run.code == 1 && run.stderr.contains("`living` is said of a person"),
        "{}",
        run.stderr
    );
}

#[test]
fn corrections_have_a_page_a_box_and_a_feed() {
    let corrections = "corrections: [{date: 2024-07-22, text: The day was wrong.}, {date: 2024-07-25, text: The port & the year were wrong.}]\n";
    let site = TestSite::new()
        .file("content/site.yaml", "base_url: https://example.org\n")
        .file(
            "content/briefings/a.md",
            front("Quays", corrections, "Text."),
        )
        .file(
            "content/briefings/hidden.md",
            front(
                "Hidden",
                "draft: true\ncorrections: [{date: 2024-07-26, text: Secret.}]\n",
                "Text.",
            ),
        );
    site.build();
    let atom = site.page("corrections/feed.xml");
    let order = [
        "#correction-2</id>",
        "2024-07-25T00:00:00Z",
        "The port &amp; the year",
        "#correction-1</id>",
        "The day was wrong.",
    ];
    let mut at = 0;
    for text in order {
        at += atom[at..]
            .find(text)
            .unwrap_or_else(|| panic!("{text} in {atom}"));
    }
    assert!(!atom.contains("Secret"), "{atom}");
    let feed = json(&site, "corrections/feed.json");
    assert_eq!(
        feed["items"][0]["url"],
        "https://example.org/briefings/a/#correction-2"
    );
    let article = site.page("briefings/a/index.html");
    assert!(
        article.contains("<p id=\"correction-2\"><strong>25 July 2024.</strong> The port"),
        "{article}"
    );
    let page = site.page("corrections/index.html");
    assert!(
        page.contains("href=\"feed.xml\"") && page.contains("corrections/feed.xml\""),
        "{page}"
    );
    assert!(site.page("feeds.opml").contains("corrections/feed.xml"));
}
