//! Code to HTML with classes; colours come from one stylesheet, for light and dark.
//!
//! Pure: the grammars and themes are embedded, and read on first use.

use std::{fmt::Write, sync::OnceLock};

use crate::model::document::{CodeBlock, CodeStyle};

use syntect::{
    easy::ScopeRegionIterator,
    parsing::{ParseState, Scope, ScopeStack, SyntaxReference, SyntaxSet},
    util::LinesWithEndings,
};

/// Longer lines and blocks are shown plain: a grammar may take very long over them.
const LONGEST_LINE: usize = 2_000;
const LONGEST_BLOCK: usize = 200_000;

fn grammars() -> &'static SyntaxSet {
    static GRAMMARS: OnceLock<SyntaxSet> = OnceLock::new();
    GRAMMARS.get_or_init(two_face::syntax::extra_newlines)
}

/// A block of code as HTML: a figure where it has a file name. What no grammar knows is plain.
#[must_use]
pub fn code_block(block: &CodeBlock) -> String {
    let CodeBlock { text: code, style } = block;
    let small = code.len() <= LONGEST_BLOCK && code.lines().all(|line| line.len() <= LONGEST_LINE);
    let syntax = style
        .language
        .as_deref()
        .filter(|_| small)
        .and_then(|l| grammars().find_syntax_by_token(l));
    let lines = match syntax {
        Some(syntax) => highlighted_lines(code, syntax),
        None => LinesWithEndings::from(code).map(escape).collect(),
    };
    let mut html = String::with_capacity(code.len() * 3);
    if let Some(file) = &style.file {
        let _ = write!(
            html,
            "<figure class=\"code\"><figcaption>{}</figcaption>",
            escape(file)
        );
    }
    // Code scrolls by itself, also with the keyboard.
    html.push_str("<pre class=\"code\" tabindex=\"0\"><code");
    if let Some(language) = &style.language {
        let _ = write!(html, " class=\"language-{}\"", escape(language));
    }
    html.push('>');
    for (number, line) in (1..).zip(&lines) {
        push_line(&mut html, number, line, style);
    }
    html.push_str("</code></pre>");
    if style.file.is_some() {
        html.push_str("</figure>");
    }
    html.push('\n');
    html
}

fn push_line(html: &mut String, number: usize, line: &str, style: &CodeStyle) {
    let marked = style
        .highlighted
        .iter()
        .any(|(first, last)| (*first..=*last).contains(&number));
    let line = if marked {
        line.trim_end_matches('\n')
    } else {
        line
    };
    if marked {
        html.push_str("<mark class=\"line\">");
    }
    if style.line_numbers {
        let _ = write!(
            html,
            "<span class=\"line-number\" aria-hidden=\"true\">{number}</span>"
        );
    }
    html.push_str(line);
    if marked {
        html.push_str("</mark>\n");
    }
}

/// Each line as HTML that is balanced by itself, so that a line can be marked.
fn highlighted_lines(code: &str, syntax: &SyntaxReference) -> Vec<String> {
    let mut state = ParseState::new(syntax);
    let mut scopes = ScopeStack::new();
    LinesWithEndings::from(code)
        .map(|line| {
            let Ok(operations) = state.parse_line(line, grammars()) else {
                return escape(line);
            };
            let mut html = String::with_capacity(line.len() * 2);
            for (words, operation) in ScopeRegionIterator::new(&operations, line) {
                if scopes.apply(operation).is_err() {
                    continue;
                }
                push_region(&mut html, words, &scopes);
            }
            html
        })
        .collect()
}

/// The innermost scope decides the colour. One span for each region, not one for each scope,
/// keeps pages small.
fn push_region(html: &mut String, words: &str, scopes: &ScopeStack) {
    if words.is_empty() {
        return;
    }
    let class = scopes
        .as_slice()
        .iter()
        .rev()
        .find_map(|scope| class_of(*scope));
    match class.filter(|_| !words.trim().is_empty()) {
        Some(class) => {
            let _ = write!(html, "<span class=\"{class}\">{}</span>", escape(words));
        }
        None => html.push_str(&escape(words)),
    }
}

/// The few classes that the stylesheet colours.
const CLASSED: &[(&str, &str)] = &[
    ("comment", "hl-comment"),
    ("punctuation.definition.comment", "hl-comment"),
    ("string", "hl-string"),
    ("constant.numeric", "hl-number"),
    ("constant", "hl-constant"),
    ("keyword.operator", "hl-operator"),
    ("keyword", "hl-keyword"),
    ("storage", "hl-keyword"),
    ("entity.name.function", "hl-function"),
    ("support.function", "hl-function"),
    ("entity.name.tag", "hl-tag"),
    ("entity.other.attribute-name", "hl-attribute"),
    ("entity.name", "hl-type"),
    ("support.type", "hl-type"),
    ("support.class", "hl-type"),
    ("variable", "hl-variable"),
    ("markup.inserted", "hl-inserted"),
    ("markup.deleted", "hl-deleted"),
    ("markup.heading", "hl-keyword"),
];

