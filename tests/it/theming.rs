//! A brand is made of tokens alone, and docs/theming.md is right about them.

use std::{collections::BTreeSet, fs};

use crate::site::TestSite;

const THEME: &str = include_str!("../../templates/assets/dateline.css");
const DOCUMENT: &str = include_str!("../../docs/theming.md");
const BRAND: &str = include_str!("../../docs/brand/assets/site.css");

/// Relative luminance after WCAG 2.2.
fn luminance(colour: &str) -> f64 {
    let channel = |at: usize| {
        let value = f64::from(u8::from_str_radix(&colour[at..at + 2], 16).unwrap()) / 255.0;
        if value <= 0.04045 {
            value / 12.92
        } else {
            ((value + 0.055) / 1.055).powf(2.4)
        }
    };
    0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5)
}

/// Contrast after WCAG 2.2, from 1 to 21.
fn contrast(one: &str, other: &str) -> f64 {
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

/// A token's colours on a light and on a dark ground: the brand's, else the theme's.
fn colours<'a>(brand: &'a str, token: &str) -> [&'a str; 2] {
    let start = format!("--{token}: light-dark(");
    let tokens = [brand, THEME].into_iter();
    let (_, rest) = tokens
        .filter_map(|css| css.split_once(&start))
        .next()
        .unwrap_or_else(|| panic!("no token {token}"));
    let (light, rest) = rest.split_once(", ").unwrap();
    [light, rest.split_once(')').unwrap().0]
}

#[test]
fn a_brand_of_ten_lines_is_on_every_page() {
    assert!(BRAND.lines().count() <= 10, "a brand is ten lines");
    assert!(
        DOCUMENT.contains(&format!("```css\n{BRAND}```\n")),
        "docs/theming.md shows the brand"
    );
    for theme in ["default", "situation"] {
        let site = TestSite::new()
            .file("content/site.yaml", format!("theme: {{name: {theme}}}\n"))
            .file("templates/assets/site.css", BRAND)
            .article("a.md", "The port of Rotterdam opened on Friday.");
        site.build();
        let published = site.page("assets/site.css");
        assert!(
            published.contains("--accent:light-dark(#9c2a12,#ff9d7e);"),
            "{published}"
        );
        for (page, link) in [
            (
                "index.html",
                "<link rel=\"stylesheet\" href=\"assets/site.css\">",
            ),
            (
                "briefings/a/index.html",
                "<link rel=\"stylesheet\" href=\"../../assets/site.css\">",
            ),
        ] {
            let html = site.page(page);
            let (before, _) = html.split_once(link).expect("the brand is linked");
            assert!(before.contains("dateline.css"), "the brand comes last");
            assert_eq!(before.contains("situation.css"), theme == "situation");
        }
    }
    let plain = TestSite::new().article("a.md", "Text.");
    plain.build();
    assert!(!plain.page("index.html").contains("site.css"));
}

#[test]
fn the_accent_of_the_site_and_its_brand_share_a_file() {
    let site = TestSite::new()
        .file("content/site.yaml", "theme: {accent: '#14487f'}\n")
        .file("templates/assets/site.css", ":root { --radius: 9px; }\n")
        .article("a.md", "Text.");
    site.build();
    assert_eq!(
        site.page("assets/site.css"),
        ":root{--accent:light-dark(#14487f,#14487f)}:root{--radius:9px}"
    );
}

#[test]
fn text_has_contrast_in_the_theme_and_in_the_brand() {
    for (name, brand) in [("theme", ""), ("brand", BRAND)] {
        for ground in ["paper", "surface"] {
            let texts = [
                "ink",
                "soft",
                "accent",
                "person",
                "organisation",
                "place",
                "event",
            ];
            for text in texts {
                let pairs = colours(brand, text).into_iter().zip(colours(brand, ground));
                for (mode, (text_colour, ground_colour)) in ["light", "dark"].into_iter().zip(pairs)
                {
                    let measured = contrast(text_colour, ground_colour);
                    assert!(
                        measured >= 4.5,
                        "{name}, {mode}: {text} on {ground} has {measured:.2}"
                    );
                }
            }
        }
    }
    assert!((contrast("#000000", "#ffffff") - 21.0).abs() < 0.01);
}

#[test]
fn the_document_names_the_tokens_and_layers_that_there_are() {
    let (_, tokens) = THEME.split_once("@layer tokens {").unwrap();
    let (tokens, _) = tokens.split_once("\n  }\n").unwrap();
    let defined: BTreeSet<&str> = tokens
        .lines()
        .filter_map(|line| line.trim().strip_prefix("--")?.split_once(':'))
        .map(|(name, _)| name)
        .collect();
    let (_, table) = DOCUMENT.split_once("## Tokens").unwrap();
    let (table, rest) = table.split_once("## Layers").unwrap();
    let named: BTreeSet<&str> = table
        .split('`')
        .filter_map(|code| code.strip_prefix("--"))
        .collect();
    assert_eq!(named, defined);
    let (order, _) = THEME
        .split_once("@layer ")
        .and_then(|(_, rest)| rest.split_once(';'))
        .unwrap();
    for layer in order.split(", ") {
        assert!(rest.contains(&format!("| `{layer}` |")), "{layer}");
    }
    let readme = fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/README.md")).unwrap();
    assert!(readme.contains("docs/theming.md"), "the readme leads there");
}
