//! The root struct of each template.

use std::collections::BTreeMap;

use serde::Serialize;

use super::{
    entities::{
        CompanionView, CountryEntry, DescriptionView, IndexGroup, KindOverview, LetterLink,
        NetworkView, QuestionView, RoleView,
    },
    parts::{
        Ambiguity, ArticleCard, AttributionView, CorrectionView, EntityGroup, EntityLink,
        ForeignName, Frame, ImageView, IndexEntry, KeyPointView, KindCount, KindLetters,
        LetterGroup, LinkNoteView, MapView, PageLink, Pager, QuotationView, RelatedView,
        SidebarGroup, SourceView, TermLink, TextLanguage, TocEntry, TranslationView,
    },
    timeline::{FilterGroup, MonthLink, TimelineEntryView, TimelineMonth, YearBar},
};

/// `article.html`: a briefing.
#[derive(Debug, Clone, Serialize)]
pub struct ArticleView {
    /// What is around it.
    pub frame: Frame,
    /// Headline.
    pub title: String,
    /// Standfirst.
    pub summary: Option<String>,
    /// The language of the text, if it is not the site's.
    pub language: Option<TextLanguage>,
    /// The same in other languages.
    pub translations: Vec<TranslationView>,
    /// The points that it makes.
    pub key_points: Vec<KeyPointView>,
    /// Date of publication as ISO 8601.
    pub date_iso: String,
    /// Date of publication as readers write it.
    pub date: String,
    /// Last change as ISO 8601.
    pub updated_iso: Option<String>,
    /// Last change as readers write it.
    pub updated: Option<String>,
    /// By-line.
    pub authors: Vec<String>,
    /// The place of the dateline.
    pub dateline: Option<String>,
    /// Minutes to read it.
    pub reading_minutes: u32,
    /// Words of prose.
    pub word_count: u32,
    /// `TLP:GREEN` and so on.
    pub marking: Option<&'static str>,
    /// True for a draft, which only `--drafts` builds.
    pub draft: bool,
    /// Lead image.
    pub image: Option<ImageView>,
    /// The text.
    pub body_html: String,
    /// Its headings.
    pub toc: Vec<TocEntry>,
    /// Its entities by kind.
    pub sidebar: Vec<SidebarGroup>,
    /// Names that may mean several entities.
    pub ambiguous: Vec<Ambiguity>,
    /// Where its places are, if there are two or more.
    pub map: Option<MapView>,
    /// Its dated sentences.
    pub timeline: Vec<TimelineEntryView>,
    /// Its quotations with a speaker.
    pub quotations: Vec<QuotationView>,
    /// Whom it names as the source of what it tells: "prosecutors", "two officials".
    pub attributions: Vec<AttributionView>,
    /// Topics.
    pub topics: Vec<TermLink>,
    /// Tags.
    pub tags: Vec<TermLink>,
    /// Storyline.
    pub storyline: Option<TermLink>,
    /// The storyline's other articles, newest first.
    pub storyline_articles: Vec<PageLink>,
    /// Related articles, best first.
    pub related: Vec<RelatedView>,
    /// Articles that link here.
    pub linked_from: Vec<PageLink>,
    /// Sources that it cites.
    pub sources: Vec<SourceView>,
    /// For print: addresses that the text links to, but those of sources. Its links say the numbers as
    /// `data-note`.
    pub link_notes: Vec<LinkNoteView>,
    /// Corrections, newest first.
    pub corrections: Vec<CorrectionView>,
    /// It as Markdown, from this page.
    pub markdown_url: &'static str,
    /// How to cite it.
    pub citation: String,
    /// The files of `content/data/` that the front matter's `data` names, by name without ending: rows of
    /// CSV as maps, JSON and YAML as they are.
    pub data: BTreeMap<String, serde_json::Value>,
    /// The author's own values, from the front matter's `extra`.
    pub extra: BTreeMap<String, serde_json::Value>,
    /// The article before it in time.
    pub older: Option<PageLink>,
    /// The article after it in time.
    pub newer: Option<PageLink>,
}

