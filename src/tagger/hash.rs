//! One way to hash, for features, clusters and lists.
//!
//! The multiply-and-rotate step is that of Firefox's and rustc's `FxHasher`; it is written out here
//! since the model's bytes depend on it.

const STEP: u64 = 0x517c_c1b7_2722_0a95;

/// Mixes one more value in.
#[inline]
#[must_use]
pub fn mix(hash: u64, value: u64) -> u64 {
    (hash.rotate_left(5) ^ value).wrapping_mul(STEP)
}

/// Spreads the bits: the upper ones choose a slot, the lower ones are its tag.
#[inline]
#[must_use]
pub fn finish(hash: u64) -> u64 {
    let hash = (hash ^ (hash >> 32)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    hash ^ (hash >> 29)
}

/// A word as written.
#[inline]
#[must_use]
pub fn exact(word: &str) -> u64 {
    word.bytes()
        .fold(0, |hash, byte| mix(hash, u64::from(byte)))
}

/// A word in small letters, with one kind of apostrophe and hyphen, so that spellings meet.
#[inline]
#[must_use]
pub fn folded(word: &str) -> u64 {
    let mut hash = 0;
    for c in word.chars() {
        if c.is_ascii() {
            hash = mix(hash, u64::from(c.to_ascii_lowercase()));
            continue;
        }
        match c {
            '\u{2019}' => hash = mix(hash, u64::from('\'')),
            '\u{2010}' | '\u{2011}' => hash = mix(hash, u64::from('-')),
            _ => {
                let small = c.to_lowercase();
                hash = small.fold(hash, |hash, c| mix(hash, u64::from(c)));
            }
        }
    }
    hash
}
