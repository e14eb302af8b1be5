//! Sites in several languages: lists, feeds and search for each, names and order by language. A site in
//! one language has nothing of it.

use crate::site::TestSite;

fn article(title: &str, language: &str, body: &str) -> String {
    format!(
        "---\ntitle: {title}\ndate: 2024-07-21\nlanguage: {language}\ntopics: [Порты]\n---\n\n{body}\n"
    )
}

/// Two languages, one of them in two regions.
fn site() -> TestSite {
    TestSite::new()
        .file(
            "content/site.yaml",
            "title: Desk\nlanguage: en\nbase_url: https://desk.example\n",
        )
        .file(
            "content/entities/place/kyiv.md",
            "---\nname: Kyiv\nnames: {uk: Київ, ru: Киев, de: Kiew}\n---\n",
        )
        .file(
            "content/briefings/ports.md",
            article("Ports", "en-GB", "The port of Kyiv closed."),
        )
        .file(
            "content/briefings/quays.md",
            article("Quays", "en", "Quays opened."),
        )
        .file(
            "content/briefings/porty.md",
            article("Порты", "ru", "Порт в городе Киев закрыт."),
        )
}

#[test]
fn each_language_has_a_list_and_a_feed() {
    let site = site();
    site.build();
    let list = site.page("languages/ru/index.html");
    assert!(
        list.contains("<h1>Russian</h1>") && list.contains("porty/index.html"),
        "{list}"
    );
    assert!(!list.contains("briefings/ports/"));
    let index = site.page("languages/index.html");
    assert!(
        index.contains(">English</a>") && index.contains(">Russian</a>"),
        "{index}"
    );
    let page = site.page("briefings/ports/index.html");
    for part in [
        "hreflang=\"en\" title=\"Desk: English\" href=\"../../languages/en/feed.xml\"",
        "hreflang=\"ru\" title=\"Desk: Русский\" href=\"../../languages/ru/feed.xml\"",
        "<a href=\"../../languages/index.html\">Languages</a>",
    ] {
        assert!(page.contains(part), "{part}");
    }
    let feed = site.page("languages/ru/feed.xml");
    assert!(
        feed.contains("xml:lang=\"ru\"") && feed.contains("<entry>"),
        "{feed}"
    );
    assert_eq!(feed.matches("<entry").count(), 1);
    assert_eq!(
        site.page("languages/en/feed.xml").matches("<entry").count(),
        2
    );
    let all = site.page("feed.xml");
    assert!(all.contains("<entry xml:lang=\"ru\">"), "{all}");
    assert_eq!(
        all.matches("<entry>").count(),
        1,
        "of the site's language: {all}"
    );
    let json = site.page("feed.json");
    assert!(json.contains("\"language\":\"ru\""), "{json}");
    assert!(site.page("feeds.opml").contains("languages/ru/feed.xml"));
}

#[test]
fn search_knows_the_languages() {
    let site = site();
    site.build();
    let page = site.page("search/index.html");
    assert!(
        page.contains("<option value=\"ru\" lang=\"ru\" dir=\"ltr\">Русский</option>"),
        "{page}"
    );
    let words = site.page("search/t0.js");
    assert!(
        words.contains("\"@en ") && words.contains(" @ru "),
        "{words}"
    );
    let shown: String = site
        .files("public/search")
        .iter()
        .filter(|(name, _)| name.starts_with('d'))
        .map(|(_, bytes)| String::from_utf8(bytes.clone()).unwrap())
        .collect();
    assert!(shown.contains(",\"ru\"]"), "{shown}");
}

#[test]
fn one_language_makes_nothing_more() {
    let site = TestSite::new()
        .file("content/site.yaml", "title: Desk\nlanguage: en-US\n")
        .file("content/briefings/a.md", article("A", "en-GB", "Text."))
        .article("b.md", "Text.");
    site.build();
    for (path, bytes) in site.output() {
        assert!(!path.starts_with("languages/"), "{path}");
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let is_page = path.ends_with(".html") || path.ends_with(".xml");
        assert!(!is_page || !text.contains("languages/"), "{path}");
        assert!(
            !path.starts_with("search/t") || !text.contains('@'),
            "{path}"
        );
        assert!(!text.contains("name=\"language\""), "{path}");
    }
}

