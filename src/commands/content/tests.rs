//! What must hold of the content, whatever happens.

use super::*;

fn change(path: &str, before: Option<&str>, after: Option<&str>) -> Change {
    let bytes = |text: &str| text.as_bytes().to_vec();
    Change {
        path: path.into(),
        before: before.map(bytes),
        after: after.map(bytes),
    }
}

fn folder() -> (tempfile::TempDir, Utf8PathBuf) {
    let dir = tempfile::tempdir().unwrap();
    let content = Utf8PathBuf::from_path_buf(dir.path().to_owned()).unwrap();
    fs::create_dir(content.join("entities")).unwrap();
    fs::write(content.join("entities/a.md"), "old").unwrap();
    (dir, content)
}

#[test]
fn a_step_and_its_way_back() {
    let (_dir, content) = folder();
    let step = [
        change("entities/a.md", Some("old"), None),
        change("entities/person/b.md", None, Some("new")),
    ];
    commit(&content, "test", &step).unwrap();
    assert!(!content.join("entities/a.md").exists());
    let new = fs::read_to_string(content.join("entities/person/b.md")).unwrap();
    assert_eq!(new, "new");
    let back: Vec<Change> = step.iter().rev().map(Change::inverse).collect();
    commit(&content, "test", &back).unwrap();
    assert_eq!(
        fs::read_to_string(content.join("entities/a.md")).unwrap(),
        "old"
    );
    assert!(!content.join("entities/person/b.md").exists());
    let left = fs::read_dir(content.join("entities")).unwrap().count();
    assert_eq!(left, 2, "no temporary file stays");
}

#[test]
fn the_work_of_others_is_not_overwritten() {
    let (_dir, content) = folder();
    let step = [
        change("entities/b.md", None, Some("new")),
        change("entities/a.md", Some("older"), Some("new")),
    ];
    let told = commit(&content, "test", &step).unwrap_err().to_string();
    assert!(told.contains("has changed since"), "{told}");
    assert!(!content.join("entities/b.md").exists());
}

#[test]
#[cfg(unix)]
fn when_one_write_fails_those_before_are_put_back() {
    let (_dir, content) = folder();
    // A link to nowhere, where a folder would have to be.
    std::os::unix::fs::symlink("nowhere", content.join("loose")).unwrap();
    let step = [
        change("entities/a.md", Some("old"), Some("new")),
        change("loose/b.md", None, Some("new")),
    ];
    let told = format!("{:#}", commit(&content, "test", &step).unwrap_err());
    assert!(told.contains("cannot write"), "{told}");
    assert_eq!(
        fs::read_to_string(content.join("entities/a.md")).unwrap(),
        "old"
    );
}

fn text(content: &Utf8Path, path: &str) -> Option<String> {
    fs::read_to_string(content.join(path)).ok()
}

#[test]
fn steps_are_taken_back_from_the_last() {
    let (_dir, content) = folder();
    let one = [change("entities/a.md", Some("old"), Some("new"))];
    let two = [
        change("entities/a.md", Some("new"), None),
        change("entities/b.md", None, Some("b")),
    ];
    commit(&content, "one", &one).unwrap();
    commit(&content, "two", &two).unwrap();
    let named: Vec<String> = steps(&content)
        .unwrap()
        .into_iter()
        .map(|s| s.what)
        .collect();
    assert_eq!(named, ["two", "one"]);
    assert_eq!(undo(&content).unwrap().unwrap().what, "two");
    assert_eq!(text(&content, "entities/a.md").as_deref(), Some("new"));
    assert_eq!(text(&content, "entities/b.md"), None);
    assert_eq!(undo(&content).unwrap().unwrap().what, "one");
    assert_eq!(text(&content, "entities/a.md").as_deref(), Some("old"));
    assert!(undo(&content).unwrap().is_none());
}

#[test]
fn what_was_edited_since_is_not_taken_back() {
    let (_dir, content) = folder();
    let step = [change("entities/a.md", Some("old"), Some("new"))];
    commit(&content, "one", &step).unwrap();
    fs::write(content.join("entities/a.md"), "mine").unwrap();
    let told = undo(&content).unwrap_err().to_string();
    assert!(told.contains("has changed since"), "{told}");
    assert_eq!(text(&content, "entities/a.md").as_deref(), Some("mine"));
    assert_eq!(steps(&content).unwrap().len(), 1);
}

