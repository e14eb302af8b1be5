use super::*;
use crate::pipeline::{self, Options};

/// The codes for a site of these files, sorted.
fn check(files: &[(&str, &str)], expected: &[&str]) {
    let mut sources = Sources::default();
    for (path, text) in files {
        let source = SourceFile {
            path: (*path).into(),
            text: (*text).into(),
        };
        match *path {
            "entities/decisions.yaml" => sources.decisions = Some(source),
            "entities/suppress.yaml" => sources.suppress = Some(source),
            path if path.starts_with("entities") => sources.entities.push(source),
            _ => sources.articles.push(source),
        }
    }
    let options = Options::at("content".into(), "templates".into(), jiff::Timestamp::MAX);
    let parsed = pipeline::parse(&sources, &options, &pipeline::silent);
    let Ok(linked) = pipeline::link(&parsed, &sources, &pipeline::silent) else {
        panic!("the names cannot be compiled");
    };
    let found = lint(&Lint {
        sources: &sources,
        corpus: Corpus {
            articles: &parsed.articles,
            extractions: &linked.extractions,
            resolutions: &linked.resolutions,
            catalogue: &linked.catalogue,
            kb: &parsed.kb,
            min_confidence: parsed.config.min_confidence,
        },
        graph: &linked.graph,
    });
    let codes: Vec<&str> = found.iter().map(|problem| problem.code.as_str()).collect();
    assert_eq!(codes, expected, "{found:#?}");
}

const ARTICLE: (&str, &str) = (
    "briefings/a.md",
    "---\ntitle: A\ndate: 2024-07-21\n---\nThe Port Agency met Harbour Hall. PA said no.\n",
);

#[test]
fn a_good_registry_is_quiet() {
    let agency = "---\nname: Port Agency\ndescription: It runs ports.\naliases: [PA]\nsameAs: https://example.org/\n---\n";
    check(
        &[ARTICLE, ("entities/organisation/port-agency.md", agency)],
        &[],
    );
}

#[test]
fn says_what_is_amiss_in_a_file() {
    let amiss = "---\nname: Port Agency\naliases: [PA, Board of Ports]\nsameAs: [example.org, https://example.org/a b]\n---\n";
    check(
        &[ARTICLE, ("entities/organisation/port-agency.md", amiss)],
        &[
            "lint/no-description",
            "lint/alias-unmatched",
            "lint/same-as",
            "lint/same-as",
        ],
    );
    let place = "---\nname: Elsewhere\nid: there\ndescription: Far.\n---\n";
    check(
        &[ARTICLE, ("entities/place/elsewhere.md", place)],
        &[
            "lint/no-mention",
            "lint/no-coordinates",
            "lint/id-file-name",
        ],
    );
    let event = "---\nname: Harbour Hall\ndescription: A meeting.\n---\n";
    check(
        &[ARTICLE, ("entities/event/harbour-hall.md", event)],
        &["lint/no-date"],
    );
}

#[test]
fn says_what_is_amiss_between_files() {
    let agency = "---\nname: Port Agency\ndescription: It runs ports.\nwikidata: Q1\n---\n";
    let hall = "---\nname: Harbour Hall\ndescription: A body.\nwikidata: Q1\nold_ids: [port-agency]\n---\n";
    let decisions = "accepted: [{name: Port agency, kind: organisation}]\nrejected: [{name: Gone, kind: place}]\nmerged: [{name: PA, kind: organisation, into: port-agncy}]\n";
    check(
        &[
            ARTICLE,
            ("entities/organisation/port-agency.md", agency),
            (
                "entities/organisation/z-hall.md",
                &hall.replace("name:", "id: z-hall\nname:"),
            ),
            (
                "entities/suppress.yaml",
                "- {name: port agency, reason: x}\n- Gone\n",
            ),
            ("entities/decisions.yaml", decisions),
        ],
        &[
            "lint/decision-unused",
            "lint/merged-nowhere",
            "lint/wikidata-shared",
            "lint/old-id-taken",
            "lint/suppressed-registered",
        ],
    );
}
