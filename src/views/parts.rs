//! Parts that several pages share.

use std::collections::BTreeMap;

use serde::Serialize;

use super::entities::SeenView;

/// The site, the same on every page.
#[derive(Debug, Clone, Default, Serialize)]
pub struct SiteView {
    /// The site's name.
    pub title: String,
    /// One line about it.
    pub description: Option<String>,
    /// Who publishes it.
    pub author: Option<String>,
    /// The public address, without a slash at the end.
    pub base_url: String,
    /// BCP 47 language.
    pub language: String,
    /// The theme's name: `default` or another, whose stylesheet is `assets/NAME.css`.
    pub theme: &'static str,
    /// A line in the footer, from `site.yaml`'s `theme`.
    pub footer: Option<String>,
    /// True where `site.yaml` gives colours or the site has a brand: both are in `assets/site.css`.
    pub has_colours: bool,
    /// True where the site is there as data too: tables, and JSON and Markdown beside each briefing.
    pub has_data: bool,
    /// True where there is a timeline.
    pub has_timeline: bool,
    /// The publisher's own values, from `site.yaml`'s `extra`.
    pub extra: BTreeMap<String, serde_json::Value>,
    /// Dateline's version.
    pub generator: String,
}

/// An item of the site's navigation.
#[derive(Debug, Clone, Serialize)]
pub struct NavItem {
    /// What it says.
    pub label: String,
    /// Where it leads, from this page.
    pub url: String,
    /// True for the page that is shown.
    pub current: bool,
}

/// What every page has around its own content.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Frame {
    /// The site.
    pub site: SiteView,
    /// The page's title, unique in the site.
    pub title: String,
    /// One line about the page, for search engines and previews.
    pub description: Option<String>,
    /// `../` for each folder that the page is in; before an address of the site it leads there.
    pub root: String,
    /// The page's public address; none for a page that is shown at any address.
    pub canonical: Option<String>,
    /// The page shows code, whose colours are in `assets/code.css`.
    pub has_code: bool,
    /// The way from the home page.
    pub crumbs: Vec<Crumb>,
    /// The site's navigation.
    pub nav: Vec<NavItem>,
    /// Pages about the site and its lists, for the foot of the page.
    pub more: Vec<NavItem>,
    /// The page's own feed, from this page.
    pub feed: Option<String>,
    /// The languages of the briefings, where there are several.
    pub languages: Vec<LanguageLink>,
    /// BCP 47 language of the site, in which everything around the texts is.
    pub language: String,
    /// `ltr` or `rtl`: the direction in which its language is written.
    pub direction: &'static str,
    /// What the page is about, as JSON-LD: the text of a script element.
    pub structured_data_html: Option<String>,
    /// `article` or `website`, for OpenGraph.
    pub og_type: &'static str,
    /// What other sites show beside a link to the page; none without a `base_url`.
    pub social_image: Option<SocialImageView>,
}

/// A picture beside a link on another site.
#[derive(Debug, Clone, Serialize)]
pub struct SocialImageView {
    /// Its whole address.
    pub url: String,
    /// Alternative text.
    pub alt: String,
    /// Width in pixels.
    pub width: u32,
    /// Height in pixels.
    pub height: u32,
}

/// A step on the way from the home page.
#[derive(Debug, Clone, Serialize)]
pub struct Crumb {
    /// What it says.
    pub label: String,
    /// Where it leads; none for the page itself.
    pub url: Option<String>,
}

/// A link to another page.
#[derive(Debug, Clone, Serialize)]
pub struct PageLink {
    /// What it says.
    pub label: String,
    /// The language of the label, if it is not the site's.
    pub language: Option<TextLanguage>,
    /// Where it leads.
    pub url: String,
}

/// A topic, tag or storyline.
#[derive(Debug, Clone, Serialize)]
pub struct TermLink {
    /// What it says.
    pub label: String,
    /// Where it leads.
    pub url: String,
    /// How many articles it has.
    pub count: usize,
}

/// An article in a list.
#[derive(Debug, Clone, Serialize)]
pub struct ArticleCard {
    /// Headline.
    pub title: String,
    /// Where it leads.
    pub url: String,
    /// Standfirst, or its first words.
    pub summary: String,
    /// The language of both, if it is not the site's.
    pub language: Option<TextLanguage>,
    /// Date as ISO 8601.
    pub date_iso: String,
    /// Date as readers write it.
    pub date: String,
    /// The place of its dateline.
    pub dateline: Option<String>,
    /// Minutes to read it.
    pub reading_minutes: u32,
    /// Its lead image.
    pub image: Option<ImageView>,
    /// Its storyline.
    pub storyline: Option<TermLink>,
    /// The entities that it is most about.
    pub entities: Vec<EntityLink>,
}

/// The language of a text that is not in the site's.
#[derive(Debug, Clone, Serialize)]
pub struct TextLanguage {
    /// BCP 47 tag, for `lang`.
    pub tag: String,
    /// `ltr` or `rtl`, for `dir`.
    pub direction: &'static str,
}

