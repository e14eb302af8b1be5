//! Dateline turns Markdown briefings into a static site in which names, places, events and dates
//! are linked.
//!
//! Stages are plain functions over immutable values:
//!
//! ```text
//! load -> [ parse -> extract -> resolve ] per article -> link (whole corpus) -> [ render ] per page -> write
//! ```

pub mod annotations;
pub mod cli;
pub mod commands;
pub mod config;
pub mod diagnostic;
mod digest;
pub mod editing;
pub mod evaluation;
pub mod geo;
pub mod highlight;
pub mod importing;
pub mod leaks;
pub mod lsp;
pub mod model;
pub mod pipeline;
pub mod portable;
pub mod printing;
pub mod references;
pub mod schema;
pub mod stages;
pub mod tagger;
pub mod text;
pub mod theme;
pub mod urls;
pub mod views;
pub mod visibility;
pub mod wire;
pub mod words;
pub mod world;
pub mod yaml;