fn classes() -> &'static [(Scope, &'static str)] {
    static CLASSES: OnceLock<Vec<(Scope, &'static str)>> = OnceLock::new();
    CLASSES.get_or_init(|| {
        let known = |(name, class): &(&str, &'static str)| Some((Scope::new(name).ok()?, *class));
        CLASSED.iter().filter_map(known).collect()
    })
}

/// The class of the longest known prefix of a scope.
fn class_of(scope: Scope) -> Option<&'static str> {
    let matching = classes()
        .iter()
        .filter(|(prefix, _)| prefix.is_prefix_of(scope));
    matching
        .max_by_key(|(prefix, _)| prefix.len())
        .map(|(_, class)| *class)
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}

/// Class, colour on light (#f6f7f9) and colour on dark (#161b22): all at least 4.5 to 1.
const COLOURS: &[(&str, &str, &str)] = &[
    ("comment", "#57606a", "#9aa4b0"),
    ("string", "#0a5c36", "#8fd6a8"),
    ("number", "#0550ae", "#8ec5ff"),
    ("constant", "#0550ae", "#8ec5ff"),
    ("operator", "#5a3300", "#e3b57a"),
    ("keyword", "#8a1538", "#ff9bb0"),
    ("function", "#5b2a9d", "#d2b3ff"),
    ("tag", "#116329", "#8fd6a8"),
    ("attribute", "#5a3300", "#e3b57a"),
    ("type", "#7a3e00", "#f0c08a"),
    ("variable", "#24292f", "#dbe2ea"),
    ("inserted", "#0a5c36", "#8fd6a8"),
    ("deleted", "#8a1538", "#ff9bb0"),
];

/// The stylesheet for all code: light, and dark where the reader or the system wants it.
#[must_use]
pub fn stylesheet() -> String {
    let mut css = String::new();
    for (class, light, dark) in COLOURS {
        let _ = writeln!(css, ".hl-{class} {{ color: light-dark({light}, {dark}); }}");
    }
    css
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(code: &str, style: CodeStyle) -> String {
        let text = code.to_owned();
        code_block(&CodeBlock { text, style })
    }

    fn rust(style: CodeStyle) -> String {
        shown(
            "fn main() {}\n// <done>\n",
            CodeStyle {
                language: Some("rust".to_owned()),
                ..style
            },
        )
    }

    #[test]
    fn known_languages_are_coloured_and_escaped() {
        let html = rust(CodeStyle::default());
        assert!(
            html.contains("<span class=\"hl-function\">main</span>"),
            "{html}"
        );
        assert!(
            html.contains("&lt;done&gt;") && !html.contains("<done>"),
            "{html}"
        );
    }

    #[test]
    fn other_grammars_come_from_two_face() {
        let html = shown(
            "[a]\nb = 1\n",
            CodeStyle {
                language: Some("toml".to_owned()),
                ..CodeStyle::default()
            },
        );
        assert!(html.contains("hl-"), "{html}");
    }

    #[test]
    fn unknown_languages_are_plain() {
        let html = shown(
            "a < b",
            CodeStyle {
                language: Some("nope".to_owned()),
                ..CodeStyle::default()
            },
        );
        assert_eq!(
            html,
            "<pre class=\"code\" tabindex=\"0\"><code class=\"language-nope\">a &lt; b</code></pre>\n"
        );
    }

    #[test]
    fn lines_are_numbered_and_marked() {
        let html = rust(CodeStyle {
            line_numbers: true,
            highlighted: vec![(2, 2)],
            file: Some("a.rs".to_owned()),
            language: None,
        });
        assert!(html.starts_with("<figure class=\"code\"><figcaption>a.rs</figcaption>"));
        assert!(
            html.contains(
                "<mark class=\"line\"><span class=\"line-number\" aria-hidden=\"true\">2</span>"
            ),
            "{html}"
        );
    }

    #[test]
    fn every_class_has_a_colour() {
        for (_, class) in CLASSED {
            assert!(stylesheet().contains(&format!(".{class} ")), "{class}");
        }
    }

    #[test]
    fn colours_have_contrast() {
        for (class, light, dark) in COLOURS {
            assert!(contrast(light, "#f6f7f9") >= 4.5, "{class} on light");
            assert!(contrast(dark, "#161b22") >= 4.5, "{class} on dark");
        }
    }

    /// WCAG 2's contrast ratio.
    fn contrast(a: &str, b: &str) -> f64 {
        let luminance = |hex: &str| -> f64 {
            let channel = |at: usize| {
                let value =
                    f64::from(u8::from_str_radix(&hex[at..at + 2], 16).unwrap_or(0)) / 255.0;
                if value <= 0.04045 {
                    value / 12.92
                } else {
                    ((value + 0.055) / 1.055).powf(2.4)
                }
            };
            0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5)
        };
        let (x, y) = (luminance(a), luminance(b));
        (x.max(y) + 0.05) / (x.min(y) + 0.05)
    }
}
