//! Words and sentences.
//!
//! Input: a document's prose. Output: its words, in order, and its sentences; neither crosses a
//! block. Masked words are there, marked, so that neighbours are known, but name nothing.

use crate::model::{
    document::{Block, Document},
    span::Span,
};

/// A word. A possessive ending is no part of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Token {
    /// Where.
    pub span: Span,
    /// How it is written.
    pub case: Case,
    /// True for the first word of a sentence, a quotation or a heading.
    pub first: bool,
    /// True where nothing may be read.
    pub masked: bool,
    /// What stands between this word and the next.
    pub gap: Gap,
    /// Index of its block.
    pub block: u32,
}

/// How a word is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Case {
    /// `police`, and scripts without case.
    Lower,
    /// `Paris`
    Title,
    /// `ISKP`, `U.S.`: two capitals or more and no small letter.
    Upper,
    /// Digits first.
    Number,
}

/// What stands between two words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Gap {
    /// White space alone.
    Space,
    /// A possessive ending: `France's`.
    Possessive,
    /// A comma.
    Comma,
    /// Anything else, or the end of the block.
    Other,
}

impl Token {
    /// True for a word that may be part of a name.
    #[must_use]
    pub fn is_capitalised(&self) -> bool {
        matches!(self.case, Case::Title | Case::Upper) && !self.masked
    }
}

/// The words and sentences of a document.
#[derive(Debug, Clone, Default)]
pub struct Tokens {
    /// The words.
    pub words: Vec<Token>,
    /// The sentences.
    pub sentences: Vec<Span>,
}

impl Tokens {
    /// The last sentence that begins no later than `span`.
    #[must_use]
    pub fn sentence_of(&self, span: Span) -> Option<Span> {
        let after = self
            .sentences
            .partition_point(|sentence| sentence.start <= span.start);
        self.sentences.get(after.checked_sub(1)?).copied()
    }
}

/// True where a text begins with this name, and no word goes on behind it.
pub(super) fn begins_with(text: &str, name: &str) -> bool {
    let rest = text.strip_prefix(name);
    rest.is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
}

/// Splits a document's prose.
#[must_use]
pub fn tokens(document: &Document) -> Tokens {
    let mut tokens = Tokens::default();
    for (n, block) in (0u32..).zip(&document.blocks) {
        let from = tokens.words.len();
        words(document, *block, n, &mut tokens.words);
        mark_gaps(document, *block, &mut tokens.words[from..]);
        sentences(
            document,
            *block,
            &mut tokens.words[from..],
            &mut tokens.sentences,
        );
    }
    tokens
}

fn words(document: &Document, block: Block, number: u32, words: &mut Vec<Token>) {
    let text = block.span.of(&document.text);
    let base = block.span.start as usize;
    let from = document
        .masks
        .partition_point(|mask| mask.span.end <= block.span.start);
    let mut masks = document.masks[from..].iter().peekable();
    let mut at = 0;
    while let Some(start) = text[at..].find(char::is_alphanumeric).map(|n| at + n) {
        let end = word_end(text, start);
        let word = &text[start..end];
        let kept = start + word.len() - possessive(word);
        let span = Span::new(base + start, base + kept);
        while masks.next_if(|mask| mask.span.end <= span.start).is_some() {}
        let masked =
            span.len() > LONGEST_WORD || masks.peek().is_some_and(|mask| mask.span.overlaps(span));
        words.push(Token {
            span,
            case: case(&text[start..kept]),
            first: false,
            masked,
            gap: Gap::Other,
            block: number,
        });
        at = end;
    }
}

/// Letters and digits, with hyphens, apostrophes, ampersands and points between them; a final
/// point only in an abbreviation such as `U.S.`
fn word_end(text: &str, start: usize) -> usize {
    let mut end = start;
    let mut chars = text[start..].char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let next = chars.peek().map(|(_, next)| *next);
        let joins = matches!(
            c,
            '-' | '\u{2010}' | '\u{2011}' | '\'' | '\u{2019}' | '&' | '.'
        );
        if c.is_alphanumeric() {
            end = start + at + c.len_utf8();
        } else {
            let inside = joins && next.is_some_and(char::is_alphanumeric);
            if !inside || (c == '.' && !joins_initials(&text[start..start + at], next)) {
                break;
            }
        }
    }
    let word = &text[start..end];
    let initials = word.contains('.') && word.split('.').all(|part| part.chars().count() == 1);
    if initials && text[end..].starts_with('.') {
        end + 1
    } else {
        end
    }
}

