//! Short forms of rejected and merged names: what an editor refused does not come back as its surname or its
//! initials in an article that does not give the full name.

use std::collections::BTreeSet;

use super::KnowledgeBase;
use crate::{
    model::entity::EntityKind,
    text::{fold::fold, personal_name},
};

/// The short forms of rejected names that are no short form of an accepted or registered one.
pub(super) fn refused(base: &KnowledgeBase) -> BTreeSet<(String, EntityKind)> {
    let decisions = &base.decisions;
    let registered = base.entities().flat_map(|entity| {
        let aliases = entity.aliases.iter().map(|alias| &alias.name);
        std::iter::once(&entity.name)
            .chain(aliases)
            .map(|name| (fold(name), entity.kind))
    });
    let wanted: BTreeSet<(String, EntityKind)> = registered
        .chain(decisions.accepted.keys().cloned())
        .flat_map(|(name, kind)| {
            let mut forms = of(&name, kind);
            forms.push((name, kind));
            forms
        })
        .collect();
    decisions
        .rejected
        .iter()
        .flat_map(|(name, kind)| of(name, *kind))
        .filter(|short| !wanted.contains(short))
        .collect()
}

/// The short forms of names that an editor merged into others.
pub(super) fn merged(base: &KnowledgeBase) -> BTreeSet<(String, EntityKind)> {
    let merged = base.decisions.merged.keys();
    merged.flat_map(|(name, kind)| of(name, *kind)).collect()
}

/// What a folded name is called for short: a person's short forms, anything else's initials.
fn of(name: &str, kind: EntityKind) -> Vec<(String, EntityKind)> {
    if kind == EntityKind::Person {
        let forms = personal_name::short_forms(name).into_iter();
        return forms.map(|form| (form.to_owned(), kind)).collect();
    }
    let counts = |word: &&str| !matches!(*word, "of" | "the" | "and" | "for" | "in" | "on" | "");
    let initials: String = name
        .split([' ', '-'])
        .filter(counts)
        .filter_map(|word| word.chars().next())
        .collect();
    // Two letters stand for too many things.
    if initials.chars().count() >= 3 {
        vec![(initials, kind)]
    } else {
        Vec::new()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stages::resolve::knowledge_base::Decisions;

    fn refuses(rejected: &str, kind: EntityKind, accepted: &str, asked: &str) -> bool {
        let mut decisions = Decisions::default();
        decisions.rejected.insert((fold(rejected), kind));
        let key = (fold(accepted), kind);
        decisions.accepted.insert(key, accepted.to_owned());
        KnowledgeBase::new(Vec::new(), decisions)
            .0
            .refuses(asked, kind)
    }

    #[test]
    fn short_forms_of_rejected_names_stay_away() {
        let (person, body) = (EntityKind::Person, EntityKind::Organisation);
        assert!(refuses("Jane Millér", person, "", "JANE MILLER"));
        assert!(refuses("Jane Miller", person, "", "Miller"));
        assert!(!refuses("Jane Miller", person, "John Miller", "Miller"));
        assert!(!refuses("Jane Miller", person, "", "Jane"));
        assert!(refuses("Traffic Light Protocol", body, "", "TLP"));
        assert!(!refuses("Traffic Light Protocol", body, "TLP", "TLP"));
        assert!(!refuses("Port Agency", body, "", "PA"));
    }
}
