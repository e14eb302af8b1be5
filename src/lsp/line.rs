//! What the words before the cursor ask for. Pure text: the text may be half written, so that neither
//! Markdown nor YAML can be read yet.

use crate::model::span::Span;

/// What may follow, and where what is written of it begins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Wanted {
    /// The target of a `[[`.
    Wikilink(usize),
    /// The address of a Markdown link.
    Address(usize),
    /// A key of a map, which stands under another key or at the top.
    Key(Option<String>, usize),
    /// A value of a key, by the keys from the top: `entities`, `about`.
    Value(Vec<String>, usize),
}

/// What is wanted at `cursor`; `yaml` is the part of the text that is YAML.
pub(super) fn wanted(text: &str, cursor: usize, yaml: Option<Span>) -> Option<Wanted> {
    let before = text.get(..cursor)?;
    let start = before.rfind('\n').map_or(0, |at| at + 1);
    let line = &before[start..];
    if let Some(at) = line.rfind("[[") {
        let target = at + 2;
        let is_open = !line[target..].contains(['|', '#', ']']);
        return is_open.then_some(Wanted::Wikilink(start + target));
    }
    if yaml.is_some_and(|yaml| yaml.start as usize <= start && cursor <= yaml.end as usize) {
        let from = yaml.map_or(0, |yaml| yaml.start as usize);
        return in_yaml(&text[from..start], line, start);
    }
    let address = line.rfind("](")? + 2;
    let is_open = !line[address..].contains([')', ' ', ':', '#']);
    is_open.then_some(Wanted::Address(start + address))
}

/// The part of a text that is YAML: all of it, or what stands between `---` and `---`; without an end
/// to the end of the text.
pub(super) fn yaml_of(text: &str, is_markdown: bool) -> Option<Span> {
    if !is_markdown {
        return Some(Span::new(0, text.len()));
    }
    let body = text.strip_prefix("---\n")?;
    let end = match body.starts_with("---\n") {
        true => 0,
        false => body.find("\n---\n").map_or(body.len(), |at| at + 1),
    };
    Some(Span::new(4, 4 + end))
}

fn in_yaml(above: &str, line: &str, start: usize) -> Option<Wanted> {
    let indent = indent_of(line);
    let (item, mut at) = match line[indent..].strip_prefix('-') {
        Some(rest) => (true, line.len() - rest.trim_start().len()),
        None => (false, indent),
    };
    let mut keys = keys_above(above, indent, item);
    let rest = &line[at..];
    if let Some((key, value)) = rest.split_once(':') {
        keys.push(key.trim().to_owned());
        at += key.len() + 1;
        // In a list on one line the last item is being written.
        let done = value.rfind(['[', ',', '"', '\'']).map_or(0, |at| at + 1);
        let written = value[done..].trim_start();
        return Some(Wanted::Value(
            keys,
            start + at + value.len() - written.len(),
        ));
    }
    if item && !is_map_list(above, indent) {
        return Some(Wanted::Value(keys, start + at));
    }
    Some(Wanted::Key(keys.pop(), start + at))
}

fn indent_of(line: &str) -> usize {
    line.len() - line.trim_start_matches(' ').len()
}

/// The keys under which a line stands, from the top, by indentation.
fn keys_above(above: &str, indent: usize, item: bool) -> Vec<String> {
    let mut keys = Vec::new();
    let mut limit = indent;
    // An item may stand as far left as the key of its list.
    let mut may_be_level = item;
    for line in above.lines().rev() {
        let (own, words) = (indent_of(line), line.trim_start());
        let is_above = own < limit || (may_be_level && own == limit && !words.starts_with('-'));
        if words.is_empty() || words.starts_with('#') || !is_above {
            continue;
        }
        if words.starts_with('-') {
            limit = own;
            may_be_level = true;
            continue;
        }
        if let Some((key, _)) = words.split_once(':') {
            keys.push(key.trim().to_owned());
            limit = own;
            may_be_level = false;
        }
        if limit == 0 {
            break;
        }
    }
    keys.reverse();
    keys
}

/// True where the items of the list before this one are maps.
fn is_map_list(above: &str, indent: usize) -> bool {
    let mut items = above.lines().rev().take_while(|line| {
        let own = indent_of(line);
        own > indent || (own == indent && line.trim_start().starts_with('-'))
    });
    items.any(|line| line.trim_start().starts_with('-') && line.contains(": "))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is wanted at the `|` of a text, with what is written of it.
    fn at(marked: &str) -> Option<(Wanted, String)> {
        let cursor = marked.find('¦')?;
        let text = marked.replace('¦', "");
        let wanted = wanted(&text, cursor, yaml_of(&text, true))?;
        let (Wanted::Wikilink(start)
        | Wanted::Address(start)
        | Wanted::Key(_, start)
        | Wanted::Value(_, start)) = wanted;
        Some((wanted, text[start..cursor].to_owned()))
    }

    fn value(marked: &str) -> Option<(Vec<String>, String)> {
        match at(marked)? {
            (Wanted::Value(keys, _), written) => Some((keys, written)),
            _ => None,
        }
    }

    #[test]
    fn knows_links() {
        assert_eq!(
            at("See [[Port o¦").map(|found| found.1),
            Some("Port o".into())
        );
        assert_eq!(at("See [[a]] and¦"), None);
        assert_eq!(at("See [[a|wor¦"), None);
        assert_eq!(at("See [b](por¦").map(|found| found.1), Some("por".into()));
        assert_eq!(at("See [b](https://e¦"), None);
    }

    #[test]
    fn knows_keys() {
        let key = |marked| match at(marked) {
            Some((Wanted::Key(parent, _), written)) => Some((parent, written)),
            _ => None,
        };
        assert_eq!(key("---\ntitle: a\nda¦\n---\n"), Some((None, "da".into())));
        let image = Some("image".to_owned());
        assert_eq!(key("---\nimage:\n  al¦\n---\n"), Some((image, "al".into())));
        let sources = Some("sources".to_owned());
        let marked = "---\nsources:\n  - title: a\n    ur¦\n---\n";
        assert_eq!(key(marked), Some((sources.clone(), "ur".into())));
        let marked = "---\nsources:\n  - title: a\n  - ti¦\n---\n";
        assert_eq!(key(marked), Some((sources, "ti".into())));
        assert_eq!(key("---\ntitle: a\n---\nwords¦"), None);
    }

    #[test]
    fn knows_values() {
        let tags = vec!["tags".to_owned()];
        assert_eq!(
            value("---\ntags: [a, po¦]\n---\n"),
            Some((tags.clone(), "po".into()))
        );
        assert_eq!(
            value("---\ntags:\n  - a\n  - po¦\n---\n"),
            Some((tags.clone(), "po".into()))
        );
        assert_eq!(
            value("---\ntags:\n- a\n- ¦\n---\n"),
            Some((tags, String::new()))
        );
        let about = vec!["entities".to_owned(), "about".to_owned()];
        let marked = "---\nentities:\n  about: [Po¦]\n---\n";
        assert_eq!(value(marked), Some((about.clone(), "Po".into())));
        let marked = "---\nentities:\n  about:\n    - Po¦\n---\n";
        assert_eq!(value(marked), Some((about, "Po".into())));
    }
}
