//! Integration tests: whole sites through the real program.

#![allow(clippy::unwrap_used, clippy::expect_used)]

mod bad_input;
mod build;
mod editor;
mod site;
