//! What the pages about the site itself are given.

use serde::Serialize;

use super::parts::{Frame, PageLink, TocEntry};

/// `corrections.html`: all corrections.
#[derive(Debug, Clone, Serialize)]
pub struct CorrectionsView {
    /// What is around it.
    pub frame: Frame,
    /// Title.
    pub title: String,
    /// One line about it, from `content/pages/corrections.md`.
    pub summary: Option<String>,
    /// The text of that page.
    pub body_html: Option<String>,
    /// The corrections, newest first.
    pub corrections: Vec<CorrectionEntry>,
}

/// `bibliography.html`: all works that the site cites.
#[derive(Debug, Clone, Serialize)]
pub struct BibliographyView {
    /// What is around it.
    pub frame: Frame,
    /// The works, in the order of the style.
    pub works: Vec<WorkView>,
}

/// A work that the site cites.
#[derive(Debug, Clone, Serialize)]
pub struct WorkView {
    /// Its fragment.
    pub id: String,
    /// The work as the site's style writes it.
    pub text_html: String,
    /// What cites it: briefings, the newest first, then pages. Each link leads to the work there.
    pub cited_in: Vec<PageLink>,
}

/// `redacted.html`: stands at the address of an article that was redacted, of which it says nothing.
#[derive(Debug, Clone, Serialize)]
pub struct RedactedView {
    /// What is around it.
    pub frame: Frame,
    /// Why, as the article's front matter tells readers.
    pub reason: Option<String>,
}

/// `methods.html`: how names and dates are found, by the settings of this site.
#[derive(Debug, Clone, Serialize)]
pub struct MethodsView {
    /// What is around it.
    pub frame: Frame,
    /// Title.
    pub title: String,
    /// One line about it, from `content/pages/methods.md`.
    pub summary: Option<String>,
    /// The text of that page.
    pub body_html: Option<String>,
    /// The headings of that page.
    pub toc: Vec<TocEntry>,
    /// How many articles there are.
    pub article_count: usize,
    /// Whether the program looks for names that nobody registered.
    pub detects: bool,
    /// How sure it must be of such a name, in per cent.
    pub min_confidence: u32,
    /// The languages of the articles, the most used first.
    pub languages: Vec<LanguageView>,
    /// The languages whose words for times are read.
    pub date_languages: Vec<String>,
    /// How many entities of each kind there are.
    pub kinds: Vec<KindStates>,
    /// How many entities the registry has.
    pub registered: usize,
    /// How many found names an editor accepted.
    pub accepted: usize,
    /// How many an editor rejected.
    pub rejected: usize,
    /// How many mean an entity of the registry.
    pub merged: usize,
    /// How many names never are entities.
    pub suppressed: usize,
    /// Data of others that the program holds.
    pub data: Vec<DataSourceView>,
}

/// A correction with its article.
#[derive(Debug, Clone, Serialize)]
pub struct CorrectionEntry {
    /// Date as ISO 8601.
    pub date_iso: String,
    /// Date as readers write it.
    pub date: String,
    /// What was wrong, and what is right.
    pub text: String,
    /// The article that was corrected.
    pub article: PageLink,
}

/// A kind of entity, with who vouches for how many.
#[derive(Debug, Clone, Serialize)]
pub struct KindStates {
    /// `person` and so on.
    pub kind: &'static str,
    /// The plural, as a heading.
    pub label: String,
    /// The list of them.
    pub url: String,
    /// How many the registry or an editor vouches for.
    pub confirmed: usize,
    /// How many only the program found.
    pub detected: usize,
}

/// A language of the articles.
#[derive(Debug, Clone, Serialize)]
pub struct LanguageView {
    /// BCP 47.
    pub code: String,
    /// Its name.
    pub label: String,
    /// How many articles are in it.
    pub count: usize,
}

/// Data of others that the program holds.
#[derive(Debug, Clone, Serialize)]
pub struct DataSourceView {
    /// What it is for: `places`, `outlines` or `tagger`.
    pub id: &'static str,
    /// Its name.
    pub name: &'static str,
    /// Its address.
    pub url: Option<&'static str>,
    /// Its licence.
    pub licence: String,
    /// How many things it holds.
    pub count: Option<usize>,
}
