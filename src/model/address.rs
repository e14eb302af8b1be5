//! Addresses that the site has published, as `content/urls.jsonl` keeps them.

use camino::Utf8PathBuf;
use jiff::civil::Date;

use super::span::Span;

/// The file of the addresses, below the content folder.
pub const ADDRESSES: &str = "urls.jsonl";

/// Whose page an address is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Owner {
    /// That of a briefing or a page, by its file below the content folder.
    File(Utf8PathBuf),
    /// That of an entity of the registry, by its id.
    Entity(String),
    /// That of a topic, tag or storyline, by its label and its place.
    Term(TermFamily),
}

/// What kinds of terms have pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum TermFamily {
    /// What a briefing is about.
    Topics,
    /// What it is filed under.
    Tags,
    /// What it is a part of.
    Storylines,
}

impl TermFamily {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Topics, Self::Tags, Self::Storylines];

    /// The folder of its pages.
    #[must_use]
    pub fn folder(self) -> &'static str {
        match self {
            Self::Topics => "topics",
            Self::Tags => "tags",
            Self::Storylines => "storylines",
        }
    }

    /// How the lists of what is hidden name a term: no article and no entity has such a name.
    #[must_use]
    pub fn hidden(self, slug: &str) -> String {
        format!("{}/{slug}/", self.folder())
    }
}

/// An address, with what stood there when it was recorded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Address {
    /// Below the site's root, without `index.html`: `briefings/ports/`.
    pub url: String,
    /// Whose it is.
    pub owner: Owner,
    /// Headline, name or label, to know the owner again under another file name.
    pub title: String,
    /// Day of publication, of briefings.
    pub date: Option<Date>,
    /// Nothing stands there any more, and that is meant. Nothing else may take its place.
    pub retired: bool,
}

impl Address {
    /// The page in the output.
    #[must_use]
    pub fn page(&self) -> String {
        format!("{}index.html", self.url)
    }
}

/// An address with its place in the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remembered {
    /// The address.
    pub address: Address,
    /// Its line.
    pub line: Span,
}
