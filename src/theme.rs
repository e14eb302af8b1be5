//! The theme: templates and their assets, embedded in the program, overridden file by file.

use std::collections::BTreeMap;

use camino::{Utf8Path, Utf8PathBuf};
use include_dir::{Dir, include_dir};
use serde::Serialize;
use tera::{Context, ErrorKind, Tera};

use crate::{
    diagnostic::{Code, Diagnostic},
    model::{source::SourceFile, span::Span},
};

static EMBEDDED: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/templates");

/// Templates, compiled, and the files that go beside the pages.
#[derive(Debug)]
pub struct Theme {
    tera: Tera,
    sources: BTreeMap<String, String>,
    assets: BTreeMap<Utf8PathBuf, Vec<u8>>,
}

impl Theme {
    /// The embedded theme with `overrides` in place of its files of the same name.
    ///
    /// # Errors
    /// A diagnostic for the template that cannot be parsed.
    pub fn load(overrides: &[SourceFile]) -> Result<Self, Box<Diagnostic>> {
        let mut files: BTreeMap<String, Vec<u8>> = BTreeMap::new();
        collect(&EMBEDDED, &mut files);
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
        let named = sources
            .iter()
            .map(|(name, text)| (name.as_str(), text.as_str()));
        tera.add_raw_templates(named)
            .map_err(|error| problem(&error, &sources))?;
        Ok(Self {
            tera,
            sources,
            assets,
        })
    }

    /// Renders `template` with `view`.
    ///
    /// # Errors
    /// A diagnostic at the place in the template that cannot be rendered.
    pub fn render(&self, template: &str, view: &impl Serialize) -> Result<String, Box<Diagnostic>> {
        let context =
            Context::from_serialize(view).map_err(|error| problem(&error, &self.sources))?;
        self.tera
            .render(template, &context)
            .map_err(|error| problem(&error, &self.sources))
    }

    /// Stylesheets, scripts and the like, by their path in the output.
    #[must_use]
    pub fn assets(&self) -> &BTreeMap<Utf8PathBuf, Vec<u8>> {
        &self.assets
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

fn collect(dir: &Dir<'_>, files: &mut BTreeMap<String, Vec<u8>>) {
    for file in dir.files() {
        if let Some(path) = Utf8Path::from_path(file.path()) {
            files.insert(path.as_str().replace('\\', "/"), file.contents().to_vec());
        }
    }
    for dir in dir.dirs() {
        collect(dir, files);
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
        Theme::load(&[SourceFile {
            path: name.into(),
            text: text.into(),
        }])
    }

    #[test]
    fn the_embedded_theme_is_whole() {
        let theme = Theme::load(&[]).unwrap();
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
    fn a_site_overrides_file_by_file() {
        let theme = with("404.html", "Gone: {{ title }}").unwrap();
        let view = std::collections::BTreeMap::from([("title", "<x>")]);
        assert_eq!(theme.render("404.html", &view).unwrap(), "Gone: &lt;x&gt;");
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
