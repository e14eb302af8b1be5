//! The last part of an address.

use deunicode::deunicode;

/// Lower-case ASCII letters and digits with single hyphens between; other scripts are
/// transliterated. Empty where nothing is left.
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
    slug.truncate(slug.trim_end_matches('-').len());
    slug
}

#[cfg(test)]
mod tests {
    use super::slugify;

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
        assert_eq!(slugify("…"), "");
    }
}
