//! Citations and lists of references in the style of a site.

use hayagriva::{
    BibliographyDriver, BibliographyItem, BibliographyRequest, CitationItem, CitationRequest,
    CitePurpose, Entry, LocatorPayload, Rendered, SpecificLocator,
    citationberg::{CitationFormat, LocaleCode, StyleCategory, taxonomy::Locator},
};

use super::{Library, format};
use crate::{
    model::citation::{Citation, Cite, Cited, Mark, Part, Reference},
    text::html::escape,
};

impl Library {
    /// What a document cites, in the words of a language.
    #[must_use]
    pub fn cite(&self, citations: &[Citation], language: &str) -> Cited {
        let rendered = self.process(citations, language);
        let titles = self.references(rendered.bibliography.as_ref().map(|list| &*list.items));
        let marks = citations.iter().zip(&rendered.citations);
        let marks = marks.map(|(citation, made)| self.mark(citation, &made.citation, &titles));
        let marks = marks.collect();
        let mut references = titles;
        for reference in &mut references {
            let cites =
                |citation: &&Citation| citation.cites.iter().any(|cite| cite.key == reference.key);
            let own = citations.iter().filter(cites);
            reference.cited_at = own.map(|citation| citation.id.clone()).collect();
        }
        Cited { marks, references }
    }

    /// The works of these keys as one list, in the order of the style.
    #[must_use]
    pub fn list<'k>(&self, keys: impl Iterator<Item = &'k str>, language: &str) -> Vec<Reference> {
        let citation = |key: &str| Citation {
            id: String::new(),
            cites: vec![Cite {
                key: key.to_owned(),
                prefix: String::new(),
                locator: None,
                suffix: String::new(),
                without_author: false,
            }],
            in_text: false,
            source: crate::model::span::Span::default(),
        };
        let citations: Vec<Citation> = keys.map(citation).collect();
        let rendered = self.process(&citations, language);
        self.references(rendered.bibliography.as_ref().map(|list| &*list.items))
    }

    fn process(&self, citations: &[Citation], language: &str) -> Rendered {
        let locale = locale(language);
        let mut driver: BibliographyDriver<'_, Entry> = BibliographyDriver::new();
        for citation in citations {
            let items = citation
                .cites
                .iter()
                .filter_map(|cite| self.item(citation, cite));
            driver.citation(CitationRequest::new(
                items.collect(),
                &self.style,
                Some(locale.clone()),
                &self.locales,
                None,
            ));
        }
        driver.finish(BibliographyRequest::new(
            &self.style,
            Some(locale),
            &self.locales,
        ))
    }

    fn item<'s>(&'s self, citation: &Citation, cite: &'s Cite) -> Option<CitationItem<'s, Entry>> {
        let work = self.works.get(&cite.key)?;
        let locator = cite.locator.as_ref();
        let locator = locator
            .map(|(part, number)| SpecificLocator(locator_of(*part), LocatorPayload::Str(number)));
        let item = CitationItem::with_locator(&work.entry, locator);
        Some(match (citation.in_text, self.drops_author(cite)) {
            (true, _) => item.kind(CitePurpose::Prose),
            (false, true) => item.kind(CitePurpose::Year),
            (false, false) => item,
        })
    }

    /// Only what says the author can leave him out.
    fn drops_author(&self, cite: &Cite) -> bool {
        cite.without_author
            && self.style.info.category.iter().any(|category| {
                matches!(
                    category,
                    StyleCategory::CitationFormat {
                        format: CitationFormat::AuthorDate
                    }
                )
            })
    }

    fn mark(
        &self,
        citation: &Citation,
        made: &hayagriva::ElemChildren,
        references: &[Reference],
    ) -> Mark {
        let around = |n: usize, html: String, text: String| {
            let Some(cite) = citation.cites.get(n) else {
                return (html, text);
            };
            let reference = references
                .iter()
                .find(|reference| reference.key == cite.key);
            let html = match reference {
                None => html,
                Some(reference) => format!(
                    "<a href=\"#{}\" role=\"doc-biblioref\" title=\"{}\">{html}</a>",
                    escape(&reference.id),
                    escape(&reference.text)
                ),
            };
            let before = spaced(&cite.prefix, "", " ");
            let after = spaced(&cite.suffix, ", ", "");
            (
                format!("{}{html}{}", escape(&before), escape(&after)),
                format!("{before}{text}{after}"),
            )
        };
        let (mut html, mut text) = format::citation(made, &around);
        // The style puts its brackets around citations that are whole.
        if !citation.in_text && citation.cites.iter().any(|cite| self.drops_author(cite)) {
            let layout = &self.style.citation.layout;
            let open = layout.prefix.as_deref().unwrap_or("(");
            let close = layout.suffix.as_deref().unwrap_or(")");
            html = format!("{}{html}{}", escape(open), escape(close));
            text = format!("{open}{text}{close}");
        }
        let id = escape(&citation.id);
        Mark {
            html: format!("<span class=\"citation\" id=\"{id}\">{html}</span>"),
            text,
        }
    }

    fn references(&self, items: Option<&[BibliographyItem]>) -> Vec<Reference> {
        let reference = |item: &BibliographyItem| Reference {
            id: self
                .works
                .get(&item.key)
                .map_or_else(String::new, |work| work.id.clone()),
            key: item.key.clone(),
            label: item.first_field.as_ref().map(format::plain_child),
            html: format::html(&item.content).trim().to_owned(),
            text: format::plain(&item.content),
            cited_at: Vec::new(),
        };
        items.unwrap_or_default().iter().map(reference).collect()
    }
}

/// Words with what parts them from others; nothing where there are none.
fn spaced(words: &str, before: &str, after: &str) -> String {
    match words {
        "" => String::new(),
        words => format!("{before}{words}{after}"),
    }
}

/// The locale of a language that the processor has.
fn locale(language: &str) -> LocaleCode {
    let primary = language.split('-').next().unwrap_or_default();
    let code = match (language, primary) {
        ("en-GB", _) => "en-GB",
        (_, "de") => "de-DE",
        (_, "es") => "es-ES",
        (_, "fr") => "fr-FR",
        (_, "it") => "it-IT",
        (_, "nl") => "nl-NL",
        (_, "pl") => "pl-PL",
        (_, "pt") => "pt-PT",
        (_, "ru") => "ru-RU",
        (_, "uk") => "uk-UA",
        (_, "ar") => "ar",
        _ => "en-US",
    };
    LocaleCode(code.to_owned())
}

fn locator_of(part: Part) -> Locator {
    match part {
        Part::Chapter => Locator::Chapter,
        Part::Column => Locator::Column,
        Part::Figure => Locator::Figure,
        Part::Line => Locator::Line,
        Part::Note => Locator::Note,
        Part::Page => Locator::Page,
        Part::Paragraph => Locator::Paragraph,
        Part::Part => Locator::Part,
        Part::Section => Locator::Section,
        Part::Volume => Locator::Volume,
    }
}
