//! A hash over several values.

use crate::model::{source::SourceFile, span::Span};

/// A hash of values, each with its length, so that none runs over into the next.
#[derive(Default)]
pub(crate) struct Digest(blake3::Hasher);

impl Digest {
    pub(crate) fn text(&mut self, text: &str) {
        self.bytes(text.as_bytes());
    }

    pub(crate) fn bytes(&mut self, bytes: &[u8]) {
        self.number(bytes.len() as u64);
        self.0.update(bytes);
    }

    pub(crate) fn number(&mut self, number: u64) {
        self.0.update(&number.to_le_bytes());
    }

    pub(crate) fn span(&mut self, span: Span) {
        self.number(u64::from(span.start) << 32 | u64::from(span.end));
    }

    pub(crate) fn files<'a>(&mut self, files: impl IntoIterator<Item = &'a SourceFile>) {
        for file in files {
            self.text(file.path.as_str());
            self.text(&file.text);
        }
    }

    /// All 256 bits.
    pub(crate) fn whole(&self) -> [u8; 32] {
        *self.0.finalize().as_bytes()
    }

    /// 128 bits in hexadecimal, which no two articles share by accident.
    pub(crate) fn short(&self) -> String {
        self.0.finalize().to_hex()[..32].to_owned()
    }
}
