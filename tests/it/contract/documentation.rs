//! Writes the generated part of `docs/templates.md`: the doc comments of the view types are the
//! descriptions, the fixture's contexts the examples.

use std::{collections::BTreeMap, fmt::Write};

use serde_json::Value;

use super::{Contexts, project, templates};

/// The line that the generated part begins after.
pub(super) const MARKER: &str =
    "<!-- Generated from the view types: BLESS=1 cargo test contract -->\n";

/// Where views are.
const SOURCES: &[&str] = &[
    "src/views/pages.rs",
    "src/views/notices.rs",
    "src/views/parts.rs",
    "src/views/entities.rs",
    "src/views/timeline.rs",
    "src/stages/render/feeds.rs",
];

/// All view types, in the order of their files.
pub(super) struct Contract {
    structs: Vec<Struct>,
}

struct Struct {
    name: String,
    /// For the root of a template: its name.
    template: Option<String>,
    doc: String,
    fields: Vec<Field>,
}

struct Field {
    name: String,
    doc: String,
    /// As Rust writes it.
    kind: String,
}

type Examples<'a> = BTreeMap<(&'a str, &'a str), &'a Value>;

impl Contract {
    pub(super) fn read() -> Self {
        let structs = SOURCES.iter().flat_map(|path| read(&project(path)));
        Self {
            structs: structs.collect(),
        }
    }

    fn named(&self, name: &str) -> Option<&Struct> {
        self.structs.iter().find(|s| s.name == name)
    }

    /// Fields of the contexts that have no description, and fields that no context fills.
    pub(super) fn undescribed(&self, contexts: &Contexts) -> Vec<String> {
        let mut missing = Vec::new();
        let examples = self.examples(contexts, &mut missing);
        for s in &self.structs {
            for field in &s.fields {
                let key = (s.name.as_str(), field.name.as_str());
                if !examples.contains_key(&key) {
                    missing.push(format!(
                        "{}.{}: the fixture never fills it",
                        s.name, field.name
                    ));
                }
                if field.doc.is_empty() {
                    missing.push(format!("{}.{}: no doc comment", s.name, field.name));
                }
            }
        }
        missing
    }

    fn examples<'a>(&'a self, contexts: &'a Contexts, missing: &mut Vec<String>) -> Examples<'a> {
        let mut examples = Examples::new();
        for (template, given) in contexts {
            let root = self
                .structs
                .iter()
                .find(|s| s.template.as_ref() == Some(template));
            match root {
                Some(root) => {
                    for context in given {
                        self.visit(root, context, &mut examples, missing);
                    }
                }
                None => missing.push(format!("{template}: no view says that it is its root")),
            }
        }
        examples
    }

    fn visit<'a>(
        &'a self,
        s: &'a Struct,
        value: &'a Value,
        examples: &mut Examples<'a>,
        missing: &mut Vec<String>,
    ) {
        let Some(object) = value.as_object() else {
            return;
        };
        for (key, value) in object {
            let Some(field) = s.fields.iter().find(|field| field.name == *key) else {
                missing.push(format!("{}.{key}: in the context, but in no view", s.name));
                continue;
            };
            let place = (s.name.as_str(), field.name.as_str());
            if !is_empty(value) {
                let better = |old: &&Value| is_dull(old) && !is_dull(value);
                if examples.get(&place).is_none_or(better) {
                    examples.insert(place, value);
                }
            }
            let Some(inner) = self.named(innermost(&field.kind)) else {
                continue;
            };
            for item in value
                .as_array()
                .map_or(std::slice::from_ref(value), Vec::as_slice)
            {
                self.visit(inner, item, examples, missing);
            }
        }
    }

    /// The generated part.
    pub(super) fn markdown(&self, contexts: &Contexts) -> String {
        let examples = self.examples(contexts, &mut Vec::new());
        let mut text = String::from("\n## Templates\n");
        for s in self.structs.iter().filter(|s| s.template.is_some()) {
            let template = s.template.as_deref().unwrap();
            let _ = write!(text, "\n### `{template}`\n\n{}\n\n", s.doc);
            self.table(s, &examples, &mut text);
        }
        text.push_str(
            "\n## Parts\n\nWhat several templates are given, or what stands in a list.\n",
        );
        for s in self.structs.iter().filter(|s| s.template.is_none()) {
            let _ = write!(text, "\n### {}\n\n{}\n\n", s.name, s.doc);
            self.table(s, &examples, &mut text);
        }
        text.push_str(
            "\n## Components\n\nThe default theme's own parts, in `components.html`; every template can call them.\n\n| component | arguments |\n|---|---|\n",
        );
        for component in templates::components(&templates::theme()) {
            let _ = writeln!(text, "| `{}` | `{}` |", component.name, component.signature);
        }
        text
    }

    fn table(&self, s: &Struct, examples: &Examples<'_>, text: &mut String) {
        text.push_str("| field | type | example | what it is |\n|---|---|---|---|\n");
        for field in &s.fields {
            let inner = innermost(&field.kind);
            let example = match examples.get(&(s.name.as_str(), field.name.as_str())) {
                _ if self.named(inner).is_some() => format!("see {inner}"),
                Some(value) => format!("`{}`", short(value)),
                None => String::new(),
            };
            let _ = writeln!(
                text,
                "| `{}` | {} | {example} | {} |",
                field.name,
                self.shown(&field.kind),
                field.doc
            );
        }
    }

    /// A type as authors of templates know it.
    fn shown(&self, kind: &str) -> String {
        if let Some(inner) = inside(kind, "Option") {
            return format!("{}, or null", self.shown(inner));
        }
        if let Some(inner) = inside(kind, "Vec") {
            return format!("list of {}", self.shown(inner));
        }
        match kind {
            "String" | "&'static str" => "text".to_owned(),
            "bool" => "true or false".to_owned(),
            "u8" | "u32" | "i32" | "usize" | "f32" => "number".to_owned(),
            map if map.starts_with("BTreeMap<String,") => "map".to_owned(),
            name => {
                assert!(
                    self.named(name).is_some(),
                    "what is `{name}` to a template?"
                );
                format!("[{name}](#{})", name.to_lowercase())
            }
        }
    }
}

