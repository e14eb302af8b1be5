//! Names as YAML writes them.

use camino::Utf8Path;

use crate::{
    model::span::Span,
    yaml::{self, Value},
};

/// Words that some YAML reader takes for true, false or nothing.
const SPECIAL: &[&str] = &[
    "y", "n", "yes", "no", "on", "off", "true", "false", "null", "nan", "inf",
];

/// `text` as a YAML scalar that every reader takes for exactly this text, in a block and in a flow
/// list: plain where that is safe, else in double quotes.
#[must_use]
pub fn scalar(text: &str) -> String {
    if is_plain(text) {
        return text.to_owned();
    }
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push('"');
    for c in text.chars() {
        match c {
            '"' | '\\' => quoted.extend(['\\', c]),
            '\n' => quoted.push_str("\\n"),
            '\t' => quoted.push_str("\\t"),
            // A reader may take these for line ends, or refuse them.
            c if c.is_control() || matches!(c, '\u{2028}' | '\u{2029}' | '\u{feff}') => {
                quoted.push_str(&format!("\\u{:04x}", u32::from(c)));
            }
            c => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}

fn is_plain(text: &str) -> bool {
    let address = text
        .strip_prefix("https://")
        .or_else(|| text.strip_prefix("http://"));
    let in_address = |c: char| c.is_alphanumeric() || "/.-_%~?=&+".contains(c);
    if address.is_some_and(|rest| !rest.is_empty() && rest.chars().all(in_address)) {
        return true;
    }
    let allowed = |c: char| c.is_alphanumeric() || " -.'’/()&+".contains(c);
    let starts = text.chars().next().is_some_and(char::is_alphanumeric);
    if !starts || !text.chars().all(allowed) || text.ends_with(' ') || text.contains("  ") {
        return false;
    }
    // A date, a number, an octal number: what begins with a digit is a text only in a phrase.
    let digit = text.chars().next().is_some_and(char::is_numeric);
    if (digit && !text.contains(' ')) || SPECIAL.contains(&text.to_lowercase().as_str()) {
        return false;
    }
    let parsed = yaml::parse(Utf8Path::new(""), text, Span::new(0, text.len()));
    parsed.is_ok_and(|node| node.value == Value::Text(text.to_owned()))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn odd_names_are_quoted_and_read_back() {
        for plain in [
            "Jane Miller",
            "O'Brien",
            "Душанбе",
            "AT&T",
            "2015 Paris attacks",
            "https://example.org/a_b-c?d=e%20f",
        ] {
            assert_eq!(scalar(plain), plain);
            reads_back(plain);
        }
        let odd = [
            "yes",
            "No",
            "A: b",
            "#1",
            "A #b",
            "\"x\"",
            "'x'",
            "- a",
            "a, b",
            "[a]",
            "{a}",
            "1e5",
            "0x1F",
            "2024-07-21",
            "12",
            "",
            " a",
            "a ",
            "~",
            "null",
            "&a",
            "*a",
            "!a",
            "%a",
            "@a",
            "a\\b",
            "a\nb",
            "a\u{2028}b",
            "a\u{1}b",
            "=",
            "<<",
            "?",
            "Łódź: „x”",
        ];
        for name in odd {
            let quoted = scalar(name);
            assert!(quoted.starts_with('"'), "{name:?} is {quoted}");
            reads_back(name);
        }
    }

    proptest::proptest! {
        #[test]
        fn any_name_reads_back(name in "\\PC{0,24}|[ -~]{0,24}|[\\x00-\\x7f]{0,12}") {
            reads_back(&name);
        }
    }

    fn reads_back(name: &str) {
        let written = scalar(name);
        for text in [
            format!("a: {written} # c\n"),
            format!("a: [{written}, b]\n"),
            format!("a: {{b: {written}}}\n"),
        ] {
            let node = yaml::parse(Utf8Path::new("a"), &text, Span::new(0, text.len()));
            let found = format!("{:?}", node.unwrap().value);
            let expected = format!("{:?}", Value::Text(name.to_owned()));
            assert!(found.contains(&expected), "{text} gave {found}");
        }
    }
}
