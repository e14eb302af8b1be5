//! An article: front matter and document.

use std::collections::BTreeMap;

use camino::Utf8PathBuf;
use jiff::{Timestamp, civil::Date};

use super::{document::Document, span::Span};

/// A day, or a moment where the author gave a time of day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Moment {
    /// The instant; midnight UTC where only a day was given.
    pub instant: Timestamp,
    /// The day as written.
    pub date: Date,
    /// Whether a time of day was given.
    pub has_time: bool,
}

impl Moment {
    /// ISO 8601, no more exact than the author wrote.
    #[must_use]
    pub fn iso(&self) -> String {
        if self.has_time {
            self.instant.to_string()
        } else {
            self.date.to_string()
        }
    }
}

/// A Traffic Light Protocol 2.0 marking, from the most open to the most closed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Marking {
    /// TLP:CLEAR
    Clear,
    /// TLP:GREEN
    Green,
    /// TLP:AMBER
    Amber,
    /// TLP:AMBER+STRICT
    AmberStrict,
    /// TLP:RED
    Red,
}

impl Marking {
    /// All markings, from the most open to the most closed.
    pub const ALL: [Self; 5] = [
        Self::Clear,
        Self::Green,
        Self::Amber,
        Self::AmberStrict,
        Self::Red,
    ];

    /// All markings with how they are written.
    pub const CHOICES: [(&'static str, Self); 5] = [
        (Self::Clear.as_str(), Self::Clear),
        (Self::Green.as_str(), Self::Green),
        (Self::Amber.as_str(), Self::Amber),
        (Self::AmberStrict.as_str(), Self::AmberStrict),
        (Self::Red.as_str(), Self::Red),
    ];

    /// As the standard writes it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Clear => "TLP:CLEAR",
            Self::Green => "TLP:GREEN",
            Self::Amber => "TLP:AMBER",
            Self::AmberStrict => "TLP:AMBER+STRICT",
            Self::Red => "TLP:RED",
        }
    }
}

/// The lead image.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeadImage {
    /// Path or address as written.
    pub src: String,
    /// Alternative text.
    pub alt: String,
    /// Caption.
    pub caption: Option<String>,
    /// Credit, never read by the extractor.
    pub credit: Option<String>,
    /// Licence.
    pub licence: Option<String>,
}

/// A source the article cites.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Citation {
    /// Title.
    pub title: String,
    /// Address.
    pub url: Option<String>,
    /// Publisher.
    pub publisher: Option<String>,
    /// Date of publication.
    pub date: Option<Date>,
    /// An archived copy.
    pub archive_url: Option<String>,
}

/// A correction.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Correction {
    /// When.
    pub date: Date,
    /// What.
    pub text: String,
}

/// One of the points that an article makes, as the front matter has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyPoint {
    /// A line of Markdown.
    pub text: String,
    /// Where its YAML stands in the file.
    pub source: Span,
}

/// The author's word on an article's entities: it outranks registry and machine.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EntityRules {
    /// Entities that the article is about.
    pub about: Vec<String>,
    /// Entities to list although the text does not name them.
    pub add: Vec<String>,
    /// Names never to take as entities here.
    pub drop: Vec<String>,
    /// Names that mean a given entity here.
    pub bind: BTreeMap<String, String>,
    /// Whether the machine may detect entities here.
    pub auto: bool,
}

impl Default for EntityRules {
    fn default() -> Self {
        Self {
            about: Vec::new(),
            add: Vec::new(),
            drop: Vec::new(),
            bind: BTreeMap::new(),
            auto: true,
        }
    }
}

/// A value under `extra`, handed to templates as it is.
#[derive(Debug, Clone, PartialEq)]
pub enum Extra {
    /// `null`
    Null,
    /// true or false
    Bool(bool),
    /// A number.
    Number(f64),
    /// A text.
    Text(String),
    /// A list.
    List(Vec<Extra>),
    /// A map.
    Map(BTreeMap<String, Extra>),
}

/// The redaction of a whole article.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Redaction {
    /// What readers are told of why.
    pub reason: Option<String>,
}

/// All that is published of an article that was redacted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RedactedArticle {
    /// Its file, for diagnostics.
    pub path: Utf8PathBuf,
    /// Last part of its address.
    pub slug: String,
    /// Old addresses that lead to it.
    pub aliases: Vec<String>,
    /// Where they stand in the file.
    pub aliases_span: Option<Span>,
    /// Why.
    pub reason: Option<String>,
}

/// An article's front matter, checked.
#[derive(Debug, Clone, PartialEq)]
pub struct FrontMatter {
    /// Headline.
    pub title: String,
    /// Date of publication; times in the text count from it.
    pub date: Moment,
    /// Last change.
    pub updated: Option<Moment>,
    /// Not to be published.
    pub draft: bool,
    /// Not before.
    pub publish_at: Option<Moment>,
    /// Not after.
    pub expires_at: Option<Moment>,
    /// By-line.
    pub authors: Vec<String>,
    /// Standfirst.
    pub summary: Option<String>,
    /// The points that it makes.
    pub key_points: Vec<KeyPoint>,
    /// Topics.
    pub topics: Vec<String>,
    /// Tags.
    pub tags: Vec<String>,
    /// Storyline.
    pub storyline: Option<String>,
    /// Lead image.
    pub image: Option<LeadImage>,
    /// The place of the dateline.
    pub dateline: Option<String>,
    /// Sources.
    pub sources: Vec<Citation>,
    /// Corrections.
    pub corrections: Vec<Correction>,
    /// Marking.
    pub marking: Option<Marking>,
    /// Withdrawn: only its address stays, with a notice.
    pub redaction: Option<Redaction>,
    /// BCP 47 language, where it differs from the site's.
    pub language: Option<String>,
    /// The slug of the article that this one translates.
    pub translation_of: Option<String>,
    /// Slug, where it differs from the file's name.
    pub slug: Option<String>,
    /// Old addresses that lead here.
    pub aliases: Vec<String>,
    /// Rules for entities.
    pub entities: EntityRules,
    /// Data that the page's template is given.
    pub data: Vec<DataName>,
    /// The author's own values.
    pub extra: BTreeMap<String, Extra>,
}

/// A data file that front matter names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DataName {
    /// Its name in `content/data/`, with or without its ending.
    pub name: String,
    /// Where the name stands in the file.
    pub source: Span,
}

/// An article, parsed.
#[derive(Debug, Clone)]
pub struct Article {
    /// The BLAKE3 hash of the text that it was read from.
    pub hash: [u8; 32],
    /// Path below the content folder.
    pub path: Utf8PathBuf,
    /// Last part of its address: unique in the site.
    pub slug: String,
    /// The front matter, checked.
    pub front: FrontMatter,
    /// Where each front matter key's value stands in the file, for later diagnostics.
    pub front_spans: BTreeMap<String, Span>,
    /// Prose and HTML.
    pub document: Document,
    /// The key points, each a line; they repeat the text, and are not read for names.
    pub key_points: Vec<Document>,
}
