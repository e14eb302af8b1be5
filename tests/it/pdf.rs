//! `dateline pdf`: what is printed, and what is said where that cannot be. What needs Chromium is left
//! out, and says so, where there is none; `.ci/interop` looks into the PDF.

use std::{fs, io::Write, process::Command};

use crate::site::TestSite;

fn site() -> TestSite {
    let part = |title: &str, more: &str| {
        format!(
            "---\ntitle: {title}\ndate: 2024-07-21\nstoryline: harbours\n{more}---\n\nThe quay. See [[ports]].\n"
        )
    };
    TestSite::new()
        .file(
            "content/site.yaml",
            "title: Desk\nbase_url: https://desk.example\n",
        )
        .file("content/briefings/ports.md", part("Ports under strain", ""))
        .file("content/briefings/second.md", part("Second", ""))
        .file(
            "content/briefings/secret.md",
            part("Secret", "draft: true\n"),
        )
        .file(
            "content/briefings/amber.md",
            part("Amber", "marking: TLP:AMBER\n"),
        )
}

fn has_browser() -> bool {
    let found = Command::new("chromium").arg("--version").output().is_ok();
    if !found {
        // Not captured, as what `eprintln!` prints is.
        let _ = writeln!(
            std::io::stderr(),
            "LEFT OUT: there is no chromium on this machine; nothing was printed"
        );
    }
    found
}

fn pages(bytes: &[u8]) -> usize {
    assert!(bytes.starts_with(b"%PDF-"));
    String::from_utf8_lossy(bytes)
        .matches("/Type /Page\n")
        .count()
}

#[test]
fn briefings_and_storylines_are_printed() {
    if !has_browser() {
        return;
    }
    let site = site();
    let run = site.run(&["pdf", "content/briefings/ports.md", "--browser", "chromium"]);
    assert_eq!(
        (run.code, &*run.stdout),
        (0, "ports.pdf\n"),
        "{}",
        run.stderr
    );
    assert_eq!(pages(&fs::read(site.path("ports.pdf")).unwrap()), 1);
    let run = site.run(&["pdf", "harbours", "--output", "all.pdf"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    let whole = fs::read(site.path("all.pdf")).unwrap();
    // The first page, three briefings, no draft.
    assert!(pages(&whole) >= 4, "{}", pages(&whole));
    assert!(!String::from_utf8_lossy(&whole).contains("file://"));
    let run = site.run(&[
        "pdf",
        "harbours",
        "--output",
        "all.pdf",
        "--audience",
        "TLP:GREEN",
    ]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert!(pages(&fs::read(site.path("all.pdf")).unwrap()) < pages(&whole));
    assert!(!site.path("public").exists(), "nothing is published");
}

#[test]
#[cfg(unix)]
fn what_is_not_published_is_not_printed() {
    let site = fake(site(), "exit 0");
    for args in [
        &["secret"][..],
        &["content/briefings/secret.md"],
        &["amber", "--audience", "TLP:GREEN"],
    ] {
        let run = site.run(&[&["pdf", "--browser", "./fake"], args].concat());
        assert_eq!(run.code, 2, "{}", run.stderr);
        assert!(
            run.stderr.contains("the site publishes no "),
            "{}",
            run.stderr
        );
    }
    let run = site.run(&["pdf", "--browser", "./fake", "prots"]);
    assert!(run.stderr.contains("did you mean ports?"), "{}", run.stderr);
}

/// A browser that does what a script says.
#[cfg(unix)]
fn fake(site: TestSite, script: &str) -> TestSite {
    use std::os::unix::fs::PermissionsExt;
    let site = site.file("fake", format!("#!/bin/sh\n{script}\n"));
    fs::set_permissions(site.path("fake"), fs::Permissions::from_mode(0o755)).unwrap();
    site
}

#[test]
#[cfg(unix)]
fn a_browser_that_cannot_says_why() {
    for (script, expected) in [
        ("exit 0", "printed nothing"),
        ("echo no display >&2; exit 3", "no display"),
        ("sleep 60", "did not print within 1 seconds"),
    ] {
        let site = fake(site(), script);
        let run = site.run(&["pdf", "ports", "--browser", "./fake", "--timeout", "1"]);
        assert_eq!(run.code, 2);
        assert!(run.stderr.contains(expected), "{}", run.stderr);
        assert!(!site.path("ports.pdf").exists());
    }
    let run = site().run(&["pdf", "ports", "--browser", "nowhere-at-all"]);
    insta::assert_snapshot!(run.stderr.trim(), @"
    error: there is no browser nowhere-at-all
    name another with --browser or DATELINE_BROWSER
    ");
    let run = site().shell("PATH=/nowhere \"$DATELINE\" pdf ports");
    assert_eq!(run.code, 2);
    assert!(
        run.stderr.contains("is installed, which prints the PDF"),
        "{}",
        run.stderr
    );
}

#[test]
#[cfg(unix)]
fn only_a_pdf_gives_way() {
    let script = "for a; do case $a in --print-to-pdf=*) printf %%PDF-1 > \"${a#*=}\";; esac; done";
    let site = fake(site(), script).file("mine.pdf", "mine");
    let run = site.run(&[
        "pdf",
        "ports",
        "--browser",
        "./fake",
        "--output",
        "mine.pdf",
    ]);
    assert_eq!(run.code, 2);
    assert!(
        run.stderr.contains("mine.pdf is no PDF, and stays"),
        "{}",
        run.stderr
    );
    for _ in 0..2 {
        let run = site.run(&["pdf", "ports", "--browser", "./fake"]);
        assert_eq!(run.code, 0, "{}", run.stderr);
    }
    assert_eq!(fs::read(site.path("ports.pdf")).unwrap(), b"%PDF-1");
}
