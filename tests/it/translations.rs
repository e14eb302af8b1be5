//! Briefings that say the same in several languages.

use crate::site::TestSite;

/// How the link to a translation begins; feeds of languages have a type before it.
const TRANSLATION: &str = "<link rel=\"alternate\" hreflang";

fn article(title: &str, more: &str) -> String {
    format!("---\ntitle: {title}\ndate: 2024-07-21\n{more}---\n\nText.\n")
}

fn site() -> TestSite {
    TestSite::new()
        .file(
            "content/site.yaml",
            "title: Desk\nbase_url: https://desk.example\n",
        )
        .file("content/briefings/ports.md", article("Ports", ""))
        .file(
            "content/briefings/les-ports.md",
            article("Les ports", "language: fr\ntranslation_of: ports\n"),
        )
        .file(
            "content/briefings/puertos.md",
            // A translation of the translation is one of the same text.
            article("Puertos", "language: es\ntranslation_of: les-ports\n"),
        )
        .file("content/briefings/other.md", article("Other", ""))
}

#[test]
fn each_leads_to_the_others() {
    let site = site();
    site.build();
    let page = site.page("briefings/ports/index.html");
    for part in [
        "<link rel=\"alternate\" hreflang=\"en\" href=\"https://desk.example/briefings/ports/\">",
        "<link rel=\"alternate\" hreflang=\"es\" href=\"https://desk.example/briefings/puertos/\">",
        "<link rel=\"alternate\" hreflang=\"fr\" href=\"https://desk.example/briefings/les-ports/\">",
        "Also in: <a href=\"../../briefings/puertos/",
        ">Español</a> · <a href=\"../../briefings/les-ports/",
        ">Français</a></p>",
    ] {
        assert!(page.contains(part), "{part}");
    }
    let french = site.page("briefings/les-ports/index.html");
    assert!(french.contains("hreflang=\"fr\" href=\"https://desk.example/briefings/les-ports/\""));
    assert!(french.contains(">English</a>") && french.contains(">Español</a>"));
    assert!(
        !site
            .page("briefings/other/index.html")
            .contains(TRANSLATION)
    );
}

#[test]
fn a_hidden_translation_is_not_there() {
    let site = site().file(
        "content/briefings/les-ports.md",
        article(
            "Les ports",
            "language: fr\ntranslation_of: ports\ndraft: true\n",
        ),
    );
    site.build();
    let page = site.page("briefings/ports/index.html");
    assert!(!page.contains("les-ports") && !page.contains(TRANSLATION));
}

#[test]
fn circles_are_groups() {
    let site = site().file(
        "content/briefings/ports.md",
        article("Ports", "translation_of: puertos\n"),
    );
    site.build();
    let page = site.page("briefings/puertos/index.html");
    assert!(page.contains(">English</a>") && page.contains(">Français</a>"));
}
