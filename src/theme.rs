//! The theme: templates and their assets, embedded in the program, overridden file by file.

use std::{collections::BTreeMap, sync::Arc};

use camino::{Utf8Path, Utf8PathBuf};
use include_dir::{Dir, include_dir};
use serde::Serialize;
use tera::{
    ComponentArgType, ComponentInfo, Context, ErrorKind, Kwargs, State, Tera, TeraResult, Value,
};

use crate::{
    config::ThemeName,
    diagnostic::{Code, Diagnostic},
    model::{source::SourceFile, span::Span},
    views::CONTRACT_VERSION,
    words::{self, Words},
};

/// The default theme, which all others change.
static EMBEDDED: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/templates");
/// What other themes change, a folder for each.
static OTHERS: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/themes");

/// Files of a theme by their path in it.
pub type Files = BTreeMap<String, Vec<u8>>;

/// The files of a theme in the program.
#[must_use]
pub fn embedded(name: ThemeName) -> Files {
    let mut files = Files::new();
    collect(&EMBEDDED, Utf8Path::new(""), &mut files);
    if let Some(dir) = OTHERS.get_dir(name.as_str()) {
        collect(dir, Utf8Path::new(name.as_str()), &mut files);
    }
    files
}

/// Templates, compiled, and the files that go beside the pages.
#[derive(Debug)]
pub struct Theme {
    tera: Tera,
    keep_contexts: bool,
    sources: BTreeMap<String, String>,
    assets: BTreeMap<Utf8PathBuf, Vec<u8>>,
}

/// What a template makes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rendering {
    /// The page.
    pub text: String,
    /// What the template was given, as JSON, where the theme keeps it.
    pub context: Option<Vec<u8>>,
}

impl From<String> for Rendering {
    fn from(text: String) -> Self {
        let context = None;
        Self { text, context }
    }
}

/// A context as `--dump-context` writes it.
#[derive(Debug, Serialize)]
struct Dump<'a, V> {
    contract_version: u32,
    template: &'a str,
    context: &'a V,
}

impl Theme {
    /// The embedded theme `name` with `overrides` in place of its files of the same name, which
    /// say what they say in `words`.
    ///
    /// # Errors
    /// A diagnostic for the template that cannot be parsed.
    pub fn load(
        name: ThemeName,
        words: &Words,
        overrides: &[SourceFile],
    ) -> Result<Self, Box<Diagnostic>> {
        let mut files = embedded(name);
        for file in overrides {
            files.insert(file.path.to_string(), file.text.as_bytes().to_vec());
        }
        let (mut sources, mut assets) = (BTreeMap::new(), BTreeMap::new());
        for (path, bytes) in files {
            if path.starts_with("assets/") {
                assets.insert(Utf8PathBuf::from(path), bytes);
            } else {
                sources.insert(path, String::from_utf8_lossy(&bytes).into_owned());
            }
        }
        let mut tera = Tera::new();
        let words = Arc::new(words.clone());
        register(&mut tera, words);
        let named = sources
            .iter()
            .map(|(name, text)| (name.as_str(), text.as_str()));
        tera.add_raw_templates(named)
            .map_err(|error| problem(&error, &sources))?;
        Ok(Self {
            tera,
            keep_contexts: false,
            sources,
            assets,
        })
    }

    /// With every rendering, what its template was given.
    #[must_use]
    pub fn keeping_contexts(self, keep_contexts: bool) -> Self {
        Self {
            keep_contexts,
            ..self
        }
    }

    /// Renders `template` with `view`.
    ///
    /// # Errors
    /// A diagnostic at the place in the template that cannot be rendered.
    pub fn render(
        &self,
        template: &str,
        view: &impl Serialize,
    ) -> Result<Rendering, Box<Diagnostic>> {
        let context =
            Context::from_serialize(view).map_err(|error| problem(&error, &self.sources))?;
        let text = self
            .tera
            .render(template, &context)
            .map_err(|error| problem(&error, &self.sources))?;
        let dump = Dump {
            contract_version: CONTRACT_VERSION,
            template,
            context: view,
        };
        let kept = self.keep_contexts.then(|| serde_json::to_vec_pretty(&dump));
        Ok(Rendering {
            text,
            // What became a context before becomes JSON as well.
            context: kept.and_then(Result::ok),
        })
    }

    /// Stylesheets, scripts and the like, by their path in the output.
    #[must_use]
    pub fn assets(&self) -> &BTreeMap<Utf8PathBuf, Vec<u8>> {
        &self.assets
    }

    /// The file of the theme at `path` in the output.
    #[must_use]
    pub fn asset(&self, path: &str) -> Option<&[u8]> {
        self.assets.get(Utf8Path::new(path)).map(Vec::as_slice)
    }

