//! Hostile input: paths that lead out, texts made to take hours, files that run.
//!
//! The times are bounds for a debug build on a slow machine; docs/reliability.md has those measured.

use std::{
    fs,
    time::{Duration, Instant},
};

use crate::site::{Run, TestSite};

/// The longest that any of these may take here.
const LONGEST: Duration = Duration::from_secs(60);

/// Builds in bounded time and memory; the exit code is 0 or 1, and there is no panic.
fn build(name: &str, site: &TestSite) -> Run {
    let started = Instant::now();
    // 3 GiB of addresses: what takes more is no text of an author.
    let run = site.shell("ulimit -v 3145728; \"$DATELINE\" build --quiet --jobs 1");
    let took = started.elapsed();
    let said: String = run.stderr.chars().take(2000).collect();
    assert!(
        matches!(run.code, 0 | 1),
        "{name}: exit {}: {said}",
        run.code
    );
    assert!(!run.stderr.contains("panicked"), "{name}: {said}");
    assert!(took < LONGEST, "{name}: {took:?}");
    if std::env::var_os("DATELINE_TIMES").is_some() {
        #[allow(clippy::print_stderr, reason = "figures for whoever asked for them")]
        {
            eprintln!("{name}: {:.2} s", took.as_secs_f64());
        }
    }
    run
}

/// Each text builds, or is refused with the code.
fn texts(inputs: &[(&str, String, Option<&str>)]) {
    for (name, body, code) in inputs {
        let run = build(name, &TestSite::new().article("a.md", body));
        match code {
            None => assert_eq!(
                run.code,
                0,
                "{name}: {}",
                &run.stderr[..run.stderr.len().min(2000)]
            ),
            Some(code) => assert!(run.stderr.contains(code), "{name}: {}", run.stderr),
        }
    }
}

/// The pathological cases of cmark's and cmark-gfm's own tests.
#[test]
fn pathological_markdown() {
    const N: usize = 20_000;
    let ticks: String = (1..1500).map(|n| format!("e{}", "`".repeat(n))).collect();
    let references: String = (0..N)
        .map(|n| format!("[r{n}]: https://example.org/{n}\n"))
        .collect();
    let table = format!(
        "|{}\n|{}\n{}",
        "a|".repeat(500),
        "-|".repeat(500),
        "|a\n".repeat(90)
    );
    texts(&[
        (
            "nested strong",
            format!("{}b{}", "*a **a ".repeat(N), " a** a*".repeat(N)),
            None,
        ),
        ("openers of emphasis", "*a _a ".repeat(N), None),
        ("closers of emphasis", "a_ a* ".repeat(N), None),
        ("mixed emphasis", "*a **a _a __a ~~a ".repeat(N / 4), None),
        ("strikethrough", "~~a ".repeat(N), None),
        ("open brackets", "[".repeat(N), None),
        (
            "nested brackets",
            format!("{}a{}", "[".repeat(N), "]".repeat(N)),
            None,
        ),
        ("open links", "[a](b".repeat(N), None),
        ("open links in angles", "[a](<b".repeat(N), None),
        ("open images", "![[]()".repeat(N), None),
        ("backticks", ticks, None),
        (
            "entities",
            "&".repeat(N) + &"&#".repeat(N) + &"&colon;".repeat(N),
            None,
        ),
        ("references", format!("{references}\n[r1]"), None),
        ("nested quotes", format!("{}a", ">".repeat(N)), None),
        ("nested lists", "* ".repeat(N) + "a", None),
        ("comments", "<!-- ".repeat(N), None),
        (
            "declarations",
            "a <!A".repeat(N) + &"a <?".repeat(N) + &"<![CDATA[".repeat(N),
            None,
        ),
        ("tags", "<a href=\"".repeat(N), None),
        ("wide table", table, None),
        ("notes", "x[^1] ".repeat(N) + "\n\n[^1]: note\n", None),
        ("smart quotes", "\"'".repeat(N), None),
        ("same headings", "# Same\n\n".repeat(N), None),
    ]);
}

