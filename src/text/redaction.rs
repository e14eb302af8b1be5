//! Passages that their author keeps from readers: `{redact}…{/redact}` and `{note}…{/note}`.
//!
//! Input: a text. Output: where the passages stand, and the tags that do not pair. A redaction
//! leaves a [`Mark`] behind, whatever was in it; a note leaves nothing. Braces may hold spaces and
//! capitals, so that a slip of the pen publishes nothing; a backslash before the brace makes the tag
//! plain text.

use std::ops::Range;

/// What readers see in place of what was redacted: the same for a word and for a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    shown: String,
    stand_in: String,
}

impl Mark {
    /// Where no language is known.
    pub const ENGLISH: &str = "[redacted]";
    /// The fewest bytes of a mark: shorter ones could be no sign.
    const SHORTEST: usize = 6;

    /// What stand-ins are made of: characters for private use, of four bytes and of three.
    const SIGNS: [char; 2] = ['\u{F7A31}', '\u{E7A3}'];

    /// The mark with these words; the English one where they are too short to be seen.
    #[must_use]
    pub fn new(shown: &str) -> Self {
        let shown = match shown.trim() {
            short if short.len() < Self::SHORTEST => Self::ENGLISH,
            shown => shown,
        };
        let long = (0..3).find(|n| (shown.len() - 4 * n).is_multiple_of(3));
        let long = long.unwrap_or_default();
        let short = (shown.len() - 4 * long) / 3;
        let [longer, shorter] = Self::SIGNS.map(String::from);
        let stand_in = longer.repeat(long) + &shorter.repeat(short);
        let shown = shown.to_owned();
        Self { shown, stand_in }
    }

    /// True for a text that has a stand-in.
    #[must_use]
    pub fn is_in(text: &str) -> bool {
        text.contains(Self::SIGNS)
    }

    /// The words.
    #[must_use]
    pub fn shown(&self) -> &str {
        &self.shown
    }

    /// What stands for the words while Markdown is read, so that their brackets are no link. It has
    /// as many bytes.
    #[must_use]
    pub fn stand_in(&self) -> &str {
        &self.stand_in
    }
}

impl Default for Mark {
    fn default() -> Self {
        Self::new(Self::ENGLISH)
    }
}

/// What a passage is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Replaced by a [`Mark`].
    Redaction,
    /// A note among editors: removed.
    Note,
}

impl Kind {
    /// The word between the braces.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Redaction => "redact",
            Self::Note => "note",
        }
    }
}

/// A passage with its two tags, in bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Passage {
    /// What it is.
    pub kind: Kind,
    /// From the first brace of its opening tag to the last of its closing tag.
    pub range: Range<usize>,
}

/// How a tag fails to pair.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// It is opened and never closed: all to the end of the text counts as its passage.
    Unclosed,
    /// It closes what is not open.
    Stray,
    /// It is opened inside another passage.
    Nested,
}

/// A tag that does not pair.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Misfit {
    /// What is amiss.
    pub fault: Fault,
    /// Whose tag it is.
    pub kind: Kind,
    /// The tag, in bytes.
    pub range: Range<usize>,
}

#[derive(Debug)]
struct Tag {
    kind: Kind,
    closes: bool,
    range: Range<usize>,
}

/// The passages of `text` in order, and the tags that do not pair. A tag that starts where
/// `is_literal` holds, as in code, is plain text.
#[must_use]
pub fn passages(text: &str, is_literal: impl Fn(usize) -> bool) -> (Vec<Passage>, Vec<Misfit>) {
    let (mut found, mut misfits) = (Vec::new(), Vec::new());
    let mut open: Vec<Tag> = Vec::new();
    for tag in tags(text).filter(|tag| !is_literal(tag.range.start)) {
        let misfit = |fault| Misfit {
            fault,
            kind: tag.kind,
            range: tag.range.clone(),
        };
        match (tag.closes, open.last()) {
            (false, outer) => {
                misfits.extend(outer.map(|_| misfit(Fault::Nested)));
                open.push(tag);
            }
            (true, Some(last)) if last.kind == tag.kind => {
                let start = last.range.start;
                open.pop();
                if open.is_empty() {
                    found.push(Passage {
                        kind: tag.kind,
                        range: start..tag.range.end,
                    });
                }
            }
            (true, _) => misfits.push(misfit(Fault::Stray)),
        }
    }
    if let Some(first) = open.first() {
        found.push(Passage {
            kind: first.kind,
            range: first.range.start..text.len(),
        });
    }
    misfits.extend(open.into_iter().map(|tag| Misfit {
        fault: Fault::Unclosed,
        kind: tag.kind,
        range: tag.range,
    }));
    (found, misfits)
}

/// True where a text may hold a tag: a cheap look before the careful one.
#[must_use]
pub fn is_suspect(text: &str) -> bool {
    tags(text).next().is_some()
}

/// A text that is no Markdown, such as a title: without its notes, and with marks in place of its
/// redactions. `None` where it has no tag.
#[must_use]
pub fn plain(text: &str, mark: &str) -> Option<(String, Vec<Misfit>)> {
    if !is_suspect(text) {
        return None;
    }
    let (passages, misfits) = passages(text, |_| false);
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for passage in &passages {
        let gone = extent(text, passage);
        out.push_str(&text[at..gone.start.max(at)]);
        if passage.kind == Kind::Redaction {
            out.push_str(mark);
        }
        at = gone.end;
    }
    out.push_str(&text[at..]);
    Some((out, misfits))
}

