//! What templates see: one root struct for each template.
//!
//! Everything is resolved: addresses are relative to the page, lists are sorted, dates are text.
//! Only fields whose name ends in `_html` are HTML and may be piped to `safe`. This module alone
//! is serialised for templates; `docs/templates.md` is its documentation, and a test holds the
//! two together. A change here bumps [`CONTRACT_VERSION`] and has a line in the changelog.

mod entities;
mod notices;
mod pages;
mod parts;
mod timeline;

pub use entities::{
    CompanionView, CountryEntry, DescriptionView, IndexGroup, KindOverview, LetterLink,
    NetworkEdge, NetworkLabel, NetworkNode, NetworkView, QuestionView, RoleView, SeenView,
};
pub use notices::{
    BibliographyView, CorrectionEntry, CorrectionsView, DataSourceView, KindStates, LanguageView,
    MethodsView, RedactedView, WorkView,
};
pub use pages::{
    ArticleView, CountryIndexView, CountryView, EntitiesView, EntityIndexView, EntityView,
    GraphView, HomeView, MarkdownView, NotFoundView, PageView, RedirectView, SearchView,
    StorylineView, TermIndexView, TermView, TimelinePageView, TimelineView, WorldMapView,
};
pub use parts::{
    Ambiguity, ArticleCard, AttributionView, BacklinkView, CorrectionView, Crumb, EntityGroup,
    EntityLink, ForeignName, Frame, ImageView, IndexEntry, KeyPointView, KindCount, KindLetters,
    LanguageLink, LetterGroup, LinkNoteView, MapView, MarkerView, MentionEntry, NavItem, PageLink,
    Pager, PlaceOnMap, QuotationView, RelatedView, SidebarGroup, SiteView, SocialImageView,
    SourceView, TermLink, TextLanguage, TocEntry, TranslationView, WhyView,
};
pub use timeline::{
    FilterGroup, FilterLink, MonthLink, TimelineDay, TimelineEntryView, TimelineMonth, YearBar,
};

/// The version of what templates see. Raised when a field is renamed or removed.
pub const CONTRACT_VERSION: u32 = 2;
