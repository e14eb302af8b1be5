//! Numbers in digits, as a language writes them.

use super::{Language, Words};

/// What parts thousands, what stands before decimals, and from how many digits on thousands are
/// parted, after CLDR.
fn signs(language: Language) -> (char, char, usize) {
    match language {
        Language::English => (',', '.', 4),
        Language::French => ('\u{202f}', ',', 4),
        Language::German => ('.', ',', 4),
        Language::Spanish => ('.', ',', 5),
        Language::Russian => ('\u{a0}', ',', 4),
    }
}

impl Words {
    /// A whole number: `12,345`.
    #[must_use]
    pub fn number(&self, n: u64) -> String {
        self.digits(&n.to_string())
    }

    /// A number that is written in ASCII digits, with a point before its decimals and a minus
    /// before what is below nought. Any other text stays as it is.
    #[must_use]
    pub fn digits(&self, plain: &str) -> String {
        let (thousands, point, least) = signs(self.language());
        let (sign, unsigned) = match plain.strip_prefix(['-', '\u{2212}']) {
            Some(rest) => ("\u{2212}", rest),
            None => ("", plain),
        };
        let (whole, decimals) = unsigned.split_once('.').unwrap_or((unsigned, ""));
        let is_plain = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        if whole.is_empty() || !is_plain(whole) || !is_plain(decimals) {
            return plain.to_owned();
        }
        let mut out = sign.to_owned();
        for (n, digit) in whole.chars().enumerate() {
            let is_start = n > 0 && (whole.len() - n).is_multiple_of(3);
            if is_start && whole.len() >= least {
                out.push(thousands);
            }
            out.push(digit);
        }
        if !decimals.is_empty() {
            out.push(point);
            out.push_str(decimals);
        }
        out
    }
}
