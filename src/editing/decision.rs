//! What an editor decides about a name.

use crate::model::entity::{AliasRule, EntityKind};

/// A decision about a name that the machine found as a `kind`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    /// The name.
    pub name: String,
    /// As what it was found.
    pub kind: EntityKind,
    /// What is to become of it.
    pub action: Action,
    /// Why, for whoever reads the file later.
    pub reason: Option<String>,
}

/// What is to become of a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Action {
    /// It is right: shown, and found wherever it stands.
    Accept,
    /// It is no entity of this kind, now or ever.
    Reject,
    /// It means another entity, by id or name. `decisions.yaml` remembers.
    Merge {
        /// The other entity.
        into: String,
    },
    /// It is a name of a registry entity. The registry remembers.
    Alias {
        /// The entity.
        into: String,
        /// How the alias is matched.
        rule: AliasRule,
    },
    /// It gets a registry file.
    New {
        /// Its id, where that is not the name's slug.
        id: Option<String>,
        /// One line that says who or what it is.
        description: Option<String>,
    },
    /// It never is an entity of any kind.
    Suppress,
    /// It looks like another name, and is another entity.
    Distinct {
        /// The other name.
        other: String,
    },
    /// It is an entity, of another kind.
    Kind {
        /// That kind.
        to: EntityKind,
    },
    /// Nothing is decided.
    Skip,
}

impl Action {
    /// The words for actions, in JSON.
    pub const WORDS: &'static [&'static str] = &[
        "accept", "reject", "merge", "alias", "new", "suppress", "kind", "distinct", "skip",
    ];
}

/// What a decision came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// Something is to be written.
    Changed,
    /// It was decided so before.
    Already,
}