/// A point joins the letters of `U.S.` and the digits of `3.5`, not a sentence to the next.
fn joins_initials(before: &str, next: Option<char>) -> bool {
    let last = before.rsplit(['.', '-']).next().unwrap_or_default();
    let number =
        before.ends_with(|c: char| c.is_ascii_digit()) && next.is_some_and(|c| c.is_ascii_digit());
    let initial = last.chars().count() == 1 && next.is_some_and(char::is_uppercase);
    number || initial
}

/// Bytes of a possessive ending.
fn possessive(word: &str) -> usize {
    ["'s", "\u{2019}s", "'S", "\u{2019}S"]
        .iter()
        .find(|ending| word.len() > ending.len() && word.ends_with(**ending))
        .map_or(0, |ending| ending.len())
}

fn case(word: &str) -> Case {
    let first = word.chars().next().unwrap_or(' ');
    if first.is_numeric() {
        return Case::Number;
    }
    let capitals = word.chars().filter(|c| c.is_uppercase()).count();
    let small = word.chars().any(char::is_lowercase);
    // "al-Baghdadi" and "bne" begin small; the former is a name all the same.
    let prefixed = word.split_once('-').is_some_and(|(prefix, rest)| {
        matches!(
            prefix,
            "al" | "el" | "ash" | "an" | "as" | "ad" | "ul" | "ur"
        ) && rest.starts_with(char::is_uppercase)
    });
    match (first.is_uppercase() || prefixed, small) {
        (false, _) => Case::Lower,
        (true, true) => compound_case(word),
        (true, false) if capitals >= 2 => Case::Upper,
        (true, false) => Case::Title,
    }
}

/// "Afghanistan-based" and "US-led" are adjectives, "State-Khorasan" is a name.
fn compound_case(word: &str) -> Case {
    match word.rsplit_once('-') {
        Some((head, tail))
            if head.len() > 3 && tail.len() > 2 && tail.starts_with(char::is_lowercase) =>
        {
            Case::Lower
        }
        Some((_, tail)) if tail.len() > 2 && tail.chars().all(char::is_lowercase) => Case::Lower,
        _ => Case::Title,
    }
}

fn mark_gaps(document: &Document, block: Block, words: &mut [Token]) {
    let end = block.span.end;
    for n in 0..words.len() {
        let next = words.get(n + 1).map_or(end, |word| word.span.start);
        let between = Span {
            start: words[n].span.end,
            end: next,
        }
        .of(&document.text);
        words[n].gap = if n + 1 == words.len() {
            Gap::Other
        } else if between.chars().all(char::is_whitespace) {
            Gap::Space
        } else if matches!(between.trim_end(), "'s" | "\u{2019}s" | "'" | "\u{2019}") {
            Gap::Possessive
        } else if between.trim_end() == "," {
            Gap::Comma
        } else {
            Gap::Other
        };
    }
}

/// What is longer, in bytes, is no word: it names nothing.
const LONGEST_WORD: usize = 200;
/// What goes on for longer, in words, is cut into sentences of that length.
const LONGEST_SENTENCE: usize = 300;

/// Words after which a point ends no sentence.
const ABBREVIATED: &[&str] = &[
    "Mr", "Mrs", "Ms", "Dr", "Prof", "Gen", "Col", "Lt", "Maj", "Sgt", "Capt", "Adm", "Sen", "Rep",
    "Gov", "Rev", "Hon", "St", "Jr", "Sr", "vs", "No", "Nos", "Art", "Fig", "Jan", "Feb", "Mar",
    "Apr", "Jun", "Jul", "Aug", "Sep", "Sept", "Oct", "Nov", "Dec", "e.g", "i.e", "approx", "Inc",
    "Ltd", "Co", "Corp", "Bros", "Mt",
];

