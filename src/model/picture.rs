//! Pictures as pages show them.

use std::collections::BTreeMap;

/// A picture that was decoded and written anew, in several widths.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    /// Width and height of the original, upright, in pixels.
    pub size: (u32, u32),
    /// The files, narrowest first; never empty, none wider than the original.
    pub renditions: Vec<Rendition>,
}

/// A picture in one width.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rendition {
    /// In pixels.
    pub width: u32,
    /// Path in the output.
    pub path: String,
}

/// The pictures of a site, by the path that the author's file would have in the output. What is
/// not among them is copied as it is.
pub type Pictures = BTreeMap<String, Picture>;

/// A picture as books have it: in a format that every reader of books knows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Illustration {
    /// `image/jpeg`, `image/png` or `image/svg+xml`.
    pub media_type: &'static str,
    /// The file.
    pub bytes: Vec<u8>,
}

impl Illustration {
    /// The ending of its file's name.
    #[must_use]
    pub fn ending(&self) -> &'static str {
        match self.media_type {
            "image/jpeg" => "jpg",
            "image/png" => "png",
            _ => "svg",
        }
    }
}

/// The pictures that books show, by the path that the author's file would have in the output.
pub type Illustrations = BTreeMap<String, Illustration>;

impl Picture {
    /// For browsers that choose none: wide enough for a column of text, if there is such a one.
    #[must_use]
    pub fn main(&self) -> Option<&Rendition> {
        let wide = self.renditions.iter().find(|one| one.width >= 900);
        wide.or(self.renditions.last())
    }
}
