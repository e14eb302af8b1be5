//! A fuzzer that needs no other toolchain: texts of a corpus, changed at random, through the stages.
//!
//! It keeps what cargo-fuzz found (`fuzz/corpus/`) tried on every `cargo test`; the targets in `fuzz/`
//! go further, led by coverage.
//!
//! `DATELINE_FUZZ_SECONDS` is the time for each target (default 1), `DATELINE_FUZZ_SEED` where to begin.
//! A panic fails the test; the text is then in the folder that the message names.

use std::{
    fs,
    panic::{self, AssertUnwindSafe},
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

use dateline::{
    config,
    model::source::{SourceFile, Sources},
    pipeline::{self, Options},
    stages::parse::{self, ParseOptions},
};

/// Marsaglia's xorshift: the same seed makes the same texts.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % sides.max(1) as u64) as usize
    }
}

/// Pieces that mean something to one of the stages.
const PIECES: &[&str] = &[
    "[[",
    "]]",
    "|",
    "#",
    "---\n",
    "```\n",
    "```chart\ntype: line\n---\nx,y\n1,2\n```\n",
    "{redact}",
    "{/redact}",
    "{ Note }",
    "{/note}",
    "[^1]",
    "[^1]: ",
    "> [!NOTE]\n",
    "<div>",
    "</div>",
    "<a href=\"",
    "<!--",
    "-->",
    "&amp;",
    "&#0;",
    "**",
    "_",
    "~~",
    "![",
    "](",
    ")",
    "| a | b |\n|---|---|\n",
    "\n: ",
    "\u{201c}",
    "\u{201d}",
    "he said",
    "the U.S.",
    "Mr. Smith",
    "(WHO)",
    "21 July 2024",
    "last year",
    "since March",
    "1990s",
    "\u{202e}",
    "e\u{301}",
    "\u{0}",
    "\u{feff}",
    "\r\n",
    "title: ",
    "date: 2024-02-30\n",
    "aliases: [",
    "]",
    "{",
    "}",
    "&a ",
    "*a",
    "\u{1f469}\u{200d}\u{1f680}",
    "\u{f7a31}\u{e7a3}\u{e7a4}",
    "https://",
    "18-20 May",
    "31 February",
    "9999999999999999999",
    "'",
    "\"",
    "\\",
    "- ",
    "1. ",
    "    ",
    "\t",
    "$",
    "im Juli",
    "le 3 mars",
    "\u{130}",
    "\u{df}",
];

fn changed(dice: &mut Dice, corpus: &[String]) -> String {
    let mut text = corpus[dice.roll(corpus.len())].clone();
    for _ in 0..=dice.roll(6) {
        let at = |dice: &mut Dice, text: &str| {
            let mut at = dice.roll(text.len() + 1);
            while !text.is_char_boundary(at) {
                at -= 1;
            }
            at
        };
        let (a, b) = (at(dice, &text), at(dice, &text));
        let (from, to) = (a.min(b), a.max(b));
        match dice.roll(5) {
            0 => text.insert_str(from, PIECES[dice.roll(PIECES.len())]),
            1 => text.insert_str(
                from,
                &PIECES[dice.roll(PIECES.len())].repeat(1 + dice.roll(20)),
            ),
            2 if to - from < 200 => text.replace_range(from..to, ""),
            3 => {
                let other = &corpus[dice.roll(corpus.len())];
                let (a, b) = (at(dice, other), at(dice, other));
                let piece = other[a.min(b)..a.max(b)]
                    .chars()
                    .take(400)
                    .collect::<String>();
                text.insert_str(from, &piece);
            }
            _ => {
                let piece: String = text[from..to].chars().take(200).collect();
                text.insert_str(to, &piece);
            }
        }
    }
    if text.len() > 20_000 {
        let mut end = 20_000;
        while !text.is_char_boundary(end) {
            end -= 1;
        }
        text.truncate(end);
    }
    text
}

fn number(variable: &str, default: u64) -> u64 {
    std::env::var(variable)
        .ok()
        .and_then(|text| text.parse().ok())
        .unwrap_or(default)
}

fn fuzz(target: &str, corpus: &[String], run: impl Fn(&str)) {
    let seconds = number("DATELINE_FUZZ_SECONDS", 1);
    let mut dice = Dice(number("DATELINE_FUZZ_SEED", 0x9e37_79b9_7f4a_7c15).max(1));
    for text in corpus {
        run(text);
    }
    let (started, mut count) = (Instant::now(), 0u64);
    while started.elapsed() < Duration::from_secs(seconds) {
        let text = changed(&mut dice, corpus);
        // A stack that overflows ends the process: the text must be there already.
        let now = std::env::temp_dir().join(format!("dateline-fuzz-{target}-now.txt"));
        if seconds > 1 {
            fs::write(now, &text).unwrap();
        }
        let begun = Instant::now();
        let outcome = panic::catch_unwind(AssertUnwindSafe(|| run(&text)));
        let took = begun.elapsed();
        count += 1;
        if outcome.is_err() || took > Duration::from_secs(20) {
            let file = std::env::temp_dir().join(format!("dateline-fuzz-{target}-{count}.txt"));
            fs::write(&file, &text).unwrap();
            panic!("{target}: {took:?}, the text is in {}", file.display());
        }
    }
    if seconds > 1 {
        #[allow(
            clippy::print_stderr,
            reason = "figures for whoever asked for a long run"
        )]
        {
            eprintln!("{target}: {count} texts in {seconds} s");
        }
    }
}

