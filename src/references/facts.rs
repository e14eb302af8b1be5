//! What is known of a work, for machines.

use hayagriva::{Entry, types::Date};

use super::Library;

/// A work without the style of a site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Facts {
    /// `book`, `article` and so on.
    pub kind: String,
    /// Its title.
    pub title: Option<String>,
    /// Who wrote it, given names first.
    pub authors: Vec<String>,
    /// When it was published, as precisely as is known: `2024`, `2024-07` or `2024-07-21`.
    pub date: Option<String>,
    /// Who published it.
    pub publisher: Option<String>,
    /// Its address.
    pub url: Option<String>,
    /// Its DOI.
    pub doi: Option<String>,
}

impl Library {
    /// What is known of the work of a key.
    #[must_use]
    pub fn facts(&self, key: &str) -> Option<Facts> {
        let entry = &self.works.get(key)?.entry;
        let publisher = entry
            .publisher()
            .or_else(|| entry.map_parents(Entry::publisher));
        let publisher = publisher.and_then(|publisher| publisher.name());
        let authors = entry.authors().unwrap_or_default().iter();
        Some(Facts {
            kind: kind(entry),
            title: entry.title().map(ToString::to_string),
            authors: authors.map(|person| person.given_first(false)).collect(),
            date: entry.date_any().map(iso),
            publisher: publisher.map(ToString::to_string),
            url: entry.url_any().map(|url| url.value.to_string()),
            doi: entry.doi().map(str::to_owned),
        })
    }

    /// Who wrote a work, or what it is called, and its year, in few words: for a text that is read
    /// without its style.
    #[must_use]
    pub fn in_few_words(&self, key: &str) -> String {
        let Some(work) = self.works.get(key) else {
            return key.to_owned();
        };
        let names = work.entry.authors().unwrap_or_default();
        let title = || work.entry.title().map(ToString::to_string);
        let who = match names {
            [] => title().unwrap_or_else(|| key.to_owned()),
            [one] => one.name.clone(),
            [one, two] => format!("{} & {}", one.name, two.name),
            [one, ..] => format!("{} et al.", one.name),
        };
        match work.entry.date_any() {
            Some(date) => format!("{who} ({})", date.display_year()),
            None => who,
        }
    }
}

/// The type as the processor's own format names it.
fn kind(entry: &Entry) -> String {
    let name = serde_json::to_value(entry.entry_type()).ok();
    let name = name.and_then(|name| name.as_str().map(str::to_owned));
    name.unwrap_or_else(|| "misc".to_owned())
}

fn iso(date: &Date) -> String {
    let month = date.month.map(|month| format!("-{:02}", month + 1));
    let day = date.day.filter(|_| month.is_some());
    let day = day.map(|day| format!("-{:02}", day + 1));
    let parts = month.into_iter().chain(day);
    format!("{:04}", date.year) + &parts.collect::<String>()
}
