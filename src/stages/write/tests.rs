//! What must hold of the published folder, whatever happens.
#![allow(clippy::unwrap_used)]

use std::{collections::BTreeMap, fs::File, os::unix::fs::MetadataExt};

use super::*;
use crate::{
    model::output::OutputFile,
    pipeline::{How, Publisher},
};

struct Place {
    dir: tempfile::TempDir,
}

impl Place {
    fn new() -> Self {
        Self {
            dir: tempfile::tempdir().unwrap(),
        }
    }

    fn output(&self) -> Utf8PathBuf {
        Utf8PathBuf::from_path_buf(self.dir.path().join("public")).unwrap()
    }

    fn publish(&self, files: &[(&str, &str)]) -> Result<Report> {
        publish_to(&self.output(), &files_of(files), false)
    }

    /// Everything in the folder that holds the output, with contents.
    fn all(&self) -> BTreeMap<String, String> {
        let mut found = BTreeMap::new();
        collect(self.dir.path(), "", &mut found);
        found.retain(|path, _| !path.ends_with(MANIFEST) && !path.ends_with("changes.json"));
        found
    }
}

fn publish_to(output: &Utf8Path, files: &[OutputFile], force: bool) -> Result<Report> {
    let how = How {
        force,
        changes: true,
        ..How::default()
    };
    let publisher = Publisher::begin(output, how)?;
    for file in files {
        publisher.take(file.clone())?;
    }
    publisher.finish()
}

fn collect(dir: &std::path::Path, prefix: &str, found: &mut BTreeMap<String, String>) {
    for entry in fs::read_dir(dir).unwrap() {
        let entry = entry.unwrap();
        let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
        if entry.path().is_dir() {
            collect(&entry.path(), &format!("{name}/"), found);
        } else {
            found.insert(name, fs::read_to_string(entry.path()).unwrap());
        }
    }
}

fn files_of(files: &[(&str, &str)]) -> Vec<OutputFile> {
    let file = |(path, text): &(&str, &str)| OutputFile {
        path: (*path).into(),
        bytes: text.as_bytes().to_vec(),
        sources: Vec::new(),
        context: None,
    };
    files.iter().map(file).collect()
}

fn expect(pairs: &[(&str, &str)]) -> BTreeMap<String, String> {
    pairs
        .iter()
        .map(|(path, text)| ((*path).to_owned(), (*text).to_owned()))
        .collect()
}

#[test]
fn publishes_changes_and_removals() {
    let place = Place::new();
    place
        .publish(&[("a/index.html", "1"), ("b.html", "2")])
        .unwrap();
    let report = place
        .publish(&[("a/index.html", "1"), ("c.html", "3")])
        .unwrap();
    assert_eq!(
        report,
        Report {
            written: 1,
            unchanged: 1,
            removed: 1
        }
    );
    assert_eq!(
        place.all(),
        expect(&[("public/a/index.html", "1"), ("public/c.html", "3")])
    );
}

#[test]
fn unchanged_files_are_the_same_file() {
    let place = Place::new();
    place.publish(&[("a.html", "1"), ("b.html", "2")]).unwrap();
    let inode = |name: &str| fs::metadata(place.output().join(name)).unwrap().ino();
    let (a, b) = (inode("a.html"), inode("b.html"));
    place.publish(&[("a.html", "1"), ("b.html", "3")]).unwrap();
    assert_eq!(inode("a.html"), a);
    assert_ne!(inode("b.html"), b);
}

#[test]
fn a_changed_published_file_is_mended() {
    let place = Place::new();
    place.publish(&[("a.html", "1")]).unwrap();
    fs::write(place.output().join("a.html"), "x").unwrap();
    place.publish(&[("a.html", "1")]).unwrap();
    assert_eq!(place.all(), expect(&[("public/a.html", "1")]));
}

