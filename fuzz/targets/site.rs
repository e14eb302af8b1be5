//! A whole small site from the disk to the files that would be published.
//!
//! The input is the files of the content one after the other, each after a line `=== path`.
#![no_main]

use std::{collections::BTreeSet, fs, path::Path};

use camino::{Utf8Component, Utf8Path, Utf8PathBuf};
use dateline::{
    model::output::OutputFile,
    pipeline::{self, Options},
};
use dateline_fuzz::text;
use jiff::Timestamp;
use libfuzzer_sys::fuzz_target;

/// More files show nothing that fewer do not.
const MOST_FILES: usize = 12;

fuzz_target!(|bytes: &[u8]| {
    let Some(input) = text(bytes) else { return };
    // In memory where there is such a folder: it is made and removed a hundred times a second.
    let memory = Path::new("/dev/shm");
    let folder = if memory.is_dir() {
        tempfile::tempdir_in(memory)
    } else {
        tempfile::tempdir()
    };
    let folder = folder.expect("a folder");
    let content = Utf8PathBuf::from_path_buf(folder.path().join("content")).expect("UTF-8");
    fs::create_dir(&content).expect("a folder");
    for part in input.split("=== ").skip(1).take(MOST_FILES) {
        let (path, text) = part.split_once('\n').unwrap_or((part, ""));
        write(&content, Utf8Path::new(path), text);
    }
    let options = Options::at(
        content,
        "/nonexistent".into(),
        "2024-07-21T12:00:00Z".parse::<Timestamp>().expect("a time"),
    );
    let (built, files) =
        pipeline::files(&options, &pipeline::silent).expect("nothing but content can be wrong");
    for problem in &built.problems {
        let Some((span, text)) = problem.span.zip(built.texts.get(problem.path.as_str())) else {
            continue;
        };
        dateline_fuzz::check_span(text, span, &problem.message);
    }
    let mut paths = BTreeSet::new();
    for file in &files {
        check(file);
        assert!(
            paths.insert(file.path.as_str().to_ascii_lowercase()),
            "{} twice",
            file.path
        );
    }
});

/// Writes a file of the input, if its path is one that a file of the content may have here.
fn write(content: &Utf8Path, path: &Utf8Path, text: &str) {
    let plain = path
        .components()
        .all(|part| matches!(part, Utf8Component::Normal(_)));
    if !plain || path.as_str().is_empty() || path.as_str().contains('\0') {
        return;
    }
    let path = content.join(path);
    if path
        .parent()
        .is_some_and(|folder| fs::create_dir_all(folder).is_ok())
    {
        // A name too long for the disk is no concern of ours.
        let _ = fs::write(path, text);
    }
}

/// False for a file of the content that is copied, whatever is in it.
fn is_ours(file: &OutputFile) -> bool {
    let mut sources = file.sources.iter();
    !sources.any(|source| source.extension() == file.path.extension())
}

/// A file stands in the output, and others can read what it is.
fn check(file: &OutputFile) {
    let path = &file.path;
    assert!(
        path.components()
            .all(|part| matches!(part, Utf8Component::Normal(_))),
        "{path}"
    );
    match path.extension() {
        // One object a line.
        Some("json") if path.as_str() == "entities.ftm.json" => {
            let text = std::str::from_utf8(&file.bytes).expect("UTF-8");
            for line in text.lines() {
                serde_json::from_str::<serde_json::Value>(line)
                    .unwrap_or_else(|error| panic!("{path}: {error}"));
            }
        }
        Some("json" | "jsonld" | "geojson") if is_ours(file) => {
            serde_json::from_slice::<serde_json::Value>(&file.bytes)
                .unwrap_or_else(|error| panic!("{path}: {error}"));
        }
        Some("xml") if is_ours(file) => {
            let text = std::str::from_utf8(&file.bytes).expect("UTF-8");
            roxmltree::Document::parse(text).unwrap_or_else(|error| panic!("{path}: {error}"));
        }
        Some("html") if is_ours(file) => {
            assert!(std::str::from_utf8(&file.bytes).is_ok(), "{path}")
        }
        _ => {}
    }
}
