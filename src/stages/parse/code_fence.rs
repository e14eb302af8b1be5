//! What a code fence says after the backticks: ```` ```rust {linenos, hl=2-3, file="src/x.rs"} ````.

use crate::model::document::CodeStyle;

/// Reads the words after the backticks, with braces around the attributes or without, as Hugo, Zola
/// and MkDocs write them. What is not understood is passed over, since other programs put their own
/// attributes there.
pub(super) fn parse(info: &str) -> CodeStyle {
    let info = info.trim();
    let end = info.find([' ', ',', '{']).unwrap_or(info.len());
    let (word, rest) = info.split_at(end);
    let attributes = rest
        .trim_matches([' ', ','])
        .trim_start_matches('{')
        .trim_end_matches('}');
    let mut fence = CodeStyle {
        language: (!word.is_empty()).then(|| word.to_owned()),
        ..CodeStyle::default()
    };
    for attribute in attributes_of(attributes) {
        let (key, value) = attribute.split_once('=').unwrap_or((attribute, ""));
        let value = value.trim_matches('"');
        match key {
            "linenos" | "linenums" | "line-numbers" | "numbers" => {
                fence.line_numbers = value != "false";
            }
            "hl" | "hl_lines" | "highlight" => fence.highlighted = line_ranges(value),
            "file" | "name" | "title" | "filename" => fence.file = Some(value.to_owned()),
            _ => {}
        }
    }
    fence
}

/// Splits at commas and spaces outside quotes and brackets; `hl=1,3-4` keeps its commas.
fn attributes_of(text: &str) -> Vec<&str> {
    let mut parts: Vec<&str> = Vec::new();
    let (mut start, mut quoted, mut depth) = (0, false, 0usize);
    for (at, c) in text.char_indices() {
        match c {
            '"' => quoted = !quoted,
            '[' if !quoted => depth += 1,
            ']' if !quoted => depth = depth.saturating_sub(1),
            ' ' | ',' if !quoted && depth == 0 => {
                let next_is_number = text[at + 1..].starts_with(|c: char| c.is_ascii_digit());
                if c == ',' && next_is_number {
                    continue;
                }
                parts.push(&text[start..at]);
                start = at + 1;
            }
            _ => {}
        }
    }
    parts.push(&text[start..]);
    parts.retain(|part| !part.is_empty());
    parts
}

/// `2-3,7`, `2-3 7` and `[2-3, "7"]` are the same.
fn line_ranges(text: &str) -> Vec<(usize, usize)> {
    let range = |part: &str| {
        let (first, last) = part.split_once('-').unwrap_or((part, part));
        let (first, last) = (first.parse().ok()?, last.parse().ok()?);
        (first <= last).then_some((first, last))
    };
    text.split([',', ' ', '[', ']', '"'])
        .filter_map(range)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_attributes() {
        let fence = parse("rust {linenos, hl=2-3,7, file=\"src/my file.rs\"}");
        assert_eq!(fence.language.as_deref(), Some("rust"));
        assert!(fence.line_numbers);
        assert_eq!(fence.highlighted, [(2, 3), (7, 7)]);
        assert_eq!(fence.file.as_deref(), Some("src/my file.rs"));
    }

    #[test]
    fn reads_what_others_write() {
        let mkdocs = parse("py title=\"a b.py\" linenums=\"1\" hl_lines=\"2 5-6\"");
        assert_eq!(mkdocs.highlighted, [(2, 2), (5, 6)]);
        assert_eq!(mkdocs.file.as_deref(), Some("a b.py"));
        assert!(mkdocs.line_numbers);
        let zola = parse("rust,linenos,hl_lines=1 3-4,name=x.rs");
        assert_eq!(zola.language.as_deref(), Some("rust"));
        assert!(zola.line_numbers && zola.file.as_deref() == Some("x.rs"));
        let hugo = parse("go {linenos=true, hl_lines=[1,\"3-4\"]}");
        assert_eq!(hugo.highlighted, [(1, 1), (3, 4)]);
        assert_eq!(parse("{file=a.txt}").file.as_deref(), Some("a.txt"));
    }

    #[test]
    fn passes_over_what_it_does_not_know() {
        assert_eq!(parse("python,ignore").language.as_deref(), Some("python"));
        assert_eq!(parse("").language, None);
        assert_eq!(parse("js {hl=9-2, x=é}").highlighted, []);
    }
}
