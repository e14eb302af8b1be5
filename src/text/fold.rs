//! The form in which two names are compared.

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// Lower case, without diacritics, with plain hyphens, quotes and single spaces, so that
/// "Sébastien" equals "Sebastien" and "Islamic State–Khorasan" equals "Islamic State-Khorasan".
#[must_use]
pub fn fold(name: &str) -> String {
    if name.is_ascii() {
        return ascii(name);
    }
    let mut folded = String::with_capacity(name.len());
    for c in name.nfkd().filter(|c| !is_combining_mark(*c)) {
        match c {
            '‐' | '‑' | '‒' | '–' | '—' => folded.push('-'),
            '‘' | '’' | 'ʼ' => folded.push('\''),
            c if c.is_whitespace() => {
                if !folded.is_empty() && !folded.ends_with(' ') {
                    folded.push(' ');
                }
            }
            c => folded.extend(c.to_lowercase()),
        }
    }
    folded.truncate(folded.trim_end().len());
    folded
}

/// Most names need no tables.
fn ascii(name: &str) -> String {
    let mut folded = String::with_capacity(name.len());
    for c in name.chars() {
        if !c.is_whitespace() {
            folded.push(c.to_ascii_lowercase());
        } else if !folded.is_empty() && !folded.ends_with(' ') {
            folded.push(' ');
        }
    }
    folded.truncate(folded.trim_end().len());
    folded
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::fold;

    proptest! {
        #[test]
        fn names_without_diacritics_fold_as_those_with_them(name in "[ -~\t\n\u{b}\u{1c}]{0,20}") {
            // A sign that folding takes away brings the long way.
            prop_assert_eq!(fold(&name), fold(&format!("{name}\u{301}")));
        }
    }

    #[test]
    fn folds_what_readers_take_for_the_same() {
        assert_eq!(fold("Sébastien  Peyrouse "), "sebastien peyrouse");
        assert_eq!(
            fold("Islamic State\u{2013}Khorasan"),
            "islamic state-khorasan"
        );
        assert_eq!(fold("O\u{2019}Brien"), "o'brien");
        assert_eq!(fold("МОСКВА"), "москва");
    }
}
