//! `entities rename`.

use anyhow::{Result, anyhow};

use super::{desk, read};
use crate::{
    cli::{KindArg, SourceArgs},
    commands::{OK, content},
};

/// Gives a registry entity another name, and another id where one is given.
pub(super) fn rename(
    entity: &str,
    name: &str,
    id: Option<&str>,
    kind: Option<KindArg>,
    source: &SourceArgs,
) -> Result<u8> {
    content::recover(&source.content)?;
    let site = read(source)?;
    let mut desk = desk(&site, source)?;
    desk.rename(entity, kind.map(KindArg::kind), name, id)
        .map_err(|told| anyhow!(told))?;
    let changes = desk.finish()?;
    let what = format!("entities rename {entity} {name}");
    content::commit(&source.content, &what, &changes)?;
    super::tell_changes(source, &changes)?;
    Ok(OK)
}
