//! The styles that a site can choose.

use hayagriva::{
    archive::ArchivedStyle,
    citationberg::{self, IndependentStyle, StyleClass},
};

use crate::text::suggest::closest;

/// A style that cites in the text. Styles of footnotes are not offered: a page has footnotes of its
/// author's already.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Style(ArchivedStyle);

impl Default for Style {
    /// Author and year after the Chicago Manual of Style.
    fn default() -> Self {
        Self(ArchivedStyle::ChicagoAuthorDate)
    }
}

impl Style {
    /// The style of a name.
    ///
    /// # Errors
    /// What is wrong with the name, and how to mend it.
    pub fn named(name: &str) -> Result<Self, (String, String)> {
        let Some(style) = ArchivedStyle::by_name(name) else {
            let message = format!("`{name}` is no style of citations");
            let known = names();
            let hint = match closest(name, known.iter().copied()) {
                Some(style) => format!("did you mean `{style}`?"),
                None => "write a name such as `apa`, `chicago-author-date`, `harvard-cite-them-right`, `ieee`, `modern-language-association` or `nature`"
                    .to_owned(),
            };
            return Err((message, hint));
        };
        match independent(style) {
            Some(read)
                if read.settings.class == StyleClass::InText && read.bibliography.is_some() =>
            {
                Ok(Self(style))
            }
            _ => Err((
                format!("`{name}` is a style of footnotes"),
                "write one that cites in the text, such as `chicago-author-date`".to_owned(),
            )),
        }
    }

    /// The style itself: there is one for each that [`Style::named`] accepts.
    pub(super) fn read(self) -> Option<IndependentStyle> {
        independent(self.0)
    }
}

fn independent(style: ArchivedStyle) -> Option<IndependentStyle> {
    match style.get() {
        citationberg::Style::Independent(style) => Some(style),
        citationberg::Style::Dependent(_) => None,
    }
}

fn names() -> Vec<&'static str> {
    let all = ArchivedStyle::all().iter();
    all.flat_map(|style| style.names().iter().copied())
        .collect()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::Style;

    #[test]
    fn styles_have_names() {
        assert!(Style::named("apa").is_ok() && Style::named("ieee").is_ok());
        assert_eq!(
            Style::named("chicago-author-date"),
            Ok(Style::default()),
            "the default has a name"
        );
        let (_, hint) = Style::named("chicago-autor-date").unwrap_err();
        assert_eq!(hint, "did you mean `chicago-author-date`?");
        let (message, _) = Style::named("chicago-notes").unwrap_err();
        assert_eq!(message, "`chicago-notes` is a style of footnotes");
    }
}
