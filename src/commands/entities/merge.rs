//! `entities merge`.

use std::io::Write;

use anyhow::{Result, anyhow};

use super::{desk, read};
use crate::{
    cli::{KindArg, SourceArgs},
    commands::{OK, content},
    editing::merge::Merge,
    text::fold::fold,
};

/// Makes one entity of two.
pub(super) fn merge(
    from: &str,
    into: &str,
    kind: Option<KindArg>,
    discard_profile: bool,
    source: &SourceArgs,
) -> Result<u8> {
    content::recover(&source.content)?;
    let site = read(source)?;
    let mut desk = desk(&site, source)?;
    let kind = kind.map(KindArg::kind);
    let shown = site.linked.catalogue.entities.iter();
    let aliases = shown
        .filter(|entity| fold(&entity.name) == fold(from) && kind.is_none_or(|k| k == entity.kind))
        .flat_map(|entity| entity.aliases.iter().cloned());
    let aliases: Vec<String> = aliases.collect();
    let merge = Merge {
        from,
        into,
        kind,
        aliases: &aliases,
        discard_profile,
    };
    let notes = desk.merge_entities(&merge).map_err(|told| anyhow!(told))?;
    let changes = desk.finish()?;
    let what = format!("entities merge {from} {into}");
    content::commit(&source.content, &what, &changes)?;
    let mut out = anstream::stderr().lock();
    for note in notes {
        writeln!(out, "note: {note}")?;
    }
    super::tell_changes(source, &changes)?;
    Ok(OK)
}
