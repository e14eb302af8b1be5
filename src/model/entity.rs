//! Entities, and the registry they may come from.

use std::{collections::BTreeMap, sync::Arc};

use camino::Utf8PathBuf;
use jiff::civil::Date;

use super::{
    article::Marking,
    document::Document,
    geo::{Coordinates, CountryCode},
    span::Span,
    time::TimeValue,
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

    /// The word for it, in files, folders, data and classes of pages.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Person => "person",
            Self::Organisation => "organisation",
            Self::Place => "place",
            Self::Event => "event",
        }
    }
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
    /// Other names, those of `names` among them.
    pub aliases: Vec<Alias>,
    /// What it is called in other languages, by BCP 47 tag.
    pub names: BTreeMap<String, String>,
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
    /// A living person: what the machine finds waits until somebody confirms it.
    pub living: bool,
    /// Not to be published: texts that name it are read as if the file were not there.
    pub draft: bool,
    /// How far its file may travel.
    pub marking: Option<Marking>,
    /// What is known of it, with its dates and sources.
    pub facts: Facts,
    /// The hand-written profile.
    pub profile: Document,
}

/// What an editor knows of an entity beside its names.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Facts {
    /// The roles that it has or had, as the file lists them.
    pub roles: Vec<Role>,
    /// Its own website.
    pub website: Option<String>,
    /// What other registers call it.
    pub ids: Vec<ExternalId>,
}

/// A role: who was what, where, from when to when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Role {
    /// What the role is called.
    pub title: String,
    /// Where: an id or name of the registry, or the name of a body that has no page.
    pub organisation: Option<String>,
    /// Since when, no more exact than it is known.
    pub from: Option<TimeValue>,
    /// Until when.
    pub to: Option<TimeValue>,
    /// The address of a page that says so.
    pub source: Option<String>,
}

/// A register that gives entities identifiers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Register {
    /// International Standard Name Identifier (ISO 27729).
    Isni,
    /// Legal Entity Identifier (ISO 17442).
    Lei,
    /// `OpenSanctions`, of persons and bodies that are sanctioned or hold office.
    OpenSanctions,
    /// GeoNames, of places.
    GeoNames,
    /// Virtual International Authority File, of libraries.
    Viaf,
}

/// What a register calls an entity.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExternalId {
    /// Which register.
    pub register: Register,
    /// The identifier, without spaces.
    pub value: String,
}

impl Register {
    /// What the register calls itself.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Isni => "ISNI",
            Self::Lei => "LEI",
            Self::OpenSanctions => "OpenSanctions",
            Self::GeoNames => "GeoNames",
            Self::Viaf => "VIAF",
        }
    }
}

impl ExternalId {
    /// The register's name with the identifier.
    #[must_use]
    pub fn label(&self) -> String {
        format!("{} {}", self.register.name(), self.value)
    }

    /// The page that the register has for it.
    #[must_use]
    pub fn url(&self) -> String {
        let value = &self.value;
        match self.register {
            Register::Isni => format!("https://isni.org/isni/{value}"),
            Register::Lei => format!("https://search.gleif.org/#/record/{value}"),
            Register::OpenSanctions => format!("https://www.opensanctions.org/entities/{value}/"),
            Register::GeoNames => format!("https://www.geonames.org/{value}/"),
            Register::Viaf => format!("https://viaf.org/viaf/{value}/"),
        }
    }
}

impl RegistryEntity {
    /// What it is called in the language of a BCP 47 tag, where its file says so: under the whole
    /// tag, else under that of the language alone.
    #[must_use]
    pub fn name_in(&self, tag: &str) -> Option<&str> {
        let under = |wanted: &str| {
            let mut names = self.names.iter();
            names.find(|(tag, _)| tag.eq_ignore_ascii_case(wanted))
        };
        let language = tag.split(['-', '_']).next().unwrap_or(tag);
        let found = under(tag).or_else(|| under(language));
        found.map(|(_, name)| name.as_str())
    }

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