/// Steps of our own: names, masks, quotations, brackets, dates, redactions, wikilinks.
#[test]
fn texts_made_for_our_own_steps() {
    const N: usize = 20_000;
    let names: String = (0..3000)
        .map(|n| format!("Johnathan Smith{} spoke. ", letters(n)))
        .collect();
    texts(&[
        (
            "names",
            "John Smith met Mary Jones in Paris on 21 July 2024. ".repeat(2000),
            None,
        ),
        ("many names", names, None),
        (
            "one sentence",
            "John Smith and Mary Jones and ".repeat(3000),
            None,
        ),
        ("capitals", "A B C Abc ".repeat(N / 2), None),
        (
            "a word without end",
            format!("A{}", "b".repeat(1_000_000)),
            None,
        ),
        ("short forms", "(ABC) ".repeat(N), None),
        (
            "open brackets",
            "World Health Organisation (WHO ".repeat(N / 4),
            None,
        ),
        ("open quotations", "\u{201c}a ".repeat(N), None),
        ("apostrophes", "'a ".repeat(N), None),
        (
            "speakers",
            "\"We will go there,\" he said. ".repeat(N / 8),
            None,
        ),
        ("dates", "21 July 2024 to ".repeat(N / 2), None),
        ("addresses", "https://example.org/a ".repeat(N / 2), None),
        ("code", "`a` ".repeat(N), None),
        (
            "letters",
            "e\u{301}".repeat(N) + &"\u{202e}".repeat(N) + &"\u{200b}".repeat(N),
            None,
        ),
        ("redactions", "{redact}a{/redact} ".repeat(N), None),
        (
            "open redactions",
            "{redact}".repeat(N),
            Some("redaction/unclosed"),
        ),
        (
            "wikilinks",
            "[[Nobody]] ".repeat(N / 2),
            Some("wikilink/broken"),
        ),
        ("open wikilinks", "[[".repeat(N), None),
        (
            "broken links",
            "[a](b.md) ".repeat(N / 2),
            Some("link/broken"),
        ),
        (
            "missing images",
            "![a](b.png) ".repeat(N / 2),
            Some("image/missing"),
        ),
    ]);
}

fn letters(mut n: usize) -> String {
    let mut word = String::new();
    for _ in 0..4 {
        word.push(char::from(b'a' + (n % 26) as u8));
        n /= 26;
    }
    word
}

/// What is larger than anything that a person writes is refused with a word that says so.
#[test]
fn what_is_too_large_is_refused() {
    let headings: String = (0..100_000).map(|n| format!("# Heading {n}\n\n")).collect();
    let refused = Some("source/too-large");
    texts(&[
        ("a line of 20 MB", "word ".repeat(4_000_000), refused),
        ("a line of 15 MB", "word ".repeat(3_000_000), refused),
        ("a hundred thousand headings", headings, refused),
        (
            "cells",
            format!("|a|b|\n|-|-|\n{}", "|x|y|\n".repeat(50_000)),
            refused,
        ),
        ("links", "[a](https://example.org) ".repeat(30_000), refused),
        ("nested HTML", "<div>".repeat(50_000), refused),
    ]);
}

#[test]
fn front_matter_made_to_explode() {
    let bomb: String = (0..12)
        .map(|n| {
            let (own, next) = (char::from(b'a' + n), char::from(b'b' + n));
            format!(
                "  {next}: &{next} [{}]\n",
                vec![format!("*{own}"); 9].join(",")
            )
        })
        .collect();
    let bomb = format!("  a: &a [x,x,x,x,x,x,x,x,x]\n{bomb}");
    let deep: String = (1..2000)
        .map(|n| format!("{}a:\n", " ".repeat(n)))
        .collect();
    let brackets = format!("  a: {}{}\n", "[".repeat(100_000), "]".repeat(100_000));
    for (name, yaml) in [("bomb", bomb), ("deep maps", deep), ("brackets", brackets)] {
        let text = format!("---\ntitle: T\ndate: 2024-07-21\nextra:\n{yaml}---\nText.\n");
        let run = build(name, &TestSite::new().file("content/briefings/a.md", text));
        assert!(run.stderr.contains("yaml/syntax"), "{name}: {}", run.stderr);
    }
}

