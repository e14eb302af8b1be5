//! `site.yaml`, typed, with every default.

use std::collections::{BTreeMap, BTreeSet};

use camino::Utf8Path;

use crate::{
    diagnostic::{Code, Diagnostic, Level, Levels},
    model::{article::Extra, graph::Question, source::SourceFile, span::Span},
    references::Style,
    text::{redaction::Mark, suggest::closest},
    yaml::{self, Fields, Value},
};

/// The `base_url` of a site that gives none.
const NO_ADDRESS: &str = "http://localhost";

/// What to do with raw HTML in Markdown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum RawHtml {
    /// Clean it: scripts, styles, handlers and unknown tags go.
    #[default]
    Clean,
    /// Publish it as written: for sites whose every author is trusted.
    Trust,
}

/// A host that reads files about headers and redirects.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Host {
    /// Netlify.
    Netlify,
    /// Cloudflare Pages.
    Cloudflare,
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
    /// What is not known yet; storylines alone have it.
    pub questions: Vec<Question>,
}

/// A theme in the program.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ThemeName {
    /// A column of text, and beside it what it names.
    #[default]
    Default,
    /// Dense reports: what is known in a table, in small type.
    Situation,
}

impl ThemeName {
    /// All of them.
    pub const ALL: [Self; 2] = [Self::Default, Self::Situation];

    /// What `site.yaml` and the command line call it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Default => "default",
            Self::Situation => "situation",
        }
    }
}

/// What the default theme can be told. Other themes read `extra`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ThemeConfig {
    /// Which theme; default: the default one.
    pub name: ThemeName,
    /// Colour of links on a light ground, `#rrggbb`.
    pub accent: Option<String>,
    /// Colour of links on a dark ground, `#rrggbb`; default: `accent`.
    pub accent_dark: Option<String>,
    /// A line in the footer of every page, such as an imprint.
    pub footer: Option<String>,
}

/// A part of a site that can be left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// Names that nobody wrote a link to: the machine's, the gazetteer's, the registry's.
    Names,
    /// Dates in the text.
    Dates,
    /// Quotations with their speakers, sources of information and roles.
    Quotations,
    /// The search page and its index.
    Search,
    /// The graph of all names.
    Graph,
    /// The map of all places.
    Map,
    /// The timeline.
    Timeline,
    /// The site as data: tables, calendars, and JSON and Markdown beside each briefing.
    Data,
    /// The list of all works that the site cites.
    Bibliography,
}

impl Part {
    /// The parts with their names in `site.yaml`.
    pub const ALL: [(&'static str, Self); 9] = [
        ("names", Self::Names),
        ("dates", Self::Dates),
        ("quotations", Self::Quotations),
        ("search", Self::Search),
        ("graph", Self::Graph),
        ("map", Self::Map),
        ("timeline", Self::Timeline),
        ("data", Self::Data),
        ("bibliography", Self::Bibliography),
    ];
}

impl Part {
    /// The part to which a page that every site has belongs, by its path.
    #[must_use]
    pub fn of(path: &str) -> Option<Self> {
        let (folder, _) = path.split_once('/')?;
        let parts = [
            Self::Search,
            Self::Graph,
            Self::Map,
            Self::Timeline,
            Self::Bibliography,
        ];
        let names = Self::ALL.iter().filter(|(_, part)| parts.contains(part));
        let mut own = names.filter(|(name, _)| *name == folder);
        own.next().map(|(_, part)| *part)
    }
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
    /// Whether a picture is made for other sites to show beside a link; default true.
    pub social_cards: bool,
    /// Whether each storyline is made into a book (EPUB) as well; default true.
    pub books: bool,
    /// The host that `_headers` and `_redirects` are written for; default: neither is written.
    pub host: Option<Host>,
    /// What is left out; default: nothing.
    pub without: BTreeSet<Part>,
    /// Articles on a page of the home list; default 10.
    pub paginate: usize,
    /// What is done with raw HTML; default: clean.
    pub raw_html: RawHtml,
    /// Whether the machine looks for names that the registry does not hold; default true.
    pub detect_entities: bool,
    /// Confidence from which a detected name is shown, 0 to 1; default 0.85.
    pub min_confidence: f32,
    /// Topics with a text of their own, in order.
    pub topics: Vec<TermConfig>,
    /// Storylines with a text of their own, in order.
    pub storylines: Vec<TermConfig>,
    /// How works are cited; default: author and year.
    pub citation_style: Style,
    /// Options of the default theme.
    pub theme: ThemeConfig,
    /// How bad kinds of mistakes are here; default: as each is documented.
    pub diagnostics: Levels,
    /// The publisher's own values, handed to templates as they are.
    pub extra: BTreeMap<String, Extra>,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            title: "Briefings".to_owned(),
            base_url: NO_ADDRESS.to_owned(),
            language: "en".to_owned(),
            author: None,
            description: None,
            social_cards: true,
            books: true,
            host: None,
            without: BTreeSet::new(),
            paginate: 10,
            raw_html: RawHtml::Clean,
            detect_entities: true,
            min_confidence: 0.85,
            topics: Vec::new(),
            storylines: Vec::new(),
            citation_style: Style::default(),
            theme: ThemeConfig::default(),
            diagnostics: Levels::default(),
            extra: BTreeMap::new(),
        }
    }
}

