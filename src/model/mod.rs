//! The nouns: plain values that the stages hand to one another. A later stage never changes an
//! earlier stage's value. Nothing in here does I/O, and nothing in here is what templates see
//! (that is `views`).

pub mod address;
pub mod article;
pub mod catalogue;
pub mod chart;
pub mod citation;
pub mod document;
pub mod entity;
pub mod extraction;
pub mod geo;
pub mod graph;
pub mod manifest;
pub mod offset_map;
pub mod output;
pub mod page;
pub mod picture;
pub mod shortcode;
pub mod source;
pub mod span;
pub mod table;
pub mod time;
