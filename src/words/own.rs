//! `content/strings.yaml`: texts of a site in place of the program's.

use std::collections::BTreeSet;

use super::{Entry, Language, Plural, Words, placeholders};
use crate::{
    diagnostic::{Code, Diagnostic},
    model::{source::SourceFile, span::Span},
    yaml::{self, Key, Node, Value},
};

impl Words {
    /// The words of a site in the language of a BCP 47 tag, with its own texts in place.
    #[must_use]
    pub fn of_site(tag: &str, own: Option<&SourceFile>) -> (Self, Vec<Diagnostic>) {
        let mut words = Self::of(tag);
        let Some(source) = own else {
            return (words, Vec::new());
        };
        let node = yaml::parse(&source.path, &source.text, Span::new(0, source.text.len()));
        let pairs = match node {
            Err(problem) => return (words, vec![*problem]),
            Ok(Node {
                value: Value::Null, ..
            }) => Vec::new(),
            Ok(Node {
                value: Value::Map(pairs),
                ..
            }) => pairs,
            Ok(Node { span, value }) => {
                let message = format!("expected a map, found {}", value.type_name());
                let path = source.path.clone();
                let problem = Diagnostic::error(Code::YamlWrongType, path, Some(span), message);
                let problem = problem.hint("write `key: text`, with the keys of docs/languages.md");
                return (words, vec![problem]);
            }
        };
        let mut problems = Vec::new();
        for (key, node) in pairs {
            match words.replacement(source, &key, &node) {
                Ok(entry) => {
                    words.entries.insert(key.name, entry);
                }
                Err(problem) => problems.push(*problem),
            }
        }
        (words, problems)
    }

    fn replacement(
        &self,
        source: &SourceFile,
        key: &Key,
        node: &Node,
    ) -> Result<Entry, Box<Diagnostic>> {
        let error =
            |code, span, message| Diagnostic::error(code, source.path.clone(), Some(span), message);
        let Some(known) = self.entries.get(&key.name) else {
            let message = format!("unknown key `{}`", key.name);
            let problem = error(Code::YamlUnknownKey, key.span, message).label("not known here");
            let keys = self.entries.keys().map(String::as_str);
            let problem = problem.did_you_mean(&key.name, keys);
            return Err(Box::new(match problem.hints.is_empty() {
                true => problem.hint("docs/languages.md lists the keys"),
                false => problem,
            }));
        };
        let entry = Entry::of(node).filter(|entry| entry.is_like(known, self.language));
        let Some(entry) = entry else {
            let message = format!("`{}` should be {}", key.name, known.shape(self.language));
            return Err(Box::new(error(Code::YamlWrongType, node.span, message)));
        };
        let allowed: BTreeSet<&str> = known.texts().into_iter().flat_map(placeholders).collect();
        let unknown = entry
            .texts()
            .into_iter()
            .flat_map(placeholders)
            .find(|name| !allowed.contains(name));
        if let Some(name) = unknown {
            let message = format!("`{}` has no placeholder `{{{name}}}`", key.name);
            let problem = error(Code::YamlBadValue, node.span, message);
            let names: Vec<String> = allowed.iter().map(|name| format!("{{{name}}}")).collect();
            return Err(Box::new(match names.is_empty() {
                true => problem.hint("it has none"),
                false => problem.hint(format!("it has {}", names.join(", "))),
            }));
        }
        Ok(entry)
    }
}

impl Entry {
    /// True for what can stand in the place of `known`.
    fn is_like(&self, known: &Self, language: Language) -> bool {
        match (self, known) {
            (Self::Text(_), Self::Text(_) | Self::Counted(_)) => true,
            (Self::Counted(forms), Self::Counted(_)) => {
                let wanted: BTreeSet<Plural> = language.plurals().iter().copied().collect();
                forms.keys().copied().collect::<BTreeSet<_>>() == wanted
            }
            (Self::List(own), Self::List(items)) => own.len() == items.len(),
            _ => false,
        }
    }

    fn shape(&self, language: Language) -> String {
        match self {
            Self::Text(_) => "a text".to_owned(),
            Self::Counted(_) => {
                let forms = language.plurals().iter().map(|plural| plural.as_str());
                format!(
                    "a text, or a text for each of {}",
                    forms.collect::<Vec<_>>().join(", ")
                )
            }
            Self::List(items) => format!("a list of {} texts", items.len()),
        }
    }
}
