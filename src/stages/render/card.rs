//! Social cards: the picture that other sites show beside a link to a page.
//!
//! Input: the words and the colours. Output: a PNG of 1200 by 630 pixels; the same input makes the
//! same bytes on every machine, since the letters are in the program and no other is looked for.

mod ink;
mod letters;
mod png;

use std::fmt::Write as _;

use resvg::{
    tiny_skia::{Pixmap, Transform},
    usvg::{ImageHrefResolver, Options, Tree},
};

use crate::text::html::escape;
use ink::{Colour, Inked};
use letters::Letters;

/// Width of a card in pixels.
pub const WIDTH: u32 = 1200;
/// Height of a card in pixels.
pub const HEIGHT: u32 = 630;

/// Free space left and right.
const MARGIN: f32 = 80.0;
/// Sizes of a headline, the largest first, with the lines that there is room for.
const HEADLINE: [(f32, usize); 3] = [(76.0, 3), (62.0, 4), (52.0, 5)];
/// Height of the band in the accent's colour.
const BAND: u32 = 16;
const PAPER: Colour = [0xfd, 0xfd, 0xfb];
const RULE: Colour = [0xdc, 0xdc, 0xd4];
const LABEL: f32 = 34.0;
const FOOT: f32 = 30.0;

/// What a card says, and in which colour.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Card {
    /// The line above the headline: the site's name.
    pub label: String,
    /// The headline.
    pub headline: String,
    /// The line at the foot: date, storyline.
    pub foot: String,
    /// `#rrggbb`, for the band and the label.
    pub accent: String,
}

impl Card {
    /// True where there is a letter for everything that the card says.
    #[must_use]
    pub fn is_legible(&self) -> bool {
        let letters = Letters::shared();
        [&self.label, &self.headline, &self.foot]
            .into_iter()
            .all(|text| letters.has_all(text))
    }

    /// The picture; none where a letter is missing.
    #[must_use]
    pub fn draw(&self) -> Option<Vec<u8>> {
        if !self.is_legible() {
            return None;
        }
        let mut card = Inked::new(WIDTH, HEIGHT, PAPER);
        card.fill(hex(&self.accent)?, 0..WIDTH, 0..BAND);
        card.fill(RULE, MARGIN as u32..WIDTH - MARGIN as u32, 522..524);
        card.draw(&tree(&self.svg())?)?;
        png::write(&card.palette, &card.indices, WIDTH, HEIGHT)
    }

    fn svg(&self) -> String {
        let letters = Letters::shared();
        let room = WIDTH as f32 - 2.0 * MARGIN;
        let mut svg = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{WIDTH}\" height=\"{HEIGHT}\">"
        );
        let mut line = |y: f32, size: f32, colour: &str, text: &str| {
            let text = escape(text);
            let _ = write!(
                svg,
                "<text x=\"{MARGIN}\" y=\"{y}\" font-size=\"{size}\" fill=\"{colour}\" xml:space=\"preserve\">{text}</text>"
            );
        };
        line(
            112.0,
            LABEL,
            &self.accent,
            &letters.shortened(&self.label, LABEL, room),
        );
        line(
            576.0,
            FOOT,
            "#4d5661",
            &letters.shortened(&self.foot, FOOT, room),
        );
        let (size, lines) = self.headline(letters, room);
        let height = size * 1.14;
        for (n, text) in lines.iter().enumerate() {
            line(150.0 + size + n as f32 * height, size, "#1b1f24", text);
        }
        svg.push_str("</svg>");
        svg
    }

    /// The largest size in which the headline has room, and its lines.
    fn headline(&self, letters: &Letters, room: f32) -> (f32, Vec<String>) {
        let fitting = HEADLINE.into_iter().find_map(|(size, most)| {
            let lines = letters.lines(&self.headline, size, room);
            (lines.len() <= most).then_some((size, lines))
        });
        fitting.unwrap_or_else(|| {
            let (size, most) = HEADLINE[HEADLINE.len() - 1];
            let mut lines = letters.lines(&self.headline, size, room);
            let rest = lines.split_off(most - 1).join(" ");
            lines.push(letters.shortened(&rest, size, room));
            (size, lines)
        })
    }
}

/// `#rrggbb` as a colour.
fn hex(colour: &str) -> Option<Colour> {
    let digits = colour
        .strip_prefix('#')
        .filter(|digits| digits.len() == 6)?;
    let channel = |n: usize| u8::from_str_radix(digits.get(n..n + 2)?, 16).ok();
    Some([channel(0)?, channel(2)?, channel(4)?])
}

/// An SVG, read with the letters of the program alone; none where it cannot be read.
fn tree(svg: &str) -> Option<Tree> {
    let options = Options {
        font_family: letters::FAMILY.to_owned(),
        fontdb: Letters::shared().database(),
        // A picture named in the SVG would be read from the disk.
        image_href_resolver: ImageHrefResolver {
            resolve_data: ImageHrefResolver::default_data_resolver(),
            resolve_string: Box::new(|_, _| None),
        },
        ..Options::default()
    };
    Tree::from_str(svg, &options).ok()
}

/// The pixels of an SVG that fills `width` by `height`; none where it cannot be read.
pub(super) fn pixels(svg: &str, width: u32, height: u32) -> Option<Pixmap> {
    let tree = tree(svg)?;
    let mut pixels = Pixmap::new(width, height)?;
    let size = tree.size();
    let scale = Transform::from_scale(width as f32 / size.width(), height as f32 / size.height());
    resvg::render(&tree, scale, &mut pixels.as_mut());
    Some(pixels)
}

#[cfg(test)]
mod tests;
