//! Canaries: a word of its own in every field of every kind of hidden item. None of them may stand in
//! the output: in no file, in no name of a file, in nothing that a template was given.

use std::{collections::BTreeMap, fs};

use crate::{pictures::telling_photo, site::TestSite};

/// All that is hidden in the canary site, by the word that tells its kind.
const KINDS: [(&str, &str); 6] = [
    ("draft", "draft: true"),
    ("embargo", "publish_at: 2099-01-01T06:00:00Z"),
    ("expired", "expires_at: 2024-08-01"),
    ("marked", "marking: TLP:AMBER"),
    ("withdrawn", "redacted: true"),
    // Not there yet on the day that the site is built as of.
    ("later", "date: 2024-09-02"),
];

/// What the canary site is built with.
const BUILD: [&str; 8] = [
    "build",
    "--quiet",
    "--as-of",
    "2024-09-01",
    "--audience",
    "TLP:GREEN",
    "--dump-context",
    "dump",
];

/// A public site whose articles, entities and decisions hold no canary.
fn public(theme: &str) -> TestSite {
    TestSite::new()
        .file(
            "content/site.yaml",
            format!("title: Notes\nbase_url: https://notes.example\ntheme: {{name: {theme}}}\n"),
        )
        .file(
            "content/briefings/open.md",
            "---\ntitle: The harbour opens\ndate: 2024-07-21\ntopics: [Shipping]\nstoryline: harbours\nimage: {src: open.jpg, alt: A quay}\n---\n\n\
             The Port Agency opened the harbour of Rotterdam on 19 July 2024, said Jane Miller.\n\n[The picture](open.jpg)\n",
        )
        .article("second.md", "Jane Miller of the Port Agency went to Rotterdam and to Paris in March.")
        .file("content/briefings/open.jpg", telling_photo())
        .file("content/entities/organisation/port-agency.md", "---\nname: Port Agency\n---\nIt runs the port.\n")
        .file("content/entities/decisions.yaml", "rejected: [{name: Shipping Week, kind: event}]\n")
}

/// An article that is hidden by `key`, with a canary in every field: `zqcnry`, its kind, the field.
fn hidden(kind: &str, key: &str) -> String {
    let c = |field: &str| format!("zqcnry{kind}{field}");
    // The addresses of a redacted article stay: they are no canaries.
    let (slug, alias) = match kind {
        "withdrawn" => ("taken-back".to_owned(), "taken".to_owned()),
        _ => (c("slug"), c("alias")),
    };
    let date = match key.starts_with("date:") {
        true => "",
        false => "date: 2024-07-22\n",
    };
    format!(
        "---\n{key}\nslug: {slug}\ntitle: Zqcnry{kind}title speaks\n{date}updated: 2024-07-23\nauthors: [{}]\n\
         summary: Said {}.\nkey_points: ['Point {}.']\ntopics: [Shipping, {}]\ntags: [{}]\nstoryline: harbours\n\
         image: {{src: {}.jpg, alt: {}, caption: {}, credit: {}, licence: {}}}\ndateline: {{place: {}}}\n\
         sources: [{{title: {}, url: 'https://{}.example/', publisher: {}, archive_url: 'https://{}.example/'}}]\n\
         corrections: [{{date: 2024-07-23, text: {}.}}]\naliases: [/{}/old/]\n\
         entities: {{about: [port-agency], add: [{}], drop: [{}], as: {{{}: port-agency}}}}\nextra: {{a: {}}}\nnotes: {}\n---\n\n",
        c("author"),
        c("summary"),
        c("point"),
        c("topic"),
        c("tag"),
        c("file"),
        c("leadalt"),
        c("caption"),
        c("credit"),
        c("licence"),
        c("dateline"),
        c("source"),
        c("sourceurl"),
        c("publisher"),
        c("archive"),
        c("correction"),
        alias,
        c("add"),
        c("drop"),
        c("as"),
        c("extra"),
        c("notes"),
    ) + &body(kind)
}

