//! The words that may stand nowhere in the output.

use std::collections::BTreeMap;

use camino::{Utf8Path, Utf8PathBuf};

use super::{Input, words};
use crate::{
    model::{source::SourceFile, span::Span},
    stages::parse::{self, ParseOptions},
    text::{
        fold::fold,
        redaction::{self, Kind},
    },
    yaml::{self, Node, Value},
};

/// What hides the words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum What {
    Article,
    Entity,
    Page,
    Correction,
    Redaction,
    Note,
    Decision,
    Machine,
}

impl What {
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Article => "a briefing that is not published",
            Self::Entity => "a registry file that is not published",
            Self::Page => "a page that is not published",
            Self::Correction => "a correction that is not published",
            Self::Redaction => "what is redacted",
            Self::Note => "an editor's note",
            Self::Decision => "an editor's decision",
            Self::Machine => "a path or name of this machine",
        }
    }
}

/// Words to look for.
#[derive(Debug, Clone)]
pub(super) struct Canary {
    /// Folded, with single spaces.
    pub(super) words: String,
    pub(super) what: What,
    /// The file that hides them.
    pub(super) path: Utf8PathBuf,
    /// Where in it.
    pub(super) span: Option<Span>,
}

impl Canary {
    /// Of two, the one to name.
    pub(super) fn rank(&self) -> (bool, usize) {
        (self.is_telling(), self.words.len())
    }

    /// True where chance does not bring the words together: several words, or what no text has.
    pub(super) fn is_telling(&self) -> bool {
        self.what == What::Machine || self.words.contains([' ', '-', '_', '/', '.', '@'])
    }
}

/// All canaries, each of its words once, in order.
pub(super) fn canaries(input: &Input<'_>) -> Vec<Canary> {
    let mut nest = Nest::default();
    for article in &input.parsed.withheld.articles {
        let mut texts = words::of_front(&article.front);
        texts.extend(words::of_document(&article.document));
        let mut names = words::files(&article.document);
        names.extend(article.path.file_stem().map(str::to_owned));
        names.extend(article.front.image.iter().map(|image| image.src.clone()));
        if article.front.redaction.is_none() {
            names.push(article.slug.clone());
        } else {
            let told = article
                .front
                .redaction
                .as_ref()
                .and_then(|r| r.reason.as_ref());
            texts.retain(|text| Some(text) != told);
            names.retain(|name| *name != article.slug);
        }
        nest.add(What::Article, &article.path, None, &texts, &names);
    }
    for entity in &input.parsed.withheld.entities {
        let mut texts = words::of_entity(entity);
        texts.extend(words::of_document(&entity.profile));
        let mut names = words::files(&entity.profile);
        names.push(entity.id.0.to_string());
        nest.add(What::Entity, &entity.path, None, &texts, &names);
    }
    for page in &input.parsed.withheld.pages {
        let mut texts = words::of_document(&page.document);
        texts.push(page.title.clone());
        texts.extend(page.summary.clone());
        let mut names = words::files(&page.document);
        names.push(page.slug.clone());
        nest.add(What::Page, &page.path, None, &texts, &names);
    }
    for (path, own) in &input.parsed.withheld.corrections {
        let texts = [own.text.clone()];
        nest.add(What::Correction, path, None, &texts, &[]);
    }
    let sources = input.sources;
    let all = [&sources.articles, &sources.entities, &sources.pages];
    for source in all.into_iter().flatten().chain(&sources.site) {
        nest.add_passages(source);
        nest.add_notes(source);
    }
    for source in sources.decisions.iter().chain(&sources.suppress) {
        nest.add_decisions(source);
    }
    for own in input.machine {
        let place = (What::Machine, "site.yaml".into(), None);
        nest.found.entry(fold(own)).or_insert(place);
    }
    nest.finish()
}

/// Canaries by their words: what several files hide is reported for the first.
#[derive(Default)]
struct Nest {
    found: BTreeMap<String, (What, Utf8PathBuf, Option<Span>)>,
}

impl Nest {
    /// The telling parts of `texts`, and `names` as they are.
    fn add(
        &mut self,
        what: What,
        path: &Utf8Path,
        span: Option<Span>,
        texts: &[String],
        names: &[String],
    ) {
        let parts = texts.iter().flat_map(|text| words::telling(text));
        for words in parts.chain(names.iter().filter_map(|name| words::of_name(name))) {
            let place = (what, path.to_owned(), span);
            self.found.entry(words).or_insert(place);
        }
    }

    /// What stands between tags. Where a tag is in code it hides nothing, and its words are public.
    fn add_passages(&mut self, source: &SourceFile) {
        let (passages, _) = redaction::passages(&source.text, |_| false);
        for passage in passages {
            let written = &source.text[passage.range.clone()];
            let inner = written.split_once('}').map_or("", |(_, rest)| rest);
            let inner = inner.rsplit_once('{').map_or(inner, |(rest, _)| rest);
            let own = SourceFile {
                path: source.path.clone(),
                text: inner.into(),
            };
            let whole = Span::new(0, inner.len());
            let (document, _) = parse::document(&own, whole, "", &[], &ParseOptions::default());
            let what = match passage.kind {
                Kind::Redaction => What::Redaction,
                Kind::Note => What::Note,
            };
            let span = Some(Span::new(passage.range.start, passage.range.end));
            let texts = words::of_document(&document);
            self.add(what, &source.path, span, &texts, &words::files(&document));
        }
    }

    fn add_notes(&mut self, source: &SourceFile) {
        let Some((front, _)) = parse::halves(source) else {
            return;
        };
        let Ok(Node {
            value: Value::Map(pairs),
            ..
        }) = yaml::parse(&source.path, &source.text, front)
        else {
            return;
        };
        for (_, node) in pairs.iter().filter(|(key, _)| key.name == "notes") {
            let mut texts = Vec::new();
            flatten(node, &mut texts);
            self.add(What::Note, &source.path, Some(node.span), &texts, &[]);
        }
    }

    fn add_decisions(&mut self, source: &SourceFile) {
        let whole = Span::new(0, source.text.len());
        if let Ok(node) = yaml::parse(&source.path, &source.text, whole) {
            let mut texts = Vec::new();
            flatten(&node, &mut texts);
            self.add(What::Decision, &source.path, None, &texts, &[]);
        }
    }

    fn finish(self) -> Vec<Canary> {
        let canary = |(words, (what, path, span))| Canary {
            words,
            what,
            path,
            span,
        };
        self.found.into_iter().map(canary).collect()
    }
}

/// All texts below a node.
fn flatten(node: &Node, texts: &mut Vec<String>) {
    match &node.value {
        Value::Text(text) => texts.push(text.clone()),
        Value::List(items) => items.iter().for_each(|item| flatten(item, texts)),
        Value::Map(pairs) => pairs.iter().for_each(|(_, value)| flatten(value, texts)),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}
