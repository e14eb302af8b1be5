//! Text to the words that are searched. `templates/assets/search.js` does the same to a query, and
//! `.ci/site/search.mjs` asks for every title and name, so that the two stay alike.

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// Longer words are addresses and keys, which nobody types.
const LONGEST: usize = 32;

/// The words of a text: lower case, without diacritics, in plain letters where the alphabet has a
/// plain form of its own. Scripts without spaces give pairs of characters.
pub(super) fn words(text: &str) -> Vec<String> {
    let mut words = Words::default();
    for c in text.nfkd().filter(|c| !is_combining_mark(*c)) {
        match c {
            '\'' | '’' | 'ʼ' | '‘' => words.end(true),
            c if c.is_alphanumeric() => match plain(c) {
                Some(plain) => words.word.push_str(plain),
                None => words.word.extend(c.to_lowercase()),
            },
            _ => words.end(false),
        }
    }
    words.end(false);
    words.found
}

#[derive(Default)]
struct Words {
    found: Vec<String>,
    word: String,
    /// What stands before an apostrophe.
    before: String,
}

impl Words {
    fn end(&mut self, at_apostrophe: bool) {
        let word = std::mem::take(&mut self.word);
        let before = std::mem::take(&mut self.before);
        if word.is_empty() {
            return;
        }
        // "O'Brien" is searched as "brien" and as "obrien".
        if before.chars().count() == 1 {
            self.add(format!("{before}{word}"));
        }
        if at_apostrophe {
            self.before.clone_from(&word);
        }
        self.add(word);
    }

    fn add(&mut self, word: String) {
        if word.chars().any(is_dense) {
            self.add_pairs(&word);
        } else if word.chars().count() <= LONGEST && !is_letter(&word) {
            self.found.push(word);
        }
    }

    fn add_pairs(&mut self, word: &str) {
        let chars: Vec<char> = word.chars().collect();
        for run in chars.chunk_by(|a, b| is_dense(*a) == is_dense(*b)) {
            if !is_dense(run[0]) {
                self.add(run.iter().collect());
            } else if run.len() == 1 {
                self.found.push(run[0].to_string());
            } else {
                let pairs = run.windows(2).map(|pair| pair.iter().collect());
                self.found.extend(pairs);
            }
        }
    }
}

/// One Latin letter says nothing: it is the rest of "it's" and "d'État".
fn is_letter(word: &str) -> bool {
    word.len() == 1 && word.as_bytes()[0].is_ascii_alphabetic()
}

/// Scripts that part words by sense alone: Thai, Lao, Burmese, Khmer, kana, Chinese characters.
fn is_dense(c: char) -> bool {
    matches!(c,
        '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}'
        | '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}')
}

/// Letters that Unicode does not take apart, as they are typed on another keyboard.
fn plain(c: char) -> Option<&'static str> {
    Some(match c {
        'ß' | 'ẞ' => "ss",
        'æ' | 'Æ' => "ae",
        'œ' | 'Œ' => "oe",
        'ø' | 'Ø' => "o",
        'ł' | 'Ł' => "l",
        'đ' | 'Đ' | 'ð' | 'Ð' => "d",
        'þ' | 'Þ' => "th",
        'ı' => "i",
        'ς' => "σ",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::words;

    fn check(text: &str, expected: &[&str]) {
        assert_eq!(words(text), expected, "{text}");
    }

    #[test]
    fn words_are_as_one_types_them() {
        check("Sébastien Peyrouse, 42", &["sebastien", "peyrouse", "42"]);
        check(
            "Łódź, Straße, Ærø, İzmir",
            &["lodz", "strasse", "aero", "izmir"],
        );
        check("O\u{2019}Brien's plan", &["obrien", "brien", "plan"]);
        check("coup d'État", &["coup", "detat", "etat"]);
        check("ISIS-K", &["isis"]);
        check("Душанбе", &["душанбе"]);
        check("Νίκος ΝΙΚΟΣ", &["νικοσ", "νικοσ"]);
        check("国务院 CIA", &["国务", "务院", "cia"]);
        check(&"x".repeat(33), &[]);
    }
}
