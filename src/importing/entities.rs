//! Lists of entities as files of the registry.
//!
//! Input: a list, and the registry as it is. Output: a [`Plan`]: new files, additions to files that
//! are there, and what was left out. Two things are one where an identifier says so; a name alone
//! joins nothing unless the editor asks for it. An addition fills in what a file does not say, and
//! never changes what it says.

mod ftm;
mod merge;
mod record;
mod stix;
mod table;
#[cfg(test)]
mod tests;
mod wikidata;

use camino::Utf8PathBuf;
use serde_json::Value;

pub use merge::{Merge, Plan, plan};
pub use record::Record;

use crate::model::entity::EntityKind;

/// In which form a list is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Wikidata's JSON of entities, or a dump of them.
    Wikidata,
    /// `FollowTheMoney` as JSON lines; so are lists of `OpenSanctions`.
    FollowTheMoney,
    /// A STIX 2.1 bundle.
    Stix,
    /// A table; `targets.simple.csv` of `OpenSanctions` among them.
    Csv,
}

impl Format {
    /// What to call it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Wikidata => "Wikidata",
            Self::FollowTheMoney => "FollowTheMoney",
            Self::Stix => "STIX 2.1",
            Self::Csv => "CSV",
        }
    }
}

/// A list that has been read.
#[derive(Debug, Clone, PartialEq)]
pub struct List {
    /// Its form.
    pub format: Format,
    /// What it holds, in its order.
    pub records: Vec<Record>,
    /// What was left out, and why: one line each.
    pub left_out: Vec<String>,
}

/// Reads a list; the form shows in the text. `kind` is that of rows of a table that do not say
/// theirs.
///
/// # Errors
/// One sentence on why it cannot be read.
pub fn read(file: &Utf8PathBuf, text: &str, kind: Option<EntityKind>) -> Result<List, String> {
    let text = text.trim_start_matches('\u{feff}');
    let is_json = text.trim_start().starts_with(['{', '[']);
    if file.extension() == Some("csv") || !is_json {
        return table::read(text, kind);
    }
    let values = values(text)?;
    let first = values.first().ok_or("there is nothing in it")?;
    match () {
        () if first["type"] == "bundle" => Ok(stix::read(first)),
        () if first.get("entities").is_some() || first.get("labels").is_some() => {
            Ok(wikidata::read(&values))
        }
        () if first.get("schema").is_some() && first.get("properties").is_some() => {
            Ok(ftm::read(&values))
        }
        () => {
            Err("it is neither Wikidata's JSON, FollowTheMoney, a STIX bundle nor CSV".to_owned())
        }
    }
}

/// The values of a JSON text: one, the items of a list, or one a line.
fn values(text: &str) -> Result<Vec<Value>, String> {
    let mut values = Vec::new();
    for value in serde_json::Deserializer::from_str(text).into_iter::<Value>() {
        match value.map_err(|error| error.to_string())? {
            Value::Array(items) => values.extend(items),
            one => values.push(one),
        }
    }
    Ok(values)
}