impl Config {
    /// True where this part is not left out.
    #[must_use]
    pub fn has(&self, part: Part) -> bool {
        !self.without.contains(&part)
    }

    /// True where the site says at which address it is published.
    #[must_use]
    pub fn has_address(&self) -> bool {
        self.base_url != NO_ADDRESS
    }
}

/// Reads `site.yaml`; a site without one has the defaults.
#[must_use]
pub fn parse(source: Option<&SourceFile>) -> (Config, Vec<Diagnostic>) {
    parse_marked(source, Mark::ENGLISH)
}

/// Reads `site.yaml` with these words in place of what is redacted in it.
#[must_use]
pub fn parse_marked(source: Option<&SourceFile>, mark: &str) -> (Config, Vec<Diagnostic>) {
    let Some(source) = source else {
        return (Config::default(), Vec::new());
    };
    let path: &Utf8Path = &source.path;
    let whole = Span::new(0, source.text.len());
    match yaml::parse(path, &source.text, whole) {
        Err(problem) => (Config::default(), vec![*problem]),
        Ok(node) => {
            let mut fields = Fields::marked(path, &source.text, node, mark);
            let config = read(&mut fields);
            (config, fields.finish())
        }
    }
}

/// The keys of `site.yaml`, or with `parent` those of the maps under that key.
#[must_use]
pub fn keys(parent: Option<&str>) -> Vec<&'static str> {
    yaml::keys(parent, read)
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
        base_url: fields
            .web_address("base_url")
            .map_or(default.base_url, |url| url.trim_end_matches('/').to_owned()),
        language: fields.text("language").unwrap_or(default.language),
        author: fields.text("author"),
        description: fields.text("description"),
        social_cards: fields.flag("social_cards").unwrap_or(default.social_cards),
        books: fields.flag("books").unwrap_or(default.books),
        host: fields.choice(
            "host",
            &[("netlify", Host::Netlify), ("cloudflare", Host::Cloudflare)],
        ),
        without: without(fields),
        paginate,
        raw_html,
        detect_entities: detect.unwrap_or(default.detect_entities),
        min_confidence: confidence.unwrap_or(default.min_confidence),
        topics: terms(fields, "topics", |_| Vec::new()),
        storylines: terms(fields, "storylines", questions),
        citation_style: fields.map("citations", citation_style).unwrap_or_default(),
        theme: fields.map("theme", theme).unwrap_or_default(),
        diagnostics: levels(fields),
        extra: fields.extra(),
    }
}

fn levels(fields: &mut Fields<'_>) -> Levels {
    let mut levels = Levels::default();
    for (key, node) in fields.pairs("diagnostics") {
        let Some(code) = Code::of(&key.name) else {
            let message = format!("`{}` is no code of a diagnostic", key.name);
            let known = Code::ALL.iter().map(|code| code.as_str());
            let hint = match closest(&key.name, known) {
                Some(code) => format!("did you mean `{code}`?"),
                None => "docs/diagnostics.md has them all".to_owned(),
            };
            fields.problem(Code::YamlBadValue, key.span, message, &hint);
            continue;
        };
        let level = match &node.value {
            Value::Text(text) if text == "error" => Some(Level::Error),
            Value::Text(text) if text == "warning" => Some(Level::Warning),
            Value::Text(text) if text == "off" => Some(Level::Off),
            Value::Bool(false) => Some(Level::Off),
            _ => None,
        };
        let (message, hint) = match level {
            None => (
                format!("`{}` has no such level", key.name),
                "write `error`, `warning` or `off`",
            ),
            Some(level) if !levels.set(code, level) => (
                format!("`{}` cannot be taken more lightly", key.name),
                "it keeps the site whole, or what is hidden from readers; mend what it tells of",
            ),
            Some(_) => continue,
        };
        fields.problem(Code::YamlBadValue, node.span, message, hint);
    }
    levels
}

