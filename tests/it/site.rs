//! A throw-away site that tests fill file by file and build with the real program.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    process::Output,
};

use assert_cmd::Command;

/// A folder with `content/` and perhaps `templates/`, removed when dropped.
pub(crate) struct TestSite {
    dir: tempfile::TempDir,
}

/// What a run of the program printed, and its exit code.
pub(crate) struct Run {
    pub(crate) code: i32,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl TestSite {
    pub(crate) fn new() -> Self {
        let site = Self {
            dir: tempfile::tempdir().unwrap(),
        };
        fs::create_dir(site.path("content")).unwrap();
        site
    }

    /// Adds a briefing with a title and a date; `body` is Markdown.
    pub(crate) fn article(self, name: &str, body: &str) -> Self {
        let stem = name.trim_end_matches(".md");
        let text = format!("---\ntitle: About {stem}\ndate: 2024-07-21\n---\n\n{body}\n");
        self.file(&format!("content/briefings/{name}"), text)
    }

    /// Adds a file as it is, by its path below the site's folder.
    pub(crate) fn file(self, path: &str, bytes: impl AsRef<[u8]>) -> Self {
        let path = self.path(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
        self
    }

    pub(crate) fn path(&self, path: &str) -> PathBuf {
        self.dir.path().join(path)
    }

    /// Runs the program in the site's folder.
    pub(crate) fn run(&self, args: &[&str]) -> Run {
        let output = Command::cargo_bin("dateline")
            .unwrap()
            .current_dir(self.dir.path())
            .env("NO_COLOR", "1")
            .env_remove("RUST_BACKTRACE")
            .args(args)
            .output()
            .unwrap();
        Run::of(&output, self.dir.path())
    }

    /// Runs a shell script in the site's folder; `$DATELINE` is the program.
    pub(crate) fn shell(&self, script: &str) -> Run {
        let output = Command::new("sh")
            .current_dir(self.dir.path())
            .env("DATELINE", assert_cmd::cargo::cargo_bin("dateline"))
            .env("NO_COLOR", "1")
            .env_remove("RUST_BACKTRACE")
            .args(["-c", script])
            .output()
            .unwrap();
        Run::of(&output, self.dir.path())
    }

    /// Builds, and fails the test when that fails.
    pub(crate) fn build(&self) -> Run {
        let run = self.run(&["build", "--quiet"]);
        assert_eq!(run.code, 0, "{}", run.stderr);
        run
    }

    /// A file of the output, as text.
    pub(crate) fn page(&self, path: &str) -> String {
        let file = self.path("public").join(path);
        fs::read_to_string(&file).unwrap_or_else(|error| panic!("{}: {error}", file.display()))
    }

    /// Every file of the output with its bytes.
    pub(crate) fn output(&self) -> BTreeMap<String, Vec<u8>> {
        self.files("public")
    }

    /// Every file below a folder of the site, with its bytes.
    pub(crate) fn files(&self, folder: &str) -> BTreeMap<String, Vec<u8>> {
        let mut files = BTreeMap::new();
        collect(&self.path(folder), "", &mut files);
        files
    }
}

impl Run {
    /// The site's folder differs from run to run: it is shown as `SITE`.
    fn of(output: &Output, dir: &Path) -> Self {
        let text = |bytes: &[u8]| {
            String::from_utf8_lossy(bytes).replace(&dir.display().to_string(), "SITE")
        };
        Self {
            code: output.status.code().unwrap_or(-1),
            stdout: text(&output.stdout),
            stderr: text(&output.stderr),
        }
    }
}

fn collect(dir: &Path, prefix: &str, files: &mut BTreeMap<String, Vec<u8>>) {
    for entry in fs::read_dir(dir).unwrap() {
        let entry = entry.unwrap();
        let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
        if entry.path().is_dir() {
            collect(&entry.path(), &format!("{name}/"), files);
        } else {
            files.insert(name, fs::read(entry.path()).unwrap());
        }
    }
}
