//! Short forms of rejected names: what an editor refused does not come back as its surname or its
//! initials in an article that does not give the full name.

use std::collections::BTreeSet;

use super::KnowledgeBase;
use crate::{model::entity::EntityKind, text::fold::fold};

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
        .flat_map(|(name, kind)| [short_form(&name, kind), Some((name, kind))])
        .flatten()
        .collect();
    decisions
        .rejected
        .iter()
        .filter_map(|(name, kind)| short_form(name, *kind))
        .filter(|short| !wanted.contains(short))
        .collect()
}

/// A person's surname, anything else's initials.
fn short_form(name: &str, kind: EntityKind) -> Option<(String, EntityKind)> {
    let words: Vec<&str> = name
        .split([' ', '-'])
        .filter(|word| !word.is_empty())
        .collect();
    let (last, before) = words.split_last()?;
    if kind == EntityKind::Person {
        let surname = name.rsplit(' ').next().unwrap_or(last);
        return (!before.is_empty() && surname.len() > 1).then(|| (surname.to_owned(), kind));
    }
    let counts = |word: &&&str| !matches!(**word, "of" | "the" | "and" | "for" | "in" | "on");
    let initials: String = words
        .iter()
        .filter(counts)
        .filter_map(|word| word.chars().next())
        .collect();
    // Two letters stand for too many things.
    (initials.chars().count() >= 3).then_some((initials, kind))
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
