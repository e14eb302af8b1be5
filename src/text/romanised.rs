//! Names from other scripts, which are spelt in many ways: "Zelensky", "Zelenskyy", "Zelenskiy".
//!
//! Input: a person's name. Output: a key that its usual spellings share. Only names that show where
//! they come from have one (a given name of the table, an Arabic particle, a Chinese or Korean
//! order), so that "Miller" and "Millar" stay two. The rules are those by which the common systems
//! differ: BGN/PCGN, ISO 9 and passport spellings of Cyrillic, the spellings of the press for
//! Arabic, hyphens and spaces in Chinese and Korean given names.

use std::collections::BTreeMap;

use super::{fold::fold, personal_name};

/// Given names and their spellings, by origin.
const TABLE: &str = include_str!("../../data/names/romanised.tsv");

/// Words of Arabic names that are no names by themselves.
const ARABIC_PARTICLES: &[&str] = &[
    "al", "el", "ul", "bin", "ibn", "abu", "abd", "abdul", "abdel",
];

/// How surnames of Cyrillic scripts end, in the spelling of the key.
const SLAVIC_ENDINGS: &[&str] = &[
    "ov", "ev", "in", "ova", "eva", "ina", "ski", "skaia", "ko", "uk", "ich", "ian", "shvili",
    "dze", "ni", "oi", "na", "ia", "ak", "ik", "an", "gu",
];

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Origin {
    Arabic,
    Slavic,
}

/// The table of given names, read once for a corpus.
#[derive(Debug)]
pub struct Spellings {
    /// The first spelling of each row, by origin and spelling.
    given: BTreeMap<(Origin, &'static str), &'static str>,
}

impl Spellings {
    /// Reads the embedded table.
    #[must_use]
    pub fn embedded() -> Self {
        let mut given = BTreeMap::new();
        for line in TABLE.lines().filter(|line| !line.starts_with('#')) {
            let mut cells = line.split('\t');
            let origin = match cells.next() {
                Some("arabic") => Origin::Arabic,
                Some("slavic") => Origin::Slavic,
                _ => continue,
            };
            let names: Vec<&str> = cells.flat_map(|cell| cell.split(' ')).collect();
            if let Some(first) = names.first() {
                given.extend(names.iter().map(|name| ((origin, *name), *first)));
            }
        }
        Self { given }
    }

    /// What all usual spellings of a person's name share; `None` for a name that does not show
    /// that it was spelt from another script.
    #[must_use]
    pub fn key(&self, name: &str) -> Option<String> {
        let folded = fold(name);
        let words: Vec<&str> = folded
            .split([' ', '-'])
            .map(|word| word.trim_matches('\''))
            .filter(|word| !word.is_empty())
            .collect();
        let [first, rest @ ..] = words.as_slice() else {
            return None;
        };
        if rest.is_empty() {
            return None;
        }
        if personal_name::is_family_first(&folded) {
            return Some(format!("{first} {}", rest.concat()));
        }
        let particles = words.iter().any(|word| ARABIC_PARTICLES.contains(word));
        let knows = |origin| self.given.contains_key(&(origin, *first));
        let key = |word: fn(&Self, &str) -> Option<String>| {
            let words: Vec<String> = words.iter().filter_map(|w| word(self, w)).collect();
            Some(words.join(" "))
        };
        if particles || knows(Origin::Arabic) {
            key(Self::arabic)
        } else if knows(Origin::Slavic) {
            key(Self::slavic)
        } else {
            None
        }
    }

    /// An Arabic or Persian word; the article is left out.
    fn arabic(&self, word: &str) -> Option<String> {
        if matches!(word, "al" | "el" | "ul") {
            return None;
        }
        if let Some(first) = self.given.get(&(Origin::Arabic, word)) {
            return Some((*first).to_owned());
        }
        let plain = word.replace('\'', "");
        let spelt = replaced(
            &plain,
            &[
                ("ou", "u"),
                ("oo", "u"),
                ("ee", "i"),
                ("dh", "d"),
                ("gh", "g"),
                ("q", "k"),
                ("dj", "j"),
                ("y", "i"),
                ("e", "a"),
                ("o", "u"),
            ],
        );
        let once = without_doubles(&spelt);
        Some(once.strip_suffix('h').unwrap_or(&once).to_owned())
    }

