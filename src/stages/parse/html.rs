//! Raw HTML in Markdown, and which addresses may be linked.

use std::ops::Range;

/// Tags that may stand inside a paragraph: they only mark words, and carry no attributes.
const PHRASING: &[&str] = &[
    "abbr", "b", "cite", "del", "dfn", "em", "i", "ins", "kbd", "mark", "q", "s", "samp", "small",
    "strong", "sub", "sup", "u", "var",
];
const VOID: &[&str] = &["br", "wbr"];

/// A block of raw HTML without whatever runs, loads or restyles.
pub(super) fn clean_block(html: &str) -> String {
    ammonia::Builder::default()
        .add_generic_attributes(["id"])
        .add_tag_attributes("a", ["name"])
        .link_rel(Some("noopener noreferrer"))
        .url_relative(ammonia::UrlRelative::PassThrough)
        .clean(html)
        .to_string()
        // An anchor of old: HTML 5 knows `id` alone.
        .replace("<a name=", "<a id=")
}

/// Elements in one another that a block of raw HTML may have. Browsers give up at 512, and cleaning
/// takes a time that grows with the square of it.
const DEEPEST: usize = 200;

/// True where a block of raw HTML nests its elements too deep to be cleaned in good time.
pub(super) fn is_too_deep(html: &str) -> bool {
    const EMPTY: [&str; 7] = ["br", "img", "hr", "wbr", "col", "input", "li"];
    let mut depth = 0usize;
    for part in html.split('<').skip(1) {
        let end = part.find(|c: char| !c.is_ascii_alphanumeric());
        let name = part[..end.unwrap_or(part.len())].to_ascii_lowercase();
        match part.starts_with('/') {
            true => depth = depth.saturating_sub(1),
            false if name.is_empty() || EMPTY.contains(&&*name) => {}
            false => depth += 1,
        }
        if depth > DEEPEST {
            return true;
        }
    }
    false
}

/// The words of a block of raw HTML, escaped, without its tags, comments, scripts and styles.
pub(super) fn words(html: &str) -> String {
    let clean = ammonia::Builder::empty()
        .clean_content_tags(["script", "style"].into())
        .clean(html)
        .to_string();
    match clean.trim() {
        "" => String::new(),
        words => format!("{words}\n"),
    }
}

/// An address in raw HTML.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Address<'a> {
    /// What it replaces in the HTML: of a link the whole attribute, of an image the value.
    pub(super) place: Range<usize>,
    /// The address.
    pub(super) value: &'a str,
    /// The tag that it is in.
    pub(super) tag: &'a str,
}

/// The addresses of links and images, in order. Of each tag only the first is one.
pub(super) fn addresses(html: &str) -> Vec<Address<'_>> {
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(open) = html[from..].find('<').map(|at| from + at) {
        let end = tag_end(html, open);
        let tag = &html[open..end];
        let name = |name: &str| {
            tag.get(1..=name.len())
                .is_some_and(|start| start.eq_ignore_ascii_case(name))
                && tag[name.len() + 1..].starts_with(char::is_whitespace)
        };
        let (key, whole) = match () {
            () if name("a") => (" href=\"", true),
            () if name("img") => (" src=\"", false),
            () => {
                from = end;
                continue;
            }
        };
        if let Some(at) = tag.find(key)
            && let Some(length) = tag[at + key.len()..].find('"')
        {
            let start = at + key.len();
            let (first, last) = if whole {
                (at, start + length + 1)
            } else {
                (start, start + length)
            };
            found.push(Address {
                place: open + first..open + last,
                value: &tag[start..start + length],
                tag,
            });
        }
        from = end;
    }
    found
}

/// One past the `>` that ends the tag at `open`; quoted ones do not.
fn tag_end(html: &str, open: usize) -> usize {
    let mut quote = None;
    for (at, c) in html[open..].char_indices() {
        match (quote, c) {
            (None, '>') => return open + at + 1,
            (None, '"' | '\'') => quote = Some(c),
            (Some(q), c) if q == c => quote = None,
            _ => {}
        }
    }
    html.len()
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

/// A raw tag's name, in small letters, and its attributes.
pub(super) fn read_tag(tag: &str) -> Option<(String, Vec<(String, String)>)> {
    let inner = tag
        .strip_prefix('<')?
        .strip_suffix('>')?
        .trim_end_matches('/');
    let end = inner
        .find(|c: char| !c.is_ascii_alphanumeric())
        .unwrap_or(inner.len());
    let (name, mut rest) = inner.split_at(end);
    let mut attributes = Vec::new();
    loop {
        rest = rest.trim_start();
        let end = rest
            .find(|c: char| c == '=' || c.is_whitespace())
            .unwrap_or(rest.len());
        let (key, after) = rest.split_at(end);
        if key.is_empty() {
            break;
        }
        let (value, after) = match after.trim_start().strip_prefix('=') {
            Some(value) => attribute_value(value.trim_start()),
            None => ("", after),
        };
        attributes.push((key.to_ascii_lowercase(), value.to_owned()));
        rest = after;
    }
    (!name.is_empty()).then(|| (name.to_ascii_lowercase(), attributes))
}

/// A quoted or bare value, and what follows it.
fn attribute_value(text: &str) -> (&str, &str) {
    for quote in ['"', '\''] {
        if let Some(inner) = text.strip_prefix(quote) {
            return inner.split_once(quote).unwrap_or((inner, ""));
        }
    }
    text.split_at(text.find(char::is_whitespace).unwrap_or(text.len()))
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
    fn finds_addresses() {
        let html =
            r#"<p title="<a href=&quot;">href="x"</p><a id="i" href="one">a</a><img src="two">"#;
        let found: Vec<&str> = addresses(html)
            .iter()
            .map(|a| &html[a.place.clone()])
            .collect();
        assert_eq!(found, [" href=\"one\"", "two"]);
        assert_eq!(addresses("<a href=\"open"), []);
    }

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
    fn reads_attributes() {
        let pair = |key: &str, value: &str| (key.to_owned(), value.to_owned());
        let expected = vec![pair("href", "a b"), pair("id", "x"), pair("hidden", "")];
        assert_eq!(
            read_tag("<A HREF=\"a b\" id=x hidden>"),
            Some(("a".to_owned(), expected))
        );
        assert_eq!(
            read_tag("<img src='q.png'/>").map(|(_, a)| a),
            Some(vec![pair("src", "q.png")])
        );
        assert_eq!(read_tag("</a>"), None);
    }

    #[test]
    fn knows_allowed_addresses() {
        assert!(is_allowed("https://example.org") && is_allowed("a/b.md#c:d") && is_allowed("#x"));
        assert!(!is_allowed("javascript:alert(1)") && !is_allowed("java\nscript:alert(1)"));
        assert!(!is_allowed("data:text/html,x") && !is_allowed(" VBScript:x"));
    }
}