fn sentences(document: &Document, block: Block, words: &mut [Token], sentences: &mut Vec<Span>) {
    let (mut start, mut begin) = (block.span.start, 0);
    for n in 0..words.len() {
        let begins = n == 0 || words[n].span.start >= start && words[n - 1].span.end <= start;
        words[n].first = begins || opens_quotation(document, words, n);
        let Some(next) = words.get(n + 1) else { break };
        let between = Span {
            start: words[n].span.end,
            end: next.span.start,
        }
        .of(&document.text);
        // One that never ends is cut: its words are quoted beside each of its names.
        let whole = sentence_end(document, words[n], *next, between);
        let cut = (n + 1 - begin >= LONGEST_SENTENCE).then_some(0);
        if let Some(at) = whole.or(cut) {
            let end = words[n].span.end + at;
            sentences.push(Span { start, end });
            begin = n + 1;
            let skipped = end as usize;
            let rest = &document.text[skipped..next.span.start as usize];
            let white = rest.len() - rest.trim_start().len();
            start = Span::new(skipped + white, skipped + white).start;
        }
    }
    if start < block.span.end {
        sentences.push(Span {
            start,
            end: block.span.end,
        });
    }
}

fn opens_quotation(document: &Document, words: &[Token], n: usize) -> bool {
    let Some(before) = n.checked_sub(1).map(|m| words[m]) else {
        return true;
    };
    let between = Span {
        start: before.span.end,
        end: words[n].span.start,
    }
    .of(&document.text);
    between.ends_with(['"', '\u{201c}', '\u{201e}', '\u{ab}']) || between.contains(": ")
}

/// Where in the text between two words a sentence ends, if it does.
fn sentence_end(document: &Document, word: Token, next: Token, between: &str) -> Option<u32> {
    let stop = between.find(['.', '!', '?', '\u{2026}'])?;
    let tail = &between[stop..];
    if !tail.contains(char::is_whitespace) {
        return None;
    }
    let written = word.span.of(&document.text);
    let single = written.chars().count() == 1 && word.case == Case::Title;
    if between[stop..].starts_with('.') && (single || ABBREVIATED.contains(&written)) {
        return None;
    }
    // "am 19. Juli"
    let ordinal = word.case == Case::Number && written.len() <= 2 && between == ". ";
    if ordinal && super::time::is_german_month(next.span.of(&document.text)) {
        return None;
    }
    // A quotation that goes on with "he said" is one sentence with it.
    if next.case == Case::Lower {
        return None;
    }
    let closing = tail.find(char::is_whitespace)?;
    u32::try_from(stop + closing).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stages::extract::testing::document;

    fn check_sentences(text: &str, expected: &[&str]) {
        let document = document(text);
        let found: Vec<&str> = tokens(&document)
            .sentences
            .iter()
            .map(|s| s.of(&document.text))
            .collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn splits_sentences() {
        check_sentences("One. Two! Three?", &["One.", "Two!", "Three?"]);
        check_sentences(
            "Mr. Smith of the U.S. Army came. He left.",
            &["Mr. Smith of the U.S. Army came.", "He left."],
        );
        check_sentences(
            "\u{201c}Go.\u{201d} He went.",
            &["\u{201c}Go.\u{201d}", "He went."],
        );
        check_sentences(
            "\"It is,\" he said. \"I think.\"",
            &["\"It is,\" he said.", "\"I think.\""],
        );
        check_sentences(
            "It cost 3.5 million. Yes.",
            &["It cost 3.5 million.", "Yes."],
        );
    }

    #[test]
    fn splits_words() {
        let document =
            document("France's U.S. envoy met al-Baghdadi, ISIS-K and Afghanistan-based AT&T.");
        let words = tokens(&document).words;
        let found: Vec<(&str, Case)> = words
            .iter()
            .map(|w| (w.span.of(&document.text), w.case))
            .collect();
        use Case::{Lower, Title, Upper};
        assert_eq!(
            found,
            [
                ("France", Title),
                ("U.S.", Upper),
                ("envoy", Lower),
                ("met", Lower),
                ("al-Baghdadi", Title),
                ("ISIS-K", Upper),
                ("and", Lower),
                ("Afghanistan-based", Lower),
                ("AT&T", Upper),
            ]
        );
        assert_eq!(words[0].gap, Gap::Possessive);
        assert_eq!(words[4].gap, Gap::Comma);
    }
}
