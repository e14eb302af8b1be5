//! The verbs: each stage is plain functions from the values of the stages before it to its own.

pub mod extract;
pub mod link;
pub mod load;
pub mod parse;
pub mod render;
pub mod resolve;
pub mod write;
