//! Looking at YAML as text: where a list's dashes and brackets stand.

use crate::yaml::Value;

/// Items of a block list, each on its line.
pub(super) fn block_items(items: &[String], indent: usize) -> String {
    let line = |item: &String| format!("{:indent$}- {item}\n", "");
    items.iter().map(line).collect()
}

/// Where the dashes of a block list stand.
pub(super) fn dash_column(region: &str) -> Option<usize> {
    region.lines().find_map(|line| {
        line.trim_start()
            .starts_with("- ")
            .then(|| line.len() - line.trim_start().len())
    })
}

/// The bracket that closes the one at `open`, passing over quoted texts and comments.
pub(super) fn closing(text: &str, open: usize, end: usize) -> Option<usize> {
    let (mut depth, mut quote, mut before) = (0usize, None, ' ');
    let mut chars = text[open..end].char_indices();
    while let Some((at, c)) = chars.next() {
        match (quote, c) {
            (Some('"'), '\\') => {
                chars.next();
            }
            (Some(open), c) if c == open => quote = None,
            (Some(_), _) => {}
            // `''` in single quotes is one that belongs to the text.
            (None, '\'') if before == '\'' => quote = Some('\''),
            // A quote opens a text only where a value may begin: not in "don't".
            (None, '"' | '\'') if matches!(before, ' ' | '[' | '{' | ',' | ':' | '\n') => {
                quote = Some(c);
            }
            (None, '#') if before.is_whitespace() => {
                for (_, c) in chars.by_ref() {
                    if c == '\n' {
                        break;
                    }
                }
            }
            (None, '[' | '{') => depth += 1,
            (None, ']' | '}') => {
                depth = depth.checked_sub(1)?;
                if depth == 0 {
                    return Some(open + at);
                }
            }
            (None, _) => {}
        }
        before = c;
    }
    None
}

/// True where two values say the same, wherever they stand.
pub(super) fn same(a: &Value, b: &Value) -> bool {
    match (a, b) {
        (Value::List(a), Value::List(b)) => {
            a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same(&a.value, &b.value))
        }
        (Value::Map(a), Value::Map(b)) => {
            a.len() == b.len()
                && a.iter()
                    .zip(b)
                    .all(|((k, a), (l, b))| k.name == l.name && same(&a.value, &b.value))
        }
        (a, b) => a == b,
    }
}
