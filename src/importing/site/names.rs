//! What the names of files say.

use camino::Utf8Path;
use jiff::civil::Date;

/// The day that a file's name begins with.
pub(super) fn date_of(name: &str) -> Option<Date> {
    name.get(..10)?.parse().ok()
}

/// A name without the day that it begins with.
pub(super) fn without_date(name: &str) -> &str {
    let rest = date_of(name).and_then(|_| name.get(10..));
    match rest.and_then(|rest| rest.strip_prefix(['-', '_'])) {
        Some(rest) if !rest.is_empty() => rest,
        _ => name,
    }
}

/// The collection of Jekyll that a path is in: `posts` for `_posts/a.md` and `news/_posts/a.md`.
pub(super) fn collection(below: &Utf8Path) -> Option<&str> {
    let folders = below.parent()?.components();
    let marked = folders
        .into_iter()
        .find(|part| part.as_str().starts_with('_'));
    marked.map(|part| &part.as_str()[1..])
}

/// True for a file that holds text for readers.
pub(super) fn is_document(path: &Utf8Path) -> bool {
    let ending = path.extension().unwrap_or_default().to_ascii_lowercase();
    matches!(
        ending.as_str(),
        "md" | "markdown" | "mdown" | "mkd" | "mdx" | "html" | "htm"
    )
}
