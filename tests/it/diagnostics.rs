//! How diagnostics are printed for programs, and what a site makes of them.

use std::{collections::BTreeSet, fs, path::Path};

use dateline::diagnostic::Code;
use serde_json::Value;

use crate::site::TestSite;

fn schema() -> Value {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/diagnostics.schema.json");
    serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap()
}

/// What of JSON Schema the file uses.
fn follows(schema: &Value, value: &Value) -> Result<(), String> {
    if let Some(options) = schema["oneOf"].as_array() {
        let fitting = options.iter().filter(|o| follows(o, value).is_ok()).count();
        return (fitting == 1)
            .then_some(())
            .ok_or(format!("{fitting} fit: {value}"));
    }
    if let Some(known) = schema["enum"].as_array()
        && !known.contains(value)
    {
        return Err(format!("{value} is not known"));
    }
    let kind = match value {
        Value::Null => "null",
        Value::String(_) => "string",
        Value::Number(_) => "integer",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
        Value::Bool(_) => "boolean",
    };
    let allowed = match &schema["type"] {
        Value::Null => true,
        Value::Array(kinds) => kinds.iter().any(|k| k == kind),
        one => one == kind,
    };
    if !allowed {
        return Err(format!("{value} is {kind}"));
    }
    if let (Some(least), Some(number)) = (schema["minimum"].as_u64(), value.as_u64())
        && number < least
    {
        return Err(format!("{number} is too small"));
    }
    for item in value.as_array().into_iter().flatten() {
        follows(&schema["items"], item)?;
    }
    let Some(object) = value.as_object() else {
        return Ok(());
    };
    for key in schema["required"].as_array().into_iter().flatten() {
        object
            .get(key.as_str().unwrap())
            .ok_or(format!("no {key}"))?;
    }
    for (key, value) in object {
        let own = schema["properties"]
            .get(key)
            .ok_or(format!("{key} is not known"))?;
        follows(own, value)?;
    }
    Ok(())
}

fn broken() -> TestSite {
    TestSite::new()
        .article("a.md", "See [[Nobody]] and [x](y.md).\n\n[z](javascript:z)")
        .article("b.md", &format!("{} [x](y.md)", "word ".repeat(1000)))
        .file("content/briefings/c.md", "")
        .file("content/briefings/d.md", "---\ntitel: T\n---\n")
}

#[test]
fn json_follows_its_schema() {
    let schema = schema();
    let run = broken().run(&["check", "--format", "json"]);
    let lines: Vec<Value> = run
        .stderr
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    for line in &lines {
        follows(&schema, line).unwrap_or_else(|fault| panic!("{fault}: {line}"));
    }
    let (count, problems) = lines.split_last().unwrap();
    let errors = problems.iter().filter(|p| p["severity"] == "error").count();
    assert_eq!(count["errors"], errors);
    assert!(errors >= 6, "{errors}");
    let long = problems
        .iter()
        .find(|p| p["path"] == "content/briefings/b.md")
        .unwrap();
    assert!(
        long["excerpt"].as_str().unwrap().contains("[x](y.md)"),
        "{long}"
    );
    assert!(follows(&schema, &serde_json::json!({"errors": 1})).is_err());
}

#[test]
fn the_schema_knows_the_codes() {
    let schema = schema();
    let known = schema["oneOf"][0]["properties"]["code"]["enum"]
        .as_array()
        .unwrap();
    let known: BTreeSet<&str> = known.iter().map(|code| code.as_str().unwrap()).collect();
    let codes: BTreeSet<&str> = Code::ALL.iter().map(|code| code.as_str()).collect();
    assert_eq!(known, codes);
}

#[test]
fn github_is_told_of_each() {
    let run = broken().run(&["check", "--format", "github"]);
    assert_eq!(run.code, 1);
    let line = run
        .stderr
        .lines()
        .find(|line| line.contains("wikilink/broken"))
        .unwrap();
    assert!(
        line.starts_with(
            "::error file=content/briefings/a.md,line=6,col=5,endColumn=15,title=wikilink/broken::"
        ),
        "{line}"
    );
    assert!(
        run.stderr.contains("errors and 1 warning"),
        "{}",
        run.stderr
    );
}

#[test]
fn a_site_sets_levels() {
    let site = TestSite::new().article("a.md", "A [link](nowhere.md).");
    assert_eq!(site.run(&["build", "--quiet"]).code, 1);
    let site = site.file("content/site.yaml", "diagnostics: {link/broken: warning}\n");
    let run = site.run(&["build", "--quiet"]);
    assert!(
        run.code == 0 && run.stderr.contains("warning[link/broken]"),
        "{}",
        run.stderr
    );
    assert!(
        site.page("briefings/a/index.html")
            .contains("A <a>link</a>.")
    );
    assert_eq!(site.run(&["build", "--strict", "--quiet"]).code, 1);
    let site = site.file("content/site.yaml", "diagnostics: {link/broken: off}\n");
    assert_eq!(site.run(&["build", "--strict", "--quiet"]).stderr, "");
    let site = site.file("content/site.yaml", "diagnostics: {slug/duplicate: off}\n");
    assert!(
        site.run(&["check"])
            .stderr
            .contains("cannot be taken more lightly")
    );
}
