//! Small helpers over words: folding for comparison, slugs for addresses, suggestions for typos,
//! passages to hide.

pub mod fold;
pub mod redaction;
pub mod slug;
pub mod suggest;
