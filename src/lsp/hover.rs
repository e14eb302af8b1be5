//! What a name means, and why.

use camino::Utf8Path;
use lsp_types::{Hover, HoverContents, MarkupContent, MarkupKind, Position};

use super::{Encoding, Found, Places, Snapshot};
use crate::model::{
    catalogue::{EntityIdx, EntityKey, Resolution},
    entity::EntityState,
    extraction::Mention,
    graph::Target,
    span::Span,
};

/// What stands at a place of a file, which is called by its path below the content folder.
#[must_use]
pub fn hover(
    snapshot: &Snapshot,
    path: &Utf8Path,
    at: Position,
    encoding: Encoding,
) -> Option<Hover> {
    let text = snapshot.text(path)?;
    let places = Places::of(&text, encoding);
    let offset = u32::try_from(places.offset(at)).ok()?;
    let (span, value) = snapshot.explain(path, offset)?;
    Some(Hover {
        contents: HoverContents::Markup(MarkupContent {
            kind: MarkupKind::Markdown,
            value,
        }),
        range: Some(places.range(span)),
    })
}

impl Snapshot {
    fn explain(&self, path: &Utf8Path, offset: u32) -> Option<(Span, String)> {
        Some(match self.at(path, offset)? {
            Found::Link(span, target) => (span, self.of_target(target)?),
            Found::Mention(span, article, mention) => (span, self.of_mention(article, mention)),
            Found::Time(span, article, time) => {
                let time = &self.linked.extractions[article].times[time];
                (span, format!("**{}**\n\nTime", time.value))
            }
        })
    }

    fn of_target(&self, target: &Target) -> Option<String> {
        match target {
            Target::Entity(idx) => Some(self.of_entity(*idx)),
            Target::Article(idx, _) => {
                let front = &self.parsed.articles.get(idx.0 as usize)?.front;
                let title = escaped(&front.title);
                let summary = front.summary.as_deref().map(escaped).unwrap_or_default();
                Some(format!(
                    "**{title}**\n\nBriefing of {}\n\n{summary}",
                    front.date.date
                ))
            }
            Target::Page(slug, _) => {
                let page = self.parsed.pages.iter().find(|page| page.slug == *slug)?;
                Some(format!("**{}**\n\nPage", escaped(&page.title)))
            }
            Target::External(_) | Target::Here(_) | Target::File(_) | Target::Broken => None,
        }
    }

    fn of_mention(&self, article: usize, mention: usize) -> String {
        let resolution = &self.linked.resolutions[article][mention];
        let mention = &self.linked.extractions[article].mentions[mention];
        let meaning = match resolution {
            Resolution::Linked(idx) => self.of_entity(*idx),
            Resolution::Ambiguous(several) => {
                let names = several.iter().map(|idx| {
                    let entity = self.linked.catalogue.get(*idx);
                    format!("- {} ({})", escaped(&entity.name), entity.kind.as_str())
                });
                let names: Vec<String> = names.collect();
                format!(
                    "**One of several**, so that it is not linked:\n\n{}",
                    names.join("\n")
                )
            }
            Resolution::Nil => format!(
                "**Not shown** ({}): suppressed, rejected, too uncertain or waiting for an editor",
                mention.kind.as_str()
            ),
        };
        format!("{meaning}\n\n{}", self.reason(mention))
    }

    /// The rule in the site's words, and the figures.
    fn reason(&self, mention: &Mention) -> String {
        let rule = mention.rule.as_str();
        let words = self
            .parsed
            .words
            .say(&format!("why_{}", rule.replace('-', "_")));
        format!(
            "{words} Rule `{rule}`, confidence {:.2}.",
            mention.confidence
        )
    }

    fn of_entity(&self, idx: EntityIdx) -> String {
        let entity = self.linked.catalogue.get(idx);
        let (state, kind) = (state(entity.state), entity.kind.as_str());
        let mut lines = vec![
            format!("**{}**", escaped(&entity.name)),
            format!("{kind}, {state}"),
        ];
        if let EntityKey::Registry(id) = &entity.key {
            lines[1] = format!("{kind}, {state}, id `{}`", id.0);
            let known = self.parsed.kb.get(id);
            lines.extend(
                known
                    .and_then(|known| known.description.as_deref())
                    .map(escaped),
            );
        }
        if !entity.aliases.is_empty() {
            lines.push(format!("Also: {}", escaped(&entity.aliases.join(", "))));
        }
        let node = self.linked.graph.entities.get(idx.0 as usize);
        let articles = node.map_or(0, |node| node.articles.len());
        let word = if articles == 1 {
            "briefing"
        } else {
            "briefings"
        };
        lines.push(format!("Named in {articles} {word}"));
        lines.join("\n\n")
    }
}

fn state(state: EntityState) -> &'static str {
    match state {
        EntityState::Confirmed => "confirmed",
        EntityState::Detected => "detected",
    }
}

/// A text as Markdown that shows it.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        if letter.is_ascii_punctuation() && !matches!(letter, '.' | ',' | '-' | '(' | ')') {
            out.push('\\');
        }
        out.push(letter);
    }
    out
}
