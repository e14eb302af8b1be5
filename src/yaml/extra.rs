//! Values that are handed on as they are: `extra:` of articles and of the site.

use std::collections::BTreeMap;

use super::{Fields, Node, Value};
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
