//! What stands around an article on a web page and is no part of it.

use crate::text::fold::fold;

/// Whole lines, folded.
const LINES: &[&str] = &[
    "accept",
    "accept all",
    "accept cookies",
    "advertisement",
    "advertise with us",
    "ad",
    "ads",
    "all rights reserved",
    "back",
    "back to top",
    "bookmark",
    "cancel",
    "close",
    "comment",
    "comments",
    "continue reading",
    "cookie policy",
    "cookies",
    "copy link",
    "copied",
    "dismiss",
    "donate",
    "download",
    "download pdf",
    "email",
    "e-mail",
    "english",
    "facebook",
    "features",
    "follow",
    "follow us",
    "home",
    "instagram",
    "latest",
    "latest news",
    "leave a comment",
    "like",
    "linkedin",
    "listen",
    "load more",
    "log in",
    "login",
    "log out",
    "main menu",
    "manage cookies",
    "menu",
    "messenger",
    "more",
    "more from this author",
    "more news",
    "more stories",
    "most popular",
    "most read",
    "navigation",
    "newsletter",
    "newsletters",
    "next",
    "next article",
    "news",
    "no comments",
    "ok",
    "open menu",
    "opinion",
    "pinterest",
    "pocket",
    "popular",
    "previous",
    "previous article",
    "print",
    "print this page",
    "privacy",
    "privacy policy",
    "promoted",
    "read more",
    "reddit",
    "register",
    "recommended",
    "related",
    "related articles",
    "related news",
    "related posts",
    "related stories",
    "related topics",
    "reply",
    "reprint",
    "rss",
    "save",
    "save article",
    "search",
    "see also",
    "see more",
    "settings",
    "share",
    "share this",
    "share this article",
    "show comments",
    "sign in",
    "sign up",
    "sitemap",
    "skip to content",
    "skip to main content",
    "skip navigation",
    "sponsored",
    "subscribe",
    "subscribe now",
    "support us",
    "tags",
    "telegram",
    "terms",
    "terms of use",
    "terms and conditions",
    "toggle navigation",
    "top stories",
    "topics",
    "trending",
    "tweet",
    "twitter",
    "view comments",
    "watch",
    "whatsapp",
    "write a comment",
    "x",
    "you may also like",
    "youtube",
];

/// How furniture begins, folded; it is short.
const STARTS: &[&str] = &[
    "share on ",
    "share via ",
    "share to ",
    "follow us ",
    "sign up ",
    "subscribe to ",
    "read more:",
    "read also",
    "also read",
    "read next",
    "related:",
    "advertisement",
    "copyright ",
    "(c) ",
    "© ",
    "©",
    "skip to ",
    "listen to this ",
    "click here",
    "we use cookies",
    "this site uses cookies",
    "this website uses cookies",
    "accept all",
    "by continuing",
    "join our ",
    "get our ",
    "get the latest",
    "filed under",
    "tags:",
    "tagged",
    "photo gallery",
    "download our ",
    "add as preferred",
    "was this article helpful",
    "send us a tip",
];

/// True for a line that no article has.
pub(super) fn is_furniture(line: &str) -> bool {
    let line = line.trim().trim_matches([
        '|', '·', '•', '*', '[', ']', '>', '×', '»', '«', '→', '←', ':',
    ]);
    let folded = fold(line.trim());
    let folded = folded.trim_end_matches(['.', '!', '…']).trim();
    if folded.is_empty() {
        return true;
    }
    let words = folded.split_whitespace().count();
    LINES.contains(&folded)
        || (words <= 14 && STARTS.iter().any(|start| folded.starts_with(start)))
        || is_reading_time(folded)
        || is_count(folded)
        || is_breadcrumb(line)
}

/// `4 min read`, `reading time: 4 minutes`
fn is_reading_time(folded: &str) -> bool {
    let short = folded.split_whitespace().count() <= 5;
    short
        && (folded.contains("min read")
            || folded.contains("minute read")
            || folded.contains("reading time"))
}

/// `12 comments`, `3 shares`
fn is_count(folded: &str) -> bool {
    let mut words = folded.split_whitespace();
    let (number, what, end) = (words.next(), words.next(), words.next());
    number.is_some_and(|n| n.bytes().all(|b| b.is_ascii_digit()))
        && matches!(
            what,
            Some("comments" | "comment" | "shares" | "share" | "likes" | "views")
        )
        && end.is_none()
}

/// `Home > World > Europe`
fn is_breadcrumb(line: &str) -> bool {
    let parts: Vec<&str> = line.split(['>', '›', '»']).collect();
    parts.len() >= 2
        && fold(parts[0].trim()) == "home"
        && parts
            .iter()
            .all(|part| part.split_whitespace().count() <= 5)
}

/// True for a line at a page's foot that is hardly prose: a few words without an end.
pub(super) fn is_stub(line: &str) -> bool {
    let line = line.trim();
    let is_list =
        line.starts_with(['-', '•', '*']) || line.starts_with(|c: char| c.is_ascii_digit());
    line.split_whitespace().count() <= 3 && !ends_sentence(line) && !is_list
}

/// True where a line ends as sentences and quotations do.
pub(super) fn ends_sentence(line: &str) -> bool {
    line.trim_end()
        .ends_with(['.', '!', '?', '…', ':', ';', '"', '”', '’', '»', ')', '\''])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_furniture_from_prose() {
        for line in [
            "News",
            "Dismiss",
            "Share on Facebook",
            "4 min read",
            "Home > World",
            "12 comments",
            "© 2024 The Post",
            "|",
        ] {
            assert!(is_furniture(line), "{line}");
        }
        for line in [
            "News came late.",
            "The port was closed.",
            "What happened next",
            "Home rule was granted in 1920.",
        ] {
            assert!(!is_furniture(line), "{line}");
        }
        assert!(is_stub("Most viewed") && !is_stub("It ended.") && !is_stub("- one"));
    }
}
