//! Values that are handed on as they are: `extra:` of articles and of the site.

use std::collections::BTreeMap;

use super::{Fields, Key, Node, Value};
use crate::{diagnostic::Code, model::article::Extra};

impl Fields<'_> {
    /// Takes the map under `extra`, in which every key is allowed.
    pub fn extra(&mut self) -> BTreeMap<String, Extra> {
        let Some(node) = self.take("extra") else {
            return BTreeMap::new();
        };
        let span = node.span;
        match value(node) {
            Extra::Map(map) => map,
            _ => {
                let message = "`extra` is no map".to_owned();
                let hint = "write `extra: {key: value}`";
                self.problem(Code::YamlWrongType, span, message, hint);
                BTreeMap::new()
            }
        }
    }

    /// Takes a map in which every key is allowed: its pairs, in the order of the file.
    pub fn pairs(&mut self, key: &'static str) -> Vec<(Key, Node)> {
        let Some(node) = self.take(key) else {
            return Vec::new();
        };
        match node.value {
            Value::Map(pairs) => pairs,
            Value::Null => Vec::new(),
            _ => {
                let message = format!("`{key}` is no map");
                let hint = format!("write `{key}: {{…: …}}`");
                self.problem(Code::YamlWrongType, node.span, message, &hint);
                Vec::new()
            }
        }
    }
}

/// A value without its places.
#[must_use]
pub fn as_extra(node: Node) -> Extra {
    value(node)
}

fn value(node: Node) -> Extra {
    match node.value {
        Value::Null => Extra::Null,
        Value::Bool(flag) => Extra::Bool(flag),
        Value::Number(number) => Extra::Number(number),
        Value::Text(text) => Extra::Text(text),
        Value::List(items) => Extra::List(items.into_iter().map(value).collect()),
        Value::Map(pairs) => Extra::Map(
            pairs
                .into_iter()
                .map(|(key, node)| (key.name, value(node)))
                .collect(),
        ),
    }
}
