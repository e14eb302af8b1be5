//! No words for readers stand in templates, scripts or the code that renders: all are in `languages/`.

use std::{collections::BTreeMap, fs, path::Path};

/// Attributes that are shown or read out. Those of `data-` hold words for scripts.
const SAID: [&str; 5] = ["aria-label", "title", "alt", "placeholder", "label"];
/// What scripts write where readers see it.
const SINKS: [&str; 8] = [
    "textContent =",
    "append(",
    "prepend(",
    "title =",
    "alt =",
    "placeholder =",
    "\"aria-label\",",
    "\"title\",",
];
/// What takes selectors, or is said to nobody.
const SILENT: [&str; 6] = [
    "querySelector(",
    "querySelectorAll(",
    "closest(",
    "closest?.(",
    "matches(",
    "Error(",
];
/// Keys of a keyboard, as scripts name them.
const KEYS: [&str; 8] = [
    "Escape",
    "Enter",
    "Home",
    "End",
    "ArrowUp",
    "ArrowDown",
    "ArrowLeft",
    "ArrowRight",
];

fn files(folder: &str, endings: &[&str], into: &mut BTreeMap<String, String>) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    for entry in fs::read_dir(root.join(folder)).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        let path = format!("{folder}/{name}");
        if root.join(&path).is_dir() {
            files(&path, endings, into);
        } else if endings.iter().any(|ending| name.ends_with(ending)) {
            let text = fs::read_to_string(root.join(&path)).unwrap();
            into.insert(path, text);
        }
    }
}

/// True for two letters in a row: a sign such as `K` on a key is no word.
fn has_word(text: &str) -> bool {
    let letters: Vec<bool> = text.chars().map(char::is_alphabetic).collect();
    letters.windows(2).any(|pair| pair == [true, true])
}

/// What stands between two marks, and the rest.
fn cut<'a>(text: &'a str, (open, close): (&str, &str)) -> Option<(&'a str, &'a str, &'a str)> {
    let (before, after) = text.split_once(open)?;
    let (inside, after) = after.split_once(close)?;
    Some((before, inside, after))
}

/// A template without what Tera reads, and what Tera reads.
fn parted(template: &str) -> (String, Vec<&str>) {
    let (mut text, mut expressions) = (String::new(), Vec::new());
    let mut rest = template;
    let marks = [("{{", "}}"), ("{%", "%}"), ("{#", "#}")];
    let next = |rest: &str| {
        let found = marks
            .iter()
            .filter_map(|mark| Some((rest.find(mark.0)?, *mark)));
        found.min().map(|(_, mark)| mark)
    };
    while let Some((before, inside, after)) = next(rest).and_then(|mark| cut(rest, mark)) {
        text.push_str(before);
        text.push('\u{1}');
        expressions.push(inside);
        rest = after;
    }
    (text + rest, expressions)
}

/// What a template says by itself.
fn of_template(template: &str, is_html: bool) -> Vec<String> {
    let (text, expressions) = parted(template);
    // What the component `lang` prints stands in a tag.
    let text = text.replace(" lang=\"\u{1}\" dir=\"\u{1}\"", "");
    let mut found = Vec::new();
    for expression in expressions {
        let strings = expression.split('"').skip(1).step_by(2);
        let is_said = |string: &&str| {
            let words = string.split(' ').filter(|word| has_word(word)).count();
            words > 1 || string.contains(char::is_uppercase)
        };
        found.extend(strings.filter(is_said).map(str::to_owned));
        found.extend(
            expression
                .contains("pluralize")
                .then(|| expression.to_owned()),
        );
    }
    if !is_html {
        found.extend(has_word(&text).then_some(text));
        return found;
    }
    let mut rest = &*text;
    while let Some((before, tag, after)) = cut(rest, ("<", ">")) {
        found.extend(has_word(before).then(|| before.trim().to_owned()));
        found.extend(of_tag(tag));
        rest = after;
    }
    found.extend(has_word(rest).then(|| rest.trim().to_owned()));
    found
}

fn of_tag(tag: &str) -> Vec<String> {
    let mut found = Vec::new();
    let is_description = tag.contains("=\"description\"") || tag.contains(":title\"");
    let mut rest = tag;
    while let Some((before, value, after)) = cut(rest, ("=\"", "\"")) {
        let name = before.rsplit(char::is_whitespace).next().unwrap();
        let is_said = SAID.contains(&name)
            || (name.starts_with("data-") && name != "data-zoom")
            || (name == "content" && is_description);
        found.extend((is_said && has_word(value)).then(|| format!("{name}={value}")));
        rest = after;
    }
    found
}

/// The strings of a script or of Rust with what stands before each, without comments. Of a
/// template string, what is between its expressions.
fn strings(code: &str, quotes: &[char]) -> Vec<(String, String)> {
    let (mut found, mut before) = (Vec::new(), String::new());
    let mut chars = code.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '/' if chars.peek() == Some(&'/') && !before.ends_with([':', '\\']) => {
                chars.by_ref().find(|c| *c == '\n');
            }
            '/' if chars.peek() == Some(&'*') => {
                let mut last = ' ';
                chars
                    .by_ref()
                    .find(|c| std::mem::replace(&mut last, *c) == '*' && *c == '/');
            }
            '\\' => before.extend([c].into_iter().chain(chars.next())),
            _ if quotes.contains(&c) => {
                let (mut text, mut depth) = (String::new(), 0);
                while let Some(inner) = chars.next() {
                    match inner {
                        '\\' => text.extend(chars.next()),
                        '$' if c == '`' && chars.peek() == Some(&'{') => depth += 1,
                        '}' if depth > 0 => depth -= 1,
                        _ if inner == c && depth == 0 => break,
                        _ if depth == 0 => text.push(inner),
                        _ => {}
                    }
                }
                found.push((before.trim_end().to_owned(), text.clone()));
                before.push_str(&format!("\"{text}\""));
            }
            _ => before.push(c),
        }
    }
    found
}