#[test]
fn a_hidden_translation_is_no_language() {
    let site = site();
    let draft = article("Порты", "ru", "Текст.").replace("language:", "draft: true\nlanguage:");
    let site = site.file("content/briefings/porty.md", draft);
    site.build();
    assert!(
        site.output()
            .keys()
            .all(|path| !path.starts_with("languages/"))
    );
}

#[test]
fn entities_have_the_names_of_the_language() {
    let site = site();
    site.build();
    let entity = site.page("entities/places/kyiv/index.html");
    for part in [
        "<h1>Kyiv",
        "<dt>In other languages</dt>",
        "<dd><bdi lang=\"de\" dir=\"ltr\">Kiew</bdi> (German)</dd>",
        "<dd><bdi lang=\"ru\" dir=\"ltr\">Киев</bdi> (Russian)</dd>",
        // It is found under that name.
        "briefings/porty/",
    ] {
        assert!(entity.contains(part), "{part}: {entity}");
    }
    let russian = site.page("briefings/porty/index.html");
    assert!(
        russian.contains("lang=\"ru\" dir=\"ltr\">Киев</a>"),
        "{russian}"
    );
    let english = site.page("briefings/ports/index.html");
    assert!(
        english.contains(">Kyiv</a>") && !english.contains(">Киев</a>"),
        "{english}"
    );
    // A site in that language calls it so everywhere.
    let german = site.file("content/site.yaml", "title: Tisch\nlanguage: de-AT\n");
    german.build();
    let page = german.page("entities/places/kyiv/index.html");
    assert!(page.contains("<h1>Kiew"), "{page}");
    assert!(page.contains("<dd>Kyiv</dd>"), "{page}");
}

#[test]
fn lists_are_in_the_order_of_the_language() {
    let place = |id: &str, name: &str| {
        let text = format!("---\nname: {name}\n---\n");
        (format!("content/entities/place/{id}.md"), text)
    };
    let names = [
        ("zorn", "Zorn"),
        ("arla", "Ärla"),
        ("oslo", "Oslo"),
        ("are", "Åre"),
    ];
    for (language, expected) in [
        ("sv", ["Oslo", "Zorn", "Åre", "Ärla"]),
        ("de", ["Åre", "Ärla", "Oslo", "Zorn"]),
    ] {
        let mut site = TestSite::new()
            .file(
                "content/site.yaml",
                format!("title: Desk\nlanguage: {language}\n"),
            )
            .file(
                "content/briefings/a.md",
                "---\ntitle: A\ndate: 2024-07-21\ntopics: [Zucker, Öl, Obst]\n---\n\nText.\n",
            );
        for (path, text) in names.map(|(id, name)| place(id, name)) {
            site = site.file(&path, text);
        }
        site.build();
        let page = site.page("entities/places/index.html");
        let at = expected.map(|name| page.find(&format!("\">{name}</a>")).unwrap());
        assert!(at.is_sorted(), "{language}: {at:?}");
        let letters = if language == "sv" {
            vec!["O", "Z", "Å", "Ä"]
        } else {
            vec!["A", "O", "Z"]
        };
        let ids: Vec<usize> = letters
            .iter()
            .map(|letter| {
                page.find(&format!("id=\"letter-{}\"", letter.to_lowercase()))
                    .unwrap()
            })
            .collect();
        assert!(ids.is_sorted(), "{language}: {ids:?}");
        let topics = site.page("topics/index.html");
        let order = match language {
            "sv" => ["Obst", "Zucker", "Öl"],
            _ => ["Obst", "Öl", "Zucker"],
        };
        let at = order.map(|label| topics.find(&format!(">{label}</a>")).unwrap());
        assert!(at.is_sorted(), "{language}: {at:?}");
    }
}
