//! `extract --annotations` and `build --annotations`: what other machines found makes the same site,
//! however the articles were split, and what does not fit is told.

use std::{collections::BTreeMap, fs};

use camino::Utf8PathBuf;
use dateline::pipeline::{self, Options};
use proptest::prelude::*;

use crate::{order, site::TestSite};

/// Briefings, a registry and settings of which extraction depends on some.
fn sample() -> TestSite {
    TestSite::new()
        .file(
            "content/site.yaml",
            "title: Desk\nbase_url: https://example.org\nsocial_cards: false\n",
        )
        .file(
            "content/entities/organisation/port-agency.md",
            "---\nname: Port Agency\naliases: [PA]\n---\nIt runs ports.\n",
        )
        .article(
            "a.md",
            "The Port Agency met in Paris. \u{201c}Late,\u{201d} said Jane Miller, a rail expert.",
        )
        .article(
            "b.md",
            "French police held two Tajiks last year, Reuters said.",
        )
        .article(
            "c.md",
            "The PA warned before the Riverside Concert Hall attack in March.",
        )
}

fn annotate(site: &TestSite, args: &[&str]) -> String {
    let run = site.run(&[&["extract", "--annotations"], args].concat());
    assert_eq!((run.code, run.stderr.as_str()), (0, ""));
    run.stdout
}

/// The site with all its annotations in one part, which `change` has changed.
fn annotated(site: TestSite, change: impl Fn(&str) -> String) -> TestSite {
    let part = annotate(&site, &[]);
    site.file("found/part.jsonl", change(&part))
}

/// What a person reads when the site is built from its annotations.
fn told(site: &TestSite) -> String {
    let run = site.run(&["build", "--quiet", "--annotations", "found"]);
    assert_eq!(run.code == 0, site.path("public").exists());
    format!("{}\n[exit {}]", run.stderr.trim_end(), run.code)
}

fn options(site: &TestSite) -> Options {
    let content = Utf8PathBuf::from_path_buf(site.path("content")).unwrap();
    let templates = content.join("../templates");
    Options::at(content, templates, "2024-09-01T00:00:00Z".parse().unwrap())
}

fn files(options: &Options) -> BTreeMap<Utf8PathBuf, Vec<u8>> {
    let (built, files) = pipeline::files(options, &pipeline::silent).unwrap();
    assert!(!files.is_empty(), "{:?}", built.problems);
    let files = files.into_iter();
    files.map(|file| (file.path, file.bytes)).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// Any articles, in any number of parts, each with its lines in any order, some with their header
    /// twice or last.
    #[test]
    fn any_partition_makes_the_same_site(
        articles in order::corpus(),
        places in proptest::collection::vec((0..4usize, any::<u32>()), 40),
        headers in proptest::collection::vec(any::<(bool, u32)>(), 4),
    ) {
        let mut site = sample();
        for (path, text) in order::files(&articles) {
            site = site.file(&path, text);
        }
        let part = annotate(&site, &[]);
        let (header, lines) = part.split_once('\n').unwrap();
        let mut parts: Vec<Vec<(u32, &str)>> = vec![Vec::new(); 4];
        for (line, (part, rank)) in lines.lines().zip(&places) {
            parts[*part].push((*rank, line));
        }
        for (n, (part, (twice, rank))) in parts.iter_mut().zip(&headers).enumerate() {
            part.push((*rank, header));
            part.extend(twice.then_some((rank.reverse_bits(), header)));
            part.sort_unstable();
            let text: Vec<&str> = part.iter().map(|(_, line)| *line).collect();
            site = site.file(&format!("found/deep-{}/part-{n}", n % 2), text.join("\n"));
        }
        site = site.file("found/_SUCCESS", "").file("found/.part-0.crc", "\0");
        let mut options = options(&site);
        let plain = files(&options);
        options.annotations = Some(Utf8PathBuf::from_path_buf(site.path("found")).unwrap());
        let joined = files(&options);
        prop_assert!(plain == joined);
    }

    /// Whatever happens to a part, the program tells it, and does not publish what is wrong.
    #[test]
    fn a_damaged_part_is_never_believed(at in any::<prop::sample::Index>(), byte in any::<u8>()) {
        let site = sample();
        let mut part = annotate(&site, &[]).into_bytes();
        let at = at.index(part.len());
        part[at] = byte;
        let site = site.file("found/part", part);
        let mut options = options(&site);
        let plain = files(&options);
        options.annotations = Some(Utf8PathBuf::from_path_buf(site.path("found")).unwrap());
        let (built, joined) = pipeline::files(&options, &pipeline::silent).unwrap();
        let joined: BTreeMap<_, _> = joined.into_iter().map(|file| (file.path, file.bytes)).collect();
        prop_assert!(joined == plain || joined.is_empty(), "{:?}", built.problems);
    }
}