/// What a script says by itself.
fn of_script(script: &str) -> Vec<String> {
    let is_said = |(before, text): &(String, String)| {
        let is_sink = SINKS.iter().any(|sink| before.ends_with(sink));
        let is_silent = SILENT.iter().any(|silent| before.ends_with(silent));
        let plain = |c: char| c.is_alphabetic() || " ,.!?’'…".contains(c);
        let words = text.split(' ').filter(|word| has_word(word)).count();
        let mut letters = text.chars();
        let is_title = letters.next().is_some_and(char::is_uppercase)
            && letters.next().is_some_and(char::is_lowercase)
            && !KEYS.contains(&&**text);
        let is_sentence = words > 1 && text.chars().all(plain) && !text.contains(", ");
        has_word(text) && !is_silent && (is_sink || is_title || is_sentence)
    };
    let found = strings(script, &['"', '\'', '`']).into_iter();
    found.filter(is_said).map(|(_, text)| text).collect()
}

/// What Rust gives to readers by itself: words that begin a title, or three in a row.
fn of_rust(code: &str) -> Vec<String> {
    const NAMES: [&str; 3] = ["Natural Earth", "Dateline Card", "Dateline "];
    let code = code.split("#[cfg(test)]").next().unwrap();
    let is_said = |text: &String| {
        let plain = |c: char| c.is_alphabetic() || " ,.:’'".contains(c);
        let words = text.split(' ').filter(|word| has_word(word)).count();
        let rest = text.trim_start().chars().skip(1);
        let is_title = text.trim_start().starts_with(char::is_uppercase)
            && rest.clone().next().is_some_and(char::is_lowercase)
            && !rest.clone().any(char::is_uppercase);
        text.chars().all(plain) && (is_title || words > 2) && !NAMES.contains(&&**text)
    };
    let found = strings(code, &['"']).into_iter().map(|(_, text)| text);
    found.filter(is_said).collect()
}

fn assert_silent(said: impl Iterator<Item = (String, Vec<String>)>) {
    let all = said.flat_map(|(path, texts)| texts.into_iter().map(move |t| format!("{path}: {t}")));
    let all: Vec<String> = all.collect();
    assert!(all.is_empty(), "not from languages/:\n{}", all.join("\n"));
}

#[test]
fn templates_say_nothing_by_themselves() {
    let mut templates = BTreeMap::new();
    for folder in ["templates", "themes"] {
        files(folder, &[".html", ".md"], &mut templates);
    }
    assert!(templates.len() > 20);
    let said = templates.into_iter().map(|(path, text)| {
        let said = of_template(&text, path.ends_with(".html"));
        (path, said)
    });
    assert_silent(said);
}

#[test]
fn scripts_say_nothing_by_themselves() {
    let mut scripts = BTreeMap::new();
    for folder in ["templates", "themes"] {
        files(folder, &[".js"], &mut scripts);
    }
    assert!(scripts.len() > 4);
    assert_silent(
        scripts
            .into_iter()
            .map(|(path, text)| (path, of_script(&text))),
    );
}

#[test]
fn rendering_says_nothing_by_itself() {
    // Structured data and exports have the words of their formats, pictures those of diagnostics.
    let formats = ["structured.rs", "/exports", "picture", "tests.rs"];
    let mut code = BTreeMap::new();
    files("src/stages/render", &[".rs"], &mut code);
    let main =
        fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("src/stages/render.rs"));
    code.insert("src/stages/render.rs".to_owned(), main.unwrap());
    code.retain(|path, _| !formats.iter().any(|part| path.contains(part)));
    assert_silent(code.into_iter().map(|(path, text)| (path, of_rust(&text))));
}

#[test]
fn words_that_stand_in_sources_are_found() {
    for (template, said) in [
        ("<p>Contents</p>", "Contents"),
        ("<nav aria-label=\"Pages of it\">", "aria-label=Pages of it"),
        ("<p data-one=\"{{ n }} result\">", "data-one=\u{1} result"),
        (
            "<meta name=\"description\" content=\"All of {{ x }}\">",
            "content=All of \u{1}",
        ),
        ("{{ <map map={map} label=\"Map of it\" /> }}", "Map of it"),
        ("{% if a %}Newer{% endif %}", "\u{1}Newer\u{1}"),
    ] {
        assert_eq!(of_template(template, true), [said], "{template}");
    }
    for (script, said) in [
        ("a.textContent = \"also\";", "also"),
        ("list.append(`in ${n} briefings`)", "in  briefings"),
        ("const a = \"Nothing found\";", "Nothing found"),
        (
            "const a = 'fewer words find more';",
            "fewer words find more",
        ),
        ("button.setAttribute(\"aria-label\", \"zoom\")", "zoom"),
    ] {
        assert_eq!(of_script(script), [said], "{script}");
    }
    for silent in [
        "// No words\nif (key === \"Escape\") a.closest(\"thead th\"); /* Nor here */",
        "a.className = \"visually-hidden\"; throw new Error(\"no clipboard\");",
    ] {
        assert_eq!(of_script(silent), [""; 0], "{silent}");
    }
    assert_eq!(of_rust("Head::new(path, \"Map\")"), ["Map"]);
    assert_eq!(
        of_rust("format!(\"{a}\"); say(\"no month was given\")"),
        ["no month was given"]
    );
}
