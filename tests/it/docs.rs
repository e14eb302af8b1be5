//! The documents agree with the program: README.md with the parser and with `Cargo.toml`,
//! `docs/diagnostics.md` with the codes.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
};

use camino::{Utf8Path, Utf8PathBuf};
use dateline::{
    config,
    diagnostic::{Code, Diagnostic},
    model::source::SourceFile,
    pipeline::{self, Options},
    schema::FileKind,
    stages::parse::{self, ParseOptions},
};

use crate::site::TestSite;

fn project(path: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// What stands under a heading, up to the next one of its level or a higher one.
fn section<'a>(text: &'a str, heading: &str) -> &'a str {
    let (_, rest) = text
        .split_once(&format!("\n{heading}\n"))
        .unwrap_or_else(|| panic!("there is no heading `{heading}`"));
    let level = heading.find(' ').unwrap();
    let mut fenced = false;
    let mut at = 0;
    for line in rest.split_inclusive('\n') {
        fenced ^= line.starts_with("```");
        let marks = line.len() - line.trim_start_matches('#').len();
        if !fenced && (1..=level).contains(&marks) {
            break;
        }
        at += line.len();
    }
    &rest[..at]
}

/// The rows of all tables: the cells, with code marks taken off.
fn rows(text: &str) -> Vec<Vec<String>> {
    let rows = text.lines().filter(|line| line.starts_with("| `"));
    let cells = |line: &str| {
        let line = line.trim_matches('|').replace("\\|", "\u{0}");
        let cell = |cell: &str| cell.trim().trim_matches('`').replace('\u{0}', "|");
        line.split('|').map(cell).collect()
    };
    rows.map(cells).collect()
}

/// What a document names is what the program knows.
fn same(what: &str, named: &BTreeSet<String>, known: &BTreeSet<String>) {
    let missing: Vec<&String> = known.difference(named).collect();
    let invented: Vec<&String> = named.difference(known).collect();
    assert!(
        missing.is_empty() && invented.is_empty(),
        "{what}: missing in the document: {missing:?}; unknown to the program: {invented:?}"
    );
}

/// A key that nothing knows, and that is like no known one: the hint then lists those.
const UNKNOWN: &str = "zqxzqxzqx";

/// Reads a file as the program does, by what kind of file it is.
fn problems(kind: &str, text: &str) -> Vec<Diagnostic> {
    let path: Utf8PathBuf = match kind {
        // Only people live.
        "registry" if text.contains("living:") => "entities/person/x.md".into(),
        "registry" => "entities/place/x.md".into(),
        _ => "x".into(),
    };
    let source = SourceFile {
        path,
        text: text.into(),
    };
    let options = ParseOptions::default();
    match kind {
        "article" => parse::article(&source, &options).1,
        "page" => parse::page(&source, &options).1,
        "registry" => parse::entity(&source, &options).1,
        "site" => config::parse(Some(&source)).1,
        "suppress" => parse::suppressed(&source).1,
        "decisions" => parse::decisions(&source).1,
        other => panic!("{other}"),
    }
}

fn file(kind: &str, yaml: &str) -> String {
    match kind {
        "article" | "page" | "registry" => format!("---\n{yaml}\n---\nText.\n"),
        _ => format!("{yaml}\n"),
    }
}

/// The keys that the parser knows where `yaml` holds the unknown key.
fn known(kind: &str, prefix: &str, yaml: &str) -> BTreeSet<String> {
    let yaml = yaml.replace('?', &format!("{UNKNOWN}: 1"));
    let problems = problems(kind, &file(kind, &yaml));
    let hint = problems
        .iter()
        .flat_map(|problem| &problem.hints)
        .find_map(|hint| hint.strip_prefix("the keys are "))
        .unwrap_or_else(|| panic!("{kind}: {yaml}: no list of keys"));
    hint.split(", ")
        .map(|key| format!("{prefix}{key}"))
        .collect()
}

/// The maps in a file: what stands before their keys in the tables, and YAML with a `?` in the map.
type Maps = [(&'static str, &'static str)];

