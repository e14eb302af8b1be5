//! An entity under another name, or another id.

use super::{
    desk::{Desk, Target, checked_id, yaml_of},
    quote::scalar,
    yaml_text::{EditError, ListStyle},
};
use crate::{
    model::entity::{EntityId, EntityKind},
    text::fold::fold,
};

impl Desk {
    /// Gives a registry entity another name; the old one becomes an alias. With an id it gets that
    /// too: the file moves where its name was the old id, and the old id stays as an address.
    ///
    /// # Errors
    /// When that cannot be, in words for the editor.
    pub fn rename(
        &mut self,
        reference: &str,
        kind: Option<EntityKind>,
        name: &str,
        new_id: Option<&str>,
    ) -> Result<(), String> {
        let Target::Registry(id) = self.find_any(reference, kind)? else {
            return Err(format!(
                "`{reference}` has no registry file; make one with `dateline entities review`"
            ));
        };
        if name.trim().is_empty() {
            return Err("the new name is empty".to_owned());
        }
        if let Some(new_id) = new_id {
            checked_id(new_id)?;
            let key = EntityId(new_id.into());
            if key != id
                && let Some(entry) = self.entries.get(&key)
            {
                return Err(format!(
                    "the id `{new_id}` is already that of {}",
                    entry.path
                ));
            }
        }
        let taken = self.entries.iter().find(|(other, entry)| {
            **other != id && entry.names.iter().any(|known| fold(known) == fold(name))
        });
        if let Some((_, entry)) = taken {
            return Err(format!("`{name}` is a name of {} already", entry.path));
        }
        self.write_name(&id, name, new_id.filter(|new_id| **new_id != *id.0))
            .map_err(|error| error.to_string())
    }

    fn write_name(
        &mut self,
        id: &EntityId,
        name: &str,
        new_id: Option<&str>,
    ) -> Result<(), EditError> {
        let Some(entry) = self.entries.get(id).cloned() else {
            return Ok(());
        };
        let path = entry.path;
        let mut text = self.files.text(&path)?.unwrap_or_default().to_string();
        if entry.name != name {
            text = yaml_of(&path, &text).set("name", name, "")?;
            if !entry.aliases.iter().any(|(alias, _)| *alias == entry.name) {
                let old = [scalar(&entry.name)];
                text = yaml_of(&path, &text).append("aliases", &old, ListStyle::Flow)?;
            }
        }
        let mut target = path.clone();
        if let Some(new_id) = new_id {
            let old = [scalar(&id.0)];
            text = yaml_of(&path, &text).append("old_ids", &old, ListStyle::Flow)?;
            let is_named_after_id = path.file_stem() == Some(&*id.0);
            if is_named_after_id {
                target.set_file_name(format!("{new_id}.md"));
            }
            if yaml_of(&path, &text).get("id")?.is_some() || !is_named_after_id {
                text = yaml_of(&path, &text).set("id", new_id, "name")?;
            }
        }
        if target == path {
            return self.files.set(&path, text);
        }
        if self.files.has(&target) {
            return Err(EditError {
                path: target,
                message: "the file exists already".to_owned(),
            });
        }
        self.files.rename(&path, &target, text)
    }
}
