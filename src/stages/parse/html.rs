//! Raw HTML in Markdown, and which addresses may be linked.

/// Tags that may stand inside a paragraph: they only mark words, and carry no attributes.
const PHRASING: &[&str] = &[
    "abbr", "b", "cite", "del", "dfn", "em", "i", "ins", "kbd", "mark", "q", "s", "samp", "small",
    "strong", "sub", "sup", "u", "var",
];
const VOID: &[&str] = &["br", "wbr"];

/// A block of raw HTML without whatever runs, loads or restyles.
pub(super) fn clean_block(html: &str) -> String {
    ammonia::Builder::default()
        .link_rel(Some("noopener noreferrer"))
        .url_relative(ammonia::UrlRelative::PassThrough)
        .clean(html)
        .to_string()
}

/// Inline tags that are open, so that the page stays balanced.
#[derive(Debug, Default)]
pub(super) struct InlineTags {
    open: Vec<&'static str>,
}

impl InlineTags {
    /// What a raw inline tag may become: itself without attributes, or nothing.
    pub(super) fn filter(&mut self, tag: &str) -> Option<String> {
        let inner = tag.strip_prefix('<')?.strip_suffix('>')?;
        let closing = inner.starts_with('/');
        let inner = inner.trim_start_matches('/');
        let end = inner
            .find(|c: char| !c.is_ascii_alphanumeric())
            .unwrap_or(inner.len());
        let name = inner[..end].to_ascii_lowercase();
        if let Some(void) = VOID.iter().find(|known| **known == name) {
            return (!closing).then(|| format!("<{void}>"));
        }
        let known = PHRASING.iter().find(|known| **known == name)?;
        if !closing {
            self.open.push(known);
            return Some(format!("<{known}>"));
        }
        (self.open.last() == Some(known)).then(|| {
            self.open.pop();
            format!("</{known}>")
        })
    }

    /// End tags for what is still open, at the end of a block.
    pub(super) fn close(&mut self) -> String {
        self.open
            .drain(..)
            .rev()
            .map(|name| format!("</{name}>"))
            .collect()
    }
}

/// True for addresses that may be linked: of the web, mail, phone, or relative.
pub(super) fn is_allowed(address: &str) -> bool {
    // Browsers ignore control characters and white space inside a scheme.
    let bare: String = address
        .chars()
        .filter(|c| !c.is_whitespace() && !c.is_control())
        .collect();
    let head = bare.split(['/', '?', '#']).next().unwrap_or_default();
    match head.split_once(':') {
        None => true,
        Some((scheme, _)) => {
            let scheme = scheme.to_ascii_lowercase();
            matches!(scheme.as_str(), "http" | "https" | "mailto" | "tel")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cleans_blocks() {
        let html = "<div onclick=\"x()\">a<script>b</script><a href=\"javascript:c\">d</a></div>";
        let clean = clean_block(html);
        assert!(
            !clean.contains("onclick") && !clean.contains("script"),
            "{clean}"
        );
    }

    #[test]
    fn keeps_inline_tags_balanced() {
        let mut tags = InlineTags::default();
        assert_eq!(tags.filter("<kbd class=x>").as_deref(), Some("<kbd>"));
        assert_eq!(tags.filter("</b>"), None);
        assert_eq!(tags.filter("<script>"), None);
        assert_eq!(tags.filter("<BR/>").as_deref(), Some("<br>"));
        assert_eq!(tags.close(), "</kbd>");
    }

    #[test]
    fn knows_allowed_addresses() {
        assert!(is_allowed("https://example.org") && is_allowed("a/b.md#c:d") && is_allowed("#x"));
        assert!(!is_allowed("javascript:alert(1)") && !is_allowed("java\nscript:alert(1)"));
        assert!(!is_allowed("data:text/html,x") && !is_allowed(" VBScript:x"));
    }
}
