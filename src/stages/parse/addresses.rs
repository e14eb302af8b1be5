//! `urls.jsonl`: the addresses that the site has published, one JSON object a line.
//!
//! Lines are sorted by address, so that branches of a repository merge line by line.

use std::collections::BTreeSet;

use camino::Utf8PathBuf;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::{
    diagnostic::{Code, Diagnostic},
    model::{
        address::{Address, Owner, Remembered, TermFamily},
        source::SourceFile,
        span::Span,
    },
    portable,
};

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Line {
    url: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    file: Option<Utf8PathBuf>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    entity: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    list: Option<String>,
    title: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    date: Option<String>,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    retired: bool,
}

impl Line {
    fn address(self) -> Result<Address, String> {
        let owner = match (self.file, self.entity, self.list) {
            (Some(file), None, None) => Owner::File(file),
            (None, Some(id), None) => Owner::Entity(id),
            (None, None, Some(folder)) => {
                let mut families = TermFamily::ALL.into_iter();
                let family = families.find(|family| family.folder() == folder);
                Owner::Term(family.ok_or_else(|| {
                    format!("`{folder}` is no list: it is `topics`, `tags` or `storylines`")
                })?)
            }
            _ => return Err("an address has either a `file`, an `entity` or a `list`".to_owned()),
        };
        let path = self.url.strip_suffix('/').unwrap_or("");
        if let Some(fault) = portable::path_fault(path) {
            let url = &self.url;
            return Err(format!(
                "`{url}` is no address such as `briefings/ports/`: {fault}"
            ));
        }
        let date = self.date.map(|day| {
            let read = day.parse::<Date>();
            read.map_err(|_| format!("`{day}` is no day such as 2024-07-21"))
        });
        Ok(Address {
            url: self.url,
            owner,
            title: self.title,
            date: date.transpose()?,
            retired: self.retired,
        })
    }
}

/// Reads the addresses.
#[must_use]
pub fn addresses(source: &SourceFile) -> (Vec<Remembered>, Vec<Diagnostic>) {
    let (mut found, mut problems) = (Vec::new(), Vec::new());
    let mut seen = BTreeSet::new();
    let mut start = 0;
    for part in source.text.split_inclusive('\n') {
        let text = part.trim_end();
        let line = Span::new(start, start + text.len());
        start += part.len();
        if text.is_empty() {
            continue;
        }
        let read = serde_json::from_str::<Line>(text).map_err(|error| unreadable(&error));
        let read = read.and_then(Line::address).and_then(|address| {
            let is_new = seen.insert(address.url.clone());
            let twice = || format!("the address `{}` stands here twice", address.url);
            is_new.then_some(&address).ok_or_else(twice)?;
            Ok(address)
        });
        match read {
            Ok(address) => found.push(Remembered { address, line }),
            Err(fault) => {
                let path = source.path.clone();
                problems.push(
                    Diagnostic::error(Code::UrlFile, path, Some(line), fault)
                        .hint("`dateline urls accept` writes this file; take it back from version control, or mend the line"),
                );
            }
        }
    }
    (found, problems)
}

/// What is wrong with a line; its place is shown otherwise.
fn unreadable(error: &serde_json::Error) -> String {
    let told = error.to_string();
    let cause = told.split(" at line ").next().unwrap_or_default();
    format!("the line is no address: {cause}")
}

/// The file's text.
///
/// # Errors
/// None that these values can cause.
pub fn text_of_addresses(addresses: &[Address]) -> serde_json::Result<String> {
    let mut text = String::new();
    for address in addresses {
        let (file, entity, list) = match &address.owner {
            Owner::File(file) => (Some(file.clone()), None, None),
            Owner::Entity(id) => (None, Some(id.clone()), None),
            Owner::Term(family) => (None, None, Some(family.folder().to_owned())),
        };
        let line = Line {
            url: address.url.clone(),
            file,
            entity,
            list,
            title: address.title.clone(),
            date: address.date.map(|date| date.to_string()),
            retired: address.retired,
        };
        text.push_str(&serde_json::to_string(&line)?);
        text.push('\n');
    }
    Ok(text)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn read(text: &str) -> (Vec<Address>, Vec<String>) {
        let source = SourceFile {
            path: "urls.jsonl".into(),
            text: text.into(),
        };
        let (found, problems) = addresses(&source);
        let messages = problems.into_iter().map(|problem| problem.message);
        (
            found.into_iter().map(|known| known.address).collect(),
            messages.collect(),
        )
    }

    #[test]
    fn what_is_written_is_read() {
        let text = "{\"url\":\"briefings/ports/\",\"file\":\"briefings/ports.md\",\"title\":\"Ports \\\"now\\\"\",\"date\":\"2024-07-21\"}\n\
                    {\"url\":\"entities/places/quay/\",\"entity\":\"quay\",\"title\":\"The Quay\",\"retired\":true}\n\
                    {\"url\":\"topics/rail/\",\"list\":\"topics\",\"title\":\"Rail\"}\n";
        let (found, problems) = read(text);
        assert_eq!(problems, Vec::<String>::new());
        assert_eq!(text_of_addresses(&found).unwrap(), text);
    }

    #[test]
    fn what_is_no_address_is_told() {
        let good = "{\"url\":\"a/\",\"file\":\"a.md\",\"title\":\"A\"}";
        for bad in [
            "<<<<<<< HEAD",
            "{\"url\":\"a/\",\"title\":\"A\"}",
            "{\"url\":\"../a/\",\"file\":\"a.md\",\"title\":\"A\"}",
            "{\"url\":\"a\",\"file\":\"a.md\",\"title\":\"A\"}",
            "{\"url\":\"b/\",\"file\":\"a.md\",\"title\":\"A\",\"date\":\"2024-02-30\"}",
            "{\"url\":\"b/\",\"file\":\"a.md\",\"title\":\"A\",\"more\":1}",
            "{\"url\":\"b/\",\"list\":\"people\",\"title\":\"A\"}",
            "{\"url\":\"b/\",\"list\":\"tags\",\"file\":\"a.md\",\"title\":\"A\"}",
            good,
        ] {
            let (found, problems) = read(&format!("{good}\n{bad}\n"));
            assert_eq!((found.len(), problems.len()), (1, 1), "{bad}");
        }
    }
}
