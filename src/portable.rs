//! File names that every file system and web server takes.
//!
//! A site must be able to move to a memory stick or a Windows server, so a name that only some
//! systems allow is refused before anything is written. Pure.

/// Device names that Windows reserves, with any extension.
const DEVICES: [&str; 6] = ["con", "prn", "aux", "nul", "conin$", "conout$"];

/// The longest name of one folder or file, in bytes, that common file systems take.
const LONGEST: usize = 255;

/// Says why a path below the output folder cannot be used, or `None` if it can.
///
/// The path is relative, with forward slashes.
#[must_use]
pub fn path_fault(path: &str) -> Option<&'static str> {
    if path.is_empty() {
        return Some("it is empty");
    }
    if path.starts_with('/') {
        return Some("it is absolute");
    }
    path.split('/').find_map(name_fault)
}

/// Says why a single file or folder name cannot be used, or `None` if it can.
#[must_use]
pub fn name_fault(name: &str) -> Option<&'static str> {
    if name.is_empty() {
        return Some("it has an empty part");
    }
    if name == "." || name == ".." {
        return Some("it has a part `.` or `..`");
    }
    if name.chars().any(char::is_control) {
        return Some("it holds a control character");
    }
    if name.contains(['\\', ':', '*', '?', '"', '<', '>', '|']) {
        return Some("it holds one of \\ : * ? \" < > |, which Windows and memory sticks refuse");
    }
    if name.contains(deceives) {
        return Some("it holds a character that is invisible or looks like a slash");
    }
    if name.ends_with(['.', ' ']) {
        return Some("it has a part that ends in a dot or space, which Windows drops");
    }
    if name.len() > LONGEST {
        return Some("it has a part longer than 255 bytes");
    }
    is_device(name).then_some("it has a part that Windows reserves for a device")
}

/// Characters that make a name look like another one: marks of direction, spaces without width, and
/// slashes of other scripts, which some systems take for true ones.
fn deceives(c: char) -> bool {
    matches!(
        c,
        '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{2069}'
            | '\u{feff}' | '\u{2044}' | '\u{2215}' | '\u{29f8}' | '\u{29f5}' | '\u{ff0f}' | '\u{ff3c}'
    )
}

fn is_device(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or(name).trim_end();
    let stem = stem.to_ascii_lowercase();
    let numbered = |prefix| {
        stem.strip_prefix(prefix).is_some_and(|rest| {
            matches!(
                rest,
                "1" | "2"
                    | "3"
                    | "4"
                    | "5"
                    | "6"
                    | "7"
                    | "8"
                    | "9"
                    | "\u{b9}"
                    | "\u{b2}"
                    | "\u{b3}"
            )
        })
    };
    DEVICES.contains(&stem.as_str()) || numbered("com") || numbered("lpt")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(path: &str, fine: bool) {
        assert_eq!(path_fault(path).is_none(), fine, "{path:?}");
    }

    #[test]
    fn takes_names_that_all_systems_take() {
        check("index.html", true);
        check("briefings/été 2024/index.html", true);
        check(".nojekyll", true);
        check("console.css", true);
        check("com10/lpt.txt", true);
        check(&"a".repeat(255), true);
    }

    #[test]
    fn refuses_names_that_some_system_refuses() {
        check("", false);
        check("/etc/passwd", false);
        check("a/../b", false);
        check("./a", false);
        check("a//b", false);
        check("a/", false);
        check("a\0b", false);
        check("a\nb", false);
        check("a\\b", false);
        check("C:/a", false);
        check("what?.pdf", false);
        check("a./b", false);
        check("nul", false);
        check("x/AUX.html", false);
        check("com1.txt", false);
        check("LPT9", false);
        check("com\u{b9}.txt", false);
        check("CONIN$", false);
        check("gpj.\u{202e}exe", false);
        check("a\u{ff0f}b", false);
        check(&"a".repeat(256), false);
    }
}
