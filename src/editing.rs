//! What editors do to names, as changes to the registry and to their lists.
//!
//! Pure functions from a file's text and a decision to a new text; only the commands touch the
//! disk. Articles are never changed: nothing here is given one to write.

pub mod quote;
pub mod yaml_text;