fn body(kind: &str) -> String {
    let c = |field: &str| format!("zqcnry{kind}{field}");
    format!(
        "Mr Zqcnry{kind}person Zqcnry{kind}surname of the Zqcnry{kind} Port Authority met Jane Miller of the Port Agency in Rotterdam, said Jane Miller on 3 March 2031. \
         \"It is {},\" said Zqcnry{kind}person Zqcnry{kind}surname.\n\n## Head {}\n\n![{}]({}.png \"{}\")\n\n\
         `{}`\n\n```rust {{file=\"{}.rs\"}}\nfn {}() {{}}\n```\n\n| {} | b |\n|---|---|\n| c | d |\n\nNote[^n].\n\n[^n]: {}.\n\n\
         [data]({}.csv) [page](https://{}.example/) [[port-agency|{}]]\n\n<div title=\"{}\">{}</div>\n\n<!-- {} -->\n\n\
         {{redact}}{}{{/redact}} {{note}}{}{{/note}}\n\n\
         ```chart\ntitle: {}\ndata: {}.csv\n```\n\n```chart\ntitle: {}\ncsv: |\n  Year,{}\n  2022,4\n```\n",
        c("quotation"),
        c("heading"),
        c("alt"),
        c("shot"),
        c("imagetitle"),
        c("code"),
        c("codefile"),
        c("function"),
        c("cell"),
        c("footnote"),
        c("table"),
        c("link"),
        c("label"),
        c("htmltitle"),
        c("html"),
        c("comment"),
        c("redacted"),
        c("note"),
        c("charttitle"),
        c("table"),
        c("inlinechart"),
        c("column"),
    )
}

/// A registry file that is hidden by `key`, with a canary in every field.
fn hidden_entity(kind: &str, key: &str) -> String {
    let c = |field: &str| format!("zqcnry{kind}{field}");
    format!(
        "---\n{key}\nname: Zqcnry{kind}name Able\naliases: [{}, {{name: {}, match: never}}]\ndescription: {}\nsameAs: ['https://{}.example/']\n\
         website: 'https://{}.example/'\nroles: [{{title: {}, organisation: port-agency, source: 'https://{}.example/'}}]\n\
         old_ids: [{}]\npart_of: port-agency\nopensanctions: NK-{}\nnotes: {}\n---\n\nShe is {}. ![{}]({}.png)\n",
        c("alias"),
        c("neveralias"),
        c("description"),
        c("sameas"),
        c("website"),
        c("role"),
        c("rolesource"),
        c("oldid"),
        c("sanctions"),
        c("notes"),
        c("profile"),
        c("alt"),
        c("shot"),
    )
}

/// A page that is hidden by `key`, with a canary in every field.
fn hidden_page(kind: &str, key: &str) -> String {
    let c = |field: &str| format!("zqcnrypage{kind}{field}");
    format!(
        "---\n{key}\ntitle: Zqcnrypage{kind}title\nslug: {}\nsummary: {}\nnotes: {}\n---\n\n## Head {}\n\n\
         Zqcnrypage{kind}person Able of the Port Agency is {}. ![{}]({}.png) [data]({}.csv) <https://{}.example/>\n",
        c("slug"),
        c("summary"),
        c("notes"),
        c("heading"),
        c("body"),
        c("alt"),
        c("shot"),
        c("table"),
        c("address"),
    )
}

/// The ways to hide a page.
fn page_kinds() -> impl Iterator<Item = (&'static str, &'static str)> {
    let not_for_pages = ["withdrawn", "later"];
    let all = KINDS.into_iter();
    all.filter(move |(kind, _)| !not_for_pages.contains(kind))
}

