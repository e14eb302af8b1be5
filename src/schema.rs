//! JSON Schemas of the files that authors write, for the YAML plugins of editors.
//!
//! They are made from the tables of README.md, which tests hold to what the parsers know: a key is
//! described once. A schema is milder than the parser: it knows no rule that needs another file.

use serde_json::{Map, Value, json};

/// The tables with the keys.
const REFERENCE: &str = include_str!("../README.md");

/// A kind of file with keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum FileKind {
    /// content/site.yaml
    Site,
    /// The front matter of a briefing
    Briefing,
    /// The front matter of a page in content/pages
    Page,
    /// The front matter of a file in content/entities
    Entity,
    /// content/entities/suppress.yaml
    Suppress,
    /// content/entities/decisions.yaml
    Decisions,
}

impl FileKind {
    /// The heading in README.md over its table.
    #[must_use]
    pub fn heading(self) -> &'static str {
        match self {
            Self::Site => "### `site.yaml`",
            Self::Briefing => "### Front matter of a briefing",
            Self::Page => "### Front matter of a page",
            Self::Entity => "### Registry files",
            Self::Suppress => "### `entities/suppress.yaml`",
            Self::Decisions => "### `entities/decisions.yaml`",
        }
    }
}

/// A row of a table.
struct Row {
    key: String,
    kind: String,
    required: bool,
    what: String,
}

/// The schema (2020-12) of a kind of file.
#[must_use]
pub fn schema(kind: FileKind) -> Value {
    let rows = rows(kind.heading());
    let mut object = map(&rows, "");
    if kind == FileKind::Suppress {
        object = json!({"type": "array", "items": {"anyOf": [text(), object]}});
    }
    let title = kind.heading().trim_start_matches("### ").replace('`', "");
    if let Value::Object(object) = &mut object {
        let schema = "https://json-schema.org/draft/2020-12/schema";
        object.insert("$schema".to_owned(), schema.into());
        object.insert("title".to_owned(), format!("Dateline: {title}").into());
    }
    object
}

/// The rows of the table under a heading.
fn rows(heading: &str) -> Vec<Row> {
    let lines = REFERENCE
        .lines()
        .skip_while(|line| *line != heading)
        .skip(1);
    let own = lines.take_while(|line| !line.starts_with('#'));
    let cells = |line: &str| -> Option<Row> {
        let line = line.strip_prefix("| ")?.replace("\\|", "\u{0}");
        let mut cells = line
            .split(" | ")
            .map(|cell| cell.trim().replace('\u{0}', "|"));
        let key = cells.next()?;
        let key = key.strip_prefix('`')?.strip_suffix('`')?.to_owned();
        let (kind, default, what) = (cells.next()?, cells.next()?, cells.next()?);
        let required = default == "required";
        Some(Row {
            key,
            kind,
            required,
            what,
        })
    };
    own.filter_map(cells).collect()
}

/// The object whose keys begin with `prefix`.
fn map(rows: &[Row], prefix: &str) -> Value {
    let own = |row: &&Row| {
        let rest = row.key.strip_prefix(prefix);
        rest.is_some_and(|rest| !rest.contains('.'))
    };
    let mut properties = Map::new();
    let mut required = Vec::new();
    for row in rows.iter().filter(own) {
        let name = &row.key[prefix.len()..];
        let mut value = value(rows, row);
        if let Value::Object(value) = &mut value {
            value.insert("description".to_owned(), row.what.replace('`', "").into());
        }
        properties.insert(name.to_owned(), value);
        required.extend(row.required.then_some(name));
    }
    json!({
        "type": "object",
        "properties": properties,
        "required": required,
        "additionalProperties": false,
    })
}

/// What may stand under a key, by the words of its type.
fn value(rows: &[Row], row: &Row) -> Value {
    let inside = format!("{}.", row.key);
    let has_keys = rows.iter().any(|other| other.key.starts_with(&inside));
    let object = || match has_keys {
        true => map(rows, &inside),
        false => json!({"type": "object"}),
    };
    let one_or_more =
        |one: Value| json!({"anyOf": [one, {"type": "array", "items": one}, {"type": "null"}]});
    let words = choices(&row.kind);
    match row.kind.as_str() {
        _ if words.len() > 1 => json!({"enum": words}),
        "true or false" => json!({"type": ["boolean", "null"]}),
        "map" | "map of text to text" => json!({"anyOf": [object(), {"type": "null"}]}),
        "list of maps" => one_or_more(object()),
        "list of text or maps" => one_or_more(json!({"anyOf": [text(), object()]})),
        "web address" => json!({"type": ["string", "null"], "pattern": "^https?://"}),
        "`#rrggbb`" => json!({"type": ["string", "null"], "pattern": "^#[0-9a-fA-F]{6}$"}),
        "day" => json!({"type": ["string", "null"], "pattern": "^\\d{4}-\\d{2}-\\d{2}$"}),
        "moment" => json!({"type": ["string", "null"], "pattern": "^\\d{4}-\\d{2}-\\d{2}"}),
        "1 to 10000" => json!({"type": "integer", "minimum": 1, "maximum": 10_000}),
        "0 to 1" => json!({"type": "number", "minimum": 0, "maximum": 1}),
        kind if kind.starts_with("list of ") => one_or_more(text()),
        kind if kind.starts_with("`[latitude") => json!({"type": ["array", "object", "null"]}),
        _ => text(),
    }
}

/// The words in code marks, where a type names nothing but words to choose from.
fn choices(kind: &str) -> Vec<&str> {
    let parts: Vec<&str> = kind.split('`').collect();
    let (words, between): (Vec<_>, Vec<_>) =
        parts.iter().enumerate().partition(|(n, _)| n % 2 == 1);
    let only = between
        .iter()
        .all(|(_, text)| matches!(text.trim(), "" | "," | "or"));
    match only {
        true => words.into_iter().map(|(_, word)| *word).collect(),
        false => Vec::new(),
    }
}

/// A text; numbers and the like are read as they are written.
fn text() -> Value {
    json!({"type": ["string", "number", "boolean", "null"]})
}
