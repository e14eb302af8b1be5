//! The same content gives the same bytes on any machine: whatever the environment, the place, the
//! day and the user. The order of files on the disk and the number of threads are in `order`.

use std::{collections::BTreeMap, fs, os::unix::fs::PermissionsExt, path::Path, sync::OnceLock};

use crate::{pictures::photo, site::TestSite};

/// A site with everything that a machine could have a say in: dates, sorting, pictures, letters
/// that locales treat unlike.
fn sample() -> TestSite {
    TestSite::new()
        .file("content/site.yaml", "title: Desk\nbase_url: https://example.org\n")
        .article(
            "istanbul.md",
            "The [[Port Agency]] met in İstanbul on Friday, and last year in Iğdır. Jane Miller told Reuters so.\n\n![A quay](quay.png)",
        )
        .article("zebra.md", "Åse Østby and Zoë Ångström met in Paris on March 7.\n\n```rust\nfn main() {}\n```")
        .file("content/briefings/late.md", "---\ntitle: Late\ndate: 2024-07-21T23:30:00-09:00\nupdated: 2024-07-22 18:30\ntags: [ıı, II, ii]\n---\nIn spring 2023.\n")
        .file(
            "content/briefings/quay.png",
            photo(700, 300, image::ImageFormat::Png),
        )
        .file(
            "content/entities/organisation/port-agency.md",
            "---\nname: Port Agency\naliases: [PA]\n---\nIt runs ports.\n",
        )
}

/// Builds in a shell, after `before`, and gives every byte.
fn built(site: &TestSite, before: &str) -> BTreeMap<String, Vec<u8>> {
    let script = format!("{before} \"$DATELINE\" build --quiet");
    let run = site.shell(&script);
    assert_eq!((run.code, run.stderr.as_str()), (0, ""), "{script}");
    site.output()
}

/// What it is in the environment of the tests.
fn one() -> &'static BTreeMap<String, Vec<u8>> {
    static ONE: OnceLock<BTreeMap<String, Vec<u8>>> = OnceLock::new();
    ONE.get_or_init(|| built(&sample(), ""))
}

fn same(before: &str) {
    let (one, other) = (one(), built(&sample(), before));
    for (path, bytes) in one {
        assert!(other.get(path) == Some(bytes), "{before} changes {path}");
    }
    assert_eq!(one.len(), other.len(), "{before}");
}

#[test]
fn in_any_time_zone() {
    same("TZ=Pacific/Kiritimati");
    same("TZ=America/Los_Angeles");
    same("TZ=:/nowhere");
}

#[test]
fn in_any_locale() {
    same("LANG=tr_TR.UTF-8 LC_ALL=tr_TR.UTF-8 LANGUAGE=tr");
    same("LANG=C LC_ALL=C");
    same("unset LANG LC_ALL LC_CTYPE;");
}

#[test]
fn for_any_user_and_environment() {
    same("HOME=/nonexistent USER=canary LOGNAME=canary HOSTNAME=canary TMPDIR=/nonexistent");
    same("env -i NO_COLOR=1");
    same("SOURCE_DATE_EPOCH=1 CI=true RAYON_NUM_THREADS=3 COLUMNS=20");
}

#[test]
fn as_another_user() {
    let site = sample();
    let script = "test \"$(id -u)\" = 0 && command -v setpriv > /dev/null || exit 77\n\
                  chmod a+rwx . && cp \"$DATELINE\" program && chmod a+rx program\n\
                  setpriv --reuid=65534 --regid=65534 --clear-groups ./program build --quiet";
    let run = site.shell(script);
    if run.code == 77 {
        // Only root can be somebody else.
        return;
    }
    assert_eq!((run.code, run.stderr.as_str()), (0, ""));
    assert!(site.output() == *one());
}

#[test]
fn with_any_number_of_threads() {
    for jobs in ["1", "2", "7"] {
        let site = sample();
        let run = site.run(&["build", "--quiet", "--jobs", jobs]);
        assert_eq!(run.code, 0, "{}", run.stderr);
        assert!(site.output() == *one(), "--jobs {jobs}");
    }
}

#[test]
fn from_any_folder_and_on_any_day() {
    let site = sample();
    let run = site.shell(
        "mkdir -p a/b/c && mv content a/b/c/words && cd a && \"$DATELINE\" build --quiet --content \"$PWD/b/../b/c/words\" --output ../public",
    );
    assert_eq!((run.code, run.stderr.as_str()), (0, ""));
    assert!(site.output() == *one(), "the folder");
    for day in ["2024-07-23", "2099-12-31"] {
        let site = sample();
        let run = site.run(&["build", "--quiet", "--as-of", day]);
        assert_eq!(run.code, 0, "{}", run.stderr);
        assert!(site.output() == *one(), "{day}");
    }
}

#[test]
fn times_of_files_say_nothing() {
    let site = sample();
    let old = built(&site, "find content -exec touch -d 2001-02-03 {} +;");
    assert!(old == *one());
}

#[test]
fn the_umask_decides_who_may_read_and_nothing_else() {
    let modes = |mask: &str| {
        let site = sample();
        let program = site.path("content/static/run.sh");
        let site = site.file("content/static/run.sh", "echo\n");
        fs::set_permissions(&program, fs::Permissions::from_mode(0o755)).unwrap();
        let output = built(&site, &format!("umask {mask};"));
        let mode = |path: &str| {
            let about = fs::metadata(site.path("public").join(Path::new(path))).unwrap();
            about.permissions().mode() & 0o777
        };
        let files: Vec<u32> = output.keys().map(|path| mode(path)).collect();
        (output, files, mode("briefings"))
    };
    let (open, files, folder) = modes("022");
    assert!(files.iter().all(|mode| *mode == 0o644) && folder == 0o755);
    let (closed, files, folder) = modes("077");
    assert!(files.iter().all(|mode| *mode == 0o600) && folder == 0o700);
    assert!(open == closed);
}
