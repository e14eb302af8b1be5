//! What the tagger sees of a word.
//!
//! Input: a text and its words. Output: for each word a fixed [`View`], and from the views around
//! it the hashes of its features. Each word is hashed once; nothing is allocated for a word.

use std::{collections::HashMap, ops::Range};

use super::{
    hash::{exact, finish, folded, mix},
    lists::{LONGEST_NAME, Lists},
};
use crate::stages::extract::token::{Case, Token};

/// The most features of a word.
pub const MOST: usize = 80;

/// What is known of a word by itself and of its document.
#[derive(Debug, Clone, Copy, Default)]
pub struct View {
    /// Hash of the word in small letters.
    pub folded: u64,
    exact: u64,
    shape: u64,
    /// Its first one to four letters.
    prefixes: [u64; 4],
    /// Its last one to four letters.
    suffixes: [u64; 4],
    fine: u16,
    coarse: u8,
    /// What stands before the word, see [`gap`].
    gap: u8,
    /// Lists that hold the word itself.
    lists: u16,
    /// Lists that hold a name of several words of which this is one, and the place in it.
    longer: u16,
    place: u8,
    /// How the document writes the word elsewhere, see [`habits`].
    habit: u8,
    /// True for a word that may be part of a name.
    pub capital: bool,
    /// How much of its block is capitalised: 0 prose, 1 a heading, 2 capitals throughout.
    style: u8,
    /// First word of the run of capitalised words that holds it, and one past the last.
    run: (u32, u32),
}

/// The views of a document's words, and the ranges of words that each block holds.
#[must_use]
pub fn views(text: &str, words: &[Token], lists: &Lists) -> (Vec<View>, Vec<Range<usize>>) {
    let mut views = Vec::with_capacity(words.len());
    let mut blocks = Vec::new();
    let mut from = 0;
    for block in words.chunk_by(|a, b| a.block == b.block) {
        block_views(text, block, lists, &mut views);
        longer_names(lists, &mut views[from..]);
        runs(&mut views[from..]);
        style(block, &mut views[from..]);
        blocks.push(from..views.len());
        from = views.len();
    }
    habits(words, &mut views);
    (views, blocks)
}

fn block_views(text: &str, words: &[Token], lists: &Lists, views: &mut Vec<View>) {
    let mut before = 0;
    for (n, word) in words.iter().enumerate() {
        let written = word.span.of(text);
        let between = text.get(before..word.span.start as usize).unwrap_or("");
        before = word.span.end as usize;
        let mut view = View {
            folded: folded(written),
            exact: exact(written),
            shape: shape(written),
            gap: if n == 0 { 0 } else { gap(between) },
            capital: word.is_capitalised(),
            ..View::default()
        };
        affixes(written, &mut view);
        let key = finish(view.folded);
        (view.fine, view.coarse) = lists.clusters(key);
        // Lists hold names: an ordinary word in small letters is in none.
        view.lists = lists.holding(key);
        views.push(view);
    }
}

/// Finds the runs of capitalised words that only spaces and the points of initials part.
fn runs(views: &mut [View]) {
    let mut from = 0;
    while from < views.len() {
        let mut to = from + 1;
        if views[from].capital {
            while to < views.len() && views[to].capital && matches!(views[to].gap, 1 | 2) {
                to += 1;
            }
        }
        for view in &mut views[from..to] {
            view.run = (position(from), position(to));
        }
        from = to;
    }
}

