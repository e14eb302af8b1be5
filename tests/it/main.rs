//! Integration tests: whole sites through the real program.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::disallowed_methods)]

mod bad_input;
mod build;
mod contract;
mod docs;
mod editor;
mod exports;
mod newswire;
mod order;
mod search;
mod serve;
mod site;
mod timeline;
