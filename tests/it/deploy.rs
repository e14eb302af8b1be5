//! What a host is given: headers, redirects, compressed files, and what changed alone.

use std::{fs, io::Read};

use crate::site::{Run, TestSite};

fn site() -> TestSite {
    TestSite::new()
        .file(
            "content/site.yaml",
            "title: Desk\nbase_url: https://example.org\n",
        )
        .article("a.md", "Jane Miller, a rail expert, was in Paris.")
        .article("b.md", "Nothing.")
}

fn deploy(site: &TestSite, target: &str, more: &[&str]) -> Run {
    site.run(&[&["deploy", "--from", "public", target], more].concat())
}

#[test]
fn a_folder_is_brought_up_to_date() {
    let site = site();
    site.build();
    let first = deploy(&site, "www", &[]);
    assert_eq!(first.code, 0, "{}", first.stderr);
    let verified = site.run(&["verify", "--strict", "www"]);
    assert_eq!(verified.code, 0, "{}", verified.stderr);
    let again = deploy(&site, "www", &[]);
    assert!(
        again.stdout.contains("0 files sent, 0 removed"),
        "{}",
        again.stdout
    );

    fs::write(site.path("www/mine.txt"), "mine").unwrap();
    fs::write(site.path("www/feed.xml"), "mended by hand").unwrap();
    fs::remove_file(site.path("content/briefings/b.md")).unwrap();
    site.build();
    let dry = deploy(&site, "www", &["--dry-run"]);
    assert!(
        dry.stdout.contains("- briefings/b/index.html\n"),
        "{}",
        dry.stdout
    );
    assert!(
        dry.stdout.contains("~ feed.xml\n") && !dry.stdout.contains("dateline.css"),
        "{}",
        dry.stdout
    );
    assert!(
        site.path("www/briefings/b/index.html").exists(),
        "nothing is done yet"
    );
    let run = deploy(&site, "www", &[]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert!(!site.path("www/briefings/b").exists());
    assert_eq!(fs::read(site.path("www/mine.txt")).unwrap(), b"mine");
    let verified = site.run(&["verify", "www"]);
    assert_eq!(verified.code, 0, "{}", verified.stderr);
}

#[test]
fn what_somebody_changed_is_not_removed() {
    let site = site();
    site.build();
    deploy(&site, "www", &[]);
    fs::write(
        site.path("www/briefings/b/index.html"),
        "a page of their own",
    )
    .unwrap();
    fs::remove_file(site.path("content/briefings/b.md")).unwrap();
    site.build();
    let run = deploy(&site, "www", &[]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    let kept = fs::read_to_string(site.path("www/briefings/b/index.html")).unwrap();
    assert_eq!(kept, "a page of their own");
}

#[test]
fn a_folder_of_others_is_refused() {
    let site = site().file("www/mine.txt", "mine");
    site.build();
    let run = deploy(&site, "www", &[]);
    assert_eq!(run.code, 2);
    assert!(
        run.stderr.contains("did not come from Dateline"),
        "{}",
        run.stderr
    );
    let run = deploy(&site, "public/below", &[]);
    assert_eq!(
        run.code, 0,
        "a folder that is not there yet is no danger: {}",
        run.stderr
    );
}

#[test]
fn a_changed_site_is_not_sent_on() {
    let site = site();
    site.build();
    fs::write(site.path("public/index.html"), "changed").unwrap();
    let run = deploy(&site, "www", &[]);
    assert_eq!(run.code, 2);
    assert!(run.stderr.contains("not as it was built"), "{}", run.stderr);
    assert!(!site.path("www").exists());
}

#[cfg(unix)]
#[test]
fn no_link_is_followed_out_of_the_folder() {
    let site = site().file("elsewhere/x", "x");
    site.build();
    deploy(&site, "www", &[]);
    fs::remove_dir_all(site.path("www/briefings")).unwrap();
    std::os::unix::fs::symlink(site.path("elsewhere"), site.path("www/briefings")).unwrap();
    let run = deploy(&site, "www", &[]);
    assert_eq!(run.code, 2, "{}", run.stdout);
    assert!(run.stderr.contains("is no folder"), "{}", run.stderr);
    assert_eq!(fs::read_dir(site.path("elsewhere")).unwrap().count(), 1);
}

#[test]
fn rsync_sends_and_removes_the_same() {
    let installed = std::process::Command::new("rsync")
        .arg("--version")
        .output()
        .is_ok();
    let site = site();
    site.build();
    let place = format!("rsync:{}", site.path("www").display());
    let run = deploy(&site, &place, &[]);
    if !installed {
        assert_eq!(run.code, 2);
        assert!(run.stderr.contains("is it installed?"), "{}", run.stderr);
        return;
    }
    assert_eq!(run.code, 0, "{}", run.stderr);
    fs::write(site.path("www/mine.txt"), "mine").unwrap();
    fs::remove_file(site.path("content/briefings/b.md")).unwrap();
    site.build();
    let run = deploy(&site, &place, &[]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert!(!site.path("www/briefings/b/index.html").exists());
    assert!(site.path("www/mine.txt").exists());
    let verified = site.run(&["verify", "www"]);
    assert_eq!(verified.code, 0, "{}", verified.stderr);
}

#[test]
fn compressed_files_hold_the_same() {
    let site = site();
    let run = site.run(&["build", "--compress"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    let page = site.page("index.html");
    let mut unpacked = String::new();
    let gz = fs::File::open(site.path("public/index.html.gz")).unwrap();
    flate2::read::GzDecoder::new(gz)
        .read_to_string(&mut unpacked)
        .unwrap();
    assert_eq!(unpacked, page);
    let mut unpacked = Vec::new();
    let mut br = fs::File::open(site.path("public/index.html.br")).unwrap();
    brotli::BrotliDecompress(&mut br, &mut unpacked).unwrap();
    assert_eq!(unpacked, page.as_bytes());
    assert!(
        !site.path("public/robots.txt.gz").exists(),
        "too small to be worth it"
    );
    let verified = site.run(&["verify", "--strict", "public"]);
    assert_eq!(verified.code, 0, "{}", verified.stderr);
    site.build();
    assert!(
        !site.path("public/index.html.gz").exists(),
        "only where it is asked for"
    );
}

#[test]
fn hosts_are_told_headers_and_redirects() {
    let with = |host: &str| {
        let site = site()
            .file(
                "content/site.yaml",
                format!("title: Desk\nbase_url: https://example.org\n{host}"),
            )
            .file(
                "content/briefings/c.md",
                "---\ntitle: C\ndate: 2024-05-01\naliases: [/old/c/]\n---\n\nText.\n",
            );
        site.build();
        site
    };
    let site = with("host: netlify\n");
    assert_eq!(site.page("_redirects"), "/old/c/ /briefings/c/ 301!\n");
    let headers = site.page("_headers");
    assert!(
        headers.contains("default-src 'none'; script-src 'self'"),
        "{headers}"
    );
    assert!(headers.contains("img-src 'self' data:\n"), "{headers}");
    let site = with("host: cloudflare\n");
    assert_eq!(site.page("_redirects"), "/old/c/ /briefings/c/ 301\n");
    assert!(!with("").path("public/_headers").exists());
}
