//! Small helpers over words: folding for comparison, short forms and spellings of people's names, slugs
//! for addresses, the order of a language, suggestions for typos, passages to hide.

pub mod css;
pub mod fold;
pub mod html;
pub mod order;
pub mod personal_name;
pub mod redaction;
pub mod romanised;
pub mod slug;
pub mod suggest;
