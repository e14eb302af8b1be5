//! What `serve` shows is what `build` publishes, also after changes.

use std::fs;

use camino::Utf8PathBuf;
use dateline::pipeline::{self, Memo, Options, silent};
use jiff::Timestamp;

use crate::site::TestSite;

fn options(site: &TestSite) -> Options {
    let folder = |name| Utf8PathBuf::from_path_buf(site.path(name)).unwrap();
    Options::at(
        folder("content"),
        folder("templates"),
        Timestamp::UNIX_EPOCH + jiff::Span::new().hours(24 * 365 * 60),
    )
}

/// Every file of a build but those that tell of all others, beside what the preview shows.
fn compare(options: &Options, memo: &mut Memo) -> usize {
    let (_, files) = pipeline::files(options, &silent).unwrap();
    let (_, preview) = pipeline::preview(options, memo).unwrap();
    let preview = preview.unwrap();
    let all = files
        .iter()
        .filter(|file| !file.path.as_str().starts_with("sitemap"));
    let compared = all.map(|file| {
        let shown = preview.file(file.path.as_str()).unwrap().unwrap();
        let shown = shown.unwrap_or_else(|| panic!("{} is not shown", file.path));
        assert!(shown.bytes == file.bytes, "{} differs", file.path);
    });
    compared.count()
}

#[test]
fn the_example_site_is_shown_as_it_is_published() {
    let here = camino::Utf8Path::new(env!("CARGO_MANIFEST_DIR"));
    let options = Options::at(
        here.join("content"),
        here.join("templates"),
        Timestamp::now(),
    );
    assert!(compare(&options, &mut Memo::default()) > 200);
}

#[test]
fn changes_are_shown_and_what_did_not_change_is_kept() {
    let site = TestSite::new()
        .article("a.md", "Anna Meyer met Boris Lund in Oslo on 3 May 2024.")
        .article(
            "b.md",
            "Boris Lund spoke to the Ministry of Transport. See [[a]].",
        )
        .article("c.md", "Nothing happened in Bergen.");
    let options = options(&site);
    let mut memo = Memo::default();
    compare(&options, &mut memo);
    let edits: [(&str, Option<&str>); 5] = [
        ("a.md", Some("Anna Meyer met Carla Berg in Oslo.")),
        ("d.md", Some("Carla Berg came from Oslo.")),
        ("b.md", None),
        ("c.md", Some("See [[d]], and **Boris Lund**.")),
        (
            "d.md",
            Some("Boris Lund came from Oslo, as `code` says.\n\n```rust\nfn main() {}\n```"),
        ),
    ];
    for (name, text) in edits {
        let file = site.path(&format!("content/briefings/{name}"));
        match text {
            Some(text) => {
                fs::write(
                    &file,
                    format!("---\ntitle: On {name}\ndate: 2024-05-04\n---\n{text}\n"),
                )
                .unwrap();
            }
            None => fs::remove_file(&file).unwrap(),
        }
        compare(&options, &mut memo);
    }
}

#[test]
fn what_is_read_depends_on_the_registry_too() {
    let site = TestSite::new().article("a.md", "The Harbour Board met in Oslo.");
    let options = options(&site);
    let mut memo = Memo::default();
    compare(&options, &mut memo);
    let file = site.path("content/entities/organisations/board.md");
    fs::create_dir_all(file.parent().unwrap()).unwrap();
    fs::write(
        &file,
        "---\nid: board\nname: Harbour Board\n---\nRuns the port.\n",
    )
    .unwrap();
    compare(&options, &mut memo);
    fs::remove_file(&file).unwrap();
    compare(&options, &mut memo);
}