/// What goes with a passage. A note takes the space before or after it along, or its lines where it
/// stands alone on them: nothing tells that it was there.
#[must_use]
pub fn extent(text: &str, passage: &Passage) -> Range<usize> {
    let Range { start, end } = passage.range;
    if passage.kind == Kind::Redaction {
        return start..end;
    }
    let before = text[..start].trim_end_matches([' ', '\t']);
    let after = text[end..].trim_start_matches([' ', '\t']);
    let begins_line = before.is_empty() || before.ends_with('\n');
    if begins_line && (after.is_empty() || after.starts_with('\n')) {
        let rest = after.trim_start_matches(['\n', ' ', '\t']);
        let parted = before.is_empty() || before.ends_with("\n\n");
        let line = after.strip_prefix('\n').unwrap_or(after);
        let kept = if parted {
            keep_indent(after, rest)
        } else {
            line
        };
        return before.len()..text.len() - kept.len();
    }
    let spaced_before = before.len() < start || begins_line;
    let spaced_after = text.len() - end > after.len();
    if spaced_before && spaced_after {
        return start..text.len() - after.len();
    }
    let closes = after.is_empty() || after.starts_with(['\n', '.', ',', ';', ':', '!', '?', ')']);
    if closes {
        before.len()..end
    } else {
        start..end
    }
}

/// The end of `text` from the start of the line on which `rest` begins.
fn keep_indent<'t>(text: &'t str, rest: &str) -> &'t str {
    let skipped = &text[..text.len() - rest.len()];
    let line = skipped.rfind('\n').map_or(0, |at| at + 1);
    &text[line..]
}

fn tags(text: &str) -> impl Iterator<Item = Tag> {
    let braces = text.match_indices('{').map(|(at, _)| at);
    braces.filter_map(|at| tag(text, at))
}

/// The tag that starts with the brace at `start`.
fn tag(text: &str, start: usize) -> Option<Tag> {
    let slashes = text[..start].len() - text[..start].trim_end_matches('\\').len();
    if slashes % 2 == 1 {
        return None;
    }
    // No tag is longer than this, and most texts with a brace have no tag.
    let mut end = text.len().min(start + 40);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let (inside, _) = text[start + 1..end].split_once('}')?;
    let name = inside.trim();
    let (closes, name) = match name.strip_prefix('/') {
        Some(name) => (true, name.trim()),
        None => (false, name),
    };
    let kinds = [Kind::Redaction, Kind::Note];
    let kind = kinds
        .into_iter()
        .find(|kind| kind.word().eq_ignore_ascii_case(name))?;
    Some(Tag {
        kind,
        closes,
        range: start..start + inside.len() + 2,
    })
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn shown(text: &str) -> String {
        plain(text, Mark::ENGLISH).map_or_else(|| text.to_owned(), |(text, _)| text)
    }

    fn faults(text: &str) -> Vec<Fault> {
        let (_, misfits) = passages(text, |_| false);
        misfits.into_iter().map(|misfit| misfit.fault).collect()
    }

    #[test]
    fn the_mark_tells_nothing_of_what_it_hides() {
        let short = shown("It was {redact}I{/redact}.");
        let long = shown("It was {redact}a very long *name*\n\nand more{/redact}.");
        assert_eq!(short, "It was [redacted].");
        assert_eq!(short, long);
    }

    #[test]
    fn the_stand_in_has_the_length_of_the_mark() {
        for length in 1..60 {
            let mark = Mark::new(&"x".repeat(length));
            assert_eq!(mark.shown().len(), mark.stand_in().len());
            assert!(mark.shown().len() >= 6);
        }
        assert_eq!(Mark::new("[изъято]").shown(), "[изъято]");
        assert_eq!(Mark::new(" [x] "), Mark::default());
    }

    #[test]
    fn slips_of_the_pen_hide_as_well() {
        assert_eq!(shown("A { Redact }b{ / REDACT } c"), "A [redacted] c");
        assert_eq!(shown("A {redact}b {/note} c"), "A [redacted]");
        assert_eq!(
            faults("A {redact}b {/note} c"),
            [Fault::Stray, Fault::Unclosed]
        );
        assert_eq!(faults("a {/redact} b"), [Fault::Stray]);
        assert_eq!(
            shown("A {redact}b {redact}c{/redact} d{/redact} e"),
            "A [redacted] e"
        );
        assert_eq!(faults("{redact}b {note}c{/note}{/redact}"), [Fault::Nested]);
    }

    #[test]
    fn notes_leave_no_trace() {
        for text in [
            "One two.",
            "One {note}x{/note} two.",
            "One {note}x y{/note}two.",
            "One two {note}x{/note}.",
            "One two.{note}x{/note}",
            "One two. {note}x{/note}",
            "{note}x{/note} One two.",
        ] {
            assert_eq!(shown(text), "One two.", "{text}");
        }
        let lines = "One.\n\n{note}x\n\ny{/note}\n\nTwo.\n";
        assert_eq!(shown(lines), "One.\n\nTwo.\n");
        assert_eq!(shown("One\n{note}x{/note}\ntwo.\n"), "One\ntwo.\n");
        assert_eq!(shown("One.\n\n{note}x{/note}\n"), "One.\n\n");
    }

    #[test]
    fn other_braces_stay() {
        assert!(plain("A {b} {redacted} {x:redact} c", "x").is_none());
        assert!(plain("A \\{redact}b", "x").is_none());
        assert_eq!(shown("A \\\\{redact}b{/redact}"), "A \\\\[redacted]");
    }
}