/// A language of the site's briefings.
#[derive(Debug, Clone, Serialize)]
pub struct LanguageLink {
    /// Its tag, for `hreflang` and `lang`.
    pub tag: String,
    /// `ltr` or `rtl`, for `dir`.
    pub direction: &'static str,
    /// What it is called in itself.
    pub name: String,
    /// Where the list of its briefings stands, from this page.
    pub url: String,
    /// Where its feed stands, from this page.
    pub feed: String,
}

/// What an entity is called in another language.
#[derive(Debug, Clone, Serialize)]
pub struct ForeignName {
    /// Its name there.
    pub name: String,
    /// The language, for `lang` and `dir`.
    pub language: TextLanguage,
    /// The language in words.
    pub label: String,
}

/// The same article in another language.
#[derive(Debug, Clone, Serialize)]
pub struct TranslationView {
    /// BCP 47 tag of its language.
    pub tag: String,
    /// `ltr` or `rtl`.
    pub direction: &'static str,
    /// What the language calls itself; the tag where that is not known.
    pub name: String,
    /// Its headline.
    pub title: String,
    /// Where it leads.
    pub url: String,
    /// Its public address.
    pub canonical: String,
}

/// A link to an entity.
#[derive(Debug, Clone, Serialize)]
pub struct EntityLink {
    /// Its name.
    pub name: String,
    /// Where it leads.
    pub url: String,
    /// `person`, `organisation`, `place` or `event`.
    pub kind: &'static str,
    /// True when the registry or an editor vouches for it.
    pub confirmed: bool,
    /// The language of the name, where it is that of the text around and not the site's.
    pub language: Option<TextLanguage>,
}

/// A map, in units of its drawing.
#[derive(Debug, Clone, Serialize)]
pub struct MapView {
    /// Width of the drawing.
    pub width: f32,
    /// Height of the drawing.
    pub height: f32,
    /// SVG path of the land.
    pub land: String,
    /// SVG path of the borders.
    pub borders: String,
    /// The markers.
    pub markers: Vec<MarkerView>,
    /// What the numbers on the markers stand for.
    pub places: Vec<PlaceOnMap>,
}

/// A marker on a map; near places share one.
#[derive(Debug, Clone, Serialize)]
pub struct MarkerView {
    /// Its middle, from the left.
    pub x: f32,
    /// Its middle, from the top.
    pub y: f32,
    /// The numbers of its places.
    pub label: String,
    /// Room for the label.
    pub width: f32,
}

/// A place on a map.
#[derive(Debug, Clone, Serialize)]
pub struct PlaceOnMap {
    /// Its number, from 1.
    pub number: usize,
    /// The place.
    pub entity: EntityLink,
    /// How often it is named here.
    pub count: usize,
}

/// An entity in an article's sidebar.
#[derive(Debug, Clone, Serialize)]
pub struct MentionEntry {
    /// The entity.
    pub entity: EntityLink,
    /// How often the article names it.
    pub count: u32,
    /// Its first mention on the page, as `#fragment`.
    pub first: Option<String>,
    /// Other names that the article has for it.
    pub also: Vec<String>,
    /// "as government", "its people", where that is how it is named.
    pub note: Option<String>,
    /// What it is, from the registry.
    pub description: Option<String>,
    /// The author says that the article is about it.
    pub about: bool,
    /// Why the article lists it; none in the cast of several.
    pub why: Option<WhyView>,
    /// The first article that names it, in the cast of several.
    pub first_seen: Option<SeenView>,
    /// The last article that names it, if that is another one.
    pub last_seen: Option<SeenView>,
}

/// Why an article lists an entity.
#[derive(Debug, Clone, Serialize)]
pub struct WhyView {
    /// The rule by which it was found: `registry`, `recogniser` and so on, as in `mentions.csv`.
    pub rule: &'static str,
    /// The sentence that it rests on, long ones cut; none where only the front matter names it.
    pub sentence: Option<String>,
}

/// The entities of one kind in a sidebar.
#[derive(Debug, Clone, Serialize)]
pub struct SidebarGroup {
    /// `person` and so on; `source`, `nationality`.
    pub kind: &'static str,
    /// The heading.
    pub label: String,
    /// The entities, most named first.
    pub entries: Vec<MentionEntry>,
}

/// A name that may mean several entities.
#[derive(Debug, Clone, Serialize)]
pub struct Ambiguity {
    /// The name.
    pub name: String,
    /// What it may mean.
    pub candidates: Vec<EntityLink>,
}

/// A related article.
#[derive(Debug, Clone, Serialize)]
pub struct RelatedView {
    /// The article.
    pub article: ArticleCard,
    /// Why: "also on ISKP and Tajikistan".
    pub reason: String,
}

