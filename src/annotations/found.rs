//! An extraction in a line, and back.
//!
//! Lists of short lists in place of objects: a corpus of millions is moved over networks. What follows
//! from the document (a mention's block and sentence) is left out. Nothing in a line is believed:
//! positions, indices and order are looked at before anything else uses them.

use std::{cmp::Reverse, sync::Arc};

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::digest::Digest;
use crate::model::{
    document::Document,
    entity::{EntityId, EntityKind},
    extraction::{
        Abbreviation, Attribution, Candidate, EventDate, Extraction, Mention, Quotation, Role,
        Rule, Sense,
    },
    span::Span,
    time::{Precision, TimeExpression, TimeValue},
};

/// First byte, and one past the last.
type Range = (u32, u32);

/// What was found in an article, each list by position.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Found {
    /// Sentences.
    sentences: Vec<Range>,
    /// Names.
    mentions: Vec<MentionIn>,
    /// Short forms with their long ones.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    abbreviations: Vec<(Range, Range)>,
    /// Times.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    times: Vec<TimeIn>,
    /// Quotations, and the mention of who said them.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    quotations: Vec<(Range, Option<usize>)>,
    /// Sources: words, sentence, label, mention.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    attributions: Vec<(Range, Range, String, Option<usize>)>,
    /// Roles: mention, words, sentence.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    roles: Vec<(usize, Range, Range)>,
    /// Dates of events: mention, time.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    event_dates: Vec<(usize, usize)>,
}

/// A name: where, what kind, what it may mean, in what sense, by which rule, how sure.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct MentionIn(
    Range,
    #[serde(with = "KindIn")] EntityKind,
    CandidateIn,
    #[serde(with = "SenseIn")] Sense,
    #[serde(with = "RuleIn")] Rule,
    f32,
);

/// A time: where, first and last day, how exact, whether it is "about".
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct TimeIn(
    Range,
    Date,
    Date,
    #[serde(with = "PrecisionIn")] Precision,
    bool,
);

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum CandidateIn {
    Registry(Vec<Arc<str>>),
    Geo(u32),
    Named(String),
}

#[derive(Serialize, Deserialize)]
#[serde(remote = "EntityKind", rename_all = "kebab-case")]
enum KindIn {
    Person,
    Organisation,
    Place,
    Event,
}

#[derive(Serialize, Deserialize)]
#[serde(remote = "Sense", rename_all = "kebab-case")]
enum SenseIn {
    Literal,
    Government,
    Nationality,
    Source,
}

#[derive(Serialize, Deserialize)]
#[serde(remote = "Rule", rename_all = "kebab-case")]
enum RuleIn {
    Inline,
    FrontMatter,
    Decision,
    Registry,
    Gazetteer,
    Demonym,
    Abbreviation,
    ShortForm,
    Title,
    Head,
    EventHead,
    Frame,
    Recogniser,
}

#[derive(Serialize, Deserialize)]
#[serde(remote = "Precision", rename_all = "kebab-case")]
enum PrecisionIn {
    Century,
    Decade,
    Year,
    Half,
    Quarter,
    Season,
    Month,
    Week,
    Day,
}

fn range(span: Span) -> Range {
    (span.start, span.end)
}

impl From<&Extraction> for Found {
    fn from(found: &Extraction) -> Self {
        let mention = |own: &Mention| {
            let candidate = match &own.candidate {
                Candidate::Registry(ids) => {
                    CandidateIn::Registry(ids.iter().map(|id| id.0.clone()).collect())
                }
                Candidate::Geo(id) => CandidateIn::Geo(*id),
                Candidate::Named(name) => CandidateIn::Named(name.clone()),
            };
            let (kind, sense, rule) = (own.kind, own.sense, own.rule);
            MentionIn(
                range(own.span),
                kind,
                candidate,
                sense,
                rule,
                own.confidence,
            )
        };
        let time = |own: &TimeExpression| {
            let value = own.value;
            let (precision, about) = (value.precision, value.approximate);
            TimeIn(range(own.span), value.first, value.last, precision, about)
        };
        let short_forms = found.abbreviations.iter();
        let quotations = found.quotations.iter();
        let attributions = found.attributions.iter().map(|own| {
            let (words, sentence) = (range(own.span), range(own.sentence));
            (words, sentence, own.label.clone(), own.source)
        });
        let roles = found.roles.iter();
        let event_dates = found.event_dates.iter();
        Self {
            sentences: found.sentences.iter().copied().map(range).collect(),
            mentions: found.mentions.iter().map(mention).collect(),
            abbreviations: short_forms
                .map(|own| (range(own.short), range(own.long)))
                .collect(),
            times: found.times.iter().map(time).collect(),
            quotations: quotations
                .map(|own| (range(own.span), own.speaker))
                .collect(),
            attributions: attributions.collect(),
            roles: roles
                .map(|own| (own.person, range(own.span), range(own.sentence)))
                .collect(),
            event_dates: event_dates.map(|own| (own.mention, own.time)).collect(),
        }
    }
}

