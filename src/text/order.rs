//! The order in which a language has its words: "Ö" after "O" in German, after "Z" in Swedish; "Ñ" a
//! letter of its own in Spanish; Cyrillic first in Russian.
//!
//! After Unicode's collation algorithm with CLDR's rules for each language, which are in the program.

use icu_collator::{
    Collator, CollatorBorrowed,
    options::{CollatorOptions, Strength},
};
use icu_locale_core::Locale;
use unicode_normalization::UnicodeNormalization;

use super::fold::fold;

/// The order of one language.
#[derive(Debug)]
pub struct Order {
    /// Tells all apart that readers tell apart.
    whole: Option<CollatorBorrowed<'static>>,
    /// Tells letters apart, and neither case nor accents that make no letter of their own.
    letters: Option<CollatorBorrowed<'static>>,
}

impl Order {
    /// The order of the language of a BCP 47 tag; for those without rules of their own, and for what
    /// is no tag, the order that Unicode has for all.
    #[must_use]
    pub fn of(tag: &str) -> Self {
        let locale: Locale = tag.replace('_', "-").parse().unwrap_or(Locale::UNKNOWN);
        let with = |strength| {
            let mut options = CollatorOptions::default();
            options.strength = Some(strength);
            Collator::try_new((&locale).into(), options).ok()
        };
        Self {
            whole: with(Strength::Tertiary),
            letters: with(Strength::Primary),
        }
    }

    /// What a text is sorted by: keys compare as the language has the texts.
    #[must_use]
    pub fn key(&self, text: &str) -> Vec<u8> {
        let mut key = Vec::new();
        if let Some(collator) = &self.whole {
            // Memory takes all of it.
            let Ok(()) = collator.write_sort_key_to(text, &mut key);
        }
        key
    }

    /// The heading under which a name stands: the letter of the language that it begins with, as a
    /// capital; `#` where it begins with none.
    #[must_use]
    pub fn letter(&self, name: &str) -> String {
        let plain = fold(name).chars().next().filter(|c| c.is_alphabetic());
        let Some(plain) = plain else {
            return "#".to_owned();
        };
        let own = name.trim_start().nfc().next().unwrap_or(plain);
        let (plain, own) = (capital(plain), capital(own));
        let is_same = |collator: &CollatorBorrowed<'_>| collator.compare(&plain, &own).is_eq();
        match own.chars().all(char::is_alphabetic) && !self.letters.as_ref().is_none_or(is_same) {
            true => own,
            false => plain,
        }
    }
}

fn capital(letter: char) -> String {
    letter.to_uppercase().take(1).collect()
}

#[cfg(test)]
mod tests {
    use super::Order;

    fn sorted(tag: &str, words: &str) -> String {
        let order = Order::of(tag);
        let mut words: Vec<&str> = words.split(' ').collect();
        words.sort_by_key(|word| order.key(word));
        words.join(" ")
    }

    #[test]
    fn each_language_has_its_order() {
        let german = "Zagreb Öl Oper Ähre Adler Straße Strasse ostern";
        assert_eq!(
            sorted("de-AT", german),
            "Adler Ähre Öl Oper ostern Strasse Straße Zagreb"
        );
        assert_eq!(
            sorted("sv", "Öland Ärla Zorn Åre Arboga Oslo"),
            "Arboga Oslo Zorn Åre Ärla Öland"
        );
        assert_eq!(sorted("es", "ñandú nube nzema oca"), "nube nzema ñandú oca");
        assert_eq!(sorted("en", "ñandú nube nzema"), "ñandú nube nzema");
        assert_eq!(
            sorted("ru", "Яна Ёлка Ель Berlin Жук Иван"),
            "Ёлка Ель Жук Иван Яна Berlin"
        );
        assert_eq!(sorted("nonsense tag", "b a"), "a b");
    }

    #[test]
    fn names_stand_under_the_letters_of_the_language() {
        let cases = [
            ("en", "Émile", "E"),
            ("en", "europol", "E"),
            ("en", "Яндекс", "Я"),
            ("en", "18F", "#"),
            ("en", "", "#"),
            ("en", "\u{201c}Ali\u{201d}", "#"),
            ("de", "Ägypten", "A"),
            ("de", "ßtest", "S"),
            ("sv", "Ärla", "Ä"),
            ("sv", "A\u{30a}re", "Å"),
            ("es", "ñandú", "Ñ"),
            ("es", "Águila", "A"),
            ("ru", "Ёлка", "Е"),
        ];
        for (tag, name, letter) in cases {
            assert_eq!(Order::of(tag).letter(name), letter, "{tag} {name}");
        }
    }
}
