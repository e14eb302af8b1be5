//! The words around the texts: in the language of the site, and in no other.

mod sources;

use std::{collections::BTreeSet, fs, path::Path};

use dateline::words::Words;

use crate::{
    contract::fixture::{self, SITE},
    site::TestSite,
};

const LANGUAGES: [&str; 5] = ["en", "fr", "de", "es", "ru"];

/// What is neither a word of the interface nor of the fixture: names of data, formats and places.
const NAMES: &[&str] = &[
    "dateline",
    "json",
    "markdown",
    "javascript",
    "geonames",
    "natural",
    "earth",
    "gum",
    "wikigold",
    "universal",
    "ner",
    "ewt",
    "wnut",
    "wikidata",
    "netherlands",
    "russia",
    "english",
    "nederlands",
    "tlp",
    "clear",
];

fn project(path: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).unwrap()
}

fn in_language(language: &str, theme: &str) -> TestSite {
    let config = SITE.replace(
        "theme: {",
        &format!("language: {language}\nsocial_cards: false\ntheme: {{name: {theme}, "),
    );
    fixture::site(&config)
}

fn build(site: &TestSite) {
    let run = site.run(&["build", "--quiet", "--drafts", "--as-of", "2024-08-01"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
}

/// What a page says: its texts, and the attributes that are read out or shown.
fn said(html: &str) -> Vec<String> {
    let mut said = Vec::new();
    let mut rest = html;
    while let Some((text, after)) = rest.split_once('<') {
        said.push(text.to_owned());
        let (tag, after) = after.split_once('>').unwrap();
        for name in [
            "aria-label",
            "title",
            "alt",
            "data-copy",
            "data-copied",
            "data-confirmed",
            "data-detected",
            "data-found",
        ] {
            let value = tag
                .split_once(&format!(" {name}=\""))
                .map(|(_, value)| value);
            said.extend(value.map(|value| value.split('"').next().unwrap().to_owned()));
        }
        // What a script element holds is for machines.
        rest = match tag.starts_with("script") {
            true => after.split_once("</script").unwrap().1,
            false => after,
        };
    }
    said.push(rest.to_owned());
    said.retain(|text| !text.contains("https://"));
    said
}

/// The words of a text, folded, of three letters or more.
fn words(text: &str) -> impl Iterator<Item = String> {
    let words = text.split(|c: char| !c.is_alphabetic());
    words
        .map(str::to_lowercase)
        .filter(|word| word.chars().count() > 2)
}

#[test]
fn nothing_around_the_texts_is_in_another_language() {
    for (language, theme) in LANGUAGES
        .map(|language| (language, "default"))
        .into_iter()
        .chain([("fr", "situation"), ("ru", "situation")])
    {
        let site = in_language(language, theme);
        build(&site);
        let mut known: BTreeSet<String> = NAMES.iter().map(|&name| name.to_owned()).collect();
        known.extend(words(&project(&format!("languages/{language}.yaml"))));
        // Countries have their names in the language.
        if let Some(column) = LANGUAGES
            .iter()
            .position(|other| *other == language && language != "en")
        {
            let table = project("data/cldr/countries.tsv");
            let names = table
                .lines()
                .filter_map(|line| line.split('\t').nth(column));
            known.extend(names.flat_map(words).collect::<Vec<_>>());
        }
        for (path, bytes) in site.files("content") {
            if !path.ends_with(".png") {
                known.extend(words(&String::from_utf8(bytes).unwrap()));
            }
        }
        let mut foreign = Vec::new();
        for (path, bytes) in site.output() {
            if path.ends_with(".html") {
                let html = String::from_utf8(bytes).unwrap();
                for text in said(&html) {
                    let text = text
                        .replace("&#x27;", "’")
                        .replace("&quot;", "”")
                        .replace("&amp;", "&");
                    let unknown: Vec<String> =
                        words(&text).filter(|word| !known.contains(word)).collect();
                    if !unknown.is_empty() {
                        foreign.push(format!("{language} {path}: {unknown:?} in {text:?}"));
                    }
                }
                if !html.contains("http-equiv=\"refresh\"") {
                    assert!(
                        html.contains(&format!("<html lang=\"{language}\" dir=\"ltr\">")),
                        "{path}"
                    );
                }
            }
        }
        assert!(foreign.is_empty(), "{}", foreign.join("\n"));
    }
}

#[test]
fn pages_speak_the_language_of_the_site() {
    for (language, nav, count, day) in [
        ("en", "Briefings", "3 briefings", "21 July 2024"),
        ("fr", "Articles", "3 articles", "21 juillet 2024"),
        ("de-AT", "Berichte", "3 Berichte", "21. Juli 2024"),
        ("es", "Informes", "3 informes", "21 de julio de 2024"),
        ("ru", "Материалы", "3 материала", "21 июля 2024\u{a0}г."),
    ] {
        let site = in_language(language, "default");
        build(&site);
        assert!(
            site.page("index.html").contains(&format!(">{nav}</a>")),
            "{language}"
        );
        assert!(
            site.page("topics/shipping/index.html").contains(count),
            "{language}"
        );
        let page = site.page("briefings/harbour/index.html");
        assert!(
            page.contains(&format!(">{day}</time>")),
            "{language}: {page}"
        );
    }
}

#[test]
fn a_language_without_words_has_the_english_ones_in_its_direction() {
    let site = in_language("ar", "default");
    build(&site);
    let page = site.page("index.html");
    assert!(page.contains("<html lang=\"ar\" dir=\"rtl\">"), "{page}");
    assert!(page.contains(">Skip to content</a>"), "{page}");
}

#[test]
fn a_text_in_another_language_says_so() {
    let site = in_language("fr", "default");
    build(&site);
    let page = site.page("briefings/quays/index.html");
    assert!(page.contains("<h1 lang=\"en-GB\" dir=\"ltr\">"), "{page}");
    assert!(
        page.contains("<div class=\"prose\" lang=\"en-GB\" dir=\"ltr\">"),
        "{page}"
    );
    let page = site.page("briefings/harbour/index.html");
    assert!(page.contains("<h1>"), "{page}");
}

#[test]
fn a_site_has_its_own_words() {
    let site = in_language("en", "default").file(
        "content/strings.yaml",
        "briefings: Reports\nn_briefings: {one: '{n} report', other: '{n} reports'}\nskip: To the text & on\n",
    );
    build(&site);
    let page = site.page("index.html");
    assert!(page.contains(">Reports</a>"), "{page}");
    assert!(page.contains(">To the text &amp; on</a>"), "{page}");
    assert!(
        site.page("topics/shipping/index.html")
            .contains("3 reports")
    );
    assert!(
        !site.output().contains_key("strings.yaml"),
        "it is not published"
    );
}

#[test]
fn what_stands_inside_a_text_is_in_its_language() {
    let text = "> [!WARNING]\n> Attention.\n\nLe texte[^1].\n\n[^1]: Une note.\n\n\
        ```chart\ntype: bar\ntitle: Navires\nunit: '%'\ndata: ships.csv\n```\n";
    let french = format!(
        "---\ntitle: Le port\ndate: 2024-07-21\nlanguage: fr\nsummary: Le port ouvre.\n---\n{text}"
    );
    let site = TestSite::new()
        .file("content/briefings/port.md", &french)
        .file(
            "content/briefings/ships.csv",
            "jour,navires\nlundi,1234.5\n",
        )
        .file(
            "content/briefings/ship.md",
            "---\ntitle: The ship\ndate: 2024-07-22\n---\nSee [[port]].\n",
        );
    site.build();
    let page = site.page("briefings/port/index.html");
    for inside in [
        "<p class=\"callout-title\">Avertissement</p>",
        "aria-label=\"Retour à l’appel de note 1\"",
        ">Les chiffres en tableau</summary>",
        ">1\u{202f}234,5\u{202f}%</text>",
        "<td class=\"right\">1\u{202f}234,5</td>",
    ] {
        assert!(page.contains(inside), "{inside}: {page}");
    }
    for around in [
        "<h1 lang=\"fr\" dir=\"ltr\">Le port</h1>",
        ">Cite this briefing</summary>",
        ">21 July 2024</time>",
    ] {
        assert!(page.contains(around), "{around}: {page}");
    }
    let other = site.page("briefings/ship/index.html");
    assert!(
        other.contains(
            "See <a class=\"name\" href=\"../../briefings/port/index.html\" lang=\"fr\" dir=\"ltr\">Le port</a>"
        ),
        "{other}"
    );
    assert!(
        other.contains("href=\"../../briefings/port/index.html\" lang=\"fr\" dir=\"ltr\">"),
        "{other}"
    );
    let overview = site.page("timeline/2024/index.html");
    assert!(
        overview
            .contains("href=\"../../briefings/port/index.html\" lang=\"fr\" dir=\"ltr\">Le port"),
        "{overview}"
    );
}

#[test]
fn scripts_are_given_every_plural_of_the_language() {
    for (language, forms) in [
        (
            "de",
            "{\"language\":\"de\",\"one\":\"in {n} Bericht\",\"other\":\"in {n} Berichten\"}",
        ),
        (
            "ru",
            "{\"few\":\"в {n} материалах\",\"language\":\"ru\",\"many\":\"в {n} материалах\",\"one\":\"в {n} материале\"}",
        ),
        (
            "ar",
            "{\"language\":\"en\",\"one\":\"in {n} briefing\",\"other\":\"in {n} briefings\"}",
        ),
    ] {
        let site = in_language(language, "default");
        build(&site);
        let page = site.page("search/index.html").replace("&quot;", "\"");
        assert!(page.contains(&format!("data-named=\"{forms}\"")), "{page}");
    }
}

#[test]
fn words_that_cannot_be() {
    let site = TestSite::new()
        .file("content/briefings/a.md", "---\ntitle: Ports\ndate: 2024-07-21\n---\nText.\n")
        .file(
            "content/strings.yaml",
            "brieffings: Reports\nhome: [a, b]\nmonths: [January]\nn_names: {one: '{n} name', few: x}\n\
             more_on: 'More: {story}'\nskip: '{x}'\nmap:\n  a: 1\n",
        );
    let run = site.run(&["check"]);
    insta::assert_snapshot!(format!("{}\n[exit {}]", run.stderr.trim_end(), run.code));
}

#[test]
fn a_template_that_names_an_unknown_text() {
    let site = TestSite::new()
        .file(
            "content/briefings/a.md",
            "---\ntitle: Ports\ndate: 2024-07-21\n---\nText.\n",
        )
        .file("templates/404.html", "<p>{{ t(key=\"not_founnd\") }}</p>\n");
    let run = site.run(&["build"]);
    insta::assert_snapshot!(format!("{}\n[exit {}]", run.stderr.trim_end(), run.code));
}

#[test]
fn every_text_is_used_and_every_used_text_exists() {
    let english = Words::default();
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let (mut used, mut code) = (String::new(), String::new());
    for folder in ["templates", "themes"] {
        read_all(&root.join(folder), &mut used);
    }
    for folder in ["src/stages", "src/words", "src/pipeline"] {
        read_all(&root.join(folder), &mut code);
    }
    code.push_str(&project("src/words.rs"));
    let keys = project("languages/en.yaml");
    let keys = keys
        .lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'));
    // These are put together from a kind, a language, a callout or a source of data. Languages of
    // briefings are more than those of pages.
    let composed: BTreeSet<String> = [
        ("kind_", &["person", "organisation", "place", "event"][..]),
        ("kinds_", &["person", "organisation", "place", "event"]),
        ("one_", &["person", "organisation", "place", "event"]),
        (
            "callout_",
            &["note", "tip", "important", "warning", "caution"],
        ),
        ("methods_", &["places", "outlines", "tagger"]),
    ]
    .into_iter()
    .flat_map(|(start, ends)| ends.iter().map(move |end| format!("{start}{end}")))
    .collect();
    for key in keys.map(|line| line.split_once(':').unwrap().0) {
        let is_used = used.contains(&format!("key=\"{key}\""))
            || code.contains(&format!("\"{key}\""))
            || composed.contains(key)
            || key.starts_with("language_") && Words::own_name(&key["language_".len()..]).len() > 2;
        assert!(is_used, "nothing says `{key}`");
    }
    for (at, start) in used.match_indices("(key=\"") {
        let is_call = ["t", "plurals"]
            .iter()
            .any(|name| used[..at].ends_with(name));
        let (key, after) = used[at + start.len()..].split_once('"').unwrap();
        let is_whole = !after.trim_start().starts_with('~');
        assert!(
            !is_call || !is_whole || english.has(key),
            "no text has the key `{key}`"
        );
    }
}

fn read_all(folder: &Path, into: &mut String) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            read_all(&path, into);
        } else if let Ok(text) = fs::read_to_string(&path) {
            into.push_str(&text);
        }
    }
}

