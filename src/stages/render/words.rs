//! Kinds and titles in words, and the direction of a language.

use super::site::Site;
use crate::{
    model::entity::{EntityKind, EntityState},
    views::TextLanguage,
};

/// The kind as a heading over one.
pub(super) fn kind_label(site: &Site<'_>, kind: EntityKind) -> String {
    site.words.say(&format!("kind_{}", kind.as_str()))
}

/// The kind as a heading over several.
pub(super) fn kinds_label(site: &Site<'_>, kind: EntityKind) -> String {
    site.words.say(&format!("kinds_{}", kind.as_str()))
}

/// Who vouches for an entity.
pub(super) fn state(site: &Site<'_>, state: EntityState) -> String {
    site.words.say(match state {
        EntityState::Confirmed => "state_confirmed",
        EntityState::Detected => "state_detected",
    })
}

/// The title of a page of several, from 1; the first has none added.
pub(super) fn titled_page(site: &Site<'_>, title: &str, n: usize) -> String {
    match n {
        1 => title.to_owned(),
        n => site
            .words
            .fill("titled_page", &[("title", title), ("page", &n.to_string())]),
    }
}

/// Languages that are written from right to left, unless their tag names another script.
const RIGHT_TO_LEFT: [&str; 12] = [
    "ar", "arc", "ckb", "dv", "fa", "he", "iw", "ps", "sd", "ug", "ur", "yi",
];
/// Scripts that are written from right to left, whatever the language.
const RIGHT_TO_LEFT_SCRIPTS: [&str; 6] = ["adlm", "arab", "hebr", "nkoo", "syrc", "thaa"];

/// The direction in which a BCP 47 language is written, as HTML's `dir` has it.
pub(super) fn direction(language: &str) -> &'static str {
    let language = language.to_ascii_lowercase();
    let mut parts = language.split(['-', '_']);
    let first = parts.next().unwrap_or_default();
    let script = parts.find(|part| part.len() == 4);
    let is_rtl = match script {
        Some(script) => RIGHT_TO_LEFT_SCRIPTS.contains(&script),
        None => RIGHT_TO_LEFT.contains(&first),
    };
    if is_rtl { "rtl" } else { "ltr" }
}

/// The language of a text, as pages mark it.
pub(super) fn text_language(tag: &str) -> TextLanguage {
    TextLanguage {
        tag: tag.to_owned(),
        direction: direction(tag),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_script_outranks_its_language() {
        for language in ["ar", "he-IL", "fa", "ur-PK", "az-Arab", "pa_Arab_PK"] {
            assert_eq!(direction(language), "rtl", "{language}");
        }
        for language in ["en", "en-GB", "fr", "ar-Latn", "az", ""] {
            assert_eq!(direction(language), "ltr", "{language}");
        }
    }
}
