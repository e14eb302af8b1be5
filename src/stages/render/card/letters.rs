//! The letters of cards, and how wide they are.

use std::{
    io::Read as _,
    sync::{Arc, OnceLock},
};

use flate2::read::GzDecoder;
use resvg::usvg::fontdb::Database;
use skrifa::{FontRef, MetadataProvider as _, instance::LocationRef, instance::Size};

/// Source Serif 4, for Latin, Greek and Cyrillic; `data/fonts/make.py` makes it.
static FONT: &[u8] = include_bytes!(concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/data/fonts/card.ttf.gz"
));
/// The family's name in the font.
pub(super) const FAMILY: &str = "Dateline Card";

/// The font, unpacked.
pub(super) struct Letters {
    data: Arc<Vec<u8>>,
    database: Arc<Database>,
}

impl Letters {
    /// Unpacked once; the same for all threads.
    pub(super) fn shared() -> &'static Self {
        static SHARED: OnceLock<Letters> = OnceLock::new();
        SHARED.get_or_init(|| {
            let mut data = Vec::new();
            // The bytes are in the program; without them there would be no letters, and no cards.
            let _ = GzDecoder::new(FONT).read_to_end(&mut data);
            let mut database = Database::new();
            database.load_font_data(data.clone());
            Self {
                data: Arc::new(data),
                database: Arc::new(database),
            }
        })
    }

    pub(super) fn database(&self) -> Arc<Database> {
        Arc::clone(&self.database)
    }

    fn font(&self) -> Option<FontRef<'_>> {
        FontRef::new(&self.data).ok()
    }

    /// True where there is a letter for each character.
    pub(super) fn has_all(&self, text: &str) -> bool {
        let Some(font) = self.font() else {
            return false;
        };
        let known = font.charmap();
        text.chars()
            .all(|c| c.is_whitespace() || known.map(c).is_some())
    }

    /// Width of a line in pixels, without kerning, which only makes it narrower.
    pub(super) fn width(&self, text: &str, size: f32) -> f32 {
        let Some(font) = self.font() else {
            return 0.0;
        };
        let (known, widths) = (
            font.charmap(),
            font.glyph_metrics(Size::new(size), LocationRef::default()),
        );
        let width = |c: char| widths.advance_width(known.map(c)?);
        text.chars().filter_map(width).sum()
    }

    /// The text in lines that are no wider than `room`; a longer word is broken.
    pub(super) fn lines(&self, text: &str, size: f32, room: f32) -> Vec<String> {
        let mut lines: Vec<String> = Vec::new();
        for word in text.split_whitespace() {
            if let Some(line) = lines.last_mut() {
                let longer = format!("{line} {word}");
                if self.width(&longer, size) <= room {
                    *line = longer;
                    continue;
                }
            }
            let mut rest = word;
            while self.width(rest, size) > room {
                let (head, tail) = rest.split_at(self.fitting(rest, size, room));
                lines.push(head.to_owned());
                rest = tail;
            }
            lines.push(rest.to_owned());
        }
        lines
    }

    /// The text on one line, its end left out where there is no room.
    pub(super) fn shortened(&self, text: &str, size: f32, room: f32) -> String {
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        if self.width(&text, size) <= room {
            return text;
        }
        let end = self.fitting(&text, size, room - self.width("…", size));
        let whole = text[..end].rfind(' ').unwrap_or(end);
        format!(
            "{}…",
            text[..whole].trim_end_matches([',', ':', ';', '.', ' '])
        )
    }

    /// How many bytes of a text have room; at least one character.
    fn fitting(&self, text: &str, size: f32, room: f32) -> usize {
        let mut width = 0.0;
        for (at, c) in text.char_indices() {
            width += self.width(c.encode_utf8(&mut [0; 4]), size);
            if width > room && at > 0 {
                return at;
            }
        }
        text.len()
    }
}
