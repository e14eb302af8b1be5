//! What editors do to names, as changes to the registry and to their lists.
//!
//! Pure: a [`desk::Desk`] holds the files of `entities/` as they are on the disk, takes
//! [`decision::Decision`]s and gives back the [`files::Change`]s that they come to. Only the
//! commands read and write the disk, and keep the way back as [`history::Step`]s. Articles are never changed: nothing here is given one to
//! write.

pub mod addresses;
pub mod decision;
pub mod desk;
pub mod files;
pub mod history;
pub mod items;
pub mod likeness;
pub mod lint;
pub mod merge;
pub mod queue;
pub mod quote;
pub mod rename;
pub mod review;
pub mod suggest;
pub mod wire;
pub mod wire_queue;
pub mod yaml_text;

use crate::model::entity::EntityKind;

/// The kind that a word means.
#[must_use]
pub fn kind_of(word: &str) -> Option<EntityKind> {
    [
        EntityKind::Person,
        EntityKind::Organisation,
        EntityKind::Place,
        EntityKind::Event,
    ]
    .into_iter()
    .find(|kind| kind.as_str().eq_ignore_ascii_case(word.trim()))
}