/// The public site with all that is hidden in it.
fn canaries(theme: &str) -> TestSite {
    let mut site = public(theme);
    for (kind, key) in KINDS {
        let at = format!("content/briefings/zqcnry{kind}folder");
        let csv = format!("Year,zqcnry{kind}csvcolumn\nzqcnry{kind}csvcell,4\n");
        site = site
            .file(
                &format!("{at}/2024-07-22-zqcnry{kind}file.md"),
                hidden(kind, key),
            )
            .file(&format!("{at}/zqcnry{kind}file.jpg"), telling_photo())
            .file(
                &format!("{at}/zqcnry{kind}shot.png"),
                crate::pictures::photo(64, 64, image::ImageFormat::Png),
            )
            .file(&format!("{at}/zqcnry{kind}table.csv"), csv)
            .file(
                &format!("{at}/zqcnry{kind}unused.txt"),
                format!("zqcnry{kind}unused"),
            );
    }
    for (kind, key) in page_kinds() {
        let at = format!("content/pages/zqcnrypage{kind}");
        site = site
            .file(&format!("{at}file.md"), hidden_page(kind, key))
            .file(
                &format!("{at}shot.png"),
                crate::pictures::photo(64, 64, image::ImageFormat::Png),
            )
            .file(
                &format!("{at}table.csv"),
                format!("Year,zqcnrypage{kind}cell\n"),
            );
    }
    let second = site.path("content/briefings/second.md");
    let text = fs::read_to_string(&second).unwrap();
    let later = "date: 2024-07-21\nupdated: 2024-09-03\n\
                 corrections: [{date: 2024-09-02, text: The zqcnrylatercorrection was wrong.}]\n";
    fs::write(&second, text.replace("date: 2024-07-21\n", later)).unwrap();
    for (kind, key) in [
        ("entitydraft", "draft: true"),
        ("entitymarked", "marking: TLP:RED"),
    ] {
        let at = "content/entities/person";
        site = site
            .file(
                &format!("{at}/zqcnry{kind}file.md"),
                hidden_entity(kind, key),
            )
            .file(
                &format!("{at}/zqcnry{kind}shot.png"),
                crate::pictures::photo(64, 64, image::ImageFormat::Png),
            );
    }
    site.file(
        "content/entities/decisions.yaml",
        "rejected: [{name: Shipping Week, kind: event, reason: zqcnryreason}, {name: Zqcnryrejected, kind: person}]\n\
         accepted: [{name: Zqcnryaccepted, kind: place, reason: zqcnryreason}]\n\
         merged: [{name: Zqcnrymerged, kind: person, into: zqcnryentitydraftfile, reason: zqcnryreason}, {name: Jane Miller, kind: person, into: zqcnryentitydraftfile}]\n\
         distinct: [{name: Zqcnryone, other: Zqcnryother, reason: zqcnryreason}]\n",
    )
    .file("content/entities/suppress.yaml", "- {name: Zqcnrysuppressed, reason: zqcnryreason}\n")
}

fn built(site: &TestSite) -> BTreeMap<String, Vec<u8>> {
    let run = site.run(&BUILD);
    assert_eq!(run.code, 0, "{}", run.stderr);
    let mut files = site.output();
    let dumps = site.files("dump").into_iter();
    files.extend(dumps.map(|(path, bytes)| (format!("dump/{path}"), bytes)));
    files
}

/// The words that begin with `zqcnry`, with the file that holds each.
fn found(files: &BTreeMap<String, Vec<u8>>) -> Vec<String> {
    let mut found = Vec::new();
    for (path, bytes) in files {
        let text = String::from_utf8_lossy(bytes).to_lowercase();
        for text in [path.as_str(), &text] {
            let words = text.match_indices("zqcnry").map(|(at, _)| {
                let word = text[at..].split(|c: char| !c.is_ascii_alphanumeric());
                word.take(1).collect::<String>()
            });
            found.extend(words.map(|word| format!("{path}: {word}")));
        }
        for told in ["CameraCanary", "CommentCanary"] {
            if bytes
                .windows(told.len())
                .any(|part| part == told.as_bytes())
            {
                found.push(format!("{path}: {told}"));
            }
        }
    }
    found
}

#[test]
fn no_canary_is_in_the_output() {
    for theme in ["default", "situation"] {
        let leaks = found(&built(&canaries(theme)));
        assert!(leaks.is_empty(), "{theme}:\n{}", leaks.join("\n"));
    }
}

/// Stronger than any search: but for the page in place of a redacted article, and the counts of
/// decisions, the site is the same as if nothing hidden were there.
#[test]
fn hidden_items_change_no_byte() {
    let hidden = canaries("default");
    // Decisions are no hidden item: the methods page counts them.
    for list in ["decisions.yaml", "suppress.yaml"] {
        fs::remove_file(hidden.path("content/entities").join(list)).unwrap();
    }
    let plain = public("default");
    fs::remove_file(plain.path("content/entities/decisions.yaml")).unwrap();
    let (mut hidden, plain) = (built(&hidden), built(&plain));
    for notice in [
        "briefings/taken-back/index.html",
        "taken/old/index.html",
        "dump/taken/old/index.html.json",
        "dump/briefings/taken-back/index.html.json",
    ] {
        assert!(hidden.remove(notice).is_some(), "{notice}");
    }
    hidden.retain(|path, _| !path.ends_with("manifest.json"));
    for (path, bytes) in &hidden {
        assert!(
            plain.get(path) == Some(bytes),
            "{path} tells of what is hidden"
        );
    }
    assert_eq!(hidden.len() + 2, plain.len(), "manifests apart");
}