/// A heading of the content reference, its kind of file, and the maps in such a file.
const REFERENCE: &[(&str, &str, &Maps)] = &[
    (
        "### Front matter of a briefing",
        "article",
        &[
            ("", "?"),
            ("image.", "image: {?}"),
            ("dateline.", "dateline: {?}"),
            ("sources.", "sources: [{?}]"),
            ("corrections.", "corrections: [{?}]"),
            ("entities.", "entities: {?}"),
        ],
    ),
    ("### Front matter of a page", "page", &[("", "?")]),
    (
        "### `site.yaml`",
        "site",
        &[
            ("", "?"),
            ("entities.", "entities: {?}"),
            ("markdown.", "markdown: {?}"),
            ("theme.", "theme: {?}"),
            ("citations.", "citations: {?}"),
            ("topics.", "topics: [{?}]"),
            ("storylines.", "storylines: [{?}]"),
            (
                "storylines.questions.",
                "storylines: [{id: a, questions: [{?}]}]",
            ),
        ],
    ),
    (
        "### Registry files",
        "registry",
        &[
            ("", "?"),
            ("aliases.", "aliases: [{?}]"),
            ("roles.", "roles: [{?}]"),
        ],
    ),
    ("### `entities/suppress.yaml`", "suppress", &[("", "- {?}")]),
    (
        "### `entities/decisions.yaml`",
        "decisions",
        &[
            ("", "?"),
            ("accepted.", "accepted: [{?}]"),
            ("rejected.", "rejected: [{?}]"),
            ("merged.", "merged: [{?}]"),
            ("distinct.", "distinct: [{?}]"),
        ],
    ),
];

#[test]
fn the_readme_names_the_keys_that_the_parser_knows() {
    let readme = project("README.md");
    for (heading, kind, maps) in REFERENCE {
        let named: BTreeSet<String> = rows(section(&readme, heading))
            .into_iter()
            .map(|row| row[0].clone())
            .collect();
        let known: BTreeSet<String> = maps
            .iter()
            .flat_map(|(prefix, yaml)| known(kind, prefix, yaml))
            .collect();
        same(heading, &named, &known);
    }
}

#[test]
fn the_readmes_examples_are_accepted() {
    let readme = project("README.md");
    for (heading, kind, _) in REFERENCE {
        for row in rows(section(&readme, heading)) {
            let (key, example) = (&row[0], row.last().unwrap());
            if key.contains('.') || *kind == "suppress" {
                continue;
            }
            assert!(example.starts_with(key.as_str()), "{heading}: {example}");
            let required: &[(&str, &str)] = match *kind {
                "article" => &[("title", "title: T"), ("date", "date: 2024-07-21")],
                "page" => &[("title", "title: T")],
                "registry" => &[("name", "name: N")],
                _ => &[],
            };
            let others = required.iter().filter(|(other, _)| other != key);
            let mut lines: Vec<&str> = others.map(|(_, line)| *line).collect();
            lines.push(example);
            let problems = problems(kind, &file(kind, &lines.join("\n")));
            assert!(problems.is_empty(), "{heading}: {example}: {problems:?}");
        }
    }
}

#[test]
fn the_files_in_documents_are_accepted() {
    for document in ["README.md", "docs/templates.md"] {
        let mut site = TestSite::new();
        let run = site.run(&["init", "desk"]);
        assert_eq!(run.code, 0, "{}", run.stderr);
        let files = blocks(&project(document));
        assert!(!files.is_empty(), "{document}");
        for (path, text) in files {
            site = site.file(&format!("desk/{path}"), text);
        }
        let run = site.shell("cd desk && \"$DATELINE\" check --strict");
        assert_eq!(run.code, 0, "{document}: {}", run.stderr);
    }
}

