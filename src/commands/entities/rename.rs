//! `entities rename`.

use anyhow::{Result, anyhow};

use super::{desk, read, store};
use crate::{
    cli::{KindArg, SourceArgs},
    commands::OK,
};

/// Gives a registry entity another name, and another id where one is given.
pub(super) fn rename(
    entity: &str,
    name: &str,
    id: Option<&str>,
    kind: Option<KindArg>,
    source: &SourceArgs,
) -> Result<u8> {
    let site = read(source)?;
    let mut desk = desk(&site, source)?;
    desk.rename(entity, kind.map(KindArg::kind), name, id)
        .map_err(|told| anyhow!(told))?;
    let changes = desk.finish()?;
    store::commit(&source.content, &changes)?;
    super::tell_changes(source, &changes)?;
    Ok(OK)
}
