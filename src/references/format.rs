//! What the processor writes, as HTML without styles of its own, or as plain words.

use hayagriva::{
    ElemChild, ElemChildren, ElemMeta, Formatting,
    citationberg::{Display, FontStyle, FontVariant, FontWeight, TextDecoration, VerticalAlign},
};

use crate::text::html::escape;

/// What to make of an element.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    Html,
    /// HTML that will be inside a link.
    Unlinked,
    Plain,
}

/// As HTML, addresses as links.
pub(super) fn html(children: &ElemChildren) -> String {
    all(&children.0, Form::Html)
}

/// As plain words.
pub(super) fn plain(children: &ElemChildren) -> String {
    let text = all(&children.0, Form::Plain);
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The plain words of one element.
pub(super) fn plain_child(child: &ElemChild) -> String {
    one(child, Form::Plain).trim().to_owned()
}

/// A citation as HTML and as plain words; `around` is given the place of a work in the citation, and
/// what the style makes of it in both forms, and puts around it what belongs there.
pub(super) fn citation(
    children: &ElemChildren,
    around: &dyn Fn(usize, String, String) -> (String, String),
) -> (String, String) {
    let (mut html, mut text) = (String::new(), String::new());
    for child in &children.0 {
        let parts = match child {
            ElemChild::Elem(elem) => match elem.meta {
                Some(ElemMeta::Entry(n)) => {
                    let (html, text) = (Form::Unlinked, Form::Plain);
                    around(n, all(&elem.children.0, html), all(&elem.children.0, text))
                }
                _ => citation(&elem.children, around),
            },
            other => (one(other, Form::Unlinked), one(other, Form::Plain)),
        };
        html.push_str(&parts.0);
        text.push_str(&parts.1);
    }
    (html, text)
}

fn all(children: &[ElemChild], form: Form) -> String {
    children.iter().map(|child| one(child, form)).collect()
}

fn one(child: &ElemChild, form: Form) -> String {
    match child {
        ElemChild::Text(text) => formatted(&text.text, text.formatting, form),
        ElemChild::Markup(text) => words(text, form),
        ElemChild::Link { text, url } => {
            let words = formatted(&text.text, text.formatting, form);
            let is_web = url.starts_with("https://") || url.starts_with("http://");
            match form {
                Form::Html if is_web => format!("<a href=\"{}\">{words}</a>", escape(url)),
                _ => words,
            }
        }
        ElemChild::Elem(elem) => {
            let inner = all(&elem.children.0, form);
            match elem.display {
                // What the style puts on a line of its own is parted by a space.
                Some(Display::Block | Display::Indent) => format!(" {inner}"),
                _ => inner,
            }
        }
        ElemChild::Transparent { .. } => String::new(),
    }
}

fn words(text: &str, form: Form) -> String {
    match form {
        Form::Plain => text.to_owned(),
        _ => escape(text),
    }
}

fn formatted(text: &str, formatting: Formatting, form: Form) -> String {
    let mut out = words(text, form);
    if form == Form::Plain || text.trim().is_empty() {
        return out;
    }
    let tags = [
        (formatting.font_style == FontStyle::Italic, "i"),
        (formatting.font_weight == FontWeight::Bold, "b"),
        (formatting.text_decoration == TextDecoration::Underline, "u"),
        (formatting.vertical_align == VerticalAlign::Sup, "sup"),
        (formatting.vertical_align == VerticalAlign::Sub, "sub"),
    ];
    for (_, tag) in tags.into_iter().filter(|(is_set, _)| *is_set) {
        out = format!("<{tag}>{out}</{tag}>");
    }
    if formatting.font_variant == FontVariant::SmallCaps {
        out = format!("<span class=\"small-caps\">{out}</span>");
    }
    out
}
