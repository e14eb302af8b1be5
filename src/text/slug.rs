//! The last part of an address.

use deunicode::deunicode;

use crate::portable;

/// The most bytes of a slug: file systems take 255 in a name, and suffixes are to fit too.
const LONGEST: usize = 96;

/// Lower-case ASCII letters and digits with single hyphens between; other scripts are
/// transliterated. Empty where nothing is left; cut between words where it would be longer than
/// a file name may be.
#[must_use]
pub fn slugify(text: &str) -> String {
    let mut slug = String::with_capacity(text.len());
    for c in deunicode(text).chars() {
        match c {
            c if c.is_ascii_alphanumeric() => slug.push(c.to_ascii_lowercase()),
            // "Nuñez's" is one word, not two.
            '\'' => {}
            _ if slug.is_empty() || slug.ends_with('-') => {}
            _ => slug.push('-'),
        }
    }
    if slug.len() > LONGEST {
        let end = slug[..=LONGEST].rfind('-').unwrap_or(LONGEST);
        slug.truncate(end);
    }
    slug.truncate(slug.trim_end_matches('-').len());
    // A person may be called Con, and no folder of Windows.
    if !slug.is_empty() && portable::name_fault(&slug).is_some() {
        slug.push_str("-1");
    }
    slug
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{LONGEST, slugify};
    use crate::portable;

    proptest! {
        /// Whatever the text, its slug is a part of an address that every system takes, and is its own.
        #[test]
        fn slugs_are_parts_of_addresses(text in "\\PC{0,120}|[a-zA-Z '.-]{0,160}|con|NUL[ .]*") {
            let slug = slugify(&text);
            prop_assert!(slug.len() <= LONGEST + 2);
            prop_assert!(slug.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-'));
            prop_assert!(!slug.starts_with('-') && !slug.ends_with('-') && !slug.contains("--"));
            prop_assert!(slug.is_empty() || portable::name_fault(&slug).is_none());
            prop_assert_eq!(slugify(&slug), slug);
        }
    }

    #[test]
    fn makes_addresses() {
        assert_eq!(
            slugify("Islamic State\u{2013}Khorasan Province"),
            "islamic-state-khorasan-province"
        );
        assert_eq!(
            slugify("Laurent Nuñez\u{2019}s plan"),
            "laurent-nunezs-plan"
        );
        assert_eq!(slugify("Душанбе"), "dushanbe");
        assert_eq!(slugify("Азиз Каримов"), "aziz-karimov");
        assert_eq!(
            slugify("Süddeutsche Zeitung, Köln"),
            "suddeutsche-zeitung-koln"
        );
        assert_eq!(
            slugify("Œuvre de l\u{2019}été à León"),
            "oeuvre-de-lete-a-leon"
        );
        assert_eq!(slugify("…"), "");
        assert_eq!(slugify("Con"), "con-1");
    }

    #[test]
    fn fits_a_file_name() {
        assert_eq!(slugify(&"word ".repeat(60)), ["word"; 19].join("-"));
        assert_eq!(slugify(&"x".repeat(300)).len(), LONGEST);
    }
}