/// The same canaries are found once they may be seen: the test above looks for the right words.
#[test]
fn the_canaries_sing_when_they_may() {
    let site = canaries("default");
    for (kind, key) in KINDS {
        let path = site.path(&format!(
            "content/briefings/zqcnry{kind}folder/2024-07-22-zqcnry{kind}file.md"
        ));
        let text = fs::read_to_string(&path).unwrap();
        let open = match key.starts_with("date:") {
            true => "date: 2024-07-22",
            false => "draft: false",
        };
        fs::write(&path, text.replacen(key, open, 1)).unwrap();
    }
    for (kind, key) in page_kinds() {
        let path = site.path(&format!("content/pages/zqcnrypage{kind}file.md"));
        let text = fs::read_to_string(&path).unwrap();
        fs::write(&path, text.replacen(key, "draft: false", 1)).unwrap();
    }
    let second = site.path("content/briefings/second.md");
    let text = fs::read_to_string(&second).unwrap();
    fs::write(&second, text.replace("2024-09-0", "2024-08-0")).unwrap();
    let found = found(&built(&site));
    assert!(
        found
            .iter()
            .any(|leak| leak.ends_with(": zqcnrylatercorrection"))
    );
    for (kind, _) in page_kinds() {
        for field in ["title", "slug", "summary", "body", "alt", "cell", "address"] {
            let canary = format!(": zqcnrypage{kind}{field}");
            assert!(found.iter().any(|leak| leak.contains(&canary)), "{canary}");
        }
    }
    for (kind, _) in KINDS {
        for field in [
            "title", "author", "summary", "point", "tag", "csvcell", "shot", "footnote", "person",
        ] {
            let canary = format!(": zqcnry{kind}{field}");
            assert!(found.iter().any(|leak| leak.contains(&canary)), "{canary}");
        }
        assert!(
            !found.iter().any(|leak| leak.contains("unused")),
            "unused files stay"
        );
        for never in ["redacted", "note", "notes", "comment"] {
            let canary = format!(": zqcnry{kind}{never}");
            assert!(
                !found.iter().any(|leak| leak.ends_with(&canary)),
                "{canary}"
            );
        }
    }
}

/// What public texts say of hidden entities by their id loses its link, and names nothing.
#[test]
fn references_to_hidden_entities_are_silent() {
    let site = public("default")
        .file("content/entities/person/zqcnrysource.md", "---\nname: Jane Miller\ndraft: true\n---\nShe tells us.\n")
        .file("content/entities/organisation/desk.md", "---\nname: The Desk\npart_of: zqcnrysource\nroles: [{title: Owner, organisation: zqcnrysource}]\n---\nIt.\n")
        .file(
            "content/briefings/third.md",
            "---\ntitle: Third\ndate: 2024-07-23\nentities: {about: [zqcnrysource], add: [zqcnrysource], as: {Port: zqcnrysource}}\n---\n\nThe Port met [[zqcnrysource|a woman]] in Paris.\n",
        );
    let run = site.run(&["check", "--strict"]);
    assert!(
        run.stderr.contains("link/hidden") && run.stderr.contains("1 warning"),
        "{}",
        run.stderr
    );
    let leaks = found(&built(&site));
    assert!(leaks.is_empty(), "{}", leaks.join("\n"));
    assert!(
        site.page("briefings/third/index.html")
            .contains("met a woman in")
    );
}

/// A link to a hidden page loses its link and keeps its words, as one to a hidden briefing does.
#[test]
fn links_to_hidden_pages_lead_nowhere() {
    let site = public("default")
        .file("content/pages/zqcnryabout.md", "---\ntitle: Zqcnrytitle\nmarking: TLP:RED\n---\nUs.\n")
        .file(
            "content/briefings/third.md",
            "---\ntitle: Third\ndate: 2024-07-23\n---\n\nSee [who we are](../pages/zqcnryabout.md) and [our page](/zqcnryabout/).\n",
        );
    let run = site.run(&["check", "--strict", "--audience", "TLP:GREEN"]);
    assert!(
        run.stderr.contains("link/hidden") && run.stderr.contains("2 warnings"),
        "{}",
        run.stderr
    );
    let leaks = found(&built(&site));
    assert!(leaks.is_empty(), "{}", leaks.join("\n"));
    let page = site.page("briefings/third/index.html");
    assert!(page.contains("See who we are and our page."), "{page}");
    assert_eq!(site.run(&["build", "--quiet"]).code, 0);
    assert!(
        site.page("briefings/third/index.html")
            .contains("zqcnryabout/")
    );
}

