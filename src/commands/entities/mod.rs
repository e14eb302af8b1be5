//! The subcommands of `entities`: looking at names, and deciding about them.

mod apply;
mod eval;
mod explain;
mod lint;
mod list;
mod merge;
mod rename;
mod review;
mod store;
mod suggest;

use std::io::Write;

use anyhow::Result;

use super::{counted, options, use_threads};
use crate::{
    cli::{EntitiesCommand, SourceArgs},
    diagnostic::Severity,
    editing::{desk::Desk, files::Change, queue},
    model::{
        catalogue::{Entity, EntityKey},
        entity::EntityState,
        source::Sources,
    },
    pipeline::{self, Linked, Parsed},
    stages::load,
};

/// Runs one of them.
pub(super) fn run(command: &EntitiesCommand) -> Result<u8> {
    match command {
        EntitiesCommand::List { source } => list::list(source),
        EntitiesCommand::Explain { place, source } => explain::explain(place, source),
        EntitiesCommand::Eval {
            gold,
            predictions,
            threshold,
        } => eval::eval(gold, predictions.as_deref(), *threshold),
        EntitiesCommand::Review {
            kind,
            below,
            json,
            apply,
            source,
        } => match apply {
            Some(file) => apply::apply(file, source),
            None => review::review(*kind, *below, *json, source),
        },
        EntitiesCommand::Suggest { json, source } => suggest::suggest(*json, source),
        EntitiesCommand::Lint { json, source } => lint::lint(*json, source),
        EntitiesCommand::Merge {
            from,
            into,
            kind,
            discard_profile,
            source,
        } => merge::merge(from, into, *kind, *discard_profile, source),
        EntitiesCommand::Rename {
            entity,
            name,
            id,
            kind,
            source,
        } => rename::rename(entity, name, id.as_deref(), *kind, source),
    }
}

/// A site, read and linked.
struct Site {
    sources: Sources,
    parsed: Parsed,
    linked: Linked,
}

fn read(source: &SourceArgs) -> Result<Site> {
    use_threads(source.jobs)?;
    let options = options(source, None)?;
    let (sources, unread) = load::site(&options.content, &options.templates)?;
    let parsed = pipeline::parse(&sources, &options, &pipeline::silent);
    let all = unread.iter().chain(&parsed.problems);
    let errors = all.filter(|p| p.severity == Severity::Error).count();
    if errors > 0 {
        writeln!(
            anstream::stderr(),
            "note: what is wrong in the content is left out: {}, see `dateline check`",
            counted(errors, "error")
        )?;
    }
    let linked = pipeline::link(&parsed, &sources, &pipeline::silent)?;
    Ok(Site {
        sources,
        parsed,
        linked,
    })
}

/// The editor's desk for a site.
fn desk(site: &Site, source: &SourceArgs) -> Result<Desk> {
    let files = store::load(&source.content, &site.sources)?;
    let entities = site.linked.catalogue.entities.iter();
    let found = entities
        .filter(|entity| !matches!(entity.key, EntityKey::Registry(_)))
        .map(|entity| (entity.name.clone(), entity.kind, entity.slug.clone()));
    let other_kinds = queue::other_kinds(&review::corpus(site));
    Ok(Desk::new(files, &site.parsed.kb, found).with_other_kinds(other_kinds))
}

/// Says which files were changed.
fn tell_changes(source: &SourceArgs, changes: &[Change]) -> Result<()> {
    let mut out = anstream::stderr().lock();
    for change in changes {
        let what = match (&change.before, &change.after) {
            (None, _) => "made",
            (_, None) => "removed",
            _ => "changed",
        };
        writeln!(out, "{what} {}", source.content.join(&change.path))?;
    }
    if changes.is_empty() {
        writeln!(out, "nothing to change")?;
    }
    Ok(())
}

fn state(entity: &Entity) -> &'static str {
    match entity.state {
        EntityState::Confirmed => "confirmed",
        EntityState::Detected => "detected",
    }
}
