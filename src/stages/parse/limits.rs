//! How much one text may hold.
//!
//! Every stage after this one takes a time that grows with the words, blocks and addresses of a text, and
//! a page with a million headings is of no use to a reader: what is larger is refused with a clear
//! word, instead of a build that takes hours.

use crate::{
    diagnostic::{Code, Diagnostic},
    model::{document::Document, source::SourceFile},
};

/// Words of one text: ten times what a long report has.
const MOST_WORDS: usize = 300_000;
/// Paragraphs, headings, list items and cells of tables.
const MOST_BLOCKS: usize = 50_000;
/// Links, images, links in double brackets and references together.
const MOST_ADDRESSES: usize = 20_000;

/// What a text has too much of.
pub(super) fn exceeded(source: &SourceFile, document: &Document) -> Option<Diagnostic> {
    let addresses = document.links.len() + document.images.len() + document.wikilinks.len();
    let counts = [
        (document.word_count as usize, MOST_WORDS, "words"),
        (
            document.blocks.len(),
            MOST_BLOCKS,
            "paragraphs, headings, list items and cells",
        ),
        (addresses, MOST_ADDRESSES, "links and images"),
    ];
    let (count, most, what) = counts.into_iter().find(|(count, most, _)| count > most)?;
    let message = format!("the text has {count} {what}");
    let path = source.path.clone();
    let problem = Diagnostic::error(Code::SourceTooLarge, path, None, message);
    Some(problem.hint(format!("a text may have {most}; split it")))
}
