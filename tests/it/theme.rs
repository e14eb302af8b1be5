//! The themes in the program, and the commands that show and eject them.

use std::fs;

use crate::site::TestSite;

fn sample() -> TestSite {
    TestSite::new().article("a.md", "The port of Rotterdam opened on Friday.")
}

#[test]
fn an_ejected_template_stands_in_for_the_themes() {
    let site = sample();
    site.build();
    let before = site.output();
    let run = site.run(&["theme", "eject", "404.html", "assets/theme.js"]);
    assert_eq!(
        (run.code, &*run.stdout),
        (0, "templates/404.html\ntemplates/assets/theme.js\n"),
        "{}",
        run.stderr
    );
    site.build();
    assert_eq!(site.output(), before, "what is ejected is what was there");
    let list = site.run(&["theme", "list"]).stdout;
    assert!(
        list.contains("404.html\toverridden by templates/404.html\n"),
        "{list}"
    );
    assert!(list.contains("\nbase.html\n"), "{list}");
    fs::write(site.path("templates/404.html"), "Gone\n").unwrap();
    site.build();
    assert_eq!(site.page("404.html"), "Gone\n");
}

#[test]
fn eject_overwrites_nothing_unless_it_is_told_to() {
    let site = sample().file("templates/home.html", "Mine\n");
    for names in [&["home.html", "term.html"][..], &[]] {
        let run = site.run(&[&["theme", "eject"], names].concat());
        assert_eq!(run.code, 2);
        assert!(
            run.stderr.contains("home.html") && run.stderr.contains("--force"),
            "{}",
            run.stderr
        );
        assert_eq!(site.files("templates").len(), 1, "nothing was written");
    }
    assert_eq!(site.files("templates")["home.html"], b"Mine\n");
    let run = site.run(&["theme", "eject", "--force"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert_ne!(site.files("templates")["home.html"], b"Mine\n");
    site.build();
}

#[test]
fn a_template_that_is_none_is_refused() {
    let run = sample().run(&["theme", "eject", "artcle.html"]);
    assert_eq!(run.code, 2);
    assert!(
        run.stderr.contains("did you mean article.html?"),
        "{}",
        run.stderr
    );
    let run = sample().run(&["theme", "list", "--theme", "other"]);
    assert_eq!(run.code, 2);
    assert!(run.stderr.contains("default, situation"), "{}", run.stderr);
    let run = sample().run(&["theme", "eject", "../x"]);
    assert_eq!(run.code, 2);
}

#[test]
fn a_pages_context_is_printed() {
    let site = sample();
    for page in ["briefings/a", "/briefings/a/", "briefings/a/index.html"] {
        let run = site.run(&["theme", "context", page]);
        assert_eq!(run.code, 0, "{}", run.stderr);
        let dump: serde_json::Value = serde_json::from_str(&run.stdout).unwrap();
        assert_eq!(dump["template"], "article.html");
        assert_eq!(dump["context"]["title"], "About a");
    }
    assert_eq!(site.run(&["theme", "context", "/"]).code, 0);
    assert_eq!(site.run(&["theme", "context", "404.html"]).code, 0);
    assert!(!site.path("public").exists(), "nothing is published");
    let run = site.run(&["theme", "context", "briefings/b"]);
    assert_eq!(run.code, 2);
    assert!(
        run.stderr.contains("did you mean briefings/a/index.html?"),
        "{}",
        run.stderr
    );
}

#[test]
fn the_situation_theme_begins_with_a_table() {
    let site = sample().file("content/site.yaml", "theme: {name: situation}\n");
    site.build();
    let page = site.page("briefings/a/index.html");
    assert!(page.contains("<dl class=\"report-facts\">"), "{page}");
    assert!(page.contains("assets/situation.css"), "{page}");
    assert!(site.page("assets/situation.css").contains("@layer theme"));
    assert!(site.page("index.html").contains("<table class=\"log\">"));
    let plain = sample();
    plain.build();
    assert!(!plain.path("public/assets/situation.css").exists());
    assert!(!plain.page("index.html").contains("situation"));
}
