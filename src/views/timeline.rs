//! Parts of the timeline.

use serde::Serialize;

use super::parts::{EntityLink, PageLink, TextLanguage};

/// A dated sentence.
#[derive(Debug, Clone, Serialize)]
pub struct TimelineEntryView {
    /// The date as ISO 8601 or EDTF.
    pub date_iso: String,
    /// The date as readers write it, no more exact than the text.
    pub date: String,
    /// The sentence, its date marked.
    pub sentence_html: String,
    /// The language of the sentence, if it is not the site's.
    pub language: Option<TextLanguage>,
    /// The article that says so; none on that article's own page.
    pub article: Option<PageLink>,
    /// The entities in the sentence.
    pub entities: Vec<EntityLink>,
}

/// A month of the timeline, or a year's sentences that name no month.
#[derive(Debug, Clone, Serialize)]
pub struct TimelineMonth {
    /// The heading.
    pub label: String,
    /// The fragment: `2024-03`, or `2024` without a month.
    pub id: String,
    /// Dated sentences and articles in it.
    pub count: usize,
    /// Its days, newest first; what names no day comes last.
    pub days: Vec<TimelineDay>,
    /// How many of them are shown here.
    pub shown: usize,
    /// Where all of them are, or where they begin.
    pub all: String,
}

/// A day of the timeline.
#[derive(Debug, Clone, Serialize)]
pub struct TimelineDay {
    /// The day as readers write it; none for what names no day.
    pub label: Option<String>,
    /// The day as ISO 8601, also its fragment.
    pub id: Option<String>,
    /// Sentences that tell of it.
    pub reported: Vec<TimelineEntryView>,
    /// Articles of that day.
    pub published: Vec<PageLink>,
}

/// A year in the overview, with bars in hundredths of the longest.
#[derive(Debug, Clone, Serialize)]
pub struct YearBar {
    /// The year.
    pub label: String,
    /// Its page.
    pub url: String,
    /// Dated sentences.
    pub reported: usize,
    /// Articles.
    pub published: usize,
    /// Length of the bar for dated sentences.
    pub reported_width: f32,
    /// Length of the bar for articles.
    pub published_width: f32,
    /// Its months that have something.
    pub months: Vec<MonthLink>,
}

/// A month with its page or its place on one.
#[derive(Debug, Clone, Serialize)]
pub struct MonthLink {
    /// The month.
    pub label: String,
    /// Where it leads.
    pub url: String,
    /// Dated sentences and articles in it.
    pub count: usize,
}

/// Pages of one family that show a part of the timeline.
#[derive(Debug, Clone, Serialize)]
pub struct FilterGroup {
    /// `kind`, `topic` or `storyline`.
    pub family: &'static str,
    /// The pages.
    pub links: Vec<FilterLink>,
}

/// A page that shows a part of the timeline.
#[derive(Debug, Clone, Serialize)]
pub struct FilterLink {
    /// The kind, topic or storyline.
    pub label: String,
    /// Where it leads.
    pub url: String,
    /// True for the page that is shown.
    pub current: bool,
}