/// What a day does not know yet: later briefings, corrections and changes. A date alone is no embargo.
#[test]
fn a_site_as_of_a_day_has_nothing_of_later_days() {
    let site = public("default").file(
        "content/briefings/third.md",
        "---\ntitle: Third\ndate: 2024-07-22\nupdated: 2024-08-02\ncorrections:\n  - {date: 2024-07-23, text: The quay is long.}\n  - {date: 2024-08-02, text: It is short.}\n---\nA quay. [[second]]\n",
    );
    let on = |day: &str| {
        let run = site.run(&["build", "--quiet", "--strict", "--as-of", day]);
        assert_eq!(run.code, 0, "{}", run.stderr);
        let text = |(_, bytes): (String, Vec<u8>)| String::from_utf8_lossy(&bytes).into_owned();
        let all: Vec<String> = site.output().into_iter().map(text).collect();
        let has = |words: &str| all.iter().any(|text| text.contains(words));
        ["A quay.", "The quay is long.", "It is short.", "2024-08-02"].map(has)
    };
    assert_eq!(on("2024-07-21"), [false, false, false, false]);
    assert_eq!(on("2024-07-22"), [true, false, false, false]);
    assert_eq!(on("2024-07-23"), [true, true, false, false]);
    assert_eq!(on("2024-08-02"), [true, true, true, true]);
}

#[test]
fn a_redacted_article_keeps_its_address_and_nothing_else() {
    let article = "---\ntitle: Zqcnrytitle\nslug: quays\naliases: [/old/wharves/]\ndate: 2024-07-21\nredacted: A court asked for it.\n---\nZqcnrybody.\n";
    let site = public("default")
        .file("content/briefings/zqcnryfile.md", article)
        .article(
            "third.md",
            "See [what we said](zqcnryfile.md), [once](/old/wharves/).",
        );
    let leaks = found(&built(&site));
    assert!(leaks.is_empty(), "{}", leaks.join("\n"));
    let page = site.page("briefings/quays/index.html");
    assert!(
        page.contains("A court asked for it.") && page.contains("noindex"),
        "{page}"
    );
    assert!(!site.path("public/briefings/quays/index.md").exists());
    assert!(!site.page("sitemap.xml").contains("quays"));
    let third = site.page("briefings/third/index.html");
    assert!(!third.contains("quays") && !third.contains("wharves"));
    let old = site.page("old/wharves/index.html");
    assert!(old.contains("../../briefings/quays/"), "{old}");
}

