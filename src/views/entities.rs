//! Parts of graphs, of entity pages and of what lists entities.

use serde::Serialize;

use super::parts::{EntityLink, IndexEntry, PageLink, TermLink};

/// A graph, in units of its drawing.
#[derive(Debug, Clone, Serialize)]
pub struct NetworkView {
    /// Width of the drawing.
    pub width: i32,
    /// Height of the drawing.
    pub height: i32,
    /// The entities, the one with the most links first.
    pub nodes: Vec<NetworkNode>,
    /// Who is named in the same articles.
    pub edges: Vec<NetworkEdge>,
}

/// An entity in a graph.
#[derive(Debug, Clone, Serialize)]
pub struct NetworkNode {
    /// Its number in the graph, from 0.
    pub id: usize,
    /// The entity.
    pub entity: EntityLink,
    /// The kind as a heading.
    pub kind_label: String,
    /// True for the entity whose own graph it is.
    pub centre: bool,
    /// How many articles name it.
    pub count: usize,
    /// Its middle, from the left.
    pub x: i32,
    /// Its middle, from the top.
    pub y: i32,
    /// SVG path around its middle: a shape for each kind, larger where more articles name it.
    pub shape: String,
    /// Its name in the drawing.
    pub label: NetworkLabel,
    /// Whom it is named with most; empty in the graph of an entity.
    pub with: Vec<IndexEntry>,
}

/// A name in a graph.
#[derive(Debug, Clone, Serialize)]
pub struct NetworkLabel {
    /// Where it stands, from the left.
    pub x: i32,
    /// Its base line, from the top.
    pub y: i32,
    /// `start`, `middle` or `end`: what of it stands at `x`.
    pub anchor: &'static str,
    /// Size of the type.
    pub size: i32,
    /// The name, cut where it is long.
    pub text: String,
    /// True where it has room; the others cover something and are for those who ask.
    pub shown: bool,
}

/// Two entities of a graph that are named in the same articles.
#[derive(Debug, Clone, Serialize)]
pub struct NetworkEdge {
    /// The number of the one.
    pub from: usize,
    /// The number of the other.
    pub to: usize,
    /// How many articles name both.
    pub count: usize,
    /// Where it begins, from the left.
    pub x1: i32,
    /// Where it begins, from the top.
    pub y1: i32,
    /// Where it ends, from the left.
    pub x2: i32,
    /// Where it ends, from the top.
    pub y2: i32,
    /// Width of its line.
    pub width: i32,
}

/// An entity that is named in the same articles as another one.
#[derive(Debug, Clone, Serialize)]
pub struct CompanionView {
    /// The entity.
    pub entity: EntityLink,
    /// What it is, from the registry.
    pub description: Option<String>,
    /// How many articles name both.
    pub count: usize,
    /// The newest of them.
    pub articles: Vec<PageLink>,
    /// How many there are beside those.
    pub more: usize,
}

/// A role: who is or was what, and where.
#[derive(Debug, Clone, Serialize)]
pub struct RoleView {
    /// What the role is called.
    pub title: String,
    /// The other side's name: the body, or on its page the one who has the role.
    pub name: Option<String>,
    /// The other side, if it has a page.
    pub entity: Option<EntityLink>,
    /// Since when, as readers write it.
    pub from: Option<String>,
    /// Since when as ISO 8601, no more exact than it is known.
    pub from_iso: Option<String>,
    /// Until when, as readers write it.
    pub to: Option<String>,
    /// Until when as ISO 8601.
    pub to_iso: Option<String>,
    /// The address of a page that says so.
    pub source: Option<String>,
}

/// The entities of one kind in a list.
#[derive(Debug, Clone, Serialize)]
pub struct IndexGroup {
    /// `person` and so on.
    pub kind: &'static str,
    /// The heading.
    pub label: String,
    /// The entities, by name.
    pub entries: Vec<IndexEntry>,
    /// How many are left out: those that fewest articles name.
    pub more: usize,
}

/// A kind of entities among all kinds.
#[derive(Debug, Clone, Serialize)]
pub struct KindOverview {
    /// `person` and so on.
    pub kind: &'static str,
    /// The heading.
    pub label: String,
    /// The list of the kind.
    pub url: String,
    /// How many entities it has.
    pub count: usize,
    /// How many of them an editor has confirmed.
    pub confirmed_count: usize,
    /// Those that most articles name.
    pub entries: Vec<IndexEntry>,
    /// The letters under which its entities stand.
    pub letters: Vec<LetterLink>,
}

/// A country in the list of countries.
#[derive(Debug, Clone, Serialize)]
pub struct CountryEntry {
    /// Its name.
    pub name: String,
    /// The page of its entities.
    pub url: String,
    /// How many entities it has.
    pub count: usize,
    /// How many of each kind.
    pub kinds: Vec<TermLink>,
}

/// A letter under which entities stand.
#[derive(Debug, Clone, Serialize)]
pub struct LetterLink {
    /// The letter, or `#`.
    pub letter: String,
    /// Its place on this page, or its own page.
    pub url: String,
    /// How many entities begin with it.
    pub count: usize,
    /// True on the letter's own page.
    pub current: bool,
}

/// An article that names an entity, by its date.
#[derive(Debug, Clone, Serialize)]
pub struct SeenView {
    /// Date as readers write it.
    pub date: String,
    /// Date as ISO 8601.
    pub date_iso: String,
    /// The article.
    pub article: PageLink,
}

/// A question that a storyline follows.
#[derive(Debug, Clone, Serialize)]
pub struct QuestionView {
    /// The question.
    pub question: String,
    /// Since when it is asked, as readers write it.
    pub asked: Option<String>,
    /// Since when as ISO 8601.
    pub asked_iso: Option<String>,
    /// The answer, once there is one.
    pub answer: Option<String>,
}

/// What a briefing calls a person.
#[derive(Debug, Clone, Serialize)]
pub struct DescriptionView {
    /// The words, as written: "French academic".
    pub text: String,
    /// The sentence, with the words marked.
    pub sentence_html: String,
    /// The briefing.
    pub article: PageLink,
    /// Its date, as shown.
    pub date: String,
    /// Its date, ISO 8601.
    pub date_iso: String,
}
