//! The queue as JSON, one name a line.

use serde::Serialize;

use super::review::Item;

#[derive(Serialize)]
struct Line<'a> {
    name: &'a str,
    kind: &'static str,
    confidence: f64,
    count: usize,
    briefings: Vec<&'a str>,
    aliases: Vec<&'a str>,
    shown: bool,
    sentences: Vec<Sentence<'a>>,
    suggestions: Vec<Suggestion<'a>>,
}

/// `start` and `end` count characters of `text`, from 0.
#[derive(Serialize)]
struct Sentence<'a> {
    briefing: &'a str,
    text: &'a str,
    start: usize,
    end: usize,
}

#[derive(Serialize)]
struct Suggestion<'a> {
    into: &'a str,
    name: &'a str,
    kind: &'static str,
    reason: &'a str,
}

/// A name that waits, as a line of JSON without its line end.
///
/// # Errors
/// Never for names as the queue holds them.
pub fn line(item: &Item) -> serde_json::Result<String> {
    let waiting = &item.waiting;
    let characters = |text: &str, at: u32| {
        text.get(..at as usize)
            .map_or(0, |before| before.chars().count())
    };
    serde_json::to_string(&Line {
        name: &waiting.name,
        kind: waiting.kind.as_str(),
        confidence: (f64::from(waiting.confidence) * 100.0).round() / 100.0,
        count: waiting.count,
        briefings: waiting.briefings.iter().map(String::as_str).collect(),
        aliases: waiting.aliases.iter().map(String::as_str).collect(),
        shown: waiting.shown,
        sentences: waiting
            .sentences
            .iter()
            .map(|sentence| Sentence {
                briefing: &sentence.briefing,
                text: &sentence.text,
                start: characters(&sentence.text, sentence.lit.start),
                end: characters(&sentence.text, sentence.lit.end),
            })
            .collect(),
        suggestions: item
            .suggestions
            .iter()
            .map(|(choice, reason)| Suggestion {
                into: &choice.into,
                name: &choice.name,
                kind: choice.kind.as_str(),
                reason,
            })
            .collect(),
    })
}