#[test]
fn foreign_files_are_carried_over_untouched() {
    let place = Place::new();
    place.publish(&[("a.html", "1")]).unwrap();
    let foreign = place.output().join("notes/mine.txt");
    fs::create_dir(foreign.parent().unwrap()).unwrap();
    fs::write(&foreign, "mine").unwrap();
    std::os::unix::fs::symlink("nowhere", place.output().join("link")).unwrap();
    let inode = fs::metadata(&foreign).unwrap().ino();
    place.publish(&[("a.html", "2")]).unwrap();
    assert_eq!(fs::metadata(&foreign).unwrap().ino(), inode);
    assert_eq!(fs::read_to_string(&foreign).unwrap(), "mine");
    assert_eq!(
        fs::read_link(place.output().join("link")).unwrap(),
        std::path::Path::new("nowhere")
    );
}

#[test]
fn a_folder_of_somebody_else_is_refused() {
    let place = Place::new();
    fs::create_dir(place.output()).unwrap();
    fs::write(place.output().join("thesis.txt"), "years").unwrap();
    let error = place.publish(&[("a.html", "1")]).unwrap_err().to_string();
    assert!(
        error.contains("was not made by Dateline") && error.contains("--force"),
        "{error}"
    );
    assert_eq!(place.all(), expect(&[("public/thesis.txt", "years")]));
    publish_to(&place.output(), &files_of(&[("a.html", "1")]), true).unwrap();
    assert_eq!(
        place.all(),
        expect(&[("public/a.html", "1"), ("public/thesis.txt", "years")])
    );
}

#[test]
fn a_page_does_not_replace_a_foreign_file() {
    let place = Place::new();
    place.publish(&[("a.html", "1")]).unwrap();
    fs::write(place.output().join("b.html"), "mine").unwrap();
    assert!(place.publish(&[("a.html", "1"), ("b.html", "2")]).is_err());
    assert_eq!(
        place.all(),
        expect(&[("public/a.html", "1"), ("public/b.html", "mine")])
    );
}

#[test]
fn leftovers_of_a_killed_run_are_cleared() {
    let place = Place::new();
    place.publish(&[("a.html", "1")]).unwrap();
    let next = place.dir.path().join(".public.dateline-next");
    fs::create_dir(&next).unwrap();
    fs::write(next.join("half.html"), "ha").unwrap();
    place.publish(&[("a.html", "2")]).unwrap();
    assert_eq!(place.all(), expect(&[("public/a.html", "2")]));
}

#[test]
fn a_run_killed_between_two_renames_is_repaired() {
    let place = Place::new();
    place.publish(&[("a.html", "1")]).unwrap();
    fs::write(place.output().join("mine.txt"), "mine").unwrap();
    fs::rename(
        place.output(),
        place.dir.path().join(".public.dateline-old"),
    )
    .unwrap();
    place.publish(&[("a.html", "2")]).unwrap();
    assert_eq!(
        place.all(),
        expect(&[("public/a.html", "2"), ("public/mine.txt", "mine")])
    );
}

#[test]
fn two_builds_at_once_are_refused() {
    let place = Place::new();
    place.publish(&[("a.html", "1")]).unwrap();
    let lock = File::create(place.dir.path().join(".public.dateline-lock")).unwrap();
    lock.lock().unwrap();
    let error = place.publish(&[("a.html", "2")]).unwrap_err().to_string();
    assert!(error.contains("another build"), "{error}");
    assert_eq!(
        fs::read_to_string(place.output().join("a.html")).unwrap(),
        "1"
    );
}

#[test]
fn a_failure_leaves_the_old_folder_whole() {
    let place = Place::new();
    place.publish(&[("a.html", "1")]).unwrap();
    // `b` cannot be a file and a folder: the second write fails, as on a full disk.
    assert!(
        place
            .publish(&[("a.html", "2"), ("b", "x"), ("b/c.html", "3")])
            .is_err()
    );
    assert_eq!(place.all(), expect(&[("public/a.html", "1")]));
}

#[test]
fn paths_that_lead_elsewhere_are_refused() {
    let place = Place::new();
    for path in ["../x", "/x", "a/../../x", "con", "a\0b", "manifest.json"] {
        assert!(place.publish(&[(path, "1")]).is_err(), "{path}");
    }
    assert!(place.publish(&[("A.html", "1"), ("a.html", "2")]).is_err());
    assert!(place.all().is_empty());
}
