//! Addresses as authors write them. Pure text; nothing here knows the site.

use camino::{Utf8Component, Utf8Path, Utf8PathBuf};

pub(crate) fn is_external(address: &str) -> bool {
    if address.starts_with("//") {
        return true;
    }
    let scheme = address.split(['/', '#', '?']).next().unwrap_or_default();
    scheme.split_once(':').is_some_and(|(scheme, _)| {
        scheme.starts_with(|c: char| c.is_ascii_alphabetic())
            && scheme
                .chars()
                .all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c))
    })
}

pub(crate) fn split_fragment(address: &str) -> (&str, Option<&str>) {
    match address.split_once('#') {
        Some((path, fragment)) => (path, Some(fragment)),
        None => (address, None),
    }
}

/// The slug or file name that an address ends in.
pub(crate) fn last_part(address: &str) -> &str {
    let path = address.trim_matches('/');
    path.rsplit('/').next().unwrap_or(path)
}

/// Resolves `.` and `..`; `None` where the path leaves the content folder.
pub(crate) fn normalise(path: &Utf8Path) -> Option<Utf8PathBuf> {
    let mut clean = Utf8PathBuf::new();
    for component in path.components() {
        match component {
            Utf8Component::Normal(part) => clean.push(part),
            Utf8Component::CurDir => {}
            Utf8Component::ParentDir => {
                if !clean.pop() {
                    return None;
                }
            }
            Utf8Component::RootDir | Utf8Component::Prefix(_) => return None,
        }
    }
    Some(clean)
}

/// `%20` and the like; a sequence that is no UTF-8 is kept as written.
pub(crate) fn percent_decode(address: &str) -> String {
    if !address.contains('%') {
        return address.to_owned();
    }
    let mut bytes = Vec::with_capacity(address.len());
    let mut rest = address.as_bytes();
    while let Some((first, tail)) = rest.split_first() {
        let hex = tail
            .get(..2)
            .and_then(|pair| std::str::from_utf8(pair).ok());
        match hex
            .filter(|_| *first == b'%')
            .and_then(|pair| u8::from_str_radix(pair, 16).ok())
        {
            Some(byte) => {
                bytes.push(byte);
                rest = &tail[2..];
            }
            None => {
                bytes.push(*first);
                rest = tail;
            }
        }
    }
    String::from_utf8(bytes).unwrap_or_else(|_| address.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_external_addresses() {
        assert!(is_external("https://example.org/"));
        assert!(is_external("mailto:desk@example.org"));
        assert!(!is_external("2024-07-21-a.md"));
        assert!(!is_external("notes/a:b.md"));
    }

    #[test]
    fn paths_stay_inside_the_content_folder() {
        assert_eq!(
            normalise(Utf8Path::new("a/../b/./c.md")),
            Some("b/c.md".into())
        );
        assert_eq!(normalise(Utf8Path::new("a/../../etc/passwd")), None);
    }

    #[test]
    fn decodes_percent_signs() {
        assert_eq!(percent_decode("a%20b"), "a b");
        assert_eq!(percent_decode("100%"), "100%");
        assert_eq!(percent_decode("%ff"), "%ff");
    }
}