    /// What a shortcode declares: the component `shortcode.NAME` of `templates/shortcodes/`.
    #[must_use]
    pub fn shortcode(&self, name: &str) -> Option<ComponentInfo> {
        self.tera
            .get_component_definition(&format!("shortcode.{name}"))
    }

    /// The names of all shortcodes, sorted.
    #[must_use]
    pub fn shortcodes(&self) -> Vec<String> {
        let names = self.tera.get_component_names();
        let own = names.filter_map(|name| name.strip_prefix("shortcode."));
        let mut own: Vec<String> = own.map(str::to_owned).collect();
        own.sort();
        own
    }

    /// Renders a shortcode around `body`, which is HTML; its arguments are escaped where they stand.
    ///
    /// # Errors
    /// A diagnostic at the place in the component that cannot be rendered.
    pub fn render_shortcode(
        &self,
        name: &str,
        args: &impl Serialize,
        body: &str,
    ) -> Result<String, Box<Diagnostic>> {
        self.component(&format!("shortcode.{name}"), args, Some(body))
    }

    /// Renders a component of the theme by itself.
    ///
    /// # Errors
    /// Those of [`Theme::render_shortcode`].
    pub fn render_component(
        &self,
        name: &str,
        args: &impl Serialize,
    ) -> Result<String, Box<Diagnostic>> {
        self.component(name, args, None)
    }

    fn component(
        &self,
        name: &str,
        args: &impl Serialize,
        body: Option<&str>,
    ) -> Result<String, Box<Diagnostic>> {
        let report = |error: tera::Error| problem(&error, &self.sources);
        let context = Context::from_serialize(args).map_err(report)?;
        let rendered = self.tera.render_component(name, &context, body, true);
        rendered.map_err(report)
    }

    /// A template's text by its name, for excerpts.
    #[must_use]
    pub fn source(&self, name: &str) -> Option<&str> {
        self.sources.get(name).map(String::as_str)
    }

    /// All templates with their text, by name.
    #[must_use]
    pub fn sources(&self) -> &BTreeMap<String, String> {
        &self.sources
    }
}

/// What an argument of a shortcode has to be, for a message.
#[must_use]
pub fn in_words(wanted: Option<ComponentArgType>) -> &'static str {
    use ComponentArgType as Type;
    match wanted {
        Some(Type::String) => "a text in quotes",
        Some(Type::Bool) => "true or false",
        Some(Type::Integer) => "a whole number",
        Some(Type::Float | Type::Number) => "a number",
        Some(Type::Array) => "a list in square brackets",
        Some(Type::Map) => "the path of a picture",
        _ => "any value",
    }
}

/// The words for templates: the functions `t` and `plurals`, the filter `number`.
fn register(tera: &mut Tera, words: Arc<Words>) {
    let own = Arc::clone(&words);
    tera.register_function("t", move |given: Kwargs, _: &State| said(&own, &given));
    let own = Arc::clone(&words);
    tera.register_function("plurals", move |given: Kwargs, _: &State| {
        plurals(&own, &given)
    });
    tera.register_filter("number", move |n: u64, _: Kwargs, _: &State| {
        words.number(n)
    });
}

/// The function `plurals` of templates, for scripts that count: the text under `key` for each plural
/// of the words' language, and that language, as JSON.
fn plurals(words: &Words, given: &Kwargs) -> TeraResult<String> {
    let key = known_key(words, given)?;
    let forms = words.plurals(key);
    let mut object: BTreeMap<&str, &str> = forms.map(|(p, text)| (p.as_str(), text)).collect();
    object.insert("language", words.language().as_str());
    serde_json::to_string(&object).map_err(|e| tera::Error::message(e.to_string()))
}

fn known_key<'a>(words: &Words, given: &'a Kwargs) -> TeraResult<&'a str> {
    let key: &str = given.must_get("key")?;
    match words.has(key) {
        true => Ok(key),
        false => Err(tera::Error::message(format!("no text has the key `{key}`"))),
    }
}

/// The function `t` of templates: the text under `key`, in the plural that goes with `n`, with all
/// other arguments in the place of their placeholders. With `after` and `before` only what stands
/// between those two placeholders, so that a template can put elements in their place.
fn said(words: &Words, given: &Kwargs) -> TeraResult<String> {
    let key = known_key(words, given)?;
    let n = given.get::<Value>("n")?.and_then(|n| n.as_u64());
    let mut text = words.form(key, n);
    if let Some(name) = given.get::<&str>("after")? {
        text = text
            .split_once(&format!("{{{name}}}"))
            .map_or("", |(_, after)| after);
    }
    if let Some(name) = given.get::<&str>("before")? {
        text = text
            .split_once(&format!("{{{name}}}"))
            .map_or(text, |(before, _)| before);
    }
    let values: Vec<(String, String)> = given
        .iter()
        .map(|(name, value)| {
            let text = value.as_u64().map(|n| words.number(n));
            (name.to_string(), text.unwrap_or_else(|| value.to_string()))
        })
        .collect();
    let values: Vec<(&str, &str)> = values
        .iter()
        .map(|(name, value)| (&**name, &**value))
        .collect();
    Ok(words::filled(text, &values))
}

