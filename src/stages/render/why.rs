//! Why a page lists a name: the rule that found it, and the sentence that it rests on.
//!
//! Input: an article and an entity that it names. Output: a [`WhyView`]. Of several mentions the one
//! with the most authority answers: the author's word before an editor's, the registry's before the
//! machine's, the surer before the less sure.

use std::cmp::Reverse;

use super::site::Site;
use crate::{
    model::{
        catalogue::{ArticleIdx, EntityIdx},
        extraction::Rule,
        graph::{Appearance, Target},
        span::Span,
    },
    views::WhyView,
};

/// Bytes of a sentence that are shown on either side of the name.
const AROUND: usize = 80;

/// Why `appearance` stands beside the article at `idx`.
pub(super) fn why(site: &Site<'_>, idx: ArticleIdx, appearance: &Appearance) -> WhyView {
    let (rule, name) = reason(site, idx, appearance);
    let n = idx.0 as usize;
    let document = &site.corpus.articles[n].document;
    let sentence = name.and_then(|name| {
        let sentence = site.corpus.extractions[n].sentence_of(name)?;
        Some(excerpt(&document.text, document.passage(sentence), name))
    });
    WhyView {
        rule: rule.as_str(),
        sentence,
    }
}

/// The rule, and where the name stands in the text; nowhere, where only the front matter has it.
fn reason(site: &Site<'_>, idx: ArticleIdx, appearance: &Appearance) -> (Rule, Option<Span>) {
    if let Some(name) = wikilink(site, idx, appearance.entity) {
        return (Rule::Inline, Some(name));
    }
    let mentions = &site.corpus.extractions[idx.0 as usize].mentions;
    let own = appearance
        .mentions
        .iter()
        .filter_map(|m| mentions.get(*m as usize));
    let best = own.min_by_key(|mention| {
        let sureness = (mention.confidence.clamp(0.0, 1.0) * 1000.0) as u32;
        (authority(mention.rule), Reverse(sureness), mention.span)
    });
    best.map_or((Rule::FrontMatter, None), |mention| {
        (mention.rule, Some(mention.span))
    })
}

/// The first `[[…]]` of the article that means the entity.
fn wikilink(site: &Site<'_>, idx: ArticleIdx, entity: EntityIdx) -> Option<Span> {
    let n = idx.0 as usize;
    let targets = &site.graph.articles[n].targets.wikilinks;
    let links = site.corpus.articles[n].document.wikilinks.iter();
    let mut own = links.zip(targets);
    own.find(|(_, target)| matches!(target, Target::Entity(e) if *e == entity))
        .map(|(link, _)| link.text)
}

fn authority(rule: Rule) -> u8 {
    match rule {
        Rule::Inline => 0,
        Rule::FrontMatter => 1,
        Rule::Decision => 2,
        Rule::Registry => 3,
        Rule::Gazetteer | Rule::Abbreviation => 4,
        // What rests on another mention explains less than that one.
        Rule::ShortForm | Rule::Demonym => 6,
        _ => 5,
    }
}

/// A passage, cut to the words around the name in it where it is long.
fn excerpt(text: &str, passage: Span, name: Span) -> String {
    let (start, end) = (passage.start as usize, passage.end as usize);
    let mut from = (name.start as usize).saturating_sub(AROUND).max(start);
    let mut to = (name.end as usize + AROUND).min(end);
    while !text.is_char_boundary(from) {
        from -= 1;
    }
    while !text.is_char_boundary(to) {
        to += 1;
    }
    // Whole words only; what is cut off is a word at most.
    if from > start {
        from += text[from..name.start as usize]
            .find(' ')
            .map_or(0, |at| at + 1);
    }
    if to < end {
        to = name.end as usize + text[name.end as usize..to].rfind(' ').unwrap_or(0);
    }
    let words: Vec<&str> = text[from..to].split_whitespace().collect();
    let cut = |is: bool| if is { "…" } else { "" };
    format!("{}{}{}", cut(from > start), words.join(" "), cut(to < end))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_sentences_are_cut_at_words() {
        let text = format!(
            "{} Paris {}",
            "before ".repeat(30).trim(),
            "after ".repeat(30).trim()
        );
        let name = text.find("Paris").unwrap_or_default();
        let shown = excerpt(&text, Span::new(0, text.len()), Span::new(name, name + 5));
        assert!(
            shown.starts_with("…before") && shown.ends_with("after…"),
            "{shown}"
        );
        assert!(
            shown.contains("before Paris after") && shown.len() < 180,
            "{shown}"
        );
        let short = "In Zürich it\nrained.";
        let shown = excerpt(short, Span::new(0, short.len()), Span::new(3, 10));
        assert_eq!(shown, "In Zürich it rained.");
    }
}