fn file(path: &str, text: &str) -> SourceFile {
    SourceFile {
        path: path.into(),
        text: text.into(),
    }
}

fn collect(folder: &Path, endings: &[&str], found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, endings, found);
        } else if path
            .extension()
            .is_some_and(|e| endings.contains(&e.to_str().unwrap()))
        {
            found.push(path);
        }
    }
}

/// The example site's files, the specifications' examples, and what once failed.
fn corpus(endings: &[&str]) -> Vec<String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files = Vec::new();
    for folder in ["content", "tests/fuzz"] {
        collect(&root.join(folder), endings, &mut files);
    }
    files.sort();
    let texts = files.iter().map(|file| fs::read_to_string(file).unwrap());
    texts.filter(|text| text.len() < 20_000).collect()
}

/// The corpus of a target of cargo-fuzz, as text.
fn kept(target: &str) -> impl Iterator<Item = String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("fuzz/corpus")
        .join(target);
    let mut files: Vec<PathBuf> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    files.sort();
    let texts = files.into_iter().map(|file| fs::read(file).unwrap());
    texts.filter_map(|bytes| String::from_utf8(bytes).ok())
}

fn articles() -> Vec<String> {
    let mut corpus = corpus(&["md"]);
    corpus.extend(kept("front-matter").map(|yaml| format!("---\n{yaml}\n---\nWords.\n")));
    for target in ["markdown", "extract", "wikilinks"] {
        corpus.extend(
            kept(target).map(|body| format!("---\ntitle: T\ndate: 2024-07-21\n---\n{body}")),
        );
    }
    let spec = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/spec/commonmark.jsonl");
    for line in fs::read_to_string(spec).unwrap().lines().step_by(3) {
        let example: serde_json::Value = serde_json::from_str(line).unwrap();
        let text = example["markdown"].as_str().unwrap();
        corpus.push(format!("---\ntitle: T\ndate: 2024-07-21\n---\n{text}"));
    }
    corpus
}

fn options() -> Options {
    Options::at("content".into(), "templates".into(), jiff::Timestamp::MAX)
}

/// Front matter, Markdown to document, and the spans of both: they stand on characters.
#[test]
fn articles_are_parsed() {
    fuzz("parse", &articles(), |text| {
        let source = file("briefings/a.md", text);
        let (article, problems) = parse::article(&source, &ParseOptions::default());
        for problem in problems {
            let span = problem.span.unwrap_or_default();
            assert!(text.get(span.range()).is_some(), "{problem:?}");
        }
        let Some(document) = article.map(|article| article.document) else {
            return;
        };
        for block in &document.blocks {
            assert!(document.text.get(block.span.range()).is_some());
            let _ = document.source.span(block.span);
        }
        for mask in &document.masks {
            assert!(document.text.get(mask.span.range()).is_some(), "{mask:?}");
        }
        for hole in &document.body.holes {
            assert!(document.body.html.is_char_boundary(hole.at as usize));
        }
    });
}

/// A small site: extraction, times, wikilinks, resolution and links of two articles and an entity.
#[test]
fn small_sites_are_linked() {
    let names =
        "---\nname: Ann Lee\naliases: [Lee, {name: Ann, match: context}]\n---\nA reporter. [[b]]\n";
    fuzz("site", &articles(), |text| {
        let sources = Sources {
            articles: vec![
                file("briefings/a.md", text),
                file(
                    "briefings/b.md",
                    "---\ntitle: B\ndate: 2024-07-20\n---\nAnn Lee of Paris.\n",
                ),
            ],
            entities: vec![
                file("entities/person/ann.md", names),
                file("entities/place/x.md", text),
            ],
            pages: vec![file("pages/about.md", text)],
            ..Sources::default()
        };
        let parsed = pipeline::parse(&sources, &options(), &pipeline::silent);
        pipeline::link(&parsed, &sources, &pipeline::silent).unwrap();
    });
}

/// The editors' lists and the settings.
#[test]
fn settings_and_lists_are_read() {
    let mut corpus = corpus(&["yaml", "jsonl"]);
    corpus.extend(kept("decisions"));
    corpus.push("accepted: [{name: A, kind: person}]\nmerged: [{name: B, into: c}]\n".to_owned());
    corpus.push("diagnostics: {link/broken: off}\ntheme: {accent: '#123456'}\n".to_owned());
    fuzz("lists", &corpus, |text| {
        let source = file("x", text);
        let _ = config::parse(Some(&source));
        let _ = parse::decisions(&source);
        let _ = parse::suppressed(&source);
        let _ = parse::addresses(&source);
    });
}

/// Drawings: what comes out is read again, and is clean.
#[test]
fn drawings_are_cleaned() {
    use dateline::stages::render::vector;
    let mut corpus = corpus(&["svg"]);
    corpus.push(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" onload=\"x\"><script>x</script><a href=\"javascript:x\"/></svg>"
            .to_owned(),
    );
    fuzz("svg", &corpus, |text| {
        if let Ok(first) = vector::cleaned(text.as_bytes()) {
            let second = vector::cleaned(&first.bytes).unwrap();
            assert_eq!(second.removed, Vec::<String>::new());
        }
    });
}