#[test]
fn the_documentation_lists_every_text() {
    let path = "docs/languages.md";
    let written = project(path);
    let marker = "<!-- Generated from languages/en.yaml: BLESS=1 cargo test languages -->\n";
    let (before, _) = written.split_once(marker).unwrap();
    let mut table = String::from("\n| key | in English |\n|---|---|\n");
    for line in project("languages/en.yaml").lines() {
        if let Some((key, text)) = line.split_once(": ").filter(|_| !line.starts_with('#')) {
            table.push_str(&format!(
                "| `{key}` | {} |\n",
                text.trim_matches('"').replace('|', "\\|")
            ));
        }
    }
    let expected = format!("{before}{marker}{table}");
    if std::env::var_os("BLESS").is_some() {
        fs::write(Path::new(env!("CARGO_MANIFEST_DIR")).join(path), &expected).unwrap();
    } else {
        assert!(
            written == expected,
            "{path} is not up to date: BLESS=1 cargo test languages"
        );
    }
}

#[test]
fn countries_are_named_in_the_language_of_the_site() {
    let site = TestSite::new()
        .file("content/site.yaml", "title: Desk\nlanguage: fr\n")
        .article(
            "a.md",
            "The port of Hamburg opened. Berlin is far. A court in Germany closed it.",
        );
    site.build();
    let countries = site.page("entities/countries/index.html");
    assert!(countries.contains(">Allemagne</a>"), "{countries}");
    let city = site.page("entities/places/hamburg/index.html");
    assert!(city.contains(">Allemagne</a></dd>"), "{city}");
    let country = site.page("entities/places/germany/index.html");
    assert!(
        !country.contains(">Allemagne</a></dd>"),
        "a country is in no country: {country}"
    );
}
