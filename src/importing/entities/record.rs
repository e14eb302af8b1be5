//! One entity of a list, in the terms of the registry.

use camino::Utf8Path;

use crate::{
    editing::quote::scalar,
    model::{
        entity::{AliasRule, EntityKind},
        source::SourceFile,
    },
    stages::parse::{self, ParseOptions},
    text::fold::fold,
};

/// A name, and where it may be taken for the entity.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OtherName {
    /// The name.
    pub name: String,
    /// How it is matched.
    pub rule: AliasRule,
}

/// A role in a body.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct RoleOf {
    /// What it is called.
    pub title: String,
    /// The body's name.
    pub organisation: Option<String>,
    /// Since when.
    pub from: Option<String>,
    /// Until when.
    pub to: Option<String>,
}

/// An entity of a list.
#[derive(Debug, Clone, PartialEq)]
pub struct Record {
    /// Its id in the list, by which it is known again.
    pub source_id: Option<String>,
    /// What it is.
    pub kind: EntityKind,
    /// Its name.
    pub name: String,
    /// Its other names.
    pub aliases: Vec<OtherName>,
    /// Facts: a key of registry files and its value as YAML writes it.
    pub facts: Vec<(FactKey, String)>,
    /// Addresses of the same thing elsewhere.
    pub same_as: Vec<String>,
    /// Roles.
    pub roles: Vec<RoleOf>,
}

/// Keys of registry files that hold one value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum FactKey {
    /// Names by language.
    Names,
    /// One line.
    Description,
    /// Wikidata item.
    Wikidata,
    /// Id at `OpenSanctions`.
    OpenSanctions,
    /// Legal Entity Identifier.
    Lei,
    /// International Standard Name Identifier.
    Isni,
    /// Virtual International Authority File.
    Viaf,
    /// GeoNames.
    GeoNames,
    /// ISO 3166.
    Country,
    /// Latitude and longitude.
    Coordinates,
    /// Its own site.
    Website,
    /// When it began.
    Start,
    /// When it ended.
    End,
}

impl FactKey {
    /// All of them, in the order of a file.
    pub const ALL: [Self; 13] = [
        Self::Names,
        Self::Description,
        Self::Wikidata,
        Self::OpenSanctions,
        Self::Lei,
        Self::Isni,
        Self::Viaf,
        Self::GeoNames,
        Self::Country,
        Self::Coordinates,
        Self::Website,
        Self::Start,
        Self::End,
    ];

    /// As files have it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Names => "names",
            Self::Description => "description",
            Self::Wikidata => "wikidata",
            Self::OpenSanctions => "opensanctions",
            Self::Lei => "lei",
            Self::Isni => "isni",
            Self::Viaf => "viaf",
            Self::GeoNames => "geonames",
            Self::Country => "country",
            Self::Coordinates => "coordinates",
            Self::Website => "website",
            Self::Start => "start",
            Self::End => "end",
        }
    }

    /// True for identifiers: of two things that share one, each is the other.
    #[must_use]
    pub fn is_identifier(self) -> bool {
        matches!(
            self,
            Self::Wikidata
                | Self::OpenSanctions
                | Self::Lei
                | Self::Isni
                | Self::Viaf
                | Self::GeoNames
        )
    }
}

impl Record {
    /// An entity with a name alone.
    #[must_use]
    pub fn new(kind: EntityKind, name: &str) -> Self {
        let name = name.split_whitespace().collect::<Vec<&str>>().join(" ");
        Self {
            source_id: None,
            kind,
            name,
            aliases: Vec::new(),
            facts: Vec::new(),
            same_as: Vec::new(),
            roles: Vec::new(),
        }
    }

    /// Sets a fact from words, unless it is known or cannot be what its key wants.
    pub(super) fn fact(&mut self, key: FactKey, value: Option<&str>) {
        let Some(value) = value.map(str::trim).filter(|value| !value.is_empty()) else {
            return;
        };
        let value = match key {
            FactKey::Description => shortened(value),
            FactKey::Isni => value.replace([' ', '-'], ""),
            FactKey::Country => value.to_uppercase(),
            _ => value.to_owned(),
        };
        let is_day = matches!(key, FactKey::Start | FactKey::End);
        let written = if is_day { value } else { scalar(&value) };
        self.fact_as(key, written);
    }

    /// Sets a fact from YAML, unless it is known or is not what its key wants.
    pub(super) fn fact_as(&mut self, key: FactKey, written: String) {
        let known = self.facts.iter().any(|(other, _)| *other == key);
        if !known && is_accepted(key, &written) {
            self.facts.push((key, written));
        }
    }

