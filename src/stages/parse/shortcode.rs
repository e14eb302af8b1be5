//! The tag of a shortcode: `name(key="text", other=3)`.
//!
//! Input: the text between the braces. Output: a [`Call`], or what is wrong at which byte. Arguments are
//! literals: texts in straight quotes, numbers, true and false, and lists of them. Nothing is computed.

use std::ops::Range;

use crate::{
    model::span::Span,
    yaml::{Key, Node, Value},
};

/// A tag, read; places count in its text.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Call {
    pub(super) name: String,
    pub(super) args: Vec<(Key, Node)>,
}

/// What is wrong, and where in the tag.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Fault {
    pub(super) at: Range<usize>,
    pub(super) message: String,
}

/// The end of a tag that `text` begins with, one past its closing braces; braces in quotes are none.
pub(super) fn end(text: &str) -> Option<usize> {
    let close = if text.starts_with("{{") { "}}" } else { "%}" };
    let (mut quote, mut escaped) = (None, false);
    for (at, c) in text.char_indices().skip(2) {
        match (quote, c) {
            _ if escaped => escaped = false,
            (Some(_), '\\') => escaped = true,
            (Some(open), c) if open == c => quote = None,
            (None, '"' | '\'') => quote = Some(c),
            (None, _) if text[at..].starts_with(close) => return Some(at + 2),
            _ => {}
        }
    }
    None
}

/// True where a line may begin a tag: braces, a name, and a bracket; or `{% end %}`.
pub(super) fn begins(line: &str) -> bool {
    let Some(inside) = line.strip_prefix("{{").or_else(|| line.strip_prefix("{%")) else {
        return false;
    };
    let inside = inside.trim_start();
    let rest =
        inside.trim_start_matches(|c: char| c.is_ascii_alphanumeric() || c == '_' || c == '-');
    let name = &inside[..inside.len() - rest.len()];
    let is_end = line.starts_with("{%") && name == "end" && rest.trim_start().starts_with("%}");
    is_end || (!name.is_empty() && rest.trim_start().starts_with('('))
}

/// Reads what stands between the braces of `tag`.
pub(super) fn call(tag: &str) -> Result<Call, Fault> {
    let mut reader = Reader {
        text: &tag[..tag.len() - 2],
        at: 2,
    };
    let name = reader
        .name()
        .ok_or_else(|| reader.fault("a name is missing"))?;
    reader.expect('(')?;
    let mut args: Vec<(Key, Node)> = Vec::new();
    while !reader.eat(')') {
        let start = reader.skipped();
        let Some(key) = reader.name() else {
            return Err(reader.fault("an argument is written `name=\"value\"`"));
        };
        let span = Span::new(start, reader.at);
        if args.iter().any(|(own, _)| own.name == key) {
            return Err(Fault {
                at: span.range(),
                message: format!("`{key}` stands twice"),
            });
        }
        reader.expect('=')?;
        let value = reader.value(0)?;
        args.push((Key { span, name: key }, value));
        if !reader.eat(',') {
            reader.expect(')')?;
            break;
        }
    }
    match reader.skipped() < reader.text.len() {
        true => Err(reader.fault("nothing may stand after the bracket")),
        false => Ok(Call { name, args }),
    }
}

/// Lists in lists; no component needs three.
const DEEPEST: usize = 4;

struct Reader<'a> {
    text: &'a str,
    at: usize,
}