#[test]
fn a_killed_step_is_taken_back_by_the_next() {
    let (_dir, content) = folder();
    commit(&content, "one", &[change("entities/c.md", None, Some("c"))]).unwrap();
    let half = Step::new(
        "half",
        &[
            change("entities/a.md", Some("old"), Some("new")),
            change("entities/b.md", None, Some("b")),
        ],
    );
    let pending = content.join(FOLDER).join(PENDING);
    fs::write(&pending, serde_json::to_vec(&half).unwrap()).unwrap();
    fs::write(content.join("entities/a.md"), "new").unwrap();
    recover(&content).unwrap();
    assert_eq!(text(&content, "entities/a.md").as_deref(), Some("old"));
    assert!(!pending.exists());
    assert_eq!(steps(&content).unwrap().len(), 1);
}

#[test]
fn the_history_of_somebody_else_reaches_nothing_outside() {
    let (_dir, content) = folder();
    let outside = content.parent().unwrap().join("outside.txt");
    let step = Step::new("evil", &[change("../outside.txt", None, Some("x"))]);
    fs::create_dir_all(content.join(FOLDER)).unwrap();
    let pending = content.join(FOLDER).join(PENDING);
    fs::write(&pending, serde_json::to_vec(&step).unwrap()).unwrap();
    assert!(recover(&content).is_err());
    assert!(!outside.exists());
}

#[test]
fn old_steps_are_forgotten() {
    let (_dir, content) = folder();
    for n in 0..=KEPT {
        let name = format!("entities/n{n}.md");
        commit(&content, &name, &[change(&name, None, Some("n"))]).unwrap();
    }
    assert_eq!(steps(&content).unwrap().len(), KEPT);
}

fn picture(_: usize) -> Result<Vec<u8>> {
    Ok(b"\xff\xd8 a picture".to_vec())
}

#[test]
fn new_files_are_made_and_taken_back_with_their_folders() {
    let (_dir, content) = folder();
    let paths = [
        Utf8PathBuf::from("briefings/old/a.jpg"),
        "entities/b.md".into(),
    ];
    create(&content, "import old", &paths, &picture).unwrap();
    let step = steps(&content).unwrap().remove(0);
    assert_eq!(step.what, "import old");
    assert!(step.changes.is_empty(), "no bytes are kept: {step:?}");
    let again = create(&content, "import old", &paths, &picture).unwrap_err();
    assert!(again.to_string().contains("is there already"), "{again}");
    undo(&content).unwrap().unwrap();
    assert!(!content.join("briefings").exists(), "no empty folder stays");
    assert!(content.join("entities/a.md").exists());
    assert!(undo(&content).unwrap().is_none());
}

#[test]
fn what_was_changed_since_an_import_is_not_removed() {
    let (_dir, content) = folder();
    let paths = [Utf8PathBuf::from("a.jpg"), "b.jpg".into()];
    create(&content, "import old", &paths, &picture).unwrap();
    fs::write(content.join("b.jpg"), "mine").unwrap();
    let told = undo(&content).unwrap_err().to_string();
    assert!(
        told.contains("changed since") && told.contains("b.jpg"),
        "{told}"
    );
    assert!(content.join("a.jpg").exists(), "all or nothing");
}

#[test]
fn an_interrupted_import_is_taken_back_and_an_interrupted_way_back_goes_on() {
    let (_dir, content) = folder();
    let paths = [Utf8PathBuf::from("a.jpg"), "new/b.jpg".into()];
    create(&content, "import old", &paths, &picture).unwrap();
    let history = content.join(FOLDER);
    let step = history.join(UNDO).join("00000001.json");
    // As if it had stopped after the first file.
    fs::rename(&step, history.join(PENDING)).unwrap();
    fs::remove_file(content.join("new/b.jpg")).unwrap();
    assert!(recover(&content).unwrap());
    assert!(!content.join("a.jpg").exists());
    assert!(!content.join("new").exists());

    create(&content, "import old", &paths, &picture).unwrap();
    let kept = read(&step).unwrap();
    let way_back = serde_json::to_vec(&kept.inverse(1)).unwrap();
    fs::write(history.join(PENDING), way_back).unwrap();
    fs::remove_file(content.join("a.jpg")).unwrap();
    assert!(recover(&content).unwrap());
    assert!(!content.join("new/b.jpg").exists());
    assert!(steps(&content).unwrap().is_empty());
}

#[test]
fn a_foreign_history_makes_nothing_outside() {
    let (_dir, content) = folder();
    for path in ["../out.md", "/tmp/out.md", ""] {
        let told = create(&content, "x", &[path.into()], &picture).unwrap_err();
        assert!(told.to_string().contains("leads out"), "{told}");
    }
}
