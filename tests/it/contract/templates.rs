//! Reads templates as far as it takes to know which paths they use.
//!
//! Tera keeps its syntax tree to itself, so this is a reader of its own: it knows the tags that the
//! default theme uses, and refuses all others rather than pass over a path in them.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
};

use serde_json::Value;

use super::Contexts;

/// What an expression may stand for: one value for each page that uses it.
type Values<'a> = Vec<&'a Value>;
type Scope<'a> = BTreeMap<String, Values<'a>>;
/// What each component is called with, over all calls.
type Calls<'a> = BTreeMap<String, Scope<'a>>;

/// The default theme: texts by name.
pub(super) fn theme() -> BTreeMap<String, String> {
    templates("templates")
}

/// The templates in a folder of the project, by name.
pub(super) fn templates(folder: &str) -> BTreeMap<String, String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let mut theme = BTreeMap::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_file() {
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            theme.insert(name, fs::read_to_string(&path).unwrap());
        }
    }
    theme
}

/// The paths in templates that no context has, one line for each. A template of another theme than
/// the default one has that theme's name and a slash before its own.
pub(super) fn unknown_paths(theme: &BTreeMap<String, String>, contexts: &Contexts) -> Vec<String> {
    let mut calls = Calls::new();
    // Components call components: with each round the calls reach one level deeper.
    for _ in 0..3 {
        walk_all(theme, contexts, &mut calls);
    }
    let unknown = walk_all(theme, contexts, &mut calls);
    unknown.into_iter().collect()
}

fn walk_all<'a>(
    theme: &BTreeMap<String, String>,
    contexts: &'a Contexts,
    calls: &mut Calls<'a>,
) -> BTreeSet<String> {
    let mut unknown = BTreeSet::new();
    let mut run = |name: &str, tokens: &[Token], scope: Scope<'a>, calls: &mut Calls<'a>| {
        let mut walk = Walk {
            name,
            scopes: vec![scope],
            calls,
            unknown: BTreeSet::new(),
        };
        walk.tokens(tokens);
        unknown.append(&mut walk.unknown);
    };
    for name in theme.keys() {
        let template = name.rsplit('/').next().unwrap_or(name);
        let Some(given) = contexts.get(template) else {
            continue;
        };
        let scope = scope_of(given);
        let mut name = name.clone();
        loop {
            let tokens = tokens(&name, &theme[&name]);
            let parent = tokens.iter().find_map(Token::extends);
            run(&name, &tokens, scope.clone(), calls);
            match parent {
                Some(parent) => name = parent,
                None => break,
            }
        }
    }
    for component in components(theme) {
        let scope = calls.get(&component.name).cloned().unwrap_or_default();
        let mut scope: Scope<'a> = scope
            .into_iter()
            .filter(|(parameter, _)| component.parameters.contains(parameter))
            .collect();
        for parameter in &component.parameters {
            scope.entry(parameter.clone()).or_default();
        }
        run("components.html", &component.body, scope, calls);
    }
    unknown
}

fn scope_of(contexts: &[Value]) -> Scope<'_> {
    let mut scope = Scope::new();
    for context in contexts {
        for (key, value) in context.as_object().unwrap() {
            scope.entry(key.clone()).or_default().push(value);
        }
    }
    scope
}

/// A component of the theme.
pub(super) struct Component {
    pub(super) name: String,
    /// As written, between the brackets.
    pub(super) signature: String,
    parameters: Vec<String>,
    body: Vec<Token>,
}

/// The theme's components, in the order of their file.
pub(super) fn components(theme: &BTreeMap<String, String>) -> Vec<Component> {
    let mut found: Vec<Component> = Vec::new();
    let mut inside = false;
    for token in tokens("components.html", &theme["components.html"]) {
        match &token {
            Token::Tag(word, rest) if word == "component" => {
                let (name, signature) = rest.split_once('(').unwrap();
                let signature = signature.trim_end().trim_end_matches(')');
                let parameter =
                    |part: &str| part.split([':', '=']).next().unwrap().trim().to_owned();
                inside = true;
                found.push(Component {
                    name: name.trim().to_owned(),
                    signature: signature.to_owned(),
                    parameters: signature.split(',').map(parameter).collect(),
                    body: Vec::new(),
                });
            }
            Token::Tag(word, _) if word == "endcomponent" => inside = false,
            _ if inside => found.last_mut().unwrap().body.push(token),
            _ => {}
        }
    }
    found
}

/// A part of a template that is no text.
enum Token {
    /// `{{ … }}`
    Print(String),
    /// `{% word … %}`
    Tag(String, String),
}

impl Token {
    fn extends(&self) -> Option<String> {
        match self {
            Self::Tag(word, rest) if word == "extends" => Some(rest.trim_matches('"').to_owned()),
            _ => None,
        }
    }
}

fn tokens(name: &str, text: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.find("{{").into_iter().chain(rest.find("{%")).min() {
        let close = if rest[at..].starts_with("{{") {
            "}}"
        } else {
            "%}"
        };
        // In `{{ <c a={b} /> }}` the first brace that closes is not the last.
        let end = at
            + rest[at..]
                .find(close)
                .unwrap_or_else(|| panic!("{name}: {close} is missing"));
        let inner = rest[at + 2..end].trim_matches('-').trim();
        tokens.push(match close {
            "}}" => Token::Print(inner.to_owned()),
            _ => {
                let (word, rest) = inner.split_once(' ').unwrap_or((inner, ""));
                Token::Tag(word.to_owned(), rest.trim().to_owned())
            }
        });
        rest = &rest[end + 2..];
    }
    tokens
}

