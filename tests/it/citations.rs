//! Citations: from the library to the references of a page and the bibliography of the site.

use crate::site::TestSite;

const BIB: &str = "@book{doe2020, title = {Ports and power}, author = {Doe, Jane}, date = {2020}, publisher = {Quay Press}}\n\
@article{roe2021, title = {Cranes & <ships>}, author = {Roe, Richard}, date = {2021-03}, journaltitle = {Harbour Review}}\n\
@misc{never, title = {A thing that nothing cites}, author = {Nobody, Ned}}\n";

fn site(text: &str) -> TestSite {
    TestSite::new()
        .file("content/references.bib", BIB)
        .article("a.md", text)
}

fn page(text: &str) -> String {
    let site = site(text);
    let run = site.build();
    assert_eq!(run.code, 0, "{}", run.stderr);
    site.page("briefings/a/index.html")
}

#[test]
fn a_text_cites_and_lists_what_it_cites() {
    let page =
        page("So it is [see @doe2020, p. 12; @roe2021]. As @doe2020 says, twice [-@doe2020].");
    for part in [
        "So it is <span class=\"citation\" id=\"_cite-1\">(see <a href=\"#_ref-doe2020\" role=\"doc-biblioref\"",
        ">Doe 2020, 12</a>; <a href=\"#_ref-roe2021\"",
        "As <span class=\"citation\" id=\"_cite-2\"><a href=\"#_ref-doe2020\"",
        ">Doe (2020)</a></span> says, twice <span class=\"citation\" id=\"_cite-3\">(",
        "<section class=\"references\"",
        "<li id=\"_ref-doe2020\">Doe, Jane. 2020. <i>Ports and Power</i>. Quay Press.",
        "href=\"#_cite-3\" aria-label=\"Back to citation 3\"",
        "Cranes &amp; &lt;",
    ] {
        assert!(page.contains(part), "{part}\n{page}");
    }
    assert!(!page.contains("Nobody"), "only what is cited is listed");
}

#[test]
fn code_addresses_and_escaped_signs_cite_nothing() {
    let page = page(
        "Write `[@doe2020]`, or to jane@doe2020.example, or \\[@doe2020\\], or \\@doe2020, or @someone.\n\n```\n[@doe2020]\n```\n\n[see @doe2020 there](https://example.org/)",
    );
    assert!(!page.contains("class=\"citation\""), "{page}");
    assert!(!page.contains("class=\"references\""), "{page}");
    assert!(page.contains("or @someone."), "{page}");
}

#[test]
fn without_a_library_a_citation_is_text() {
    let site = TestSite::new().article("a.md", "So it is [@doe2020].");
    assert_eq!(site.build().code, 0);
    assert!(
        site.page("briefings/a/index.html")
            .contains("So it is [@doe2020].")
    );
    assert!(!site.output().contains_key("bibliography/index.html"));
}

#[test]
fn the_bibliography_lists_what_is_published_alone() {
    let draft = "---\ntitle: Draft\ndate: 2024-07-21\ndraft: true\n---\nSecretly [@roe2021].\n";
    let about = "---\ntitle: About\n---\nWe read [@doe2020].\n";
    let site = site("So it is [@doe2020].")
        .file("content/briefings/b.md", draft)
        .file("content/pages/about.md", about);
    assert_eq!(site.build().code, 0);
    let list = site.page("bibliography/index.html");
    assert!(
        list.contains("<a href=\"../briefings/a/index.html#_ref-doe2020\">"),
        "{list}"
    );
    assert!(
        list.contains("<a href=\"../about/index.html#_ref-doe2020\">About</a>"),
        "{list}"
    );
    for (path, bytes) in site.output() {
        let text = String::from_utf8_lossy(&bytes).into_owned();
        assert!(
            !text.contains("Harbour Review") && !text.contains("Nobody"),
            "{path}"
        );
    }
    assert!(site.page("index.html").contains("bibliography/index.html"));
}

#[test]
fn the_bibliography_can_be_left_out() {
    let site = site("So it is [@doe2020].").file("content/site.yaml", "without: [bibliography]\n");
    assert_eq!(site.build().code, 0);
    assert!(!site.output().contains_key("bibliography/index.html"));
    assert!(!site.page("index.html").contains("bibliography"));
    assert!(
        site.page("briefings/a/index.html")
            .contains("class=\"references\"")
    );
}

#[test]
fn what_is_read_without_its_style_reads_well() {
    let site = site("So it is [@doe2020]. As @roe2021 says, it is so.");
    assert_eq!(site.build().code, 0);
    let home = site.page("index.html");
    assert!(
        home.contains("So it is. As Roe (2021) says, it is so."),
        "{home}"
    );
    let markdown = site.page("briefings/a/index.md");
    assert!(
        markdown.contains("So it is (Doe 2020). As Roe (2021) says"),
        "{markdown}"
    );
    assert!(markdown.contains("## References\n"), "{markdown}");
    let json: serde_json::Value =
        serde_json::from_str(&site.page("briefings/a/index.json")).unwrap();
    assert_eq!(json["references"][0]["title"], "Ports and power");
    assert_eq!(json["references"][0]["authors"][0], "Jane Doe");
    assert!(
        site.page("briefings/a/index.html")
            .contains("\"@type\":\"Book\"")
    );
}

#[test]
fn styles_and_languages_are_those_of_the_site() {
    let site = site("So it is [@roe2021].").file(
        "content/site.yaml",
        "language: de\ncitations: {style: ieee}\n",
    );
    assert_eq!(site.build().code, 0);
    let page = site.page("briefings/a/index.html");
    assert!(page.contains(">[1]</a></span>."), "{page}");
    assert!(
        page.contains("<h2 id=\"_references\">Literatur</h2>"),
        "{page}"
    );
    assert!(page.contains("März 2021"), "{page}");
}

#[test]
fn a_redacted_citation_is_gone() {
    let page = page("So it is {redact}[@roe2021]{/redact}, or not [@doe2020].");
    assert!(
        !page.contains("Roe") && page.contains("_ref-doe2020"),
        "{page}"
    );
}