/// A heading of the contents list.
#[derive(Debug, Clone, Serialize)]
pub struct TocEntry {
    /// 2 to 6.
    pub level: u8,
    /// The fragment, without `#`.
    pub id: String,
    /// What it says.
    pub text: String,
}

/// A source that an article cites.
#[derive(Debug, Clone, Serialize)]
pub struct SourceView {
    /// Title.
    pub title: String,
    /// Address, if it is on the web.
    pub url: Option<String>,
    /// Publisher.
    pub publisher: Option<String>,
    /// Date as readers write it.
    pub date: Option<String>,
    /// An archived copy.
    pub archive_url: Option<String>,
}

/// An address that a text links to, as a note.
#[derive(Debug, Clone, Serialize)]
pub struct LinkNoteView {
    /// Its number, after those of the sources.
    pub number: usize,
    /// The address.
    pub url: String,
}

/// A correction.
#[derive(Debug, Clone, Serialize)]
pub struct CorrectionView {
    /// Date as readers write it.
    pub date: String,
    /// What was wrong, and what is right.
    pub text: String,
}

/// A point that an article makes.
#[derive(Debug, Clone, Serialize)]
pub struct KeyPointView {
    /// One line, with links and emphasis.
    pub text_html: String,
}

/// The lead image.
#[derive(Debug, Clone, Serialize)]
pub struct ImageView {
    /// Address from this page.
    pub src: String,
    /// The same picture in several widths, as HTML's `srcset`; none where there is one file.
    pub srcset: Option<String>,
    /// How wide it is shown, as HTML's `sizes`; where there is a `srcset`.
    pub sizes: Option<&'static str>,
    /// Width in pixels, where it is known.
    pub width: Option<u32>,
    /// Height in pixels, where it is known.
    pub height: Option<u32>,
    /// Alternative text.
    pub alt: String,
    /// Caption.
    pub caption: Option<String>,
    /// Credit and licence.
    pub credit: Option<String>,
}

/// A sentence that names an entity.
#[derive(Debug, Clone, Serialize)]
pub struct BacklinkView {
    /// The sentence, the name marked.
    pub sentence_html: String,
    /// Where it stands in the article.
    pub url: String,
}

/// An article that names an entity, with its sentences.
#[derive(Debug, Clone, Serialize)]
pub struct EntityGroup {
    /// The article.
    pub article: ArticleCard,
    /// The year, for the first article of a year on the page.
    pub year: Option<String>,
    /// The first sentences, in the order of the text.
    pub sentences: Vec<BacklinkView>,
    /// The sentences after them, to be folded away.
    pub folded: Vec<BacklinkView>,
    /// How many those are.
    pub more: usize,
}

/// A quotation.
#[derive(Debug, Clone, Serialize)]
pub struct QuotationView {
    /// The words, without marks.
    pub text: String,
    /// The language of the words, if it is not the site's.
    pub language: Option<TextLanguage>,
    /// Who said so, if the text makes it plain.
    pub speaker: Option<EntityLink>,
    /// The article that quotes it; none on that article's own page.
    pub article: Option<PageLink>,
}

/// A source of information that has no name of its own.
#[derive(Debug, Clone, Serialize)]
pub struct AttributionView {
    /// The words: "prosecutors", "two senior officials".
    pub label: String,
    /// How many sentences it is given for.
    pub count: usize,
    /// The first of them.
    pub sentence: String,
}

/// A kind of entity, with how many there are.
#[derive(Debug, Clone, Serialize)]
pub struct KindCount {
    /// `person` and so on.
    pub kind: &'static str,
    /// The plural, as a heading.
    pub label: String,
    /// The list of them.
    pub url: String,
    /// How many.
    pub count: usize,
    /// True for the kind that is shown.
    pub current: bool,
}

/// The letters under which the entities of a kind stand.
#[derive(Debug, Clone, Serialize)]
pub struct KindLetters {
    /// `person` and so on.
    pub kind: &'static str,
    /// The plural, as a heading.
    pub label: String,
    /// A letter each, or `#`, with where it leads.
    pub letters: Vec<PageLink>,
}

/// Entities that begin with one letter.
#[derive(Debug, Clone, Serialize)]
pub struct LetterGroup {
    /// The letter, or `#`.
    pub letter: String,
    /// The fragment.
    pub id: String,
    /// The entities, with how many articles name them.
    pub entries: Vec<IndexEntry>,
}

/// An entity in an index.
#[derive(Debug, Clone, Serialize)]
pub struct IndexEntry {
    /// The entity.
    pub entity: EntityLink,
    /// What it is, from the registry.
    pub description: Option<String>,
    /// How many articles name it.
    pub count: usize,
}

/// Where a page stands in a list of pages.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Pager {
    /// This page, from 1.
    pub page: usize,
    /// All pages.
    pub pages: usize,
    /// The page with newer articles.
    pub newer: Option<String>,
    /// The page with older articles.
    pub older: Option<String>,
}