/// The files below a folder, by their path from `root`.
fn collect(dir: &Dir<'_>, root: &Utf8Path, files: &mut Files) {
    for file in dir.files() {
        let path = Utf8Path::from_path(file.path());
        if let Some(path) = path.and_then(|path| path.strip_prefix(root).ok()) {
            files.insert(path.as_str().replace('\\', "/"), file.contents().to_vec());
        }
    }
    for dir in dir.dirs() {
        collect(dir, root, files);
    }
}

fn problem(error: &tera::Error, sources: &BTreeMap<String, String>) -> Box<Diagnostic> {
    let (code, report) = match error.kind() {
        ErrorKind::SyntaxError(report) => (Code::TemplateSyntax, Some(report)),
        ErrorKind::RenderingError(report) => (Code::TemplateRender, Some(report)),
        _ => (Code::TemplateSyntax, None),
    };
    let Some(report) = report else {
        let message = error.to_string();
        let known = sources.keys().find(|name| message.contains(name.as_str()));
        let path = known.map_or("templates", String::as_str);
        return Box::new(Diagnostic::error(code, template_path(path), None, message));
    };
    let range = &report.span().range;
    let span = Span::new(range.start, range.end.max(range.start + 1));
    let path = template_path(report.filename());
    let problem = Diagnostic::error(code, path, Some(span), report.message().to_owned());
    let hint = "docs/templates.md lists what each template is given";
    Box::new(if code == Code::TemplateRender {
        problem.hint(hint)
    } else {
        problem
    })
}

/// Diagnostics name templates as `templates/…`.
fn template_path(name: &str) -> Utf8PathBuf {
    if name.starts_with("templates") {
        name.into()
    } else {
        Utf8Path::new("templates").join(name)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn with(name: &str, text: &str) -> Result<Theme, Box<Diagnostic>> {
        let file = SourceFile {
            path: name.into(),
            text: text.into(),
        };
        Theme::load(ThemeName::Default, &Words::default(), &[file])
    }

    #[test]
    fn the_embedded_theme_is_whole() {
        let theme = Theme::load(ThemeName::Default, &Words::default(), &[]).unwrap();
        for name in [
            "article.html",
            "entity.html",
            "home.html",
            "timeline.html",
            "404.html",
        ] {
            assert!(theme.source(name).is_some(), "{name}");
        }
        assert!(
            theme
                .assets()
                .contains_key(Utf8Path::new("assets/dateline.css"))
        );
    }

    #[test]
    fn another_theme_changes_some_files_and_keeps_the_rest() {
        let (default, other) = (embedded(ThemeName::Default), embedded(ThemeName::Situation));
        assert_ne!(default["article.html"], other["article.html"]);
        assert_eq!(default["base.html"], other["base.html"]);
        assert!(other.contains_key("assets/situation.css"));
        assert!(default.keys().all(|path| !path.contains("situation")));
    }

    #[test]
    fn a_site_overrides_file_by_file() {
        let theme = with("404.html", "Gone: {{ title }}").unwrap();
        let view = std::collections::BTreeMap::from([("title", "<x>")]);
        let rendering = theme.render("404.html", &view).unwrap();
        assert_eq!(rendering, "Gone: &lt;x&gt;".to_owned().into());
        let rendering = theme.keeping_contexts(true).render("404.html", &view);
        let context = String::from_utf8(rendering.unwrap().context.unwrap()).unwrap();
        assert!(context.contains(r#""title": "<x>""#), "{context}");
    }

    #[test]
    fn mistakes_have_a_place() {
        let problem = with("404.html", "a\n{{ title ").err().unwrap();
        assert_eq!(
            (problem.code, &*problem.path),
            (Code::TemplateSyntax, Utf8Path::new("templates/404.html"))
        );
        assert!(problem.span.is_some());
        let theme = with("404.html", "a\n{{ titel }}").unwrap();
        let problem = theme
            .render(
                "404.html",
                &std::collections::BTreeMap::from([("title", "")]),
            )
            .err()
            .unwrap();
        assert_eq!(problem.code, Code::TemplateRender);
    }
}
