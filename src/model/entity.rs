//! Entities, and the registry they may come from.

use std::sync::Arc;

use camino::Utf8PathBuf;
use jiff::civil::Date;

use super::{
    document::Document,
    geo::{Coordinates, CountryCode},
    span::Span,
};

/// What an entity is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum EntityKind {
    /// A human being.
    Person,
    /// A body with members: company, agency, armed group, outlet.
    Organisation,
    /// A country, town, region, building.
    Place,
    /// Something that happened or is to happen.
    Event,
}

impl EntityKind {
    /// All kinds, in the order of the site's menus.
    pub const ALL: [Self; 4] = [Self::Person, Self::Organisation, Self::Place, Self::Event];
}

/// A registry entity's stable id, unique over all kinds: front matter `id`, or the file's name.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EntityId(pub Arc<str>);

/// How an alias is matched.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum AliasRule {
    /// Wherever it stands as a whole name, capitalised as written or in capitals throughout.
    #[default]
    Plain,
    /// Only in exactly this case.
    Exact,
    /// Only in an article that names the entity otherwise too.
    NeedsContext,
    /// Known, shown, never matched in text.
    Never,
}

/// Another name of an entity.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Alias {
    /// The name.
    pub name: String,
    /// How it is matched.
    pub rule: AliasRule,
    /// Where it stands in the registry file.
    pub source: Span,
}

/// An entity as its registry file gives it.
#[derive(Debug, Clone)]
pub struct RegistryEntity {
    /// The file, below the content folder.
    pub path: Utf8PathBuf,
    /// Id.
    pub id: EntityId,
    /// What it is.
    pub kind: EntityKind,
    /// Canonical name.
    pub name: String,
    /// Other names.
    pub aliases: Vec<Alias>,
    /// Ids under which its page stood before (`old_ids`): `isis-k`, or with the kind where that
    /// was another one too, `place/crocus-city-hall`. They keep their addresses and their meaning
    /// in `[[…]]`.
    pub former: Vec<String>,
    /// One line that says who or what it is.
    pub description: Option<String>,
    /// The same thing elsewhere (addresses).
    pub same_as: Vec<String>,
    /// Wikidata item, `Q42`.
    pub wikidata: Option<String>,
    /// Where it is.
    pub coordinates: Option<Coordinates>,
    /// Its country.
    pub country: Option<CountryCode>,
    /// The entity that it belongs to, by id, with the place in the file.
    pub part_of: Option<(EntityId, Span)>,
    /// For events: when it began.
    pub start: Option<Date>,
    /// For events: when it ended.
    pub end: Option<Date>,
    /// The hand-written profile.
    pub profile: Document,
}

impl RegistryEntity {
    /// The page of its Wikidata item.
    #[must_use]
    pub fn wikidata_url(&self) -> Option<String> {
        let item = self.wikidata.as_ref()?;
        Some(format!("https://www.wikidata.org/wiki/{item}"))
    }
}

/// Who vouches for an entity.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum EntityState {
    /// Registry or editor.
    Confirmed,
    /// The machine alone.
    Detected,
}
