//! Addresses in YAML.

use super::Fields;
use crate::{diagnostic::Code, model::span::Span};

impl Fields<'_> {
    /// Takes an address on the web: `https://…` or `http://…`.
    pub fn web_address(&mut self, key: &'static str) -> Option<String> {
        let (address, span) = self.text_at(key)?;
        self.is_web_address(&address, span).then_some(address)
    }

    /// True for an address on the web; anything else is reported.
    pub fn is_web_address(&mut self, address: &str, span: Span) -> bool {
        let is_web = ["https://", "http://"].iter().any(|scheme| {
            address
                .strip_prefix(scheme)
                .is_some_and(|rest| !rest.is_empty())
        });
        let broken = address.contains(|c: char| c.is_whitespace() || c.is_control());
        if !is_web || broken {
            let message = format!("`{address}` is no web address");
            let hint = "write it as https://example.org/";
            self.problem(Code::YamlBadValue, span, message, hint);
        }
        is_web && !broken
    }
}
