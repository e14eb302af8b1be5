#![allow(clippy::unwrap_used)]

use super::*;

fn card(headline: &str) -> Card {
    Card {
        label: "Open File".to_owned(),
        headline: headline.to_owned(),
        foot: "20 April 2024 · Securing the Paris Games".to_owned(),
        accent: "#14487f".to_owned(),
    }
}

#[test]
fn a_card_is_a_small_png_of_the_right_size() {
    let bytes = card("A plan B and a plan C for the opening on the Seine")
        .draw()
        .unwrap();
    let image = image::load_from_memory(&bytes).unwrap().into_rgb8();
    assert_eq!(image.dimensions(), (WIDTH, HEIGHT));
    assert!(bytes.len() < 40_000, "{}", bytes.len());
    assert_eq!(image.get_pixel(5, 5).0, [0x14, 0x48, 0x7f]);
    let ink = image
        .enumerate_pixels()
        .filter(|(_, y, p)| (150..500).contains(y) && p.0[0] < 60);
    assert!(ink.count() > 5000, "the headline is drawn");
    assert_eq!(
        Some(bytes),
        card("A plan B and a plan C for the opening on the Seine").draw()
    );
}

#[test]
fn a_headline_has_room_whatever_its_length() {
    let letters = Letters::shared();
    let room = WIDTH as f32 - 2.0 * MARGIN;
    for headline in [
        "Ports",
        &"Ports under strain ".repeat(5),
        &"Ports under strain ".repeat(40),
        &"x".repeat(300),
    ] {
        let (size, lines) = card(headline).headline(letters, room);
        let (_, most) = HEADLINE
            .into_iter()
            .find(|(known, _)| *known == size)
            .unwrap();
        assert!(lines.len() <= most, "{lines:?}");
        assert!(
            lines.iter().all(|line| letters.width(line, size) <= room),
            "{lines:?}"
        );
    }
    let (_, lines) = card(&"Ports under strain ".repeat(40)).headline(letters, room);
    assert!(lines.last().unwrap().ends_with('…'));
}

#[test]
fn letters_of_europe_are_known_and_no_others_are_drawn() {
    assert!(card("Žižek, Łódź, Đà, Ångström: “Çelik” – Αθήνα, Київ №1 €5").is_legible());
    assert_eq!(card("东京").draw(), None);
    assert!(card("<&\">").draw().is_some());
}
