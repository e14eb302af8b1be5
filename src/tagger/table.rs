//! Tables that are read in place from the program's own bytes.
//!
//! Input: bytes that the trainer or `data/tagger/lists.py` wrote. Output: the value of a hash.
//! Nothing is parsed or copied when the program starts.
//!
//! Layout: slots of a fixed size, their number a power of two. A slot begins with a tag of 16 bits;
//! 0 marks a free slot. A key stands in the first slot from its own on that was free (linear
//! probing), so that a look-up ends at a free slot. Two keys with one slot and one tag are not told
//! apart: one look-up in some ten thousands is wrong, which the trainer sees too and learns with.

/// A table over bytes.
#[derive(Debug, Clone, Copy)]
pub struct Table<'a> {
    bytes: &'a [u8],
    slot: usize,
    shift: u32,
}

impl<'a> Table<'a> {
    /// A table of slots of `slot` bytes. `None` where the bytes are no such table.
    #[must_use]
    pub fn new(bytes: &'a [u8], slot: usize) -> Option<Self> {
        let slots = bytes.len().checked_div(slot)?;
        let whole = slot > 2 && slots * slot == bytes.len();
        (whole && slots.is_power_of_two() && slots > 1).then(|| Self {
            bytes,
            slot,
            shift: 64 - slots.trailing_zeros(),
        })
    }

    /// The value of a finished hash: the slot without its tag.
    #[inline]
    #[must_use]
    pub fn get(&self, hash: u64) -> Option<&'a [u8]> {
        let tag = tag(hash);
        let mut at = (hash >> self.shift) as usize * self.slot;
        loop {
            let slot = self.bytes.get(at..at + self.slot)?;
            let found = u16::from_le_bytes([slot[0], slot[1]]);
            if found == tag {
                return Some(&slot[2..]);
            }
            if found == 0 {
                return None;
            }
            at += self.slot;
            if at == self.bytes.len() {
                at = 0;
            }
        }
    }
}

/// The tag of a finished hash; never 0.
#[inline]
#[must_use]
pub fn tag(hash: u64) -> u16 {
    (hash as u16) | 1
}

/// Writes a table of at least `least` slots that is filled to four fifths at most. The first of
/// two entries with one hash stands.
#[must_use]
pub fn write(entries: &[(u64, Vec<u8>)], value: usize, least: usize) -> Vec<u8> {
    let slots = (entries.len() * 5 / 4 + 2).max(least).next_power_of_two();
    let slot = value + 2;
    let mut bytes = vec![0; slots * slot];
    let shift = 64 - slots.trailing_zeros();
    for (hash, content) in entries {
        let tag = tag(*hash);
        let mut n = (hash >> shift) as usize;
        loop {
            let place = &mut bytes[n * slot..(n + 1) * slot];
            let found = u16::from_le_bytes([place[0], place[1]]);
            if found == tag {
                break;
            }
            if found == 0 {
                place[..2].copy_from_slice(&tag.to_le_bytes());
                place[2..].copy_from_slice(content);
                break;
            }
            n = (n + 1) % slots;
        }
    }
    bytes
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::tagger::hash::finish;

    #[test]
    fn holds_what_was_put_in() {
        let entries: Vec<(u64, Vec<u8>)> = (0..1000u64)
            .map(|n| (finish(n + 1), n.to_le_bytes()[..2].to_vec()))
            .collect();
        let bytes = write(&entries, 2, 0);
        let table = Table::new(&bytes, 4).unwrap();
        for (hash, value) in &entries {
            assert_eq!(table.get(*hash), Some(value.as_slice()));
        }
        let unknown = (2000..12_000u64).filter(|n| table.get(finish(*n)).is_some());
        assert!(unknown.count() < 5);
    }

    #[test]
    fn other_bytes_are_no_table() {
        assert!(Table::new(&[0; 12], 4).is_none());
        assert!(Table::new(&[], 4).is_none());
        assert!(Table::new(&[0; 8], 1).is_none());
    }
}
