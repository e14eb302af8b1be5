//! Another id for an entity of the registry.
//!
//! The registry file gets the new id and keeps the old one among its `old_ids`, as `dateline entities
//! rename` does; `[[old-id]]` in the texts becomes `[[new-id]]`.

use std::collections::BTreeMap;

use camino::{Utf8Path, Utf8PathBuf};
use lsp_types::{Position, Range, TextEdit};

use super::{Encoding, Found, Places, Snapshot};
use crate::{
    editing::{desk::Desk, files::Files},
    model::{
        catalogue::{EntityIdx, EntityKey, Resolution},
        entity::RegistryEntity,
        graph::Target,
        span::Span,
    },
};

/// What a rename changes; files are called by their path with the content folder's.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Renamed {
    /// Changes of texts, by file, under the old name of a file that moves.
    pub edits: BTreeMap<Utf8PathBuf, Vec<TextEdit>>,
    /// The registry file's old and new path, where it moves.
    pub moved: Option<(Utf8PathBuf, Utf8PathBuf)>,
}

/// Where the name stands that a rename would begin from, and the id that it would change; `None`
/// where there is no entity of the registry.
#[must_use]
pub fn prepare(
    snapshot: &Snapshot,
    path: &Utf8Path,
    at: Position,
    encoding: Encoding,
) -> Option<(Range, String)> {
    let text = snapshot.text(path)?;
    let places = Places::of(&text, encoding);
    let offset = u32::try_from(places.offset(at)).ok()?;
    let (span, entity) = snapshot.registered(path, offset)?;
    Some((places.range(span), entity.id.0.to_string()))
}

/// Gives the entity at a place the id `new`.
///
/// # Errors
/// When that cannot be, in words for the editor.
pub fn rename(
    snapshot: &Snapshot,
    path: &Utf8Path,
    at: Position,
    new: &str,
    encoding: Encoding,
) -> Result<Renamed, String> {
    let text = snapshot.text(path).unwrap_or_default();
    let offset = Places::of(&text, encoding).offset(at);
    let offset = u32::try_from(offset).unwrap_or(u32::MAX);
    let (_, entity) = snapshot
        .registered(path, offset)
        .ok_or("there is no entity of the registry here")?;
    let sources = &snapshot.sources;
    let lists = [&sources.decisions, &sources.suppress];
    let files = sources.entities.iter().chain(lists.into_iter().flatten());
    let files = files.map(|file| (file.path.clone(), file.text.as_bytes().to_vec()));
    let mut desk = Desk::new(Files::new(files), &snapshot.parsed.kb, []);
    let (old, name) = (entity.id.0.to_string(), entity.name.clone());
    desk.rename(&old, Some(entity.kind), &name, Some(new))?;
    let changes = desk.finish().map_err(|error| error.to_string())?;
    let mut renamed = Renamed::default();
    let home = entity.path.clone();
    for change in changes {
        let file = snapshot.content.join(&change.path);
        if change.path != home && change.before.is_none() {
            renamed.moved = Some((snapshot.content.join(&home), file.clone()));
        }
        let Some(after) = change.after else { continue };
        let after = String::from_utf8(after).map_err(|error| error.to_string())?;
        // A file that moves is changed where it is, and then moved.
        let from = if change.before.is_none() {
            &home
        } else {
            &change.path
        };
        let before = snapshot.text(from).unwrap_or_default();
        let whole = Places::of(&before, encoding).range(Span::new(0, before.len()));
        let edits = renamed.edits.entry(snapshot.content.join(from));
        edits.or_default().push(TextEdit::new(whole, after));
    }
    snapshot.rename_links(&old, new, encoding, &mut renamed);
    Ok(renamed)
}

impl Snapshot {
    /// The registry entity at a place of a text, or the one whose file it is.
    fn registered(&self, path: &Utf8Path, offset: u32) -> Option<(Span, &RegistryEntity)> {
        if let Some(entity) = self.parsed.kb.entities().find(|entity| entity.path == path) {
            let text = self.text(path)?;
            let line = line_at(&text, offset as usize);
            let word = line.of(&text);
            let is_named = word.starts_with("id:") || word.starts_with("name:");
            return is_named.then_some((line, entity));
        }
        let of = |idx: EntityIdx| match &self.linked.catalogue.get(idx).key {
            EntityKey::Registry(id) => self.parsed.kb.get(id),
            EntityKey::Geo(_) | EntityKey::Detected(..) => None,
        };
        match self.at(path, offset)? {
            Found::Link(span, Target::Entity(idx)) => Some((span, of(*idx)?)),
            Found::Mention(span, article, mention) => {
                match &self.linked.resolutions[article][mention] {
                    Resolution::Linked(idx) => Some((span, of(*idx)?)),
                    Resolution::Ambiguous(_) | Resolution::Nil => None,
                }
            }
            Found::Link(..) | Found::Time(..) => None,
        }
    }

    /// `[[old]]` and `[[old|words]]` in the texts.
    fn rename_links(&self, old: &str, new: &str, encoding: Encoding, renamed: &mut Renamed) {
        let articles = self.parsed.articles.iter();
        let articles = articles.map(|article| (&article.path, &article.document));
        let pages = self.parsed.pages.iter();
        let pages = pages.map(|page| (&page.path, &page.document));
        for (path, document) in articles.chain(pages) {
            let mut links = document.wikilinks.iter().peekable();
            if links.peek().is_none() {
                continue;
            }
            let text = self.text(path).unwrap_or_default();
            let places = Places::of(&text, encoding);
            let places = links
                .filter(|link| link.target.trim() == old)
                .filter_map(|link| {
                    let within = link.source.of(&text).find(old)?;
                    let start = link.source.start as usize + within;
                    Some(places.range(Span::new(start, start + old.len())))
                });
            let edits: Vec<TextEdit> = places
                .map(|range| TextEdit::new(range, new.to_owned()))
                .collect();
            if !edits.is_empty() {
                renamed.edits.insert(self.content.join(path), edits);
            }
        }
    }
}

/// The line that holds a byte.
fn line_at(text: &str, offset: usize) -> Span {
    let offset = offset.min(text.len());
    let start = text.as_bytes()[..offset]
        .iter()
        .rposition(|byte| *byte == b'\n');
    let end = text.as_bytes()[offset..]
        .iter()
        .position(|byte| *byte == b'\n');
    let start = start.map_or(0, |at| at + 1);
    Span::new(start, end.map_or(text.len(), |at| offset + at))
}
