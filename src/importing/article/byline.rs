//! Lines that say who wrote an article and when.

use crate::{importing::date, text::fold::fold};

use super::Written;

/// What such a line says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct ByLine {
    pub(super) authors: Vec<String>,
    pub(super) publisher: Option<String>,
    pub(super) date: Option<Written>,
    pub(super) updated: Option<Written>,
}

/// How a line begins that names its author.
const BY: &[&str] = &[
    "by ",
    "written by ",
    "author: ",
    "authors: ",
    "reported by ",
    "story by ",
    "von ",
    "par ",
    "por ",
    "автор: ",
];

/// Words around a date that are no name, folded.
const AROUND: &[&str] = &[
    "published",
    "published on",
    "posted",
    "posted on",
    "updated",
    "last updated",
    "date",
    "first published",
    "on",
    "at",
    "created",
    "publie le",
    "mis a jour le",
    "veroffentlicht am",
    "publicado el",
];

/// Reads the line; `None` where it is no such line.
pub(super) fn read(line: &str, language: &str) -> Option<ByLine> {
    let line = line.trim();
    if line.split_whitespace().count() > 24 {
        return None;
    }
    let day = date::in_words(line, language);
    let head = &line[..day
        .as_ref()
        .map_or(line.len(), |(_, span)| span.start as usize)];
    let lower = head.to_lowercase();
    let by = BY
        .iter()
        .find(|by| lower.starts_with(**by) && head.is_char_boundary(by.len()));
    let mut found = ByLine::default();
    match (by, &day) {
        (None, None) => return None,
        (Some(by), _) => found.names(&head[by.len()..]),
        (None, Some((_, span))) => {
            let rest = &line[span.end as usize..];
            let words = |text: &str| text.split_whitespace().count();
            if words(head) > 8 || words(rest) > 8 || super::furniture::ends_sentence(line) {
                return None;
            }
            if !is_around(head) && has_separator(head) {
                found.names(head);
            } else if !is_around(head) && words(head) > 3 {
                return None;
            }
        }
    }
    // "By the time the port had closed …" names nobody.
    if by.is_some()
        && day.is_none()
        && (found.authors.is_empty() || super::furniture::ends_sentence(line))
    {
        return None;
    }
    if let Some((day, _)) = day {
        let is_update = fold(head).contains("updated") || fold(head).contains("mis a jour");
        let place = if is_update {
            &mut found.updated
        } else {
            &mut found.date
        };
        *place = Some(day.into());
    }
    Some(found)
}

fn is_around(head: &str) -> bool {
    let folded = fold(head);
    let folded = folded.trim_matches(|c: char| !c.is_alphanumeric());
    folded.is_empty() || AROUND.contains(&folded)
}

fn has_separator(head: &str) -> bool {
    head.trim_end()
        .ends_with(['|', ',', '•', '·', '—', '–', '-'])
}

impl ByLine {
    /// "Jane Miller and Tom Reed, The Harbour Post | Published on"
    fn names(&mut self, text: &str) {
        let separators = ['|', '•', '·', '—', '–', ';', '\t', '/'];
        for part in text.split(separators).flat_map(|part| part.split(", ")) {
            for name in part.split(" and ").flat_map(|part| part.split(" & ")) {
                let name = name
                    .trim()
                    .trim_matches([',', '-', '.', ':', '(', ')'])
                    .trim();
                let (name, of) = match name.split_once(" for ").or_else(|| name.split_once(" in "))
                {
                    Some((name, of)) => (name, Some(of)),
                    None => (name, None),
                };
                self.publisher = self
                    .publisher
                    .take()
                    .or_else(|| of.filter(|of| is_publisher(of)).map(str::to_owned));
                if name.is_empty() || is_around(name) || !is_name(name) {
                    continue;
                }
                if is_publisher(name) {
                    self.publisher.get_or_insert_with(|| name.to_owned());
                    if !self.authors.is_empty() {
                        continue;
                    }
                }
                self.authors.push(name.to_owned());
            }
        }
    }
}

/// A few words of which one at least is a name.
fn is_name(text: &str) -> bool {
    let words: Vec<&str> = text.split_whitespace().collect();
    let has_capital = words
        .iter()
        .any(|word| word.starts_with(char::is_uppercase) || word.chars().any(char::is_uppercase));
    (1..=7).contains(&words.len())
        && has_capital
        && !text.contains(|c: char| c.is_ascii_digit() || c == '@')
}

const PUBLISHERS: &[&str] = &[
    "agency",
    "bureau",
    "bulletin",
    "chronicle",
    "courier",
    "daily",
    "desk",
    "dispatch",
    "echo",
    "editors",
    "gazette",
    "guardian",
    "herald",
    "insider",
    "journal",
    "magazine",
    "mail",
    "media",
    "monitor",
    "network",
    "news",
    "newsroom",
    "observer",
    "online",
    "post",
    "press",
    "radio",
    "reporter",
    "reporters",
    "reuters",
    "review",
    "staff",
    "standard",
    "star",
    "sun",
    "team",
    "telegraph",
    "times",
    "today",
    "tribune",
    "tv",
    "weekly",
    "afp",
    "ap",
    "dpa",
    "tass",
    "bbc",
    "cnn",
    "rfe/rl",
    "watch",
];

/// True for the name of a paper, an agency or a desk: by a word that such names have, or a capital
/// inside a word, as in `EastPost`.
pub(super) fn is_publisher(name: &str) -> bool {
    name.split_whitespace().any(|word| {
        let folded = fold(word);
        let inner =
            word.chars().skip(1).any(char::is_uppercase) && word.chars().any(char::is_lowercase);
        let is_surname = [
            "Mc", "Mac", "De", "Di", "Le", "La", "Van", "O'", "O’", "D'", "D’",
        ]
        .iter()
        .any(|start| word.starts_with(start));
        PUBLISHERS.contains(&folded.as_str()) || (inner && !is_surname && !word.contains('-'))
    })
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn reads_who_and_when() {
        for (line, authors, publisher, day) in [
            (
                "By coast EastPost July 21, 2024",
                "coast EastPost",
                "coast EastPost",
                "2024-07-21",
            ),
            (
                "By Jane Miller and Tom Reed, The Harbour Post",
                "Jane Miller|Tom Reed",
                "The Harbour Post",
                "",
            ),
            (
                "Jane Miller | 21 July 2024",
                "Jane Miller",
                "",
                "2024-07-21",
            ),
            (
                "By Sean McCarthy for The Harbour Times",
                "Sean McCarthy",
                "The Harbour Times",
                "",
            ),
            ("Published: 21 July 2024 10:30", "", "", "2024-07-21"),
            ("July 21, 2024", "", "", "2024-07-21"),
        ] {
            let found = read(line, "en").unwrap();
            assert_eq!(found.authors.join("|"), authors, "{line}");
            assert_eq!(found.publisher.unwrap_or_default(), publisher, "{line}");
            assert_eq!(
                found.date.map(|date| date.text).unwrap_or_default(),
                day,
                "{line}"
            );
        }
        assert!(
            read("Updated 22 July 2024", "en")
                .unwrap()
                .updated
                .is_some()
        );
        for line in [
            "By the time the ships came, the port had closed.",
            "The port was closed on July 21, 2024.",
            "What happened on July 21, 2024 in the harbour of the city and after it",
            "The port is open",
        ] {
            assert_eq!(read(line, "en"), None, "{line}");
        }
    }
}
