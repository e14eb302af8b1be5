//! What is published is told: the manifest, what changed, and whether a tree is as it was.

use std::fs;

use serde_json::Value;

use crate::site::TestSite;

const CHANGES: &str = ".public.dateline-changes.json";

fn sample() -> TestSite {
    TestSite::new()
        .article("ports.md", "The [[Port Agency]] met in Paris on Friday.")
        .article("rail.md", "Jane Miller spoke in Paris.")
        .file(
            "content/entities/organisation/port-agency.md",
            "---\nname: Port Agency\n---\nIt runs ports.\n",
        )
        .file("content/pages/about.md", "---\ntitle: About\n---\nUs.\n")
        .file("content/static/CNAME.txt", "example.org\n")
}

fn json(site: &TestSite, path: &str) -> Value {
    serde_json::from_slice(&fs::read(site.path(path)).unwrap()).unwrap()
}

fn list(changes: &Value, name: &str) -> Vec<String> {
    let paths = changes[name].as_array().unwrap().iter();
    paths
        .map(|path| path.as_str().unwrap().to_owned())
        .collect()
}

#[test]
fn the_manifest_names_hash_sources_and_version() {
    let site = sample();
    site.build();
    let manifest = json(&site, "public/manifest.json");
    assert_eq!(manifest["version"], env!("CARGO_PKG_VERSION"));
    for (path, bytes) in site.output() {
        if path != "manifest.json" {
            let entry = &manifest["files"][&path];
            assert_eq!(entry["bytes"], bytes.len(), "{path}");
            let hash = blake3::hash(&bytes).to_hex().to_string();
            assert_eq!(entry["blake3"], hash.as_str(), "{path}");
        }
    }
    let sources = |path: &str| manifest["files"][path]["sources"].clone();
    for (path, source) in [
        ("briefings/ports/index.html", "briefings/ports.md"),
        ("briefings/ports/index.md", "briefings/ports.md"),
        (
            "entities/organisations/port-agency/index.html",
            "entities/organisation/port-agency.md",
        ),
        ("about/index.html", "pages/about.md"),
        ("CNAME.txt", "static/CNAME.txt"),
    ] {
        assert_eq!(sources(path), serde_json::json!([source]), "{path}");
    }
    assert_eq!(sources("index.html"), Value::Null);
}

#[test]
fn the_manifest_tells_nothing_of_what_is_hidden_nor_of_the_machine() {
    let site = sample().file(
        "content/briefings/canary-draft.md",
        "---\ntitle: Hidden\ndate: 2024-07-21\ndraft: true\n---\nText.\n",
    );
    site.build();
    for file in ["public/manifest.json", CHANGES] {
        let text = fs::read_to_string(site.path(file)).unwrap();
        assert!(!text.contains("canary"), "{file}");
        let here = site.path("").display().to_string();
        assert!(!text.contains(here.trim_end_matches('/')), "{file}");
    }
}

#[test]
fn what_changed_is_told_beside_the_output() {
    let mut site = sample();
    site.build();
    let changes = json(&site, CHANGES);
    assert_eq!(changes["from"], Value::Null);
    assert_eq!(list(&changes, "added").len(), site.output().len());
    site.build();
    let changes = json(&site, CHANGES);
    for name in ["added", "changed", "removed"] {
        assert!(list(&changes, name).is_empty(), "{name}");
    }
    let before = site.output();
    fs::remove_file(site.path("content/briefings/rail.md")).unwrap();
    site = site.article("roads.md", "Jane Miller spoke in Paris.");
    site.build();
    let (after, changes) = (site.output(), json(&site, CHANGES));
    let own = blake3::hash(&after["manifest.json"]).to_hex().to_string();
    assert_eq!(changes["to"], own.as_str());
    let mut sent = before.clone();
    for path in list(&changes, "removed") {
        assert!(sent.remove(&path).is_some(), "{path} was not there");
    }
    for name in ["added", "changed"] {
        for path in list(&changes, name) {
            assert_ne!(before.get(&path), after.get(&path), "{path} is the same");
            sent.insert(path.clone(), after[&path].clone());
        }
    }
    assert!(sent == after, "a copy that obeys the list is another site");
}

#[test]
fn what_was_there_before_does_not_reach_the_output() {
    let (fresh, grown) = (sample(), sample().article("gone.md", "Soon gone."));
    fresh.build();
    grown.build();
    fs::remove_file(grown.path("content/briefings/gone.md")).unwrap();
    grown.build();
    assert!(fresh.output() == grown.output());
}

#[test]
fn a_build_without_changes_touches_nothing() {
    let site = sample();
    site.build();
    let times = |folder: &str| {
        let about = fs::metadata(site.path(folder)).unwrap();
        about.modified().unwrap()
    };
    let before = (times("public"), times("public/briefings/ports"));
    let run = site.run(&["build"]);
    assert!(run.stderr.contains(" 0 written"), "{}", run.stderr);
    assert_eq!((times("public"), times("public/briefings/ports")), before);
}

#[test]
fn a_published_tree_is_verified() {
    let site = sample();
    site.build();
    let run = site.run(&["verify", "public", "--strict"]);
    assert_eq!((run.code, run.stderr.as_str()), (0, ""));
    let hash = blake3::hash(&site.output()["manifest.json"]).to_hex();
    assert!(run.stdout.contains(hash.as_str()), "{}", run.stdout);

    fs::write(site.path("public/mine.txt"), "mine").unwrap();
    let run = site.run(&["verify", "public"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert!(run.stderr.contains("verify/foreign"), "{}", run.stderr);
    assert_eq!(site.run(&["verify", "public", "--strict"]).code, 1);

    fs::remove_file(site.path("public/feed.xml")).unwrap();
    let page = site.path("public/briefings/ports/index.html");
    let text = fs::read_to_string(&page).unwrap();
    fs::write(&page, text.replace("Friday", "Monday")).unwrap();
    fs::write(
        site.path("public/robots.txt"),
        "longer than it was, by much more than one",
    )
    .unwrap();
    let run = site.run(&["verify", "public"]);
    insta::assert_snapshot!(format!("{}[exit {}]", run.stderr, run.code));
    site.build();
    fs::remove_file(site.path("public/mine.txt")).unwrap();
    let run = site.run(&["verify", "public", "--strict"]);
    assert_eq!(
        (run.code, run.stderr.as_str()),
        (0, ""),
        "the next build mends"
    );
}

#[test]
fn a_durable_build_publishes_the_same() {
    let (quick, durable) = (sample(), sample());
    quick.build();
    let run = durable.run(&["build", "--quiet", "--durable"]);
    assert_eq!((run.code, run.stderr.as_str()), (0, ""));
    assert!(quick.output() == durable.output());
}

#[test]
fn what_is_no_published_tree_is_refused() {
    let site = TestSite::new()
        .file("other/index.html", "x")
        .file("theirs/manifest.json", "{\"name\": \"an app\"}")
        .file(
            "evil/manifest.json",
            "{\"generator\": \"dateline\", \"version\": \"1\", \"files\": {\"../content/x\": {\"bytes\": 1, \"blake3\": \"0\"}}}",
        );
    for dir in ["nowhere", "other", "theirs"] {
        let run = site.run(&["verify", dir]);
        assert_eq!(run.code, 2, "{dir}: {}", run.stderr);
    }
    let run = site.run(&["verify", "evil", "--format", "json"]);
    assert_eq!(run.code, 1);
    assert!(run.stderr.contains("verify/changed"), "{}", run.stderr);
}
