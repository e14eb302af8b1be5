//! SVG files beside the articles, without what runs or loads.
//!
//! Input: the bytes of a file. Output: the same drawing of known elements and attributes: no script,
//! no handler, no foreign HTML, no animation, which can change where a link leads, and no address
//! but of a web page behind a link or of a part of the same drawing. Pure.

use roxmltree::{Document, Node, NodeType, ParsingOptions};

use crate::text::html::escape;

const SVG: &str = "http://www.w3.org/2000/svg";
const XLINK: &str = "http://www.w3.org/1999/xlink";
const XML: &str = "http://www.w3.org/XML/1998/namespace";

/// Elements that draw. What is not here goes, with all that is in it.
#[rustfmt::skip]
const ELEMENTS: &[&str] = &[
    "a", "circle", "clipPath", "defs", "desc", "ellipse", "feBlend", "feColorMatrix",
    "feComponentTransfer", "feComposite", "feConvolveMatrix", "feDiffuseLighting",
    "feDisplacementMap", "feDistantLight", "feDropShadow", "feFlood", "feFuncA", "feFuncB", "feFuncG",
    "feFuncR", "feGaussianBlur", "feMerge", "feMergeNode", "feMorphology", "feOffset", "fePointLight",
    "feSpecularLighting", "feSpotLight", "feTile", "feTurbulence", "filter", "g", "image", "line",
    "linearGradient", "marker", "mask", "path", "pattern", "polygon", "polyline", "radialGradient",
    "rect", "stop", "style", "svg", "switch", "symbol", "text", "textPath", "title", "tspan", "use",
    "view",
];
/// Elements of drawing programs that nobody misses.
const SILENT: &[&str] = &["metadata", "namedview"];
/// Elements of one drawing; more are no picture but an attack on the reader's machine.
const MOST_NODES: u32 = 500_000;
/// Elements in one another.
const DEEPEST: usize = 200;

/// A drawing, cleaned.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cleaned {
    /// The file to publish.
    pub bytes: Vec<u8>,
    /// What of it could run or load, sorted.
    pub removed: Vec<String>,
}

/// Cleans a drawing.
///
/// # Errors
/// Why it is no SVG.
pub fn cleaned(bytes: &[u8]) -> Result<Cleaned, String> {
    let text = std::str::from_utf8(bytes).map_err(|_| "it is not UTF-8".to_owned())?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    if is_too_deep(text) {
        return Err(format!("its elements are nested more than {DEEPEST} deep"));
    }
    let options = ParsingOptions {
        // Drawing programs write a document type; entities are expanded within bounds.
        allow_dtd: true,
        nodes_limit: MOST_NODES,
        ..ParsingOptions::default()
    };
    let document =
        Document::parse_with_options(text, options).map_err(|error| error.to_string())?;
    let root = document.root_element();
    if !root.has_tag_name((SVG, "svg")) {
        return Err("its root is no `svg` element of SVG's namespace".to_owned());
    }
    let mut writer = Writer::default();
    writer.element(root, true);
    writer.out.push('\n');
    writer.removed.sort();
    writer.removed.dedup();
    Ok(Cleaned {
        bytes: writer.out.into_bytes(),
        removed: writer.removed,
    })
}

/// A cheap look before the parser, which goes down into elements by recursion.
fn is_too_deep(text: &str) -> bool {
    let mut depth = 0usize;
    for tag in text.split('<').skip(1) {
        let inner = tag.split('>').next().unwrap_or_default();
        match inner.as_bytes().first() {
            Some(b'/') => depth = depth.saturating_sub(1),
            Some(b'!' | b'?') | None => {}
            Some(_) if inner.ends_with('/') => {}
            Some(_) => depth += 1,
        }
        // A `>` in an attribute makes an element look open that is not: hence the room.
        if depth > DEEPEST * 2 {
            return true;
        }
    }
    false
}

#[derive(Default)]
struct Writer {
    out: String,
    removed: Vec<String>,
}