    /// A Russian, Ukrainian, Belarusian, Bulgarian or Serbian word, or one that came through Russian.
    fn slavic(&self, word: &str) -> Option<String> {
        if let Some(first) = self.given.get(&(Origin::Slavic, word)) {
            return Some((*first).to_owned());
        }
        let plain = word.replace('\'', "");
        let spelt = replaced(
            &plain,
            &[
                ("shch", "sh"),
                ("tz", "ts"),
                ("kh", "h"),
                ("x", "ks"),
                ("w", "v"),
                ("j", "i"),
                ("y", "i"),
            ],
        );
        // "yev", "iev", "ev"; "yov", "yev": the letters between two vowels come and go.
        let spelt = without_doubles(&spelt)
            .replace("ie", "e")
            .replace("io", "e");
        let spelt = without_doubles(&spelt);
        let spelt = spelt
            .strip_suffix("of")
            .map_or(spelt.clone(), |stem| format!("{stem}ov"));
        let is_slavic = SLAVIC_ENDINGS.iter().any(|ending| spelt.ends_with(ending));
        Some(if is_slavic { spelt } else { word.to_owned() })
    }
}

/// `word` with the pairs replaced, each in the outcome of those before.
fn replaced(word: &str, pairs: &[(&str, &str)]) -> String {
    let replace = |word: String, (from, to): &(&str, &str)| word.replace(from, to);
    pairs.iter().fold(word.to_owned(), replace)
}

fn without_doubles(word: &str) -> String {
    let mut once = String::with_capacity(word.len());
    for c in word.chars() {
        if !once.ends_with(c) {
            once.push(c);
        }
    }
    once
}

#[cfg(test)]
mod tests {
    use super::*;

    fn same(a: &str, b: &str) -> bool {
        let spellings = Spellings::embedded();
        let key = spellings.key(a);
        key.is_some() && key == spellings.key(b)
    }

    #[test]
    fn usual_spellings_of_one_name_share_a_key() {
        for (a, b) in [
            ("Volodymyr Zelensky", "Volodymyr Zelenskyy"),
            ("Volodymyr Zelenskiy", "Vladimir Zelenskyi"),
            ("Yevgeny Prigozhin", "Evgenii Prigozhin"),
            ("Alexei Navalny", "Aleksey Navalnyy"),
            ("Sergei Shoigu", "Sergey Shoygu"),
            ("Dmitry Medvedev", "Dmitri Medvedyev"),
            ("Shavkat Mirziyoyev", "Shavkat Mirziyoev"),
            ("Kassym-Jomart Tokayev", "Kassym-Jomart Tokaev"),
            ("Alexander Lukashenko", "Aleksandr Lukashenko"),
            ("Muhammad bin Salman", "Mohammed bin Salman"),
            ("Saddam Hussein", "Saddam Husayn"),
            ("Muammar Gaddafi", "Moammar Gadhafi"),
            ("Abu Bakr al-Baghdadi", "Abu Bakr Al Baghdadi"),
            ("Abu Mohammed al-Jolani", "Abu Muhammad al-Julani"),
            ("Bashar al-Assad", "Bashar Assad"),
            ("Kim Jong-un", "Kim Jong Un"),
            ("Tsai Ing-wen", "Tsai Ing Wen"),
        ] {
            assert!(same(a, b), "{a} / {b}");
        }
    }

    #[test]
    fn different_people_do_not() {
        for (a, b) in [
            ("John Miller", "John Millar"),
            ("Alexander Meyer", "Alexander Meier"),
            ("Maria Petrova", "Maria Petrov"),
            ("Sergei Ivanov", "Sergei Ivanenko"),
            ("Vladimir Putin", "Vladimir Potanin"),
            ("Ahmed Hassan", "Ahmed Hussein"),
            ("Kim Jong-un", "Kim Jong-il"),
            ("Sergei Lavrov", "Dmitry Lavrov"),
            ("Sébastien Peyrouse", "Sebastien Peyrouse"),
        ] {
            assert!(!same(a, b), "{a} / {b}");
        }
    }

    #[test]
    fn each_spelling_stands_in_one_row() {
        let rows = TABLE.lines().filter(|line| !line.starts_with('#'));
        let cells: usize = rows.map(|row| row.split(['\t', ' ']).count() - 1).sum();
        assert_eq!(cells, Spellings::embedded().given.len());
    }
}
