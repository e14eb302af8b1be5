//! Which picture other sites show beside a link, and the icons of the site.

use serde_json::json;

use super::{
    card::{self, Card},
    site::Site,
    words,
};
use crate::{
    config::Config,
    model::{catalogue::ArticleIdx, graph::Target},
    text::slug::slugify,
    theme::Theme,
    urls,
    views::SocialImageView,
};

/// The theme's icon.
const ICON: &str = "assets/icon.svg";
/// Its colour, which gives way to the publisher's.
const ICON_COLOUR: &str = "color=\"#14375e\"";
/// The colour of the theme's links on a light ground.
const ACCENT: &str = "#14487f";
/// The theme's ground, light.
const PAPER: &str = "#fdfdfb";
/// Where the card of pages without one of their own stands.
const SITE_CARD: &str = "assets/card.png";
/// The icons that are made: path and width.
const ICONS: [(&str, u32); 3] = [
    ("assets/apple-touch-icon.png", 180),
    ("assets/icon-192.png", 192),
    ("assets/icon-512.png", 512),
];

/// True where cards are made: other sites need a whole address to find them.
fn has_cards(config: &Config) -> bool {
    config.social_cards && config.has_address()
}

fn accent(config: &Config) -> String {
    let own = config.theme.accent.as_deref();
    own.unwrap_or(ACCENT).to_owned()
}

/// The card of an article.
fn of_article(site: &Site<'_>, idx: ArticleIdx) -> Option<Card> {
    let (front, config) = (&site.corpus.article(idx).front, site.corpus.config);
    let storyline = front.storyline.as_deref().map(slugify);
    let term = storyline.and_then(|slug| site.graph.storylines.get(&slug));
    let topic = front.topics.first();
    let filed = term.map(|term| &term.label).or(topic);
    let date = site.words.day(front.date.date);
    let card = Card {
        label: config.title.clone(),
        headline: front.title.clone(),
        foot: filed.map_or_else(|| date.clone(), |filed| format!("{date} · {filed}")),
        accent: accent(config),
    };
    (has_cards(config) && card.is_legible()).then_some(card)
}

/// The card of all other pages.
fn of_site(config: &Config) -> Option<Card> {
    let card = Card {
        label: config.author.clone().unwrap_or_default(),
        headline: config.title.clone(),
        foot: config.description.clone().unwrap_or_default(),
        accent: accent(config),
    };
    (has_cards(config) && card.is_legible()).then_some(card)
}

fn card_path(page: &str) -> String {
    page.replace("index.html", "card.png")
}

/// The file of an article's card.
pub(super) fn article_card(site: &Site<'_>, idx: ArticleIdx) -> Option<(String, Vec<u8>)> {
    let path = card_path(&site.article_path(idx));
    Some((path, of_article(site, idx)?.draw()?))
}

/// The file of the site's card.
pub(super) fn site_card(site: &Site<'_>) -> Option<(String, Vec<u8>)> {
    Some((SITE_CARD.to_owned(), of_site(site.corpus.config)?.draw()?))
}

fn view(config: &Config, path: &str, alt: &str, size: (u32, u32)) -> SocialImageView {
    SocialImageView {
        url: urls::absolute(&config.base_url, path),
        alt: alt.to_owned(),
        width: size.0,
        height: size.1,
    }
}

/// What is shown beside a link to an article: its card, else its lead picture.
pub(super) fn image_of_article(site: &Site<'_>, idx: ArticleIdx) -> Option<SocialImageView> {
    let (front, config) = (&site.corpus.article(idx).front, site.corpus.config);
    if of_article(site, idx).is_some() {
        let path = card_path(&site.article_path(idx));
        return Some(view(
            config,
            &path,
            &front.title,
            (card::WIDTH, card::HEIGHT),
        ));
    }
    let Some(Target::File(path)) = &site.graph.articles[idx.0 as usize].lead_image else {
        return None;
    };
    let picture = site.pictures.get(path).filter(|_| config.has_address())?;
    let main = picture.main()?;
    let height = u64::from(picture.size.1) * u64::from(main.width) / u64::from(picture.size.0);
    let size = (main.width, u32::try_from(height).ok()?.max(1));
    let alt = front.image.as_ref().map_or("", |image| &image.alt);
    Some(view(config, &super::body::encode(&main.path), alt, size))
}

/// What is shown beside a link to any other page.
pub(super) fn image_of_site(config: &Config) -> Option<SocialImageView> {
    of_site(config)?;
    let size = (card::WIDTH, card::HEIGHT);
    Some(view(config, SITE_CARD, &config.title, size))
}

/// The theme's icon in the publisher's colour; none where the theme has none.
pub(super) fn icon(theme: &Theme, config: &Config) -> Option<String> {
    let svg = theme.assets().get(camino::Utf8Path::new(ICON))?;
    let svg = String::from_utf8_lossy(svg).into_owned();
    Some(match &config.theme.accent {
        Some(accent) => svg.replace(ICON_COLOUR, &format!("color=\"{accent}\"")),
        None => svg,
    })
}

/// The icon as pictures, for home screens, and the manifest that names them. Nothing where the
/// site's own icon cannot be drawn.
pub(super) fn icons(theme: &Theme, config: &Config) -> Vec<(String, Vec<u8>)> {
    let Some(svg) = icon(theme, config) else {
        return Vec::new();
    };
    let draw = |(path, width): (&str, u32)| {
        let pixels = card::pixels(&svg, width, width)?;
        Some((path.to_owned(), pixels.encode_png().ok()?))
    };
    let mut files: Vec<(String, Vec<u8>)> = ICONS.into_iter().filter_map(draw).collect();
    files.push((ICON.to_owned(), svg.clone().into_bytes()));
    files.push(("site.webmanifest".to_owned(), manifest(config).into_bytes()));
    files
}

fn manifest(config: &Config) -> String {
    let icon = |(path, width): (&str, u32)| json!({"src": path, "sizes": format!("{width}x{width}"), "type": "image/png"});
    let manifest = json!({
        "name": config.title,
        "description": config.description,
        "lang": config.language,
        "dir": words::direction(&config.language),
        "start_url": "index.html",
        "display": "browser",
        "background_color": PAPER,
        "theme_color": accent(config),
        "icons": ICONS.into_iter().skip(1).map(icon).collect::<Vec<_>>(),
    });
    format!("{manifest:#}\n")
}
