//! The entities of the whole corpus, and what each mention came to mean.

use super::{
    entity::{EntityId, EntityKind, EntityState},
    geo::{Coordinates, CountryCode},
};

/// An article's place in the list of articles.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ArticleIdx(pub u32);

/// An entity's place in [`Catalogue::entities`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EntityIdx(pub u32);

/// Where an entity comes from; also its identity over builds.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum EntityKey {
    /// A file of the registry.
    Registry(EntityId),
    /// A place of the gazetteer, by GeoNames id.
    Geo(u32),
    /// Found by the machine: its kind and its folded name.
    Detected(EntityKind, String),
}

/// An entity as the site shows it.
#[derive(Debug, Clone, PartialEq)]
pub struct Entity {
    /// Identity.
    pub key: EntityKey,
    /// What it is.
    pub kind: EntityKind,
    /// Unique within its kind.
    pub slug: String,
    /// The name to show.
    pub name: String,
    /// Other names found or registered, sorted, without `name`.
    pub aliases: Vec<String>,
    /// Who vouches for it.
    pub state: EntityState,
    /// Where it is.
    pub coordinates: Option<Coordinates>,
    /// Its country.
    pub country: Option<CountryCode>,
}

/// All entities, sorted by kind and slug, so that an index is the same for any order of input.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Catalogue {
    /// The entities.
    pub entities: Vec<Entity>,
}

impl Catalogue {
    /// The entity at `idx`.
    ///
    /// # Panics
    /// When `idx` is not of this catalogue, which is a bug in the caller.
    #[must_use]
    pub fn get(&self, idx: EntityIdx) -> &Entity {
        &self.entities[idx.0 as usize]
    }

    /// The entities of a kind: they stand together.
    #[must_use]
    pub fn of_kind(&self, kind: EntityKind) -> std::ops::Range<usize> {
        let start = self.entities.partition_point(|entity| entity.kind < kind);
        let end = self.entities.partition_point(|entity| entity.kind <= kind);
        start..end
    }

    /// All indices, in order.
    pub fn indices(&self) -> impl Iterator<Item = EntityIdx> + use<> {
        (0..u32::try_from(self.entities.len()).unwrap_or(u32::MAX)).map(EntityIdx)
    }
}

/// What a mention means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Resolution {
    /// This entity.
    Linked(EntityIdx),
    /// One of these, sorted; the text does not say which.
    Ambiguous(Vec<EntityIdx>),
    /// Nothing that is shown: suppressed, rejected or too uncertain.
    Nil,
}