#[test]
fn check_finds_no_leak_where_there_is_none() {
    let run = canaries("default").run(&[
        "check",
        "--leaks",
        "--as-of",
        "2024-09-01",
        "--audience",
        "TLP:GREEN",
    ]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert!(!run.stderr.contains("leak/"), "{}", run.stderr);
}

/// What no stage can hold back: files that are copied, and other texts that say the same.
#[test]
fn check_finds_what_files_that_are_copied_tell() {
    let article = "---\ntitle: \"What {redact}Jane Miller{/redact} saw\"\ndate: 2024-07-21\nnotes: ask her again in August\n---\n\n\
                   It sailed {redact}at four in the morning{/redact}. {note}She is sure.{/note} [Data](quays.csv)\n";
    let draft = "---\ntitle: A secret ship\ndate: 2024-07-22\ndraft: true\nimage: {src: /secret-quay.svg, alt: A quay}\n---\n\nOne of the two men who came by night was here.\n";
    let site = TestSite::new()
        .file("content/briefings/a.md", article)
        .file("content/briefings/draft.md", draft)
        .file(
            "content/briefings/quays.csv",
            "who,when\nJane Miller,\"at four in the morning\"\n",
        )
        .file("content/static/notes.txt", "ask HER again in   August")
        .file(
            "content/static/night.html",
            "<p>One of the <b>two</b> men&#32;who came",
        )
        .file(
            "content/static/secret-quay.svg",
            "<svg xmlns=\"http://www.w3.org/2000/svg\"/>",
        )
        .file(
            "content/entities/decisions.yaml",
            "rejected: [{name: Night Watch, kind: event}]\n",
        )
        .file("content/static/list.json", "[\"Night \\u0057atch\"]");
    assert_eq!(site.run(&["check"]).code, 0);
    let run = site.run(&["check", "--leaks", "--as-of", "2024-09-01"]);
    assert_eq!(run.code, 1);
    insta::assert_snapshot!(run.stderr);
}

#[test]
fn check_finds_paths_of_this_machine() {
    let site = TestSite::new().article("a.md", "Ships.");
    let home = site.path("").display().to_string();
    let site = site.file("content/static/log.txt", format!("made in {home}content"));
    let run = site.run(&["check", "--leaks"]);
    assert_eq!(run.code, 1, "{}", run.stderr);
    assert!(
        run.stderr.contains("of this machine is in the output"),
        "{}",
        run.stderr
    );
}

/// Home, user, host, zone, locale and the time of the build: none of them reaches the output.
#[test]
fn the_machine_leaves_no_trace() {
    let site = canaries("default");
    let build = |to: &str, of: &str, zone: &str, umask: &str| {
        let script = format!(
            "mkdir -p {of}machine && mv content {of}machine/ && cd {of}machine && umask {umask} && \
             HOME=/home/{of}home USER={of}user LOGNAME={of}user HOSTNAME={of}host TZ={zone} LANG={of}_LANG.UTF-8 LC_ALL=C \
             SOURCE_DATE_EPOCH=86400 XDG_CACHE_HOME=/{of}cache DATELINE_{of}=1 \
             $DATELINE build --quiet --as-of 2024-09-01 --audience TLP:GREEN --output ../{to} --dump-context ../{to}-dump && cd .. && mv {of}machine/content content"
        );
        let run = site.shell(&script);
        assert_eq!(run.code, 0, "{}", run.stderr);
        let mut files = site.files(to);
        files.extend(
            site.files(&format!("{to}-dump"))
                .into_iter()
                .map(|(path, bytes)| (format!("dump/{path}"), bytes)),
        );
        files
    };
    let one = build("one", "zqcnryone", "Asia/Kathmandu", "022");
    let other = build("other", "zqcnryother", "America/St_Johns", "077");
    assert!(one == other, "the output depends on the machine");
    let mut leaks = found(&one);
    let folder = site.path("").display().to_string();
    let year = jiff::Timestamp::now().to_string()[..4].to_owned();
    for (path, bytes) in &one {
        let text = String::from_utf8_lossy(bytes);
        for told in [
            folder.trim_end_matches('/'),
            "Kathmandu",
            "/home/",
            "1970-01-02",
            &year,
        ] {
            // Pixels hold any four digits.
            let is_text = std::str::from_utf8(bytes).is_ok();
            if is_text && text.contains(told) {
                leaks.push(format!("{path}: {told}"));
            }
        }
    }
    assert!(leaks.is_empty(), "{}", leaks.join("\n"));
}

/// Tags hide nothing in files that no stage reads: such a file is refused, and so is a chart of it.
#[test]
fn tags_in_files_that_are_copied_stop_the_build() {
    let csv = "Year,Ships\n2023,4\n2024,{redact}5{/redact}\n";
    let chart = "```chart\ntitle: Ships\ndata: ships.csv\nx: Year\ny: Ships\n```\n";
    for (path, text, body) in [
        ("briefings/ships.csv", csv, "[Data](ships.csv)"),
        ("briefings/ships.csv", csv, chart),
        (
            "static/quays.txt",
            "The agent {note}Jane{/note} left.\n",
            "Ships.",
        ),
        (
            "static/a.svg",
            "<svg xmlns=\"http://www.w3.org/2000/svg\"><!-- {redact}x --></svg>",
            "Ships.",
        ),
    ] {
        let site = TestSite::new()
            .article("a.md", body)
            .file(&format!("content/{path}"), text);
        let run = site.run(&["build", "--quiet"]);
        assert_eq!(run.code, 1, "{path}: {}", run.stderr);
        assert!(
            run.stderr.contains("redaction/copied"),
            "{path}: {}",
            run.stderr
        );
        assert!(!site.path("public").exists());
    }
    let site = TestSite::new()
        .article("a.md", "Ships.")
        .file("content/briefings/unused.csv", csv)
        .file(
            "content/static/how.txt",
            "Write \\{redact}, and \\{/redact}.\n",
        );
    assert_eq!(site.run(&["build", "--quiet"]).code, 0);
}
