//! `site.yaml`, typed, with every default.

use camino::Utf8Path;

use crate::{
    diagnostic::{Code, Diagnostic},
    model::{source::SourceFile, span::Span},
    yaml::{self, Fields},
};

/// What to do with raw HTML in Markdown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum RawHtml {
    /// Clean it: scripts, styles, handlers and unknown tags go.
    #[default]
    Clean,
    /// Publish it as written: for sites whose every author is trusted.
    Trust,
}

/// A topic or storyline with a text of its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TermConfig {
    /// What front matter calls it.
    pub id: String,
    /// What readers see.
    pub title: String,
    /// What it is about.
    pub summary: Option<String>,
}

/// A site's settings.
#[derive(Debug, Clone, PartialEq)]
pub struct Config {
    /// The site's name; default "Briefings".
    pub title: String,
    /// Where it is published, for feeds and the sitemap; default `http://localhost`.
    pub base_url: String,
    /// BCP 47 language of the content; default `en`.
    pub language: String,
    /// Who publishes; shown in feeds and on pages.
    pub author: Option<String>,
    /// One line about the site.
    pub description: Option<String>,
    /// Articles on a page of the home list; default 10.
    pub paginate: usize,
    /// What is done with raw HTML; default: clean.
    pub raw_html: RawHtml,
    /// Whether the machine looks for names that the registry does not hold; default true.
    pub detect_entities: bool,
    /// Confidence from which a detected name is shown, 0 to 1; default 0.5.
    pub min_confidence: f32,
    /// Topics with a text of their own, in order.
    pub topics: Vec<TermConfig>,
    /// Storylines with a text of their own, in order.
    pub storylines: Vec<TermConfig>,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            title: "Briefings".to_owned(),
            base_url: "http://localhost".to_owned(),
            language: "en".to_owned(),
            author: None,
            description: None,
            paginate: 10,
            raw_html: RawHtml::Clean,
            detect_entities: true,
            min_confidence: 0.5,
            topics: Vec::new(),
            storylines: Vec::new(),
        }
    }
}

/// Reads `site.yaml`; a site without one has the defaults.
#[must_use]
pub fn parse(source: Option<&SourceFile>) -> (Config, Vec<Diagnostic>) {
    let Some(source) = source else {
        return (Config::default(), Vec::new());
    };
    let path: &Utf8Path = &source.path;
    let whole = Span::new(0, source.text.len());
    match yaml::parse(path, &source.text, whole) {
        Err(problem) => (Config::default(), vec![*problem]),
        Ok(node) => {
            let mut fields = Fields::new(path, &source.text, node);
            let config = read(&mut fields);
            (config, fields.finish())
        }
    }
}

fn read(fields: &mut Fields<'_>) -> Config {
    let default = Config::default();
    let paginate = positive(fields, "paginate").unwrap_or(default.paginate);
    let (detect, confidence) = fields
        .map("entities", |fields| {
            Some((fields.flag("auto"), confidence(fields)))
        })
        .unwrap_or_default();
    let raw_html = fields
        .map("markdown", |fields| {
            fields.choice(
                "raw_html",
                &[("clean", RawHtml::Clean), ("trust", RawHtml::Trust)],
            )
        })
        .unwrap_or_default();
    Config {
        title: fields.text("title").unwrap_or(default.title),
        base_url: base_url(fields).unwrap_or(default.base_url),
        language: fields.text("language").unwrap_or(default.language),
        author: fields.text("author"),
        description: fields.text("description"),
        paginate,
        raw_html,
        detect_entities: detect.unwrap_or(default.detect_entities),
        min_confidence: confidence.unwrap_or(default.min_confidence),
        topics: terms(fields, "topics"),
        storylines: terms(fields, "storylines"),
    }
}

fn base_url(fields: &mut Fields<'_>) -> Option<String> {
    let (url, span) = fields.text_at("base_url")?;
    if !url.starts_with("https://") && !url.starts_with("http://") {
        let message = format!("`{url}` is no web address");
        fields.problem(
            Code::YamlBadValue,
            span,
            message,
            "write it as https://example.org/",
        );
        return None;
    }
    Some(url.trim_end_matches('/').to_owned())
}

fn positive(fields: &mut Fields<'_>, key: &'static str) -> Option<usize> {
    let (number, span) = fields.number_at(key)?;
    if number < 1.0 || number.fract() != 0.0 || number > 10_000.0 {
        let message = format!("`{key}` is {number}");
        fields.problem(
            Code::YamlBadValue,
            span,
            message,
            "write a whole number from 1 to 10000",
        );
        return None;
    }
    Some(number as usize)
}

fn confidence(fields: &mut Fields<'_>) -> Option<f32> {
    let (number, span) = fields.number_at("min_confidence")?;
    if !(0.0..=1.0).contains(&number) {
        let message = format!("`min_confidence` is {number}");
        fields.problem(
            Code::YamlBadValue,
            span,
            message,
            "write a number from 0 to 1",
        );
        return None;
    }
    Some(number as f32)
}

fn terms(fields: &mut Fields<'_>, key: &'static str) -> Vec<TermConfig> {
    fields.maps(key, |fields| {
        let id = fields.required_text("id", "front matter refers to it by its id");
        let (title, summary) = (fields.text("title"), fields.text("summary"));
        let id = id?;
        Some(TermConfig {
            title: title.unwrap_or_else(|| id.clone()),
            id,
            summary,
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_text(text: &str) -> (Config, Vec<&'static str>) {
        let source = SourceFile {
            path: "site.yaml".into(),
            text: text.into(),
        };
        let (config, problems) = parse(Some(&source));
        (
            config,
            problems
                .iter()
                .map(|problem| problem.code.as_str())
                .collect(),
        )
    }

    #[test]
    fn a_site_needs_no_settings() {
        assert_eq!(parse(None).0, Config::default());
        assert_eq!(read_text(""), (Config::default(), vec![]));
    }

    #[test]
    fn reads_settings() {
        let (config, problems) = read_text(
            "title: Desk\nbase_url: https://example.org/\nentities: {auto: false, min_confidence: 0.7}\n\
             markdown: {raw_html: trust}\nstorylines: [{id: ports, title: The ports}]\n",
        );
        assert!(problems.is_empty(), "{problems:?}");
        assert_eq!(config.base_url, "https://example.org");
        assert!(!config.detect_entities && config.raw_html == RawHtml::Trust);
        assert_eq!(config.storylines[0].title, "The ports");
    }

    #[test]
    fn reports_what_is_wrong() {
        let (_, problems) = read_text("base_url: example.org\npaginate: 0\nentities: {auto: 3}\n");
        assert_eq!(problems.len(), 3, "{problems:?}");
    }
}
