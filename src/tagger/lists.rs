//! What lists and word clusters say of a word.
//!
//! Input: hashes of words. Output: the clusters and lists that hold them. Both tables are embedded
//! and read in place; `data/tagger/lists.py` makes them, `data/README.md` says from what.

use super::table::Table;

static CLUSTERS: &[u8] = include_bytes!("../../data/tagger/clusters.bin");
static LISTS: &[u8] = include_bytes!("../../data/tagger/lists.bin");

/// The embedded tables, as they are.
pub(super) fn data() -> [&'static [u8]; 2] {
    [CLUSTERS, LISTS]
}

/// The longest listed name, in words.
pub const LONGEST_NAME: usize = 6;

/// The tables.
#[derive(Debug, Clone, Copy)]
pub struct Lists {
    clusters: Option<Table<'static>>,
    lists: Option<Table<'static>>,
}

impl Lists {
    /// The embedded ones.
    #[must_use]
    pub fn embedded() -> Self {
        Self {
            clusters: Table::new(CLUSTERS, 5),
            lists: Table::new(LISTS, 4),
        }
    }

    /// The fine and the coarse cluster of a word, by its folded hash; 0 and 0 where it has none.
    #[inline]
    #[must_use]
    pub fn clusters(&self, folded: u64) -> (u16, u8) {
        let found = self.clusters.and_then(|table| table.get(folded));
        match found {
            Some(&[low, high, coarse]) => (u16::from_le_bytes([low, high]), coarse),
            _ => (0, 0),
        }
    }

    /// The lists that hold a name, as bits, by its hash.
    #[inline]
    #[must_use]
    pub fn holding(&self, name: u64) -> u16 {
        let found = self.lists.and_then(|table| table.get(name));
        match found {
            Some(&[low, high]) => u16::from_le_bytes([low, high]),
            _ => 0,
        }
    }
}
