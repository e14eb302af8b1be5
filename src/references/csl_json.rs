//! CSL-JSON, as Zotero and others write it, in the words of the processor's own format.

use hayagriva::{Entry, Library};
use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::read::{first, within};
use crate::{
    diagnostic::{Code, Diagnostic},
    model::{source::SourceFile, span::Span},
};

/// The entries of a file: a list of items.
pub(super) fn entries(file: &SourceFile) -> Result<Vec<Entry>, Vec<Diagnostic>> {
    let problem = |at: Option<Span>, message: String| {
        Diagnostic::error(Code::CitationLibrary, file.path.clone(), at, message)
            .hint("export it anew as CSL-JSON: a list of items, each with `id`, `type` and `title`")
    };
    let items: Vec<Map<String, Value>> = serde_json::from_str(&file.text).map_err(|error| {
        let mut message = error.to_string();
        if let Some(end) = message.rfind(" at line ") {
            message.truncate(end);
        }
        vec![problem(place(&file.text, error.line()), message)]
    })?;
    let (mut found, mut problems) = (Vec::new(), Vec::new());
    for (n, item) in (1..).zip(&items) {
        let Some(id) = text(item, "id") else {
            problems.push(problem(None, format!("item {n} of the list has no `id`")));
            continue;
        };
        match entry(&id, item) {
            Ok(entry) => found.push(entry),
            Err(error) => {
                let at = first(&file.text, &format!("\"{id}\""));
                problems.push(problem(
                    at,
                    format!("the item `{id}` cannot be read: {error}"),
                ));
            }
        }
    }
    match problems.is_empty() {
        true => Ok(found),
        false => Err(problems),
    }
}

/// The place of a line, from 1.
fn place(text: &str, line: usize) -> Option<Span> {
    let line = text.lines().nth(line.checked_sub(1)?)?;
    let start = line.as_ptr() as usize - text.as_ptr() as usize;
    Some(within(text, start, start + line.len()))
}

fn entry(id: &str, item: &Map<String, Value>) -> Result<Entry, String> {
    let (own, around) = types(item.get("type").and_then(Value::as_str).unwrap_or_default());
    let mut work = json!({
        "type": own,
        "title": text(item, "title"),
        "author": people(item, "author"),
        "editor": people(item, "editor"),
        "date": date(item, "issued"),
        "publisher": publisher(item),
        "edition": text(item, "edition"),
        "page-range": text(item, "page").filter(|page| !page.is_empty()),
        "url": address(item),
        "serial-number": numbers(item),
        "language": text(item, "language").filter(|tag| tag.len() <= 5 && tag.is_ascii()),
        "genre": text(item, "genre"),
        "note": text(item, "note"),
    });
    let container = text(item, "container-title");
    let mut parent = json!({
        "type": around,
        "title": container,
        "volume": text(item, "volume"),
        "issue": text(item, "issue"),
    });
    match container.is_some() {
        true => {
            compact(&mut parent);
            work["parent"] = parent;
        }
        false => {
            work["volume"] = parent["volume"].take();
            work["issue"] = parent["issue"].take();
        }
    }
    compact(&mut work);
    let map = Map::from_iter([(id.to_owned(), work)]);
    let library = Library::deserialize(Value::Object(map)).map_err(|error| error.to_string())?;
    let entry = library.iter().next().cloned();
    entry.ok_or_else(|| "it says nothing".to_owned())
}

/// The type of a work, and of what it is in.
fn types(csl: &str) -> (&'static str, &'static str) {
    match csl {
        "article-newspaper" => ("article", "newspaper"),
        "article-journal" | "article" | "article-magazine" => ("article", "periodical"),
        "paper-conference" => ("article", "proceedings"),
        "chapter" | "entry-dictionary" | "entry-encyclopedia" => ("chapter", "book"),
        "book" => ("book", "anthology"),
        "webpage" | "post" | "post-weblog" => ("web", "web"),
        "report" => ("report", "report"),
        "thesis" => ("thesis", "misc"),
        "legal_case" => ("case", "misc"),
        "legislation" | "bill" | "regulation" | "treaty" => ("legislation", "misc"),
        "motion_picture" | "broadcast" => ("video", "video"),
        "song" => ("audio", "audio"),
        "manuscript" => ("manuscript", "misc"),
        _ => ("misc", "misc"),
    }
}

fn text(item: &Map<String, Value>, key: &str) -> Option<String> {
    match item.get(key)? {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

fn people(item: &Map<String, Value>, key: &str) -> Option<Vec<Value>> {
    let names = item.get(key)?.as_array()?;
    let person = |name: &Value| {
        let name = name.as_object()?;
        let family = text(name, "literal").or_else(|| text(name, "family"))?;
        let prefix =
            text(name, "non-dropping-particle").or_else(|| text(name, "dropping-particle"));
        let mut person = json!({
            "name": family,
            "given-name": text(name, "given"),
            "prefix": prefix,
            "suffix": text(name, "suffix"),
        });
        compact(&mut person);
        Some(person)
    };
    let people: Vec<Value> = names.iter().filter_map(person).collect();
    (!people.is_empty()).then_some(people)
}

/// `{"date-parts": [[2024, 7, 21]]}` as 2024-07-21.
fn date(item: &Map<String, Value>, key: &str) -> Option<String> {
    let parts = item.get(key)?.get("date-parts")?.get(0)?.as_array()?;
    let number = |part: &Value| match part {
        Value::String(text) => text.parse::<i64>().ok(),
        other => other.as_i64(),
    };
    let numbers: Vec<i64> = parts.iter().map_while(number).collect();
    match numbers.as_slice() {
        [year] => Some(format!("{year:04}")),
        [year, month] => Some(format!("{year:04}-{month:02}")),
        [year, month, day, ..] => Some(format!("{year:04}-{month:02}-{day:02}")),
        [] => None,
    }
}

fn publisher(item: &Map<String, Value>) -> Option<Value> {
    let name = text(item, "publisher")?;
    let mut publisher = json!({"name": name, "location": text(item, "publisher-place")});
    compact(&mut publisher);
    Some(publisher)
}

fn address(item: &Map<String, Value>) -> Option<Value> {
    let url = text(item, "URL")?;
    let mut address = json!({"value": url, "date": date(item, "accessed")});
    compact(&mut address);
    Some(address)
}

fn numbers(item: &Map<String, Value>) -> Option<Value> {
    let mut numbers = json!({
        "doi": text(item, "DOI"),
        "isbn": text(item, "ISBN"),
        "issn": text(item, "ISSN"),
    });
    compact(&mut numbers);
    numbers
        .as_object()
        .is_some_and(|map| !map.is_empty())
        .then_some(numbers)
}

/// Without what is not known.
fn compact(value: &mut Value) {
    if let Some(map) = value.as_object_mut() {
        map.retain(|_, value| !value.is_null());
    }
}
