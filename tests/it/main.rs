//! Integration tests: whole sites through the real program.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::disallowed_methods)]

mod addresses;
mod bad_input;
mod books;
mod build;
mod contract;
mod deploy;
mod diagnostics;
mod docs;
mod editor;
mod entities;
mod exports;
mod external;
mod fuzz;
mod graph;
mod guide;
mod hostile;
mod import;
mod languages;
mod leaks;
mod lists;
mod lsp;
mod newswire;
mod order;
mod pictures;
mod properties;
mod publish;
mod reading;
mod redaction;
mod reproducible;
mod search;
mod serve;
mod site;
mod social;
mod spec;
mod structured;
mod theme;
mod theming;
mod timeline;
mod translations;
mod truth;