/// `article.md`: a briefing as Markdown. Every text is Markdown: what is special in it is escaped.
#[derive(Debug, Clone, Serialize)]
pub struct MarkdownView {
    /// The public address of its page.
    pub url: String,
    /// Headline.
    pub title: String,
    /// Standfirst.
    pub summary: Option<String>,
    /// The points that it makes, with public addresses.
    pub key_points: Vec<String>,
    /// By-line.
    pub authors: Vec<String>,
    /// The place of the dateline.
    pub dateline: Option<String>,
    /// Date of publication as readers write it.
    pub date: String,
    /// Last change as readers write it.
    pub updated: Option<String>,
    /// `TLP:GREEN` and so on.
    pub marking: Option<&'static str>,
    /// Lead image, with a public address.
    pub image: Option<ImageView>,
    /// The site's name.
    pub site_title: String,
    /// The text, with public addresses; comments and raw HTML are left out.
    pub body: String,
    /// Sources that it cites.
    pub sources: Vec<SourceView>,
    /// Corrections, newest first.
    pub corrections: Vec<CorrectionView>,
}

/// `entity.html`: a person, organisation, place or event. A long list of mentions goes on over further
/// pages, which have only what the frame, `name`, `kind`, the counts, `mentions`, `years` and `pager` say.
#[derive(Debug, Clone, Default, Serialize)]
pub struct EntityView {
    /// What is around it.
    pub frame: Frame,
    /// Its name.
    pub name: String,
    /// `person` and so on.
    pub kind: &'static str,
    /// The kind as a heading.
    pub kind_label: String,
    /// True when the registry or an editor vouches for it.
    pub confirmed: bool,
    /// "Confirmed by the editors" or "Detected by the machine".
    pub state: String,
    /// Other names in the script of its name.
    pub aliases: Vec<String>,
    /// Other names in other scripts.
    pub other_scripts: Vec<String>,
    /// What it is called in other languages, as the registry has it.
    pub names: Vec<ForeignName>,
    /// What it is, in one line.
    pub description: Option<String>,
    /// The hand-written profile.
    pub profile_html: String,
    /// The roles that it has or had, the latest first.
    pub roles: Vec<RoleView>,
    /// Who has or had a role there, the latest first.
    pub members: Vec<RoleView>,
    /// What briefings call a person, the newest first.
    pub descriptions: Vec<DescriptionView>,
    /// When it happened, for events.
    pub dates: Option<String>,
    /// Latitude and longitude in degrees, as text.
    pub coordinates: Option<String>,
    /// Where it is.
    pub map: Option<MapView>,
    /// The country's name.
    pub country: Option<String>,
    /// The list of what belongs to that country.
    pub country_url: Option<String>,
    /// What it is part of.
    pub part_of: Option<EntityLink>,
    /// What is part of it.
    pub parts: Vec<EntityLink>,
    /// Where the places are that its sentences name, if there are two or more; none for a place.
    pub named_places: Option<MapView>,
    /// The same thing elsewhere: its website, registers, other addresses.
    pub same_as: Vec<PageLink>,
    /// How many articles name it.
    pub article_count: usize,
    /// How many sentences name it.
    pub sentence_count: usize,
    /// The articles of this page that name it, newest first, with their sentences.
    pub mentions: Vec<EntityGroup>,
    /// The years in which articles name it, newest first, with the page and place where each begins.
    pub years: Vec<TermLink>,
    /// Where this page stands.
    pub pager: Pager,
    /// Articles that are on later pages.
    pub more_articles: usize,
    /// Entities named in the same articles, and in which.
    pub appears_with: Vec<CompanionView>,
    /// The entities named with it most, and who of them is named with whom; none where there is
    /// little to see.
    pub network: Option<NetworkView>,
    /// What it is quoted with.
    pub quotations: Vec<QuotationView>,
    /// What others are quoted with that names it.
    pub quotations_about: Vec<QuotationView>,
    /// Dated sentences that name it.
    pub timeline: Vec<TimelineEntryView>,
}

