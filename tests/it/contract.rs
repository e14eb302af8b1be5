//! What templates are given: the contexts are snapshots, the default theme uses no path that is
//! not there, and `docs/templates.md` describes every field.
//!
//! `BLESS=1 cargo test contract` writes the generated part of `docs/templates.md` anew.

mod documentation;
pub(crate) mod fixture;
mod templates;

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
    sync::LazyLock,
};

use serde_json::Value;

use crate::site::TestSite;
use documentation::Contract;

/// The contexts of the fixture site, by template, in the order of their pages.
type Contexts = BTreeMap<String, Vec<Value>>;

static CONTEXTS: LazyLock<Contexts> = LazyLock::new(fixture::contexts);

/// A file of the project, by its path from the root.
fn project(path: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

#[test]
fn the_contexts_are_as_they_were() {
    for (template, contexts) in &*CONTEXTS {
        // The page that has the most to show stands for its template.
        let fullest = contexts.iter().max_by_key(|c| c.to_string().len()).unwrap();
        let text = serde_json::to_string_pretty(fullest).unwrap();
        let version = concat!("Dateline ", env!("CARGO_PKG_VERSION"));
        insta::assert_snapshot!(template.as_str(), text.replace(version, "Dateline VERSION"));
    }
}

#[test]
fn contexts_lie_apart_from_the_site_and_change_nothing_in_it() {
    let site = TestSite::new().article("a.md", "The port of Rotterdam opened on Friday.");
    site.build();
    let without = site.output();
    for inside in ["public/contexts", "content/contexts", "."] {
        let run = site.run(&["build", "--dump-context", inside]);
        assert_eq!(run.code, 2, "{inside}");
        assert!(run.stderr.contains("--dump-context"), "{}", run.stderr);
    }
    let run = site.run(&["build", "--quiet", "--dump-context", "contexts"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert_eq!(site.output(), without);
    let contexts = site.files("contexts");
    assert!(contexts.contains_key("briefings/a/index.html.json"));
}

#[test]
fn every_template_of_the_theme_is_in_the_fixture() {
    let rendered: BTreeSet<&str> = CONTEXTS.keys().map(String::as_str).collect();
    let parts = ["base.html", "components.html"];
    let theme = templates::theme();
    let all: BTreeSet<&str> = theme
        .keys()
        .map(String::as_str)
        .filter(|name| !parts.contains(name))
        .collect();
    assert_eq!(all, rendered);
}

#[test]
fn the_theme_uses_only_what_it_is_given() {
    let mut themes = templates::theme();
    let situation = templates::templates("themes/situation").into_iter();
    themes.extend(situation.map(|(name, text)| (format!("situation/{name}"), text)));
    let unknown = templates::unknown_paths(&themes, &CONTEXTS);
    assert!(unknown.is_empty(), "{}", unknown.join("\n"));
}

#[test]
fn a_path_that_no_context_has_is_found() {
    let mistakes = [
        ("{% if titel %}x{% endif %}", "titel"),
        ("{{ frame.sitte.title }}", "frame.sitte"),
        ("{% for a in topics %}{{ a.lable }}{% endfor %}", "a.lable"),
        ("{{ <entity_link entity={storyline} /> }}", "entity.kind"),
        ("{{ title | default(value=summry) }}", "summry"),
    ];
    for (text, wrong) in mistakes {
        let mut theme = templates::theme();
        theme.insert("article.html".to_owned(), text.to_owned());
        let unknown = templates::unknown_paths(&theme, &CONTEXTS);
        assert!(
            unknown
                .iter()
                .any(|line| line.contains(&format!("`{wrong}`"))),
            "{text}: {unknown:?}"
        );
    }
}

#[test]
fn every_field_is_described() {
    let contract = Contract::read();
    let undescribed = contract.undescribed(&CONTEXTS);
    assert!(undescribed.is_empty(), "{}", undescribed.join("\n"));
}

#[test]
fn the_documentation_is_up_to_date() {
    let written = project("docs/templates.md");
    let (intro, old) = written
        .split_once(documentation::MARKER)
        .expect("docs/templates.md has the line that the generated part begins with");
    let version = format!("version {}", dateline::views::CONTRACT_VERSION);
    assert!(intro.contains(&version), "the introduction names {version}");
    let new = Contract::read().markdown(&CONTEXTS);
    if std::env::var_os("BLESS").is_some() {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/templates.md");
        let text = format!("{intro}{}{new}", documentation::MARKER);
        fs::write(path, text).unwrap();
        return;
    }
    assert!(
        old == new,
        "docs/templates.md is out of date; run `BLESS=1 cargo test contract`"
    );
}