fn read(source: &str) -> Vec<Struct> {
    let mut structs: Vec<Struct> = Vec::new();
    let mut doc: Vec<&str> = Vec::new();
    let mut inside = false;
    for line in source.lines().map(str::trim) {
        if let Some(words) = line.strip_prefix("///") {
            doc.push(words.trim());
        } else if line.starts_with("#[") {
        } else if let Some(rest) = line.strip_prefix("pub struct ") {
            let name = rest.split([' ', '{', '<']).next().unwrap();
            let (template, doc) = root(&std::mem::take(&mut doc).join(" "));
            inside = true;
            structs.push(Struct {
                name: name.to_owned(),
                template,
                doc,
                fields: Vec::new(),
            });
        } else if inside && line == "}" {
            inside = false;
        } else if inside && let Some(field) = line.strip_prefix("pub ") {
            let (name, kind) = field.trim_end_matches(',').split_once(": ").unwrap();
            structs.last_mut().unwrap().fields.push(Field {
                name: name.to_owned(),
                doc: std::mem::take(&mut doc).join(" "),
                kind: kind.to_owned(),
            });
        } else {
            doc.clear();
        }
    }
    structs
}

/// `` `article.html`: a briefing. `` is the root of a template.
fn root(doc: &str) -> (Option<String>, String) {
    let root = doc
        .strip_prefix('`')
        .and_then(|rest| rest.split_once("`: "));
    match root {
        Some((template, rest)) => {
            let (first, tail) = rest.split_at(1);
            (
                Some(template.to_owned()),
                format!("{}{tail}", first.to_uppercase()),
            )
        }
        None => (None, doc.to_owned()),
    }
}

fn inside<'a>(kind: &'a str, outer: &str) -> Option<&'a str> {
    kind.strip_prefix(outer)?
        .strip_prefix('<')?
        .strip_suffix('>')
}

fn innermost(kind: &str) -> &str {
    let inner = inside(kind, "Option").or_else(|| inside(kind, "Vec"));
    inner.map_or(kind, innermost)
}

fn is_empty(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) => text.is_empty(),
        Value::Array(items) => items.is_empty(),
        Value::Object(map) => map.is_empty(),
        Value::Bool(_) | Value::Number(_) => false,
    }
}

fn is_dull(value: &Value) -> bool {
    matches!(value, Value::Bool(false)) || value.as_u64() == Some(0)
}

/// A value on one line of a table.
fn short(value: &Value) -> String {
    const MOST: usize = 60;
    let version = concat!("Dateline ", env!("CARGO_PKG_VERSION"));
    let text = value.to_string().replace('|', "\\|");
    let text = text.replace(version, "Dateline VERSION");
    match text.char_indices().nth(MOST) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text,
    }
}
