//! `entities list`.

use std::io::Write;

use anyhow::Result;

use super::{read, state};
use crate::{cli::SourceArgs, commands::OK};

/// Prints kind, state, number of briefings and name of every entity.
pub(super) fn list(source: &SourceArgs) -> Result<u8> {
    let linked = read(source)?.linked;
    let mut out = anstream::stdout().lock();
    for (entity, node) in linked.catalogue.entities.iter().zip(&linked.graph.entities) {
        let line = format!(
            "{:<13}{:<11}{:>5}  {}",
            entity.kind.as_str(),
            state(entity),
            node.articles.len(),
            entity.name
        );
        if writeln!(out, "{line}").is_err() {
            // Whoever read the list has seen enough.
            break;
        }
    }
    Ok(OK)
}