impl Writer {
    fn element(&mut self, node: Node<'_, '_>, is_root: bool) {
        let name = node.tag_name().name();
        let is_svg = node.tag_name().namespace() == Some(SVG);
        if !is_svg || !ELEMENTS.contains(&name) {
            // Elements of other namespaces draw nothing, but of XHTML they may run.
            let silent = SILENT.contains(&name)
                || node
                    .tag_name()
                    .namespace()
                    .is_some_and(is_of_a_drawing_program);
            if !silent {
                self.removed.push(format!("<{name}>"));
            }
            return;
        }
        self.out.push('<');
        self.out.push_str(name);
        if is_root {
            let both = format!(" xmlns=\"{SVG}\" xmlns:xlink=\"{XLINK}\"");
            self.out.push_str(&both);
        }
        for attribute in node.attributes() {
            self.attribute(name, &attribute);
        }
        self.out.push('>');
        for child in node.children() {
            match child.node_type() {
                NodeType::Element => self.element(child, false),
                NodeType::Text => self.text(name, child.text().unwrap_or_default()),
                _ => {}
            }
        }
        self.out.push_str("</");
        self.out.push_str(name);
        self.out.push('>');
    }

    fn text(&mut self, parent: &str, text: &str) {
        if parent == "style" && !is_harmless(text) {
            self.removed.push("<style>".to_owned());
            return;
        }
        self.out.push_str(&escape(text));
    }

    fn attribute(&mut self, element: &str, attribute: &roxmltree::Attribute<'_, '_>) {
        let (name, value) = (attribute.name(), attribute.value());
        let prefix = match attribute.namespace() {
            None => "",
            Some(XLINK) => "xlink:",
            Some(XML) if matches!(name, "space" | "lang") => "xml:",
            Some(_) => return,
        };
        let known = name
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_'));
        let runs = name.to_ascii_lowercase().starts_with("on");
        let loads = match name {
            "href" => !may_lead(element, value),
            "src" | "base" | "from" | "to" | "values" | "attributeName" => true,
            _ => !is_harmless(value),
        };
        if !known || runs || loads {
            self.removed.push(format!("{prefix}{name}"));
            return;
        }
        let value = escape(value).replace('\n', "&#10;").replace('\t', "&#9;");
        self.out.push_str(&format!(" {prefix}{name}=\"{value}\""));
    }
}

fn is_of_a_drawing_program(namespace: &str) -> bool {
    [
        "inkscape",
        "sodipodi",
        "adobe",
        "sketch",
        "w3.org/1999/02/22-rdf",
        "creativecommons",
        "dc/",
    ]
    .iter()
    .any(|known| namespace.contains(known))
}

/// True where an `href` may stand: to a part of the drawing, a page behind a link, or pixels.
fn may_lead(element: &str, address: &str) -> bool {
    let bare: String = address
        .chars()
        .filter(|c| !c.is_whitespace() && !c.is_control())
        .collect();
    let bare = bare.to_ascii_lowercase();
    let begins = |known: &[&str]| known.iter().any(|start| bare.starts_with(start));
    match element {
        _ if bare.starts_with('#') => true,
        "a" => begins(&["https://", "http://", "mailto:"]),
        "image" => begins(&[
            "data:image/png;",
            "data:image/jpeg;",
            "data:image/gif;",
            "data:image/webp;",
        ]),
        _ => false,
    }
}

