//! What only the whole corpus shows. Every list is sorted by a rule that does not depend on the
//! order in which files were read.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::{
    article::Extra,
    catalogue::{ArticleIdx, EntityIdx},
    chart::Chart,
    citation::Cited,
    extraction::Sense,
    span::Span,
    table::Sheet,
    time::TimeValue,
};

/// Where a link or image leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// An address outside the site, or a scheme such as `mailto:`, as written.
    External(String),
    /// A fragment of the same page.
    Here(String),
    /// An article, with a fragment.
    Article(ArticleIdx, Option<String>),
    /// An entity's page.
    Entity(EntityIdx),
    /// A page of `content/pages`, by slug, with a fragment.
    Page(String, Option<String>),
    /// A file of the output, by its path there.
    File(String),
    /// Nothing: a diagnostic has said so.
    Broken,
}

/// Where everything that a document points to leads.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Targets {
    /// Where `document.links[n]` leads.
    pub links: Vec<Target>,
    /// Where `document.images[n]` comes from.
    pub images: Vec<Target>,
    /// Where `document.wikilinks[n]` leads.
    pub wikilinks: Vec<Target>,
    /// What `document.charts[n]` shows; none where a diagnostic has said why.
    pub charts: Vec<Option<Chart>>,
    /// What `document.tables[n]` shows; none where a diagnostic has said why.
    pub sheets: Vec<Option<Sheet>>,
    /// What the document cites.
    pub cited: Cited,
}

impl Targets {
    /// The data files that readers may download, by their paths in the output.
    pub fn data_files(&self) -> impl Iterator<Item = &str> {
        let charts = self
            .charts
            .iter()
            .flatten()
            .filter_map(|c| c.file.as_deref());
        let sheets = self
            .sheets
            .iter()
            .flatten()
            .filter_map(|s| s.file.as_deref());
        charts.chain(sheets)
    }
}

/// A mention that can be marked in an article's HTML.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Anchor {
    /// Where, in the body's HTML; balanced, so that a tag can be put around it.
    pub html: Span,
    /// Where, in the document's text.
    pub text: Span,
    /// Whom it names.
    pub entity: EntityIdx,
    /// From 1, in the order of the text.
    pub ordinal: u32,
    /// True where the anchor is a link to the entity's page (its first mention).
    pub link: bool,
}

/// An entity in an article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Appearance {
    /// Whom.
    pub entity: EntityIdx,
    /// How often it is named.
    pub count: u32,
    /// Other names that the article has for it, in the order of the text.
    pub also: Vec<String>,
    /// In which senses, sorted.
    pub senses: Vec<Sense>,
    /// Indices of its mentions in the article's extraction.
    pub mentions: Vec<u32>,
    /// The author says that the article is about it.
    pub about: bool,
}

impl Appearance {
    /// True when the entity itself is named, not only its people or as the one who reports.
    #[must_use]
    pub fn is_subject(&self) -> bool {
        self.about
            || self
                .senses
                .iter()
                .any(|s| matches!(s, Sense::Literal | Sense::Government))
    }
}

/// Another article that shares much with this one.
#[derive(Debug, Clone, PartialEq)]
pub struct Related {
    /// Which.
    pub article: ArticleIdx,
    /// Sum of the shared entities' weights.
    pub score: f64,
    /// The shared entities that weigh most, heaviest first.
    pub shared: Vec<EntityIdx>,
    /// True when both belong to one storyline.
    pub same_storyline: bool,
}

/// What the corpus adds to an article.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ArticleNode {
    /// Its entities, most named first.
    pub appearances: Vec<Appearance>,
    /// Names that may mean several entities, with what they may mean.
    pub ambiguous: Vec<(String, Vec<EntityIdx>)>,
    /// Mentions to mark in its HTML, in order.
    pub anchors: Vec<Anchor>,
    /// Where its links lead.
    pub targets: Targets,
    /// Where the links of its key points lead, one for each.
    pub key_points: Vec<Targets>,
    /// Where its lead image comes from.
    pub lead_image: Option<Target>,
    /// What templates are given of the data that its front matter names, by name.
    pub data: BTreeMap<String, Extra>,
    /// Related articles, best first.
    pub related: Vec<Related>,
    /// What says the same in other languages, by language.
    pub translations: Vec<ArticleIdx>,
    /// Articles that link to it.
    pub linked_from: Vec<ArticleIdx>,
}

