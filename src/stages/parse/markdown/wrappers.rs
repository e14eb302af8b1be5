//! Raw tags around Markdown: `<details>` in one block, `</details>` in a later one.
//!
//! A block of raw HTML is cleaned by itself, which would close at its end what it opens. These few
//! tags are let through and kept balanced instead.

use crate::stages::parse::html;

/// Tags that may go around blocks. They keep no attribute but `open`.
const WRAPPERS: &[&str] = &["details", "div", "section", "aside"];

/// The tags that are open, each with the number of containers around it.
#[derive(Debug, Default)]
pub(super) struct Wrappers {
    open: Vec<(&'static str, usize)>,
}

impl Wrappers {
    /// Cleans a block of raw HTML at a depth of containers. A wrapper that it opens and does not
    /// close stays open; one that it closes must have been opened at the same depth.
    pub(super) fn clean(&mut self, raw: &str, depth: usize) -> String {
        let mut rest = raw.trim();
        let mut out = String::new();
        while let Some((name, after)) = closing(rest) {
            if self.open.last() == Some(&(name, depth)) {
                self.open.pop();
                out.push_str(&format!("</{name}>"));
            }
            rest = after.trim_start();
        }
        if let Some((name, is_open, after)) = opening(rest) {
            self.open.push((name, depth));
            out.push_str(&format!("<{name}{}>", if is_open { " open" } else { "" }));
            rest = after;
        }
        out + &html::clean_block(rest)
    }

    /// End tags for what is still open at this depth or deeper.
    pub(super) fn close(&mut self, depth: usize) -> String {
        let mut out = String::new();
        while let Some((name, _)) = self.open.pop_if(|(_, opened)| *opened >= depth) {
            out.push_str(&format!("</{name}>\n"));
        }
        out
    }
}

/// An end tag at the start of `text`: its name and what follows it.
fn closing(text: &str) -> Option<(&'static str, &str)> {
    let (tag, after) = text.strip_prefix("</")?.split_once('>')?;
    let name = known(tag.trim())?;
    Some((name, after))
}

/// A start tag at the start of `text` that the text does not close: its name, whether it has the
/// attribute `open`, and what follows it.
fn opening(text: &str) -> Option<(&'static str, bool, &str)> {
    let end = text.starts_with('<').then(|| text.find('>'))??;
    let (name, attributes) = html::read_tag(&text[..=end])?;
    let name = known(&name)?;
    let after = &text[end + 1..];
    let closed = after.to_ascii_lowercase().contains(&format!("</{name}"));
    let is_open = attributes.iter().any(|(key, _)| key == "open");
    (!closed).then_some((name, is_open, after))
}

fn known(name: &str) -> Option<&'static str> {
    let is = |known: &&&str| known.eq_ignore_ascii_case(name);
    WRAPPERS.iter().find(is).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wrappers_stay_open_until_they_are_closed() {
        let mut wrappers = Wrappers::default();
        let opened = wrappers.clean("<details open onclick=\"x()\"><summary>More</summary>\n", 0);
        assert_eq!(opened, "<details open><summary>More</summary>");
        assert_eq!(wrappers.clean("</details>", 1), "", "of another container");
        assert_eq!(wrappers.clean("</DETAILS>\n", 0), "</details>");
        assert_eq!(wrappers.clean("</details>", 0), "");
        assert_eq!(wrappers.close(0), "");
    }

    #[test]
    fn what_is_whole_is_cleaned_as_a_whole() {
        let mut wrappers = Wrappers::default();
        let whole = "<div class=\"x\"><script>a</script>b</div>";
        assert_eq!(wrappers.clean(whole, 0), "<div>b</div>");
        assert_eq!(wrappers.clean("<div><p>a</p>", 2), "<div><p>a</p>");
        assert_eq!(wrappers.close(1), "</div>\n");
    }
}