fn citation_style(fields: &mut Fields<'_>) -> Option<Style> {
    let (name, span) = fields.text_at("style")?;
    match Style::named(&name) {
        Ok(style) => Some(style),
        Err((message, hint)) => {
            fields.problem(Code::YamlBadValue, span, message, &hint);
            None
        }
    }
}

fn theme(fields: &mut Fields<'_>) -> Option<ThemeConfig> {
    let (accent, accent_dark) = (colour(fields, "accent"), colour(fields, "accent_dark"));
    let names = ThemeName::ALL.map(|name| (name.as_str(), name));
    Some(ThemeConfig {
        name: fields.choice("name", &names).unwrap_or_default(),
        // One colour serves both grounds.
        accent: accent.or_else(|| accent_dark.clone()),
        accent_dark,
        footer: fields.text("footer"),
    })
}

fn without(fields: &mut Fields<'_>) -> BTreeSet<Part> {
    let mut parts = BTreeSet::new();
    for (name, span) in fields.texts_at("without") {
        if let Some((_, part)) = Part::ALL.iter().find(|(known, _)| *known == name) {
            parts.insert(*part);
        } else {
            let words = Part::ALL.map(|(known, _)| format!("`{known}`"));
            let message = format!("`{name}` is no part that can be left out");
            let hint = format!("write {}", words.join(", "));
            fields.problem(Code::YamlBadValue, span, message, &hint);
        }
    }
    parts
}

/// A colour goes into a stylesheet: nothing but six hexadecimal digits is let through.
fn colour(fields: &mut Fields<'_>, key: &'static str) -> Option<String> {
    let (colour, span) = fields.text_at(key)?;
    let digits = colour.strip_prefix('#').unwrap_or_default();
    if digits.len() != 6 || !digits.bytes().all(|b| b.is_ascii_hexdigit()) {
        let message = format!("`{colour}` is no colour");
        let hint = "write it as \"#14487f\", in quotation marks";
        fields.problem(Code::YamlBadValue, span, message, hint);
        return None;
    }
    Some(colour)
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

fn terms(
    fields: &mut Fields<'_>,
    key: &'static str,
    questions: impl Fn(&mut Fields<'_>) -> Vec<Question>,
) -> Vec<TermConfig> {
    fields.maps(key, |fields| {
        let id = fields.required_text("id", "front matter refers to it by its id");
        let (title, summary) = (fields.text("title"), fields.text("summary"));
        let questions = questions(fields);
        let id = id?;
        Some(TermConfig {
            title: title.unwrap_or_else(|| id.clone()),
            id,
            summary,
            questions,
        })
    })
}

fn questions(fields: &mut Fields<'_>) -> Vec<Question> {
    fields.maps("questions", |fields| {
        let question = fields.required_text("question", "what is not known yet?");
        let (asked, answer) = (fields.date("asked"), fields.text("answer"));
        Some(Question {
            question: question?,
            asked,
            answer,
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
             markdown: {raw_html: trust}\nstorylines: [{id: ports, title: The ports}]\n\
             theme: {accent: '#14487f', footer: Imprint}\nextra: {desk: 7}\n",
        );
        assert!(problems.is_empty(), "{problems:?}");
        assert_eq!(config.base_url, "https://example.org");
        assert!(!config.detect_entities && config.raw_html == RawHtml::Trust);
        assert_eq!(config.storylines[0].title, "The ports");
        assert_eq!(config.theme.accent.as_deref(), Some("#14487f"));
        assert_eq!(config.extra["desk"], Extra::Number(7.0));
    }

    #[test]
    fn levels_of_diagnostics_are_set() {
        let (config, problems) =
            read_text("diagnostics: {link/broken: warning, link/anchor: off, leak/word: error}\n");
        assert!(problems.is_empty() && config.diagnostics != Levels::default());
        for wrong in [
            "link/brokn: off",
            "link/broken: never",
            "leak/found: off",
            "a: 1",
        ] {
            let (config, problems) = read_text(&format!("diagnostics: {{{wrong}}}\n"));
            assert_eq!(
                (problems.len(), config.diagnostics),
                (1, Levels::default()),
                "{wrong}"
            );
        }
        assert_eq!(read_text("diagnostics: loud\n").1, ["yaml/wrong-type"]);
    }

    #[test]
    fn reports_what_is_wrong() {
        let (_, problems) = read_text(
            "base_url: example.org\npaginate: 0\nentities: {auto: 3}\ntheme: {accent: 'red;}'}\n",
        );
        assert_eq!(problems.len(), 4, "{problems:?}");
    }
}