/// True for style and values of attributes that load nothing: every `url(…)` is a part of the drawing.
fn is_harmless(value: &str) -> bool {
    let bare: String = value.chars().filter(|c| !c.is_whitespace()).collect();
    let bare = bare.to_ascii_lowercase();
    // A backslash can spell any word of these.
    let suspect = [
        "\\",
        "@import",
        "@font-face",
        "expression(",
        "javascript:",
        "-moz-binding",
        "image-set(",
    ];
    let parts = bare.split("url(").skip(1);
    let inside = |part: &str| part.trim_start_matches(['"', '\'']).starts_with('#');
    !suspect.iter().any(|word| bare.contains(word)) && parts.into_iter().all(inside)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn clean(inner: &str) -> (String, Vec<String>) {
        let text = format!("<svg xmlns=\"{SVG}\" xmlns:xlink=\"{XLINK}\">{inner}</svg>");
        let cleaned = cleaned(text.as_bytes()).unwrap();
        let text = String::from_utf8(cleaned.bytes).unwrap();
        let head = format!("<svg xmlns=\"{SVG}\" xmlns:xlink=\"{XLINK}\">");
        let inner = text.strip_prefix(&head).unwrap();
        (
            inner.strip_suffix("</svg>\n").unwrap().to_owned(),
            cleaned.removed,
        )
    }

    #[test]
    fn a_drawing_stays() {
        let drawing = "<defs><linearGradient id=\"a\"><stop offset=\"0\"></stop></linearGradient></defs>\
                       <style>.b { fill: url(#a) }</style><a xlink:href=\"https://example.org/?a=1&amp;b\">\
                       <rect class=\"b\" width=\"1\" style=\"fill:url('#a')\"></rect></a><text>1 &lt; 2</text>\
                       <use href=\"#a\"></use>";
        assert_eq!(clean(drawing), (drawing.to_owned(), vec![]));
    }

    #[test]
    fn what_runs_or_loads_goes() {
        for (hostile, left) in [
            ("<script>alert(1)</script>", ""),
            ("<SCRIPT>alert(1)</SCRIPT>", ""),
            ("<g onload=\"alert(1)\"/>", "<g></g>"),
            ("<g OnClick=\"alert(1)\"/>", "<g></g>"),
            ("<a href=\"javascript:alert(1)\"/>", "<a></a>"),
            ("<a xlink:href=\" java&#10;script:alert(1)\"/>", "<a></a>"),
            ("<a href=\"data:text/html,x\"/>", "<a></a>"),
            (
                "<image href=\"https://tracker.example/a.png\"/>",
                "<image></image>",
            ),
            (
                "<image href=\"data:image/svg+xml;base64,AA\"/>",
                "<image></image>",
            ),
            ("<use href=\"other.svg#x\"/>", "<use></use>"),
            (
                "<foreignObject><body xmlns=\"http://www.w3.org/1999/xhtml\"/></foreignObject>",
                "",
            ),
            (
                "<h:script xmlns:h=\"http://www.w3.org/1999/xhtml\">1</h:script>",
                "",
            ),
            (
                "<animate attributeName=\"href\" to=\"javascript:alert(1)\"/>",
                "",
            ),
            ("<set attributeName=\"onload\" to=\"alert(1)\"/>", ""),
            (
                "<rect fill=\"url(https://tracker.example/#a)\"/>",
                "<rect></rect>",
            ),
            (
                "<rect style=\"fill:u\\72l(//tracker.example)\"/>",
                "<rect></rect>",
            ),
            (
                "<style>@import 'https://tracker.example'</style>",
                "<style></style>",
            ),
            (
                "<style>a{background:url( \"//tracker.example\")}</style>",
                "<style></style>",
            ),
            ("<handler>x</handler>", ""),
        ] {
            let (kept, removed) = clean(hostile);
            assert_eq!(kept, left, "{hostile}");
            assert_eq!(removed.len(), 1, "{hostile}: {removed:?}");
        }
    }

    #[test]
    fn stylesheets_and_comments_go() {
        let text = format!(
            "<?xml-stylesheet href=\"//tracker.example\"?><!-- note --><svg xmlns=\"{SVG}\"/>"
        );
        let kept = String::from_utf8(cleaned(text.as_bytes()).unwrap().bytes).unwrap();
        assert!(
            !kept.contains("tracker") && !kept.contains("note"),
            "{kept}"
        );
    }

    #[test]
    fn what_is_no_drawing_is_told() {
        let bomb: String = (1..12)
            .map(|n| format!("<!ENTITY e{n} \"{}\">", format!("&e{};", n - 1).repeat(10)))
            .collect();
        let bomb =
            format!("<!DOCTYPE svg [<!ENTITY e0 \"x\">{bomb}]><svg xmlns=\"{SVG}\">&e11;</svg>");
        let deep = format!("<svg xmlns=\"{SVG}\">{}", "<g>".repeat(100_000));
        let file = "<!DOCTYPE svg [<!ENTITY f SYSTEM \"/etc/passwd\">]><svg xmlns=\"http://www.w3.org/2000/svg\">&f;</svg>";
        for text in ["", "<svg>", "<html/>", "<svg/>", &bomb, &deep, file] {
            assert!(
                cleaned(text.as_bytes()).is_err(),
                "{}",
                &text[..text.len().min(80)]
            );
        }
    }
}
