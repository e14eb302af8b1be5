//! A shortcode: a component of the theme that a text asks for, with literal arguments.

use super::span::Span;

/// An argument. It is what its author wrote, never a template.
#[derive(Debug, Clone, PartialEq)]
pub enum Arg {
    /// A text.
    Text(String),
    /// A number.
    Number(f64),
    /// True or false.
    Flag(bool),
    /// A list.
    List(Vec<Arg>),
    /// The picture `document.images[n]`.
    Picture(u32),
    /// The address `document.links[n]`.
    Link(u32),
}

impl Arg {
    /// What to call it in a message.
    #[must_use]
    pub fn type_name(&self) -> &'static str {
        match self {
            Self::Text(_) | Self::Link(_) => "a text",
            Self::Number(_) => "a number",
            Self::Flag(_) => "true or false",
            Self::List(_) => "a list",
            Self::Picture(_) => "a picture",
        }
    }
}

/// A shortcode in a text.
#[derive(Debug, Clone, PartialEq)]
pub struct Shortcode {
    /// Its name.
    pub name: String,
    /// Its arguments with their places in the file, in order; no name stands twice.
    pub args: Vec<(String, Arg, Span)>,
    /// Where its opening tag stands in the file.
    pub source: Span,
}