/// What a line's positions and indices must lie in.
struct Frame<'a> {
    text: &'a str,
    mentions: usize,
    times: usize,
}

type Checked<T> = Result<T, &'static str>;

impl Frame<'_> {
    fn span(&self, (start, end): Range) -> Checked<Span> {
        match self.text.get(start as usize..end as usize) {
            Some(_) => Ok(Span { start, end }),
            None => Err("a position is not in the text"),
        }
    }

    fn mention(&self, index: usize) -> Checked<usize> {
        (index < self.mentions)
            .then_some(index)
            .ok_or("an index is that of no name")
    }

    fn some_mention(&self, index: Option<usize>) -> Checked<Option<usize>> {
        index.map(|index| self.mention(index)).transpose()
    }

    fn time(&self, index: usize) -> Checked<usize> {
        (index < self.times)
            .then_some(index)
            .ok_or("an index is that of no time")
    }
}

impl Found {
    /// A hash of it.
    pub(super) fn sum(&self) -> String {
        let mut digest = Digest::default();
        // Numbers, lists and texts can always be written.
        digest.bytes(&serde_json::to_vec(self).unwrap_or_default());
        digest.short()
    }

    /// The extraction of `document` that this is.
    pub(super) fn of(&self, document: &Document) -> Checked<Extraction> {
        let frame = Frame {
            text: &document.text,
            mentions: self.mentions.len(),
            times: self.times.len(),
        };
        let sentences: Vec<Span> = all(&self.sentences, |own| frame.span(*own))?;
        let mentions = all(&self.mentions, |own| {
            mention(own, &frame, document, &sentences)
        })?;
        if !mentions.is_sorted_by_key(|own| (own.span.start, Reverse(own.span.end))) {
            return Err("its names are not in order");
        }
        if !sentences.is_sorted_by(|one, next| one.end <= next.start) {
            return Err("its sentences are not in order");
        }
        Ok(Extraction {
            abbreviations: all(&self.abbreviations, |(short, long)| {
                let (short, long) = (frame.span(*short)?, frame.span(*long)?);
                Ok(Abbreviation { short, long })
            })?,
            times: all(&self.times, |own| time(own, &frame))?,
            quotations: all(&self.quotations, |(span, speaker)| {
                let (span, speaker) = (frame.span(*span)?, frame.some_mention(*speaker)?);
                Ok(Quotation { span, speaker })
            })?,
            attributions: all(&self.attributions, |(span, sentence, label, source)| {
                Ok(Attribution {
                    span: frame.span(*span)?,
                    sentence: frame.span(*sentence)?,
                    label: label.clone(),
                    source: frame.some_mention(*source)?,
                })
            })?,
            roles: all(&self.roles, |(person, span, sentence)| {
                Ok(Role {
                    person: frame.mention(*person)?,
                    span: frame.span(*span)?,
                    sentence: frame.span(*sentence)?,
                })
            })?,
            event_dates: all(&self.event_dates, |(mention, time)| {
                let (mention, time) = (frame.mention(*mention)?, frame.time(*time)?);
                Ok(EventDate { mention, time })
            })?,
            sentences,
            mentions,
        })
    }
}

fn all<T, R>(list: &[T], one: impl FnMut(&T) -> Checked<R>) -> Checked<Vec<R>> {
    list.iter().map(one).collect()
}

fn mention(
    MentionIn(place, kind, candidate, sense, rule, confidence): &MentionIn,
    frame: &Frame<'_>,
    document: &Document,
    sentences: &[Span],
) -> Checked<Mention> {
    let span = frame.span(*place)?;
    let block = document
        .block_at(span.start)
        .ok_or("a name stands in no block")?;
    let after = sentences.partition_point(|sentence| sentence.start <= span.start);
    let sentence = after.checked_sub(1).and_then(|n| sentences.get(n));
    if !(0.0..=1.0).contains(confidence) {
        return Err("a confidence is not between 0 and 1");
    }
    Ok(Mention {
        span,
        kind: *kind,
        candidate: match candidate {
            CandidateIn::Registry(ids) => {
                Candidate::Registry(ids.iter().cloned().map(EntityId).collect())
            }
            CandidateIn::Geo(id) => Candidate::Geo(*id),
            CandidateIn::Named(name) => Candidate::Named(name.clone()),
        },
        sense: *sense,
        rule: *rule,
        confidence: *confidence,
        block: block.kind,
        sentence: *sentence.ok_or("a name stands in no sentence")?,
    })
}

fn time(
    TimeIn(place, first, last, precision, about): &TimeIn,
    frame: &Frame<'_>,
) -> Checked<TimeExpression> {
    if first > last {
        return Err("a time ends before it begins");
    }
    let value = TimeValue {
        first: *first,
        last: *last,
        precision: *precision,
        approximate: *about,
    };
    let span = frame.span(*place)?;
    Ok(TimeExpression { span, value })
}
