//! `entities suggest`.

use std::io::{self, Write};

use anyhow::Result;
use serde_json::json;

use super::{read, review::corpus};
use crate::{
    cli::SourceArgs,
    commands::{OK, counted},
    editing::suggest::{Alike, Reference, Suggestions, suggest as look},
};

/// Prints what an editor may want to look at.
pub(super) fn suggest(json: bool, source: &SourceArgs) -> Result<u8> {
    let site = read(source)?;
    let suggestions = look(&corpus(&site), &site.linked.graph);
    let lines = if json {
        as_json(&suggestions)
    } else {
        as_text(&suggestions)
    };
    let mut out = io::stdout().lock();
    for line in lines {
        if writeln!(out, "{line}").is_err() {
            // Whoever read the list has seen enough.
            break;
        }
    }
    Ok(OK)
}

fn as_text(suggestions: &Suggestions) -> Vec<String> {
    let mut lines = Vec::new();
    let head = |lines: &mut Vec<String>, title: &str| {
        if !lines.is_empty() {
            lines.push(String::new());
        }
        lines.push(title.to_owned());
    };
    if !suggestions.unknown.is_empty() {
        head(
            &mut lines,
            "Frequent names without a registry file (`dateline entities review`, then n):",
        );
    }
    for unknown in &suggestions.unknown {
        lines.push(format!(
            "  {} ({}), {}",
            unknown.name,
            unknown.kind.as_str(),
            counted(unknown.briefings, "briefing")
        ));
    }
    if !suggestions.alike.is_empty() {
        head(
            &mut lines,
            "Names that may mean one thing (where they are two, say so under `distinct:` in decisions.yaml):",
        );
    }
    for alike in &suggestions.alike {
        lines.push(format!(
            "  {} and {}: {}",
            shown(&alike.from),
            shown(&alike.into),
            alike.reason
        ));
        lines.push(format!("    {}", command(alike)));
    }
    if !suggestions.collisions.is_empty() {
        head(&mut lines, "Aliases that may mean something else:");
    }
    for collision in &suggestions.collisions {
        lines.push(format!(
            "  {} of {}: {}",
            collision.alias,
            collision.entities.join(", "),
            collision.reason
        ));
    }
    if lines.is_empty() {
        lines.push("nothing to suggest".to_owned());
    }
    lines
}

fn shown(reference: &Reference) -> String {
    format!("{} ({})", reference.name, reference.kind.as_str())
}

/// What to type where the two are one.
fn command(alike: &Alike) -> String {
    let quoted = |text: &str| format!("'{}'", text.replace('\'', "'\\''"));
    format!(
        "dateline entities merge {} {} --kind {}",
        quoted(&alike.from.id),
        quoted(&alike.into.id),
        alike.from.kind.as_str()
    )
}

fn as_json(suggestions: &Suggestions) -> Vec<String> {
    let reference = |r: &Reference| json!({"id": r.id, "name": r.name, "kind": r.kind.as_str(), "briefings": r.briefings});
    let unknown = suggestions.unknown.iter().map(|u| {
        json!({"suggestion": "unknown", "name": u.name, "kind": u.kind.as_str(), "briefings": u.briefings})
    });
    let alike = suggestions.alike.iter().map(|a| {
        json!({"suggestion": "alike", "from": reference(&a.from), "into": reference(&a.into), "reason": a.reason})
    });
    let collisions = suggestions.collisions.iter().map(|c| {
        json!({"suggestion": "alias", "alias": c.alias, "entities": c.entities, "reason": c.reason})
    });
    unknown
        .chain(alike)
        .chain(collisions)
        .map(|line| line.to_string())
        .collect()
}