struct Walk<'w, 'a> {
    name: &'w str,
    scopes: Vec<Scope<'a>>,
    calls: &'w mut Calls<'a>,
    unknown: BTreeSet<String>,
}

impl<'a> Walk<'_, 'a> {
    fn tokens(&mut self, tokens: &[Token]) {
        for token in tokens {
            match token {
                Token::Print(expression) if expression.starts_with('<') => self.call(expression),
                Token::Print(expression) => {
                    self.expression(expression);
                }
                Token::Tag(word, rest) => self.tag(word, rest),
            }
        }
    }

    fn tag(&mut self, word: &str, rest: &str) {
        match word {
            "if" | "elif" => {
                self.expression(rest);
            }
            "for" => {
                let (variable, list) = rest.split_once(" in ").unwrap();
                let items = self.expression(list);
                let items = items.into_iter().filter_map(Value::as_array).flatten();
                self.scopes
                    .push(Scope::from([(variable.trim().to_owned(), items.collect())]));
            }
            "endfor" => {
                self.scopes.pop();
            }
            "else" | "endif" | "block" | "endblock" | "extends" => {}
            other => panic!("{}: this test cannot read `{other}` yet", self.name),
        }
    }

    /// `<name key={expression} other="text" />`
    fn call(&mut self, call: &str) {
        let inner = call
            .trim_start_matches('<')
            .trim_end_matches('>')
            .trim_end_matches('/');
        let (name, arguments) = inner.trim().split_once(' ').unwrap_or((inner.trim(), ""));
        let mut rest = arguments;
        while let Some((key, value)) = rest.split_once('=') {
            let close = if value.starts_with('{') { '}' } else { '"' };
            let end = 1 + value[1..].find(close).unwrap();
            if close == '}' {
                let values = self.expression(&value[1..end]);
                let known = self.calls.entry(name.to_owned()).or_default();
                let known = known.entry(key.trim().to_owned()).or_default();
                for value in values {
                    if !known.iter().any(|old| std::ptr::eq(*old, value)) {
                        known.push(value);
                    }
                }
            }
            rest = &value[end + 1..];
        }
    }

    /// Checks every path of an expression; gives what its first path stands for.
    fn expression(&mut self, expression: &str) -> Values<'a> {
        let mut first = None;
        for path in paths(expression) {
            let values = self.path(&path);
            first.get_or_insert(values);
        }
        first.unwrap_or_default()
    }

    fn path(&mut self, path: &str) -> Values<'a> {
        let mut parts = path.split('.');
        let head = parts.next().unwrap();
        if head == "loop" {
            return Values::new();
        }
        let scope = self.scopes.iter().rev().find_map(|scope| scope.get(head));
        let Some(mut values) = scope.cloned() else {
            self.report(head);
            return Values::new();
        };
        let mut so_far = head.to_owned();
        for part in parts {
            so_far = format!("{so_far}.{part}");
            // Views are whole: what one of them lacks is no field of its kind.
            let lacks = |value: &&Value| value.is_object() && value.get(part).is_none();
            let lacking = values.iter().any(lacks);
            values = values
                .into_iter()
                .filter_map(|value| value.get(part))
                .collect();
            if lacking || values.is_empty() {
                self.report(&so_far);
                break;
            }
        }
        values
    }

    fn report(&mut self, path: &str) {
        let line = format!("{}: no context of the fixture has `{path}`", self.name);
        self.unknown.insert(line);
    }
}

/// The paths in an expression: not its texts, words, filters, tests and names of arguments.
fn paths(expression: &str) -> Vec<String> {
    const WORDS: &[&str] = &[
        "and", "or", "not", "is", "in", "if", "else", "true", "false",
    ];
    let mut found = Vec::new();
    let mut rest = expression;
    // What stands before the name that comes next.
    let mut before = String::new();
    while let Some(c) = rest.chars().next() {
        if c == '"' || c == '\'' {
            let end = 1 + rest[1..].find(c).unwrap();
            rest = &rest[end + 1..];
            before = "text".to_owned();
        } else if c.is_alphanumeric() || c == '_' {
            let end = rest
                .find(|c: char| !(c.is_alphanumeric() || c == '_' || c == '.'))
                .unwrap_or(rest.len());
            let (name, after) = rest.split_at(end);
            let after_trimmed = after.trim_start();
            let is_argument = after_trimmed.starts_with('=') && !after_trimmed.starts_with("==");
            let is_call = after.starts_with('(');
            let is_name_of = before == "|" || before == "is";
            let is_word = WORDS.contains(&name) || c.is_ascii_digit();
            if !(is_argument || is_call || is_name_of || is_word) {
                found.push(name.to_owned());
            }
            // `is not defined`: the test's name follows.
            if !(before == "is" && name == "not") {
                before = name.to_owned();
            }
            rest = after;
        } else {
            if !c.is_whitespace() {
                before = c.to_string();
            }
            rest = &rest[c.len_utf8()..];
        }
    }
    found
}

#[test]
fn reads_the_paths_of_expressions() {
    let check = |expression: &str, expected: &[&str]| assert_eq!(paths(expression), expected);
    check("a.b | join(sep=\", \")", &["a.b"]);
    check("not a and b.c > 1 or d is not defined", &["a", "b.c", "d"]);
    check("a | default(value=b) == c", &["a", "b", "c"]);
    check("count | pluralize(singular=\"x\", plural='y')", &["count"]);
}
