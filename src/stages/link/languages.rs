//! Which articles are in which language.
//!
//! Input: the language of each article, else of the site. Output: the articles by language, where there
//! are several. Regions are not told apart: who reads `en-GB` reads `en-US`.

use std::collections::BTreeMap;

use super::Corpus;
use crate::{model::catalogue::ArticleIdx, text::slug::slugify};

/// The articles of each language, in the order of `newest`; none where all are in one.
pub(super) fn languages(
    corpus: &Corpus<'_>,
    newest: &[ArticleIdx],
) -> BTreeMap<String, Vec<ArticleIdx>> {
    let mut languages: BTreeMap<String, Vec<ArticleIdx>> = BTreeMap::new();
    for idx in newest {
        let own = corpus.article(*idx).front.language.as_deref();
        let tag = own.unwrap_or(&corpus.config.language);
        let language = slugify(tag.split(['-', '_']).next().unwrap_or(tag));
        languages.entry(language).or_default().push(*idx);
    }
    // What is no tag at all has no address.
    languages.remove("");
    match languages.len() {
        0 | 1 => BTreeMap::new(),
        _ => languages,
    }
}