#[test]
fn shards_share_the_articles_out_and_standard_input_gives_the_same_lines() {
    let site = sample();
    let whole = annotate(&site, &[]);
    let mut lines = Vec::new();
    for shard in ["1/3", "2/3", "3/3"] {
        let part = annotate(&site, &["--shard", shard]);
        assert_eq!(part.lines().next(), whole.lines().next());
        lines.extend(part.lines().skip(1).map(str::to_owned));
    }
    lines.sort();
    let expected: Vec<&str> = whole.lines().skip(1).collect();
    assert_eq!(lines, expected);

    let mut articles = String::new();
    for name in ["c", "a", "b"] {
        let path = format!("briefings/{name}.md");
        let text = fs::read_to_string(site.path("content").join(&path)).unwrap();
        let text = text.replace('\n', "\r\n");
        articles += &format!("{}\n", serde_json::json!({ "path": path, "text": text }));
        fs::remove_file(site.path("content").join(&path)).unwrap();
    }
    let site = site.file("articles.jsonl", articles);
    let run = site.shell("\"$DATELINE\" extract --annotations --stdin < articles.jsonl");
    assert_eq!((run.stdout, run.code), (whole, 0), "{}", run.stderr);
}

#[test]
fn articles_from_standard_input_are_briefings() {
    let told = |line: &str| {
        let site = sample().file("articles.jsonl", line);
        let run = site.shell("\"$DATELINE\" extract --annotations --stdin < articles.jsonl");
        assert_eq!((run.code, run.stdout.as_str()), (2, ""));
        run.stderr
    };
    insta::assert_snapshot!(told("{\"path\": \"../a.md\", \"text\": \"\"}"));
    insta::assert_snapshot!(told("{\"path\": \"pages/a.md\", \"text\": \"\"}"));
    insta::assert_snapshot!(told("{\"path\": \"a.md\", \"txt\": \"\"}"));
    let twice = "{\"path\": \"a.md\", \"text\": \"\"}\n".repeat(2);
    insta::assert_snapshot!(told(&twice));
}

#[test]
fn what_is_hidden_is_not_in_the_annotations() {
    let front = |more: &str| {
        format!(
            "---\ntitle: Secret Otter\ndate: 2024-07-21\n{more}\n---\nOtto Otter met Reuters.\n"
        )
    };
    let site = sample()
        .file("content/briefings/draft.md", front("draft: true"))
        .file(
            "content/briefings/embargo.md",
            front("publish_at: 2999-01-01"),
        )
        .file(
            "content/briefings/expired.md",
            front("expires_at: 2020-01-01"),
        )
        .file("content/briefings/closed.md", front("marking: TLP:RED"))
        .file("content/briefings/redacted.md", front("redacted: true"))
        .article(
            "part.md",
            "They met {redact}Otto Otter of the Otter Board{/redact} in Paris.",
        );
    let audience = ["--audience", "TLP:GREEN"];
    let part = annotate(&site, &audience);
    assert!(!part.contains("tter"), "{part}");
    for name in ["draft", "embargo", "expired", "closed", "redacted"] {
        assert!(!part.contains(&format!("{name}.md")), "{name}");
    }
    assert!(part.contains("briefings/part.md"));
    let drafts = annotate(&site, &["--drafts", "--audience", "TLP:GREEN"]);
    assert!(drafts.contains("briefings/draft.md") && drafts.contains("Otto Otter"));
    assert!(!drafts.contains("briefings/closed.md"));

    // What was found in drafts is no mistake in a build without them, and is not published.
    let site = site.file("found/part.jsonl", drafts);
    let build = ["build", "--quiet", "--audience", "TLP:GREEN"];
    let plain = site.run(&build);
    assert_eq!((plain.code, plain.stderr.as_str()), (0, ""));
    let output = site.output();
    let run = site.run(&[&build[..], &["--annotations", "found"]].concat());
    assert_eq!((run.code, run.stderr.as_str()), (0, ""));
    assert!(site.output() == output);
}

