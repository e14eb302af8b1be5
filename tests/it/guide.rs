//! The guide in `docs/guide/`: it builds, and its first chapter is followed word for word.

use std::fs;

use crate::site::TestSite;

const GUIDE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/guide");

/// The day on which the reader of the first chapter follows it.
const DAY: &str = "2026-03-02";

/// What a fenced block of the chapter is.
#[derive(Debug, PartialEq)]
enum Step {
    /// Lines for a shell.
    Run(String),
    /// What the lines before print.
    Printed(String),
    /// A file to make, and its text.
    File(String, String),
}

/// The steps of a chapter, in order.
fn steps(chapter: &str) -> Vec<Step> {
    let mut steps = Vec::new();
    let mut lines = chapter.lines();
    while let Some(line) = lines.next() {
        let Some(about) = line.strip_prefix("```") else {
            continue;
        };
        let block: String = lines
            .by_ref()
            .take_while(|line| *line != "```")
            .map(|line| format!("{line}\n"))
            .collect();
        let file = about
            .split_once("file=\"")
            .and_then(|(_, rest)| rest.split_once('"'));
        steps.push(match (file, about) {
            (Some((path, _)), _) => Step::File(path.to_owned(), block),
            (None, "sh") => Step::Run(block),
            (None, "text") => Step::Printed(block),
            (None, other) => panic!("a block of a kind that nobody follows: {other}"),
        });
    }
    steps
}

/// True where `text` is what the chapter shows; `…` there is anything.
fn is_as_shown(shown: &str, text: &str) -> bool {
    let mut parts = shown.trim_end().split('…');
    let Some(mut rest) = text
        .trim_end()
        .strip_prefix(parts.next().unwrap_or_default())
    else {
        return false;
    };
    let parts: Vec<&str> = parts.collect();
    let Some((last, middle)) = parts.split_last() else {
        return rest.is_empty();
    };
    for part in middle {
        let Some(at) = rest.find(part) else {
            return false;
        };
        rest = &rest[at + part.len()..];
    }
    rest.ends_with(last)
}

/// Today, as the program has it: in the name of a new briefing.
fn today() -> String {
    let site = TestSite::new();
    let run = site.run(&["new", "x"]);
    let name = run
        .stdout
        .trim()
        .strip_prefix("content/briefings/")
        .unwrap();
    name.strip_suffix("-x.md").unwrap().to_owned()
}

#[test]
fn the_first_chapter_can_be_followed_word_for_word() {
    let chapter = fs::read_to_string(format!("{GUIDE}/briefings/1-start.md")).unwrap();
    let (_, body) = chapter.split_once("\n---\n").unwrap();
    let steps = steps(&body.replace(DAY, &today()));
    let mut site = TestSite::new();
    let mut folder = ".".to_owned();
    let mut printed: Option<String> = None;
    let mut compared = 0;
    for step in steps {
        match step {
            Step::Run(script) => {
                let start = "dateline() { \"$DATELINE\" \"$@\"; }";
                let run = site.shell(&format!("{start}\ncd {folder}\n{script}"));
                // Content errors are part of the chapter; a machine that refuses is not.
                assert!(run.code <= 1, "{script}{}{}", run.stdout, run.stderr);
                if let Some(to) = script.lines().find_map(|line| line.strip_prefix("cd ")) {
                    to.clone_into(&mut folder);
                }
                printed = Some(run.stdout + &run.stderr);
            }
            Step::Printed(shown) => {
                let real = printed.take().expect("a command before what it prints");
                assert!(
                    is_as_shown(&shown, &real),
                    "shown:\n{shown}\nprinted:\n{real}"
                );
                compared += 1;
            }
            Step::File(path, text) => site = site.file(&format!("{folder}/{path}"), text),
        }
    }
    assert!(compared >= 9, "{compared}");
    let page =
        fs::read_to_string(site.path("www/briefings/cranes-stand-still-in-antwerp/index.html"));
    assert!(page.unwrap().contains("Anna Verhoeven"));
}

#[test]
fn the_guide_builds_without_a_warning() {
    let site = TestSite::new();
    let run = site.run(&["build", "--strict", "--content", GUIDE]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    for chapter in [
        "start",
        "writing",
        "entities",
        "review",
        "themes",
        "publishing",
        "importing",
        "trust",
    ] {
        assert!(
            site.page(&format!("briefings/{chapter}/index.html"))
                .contains("<h1")
        );
    }
}

#[test]
fn dots_stand_for_anything() {
    assert!(is_as_shown("a … c\n", "a b c\n"));
    assert!(!is_as_shown("a … c\n", "a b d\n"));
    assert!(!is_as_shown("a\n", "a b\n"));
    assert!(is_as_shown("a\n…\n", "a\nb\nc\n"));
}