/// A PNG that claims more pixels than it has bytes is refused before it is decoded.
#[test]
fn a_small_file_with_a_wall_of_pixels_is_refused() {
    let mut png = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec();
    png.extend(60_000u32.to_be_bytes());
    png.extend(60_000u32.to_be_bytes());
    png.extend([8, 6, 0, 0, 0, 0, 0, 0, 0]);
    let site = TestSite::new()
        .article("a.md", "![A quay](quay.png)")
        .file("content/briefings/quay.png", png);
    let run = build("wall", &site);
    assert_eq!(run.code, 1);
    assert!(run.stderr.contains("image/"), "{}", run.stderr);
}

#[test]
fn huge_tables() {
    let chart = "```chart\ntype: line\ntitle: T\ndata: d.csv\n```";
    let wide = format!(
        "{}\n{}\n",
        vec!["c"; 100_000].join(","),
        vec!["1"; 100_000].join(",")
    );
    for (name, csv, code) in [
        (
            "long",
            "x,y\n".to_owned() + &"1,2\n".repeat(1_000_000),
            "chart/no-data",
        ),
        ("wide", wide, "chart/"),
        (
            "no numbers",
            "x,y\n".to_owned() + &"a,b\n".repeat(200_000),
            "chart/",
        ),
    ] {
        let site = TestSite::new()
            .article("a.md", chart)
            .file("content/briefings/d.csv", csv);
        let run = build(name, &site);
        assert!(
            run.stderr.contains(code),
            "{name}: {}",
            &run.stderr[..run.stderr.len().min(500)]
        );
    }
}