/// A sentence that names an entity.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Backlink {
    /// In which article.
    pub article: ArticleIdx,
    /// The sentence, in that article's text.
    pub sentence: Span,
    /// The names in it, in that article's text.
    pub names: Vec<Span>,
    /// Ordinal of the first of its anchors there, if any.
    pub anchor: Option<u32>,
}

/// Two entities named in the same articles.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cooccurrence {
    /// The other one.
    pub entity: EntityIdx,
    /// The articles that name both.
    pub articles: Vec<ArticleIdx>,
}

/// What the corpus says of an entity.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct EntityNode {
    /// Articles that name it, newest first.
    pub articles: Vec<ArticleIdx>,
    /// The sentences, newest article first.
    pub backlinks: Vec<Backlink>,
    /// Whom it is named with, most articles first.
    pub cooccurring: Vec<Cooccurrence>,
    /// Entries of [`SiteGraph::timeline`] whose sentence names it.
    pub timeline: Vec<u32>,
    /// What the registry says that it is part of.
    pub part_of: Option<EntityIdx>,
    /// What the registry says is part of it, sorted.
    pub parts: Vec<EntityIdx>,
    /// For each of its roles the body where it has it, where that has a page.
    pub roles: Vec<Option<EntityIdx>>,
    /// Who has or had a role here: the entity and which of its roles, sorted.
    pub members: Vec<(EntityIdx, usize)>,
    /// Where the links of its profile lead.
    pub profile: Targets,
}

/// A dated sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TimelineEntry {
    /// When.
    pub value: TimeValue,
    /// In which article.
    pub article: ArticleIdx,
    /// The sentence, in that article's text.
    pub sentence: Span,
    /// The words that give the date, in that article's text.
    pub words: Span,
    /// Entities named in the sentence, sorted.
    pub entities: Vec<EntityIdx>,
}

/// A topic, tag or storyline.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Term {
    /// The label to show.
    pub label: String,
    /// What it is about, from `site.yaml`.
    pub summary: Option<String>,
    /// What is not known yet, from `site.yaml`.
    pub questions: Vec<Question>,
    /// Its articles, newest first.
    pub articles: Vec<ArticleIdx>,
}

/// A question that a storyline follows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    /// The question.
    pub question: String,
    /// Since when it is asked.
    pub asked: Option<Date>,
    /// The answer, once there is one.
    pub answer: Option<String>,
}

/// The linked corpus.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct SiteGraph {
    /// One for each article.
    pub articles: Vec<ArticleNode>,
    /// One for each entity of the catalogue.
    pub entities: Vec<EntityNode>,
    /// For each page where its links lead.
    pub pages: Vec<Targets>,
    /// For each page what templates are given of the data that its front matter names.
    pub page_data: Vec<BTreeMap<String, Extra>>,
    /// All dated sentences, by date.
    pub timeline: Vec<TimelineEntry>,
    /// By slug.
    pub topics: BTreeMap<String, Term>,
    /// By slug.
    pub tags: BTreeMap<String, Term>,
    /// By slug.
    pub storylines: BTreeMap<String, Term>,
    /// The articles of each language, newest first, by the tag without region; empty where all of them
    /// are in one.
    pub languages: BTreeMap<String, Vec<ArticleIdx>>,
    /// Where each old address leads, by path in the output.
    pub redirects: BTreeMap<String, Target>,
    /// How many published addresses `urls.jsonl` does not have yet.
    pub new_addresses: usize,
    /// Articles, newest first.
    pub newest: Vec<ArticleIdx>,
}