fn position(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

/// Tells prose from headings.
fn style(words: &[Token], views: &mut [View]) {
    let count = |case: Case| words.iter().filter(|word| word.case == case).count();
    let (lower, upper) = (count(Case::Lower), count(Case::Upper));
    let style = if upper > 2 && upper * 2 > words.len() {
        2
    } else {
        u8::from(lower * 2 < words.len())
    };
    for view in views {
        view.style = style;
    }
}

/// Marks the words of listed names of several words, the longest at each place.
fn longer_names(lists: &Lists, views: &mut [View]) {
    let mut n = 0;
    while n < views.len() {
        if !views[n].capital {
            n += 1;
            continue;
        }
        let mut best = (0, 0);
        let mut name = views[n].folded;
        for more in 1..LONGEST_NAME.min(views.len() - n) {
            let next = &views[n + more];
            if !matches!(next.gap, 1 | 2) {
                break;
            }
            name = mix(name, next.folded);
            if next.capital {
                let holding = lists.holding(finish(name));
                if holding != 0 {
                    best = (more, holding);
                }
            }
        }
        for at in 0..=best.0 {
            if best.0 > 0 {
                views[n + at].longer = best.1;
                views[n + at].place = if at == 0 {
                    1
                } else if at == best.0 {
                    3
                } else {
                    2
                };
            }
        }
        n += best.0 + 1;
    }
}

fn affixes(word: &str, view: &mut View) {
    let mut hash = 1;
    for (n, c) in word.chars().take(4).enumerate() {
        hash = mix(hash, u64::from(c));
        view.prefixes[n] = hash;
    }
    hash = 2;
    for (n, c) in word.chars().rev().take(4).enumerate() {
        hash = mix(hash, u64::from(c));
        view.suffixes[n] = hash;
    }
}

/// Letters by their class, runs of one class as one or two: `McDonald` is `XxXxx`, `2,400` `d,dd`.
fn shape(word: &str) -> u64 {
    let (mut hash, mut last, mut run) = (3, 0, 0);
    for c in word.chars() {
        let class = if c.is_uppercase() {
            1
        } else if c.is_lowercase() {
            2
        } else if c.is_numeric() {
            3
        } else if c.is_alphabetic() {
            4
        } else {
            u64::from(c) + 8
        };
        run = if class == last { run + 1 } else { 1 };
        last = class;
        if run <= 2 {
            hash = mix(hash, class);
        }
    }
    hash
}

/// What stands between two words: 0 the edge of a block, 1 a space, 2 a point after an initial, 3 a
/// possessive, 4 a comma, 5 the end of a sentence, 6 an opening bracket, 7 a closing one, 8 a
/// quotation mark, 9 a colon or semicolon, 10 a dash, 11 an `@`, 12 a `#`, 13 a slash, 14 a line
/// break, 15 anything else.
fn gap(between: &str) -> u8 {
    let mut found = 1;
    for c in between.chars() {
        let class = match c {
            ' ' | '\t' | '\u{a0}' => continue,
            '.' => {
                if between == ". " || between == "." {
                    2
                } else {
                    5
                }
            }
            '\'' | '\u{2019}' | 's' => 3,
            ',' => 4,
            '!' | '?' | '\u{2026}' => 5,
            '(' | '[' => 6,
            ')' | ']' => 7,
            '"' | '\u{201c}' | '\u{201d}' | '\u{201e}' | '\u{ab}' | '\u{bb}' | '\u{2018}' => 8,
            ':' | ';' => 9,
            '-' | '\u{2010}'..='\u{2015}' => 10,
            '@' => 11,
            '#' => 12,
            '/' => 13,
            '\n' => 14,
            _ => 15,
        };
        // The last sign stands nearest to the word; a mark of its own kind of text wins.
        found = if matches!(found, 5 | 11 | 12) && class != 11 && class != 12 {
            found
        } else {
            class
        };
    }
    found
}

/// Notes how the document writes each capitalised word: in small letters somewhere (1), capitalised
/// inside a sentence somewhere (2), in capitals throughout (4).
fn habits(words: &[Token], views: &mut [View]) {
    let mut seen: HashMap<u64, u8> = HashMap::new();
    for (word, view) in words.iter().zip(views.iter()) {
        if word.case != Case::Lower {
            seen.entry(view.folded).or_default();
        }
    }
    for (word, view) in words.iter().zip(views.iter()) {
        let habit = match word.case {
            Case::Lower => 1,
            Case::Title if !word.first => 2,
            Case::Upper => 4,
            _ => 0,
        };
        if let Some(seen) = seen.get_mut(&view.folded) {
            *seen |= habit;
        }
    }
    for (word, view) in words.iter().zip(views.iter_mut()) {
        if word.case != Case::Lower {
            view.habit = seen.get(&view.folded).copied().unwrap_or_default();
        }
    }
}

/// The hashes of a word's features.
#[derive(Debug, Clone, Copy)]
pub struct Features {
    hashes: [u64; MOST],
    len: usize,
}

impl Default for Features {
    fn default() -> Self {
        Self {
            hashes: [0; MOST],
            len: 0,
        }
    }
}

impl Features {
    /// The hashes.
    #[must_use]
    pub fn hashes(&self) -> &[u64] {
        &self.hashes[..self.len]
    }

    #[inline]
    fn add(&mut self, template: u8, a: u64, b: u64) {
        if let Some(place) = self.hashes.get_mut(self.len) {
            *place = finish(mix(mix(u64::from(template) + 1, a), b));
            self.len += 1;
        }
    }

    /// Reads word `n` of a block.
    pub fn read(&mut self, block: &[View], n: usize) {
        self.len = 0;
        let edge = View::default();
        let at = |offset: isize| {
            let place = n.checked_add_signed(offset);
            place.and_then(|n| block.get(n)).unwrap_or(&edge)
        };
        let around = [at(-2), at(-1), at(0), at(1), at(2)];
        self.word(&around);
        self.neighbours(&around);
        if around[2].capital {
            self.name(&around);
            self.run(block, around[2]);
        }
    }

    /// The word by itself.
    fn word(&mut self, around: &[&View; 5]) {
        let word = around[2];
        let after = around[3].gap;
        self.add(0, 0, 0);
        self.add(1, word.exact, 0);
        self.add(2, word.folded, 0);
        self.add(3, word.shape, 0);
        self.add(4, u64::from(word.coarse), 0);
        self.add(5, u64::from(word.fine), 0);
        self.add(6, word.suffixes[2], 0);
        self.add(7, u64::from(word.lists), u64::from(word.capital));
        self.add(8, u64::from(word.gap), word.shape);
        self.add(9, u64::from(after), word.shape);
    }

    /// The words beside it.
    fn neighbours(&mut self, around: &[&View; 5]) {
        let [before2, before, word, after, after2] = around;
        self.add(10, before.folded, u64::from(word.capital));
        self.add(11, after.folded, u64::from(word.capital));
        self.add(12, before2.folded, u64::from(word.capital));
        self.add(13, after2.folded, u64::from(word.capital));
        self.add(14, before.folded, word.folded);
        self.add(15, word.folded, after.folded);
        self.add(16, u64::from(before.coarse), u64::from(word.coarse));
        self.add(17, u64::from(word.coarse), u64::from(after.coarse));
        self.add(18, mix(before.shape, word.shape), after.shape);
        self.add(19, u64::from(before.lists), u64::from(word.capital));
        self.add(20, u64::from(after.lists), u64::from(word.capital));
    }

    /// What only a capitalised word has.
    fn name(&mut self, around: &[&View; 5]) {
        let [before2, before, word, after, after2] = around;
        for (n, affix) in word.prefixes.iter().enumerate() {
            self.add(21, *affix, n as u64);
        }
        for (n, affix) in word.suffixes.iter().enumerate() {
            self.add(22, *affix, n as u64);
        }
        self.add(23, u64::from(word.longer), u64::from(word.place));
        self.add(24, u64::from(word.lists), u64::from(after.lists));
        self.add(25, u64::from(before.lists), u64::from(word.lists));
        self.add(26, u64::from(word.habit), u64::from(word.gap));
        self.add(27, u64::from(word.habit), u64::from(word.coarse));
        self.add(28, u64::from(word.style), word.shape);
        self.add(29, u64::from(before.fine), 0);
        self.add(30, u64::from(after.fine), 0);
        self.add(31, u64::from(before2.coarse), 0);
        self.add(32, u64::from(after2.coarse), 0);
        self.add(33, before.suffixes[2], 0);
        self.add(34, after.suffixes[2], 0);
        self.add(35, mix(before2.folded, before.folded), 0);
        self.add(36, mix(after.folded, after2.folded), 0);
        self.add(37, before.folded, u64::from(word.coarse));
        self.add(38, after.folded, u64::from(word.coarse));
        self.add(39, before.folded, after.folded);
        self.add(40, u64::from(word.gap), u64::from(after.gap));
        self.add(41, u64::from(word.lists), u64::from(word.coarse));
    }

    /// The run of capitalised words that holds it, and what stands around the run.
    fn run(&mut self, block: &[View], word: &View) {
        let (from, to) = (word.run.0 as usize, word.run.1 as usize);
        let edge = View::default();
        let first = block.get(from).unwrap_or(&edge);
        let last = to
            .checked_sub(1)
            .and_then(|n| block.get(n))
            .unwrap_or(&edge);
        let before = from
            .checked_sub(1)
            .and_then(|n| block.get(n))
            .unwrap_or(&edge);
        let after = block.get(to).unwrap_or(&edge);
        let length = (to - from).min(5) as u64;
        self.add(42, last.folded, length.min(2));
        self.add(43, first.folded, length.min(2));
        self.add(44, u64::from(last.fine), 0);
        self.add(45, u64::from(first.fine), 0);
        self.add(46, before.folded, u64::from(first.gap));
        self.add(47, after.folded, u64::from(after.gap));
        self.add(48, length, u64::from(first.gap));
        self.add(49, length, word.shape);
        self.add(50, u64::from(last.lists), u64::from(first.lists));
        self.add(51, u64::from(before.coarse), u64::from(after.coarse));
    }
}
