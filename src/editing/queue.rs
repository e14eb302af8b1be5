//! What waits for an editor: names that the machine found and nobody has decided about.
//!
//! Input: the corpus, read and linked. Output: [`Waiting`] names, those of most briefings first.
//! Names below the display threshold are among them: that is where a missed one is found.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use crate::{
    geo::Gazetteer,
    model::{
        article::Article,
        catalogue::{Catalogue, EntityIdx, EntityKey, Resolution},
        entity::{EntityKind, EntityState},
        extraction::{Candidate, Extraction, Mention, Sense},
        span::Span,
    },
    stages::resolve::knowledge_base::KnowledgeBase,
    text::fold::fold,
};

/// From here on a place of the gazetteer is taken as known: nobody wants to confirm France.
const SURE_PLACE: f32 = 0.85;

/// How many sentences are shown.
const SENTENCES: usize = 3;

/// The corpus, as far as the queue needs it.
#[derive(Debug, Clone, Copy)]
pub struct Corpus<'a> {
    /// The articles.
    pub articles: &'a [Arc<Article>],
    /// What each names.
    pub extractions: &'a [Arc<Extraction>],
    /// What each mention means.
    pub resolutions: &'a [Vec<Resolution>],
    /// The entities.
    pub catalogue: &'a Catalogue,
    /// The registry and what was decided.
    pub kb: &'a KnowledgeBase,
    /// From here on names are shown.
    pub min_confidence: f32,
}

/// A name that waits for a decision.
#[derive(Debug, Clone, PartialEq)]
pub struct Waiting {
    /// The name, in its fullest form.
    pub name: String,
    /// As what it was found.
    pub kind: EntityKind,
    /// The highest confidence of its mentions.
    pub confidence: f32,
    /// How often it is named.
    pub count: usize,
    /// Slugs of the briefings that name it, sorted.
    pub briefings: BTreeSet<String>,
    /// Other forms in the text, sorted.
    pub aliases: BTreeSet<String>,
    /// Whether the site shows it.
    pub shown: bool,
    /// Sentences from different briefings, as far as there are.
    pub sentences: Vec<Sentence>,
}

/// A sentence with the name in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sentence {
    /// The briefing's slug.
    pub briefing: String,
    /// The words.
    pub text: String,
    /// Where the name stands in them, in bytes.
    pub lit: Span,
}

/// The queue.
#[must_use]
pub fn waiting(corpus: &Corpus<'_>) -> Vec<Waiting> {
    let mut found: BTreeMap<(EntityKind, String), Waiting> = BTreeMap::new();
    for (n, article) in corpus.articles.iter().enumerate() {
        let mentions = &corpus.extractions[n].mentions;
        for (mention, resolution) in mentions.iter().zip(&corpus.resolutions[n]) {
            if let Some((kind, name, shown)) = undecided(corpus, mention, resolution) {
                let waiting = found.entry((kind, fold(name))).or_insert_with(|| Waiting {
                    name: name.to_owned(),
                    kind,
                    confidence: 0.0,
                    count: 0,
                    briefings: BTreeSet::new(),
                    aliases: BTreeSet::new(),
                    shown: false,
                    sentences: Vec::new(),
                });
                waiting.shown |= shown;
                add(waiting, article, mention);
            }
        }
    }
    let places = Gazetteer::embedded().places();
    let places: BTreeSet<&str> = places.iter().map(|place| place.name).collect();
    let sure = |w: &Waiting| {
        w.kind == EntityKind::Place
            && w.confidence >= SURE_PLACE
            && places.contains(w.name.as_str())
    };
    let mut queue: Vec<Waiting> = found.into_values().filter(|w| !sure(w)).collect();
    queue.sort_by(|a, b| {
        let order = |w: &Waiting| std::cmp::Reverse((w.briefings.len(), w.count));
        (order(a), a.kind, &a.name).cmp(&(order(b), b.kind, &b.name))
    });
    queue
}

/// What a mention waits as: kind, name, and whether it is shown. `None` where it is decided.
fn undecided<'a>(
    corpus: &Corpus<'a>,
    mention: &'a Mention,
    resolution: &Resolution,
) -> Option<(EntityKind, &'a str, bool)> {
    match resolution {
        Resolution::Linked(idx) => {
            let entity = corpus.catalogue.get(*idx);
            let is_open = entity.state == EntityState::Detected
                && !matches!(entity.key, EntityKey::Registry(_));
            is_open.then_some((entity.kind, entity.name.as_str(), true))
        }
        Resolution::Nil => match &mention.candidate {
            // What is sure enough and yet not shown was refused, if only in its long form.
            Candidate::Named(name)
                if mention.confidence < corpus.min_confidence
                    && !corpus.kb.is_settled(name, mention.kind) =>
            {
                Some((mention.kind, name, false))
            }
            Candidate::Geo(id) if mention.confidence < corpus.min_confidence => {
                let place = Gazetteer::embedded().by_id(*id)?;
                let is_open = !corpus.kb.is_settled(place.name, EntityKind::Place);
                is_open.then_some((EntityKind::Place, place.name, false))
            }
            _ => None,
        },
        Resolution::Ambiguous(_) => None,
    }
}

fn add(waiting: &mut Waiting, article: &Article, mention: &Mention) {
    let text = &article.document.text;
    let surface = mention.span.of(text);
    waiting.count += 1;
    waiting.confidence = waiting.confidence.max(mention.confidence);
    if surface != waiting.name && mention.sense != Sense::Nationality {
        waiting.aliases.insert(surface.to_owned());
    }
    let is_new = waiting.briefings.insert(article.slug.clone());
    // One sentence of each briefing says more than three of the first.
    if is_new && waiting.sentences.len() < SENTENCES {
        let sentence = if mention.sentence.contains(mention.span) {
            mention.sentence
        } else {
            mention.span
        };
        waiting.sentences.push(Sentence {
            briefing: article.slug.clone(),
            text: sentence.of(text).to_owned(),
            lit: Span::new(
                (mention.span.start - sentence.start) as usize,
                (mention.span.end - sentence.start) as usize,
            ),
        });
    }
}

/// Mentions that the corpus took for another kind than the article did: the entity's name and
/// kind, and the kind of the mention.
#[must_use]
pub fn other_kinds(corpus: &Corpus<'_>) -> BTreeSet<(String, EntityKind, EntityKind)> {
    let mut kinds = BTreeSet::new();
    for (extraction, resolutions) in corpus.extractions.iter().zip(corpus.resolutions) {
        for (mention, resolution) in extraction.mentions.iter().zip(resolutions) {
            let (Candidate::Named(name), Resolution::Linked(idx)) =
                (&mention.candidate, resolution)
            else {
                continue;
            };
            let entity = corpus.catalogue.get(*idx);
            if entity.kind != mention.kind && fold(name) == fold(&entity.name) {
                kinds.insert((entity.name.clone(), entity.kind, mention.kind));
            }
        }
    }
    kinds
}

/// The entity of each index that has no registry file, for `suggest`.
#[must_use]
pub fn unregistered(catalogue: &Catalogue) -> Vec<EntityIdx> {
    let is_open = |idx: &EntityIdx| !matches!(catalogue.get(*idx).key, EntityKey::Registry(_));
    catalogue.indices().filter(is_open).collect()
}