impl Reader<'_> {
    fn rest(&self) -> &str {
        &self.text[self.at..]
    }

    /// Where the next sign stands that is no space.
    fn skipped(&mut self) -> usize {
        let rest = self.rest();
        self.at += rest.len() - rest.trim_start().len();
        self.at
    }

    fn eat(&mut self, sign: char) -> bool {
        self.skipped();
        let found = self.rest().starts_with(sign);
        if found {
            self.at += sign.len_utf8();
        }
        found
    }

    fn expect(&mut self, sign: char) -> Result<(), Fault> {
        match self.eat(sign) {
            true => Ok(()),
            false => Err(self.fault(&format!("`{sign}` is missing"))),
        }
    }

    fn fault(&self, message: &str) -> Fault {
        let next = self.rest().chars().next().map_or(1, char::len_utf8);
        Fault {
            at: self.at..self.at + next,
            message: message.to_owned(),
        }
    }

    fn name(&mut self) -> Option<String> {
        self.skipped();
        let is_sign = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '-';
        let rest = self.rest();
        let end = rest.find(|c| !is_sign(c)).unwrap_or(rest.len());
        let name = rest[..end].to_owned();
        self.at += end;
        (!name.is_empty()).then_some(name)
    }

    fn value(&mut self, depth: usize) -> Result<Node, Fault> {
        let start = self.skipped();
        let value = match self.rest().chars().next() {
            Some(quote @ ('"' | '\'')) => self.string(quote)?,
            Some('[') if depth < DEEPEST => {
                self.at += 1;
                let mut items = Vec::new();
                while !self.eat(']') {
                    items.push(self.value(depth + 1)?);
                    if !self.eat(',') {
                        self.expect(']')?;
                        break;
                    }
                }
                Value::List(items)
            }
            _ => self.word()?,
        };
        let span = Span::new(start, self.at);
        Ok(Node { span, value })
    }

    fn string(&mut self, quote: char) -> Result<Value, Fault> {
        let start = self.at;
        let (mut out, mut escaped) = (String::new(), false);
        for (at, c) in self.text[start + 1..].char_indices() {
            match c {
                'n' if escaped => out.push('\n'),
                c if escaped => out.push(c),
                '\\' => {
                    escaped = true;
                    continue;
                }
                c if c == quote => {
                    self.at = start + 1 + at + 1;
                    return Ok(Value::Text(out));
                }
                c => out.push(c),
            }
            escaped = false;
        }
        Err(self.fault("the text never ends"))
    }

    fn word(&mut self) -> Result<Value, Fault> {
        let rest = self.rest();
        let is_word = |c: char| c.is_ascii_alphanumeric() || "+-._".contains(c);
        let end = rest.find(|c| !is_word(c)).unwrap_or(rest.len());
        let word = &rest[..end];
        let value = match word {
            "true" => Some(Value::Bool(true)),
            "false" => Some(Value::Bool(false)),
            word if word.starts_with(|c: char| c.is_ascii_digit() || c == '-') => {
                word.parse().ok().map(Value::Number)
            }
            _ => None,
        };
        let Some(value) = value else {
            let message =
                "an argument is a text in straight quotes, a number, true, false or a list";
            let mut fault = self.fault(message);
            fault.at.end = fault.at.end.max(self.at + end);
            return Err(fault);
        };
        self.at += end;
        Ok(value)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn reads_literals() {
        let tag = r#"{{ figure(src="a \"b\".png", wide=true, n=-1.5, list=['x', 2],) }}"#;
        assert_eq!(end(tag), Some(tag.len()));
        let call = call(tag).unwrap();
        assert_eq!(call.name, "figure");
        let values: Vec<&Value> = call.args.iter().map(|(_, node)| &node.value).collect();
        assert_eq!(*values[0], Value::Text("a \"b\".png".to_owned()));
        assert_eq!(*values[1], Value::Bool(true));
        assert_eq!(*values[2], Value::Number(-1.5));
        assert!(matches!(values[3], Value::List(items) if items.len() == 2));
        assert_eq!(call.args[1].0.span.of(tag), "wide");
    }

    #[test]
    fn computes_nothing() {
        for (tag, at) in [
            ("{{ a(b=c) }}", "c"),
            ("{{ a(b=config.title) }}", "config.title"),
            ("{{ a(b=“x”) }}", "“"),
            ("{{ a(b=\"x\" ~ \"y\") }}", "~"),
            ("{{ a(b=1, b=2) }}", "b"),
            ("{{ a(b=1) | safe }}", "|"),
            ("{{ a(\"x\") }}", "\""),
        ] {
            let fault = call(tag).unwrap_err();
            assert_eq!(&tag[fault.at.clone()], at, "{tag}: {fault:?}");
        }
    }

    #[test]
    fn other_braces_are_text() {
        for line in [
            "{{ x }}",
            "{{<a>}}",
            "{% if x %}",
            "{redact}",
            "{{",
            "{% end",
        ] {
            assert!(!begins(line), "{line}");
        }
        assert!(begins("{% end %}") && begins("{%quote()%}") && begins("{{ a ("));
    }
}