#[test]
fn extraction_tells_what_is_wrong_and_goes_on() {
    let site = sample().file("content/briefings/bad.md", "No front matter.\n");
    let run = site.run(&["extract", "--annotations"]);
    assert_eq!((run.code, run.stdout.lines().count()), (1, 4));
    insta::assert_snapshot!(run.stderr);
}

#[test]
fn parts_made_with_something_else_are_refused() {
    let change = |part: &str| {
        part.replace("\"version\":\"0.1.0\"", "\"version\":\"0.0.9\"")
            .replace("\"schema\":1", "\"schema\":0")
    };
    insta::assert_snapshot!(told(&annotated(sample(), change)));
}

#[test]
fn names_and_settings_are_part_of_the_fingerprint() {
    let site = annotated(sample(), str::to_owned);
    let site = site
        .file(
            "content/entities/organisation/port-agency.md",
            "---\nname: Port Agency\naliases: [PA, Harbour Board]\n---\nIt runs ports.\n",
        )
        .file(
            "content/site.yaml",
            "title: Desk\nbase_url: https://example.org\nsocial_cards: false\nwithout: [quotations]\n",
        );
    insta::assert_snapshot!(told(&site));
}

#[test]
fn what_extraction_does_not_read_may_change() {
    let site = annotated(sample(), str::to_owned);
    let site = site
        .file(
            "content/entities/organisation/port-agency.md",
            "---\nname: Port Agency\naliases: [PA]\ndescription: A body\n---\nIt runs all ports.\n",
        )
        .file(
            "content/site.yaml",
            "title: Desk of news\nbase_url: https://example.org\nsocial_cards: false\nwithout: [map]\n",
        );
    assert_eq!(told(&site), "\n[exit 0]");
}

#[test]
fn a_part_without_a_header_is_refused() {
    let change = |part: &str| {
        part.lines()
            .skip(1)
            .map(|line| format!("{line}\n"))
            .collect()
    };
    insta::assert_snapshot!(told(&annotated(sample(), change)));
}

#[test]
fn everything_that_does_not_fit_is_told_at_once() {
    let change = |part: &str| {
        let lines: Vec<&str> = part.lines().collect();
        let other = lines[3].replace("briefings/c.md", "briefings/gone.md");
        let damaged = lines[1].replace("\"person\"", "\"place\"");
        let cut = &lines[2][..200];
        [lines[0], &damaged, lines[3], cut, &other, lines[3]].join("\n")
    };
    let site = annotated(sample(), change).article("c.md", "Another text.");
    let site = site.file("content/briefings/bad.md", "No front matter.\n");
    insta::assert_snapshot!(told(&site));
}

#[test]
fn positions_outside_the_text_are_refused() {
    // A line with a true sum, of a text that is not so long.
    let whole = annotate(&sample(), &[]);
    let lines: Vec<&str> = whole.lines().collect();
    let mut line: serde_json::Value = serde_json::from_str(lines[1]).unwrap();
    let own: serde_json::Value = serde_json::from_str(lines[2]).unwrap();
    line["path"] = own["path"].clone();
    line["content"] = own["content"].clone();
    let change = |part: &str| part.replace(lines[2], &line.to_string());
    let told = told(&annotated(sample(), change));
    insta::assert_snapshot!(told);
}

#[test]
fn a_folder_that_is_not_there_or_empty_is_told() {
    let site = sample();
    insta::assert_snapshot!(told(&site));
    fs::create_dir(site.path("found")).unwrap();
    insta::assert_snapshot!(told(&site));
}