#[test]
fn every_dependency_has_its_reason() {
    let readme = project("README.md");
    let named: BTreeSet<String> = rows(section(&readme, "## Dependencies"))
        .into_iter()
        .map(|row| row[0].clone())
        .collect();
    let mut known = BTreeSet::new();
    let mut inside = false;
    for line in project("Cargo.toml").lines() {
        if line.starts_with('[') {
            inside = line.ends_with("dependencies]");
        } else if inside && !line.starts_with('#') {
            known.extend(line.split_once(" = ").map(|(name, _)| name.to_owned()));
        }
    }
    same("dependencies", &named, &known);
}

#[test]
fn the_readme_names_the_commands_and_their_options() {
    let readme = project("README.md");
    let reference = section(&readme, "## Commands");
    let mut command = <dateline::cli::Cli as clap::CommandFactory>::command();
    command.build();
    for subcommand in command.get_subcommands() {
        let name = subcommand.get_name();
        if matches!(name, "help" | "entities" | "theme") {
            continue;
        }
        assert!(reference.contains(&format!("`dateline {name}")), "{name}");
        for long in subcommand.get_arguments().filter_map(|a| a.get_long()) {
            if !matches!(long, "help" | "version") {
                assert!(reference.contains(&format!("`--{long}")), "{name} --{long}");
            }
        }
    }
}

/// The fenced blocks that name a file, with their text.
fn blocks(text: &str) -> Vec<(String, String)> {
    let mut found: Vec<(String, String)> = Vec::new();
    let mut open: Option<&str> = None;
    let mut named = false;
    for line in text.lines() {
        let fence = &line[..line.len() - line.trim_start_matches('`').len()];
        match open {
            None if fence.len() >= 3 => {
                open = Some(fence);
                let path = line
                    .split_once("file=\"")
                    .and_then(|(_, rest)| rest.split_once('"'));
                named = path.is_some();
                found.extend(path.map(|(path, _)| (path.to_owned(), String::new())));
            }
            Some(fence) if line == fence => open = None,
            Some(_) if named => {
                let (_, text) = found.last_mut().unwrap();
                text.push_str(line);
                text.push('\n');
            }
            _ => {}
        }
    }
    found
}

/// The sections of `docs/diagnostics.md`, by code.
fn diagnostics() -> BTreeMap<String, String> {
    let text = project("docs/diagnostics.md");
    let headings: Vec<&str> = text.lines().filter(|l| l.starts_with("### ")).collect();
    let pair = |heading: &&str| {
        let code = heading.trim_start_matches("### ").trim_matches('`');
        (code.to_owned(), section(&text, heading).to_owned())
    };
    headings.iter().map(pair).collect()
}

#[test]
fn every_code_is_documented_and_no_other() {
    let documented = diagnostics();
    let named: BTreeSet<String> = documented.keys().cloned().collect();
    let known = Code::ALL.iter().map(|code| code.as_str().to_owned());
    same("codes", &named, &known.collect());
    for code in Code::ALL {
        let section = &documented[code.as_str()];
        assert!(section.contains(code.meaning()), "{}", code.as_str());
    }
}

#[test]
fn the_examples_of_diagnostics_are_diagnosed() {
    // What text in a document cannot show.
    const WITHOUT: &[&str] = &[
        "annotation/duplicate",
        "annotation/header",
        "annotation/line",
        "annotation/missing",
        "annotation/stale",
        "annotation/unknown",
        "external/gone",
        "external/refused",
        "external/unreachable",
        "image/animated",
        "image/cleaned",
        "image/too-large",
        "source/encoding",
        "source/name",
        "source/symlink",
        "source/too-large",
        "source/unreadable",
        "verify/changed",
        "verify/foreign",
        "verify/missing",
    ];
    for (code, section) in diagnostics() {
        let files = blocks(&section);
        assert_eq!(files.is_empty(), WITHOUT.contains(&code.as_str()), "{code}");
        if files.is_empty() {
            continue;
        }
        let mut site = TestSite::new();
        for (path, text) in files {
            site = site.file(&path, text);
        }
        if code.starts_with("lint/") {
            is_found_by_lint(&site, &code, &section);
            continue;
        }
        let root = Utf8PathBuf::from_path_buf(site.path("")).unwrap();
        let mut options = options(&root);
        options.leaks = code.starts_with("leak/").then(Vec::new);
        let built = pipeline::build(&options, &pipeline::silent, &|_| Ok(())).unwrap();
        let found: Vec<String> = built
            .problems
            .iter()
            .filter(|p| p.code.as_str() == code || p.code != Code::RegistryAliasShared)
            .map(|p| format!("{} {}", p.severity.as_str(), p.code.as_str()))
            .collect();
        assert_eq!(found.len(), 1, "{code}: {found:?}");
        let severity = found[0].strip_suffix(&format!(" {code}"));
        let severity = severity.unwrap_or_else(|| panic!("{code}: {found:?}"));
        let first = section.trim().lines().next().unwrap().to_lowercase();
        assert!(first.contains(&format!("({severity}")), "{code}: {first}");
    }
}