/// `entity_index.html`: all entities of a kind. Where there are many each letter has its own page.
#[derive(Debug, Clone, Default, Serialize)]
pub struct EntityIndexView {
    /// What is around it.
    pub frame: Frame,
    /// The kind as a heading.
    pub label: String,
    /// All kinds.
    pub kinds: Vec<KindCount>,
    /// How many of them the registry or an editor vouches for.
    pub confirmed_count: usize,
    /// How many the program alone has found.
    pub detected_count: usize,
    /// The most named; none on the page of a letter.
    pub top: Vec<IndexEntry>,
    /// The label, on the page of a letter with that letter.
    pub heading: String,
    /// All letters, with the place or page of each.
    pub all_letters: Vec<LetterLink>,
    /// The list of countries, if any of the kind belongs to one.
    pub by_country: Option<String>,
    /// All of this page, by letter.
    pub letters: Vec<LetterGroup>,
    /// Where this page stands among those of its letter.
    pub pager: Pager,
}

/// `entities.html`: what the site names, over all kinds.
#[derive(Debug, Clone, Serialize)]
pub struct EntitiesView {
    /// What is around it.
    pub frame: Frame,
    /// The kinds, each with those that most articles name.
    pub kinds: Vec<KindOverview>,
    /// How many entities there are.
    pub count: usize,
    /// How many of them an editor has confirmed.
    pub confirmed_count: usize,
    /// The list of countries, if any entity belongs to one.
    pub by_country: Option<String>,
    /// The graph of the site, if there is one.
    pub graph: Option<String>,
}

/// `country_index.html`: the countries that entities belong to.
#[derive(Debug, Clone, Serialize)]
pub struct CountryIndexView {
    /// What is around it.
    pub frame: Frame,
    /// All kinds.
    pub kinds: Vec<KindCount>,
    /// The countries, by name.
    pub countries: Vec<CountryEntry>,
}

/// `country.html`: the entities of a country.
#[derive(Debug, Clone, Serialize)]
pub struct CountryView {
    /// What is around it.
    pub frame: Frame,
    /// Its name.
    pub name: String,
    /// How many entities it has.
    pub count: usize,
    /// Its entities by kind.
    pub groups: Vec<IndexGroup>,
}

/// `term.html`: a topic or tag.
#[derive(Debug, Clone, Serialize)]
pub struct TermView {
    /// What is around it.
    pub frame: Frame,
    /// "Topic" or "Tag".
    pub family: String,
    /// Its label.
    pub label: String,
    /// What it is about.
    pub summary: Option<String>,
    /// How many articles it has.
    pub article_count: usize,
    /// The articles of this page, newest first.
    pub articles: Vec<ArticleCard>,
    /// Where this page stands.
    pub pager: Pager,
    /// The entities most named in all of them.
    pub cast: Vec<IndexEntry>,
    /// The most named of each kind, with the articles that name them first and last.
    pub most_named: Vec<SidebarGroup>,
}

/// `term_index.html`: all topics, tags or storylines.
#[derive(Debug, Clone, Serialize)]
pub struct TermIndexView {
    /// What is around it.
    pub frame: Frame,
    /// "Topics", "Tags" or "Storylines".
    pub label: String,
    /// The terms, by label.
    pub terms: Vec<TermLink>,
}

/// `storyline.html`: a storyline. A long one goes on over further pages, which have its articles alone.
#[derive(Debug, Clone, Default, Serialize)]
pub struct StorylineView {
    /// What is around it.
    pub frame: Frame,
    /// Its title.
    pub label: String,
    /// What it is about.
    pub summary: Option<String>,
    /// How many articles it has.
    pub article_count: usize,
    /// The articles of this page, oldest first: the story so far.
    pub articles: Vec<ArticleCard>,
    /// Where this page stands; `older` leads to what came later.
    pub pager: Pager,
    /// What is not known yet, and what has been answered.
    pub questions: Vec<QuestionView>,
    /// Where its places are, if there are two or more.
    pub map: Option<MapView>,
    /// Who is in it, by kind: in how many articles, in which first and last.
    pub cast: Vec<SidebarGroup>,
    /// Its dated sentences.
    pub timeline: Vec<TimelineEntryView>,
    /// The storyline as a book (EPUB), on its first page; none where `books` is off.
    pub book_url: Option<String>,
}

