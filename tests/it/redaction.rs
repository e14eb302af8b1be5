//! What an author hides is in no byte of the output, and leaves no measure of itself.

use crate::site::TestSite;

/// Words that may stand nowhere.
const SECRET: &str = "zanzebar";

fn article(title: &str, body: &str) -> String {
    format!("---\ntitle: {title}\ndate: 2024-07-21\n---\n\n{body}\n")
}

/// Every file of the output, named with its path, and what templates were given.
fn holding(site: &TestSite, word: &str) -> Vec<String> {
    let run = site.run(&["build", "--quiet", "--dump-context", "dump"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    let mut files = site.output();
    files.extend(site.files("dump"));
    let holds = |(path, bytes): &(String, Vec<u8>)| {
        let text = String::from_utf8_lossy(bytes).to_lowercase();
        path.contains(word) || text.contains(word)
    };
    let found = files.into_iter().filter(holds);
    found.map(|(path, _)| path).collect()
}

/// A site in which every place that takes words has some redacted: `hidden` in each.
fn everywhere(hidden: &str) -> TestSite {
    let r = format!("{{redact}}{hidden}{{/redact}}");
    let front = format!(
        "---\ntitle: \"Talks with {r}\"\ndate: 2024-07-21\nsummary: \"With {r} in Paris.\"\n\
         authors: [\"{r}\"]\ntopics: [\"{r}\"]\ntags: [\"{r}\"]\nstoryline: \"{r}\"\nkey_points: ['A *b* {r}(so).']\n\
         image: {{src: q.svg, alt: \"A {r}\", caption: \"C {r}\", credit: \"D {r}\", licence: \"L {r}\"}}\n\
         dateline: {{place: \"{r}\"}}\nsources: [{{title: \"S {r}\", publisher: \"{r}\"}}]\n\
         corrections: [{{date: 2024-07-22, text: \"Not {r}.\"}}]\nextra: {{a: \"{r}\", b: [\"{r}\"]}}\n---\n"
    );
    let body = format!(
        "# Talks with {r}\n\nParis saw {r}, “a {r} b”, said Ann Able of {r} Ltd in **{r}** March.\n\n\
         ## Part {r}\n\n![A {r}](q.svg \"Cap {r}\")\n\n[t](b.md \"ti {r}\") [[b|la {r}]] [^n]\n\n[^n]: Note {r}.\n\n\
         | a {r} | b |\n|---|---|\n| {r} | c |\n\n> {r}\n\n- {r}\n\n<div title=\"{r}\">raw {r}</div>\n\n\
         ```chart\ntitle: Ships {r}\ncaption: C {r}\ncsv: |\n  Year,{r}\n  2022,4\n```\n"
    );
    TestSite::new()
        .file("content/briefings/a.md", front + &body)
        .file("content/briefings/q.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>")
        .article("b.md", "Nothing.")
        .file("content/pages/about.md", format!("---\ntitle: About\nsummary: \"S {r}\"\n---\nBy {r}.\n"))
        .file(
            "content/entities/person/ann.md",
            format!("---\nname: Ann Able\ndescription: \"D {r}\"\nroles: [{{title: \"R {r}\"}}]\n---\nShe is {r}.\n"),
        )
        .file("content/site.yaml", format!("description: \"Of {r}\"\nbase_url: https://example.org\n"))
}

#[test]
fn redacted_words_are_nowhere_in_the_output() {
    let found = holding(&everywhere(SECRET), SECRET);
    assert!(found.is_empty(), "{found:?}");
}

/// The output is the same for a word and for paragraphs: not even their length can be inferred.
#[test]
fn output_does_not_depend_on_what_is_redacted() {
    let (short, long) = (
        everywhere("I"),
        everywhere(&"Zanzebar, so he said, ".repeat(40)),
    );
    for site in [&short, &long] {
        site.build();
    }
    let (short, long) = (short.output(), long.output());
    let names = |files: &std::collections::BTreeMap<String, Vec<u8>>| {
        files.keys().cloned().collect::<Vec<_>>()
    };
    assert_eq!(names(&short), names(&long));
    for (path, bytes) in &short {
        assert!(bytes == &long[path], "{path} tells what was redacted");
    }
}

#[test]
fn marks_have_a_text_and_a_class() {
    let site = TestSite::new().article(
        "a.md",
        "Ships of {redact}the *Port* [of](b.md){/redact} sail.",
    );
    site.build();
    let page = site.page("briefings/a/index.html");
    let mark = "<p>Ships of <span class=\"redacted\">[redacted]</span> sail.</p>";
    assert!(page.contains(mark), "{page}");
    assert!(
        site.page("briefings/a/index.md")
            .contains("Ships of [redacted] sail.")
    );
}

#[test]
fn redactions_may_cross_paragraphs() {
    let body = "One {redact}zanzebar.\n\n## Zanzebar\n\n- a\n- b{/redact} two.";
    let site = TestSite::new().article("a.md", body);
    assert!(holding(&site, SECRET).is_empty());
    let page = site.page("briefings/a/index.html");
    assert!(
        page.contains("<p>One <span class=\"redacted\">[redacted]</span> two.</p>"),
        "{page}"
    );
}

#[test]
fn notes_leave_no_trace() {
    let noted = "One {note}zanzebar{/note} two.\n\n{note}\nZanzebar.\n\nAgain.\n{/note}\n\nThree.";
    let front = |extra: &str, body: &str| {
        format!("---\ntitle: T\n{extra}date: 2024-07-21\n---\n\n{body}\n")
    };
    let with = TestSite::new().file(
        "content/briefings/a.md",
        front(
            "notes: [zanzebar, {by: zanzebar}]\nsummary: 'S.{note}zanzebar{/note}'\n",
            noted,
        ),
    );
    let without = TestSite::new().file(
        "content/briefings/a.md",
        front("summary: S.\n", "One two.\n\nThree."),
    );
    with.build();
    without.build();
    assert!(with.output() == without.output(), "a note shows");
}

#[test]
fn code_is_taken_literally() {
    let body = "Write `{redact}x{/redact}`.\n\n```text\n{note}y{/note}\n```\n\nOr \\{redact} so.";
    let site = TestSite::new().article("a.md", body);
    site.build();
    let page = site.page("briefings/a/index.html");
    assert!(page.contains("<code>{redact}x{/redact}</code>"), "{page}");
    assert!(
        page.contains("{note}y{/note}") && page.contains("Or {redact} so."),
        "{page}"
    );
}

/// Places in the file stay those that the author sees.
#[test]
fn places_after_a_redaction_are_right() {
    let text = article(
        "T",
        "A {redact}b\n\nc{/redact} d {note}e{/note} [x](nowhere.md).",
    );
    let site = TestSite::new().file("content/briefings/a.md", text);
    let run = site.run(&["check"]);
    assert!(
        run.stderr.contains("content/briefings/a.md:8:29"),
        "{}",
        run.stderr
    );
    let site = TestSite::new().article("a.md", "A {redact}b\n\nc{/redact} d.\n\nParis is far.");
    let run = site.run(&["entities", "explain", "content/briefings/a.md:10"]);
    assert!(
        run.stdout.contains("\"Paris\""),
        "{}{}",
        run.stdout,
        run.stderr
    );
}

fn check(body: &str) -> String {
    let site = TestSite::new().file("content/briefings/a.md", article("T", body));
    let run = site.run(&["check"]);
    format!("{}\n[exit {}]", run.stderr.trim_end(), run.code)
}

#[test]
fn unclosed_redaction() {
    insta::assert_snapshot!(check("Said {redact}one to another.\n\n`{/redact}`"));
}

#[test]
fn nested_redaction() {
    insta::assert_snapshot!(check(
        "Said {redact}one {redact}to{/redact} another{/redact}."
    ));
}

#[test]
fn stray_end_of_a_note() {
    insta::assert_snapshot!(check("Said one {/note} to another."));
}

#[test]
fn redaction_in_code_by_indentation() {
    insta::assert_snapshot!(check("Said:\n\n    {redact}one{/redact} to another."));
}

#[test]
fn unclosed_redaction_in_front_matter() {
    let text = "---\ntitle: \"Said {redact}one\"\ndate: 2024-07-21\n---\nText.\n";
    let site = TestSite::new().file("content/briefings/a.md", text);
    insta::assert_snapshot!(site.run(&["check"]).stderr);
}

/// One mark for the whole site, in its language, whatever a briefing's is and wherever it stands.
#[test]
fn the_mark_is_in_the_language_of_the_site() {
    for (language, mark) in [
        ("en", "[redacted]"),
        ("fr", "[caviardé]"),
        ("de", "[geschwärzt]"),
        ("es", "[tachado]"),
        ("ru", "[изъято]"),
        ("nl", "[redacted]"),
    ] {
        let site = TestSite::new()
            .file(
                "content/site.yaml",
                format!("title: \"A {{redact}}b{{/redact}} c\"\nlanguage: {language}\n"),
            )
            .file(
                "content/briefings/a.md",
                "---\ntitle: \"Of {redact}X{/redact}\"\ndate: 2024-07-21\nlanguage: es\nkey_points: ['P {redact}x{/redact} q']\n---\n\n# Of {redact}X{/redact}\n\nShips of {redact}*a long name*{/redact} sail. See [{redact}y{/redact} z](b.md).\n\n## Head {redact}x{/redact}\n\n![Quay {redact}x{/redact} end](https://example.org/a.png)\n",
            )
            .file(
                "content/briefings/b.md",
                "---\ntitle: B\ndate: 2024-07-21\n---\n{redact}\n\nAll of it.\n\n{/redact}\n",
            )
            .file(
                "content/entities/person/ann.md",
                "---\nname: Ann Lee\ndescription: \"Of {redact}x{/redact} desk\"\n---\nHer {redact}x{/redact} desk.\n",
            );
        site.build();
        let page = site.page("briefings/a/index.html");
        for words in [
            format!("<title>Of {mark} · A {mark} c</title>"),
            format!("P <span class=\"redacted\">{mark}</span> q"),
            format!("<p>Ships of <span class=\"redacted\">{mark}</span> sail."),
            format!("Head <span class=\"redacted\">{mark}</span>"),
            format!("alt=\"Quay {mark} end\""),
        ] {
            assert!(page.contains(&words), "{language}: {words}\n{page}");
        }
        assert!(
            site.page("briefings/a/index.md")
                .contains(&format!("Ships of {mark} sail."))
        );
        assert!(
            site.page("entities/people/ann/index.html")
                .contains(&format!("Of {mark} desk"))
        );
        let english = mark != "[redacted]"
            && site
                .output()
                .values()
                .any(|bytes| String::from_utf8_lossy(bytes).contains("[redacted]"));
        assert!(!english, "{language}");
    }
}
