//! Stylesheets without what only their authors need.
//!
//! Input: CSS, of the theme or of a site. Output: the same CSS for a browser, without comments and
//! without spaces that mean nothing. No value, no selector and no order is changed: where a space may
//! mean something (`a :hover`, `1rem + 2vw`, `not (`), it stays, and what cannot be read is copied.

/// `css` without comments and needless spaces.
#[must_use]
pub fn squeezed(css: &str) -> String {
    let mut out = String::with_capacity(css.len());
    let mut rest = css;
    // Whether there was a space since the last thing written.
    let mut parted = false;
    // How much of `out` ends in a sign that means itself.
    let mut escaped = 0;
    while let Some(first) = rest.chars().next() {
        let length = match first {
            c if c.is_ascii_whitespace() => {
                parted = true;
                rest = &rest[1..];
                continue;
            }
            '/' if rest.starts_with("/*") => {
                rest = rest[2..].split_once("*/").map_or("", |(_, after)| after);
                let next = rest.chars().next().unwrap_or(' ');
                let alone = parted || next.is_ascii_whitespace();
                if !alone && needs_space(&out[escaped..], out.is_empty(), next) {
                    // It parts two words without being a space between them.
                    out.push_str("/**/");
                }
                continue;
            }
            '"' | '\'' => string(rest, first),
            'u' | 'U' if starts_url(rest) => rest.find(')').map_or(rest.len(), |end| end + 1),
            // What is escaped is no sign.
            '\\' => 1 + rest[1..].chars().next().map_or(0, char::len_utf8),
            c => c.len_utf8(),
        };
        let plain = &out[escaped..];
        if parted && needs_space(plain, out.is_empty(), first) {
            out.push(' ');
        }
        while first == '}' && out.len() > escaped && out.ends_with(';') {
            out.pop();
        }
        out.push_str(&rest[..length]);
        if first == '\\' {
            escaped = out.len();
        }
        rest = &rest[length..];
        parted = false;
    }
    out
}

/// How long the string is that `text` starts with.
fn string(text: &str, quote: char) -> usize {
    let mut escaped = false;
    let end = text.char_indices().skip(1).find(|(_, c)| {
        let ends = *c == quote && !escaped;
        escaped = *c == '\\' && !escaped;
        ends
    });
    end.map_or(text.len(), |(at, _)| at + 1)
}

/// An address without quotes may hold what looks like a comment.
fn starts_url(text: &str) -> bool {
    let start = text.as_bytes().get(..4);
    let quoted = text[1..].trim_start_matches(|c: char| c != '(');
    start.is_some_and(|start| start.eq_ignore_ascii_case(b"url("))
        && !quoted[1..].trim_start().starts_with(['"', '\''])
}

fn needs_space(before: &str, is_first: bool, next: char) -> bool {
    let parts = |c: char| matches!(c, '{' | '}' | ';' | ',');
    // After a colon a space means nothing; before it, it makes another selector.
    !(is_first || before.ends_with(|c| parts(c) || c == ':') || parts(next))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(css: &str, expected: &str) {
        assert_eq!(squeezed(css), expected);
        assert_eq!(squeezed(expected), expected, "twice is as once");
    }

    #[test]
    fn comments_and_needless_spaces_go() {
        check(
            "/* a */\n@layer base {\n  a, b > c { color : red; /* why */ margin: 0 auto; }\n}\n",
            "@layer base{a,b > c{color :red;margin:0 auto}}",
        );
    }

    #[test]
    fn spaces_that_mean_something_stay() {
        for css in [
            "a :hover,a .b{width:calc(1rem + 2vw)}",
            "@supports (a:b) and (c:d){*{x:y}}",
            "@media not (prefers-contrast:more){:root:not([a=\"b\"]) i{--x:a b}}",
            "a/**/:hover{x:1/**/px}",
            ".a:is(.b) :not(.c){top:max(anchor(top),anchor(--n bottom) + .8rem)}",
        ] {
            check(css, css);
        }
    }

    #[test]
    fn strings_and_addresses_are_copied() {
        check(
            "a::after { content: \" /* ; } \\\" \" ; }",
            "a::after{content:\" /* ; } \\\" \"}",
        );
        check(
            "a { background: url(img/*.svg) , url( \"a  b.png\" ) }",
            "a{background:url(img/*.svg),url( \"a  b.png\" )}",
        );
        check("a\\; b { x: y\\; }", "a\\; b{x:y\\;}");
    }

    #[test]
    fn what_is_broken_stays_broken() {
        check("a { content: \"open", "a{content:\"open");
        check("a { } /* open", "a{}");
        check("é { x: url(open", "é{x:url(open");
        assert_eq!(squeezed("a\\"), "a\\");
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_squeezed_once(css in "[ a:;,{}()/*\\\\\"'url\n\té]{0,60}") {
            let once = squeezed(&css);
            proptest::prop_assert!(once.len() <= css.len());
            proptest::prop_assert_eq!(squeezed(&once), once);
        }
    }
}