/// Paths that lead out of the content or the output, in every place that takes one.
#[test]
fn no_path_leads_out() {
    const PATHS: &[&str] = &[
        "../../secret.txt",
        "../../../../../../../../etc/passwd",
        "/etc/passwd",
        "//etc/passwd",
        "file:///etc/passwd",
        "..\\..\\secret.txt",
        "%2e%2e/%2e%2e/secret.txt",
        "..%2f..%2fsecret.txt",
        "a/../../../secret.txt",
        "\u{ff0e}\u{ff0e}/\u{ff0e}\u{ff0e}/secret.txt",
        "..\u{2215}..\u{2215}secret.txt",
        "..\u{ff0f}secret.txt",
        "C:/secret.txt",
        "\\\\server\\share\\secret.txt",
        "secret.txt\\0.png",
        "NUL",
        "com1.txt",
    ];
    type Place = (&'static str, fn(&str) -> String);
    let places: &[Place] = &[
        ("link", |p| {
            format!("---\ntitle: T\ndate: 2024-07-21\n---\n[x](<{p}>)\n")
        }),
        ("image", |p| {
            format!("---\ntitle: T\ndate: 2024-07-21\n---\n![x](<{p}>)\n")
        }),
        ("raw", |p| {
            format!("---\ntitle: T\ndate: 2024-07-21\n---\n<img src=\"{p}\" alt=\"x\">\n")
        }),
        ("wikilink", |p| {
            format!("---\ntitle: T\ndate: 2024-07-21\n---\n[[{p}]]\n")
        }),
        ("slug", |p| front("slug", p)),
        ("alias", |p| front("aliases", &format!("[{}]", quoted(p)))),
        ("lead image", |p| {
            front("image", &format!("{{src: {}, alt: x}}", quoted(p)))
        }),
        ("topic", |p| front("topics", &format!("[{}]", quoted(p)))),
        ("tag", |p| front("tags", &format!("[{}]", quoted(p)))),
        ("storyline", |p| front("storyline", &quoted(p))),
        ("chart", |p| {
            format!(
                "---\ntitle: T\ndate: 2024-07-21\n---\n```chart\ntype: line\ndata: {}\n```\n",
                quoted(p)
            )
        }),
    ];
    for (place, text) in places {
        let mut site = TestSite::new().file("secret.txt", "canary-secret");
        for (n, path) in PATHS.iter().enumerate() {
            let name = format!("content/briefings/a{n}.md");
            site = site.file(
                &name,
                text(path).replace("title: T", &format!("title: T{n}")),
            );
            // One by one, since a single error would keep all others from being published.
            let run = site.run(&["build", "--quiet"]);
            assert!(matches!(run.code, 0 | 1), "{place} {path}: {}", run.stderr);
            for (file, bytes) in if run.code == 0 {
                site.output()
            } else {
                Default::default()
            } {
                let text = String::from_utf8_lossy(&bytes);
                let told = text.contains("canary-secret") || text.contains("root:x:0");
                assert!(!told, "{place} {path}: {file}");
            }
            fs::remove_file(site.path(&name)).unwrap();
        }
        let here: Vec<String> = fs::read_dir(site.path(""))
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .filter(|name| !name.starts_with('.'))
            .collect();
        for name in here {
            assert!(
                ["content", "public", "secret.txt"].contains(&&*name),
                "{place}: {name}"
            );
        }
    }
}

fn quoted(text: &str) -> String {
    serde_json::to_string(text).unwrap()
}

fn front(key: &str, value: &str) -> String {
    let value = match value.starts_with(['[', '{', '"']) {
        true => value.to_owned(),
        false => quoted(value),
    };
    format!("---\ntitle: T\ndate: 2024-07-21\n{key}: {value}\n---\nText.\n")
}

/// Names that look like others, or that another system takes for another file.
#[test]
fn names_that_deceive_are_refused() {
    for name in [
        "gpj.\u{202e}exe.txt",
        "a\u{200b}.txt",
        "a\u{ff0f}b.txt",
        "con.txt",
        "COM\u{b9}.txt",
        "a..",
        "a:b.txt",
    ] {
        let site = TestSite::new()
            .article("a.md", "Text.")
            .file(&format!("content/static/{name}"), "x");
        let run = site.run(&["check"]);
        assert_eq!(run.code, 1, "{name:?}: {}", run.stderr);
    }
    let twins = TestSite::new()
        .article("a.md", "Text.")
        .file("content/static/Plan.txt", "x")
        .file("content/static/plan.txt", "y");
    assert!(twins.run(&["check"]).stderr.contains("output/collision"));
}

/// Schemes that run, in every place that takes an address.
#[test]
fn no_address_runs() {
    let hostile = [
        "javascript:alert(1)",
        " JaVaScRiPt:alert(1)",
        "java\\tscript:alert(1)",
        "vbscript:x",
        "data:text/html,x",
        "\\u0001javascript:alert(1)",
    ];
    for address in hostile {
        let site = TestSite::new()
            .file("content/briefings/a.md", format!(
                "---\ntitle: T\ndate: 2024-07-21\nsources: [{{title: S, url: \"{address}\"}}]\n---\nText.\n"
            ))
            .file("content/entities/person/ann.md", format!(
                "---\nname: Ann Lee\nwebsite: \"{address}\"\n---\nText.\n"
            ))
            .file("content/site.yaml", format!("base_url: \"{address}\"\n"));
        let run = site.run(&["check"]);
        assert_eq!(
            run.stderr.matches("is no web address").count(),
            3,
            "{address}: {}",
            run.stderr
        );
        let site = TestSite::new()
            .article("a.md", &format!(
                "Ann Lee. [x](<{0}>) ![x](<{0}>) <a href=\"{0}\">x</a> <img src=\"{0}\">\n\n<div><a href=\"{0}\">x</a><img src=\"{0}\"></div>",
                address.replace("\\t", "&#9;").replace("\\u0001", "&#1;")
            ))
            .file("content/entities/person/ann.md", format!(
                "---\nname: Ann Lee\nsameAs: [\"{address}\"]\n---\nText.\n"
            ));
        let run = site.run(&["build", "--quiet"]);
        assert!(matches!(run.code, 0 | 1), "{address}: {}", run.stderr);
        if run.code == 1 {
            // A picture that is not there: nothing is published.
            assert!(
                run.stderr.contains("error[image/missing]"),
                "{address}: {}",
                run.stderr
            );
            continue;
        }
        for (file, bytes) in site.output() {
            let text = String::from_utf8_lossy(&bytes).to_lowercase();
            for key in ["href", "src"] {
                for scheme in ["javascript:", "vbscript:", "data:text", "java"] {
                    assert!(
                        !text.contains(&format!("{key}=\"{scheme}")),
                        "{address}: {file}"
                    );
                }
            }
        }
    }
}

#[test]
fn drawings_beside_articles_are_cleaned() {
    let hostile = "<svg xmlns=\"http://www.w3.org/2000/svg\" onload=\"alert(1)\"><script>alert(2)</script>\
                   <a href=\"javascript:alert(3)\"><rect width=\"4\" height=\"5\"/></a></svg>";
    let site = TestSite::new()
        .article("a.md", "![A quay](quay.svg)")
        .file("content/briefings/quay.svg", hostile)
        .file("content/static/trusted.svg", hostile);
    let run = site.build();
    assert!(run.stderr.contains("image/cleaned"), "{}", run.stderr);
    let (_, drawing) = site
        .output()
        .into_iter()
        .find(|(path, _)| path.ends_with("quay.svg"))
        .unwrap();
    let drawing = String::from_utf8(drawing).unwrap();
    assert!(
        drawing.contains("<rect width=\"4\" height=\"5\">"),
        "{drawing}"
    );
    assert!(!drawing.contains("alert"), "{drawing}");
    assert_eq!(site.page("trusted.svg"), hostile);

    let trusting = site.file("content/site.yaml", "markdown: {raw_html: trust}\n");
    trusting.build();
    let drawings = trusting.output();
    let own = drawings.iter().find(|(path, _)| path.ends_with("quay.svg"));
    assert_eq!(own.unwrap().1, hostile.as_bytes());
}

#[test]
fn files_that_run_stay_out() {
    for name in ["x.html", "x.HTM", "x.svgz", "x.xhtml", "x.js", "x.xml"] {
        let site = TestSite::new()
            .article("a.md", &format!("[x]({name})"))
            .file(
                &format!("content/briefings/{name}"),
                "<script>alert(1)</script>",
            );
        let run = site.run(&["check"]);
        assert!(
            run.stderr.contains("source/active"),
            "{name}: {}",
            run.stderr
        );
    }
}

/// What an author writes into JSON inside HTML cannot end the element that it stands in.
#[test]
fn nothing_breaks_out_of_its_place() {
    let evil = "</script><script>alert(1)</script><!-- \u{2028} ]]> \u{7} \u{fffe}";
    let text = format!(
        "---\ntitle: {0}\ndate: 2024-07-21\nsummary: {0}\nauthors: [{0}]\ntags: [{0}]\ntopics: [{0}]\n---\nText.\n",
        quoted(evil).replace('\u{fffe}', "\\ufffe")
    );
    let site = TestSite::new().file("content/briefings/a.md", text);
    let run = site.run(&["build", "--quiet"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    for (file, bytes) in site.output() {
        let text = String::from_utf8_lossy(&bytes);
        if file.ends_with(".html") {
            assert!(!text.contains("<script>alert"), "{file}");
        }
        if file.ends_with(".xml") {
            let odd = |c: char| c.is_control() && !matches!(c, '\t' | '\n' | '\r');
            assert!(!text.contains(odd) && !text.contains('\u{fffe}'), "{file}");
            roxmltree::Document::parse(&text).unwrap_or_else(|error| panic!("{file}: {error}"));
        }
    }
}

/// Templates see what they are given, and nothing of the machine.
#[test]
fn templates_read_no_file_and_run_nothing() {
    for call in [
        "get_env(name=\"HOME\")",
        "load_data(path=\"/etc/passwd\")",
        "load(path=\"/etc/passwd\")",
        "read_file(path=\"/etc/passwd\")",
        "now()",
        "get_random(start=0, end=9)",
        "exec(command=\"id\")",
        "import(path=\"/etc/passwd\")",
    ] {
        let site = TestSite::new()
            .article("a.md", "Text.")
            .file("templates/article.html", format!("{{{{ {call} }}}}"));
        let run = site.run(&["check"]);
        assert!(
            run.stderr.contains("error[template/"),
            "{call}: {}",
            run.stderr
        );
    }
    for path in ["/etc/passwd", "../../../../../etc/passwd", "../secret.txt"] {
        let site = TestSite::new()
            .article("a.md", "Text.")
            .file("secret.txt", "canary")
            .file(
                "templates/article.html",
                format!("{{% include \"{path}\" %}}"),
            );
        let run = site.run(&["check"]);
        assert!(
            run.stderr.contains("error[template/"),
            "{path}: {}",
            run.stderr
        );
    }
}
