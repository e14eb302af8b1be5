//! What extraction finds in one article. Positions are in [`super::document::Document::text`].

use super::{
    document::BlockKind,
    entity::{EntityId, EntityKind},
    span::Span,
    time::TimeExpression,
};

/// How a mention was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Rule {
    /// The author wrote `[[...]]`.
    Inline,
    /// The front matter binds the name.
    FrontMatter,
    /// A name that the editor accepted.
    Decision,
    /// A registry name or alias.
    Registry,
    /// A country or city of the gazetteer.
    Gazetteer,
    /// A people or nationality, for its country.
    Demonym,
    /// A short form that the article itself defines in brackets.
    Abbreviation,
    /// A surname or short form of a name given in full before.
    ShortForm,
    /// A title or role before the name.
    Title,
    /// A head word: Ministry, Ltd, University, Hall.
    Head,
    /// A head word of events: attack, Olympics, summit.
    EventHead,
    /// A verb or frame that only a person takes: "X said".
    Frame,
    /// A scored span of a `Recogniser`.
    Recogniser,
}

impl Rule {
    /// True for what the author, an editor or the registry says, not the machine.
    #[must_use]
    pub fn is_authored(self) -> bool {
        matches!(
            self,
            Self::Inline | Self::FrontMatter | Self::Decision | Self::Registry
        )
    }

    /// A stable word for it, in data and explanations.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Inline => "inline",
            Self::FrontMatter => "front-matter",
            Self::Decision => "decision",
            Self::Registry => "registry",
            Self::Gazetteer => "gazetteer",
            Self::Demonym => "demonym",
            Self::Abbreviation => "abbreviation",
            Self::ShortForm => "short-form",
            Self::Title => "title",
            Self::Head => "head",
            Self::EventHead => "event-head",
            Self::Frame => "frame",
            Self::Recogniser => "recogniser",
        }
    }
}

/// In what sense a name stands in its sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Sense {
    /// The thing itself.
    #[default]
    Literal,
    /// A capital or country that stands for its government.
    Government,
    /// A people, or a nationality.
    Nationality,
    /// Who reported something, not whom it is about.
    Source,
}

/// What a mention may mean.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Candidate {
    /// One or more registry entities that bear the name, sorted.
    Registry(Vec<EntityId>),
    /// A place of the gazetteer, by GeoNames id.
    Geo(u32),
    /// A name of this article, in its fullest form here.
    Named(String),
}

/// A span that names something.
#[derive(Debug, Clone, PartialEq)]
pub struct Mention {
    /// Where.
    pub span: Span,
    /// What kind of thing.
    pub kind: EntityKind,
    /// What it may mean.
    pub candidate: Candidate,
    /// In what sense.
    pub sense: Sense,
    /// How it was found.
    pub rule: Rule,
    /// 0 to 1.
    pub confidence: f32,
    /// In what kind of block.
    pub block: BlockKind,
    /// Its sentence.
    pub sentence: Span,
}

/// "Full Name (SHORT)" as the article defines it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Abbreviation {
    /// The short form.
    pub short: Span,
    /// The full name before it.
    pub long: Span,
}

/// Words in quotation marks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quotation {
    /// The quoted words, without the marks.
    pub span: Span,
    /// Index into [`Extraction::mentions`] of who said it, where the text makes that plain.
    pub speaker: Option<usize>,
}

/// What one sentence says somebody is: "French academic".
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Role {
    /// Index into [`Extraction::mentions`] of the person.
    pub person: usize,
    /// The words that say it, without article.
    pub span: Span,
    /// The sentence that says it.
    pub sentence: Span,
}

/// Somebody or something that the article names as the source of what it tells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attribution {
    /// The words that name the source, with their modifiers: "two senior officials".
    pub span: Span,
    /// The sentence.
    pub sentence: Span,
    /// What readers see: the words without article and number, in lower case but for names.
    pub label: String,
    /// Index into [`Extraction::mentions`], where the source is a name.
    pub source: Option<usize>,
}

/// A date that the article gives an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct EventDate {
    /// Index into [`Extraction::mentions`].
    pub mention: usize,
    /// Index into [`Extraction::times`].
    pub time: usize,
}

/// Everything found in one article, each list sorted by position.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Extraction {
    /// The sentences; they lie within blocks.
    pub sentences: Vec<Span>,
    /// Mentions; they may nest (a place inside an event's name), but not cross.
    pub mentions: Vec<Mention>,
    /// Short forms that the article defines.
    pub abbreviations: Vec<Abbreviation>,
    /// Time expressions.
    pub times: Vec<TimeExpression>,
    /// Quotations.
    pub quotations: Vec<Quotation>,
    /// Sources of information.
    pub attributions: Vec<Attribution>,
    /// What the article calls people.
    pub roles: Vec<Role>,
    /// Events that the article dates.
    pub event_dates: Vec<EventDate>,
}

/// For each mention of an article the stretch of its HTML that a tag can be put around: balanced,
/// and outside the author's own links. None where there is none.
pub type Marks = Vec<Option<Span>>;

impl Extraction {
    /// The sentence that holds the first byte of `span`.
    #[must_use]
    pub fn sentence_of(&self, span: Span) -> Option<Span> {
        let after = self
            .sentences
            .partition_point(|sentence| sentence.start <= span.start);
        let sentence = self.sentences.get(after.checked_sub(1)?)?;
        (span.start < sentence.end).then_some(*sentence)
    }
}
