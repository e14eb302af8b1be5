//! What other sites and home screens show of a site: cards, icons, manifest.

use crate::site::TestSite;

const QUAYS: &str = "---\ntitle: Ports under strain\ndate: 2024-07-21\ntopics: [Shipping]\nimage: {src: quay.png, alt: A quay}\n---\nText.\n";

fn site(settings: &str) -> TestSite {
    let photo = crate::pictures::photo(600, 300, image::ImageFormat::Png);
    let site = TestSite::new()
        .file("content/site.yaml", settings)
        .file("content/briefings/quays.md", QUAYS)
        .file("content/briefings/quay.png", photo);
    site.build();
    site
}

fn drawn(site: &TestSite, path: &str) -> image::RgbaImage {
    let bytes = std::fs::read(site.path("public").join(path)).unwrap();
    image::load_from_memory(&bytes).unwrap().into_rgba8()
}

#[test]
fn every_page_has_a_card_at_a_whole_address() {
    let site =
        site("title: Desk\nbase_url: https://example.org/desk\ntheme: {accent: '#8a1c1c'}\n");
    let page = site.page("briefings/quays/index.html");
    for meta in [
        "<meta property=\"og:image\" content=\"https://example.org/desk/briefings/quays/card.png\">",
        "<meta property=\"og:image:width\" content=\"1200\">",
        "<meta property=\"og:image:height\" content=\"630\">",
        "<meta property=\"og:image:alt\" content=\"Ports under strain\">",
        "<meta name=\"twitter:card\" content=\"summary_large_image\">",
    ] {
        assert!(page.contains(meta), "{meta} in {page}");
    }
    let card = drawn(&site, "briefings/quays/card.png");
    assert_eq!(card.dimensions(), (1200, 630));
    assert_eq!(
        card.get_pixel(600, 4).0,
        [0x8a, 0x1c, 0x1c, 255],
        "the publisher's colour"
    );
    let home = site.page("index.html");
    assert!(
        home.contains("content=\"https://example.org/desk/assets/card.png\""),
        "{home}"
    );
    assert_eq!(drawn(&site, "assets/card.png").dimensions(), (1200, 630));
}

#[test]
fn without_an_address_or_a_wish_there_are_no_cards() {
    let nowhere = site("title: Desk\n");
    assert!(
        nowhere
            .output()
            .keys()
            .all(|path| !path.ends_with("card.png"))
    );
    assert!(
        !nowhere
            .page("briefings/quays/index.html")
            .contains("og:image")
    );
    let without = site("base_url: https://example.org\nsocial_cards: false\n");
    assert!(
        without
            .output()
            .keys()
            .all(|path| !path.ends_with("card.png"))
    );
    let page = without.page("briefings/quays/index.html");
    let lead =
        "<meta property=\"og:image\" content=\"https://example.org/briefings/quay.png-600.jpg\">";
    assert!(page.contains(lead), "the lead picture stands in: {page}");
    assert!(page.contains("<meta property=\"og:image:alt\" content=\"A quay\">"));
}

#[test]
fn a_headline_without_letters_has_the_sites_card() {
    let site = TestSite::new()
        .file(
            "content/site.yaml",
            "title: Desk\nbase_url: https://example.org\n",
        )
        .file(
            "content/briefings/a.md",
            "---\ntitle: 东京\ndate: 2024-07-21\n---\nText.\n",
        );
    site.build();
    let page = site.page("briefings/a/index.html");
    assert!(
        page.contains("content=\"https://example.org/assets/card.png\""),
        "{page}"
    );
    assert!(!site.path("public/briefings/a/card.png").exists());
}

#[test]
fn home_screens_have_icons_in_the_publishers_colour() {
    let site = site("title: Desk\ntheme: {accent: '#8a1c1c'}\n");
    for (path, width) in [
        ("assets/apple-touch-icon.png", 180),
        ("assets/icon-192.png", 192),
        ("assets/icon-512.png", 512),
    ] {
        let icon = drawn(&site, path);
        assert_eq!(icon.dimensions(), (width, width));
        assert_eq!(
            icon.get_pixel(width / 2, 3).0,
            [0x8a, 0x1c, 0x1c, 255],
            "{path}"
        );
    }
    assert!(site.page("assets/icon.svg").contains("color=\"#8a1c1c\""));
    let manifest: serde_json::Value = serde_json::from_str(&site.page("site.webmanifest")).unwrap();
    assert_eq!(manifest["name"], "Desk");
    for icon in manifest["icons"].as_array().unwrap() {
        assert!(
            site.path("public")
                .join(icon["src"].as_str().unwrap())
                .exists()
        );
    }
    assert!(
        site.page("index.html")
            .contains("<link rel=\"manifest\" href=\"site.webmanifest\">")
    );
}
