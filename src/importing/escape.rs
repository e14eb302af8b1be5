//! Plain words as Markdown that reads as exactly these words.

/// One line of prose, or one that begins with a list mark that is meant as one.
#[must_use]
pub fn line(text: &str) -> String {
    let text = text.trim();
    for mark in ["• ", "· ", "▪ ", "● ", "- ", "* ", "– "] {
        if let Some(rest) = text.strip_prefix(mark) {
            return format!("- {}", inline(rest.trim_start()));
        }
    }
    let escaped = inline(text);
    match escaped.chars().next() {
        Some('#' | '>' | '+' | '=' | '~' | ':') => format!("\\{escaped}"),
        Some('-') if escaped.chars().all(|c| "- ".contains(c)) => format!("\\{escaped}"),
        _ => escaped,
    }
}

/// Words inside a line.
#[must_use]
pub fn inline(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len() + 8);
    let mut before = ' ';
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        let after = rest.peek().copied().unwrap_or(' ');
        let is_mark = match c {
            '\\' | '`' | '*' | '[' | ']' => true,
            // `snake_case` is no emphasis; an underscore at the edge of a word may be.
            '_' => !(before.is_alphanumeric() && after.is_alphanumeric()),
            '<' => after.is_ascii_alphabetic() || "/!?".contains(after),
            '&' => after == '#' || after.is_ascii_alphabetic(),
            '~' => after == '~' || before == '~',
            '|' => true,
            _ => false,
        };
        if is_mark {
            escaped.push('\\');
        }
        escaped.push(c);
        before = c;
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_stay_words() {
        for (text, expected) in [
            ("He said [sic] a*b", "He said \\[sic\\] a\\*b"),
            ("# 1 in the world", "\\# 1 in the world"),
            ("snake_case and _it_", "snake_case and \\_it\\_"),
            ("a < b, <b>", "a < b, \\<b>"),
            ("• one", "- one"),
            ("- two", "- two"),
            ("1. three", "1. three"),
            ("AT&T & Co", "AT\\&T & Co"),
        ] {
            assert_eq!(line(text), expected);
        }
    }
}
