//! Addresses that were published are remembered: what moves leads on, what goes is told, and
//! nothing takes the place of something else.

use std::fs;

use crate::site::{Run, TestSite};

const URLS: &str = "content/urls.jsonl";

fn site() -> TestSite {
    let site = TestSite::new()
        .article("ports.md", "The [[Port Agency]] met in Paris.")
        .article("rail.md", "A train left.")
        .file(
            "content/entities/organisation/port-agency.md",
            "---\nname: Port Agency\n---\n",
        )
        .file("content/pages/about.md", "---\ntitle: About us\n---\nUs.\n");
    let run = site.run(&["urls", "accept"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    site
}

fn urls(site: &TestSite) -> String {
    fs::read_to_string(site.path(URLS)).unwrap()
}

fn rename(site: &TestSite, from: &str, to: &str) {
    fs::rename(site.path(from), site.path(to)).unwrap();
}

fn check(site: &TestSite) -> Run {
    site.run(&["check"])
}

fn shown(run: &Run) -> String {
    format!("{}\n[exit {}]", run.stderr.trim_end(), run.code)
}

/// A site whose build is clean, and whose old page leads to the new one.
fn leads(site: &TestSite, old: &str, new: &str) {
    let run = site.run(&["build", "--quiet", "--strict"]);
    assert_eq!((run.code, run.stderr.as_str()), (0, ""));
    let page = site.page(old);
    assert!(page.contains(new), "{old} does not lead to {new}: {page}");
    assert!(
        !site
            .page("sitemap.xml")
            .contains(old.trim_end_matches("index.html"))
    );
}

#[test]
fn the_published_addresses_are_recorded_once() {
    let site = site();
    insta::assert_snapshot!(urls(&site));
    let before = urls(&site);
    let run = site.run(&["urls", "accept"]);
    assert!(
        run.stderr.contains("4 addresses, 0 of them new"),
        "{}",
        run.stderr
    );
    assert_eq!(urls(&site), before);
    let site = site.article("sea.md", "Text.").file(
        "content/briefings/draft.md",
        "---\ntitle: Draft\ndate: 2024-07-21\ndraft: true\n---\nText.\n",
    );
    let run = site.run(&["build"]);
    assert!(
        run.stderr.contains("1 address not remembered yet"),
        "{}",
        run.stderr
    );
    let run = site.run(&["urls", "accept", "--drafts"]);
    assert!(
        run.stderr.contains("5 addresses, 1 of them new"),
        "{}",
        run.stderr
    );
    assert!(
        !urls(&site).contains("draft"),
        "a draft was never published"
    );
    let output = site.output();
    assert!(output.keys().all(|path| !path.contains("urls.jsonl")));
}

#[test]
fn build_and_check_do_not_write_the_content() {
    let site = site().article("sea.md", "Text.");
    let before = site.files("content");
    site.build();
    check(&site);
    assert!(site.files("content") == before);
}

#[test]
fn a_renamed_file_and_a_changed_slug_lead_on() {
    let site = site();
    rename(
        &site,
        "content/briefings/ports.md",
        "content/briefings/harbours.md",
    );
    let page = site.path("content/pages/about.md");
    fs::write(page, "---\ntitle: About us\nslug: desk\n---\nUs.\n").unwrap();
    leads(
        &site,
        "briefings/ports/index.html",
        "briefings/harbours/index.html",
    );
    leads(&site, "about/index.html", "desk/index.html");
    // Recorded, it is known by its new file, and moves on from there under another title.
    site.run(&["urls", "accept"]);
    fs::remove_file(site.path("content/briefings/harbours.md")).unwrap();
    let site = site.file(
        "content/briefings/harbours.md",
        "---\ntitle: Quite another title\ndate: 2024-08-01\nslug: quays\n---\nText.\n",
    );
    leads(
        &site,
        "briefings/ports/index.html",
        "briefings/quays/index.html",
    );
    leads(
        &site,
        "briefings/harbours/index.html",
        "briefings/quays/index.html",
    );
}

#[test]
fn a_file_in_another_folder_is_the_same_briefing() {
    let site = site();
    fs::create_dir(site.path("content/archive")).unwrap();
    rename(
        &site,
        "content/briefings/rail.md",
        "content/archive/rail.md",
    );
    let run = site.run(&["check", "--strict"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    site.run(&["urls", "accept"]);
    assert!(urls(&site).contains("\"file\":\"archive/rail.md\""));
}

#[test]
fn an_entity_leads_on_by_id_and_by_name() {
    let site = site();
    let run = site.run(&[
        "entities",
        "rename",
        "port-agency",
        "Harbour Agency",
        "--id",
        "harbour-agency",
    ]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    let (old, new) = (
        "entities/organisations/port-agency/index.html",
        "entities/organisations/harbour-agency/index.html",
    );
    leads(&site, old, new);
    // By hand, without `old_ids`: the name tells.
    let site = self::site();
    fs::remove_file(site.path("content/entities/organisation/port-agency.md")).unwrap();
    let site = site.file(
        "content/entities/organisation/harbour-agency.md",
        "---\nname: Harbour Agency\naliases: [Port Agency]\n---\n",
    );
    leads(&site, old, new);
}

#[test]
fn what_is_gone_is_told_until_it_is_retired() {
    let site = site();
    fs::remove_file(site.path("content/briefings/rail.md")).unwrap();
    insta::assert_snapshot!(shown(&check(&site)));
    assert_eq!(site.run(&["urls", "accept"]).code, 0);
    assert!(
        urls(&site).contains("briefings/rail/"),
        "what was published is not forgotten"
    );
    let run = site.run(&["urls", "retire", "/briefings/rail/"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert_eq!(site.run(&["check", "--strict"]).code, 0);
    // Something else still may not stand there.
    let site = site.file(
        "content/briefings/new.md",
        "---\ntitle: New\ndate: 2024-09-01\nslug: rail\n---\nText.\n",
    );
    assert_eq!(check(&site).code, 1);
    site.run(&["urls", "release", "briefings/rail"]);
    assert_eq!(site.run(&["check", "--strict"]).code, 0);
    assert_eq!(site.run(&["urls", "release", "briefings/rail"]).code, 2);
}

#[test]
fn an_alias_takes_the_place_of_what_is_gone() {
    let site = site();
    fs::remove_file(site.path("content/briefings/rail.md")).unwrap();
    let site = site.file(
        "content/briefings/trains.md",
        "---\ntitle: Trains\ndate: 2024-08-01\naliases: [/briefings/rail/]\n---\nText.\n",
    );
    leads(
        &site,
        "briefings/rail/index.html",
        "briefings/trains/index.html",
    );
}

#[test]
fn another_briefing_may_not_stand_there() {
    let site = site();
    rename(
        &site,
        "content/briefings/ports.md",
        "content/briefings/harbours.md",
    );
    let site = site.file(
        "content/briefings/new.md",
        "---\ntitle: New ports\ndate: 2024-09-01\nslug: ports\n---\nText.\n",
    );
    insta::assert_snapshot!(shown(&check(&site)));
    assert_eq!(site.run(&["urls", "accept"]).code, 1);
}

#[test]
fn another_entity_may_not_stand_there() {
    let site = site().file(
        "content/entities/organisation/port-agency.md",
        "---\nname: Parcel Authority\n---\n",
    );
    insta::assert_snapshot!(shown(&check(&site)));
    let site = site.file(
        "content/entities/organisation/port-agency.md",
        "---\nname: Parcel Authority\naliases: [Port Agency]\n---\n",
    );
    assert_eq!(
        site.run(&["check", "--strict"]).code,
        0,
        "the same under another name"
    );
}

#[test]
fn what_is_hidden_is_neither_gone_nor_named() {
    let site = site().file(
        "content/briefings/ports.md",
        "---\ntitle: About ports\ndate: 2024-07-21\nexpires_at: 2024-08-01\n---\nText.\n",
    );
    let site = site.article("rail.md", "Text.");
    let run = site.run(&["build", "--quiet", "--strict"]);
    assert_eq!((run.code, run.stderr.as_str()), (0, ""));
    for (path, bytes) in site.output() {
        assert!(!path.contains("briefings/ports"), "{path}");
        assert!(
            !String::from_utf8_lossy(&bytes).contains("About ports"),
            "{path}"
        );
    }
    // Its address stays its own.
    let site = site.file(
        "content/briefings/new.md",
        "---\ntitle: New\ndate: 2024-09-01\nslug: ports\n---\nText.\n",
    );
    assert_eq!(check(&site).code, 1);
}

#[test]
fn a_broken_line_is_shown() {
    let site = site();
    let text = format!("{}<<<<<<< HEAD\n", urls(&site));
    let site = site.file(URLS, text);
    insta::assert_snapshot!(shown(&check(&site)));
}

#[test]
fn topics_tags_and_storylines_are_remembered() {
    let briefing = |more: &str| format!("---\ntitle: Rail\ndate: 2024-07-21\n{more}---\n\nText.\n");
    let topic = "content/briefings/rail.md";
    let site = TestSite::new()
        .file(
            "content/site.yaml",
            "title: Desk\nstorylines: [{id: ports, title: The ports}]\n",
        )
        .file(
            topic,
            briefing("topics: [Shipping]\ntags: [quays]\nstoryline: ports\n"),
        );
    assert_eq!(site.run(&["urls", "accept"]).code, 0);
    let recorded = urls(&site);
    for line in [
        "{\"url\":\"storylines/ports/\",\"list\":\"storylines\",\"title\":\"The ports\"}",
        "{\"url\":\"tags/quays/\",\"list\":\"tags\",\"title\":\"quays\"}",
        "{\"url\":\"topics/shipping/\",\"list\":\"topics\",\"title\":\"Shipping\"}",
    ] {
        assert!(recorded.contains(line), "{recorded}");
    }
    // The same storyline under another id.
    let site = site
        .file(
            "content/site.yaml",
            "title: Desk\nstorylines: [{id: harbours, title: The ports}]\n",
        )
        .file(
            topic,
            briefing("topics: [Shipping]\ntags: [quays]\nstoryline: harbours\n"),
        );
    leads(
        &site,
        "storylines/ports/index.html",
        "../../storylines/harbours/index.html",
    );
    // What is gone is told; what only waits is not.
    let site = site.file(topic, briefing("tags: [quays]\nstoryline: harbours\n"));
    let told = check(&site).stderr;
    assert!(
        told.contains("nothing stands at `/topics/shipping/` any more"),
        "{told}"
    );
    let site = site.file(
        topic,
        briefing("draft: true\ntopics: [Shipping]\ntags: [quays]\nstoryline: harbours\n"),
    );
    let told = check(&site).stderr;
    assert!(!told.contains("any more"), "{told}");
}