fn is_found_by_lint(site: &TestSite, code: &str, section: &str) {
    let run = site.run(&["entities", "lint", "--json"]);
    let lines = run.stdout.lines().chain(run.stderr.lines());
    let found: Vec<serde_json::Value> = lines
        .filter_map(|line| serde_json::from_str(line).ok())
        .collect();
    let own = found.iter().find(|problem| problem["code"] == code);
    let own = own.unwrap_or_else(|| panic!("{code}: {found:?} {}", run.stderr));
    let first = section.trim().lines().next().unwrap().to_lowercase();
    let severity = own["severity"].as_str().unwrap();
    assert!(first.contains(&format!("({severity}")), "{code}: {first}");
}

fn options(root: &Utf8Path) -> Options {
    let (content, templates) = (root.join("content"), root.join("templates"));
    Options::at(content, templates, jiff::Timestamp::MAX)
}

/// The keys of a schema, as the tables name them.
fn schema_keys(prefix: &str, schema: &serde_json::Value, found: &mut BTreeSet<String>) {
    match schema {
        serde_json::Value::Object(object) => {
            for (key, value) in object {
                if key == "properties" {
                    for (name, value) in value.as_object().unwrap() {
                        found.insert(format!("{prefix}{name}"));
                        schema_keys(&format!("{prefix}{name}."), value, found);
                    }
                } else {
                    schema_keys(prefix, value, found);
                }
            }
        }
        serde_json::Value::Array(items) => {
            for item in items {
                schema_keys(prefix, item, found);
            }
        }
        _ => {}
    }
}

#[test]
fn schemas_have_the_keys_that_the_parser_knows() {
    let files = [
        (FileKind::Briefing, "article"),
        (FileKind::Page, "page"),
        (FileKind::Site, "site"),
        (FileKind::Entity, "registry"),
        (FileKind::Suppress, "suppress"),
        (FileKind::Decisions, "decisions"),
    ];
    for (file, kind) in files {
        let mut named = BTreeSet::new();
        schema_keys("", &dateline::schema::schema(file), &mut named);
        let (_, _, maps) = REFERENCE.iter().find(|(_, own, _)| *own == kind).unwrap();
        let known: BTreeSet<String> = maps
            .iter()
            .flat_map(|(prefix, yaml)| known(kind, prefix, yaml))
            .collect();
        same(kind, &named, &known);
    }
    let briefing = dateline::schema::schema(FileKind::Briefing);
    assert_eq!(briefing["required"], serde_json::json!(["title", "date"]));
    let marking = &briefing["properties"]["marking"]["enum"];
    assert_eq!(marking[3], "TLP:AMBER+STRICT");
}

#[test]
fn manual_pages_are_written_for_every_command() {
    let site = TestSite::new();
    let run = site.run(&["man", "man1"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    for page in [
        "dateline.1",
        "dateline-build.1",
        "dateline-entities-review.1",
    ] {
        let text = fs::read_to_string(site.path("man1").join(page)).unwrap();
        assert!(text.contains(".SH SYNOPSIS"), "{page}");
    }
}
