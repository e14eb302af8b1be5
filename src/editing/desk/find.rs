//! What an editor's reference means, and where things stand.

use std::collections::BTreeMap;

use camino::{Utf8Path, Utf8PathBuf};

use super::{Desk, Entry, Target};
use crate::{
    model::entity::{EntityId, EntityKind},
    stages::parse,
    text::{fold::fold, suggest::closest},
};

impl Desk {
    /// What a reference means, whatever its kind.
    pub(in crate::editing) fn find_any(
        &self,
        reference: &str,
        kind: Option<EntityKind>,
    ) -> Result<Target, String> {
        if let Some(kind) = kind {
            return self.find(reference, kind);
        }
        let kinds = [
            EntityKind::Person,
            EntityKind::Organisation,
            EntityKind::Place,
            EntityKind::Event,
        ];
        let mut targets = Vec::new();
        for kind in kinds {
            let target = self.find(reference, kind)?;
            if !targets.contains(&target) {
                targets.push(target);
            }
        }
        match targets.as_slice() {
            [only] => Ok(only.clone()),
            _ => Err(format!(
                "`{reference}` names entities of several kinds; add --kind"
            )),
        }
    }

    /// The registry entity of this kind that bears the name.
    pub(super) fn bearer(&self, name: &str, kind: EntityKind) -> Option<&Entry> {
        let ids = self.by_name.get(&fold(name))?;
        ids.iter()
            .filter_map(|id| self.entries.get(id))
            .find(|entry| entry.kind == kind)
    }

    /// What a reference means: an id, an id of former times, a registered name, a found name; of
    /// several the one of `kind`.
    pub(in crate::editing) fn find(
        &self,
        reference: &str,
        kind: EntityKind,
    ) -> Result<Target, String> {
        let id = EntityId(reference.into());
        if self.entries.contains_key(&id) {
            return Ok(Target::Registry(id));
        }
        if let Some(id) = self.former.get(reference) {
            return Ok(Target::Registry(id.clone()));
        }
        let folded = fold(reference);
        let all = self.by_name.get(&folded).into_iter().flatten();
        let bearers: Vec<&EntityId> = all.filter(|id| self.entries.contains_key(id)).collect();
        let is_kind = |id: &&&EntityId| self.entries.get(id).is_some_and(|e| e.kind == kind);
        let of_kind: Vec<&&EntityId> = bearers.iter().filter(is_kind).collect();
        match (bearers.as_slice(), of_kind.as_slice()) {
            ([only], _) => return Ok(Target::Registry((*only).clone())),
            (_, [only]) => return Ok(Target::Registry((**only).clone())),
            ([], _) => {}
            _ => {
                let ids: Vec<&str> = bearers.iter().map(|id| &*id.0).collect();
                return Err(format!(
                    "`{reference}` names {}; give the id",
                    ids.join(" and ")
                ));
            }
        }
        if let Some((name, _)) = self.found.get(&(folded.clone(), kind)) {
            return Ok(Target::Found(name.clone(), kind));
        }
        let from = (folded.clone(), EntityKind::Person);
        let mut others = self
            .found
            .range(from..)
            .take_while(|((n, _), _)| *n == folded);
        if let (Some(((_, kind), (name, _))), None) = (others.next(), others.next()) {
            return Ok(Target::Found(name.clone(), *kind));
        }
        Err(self.unknown(reference))
    }

    fn unknown(&self, reference: &str) -> String {
        let ids = self.entries.keys().map(|id| &*id.0);
        let names = self.entries.values().map(|entry| entry.name.as_str());
        let found = self.found.values().map(|(name, _)| name.as_str());
        match closest(reference, ids.chain(names).chain(found)) {
            Some(close) => format!("no entity is called `{reference}`; did you mean `{close}`?"),
            None => format!("no entity is called `{reference}`"),
        }
    }

    /// The folder in which entities of this kind stand.
    pub(super) fn folder(&self, kind: EntityKind) -> Utf8PathBuf {
        let mut folders: BTreeMap<&Utf8Path, usize> = BTreeMap::new();
        for entry in self.entries.values().filter(|entry| entry.kind == kind) {
            let folder = entry.path.parent();
            *folders
                .entry(folder.unwrap_or(Utf8Path::new("")))
                .or_default() += 1;
        }
        // Only a folder that says the kind: elsewhere the file itself would have to.
        let says = |path: &&Utf8Path| {
            let name = path.components().nth(1).map_or("", |part| part.as_str());
            parse::kind_of_folder(name) == Some(kind)
        };
        let most = folders
            .into_iter()
            .filter(|(path, _)| says(path))
            .max_by_key(|(path, n)| (*n, std::cmp::Reverse(*path)));
        most.map_or_else(
            || Utf8Path::new("entities").join(kind.as_str()),
            |(path, _)| path.to_owned(),
        )
    }
}
