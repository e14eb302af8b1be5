//! A briefing to write: front matter and Markdown.

use serde_json::{Map, Value};

use crate::{
    editing::quote::scalar,
    importing::date::Written,
    model::article::{Citation, LeadImage},
};

/// A briefing, or a page where it has no date.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Draft {
    /// Headline.
    pub title: String,
    /// Date; without one it is a page.
    pub date: Option<Written>,
    /// Last change.
    pub updated: Option<Written>,
    /// Not to be published.
    pub draft: bool,
    /// Not before.
    pub publish_at: Option<Written>,
    /// Not after.
    pub expires_at: Option<Written>,
    /// By-line.
    pub authors: Vec<String>,
    /// Standfirst.
    pub summary: Option<String>,
    /// Topics.
    pub topics: Vec<String>,
    /// Tags.
    pub tags: Vec<String>,
    /// Storyline.
    pub storyline: Option<String>,
    /// Lead image.
    pub image: Option<LeadImage>,
    /// Sources.
    pub sources: Vec<Citation>,
    /// Language.
    pub language: Option<String>,
    /// Slug, where it is not that of the file's name.
    pub slug: Option<String>,
    /// Old addresses.
    pub aliases: Vec<String>,
    /// What has no key of its own.
    pub extra: Map<String, Value>,
    /// Lines for the editor, written as YAML comments.
    pub remarks: Vec<String>,
    /// Markdown.
    pub body: String,
}

impl Draft {
    /// The file's text.
    #[must_use]
    pub fn text(&self) -> String {
        let mut out = Yaml::default();
        out.pair("title", &self.title);
        if self.date.is_some() {
            self.briefing(&mut out);
        } else {
            out.optional("slug", self.slug.as_deref());
            out.optional("summary", self.summary.as_deref());
        }
        let body = self.body.trim();
        let end = if body.is_empty() { "" } else { "\n" };
        format!("---\n{}---\n\n{body}{end}", out.0)
    }

    fn briefing(&self, out: &mut Yaml) {
        let moments = [
            ("date", &self.date),
            ("updated", &self.updated),
            ("publish_at", &self.publish_at),
            ("expires_at", &self.expires_at),
        ];
        for (key, moment) in moments {
            if let Some(moment) = moment {
                out.line(&format!("{key}: {}", moment.text));
            }
        }
        if self.draft {
            out.line("draft: true");
        }
        out.list("authors", &self.authors);
        out.optional("summary", self.summary.as_deref());
        out.list("topics", &self.topics);
        out.list("tags", &self.tags);
        out.optional("storyline", self.storyline.as_deref());
        if let Some(image) = &self.image {
            out.line("image:");
            out.pair("  src", &image.src);
            out.pair("  alt", &image.alt);
            out.optional("  caption", image.caption.as_deref());
            out.optional("  credit", image.credit.as_deref());
            out.optional("  licence", image.licence.as_deref());
        }
        if !self.sources.is_empty() {
            out.line("sources:");
        }
        for source in &self.sources {
            out.pair("  - title", &source.title);
            out.optional("    url", source.url.as_deref());
            out.optional("    publisher", source.publisher.as_deref());
            if let Some(date) = source.date {
                out.line(&format!("    date: {date}"));
            }
        }
        out.optional("language", self.language.as_deref());
        out.optional("slug", self.slug.as_deref());
        out.list("aliases", &self.aliases);
        for remark in &self.remarks {
            out.line(&format!("# {}", remark.replace('\n', " ")));
        }
        if !self.extra.is_empty() {
            out.line("extra:");
            for (key, value) in &self.extra {
                out.line(&format!("  {}: {}", key_of(key), flow(value)));
            }
        }
    }
}

/// Lines of YAML.
#[derive(Default)]
struct Yaml(String);

impl Yaml {
    fn line(&mut self, line: &str) {
        self.0.push_str(line);
        self.0.push('\n');
    }

    fn pair(&mut self, key: &str, value: &str) {
        self.line(&format!("{key}: {}", scalar(value)));
    }

    fn optional(&mut self, key: &str, value: Option<&str>) {
        if let Some(value) = value.filter(|value| !value.is_empty()) {
            self.pair(key, value);
        }
    }

    fn list(&mut self, key: &str, items: &[String]) {
        if !items.is_empty() {
            let items: Vec<String> = items.iter().map(|item| scalar(item)).collect();
            self.line(&format!("{key}: [{}]", items.join(", ")));
        }
    }
}

/// A key: plain where it is a word of programs, such as `sidebar_position`.
fn key_of(key: &str) -> String {
    let is_word = key.starts_with(|c: char| c.is_ascii_alphabetic())
        && key.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_');
    match is_word && key.contains('_') {
        true => key.to_owned(),
        false => scalar(key),
    }
}

/// A value on one line, as YAML writes it.
fn flow(value: &Value) -> String {
    match value {
        Value::String(text) => scalar(text),
        Value::Array(items) => {
            let items: Vec<String> = items.iter().map(flow).collect();
            format!("[{}]", items.join(", "))
        }
        Value::Object(map) => {
            let pair =
                |(key, value): (&String, &Value)| format!("{}: {}", key_of(key), flow(value));
            let pairs: Vec<String> = map.iter().map(pair).collect();
            format!("{{{}}}", pairs.join(", "))
        }
        other => other.to_string(),
    }
}
