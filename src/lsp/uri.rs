//! Files as an editor calls them, and as the machine does.

use std::{fmt::Write as _, str::FromStr as _};

use camino::{Utf8Path, Utf8PathBuf};
use lsp_types::Uri;

use crate::stages::link::address::percent_decode;

/// The file that an address means; `None` for one that is no file.
#[must_use]
pub fn path_of(uri: &Uri) -> Option<Utf8PathBuf> {
    let path = uri.as_str().strip_prefix("file://")?;
    // What stands before the path is the machine's name, for which nobody asks.
    let path = percent_decode(&path[path.find('/')?..]);
    // `/c:/desk` is a path of Windows.
    let bytes = path.as_bytes();
    let is_drive = bytes.get(2) == Some(&b':') && bytes.get(1).is_some_and(u8::is_ascii_alphabetic);
    Some(Utf8PathBuf::from(&path[usize::from(is_drive)..]))
}

/// The address of a file; `None` where the path cannot be written as one.
#[must_use]
pub fn uri_of(path: &Utf8Path) -> Option<Uri> {
    let path = path.as_str().replace('\\', "/");
    let mut uri = String::from("file://");
    if !path.starts_with('/') {
        uri.push('/');
    }
    for byte in path.bytes() {
        match byte {
            b'/' | b'-' | b'.' | b'_' | b'~' => uri.push(byte.into()),
            byte if byte.is_ascii_alphanumeric() => uri.push(byte.into()),
            byte => {
                let _ = write!(uri, "%{byte:02X}");
            }
        }
    }
    Uri::from_str(&uri).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_and_addresses_are_each_others_inverse() {
        for path in ["/desk/content/a b.md", "/desk/Über #1%.md", "/desk/a+b.md"] {
            let uri = uri_of(Utf8Path::new(path));
            let back = uri.as_ref().and_then(path_of);
            assert_eq!(back.as_deref(), Some(Utf8Path::new(path)), "{uri:?}");
        }
    }

    #[test]
    fn reads_what_editors_write() {
        let path = |uri: &str| Uri::from_str(uri).ok().as_ref().and_then(path_of);
        assert_eq!(path("file:///c%3A/desk/a.md"), Some("c:/desk/a.md".into()));
        assert_eq!(path("untitled:Untitled-1"), None);
    }
}