    /// Adds another name, with the care that its form asks for.
    pub(super) fn alias(&mut self, name: &str, is_weak: bool) {
        let name = name.split_whitespace().collect::<Vec<&str>>().join(" ");
        let is_known = fold(&name) == fold(&self.name)
            || self
                .aliases
                .iter()
                .any(|alias| fold(&alias.name) == fold(&name));
        if name.is_empty() || is_known || name.chars().count() > 120 {
            return;
        }
        let words = name.split_whitespace().count();
        let letters = name.chars().count();
        let is_short_form = words == 1 && letters <= 6 && !name.chars().any(char::is_lowercase);
        let rule = match () {
            () if is_weak
                || letters < 2
                || !name.chars().any(char::is_uppercase) && name.is_ascii() =>
            {
                AliasRule::Never
            }
            () if is_short_form => AliasRule::Exact,
            // One word is a surname, or a word of the language.
            () if words == 1 => AliasRule::NeedsContext,
            () => AliasRule::Plain,
        };
        self.aliases.push(OtherName { name, rule });
    }

    /// Adds an address of the same thing elsewhere.
    pub(super) fn elsewhere(&mut self, url: &str) {
        let is_web = (url.starts_with("https://") || url.starts_with("http://"))
            && !url.contains(char::is_whitespace);
        if is_web && !self.same_as.iter().any(|known| known == url) {
            self.same_as.push(url.to_owned());
        }
    }

    /// The registry file.
    #[must_use]
    pub fn text(&self, id: Option<&str>) -> String {
        let mut text = format!("---\nname: {}\n", scalar(&self.name));
        if let Some(id) = id {
            text.push_str(&format!("id: {}\n", scalar(id)));
        }
        if !self.aliases.is_empty() {
            text.push_str("aliases:\n");
            for alias in &self.aliases {
                text.push_str(&format!("  - {}\n", alias.written()));
            }
        }
        let mut facts = self.facts.clone();
        facts.sort_by_key(|(key, _)| *key);
        for (key, value) in &facts {
            text.push_str(&format!("{}: {value}\n", key.as_str()));
        }
        let list: Vec<String> = self.same_as.iter().map(|url| scalar(url)).collect();
        if !list.is_empty() {
            text.push_str(&format!("sameAs: [{}]\n", list.join(", ")));
        }
        if !self.roles.is_empty() {
            text.push_str("roles:\n");
            for role in &self.roles {
                text.push_str(&format!("  - {}\n", role.written()));
            }
        }
        if let Some(source) = &self.source_id {
            text.push_str(&format!("{}\n", source_line(source)));
        }
        text.push_str("---\n");
        text
    }
}

/// The comment by which an entity of a list is known again.
pub(super) fn source_line(id: &str) -> String {
    format!("# imported: {}", id.replace(['\n', '\r'], " "))
}

impl OtherName {
    /// As an item of `aliases:`.
    #[must_use]
    pub fn written(&self) -> String {
        let rule = match self.rule {
            AliasRule::Plain => return scalar(&self.name),
            AliasRule::Exact => "exact",
            AliasRule::NeedsContext => "context",
            AliasRule::Never => "never",
        };
        format!("{{name: {}, match: {rule}}}", scalar(&self.name))
    }
}

impl RoleOf {
    fn written(&self) -> String {
        let parts = [
            ("organisation", &self.organisation),
            ("from", &self.from),
            ("to", &self.to),
        ];
        let mut written = format!("{{title: {}", scalar(&self.title));
        for (key, value) in parts {
            if let Some(value) = value {
                let value = if key == "organisation" {
                    scalar(value)
                } else {
                    value.clone()
                };
                written.push_str(&format!(", {key}: {value}"));
            }
        }
        written.push('}');
        written
    }
}

/// Whether the registry takes this value for this key: its own reader says so.
fn is_accepted(key: FactKey, written: &str) -> bool {
    let text = format!("---\nname: A\n{}: {written}\n---\n", key.as_str());
    let source = SourceFile {
        path: "entities/place/a.md".into(),
        text: text.into(),
    };
    let (_, problems) = parse::entity(&source, &ParseOptions::default());
    problems.is_empty()
}

/// The first sentence, of at most two hundred letters.
fn shortened(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<&str>>().join(" ");
    let end = line.find(". ").map_or(line.len(), |at| at + 1);
    let line = &line[..end];
    match line.char_indices().nth(200) {
        Some((at, _)) => {
            let cut = line[..at].rfind(' ').unwrap_or(at);
            format!("{}…", &line[..cut])
        }
        None => line.to_owned(),
    }
}

/// A day of a longer moment, where it is one.
pub(super) fn day(written: &str) -> Option<&str> {
    let day = written.trim().trim_start_matches('+').get(..10)?;
    day.parse::<jiff::civil::Date>().ok().map(|_| day)
}

/// A year, month or day, as roles take it.
pub(super) fn partial(written: &str) -> Option<String> {
    let written = written.trim();
    if let Some(day) = day(written) {
        return Some(day.to_owned());
    }
    let digits = |part: &str, length: usize| {
        part.len() == length && part.bytes().all(|b| b.is_ascii_digit())
    };
    match written.split_once('-') {
        None => digits(written, 4).then(|| written.to_owned()),
        Some((year, month)) => (digits(year, 4) && digits(month, 2)).then(|| written.to_owned()),
    }
}

/// The file name of a registry file.
pub(super) fn stem(path: &Utf8Path) -> &str {
    path.file_stem().unwrap_or_default()
}