/// `timeline.html`: the years.
#[derive(Debug, Clone, Serialize)]
pub struct TimelineView {
    /// What is around it.
    pub frame: Frame,
    /// Dated sentences in all.
    pub count: usize,
    /// Articles in all.
    pub published: usize,
    /// The years, newest first.
    pub years: Vec<YearBar>,
    /// Pages that show a part of the timeline.
    pub filters: Vec<FilterGroup>,
}

/// `timeline_page.html`: a year, a month, or what names a kind or belongs to a topic or storyline.
#[derive(Debug, Clone, Serialize)]
pub struct TimelinePageView {
    /// What is around it.
    pub frame: Frame,
    /// Title.
    pub title: String,
    /// Dated sentences and articles in its months.
    pub count: usize,
    /// Its months, newest first.
    pub months: Vec<TimelineMonth>,
    /// The months of its year; none where it is not of one year.
    pub nav: Vec<MonthLink>,
    /// Pages that show a part of the timeline; only on such a page.
    pub filters: Vec<FilterGroup>,
    /// The page with what is later.
    pub newer: Option<PageLink>,
    /// The page with what is earlier.
    pub older: Option<PageLink>,
    /// How many earlier sentences and articles are not shown.
    pub left_out: usize,
}

/// `map.html`: all places.
#[derive(Debug, Clone, Serialize)]
pub struct WorldMapView {
    /// What is around it.
    pub frame: Frame,
    /// The map; none where no place has a position.
    pub map: Option<MapView>,
}

/// `graph.html`: who is named with whom.
#[derive(Debug, Clone, Serialize)]
pub struct GraphView {
    /// What is around it.
    pub frame: Frame,
    /// The graph; none where no two entities are named together.
    pub network: Option<NetworkView>,
    /// How many entities the site has in all.
    pub entity_count: usize,
}

/// `home.html`: the newest articles.
#[derive(Debug, Clone, Serialize)]
pub struct HomeView {
    /// What is around it.
    pub frame: Frame,
    /// The newest article, on the first page.
    pub lead: Option<ArticleCard>,
    /// The articles of this page, newest first.
    pub articles: Vec<ArticleCard>,
    /// Where this page stands.
    pub pager: Pager,
    /// Storylines with the most articles.
    pub storylines: Vec<TermLink>,
    /// Topics.
    pub topics: Vec<TermLink>,
    /// The entities most named in the newest articles.
    pub in_the_news: Vec<IndexEntry>,
    /// How much the site holds: kinds with counts.
    pub kinds: Vec<KindCount>,
    /// How many articles there are.
    pub article_count: usize,
}

/// `page.html`: a page such as about or methods.
#[derive(Debug, Clone, Serialize)]
pub struct PageView {
    /// What is around it.
    pub frame: Frame,
    /// Title.
    pub title: String,
    /// One line about it.
    pub summary: Option<String>,
    /// The text.
    pub body_html: String,
    /// Its headings.
    pub toc: Vec<TocEntry>,
    /// The files of `content/data/` that the front matter's `data` names, by name without ending.
    pub data: BTreeMap<String, serde_json::Value>,
}

/// `search.html`: the search page.
#[derive(Debug, Clone, Serialize)]
pub struct SearchView {
    /// What is around it.
    pub frame: Frame,
    /// What can be found besides briefings.
    pub kinds: Vec<KindCount>,
    /// All names by kind and letter, to browse.
    pub letters: Vec<KindLetters>,
    /// Topics.
    pub topics: Vec<TermLink>,
    /// Storylines.
    pub storylines: Vec<TermLink>,
    /// How many articles can be found.
    pub article_count: usize,
}

/// `redirect.html`: what stands at an old address.
#[derive(Debug, Clone, Serialize)]
pub struct RedirectView {
    /// The title of the page that it leads to.
    pub title: String,
    /// Where it leads, from this page.
    pub url: String,
    /// The public address of the page that it leads to.
    pub canonical: String,
    /// BCP 47 language.
    pub language: String,
}

/// `404.html`: what is shown for an address that leads nowhere.
#[derive(Debug, Clone, Serialize)]
pub struct NotFoundView {
    /// What is around it; its addresses are absolute, since the page is shown anywhere.
    pub frame: Frame,
    /// The newest articles.
    pub articles: Vec<ArticleCard>,
}
