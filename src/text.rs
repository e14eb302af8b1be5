//! Small helpers over words: folding for comparison, slugs for addresses, suggestions for typos.

pub mod fold;
pub mod html;
pub mod slug;
pub mod suggest;
