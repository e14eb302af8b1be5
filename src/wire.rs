//! What is found in articles, as JSON lines: `extract --jsonl` writes it.
//!
//! The model's own types are not serialised; these are. A change of their meaning raises
//! [`SCHEMA`]. Positions are in characters of the article's text, not bytes.

use serde::{Deserialize, Serialize};

use crate::{
    evaluation::whole::Offsets,
    model::{
        document::Document,
        extraction::{Candidate, Extraction, Mention},
    },
};

/// The version of the lines.
pub const SCHEMA: u32 = 2;

/// The first line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Header {
    /// Always `dateline-mentions`.
    pub format: String,
    /// [`SCHEMA`]
    pub schema: u32,
    /// The program's version: parts that other versions made do not fit together.
    pub version: String,
}

impl Default for Header {
    fn default() -> Self {
        Self {
            format: "dateline-mentions".to_owned(),
            schema: SCHEMA,
            version: env!("CARGO_PKG_VERSION").to_owned(),
        }
    }
}

/// An article to read.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ArticleIn {
    /// Unique; comes back with what was found.
    pub id: String,
    /// Plain text.
    pub text: String,
    /// Its date, `YYYY-MM-DD`, from which "last year" counts. Without one, times that need it are left out.
    #[serde(default)]
    pub date: Option<String>,
    /// BCP 47; English where it is left out.
    #[serde(default)]
    pub language: Option<String>,
}

/// What was found in an article.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ArticleOut {
    /// Of the article.
    pub id: String,
    /// Names, in order.
    pub mentions: Vec<MentionOut>,
    /// Times, in order.
    pub times: Vec<TimeOut>,
    /// Quotations, in order.
    pub quotations: Vec<QuotationOut>,
    /// What the article calls people.
    pub roles: Vec<RoleOut>,
}

/// A name.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct MentionOut {
    /// First character.
    pub start: usize,
    /// One past the last.
    pub end: usize,
    /// As written.
    pub text: String,
    /// `person`, `organisation`, `place` or `event`.
    pub kind: String,
    /// `literal`, `government`, `nationality` or `source`.
    pub sense: String,
    /// The rule that found it.
    pub rule: String,
    /// 0 to 1, in thousandths.
    pub confidence: f64,
    /// Its fullest form in the article, for a name that no list holds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Its GeoNames id.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub geonames: Option<u32>,
}

/// A time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TimeOut {
    /// First character.
    pub start: usize,
    /// One past the last.
    pub end: usize,
    /// ISO 8601 or EDTF.
    pub value: String,
}

/// A quotation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct QuotationOut {
    /// First character.
    pub start: usize,
    /// One past the last.
    pub end: usize,
    /// Index into the mentions of who said it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub speaker: Option<usize>,
}

/// What a sentence says somebody is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoleOut {
    /// First character.
    pub start: usize,
    /// One past the last.
    pub end: usize,
    /// As written, without article: `French academic`.
    pub text: String,
    /// Index into the mentions of the person.
    pub person: usize,
}

impl ArticleOut {
    /// What was found in `document`. Without a date, no times: they would count from a wrong one.
    #[must_use]
    pub fn new(id: String, document: &Document, extraction: &Extraction, dated: bool) -> Self {
        let mut offsets = Offsets::new(&document.text);
        let mentions = extraction.mentions.iter();
        let mentions = mentions
            .map(|m| mention(m, document, &mut offsets))
            .collect();
        let times = extraction.times.iter().filter(|_| dated).map(|time| {
            let (start, end) = offsets.characters(time.span);
            let value = time.value.to_string();
            TimeOut { start, end, value }
        });
        let times = times.collect();
        let quotations = extraction.quotations.iter().map(|quotation| {
            let (start, end) = offsets.characters(quotation.span);
            let speaker = quotation.speaker;
            QuotationOut {
                start,
                end,
                speaker,
            }
        });
        let quotations = quotations.collect();
        let roles = extraction.roles.iter().map(|role| {
            let (start, end) = offsets.characters(role.span);
            RoleOut {
                start,
                end,
                text: role.span.of(&document.text).to_owned(),
                person: role.person,
            }
        });
        Self {
            id,
            mentions,
            times,
            quotations,
            roles: roles.collect(),
        }
    }
}

fn mention(mention: &Mention, document: &Document, offsets: &mut Offsets<'_>) -> MentionOut {
    let (start, end) = offsets.characters(mention.span);
    let (name, geonames) = match &mention.candidate {
        Candidate::Named(name) => (Some(name.clone()), None),
        Candidate::Geo(id) => (None, Some(*id)),
        Candidate::Registry(_) => (None, None),
    };
    MentionOut {
        start,
        end,
        text: mention.span.of(&document.text).to_owned(),
        kind: mention.kind.as_str().to_owned(),
        sense: format!("{:?}", mention.sense).to_lowercase(),
        rule: format!("{:?}", mention.rule).to_lowercase(),
        confidence: (f64::from(mention.confidence) * 1000.0).round() / 1000.0,
        name,
        geonames,
    }
}
