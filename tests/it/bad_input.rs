//! Whatever an author can get wrong: the diagnostic is a snapshot, the old output stays whole.

use std::{fs, os::unix::fs::symlink};

use crate::site::TestSite;

/// Checks the site and gives what a person would read, with the exit code.
fn check(site: &TestSite) -> String {
    let run = site.run(&["check"]);
    format!("{}\n[exit {}]", run.stderr.trim_end(), run.code)
}

fn raw(text: &str) -> TestSite {
    TestSite::new().file("content/briefings/a.md", text)
}

const GOOD: &str = "---\ntitle: Ports\ndate: 2024-07-21\n---\nText.\n";

#[test]
fn missing_front_matter() {
    insta::assert_snapshot!(check(&raw("Just text.\n")));
}

#[test]
fn unterminated_front_matter() {
    insta::assert_snapshot!(check(&raw(
        "---\ntitle: Ports\ndate: 2024-07-21\n\nText.\n"
    )));
}

#[test]
fn broken_yaml() {
    insta::assert_snapshot!(check(&raw(
        "---\ntitle: \"Ports\ndate: 2024-07-21\n---\nText.\n"
    )));
}

#[test]
fn several_mistakes_are_shown_at_once() {
    let text =
        "---\ntitel: Ports\ndate: 2024-02-30\ntgas: [shipping]\ndraft: perhaps\n---\nText.\n";
    insta::assert_snapshot!(check(&raw(text)));
}

#[test]
fn missing_date() {
    insta::assert_snapshot!(check(&raw("---\ntitle: Ports\n---\nText.\n")));
}

#[test]
fn duplicate_key() {
    let text = "---\ntitle: Ports\ndate: 2024-07-21\ntitle: Docks\n---\nText.\n";
    insta::assert_snapshot!(check(&raw(text)));
}

#[test]
fn duplicate_slug() {
    let site = raw(GOOD).file("content/briefings/2024/a.md", GOOD);
    insta::assert_snapshot!(check(&site));
}

#[test]
fn invalid_utf8() {
    let site = TestSite::new().file(
        "content/briefings/a.md",
        b"---\ntitle: Ports\ndate: 2024-07-21\n---\nCaf\xe9.\n",
    );
    insta::assert_snapshot!(check(&site));
}

#[test]
fn byte_order_mark_and_crlf_are_no_problem() {
    let text = format!("\u{feff}{}", GOOD.replace('\n', "\r\n"));
    insta::assert_snapshot!(check(&raw(&text)));
}

#[test]
fn places_are_right_after_crlf() {
    let text = "---\r\ntitle: Ports\r\ndate: 2024-07-21\r\n---\r\nA [link](nowhere.md).\r\n";
    insta::assert_snapshot!(check(&raw(text)));
}

#[test]
fn empty_file() {
    insta::assert_snapshot!(check(&raw("")));
}

#[test]
fn broken_links() {
    let site = TestSite::new()
        .article(
            "a.md",
            "See [[Nobody]], [a file](nowhere.md) and [a place](b.md#nowhere).",
        )
        .article("b.md", "## Somewhere\n\nText. [Here](#sumwhere).");
    insta::assert_snapshot!(check(&site));
}

#[test]
fn missing_image() {
    let site = TestSite::new().article("a.md", "![A quay](images/quay.svg)");
    insta::assert_snapshot!(check(&site));
}

#[test]
fn template_error() {
    let site = raw(GOOD).file("templates/article.html", "<h1>{{ article.title </h1>\n");
    insta::assert_snapshot!(check(&site));
}

#[test]
fn template_names_an_unknown_variable() {
    let site = raw(GOOD).file("templates/article.html", "<h1>\n{{ artikle.title }}</h1>\n");
    insta::assert_snapshot!(check(&site));
}

#[test]
fn two_entities_with_one_alias() {
    let site = raw(GOOD)
        .file(
            "content/entities/person/a.md",
            "---\nname: Ann Able\naliases: [The Boss]\n---\n",
        )
        .file(
            "content/entities/person/b.md",
            "---\nname: Ben Best\naliases: [The Boss]\n---\n",
        );
    insta::assert_snapshot!(check(&site));
}

#[test]
fn registry_cycle() {
    let entity = |name: &str, parent: &str| format!("---\nname: {name}\npart_of: {parent}\n---\n");
    let site = raw(GOOD)
        .file("content/entities/place/a.md", entity("A", "b"))
        .file("content/entities/place/b.md", entity("B", "c"))
        .file("content/entities/place/c.md", entity("C", "a"));
    insta::assert_snapshot!(check(&site));
}

#[test]
fn registry_facts_that_cannot_be() {
    let site = TestSite::new()
        .article("a.md", "Anna Berg spoke.")
        .file(
            "content/entities/person/anna-berg.md",
            "---\nname: Anna Berg\nisni: 0000 0001 2281 9551\nlei: short\nwebsite: berg.example\nroles:\n  - {title: Clerk, from: 2012, to: 2009}\n  - {organisation: Port, since: 2012}\n  - {title: Aide, from: spring}\n---\n",
        );
    insta::assert_snapshot!(check(&site));
}

#[test]
fn unreadable_file() {
    // A dangling link cannot be read by anyone, while root reads a file of mode 000.
    let site = raw(GOOD);
    symlink("gone.md", site.path("content/briefings/b.md")).unwrap();
    insta::assert_snapshot!(check(&site));
}

#[test]
fn symlink_out_of_content() {
    let site = raw(GOOD).file("secret.md", GOOD);
    symlink(site.path("secret.md"), site.path("content/briefings/b.md")).unwrap();
    insta::assert_snapshot!(check(&site));
}

#[test]
fn site_yaml_with_an_unknown_key() {
    let site = raw(GOOD).file(
        "content/site.yaml",
        "title: Desk\nbase_ulr: https://example.org\n",
    );
    insta::assert_snapshot!(check(&site));
}

#[test]
fn output_inside_content() {
    let run = raw(GOOD).run(&["build", "--output", "content/public"]);
    insta::assert_snapshot!(format!("{}\n[exit {}]", run.stderr.trim_end(), run.code));
}

#[test]
fn no_content_folder() {
    let run = TestSite::new().run(&["build", "--content", "nowhere"]);
    insta::assert_snapshot!(format!("{}\n[exit {}]", run.stderr.trim_end(), run.code));
}

#[test]
fn a_folder_that_dateline_did_not_make_is_refused() {
    let site = raw(GOOD).file("public/thesis.txt", "years of work");
    let run = site.run(&["build"]);
    insta::assert_snapshot!(format!("{}\n[exit {}]", run.stderr.trim_end(), run.code));
    assert_eq!(site.page("thesis.txt"), "years of work");
}

#[test]
fn a_mistake_leaves_the_old_output_whole() {
    let site = raw(GOOD);
    site.build();
    let before = site.output();
    fs::write(site.path("content/briefings/b.md"), "no front matter").unwrap();
    let run = site.run(&["build", "--quiet"]);
    assert_eq!(run.code, 1, "{}", run.stderr);
    assert_eq!(site.output(), before);
}

#[test]
fn a_disk_that_takes_no_more_leaves_the_old_output_whole() {
    let site = raw(GOOD);
    site.build();
    let before = site.output();
    fs::write(
        site.path("content/briefings/a.md"),
        GOOD.replace("Text", "Other text"),
    )
    .unwrap();
    // Writes past 512 bytes fail, as they do on a full disk.
    let run = site.shell("trap '' XFSZ; ulimit -f 1; exec \"$DATELINE\" build --quiet");
    // Files are written as they are made: any of them may be the first that has no room.
    let begins = "error: cannot write SITE/.public.dateline-next/";
    assert!(run.stderr.starts_with(begins), "{}", run.stderr);
    assert!(run.stderr.contains("File too large"), "{}", run.stderr);
    assert_eq!(run.code, 2);
    assert_eq!(site.output(), before);
    assert!(!site.path(".public.dateline-next").exists());
}

#[test]
fn aliases_that_cannot_be() {
    let with = |title: &str, aliases: &str| {
        format!("---\ntitle: {title}\ndate: 2024-07-21\naliases: {aliases}\n---\nText.\n")
    };
    let site = TestSite::new()
        .file(
            "content/briefings/a.md",
            with("A", "[/old/, ../etc, briefings/b, /timeline/]"),
        )
        .file("content/briefings/b.md", with("B", "[/old/]"));
    insta::assert_snapshot!(check(&site));
}

#[test]
fn addresses_that_are_none() {
    let text = "---\ntitle: Ports\ndate: 2024-07-21\nimage: {src: 'javascript:alert(1)', alt: A}\n\
                sources: [{title: T, url: 'javascript:alert(1)'}]\n---\nA [link](javascript:alert(1)).\n";
    insta::assert_snapshot!(check(&raw(text)));
}

#[test]
fn a_link_to_a_broken_file_is_no_second_mistake() {
    let site = TestSite::new()
        .article("a.md", "See [[b]], [b](b.md#part) and [[c]].")
        .file("content/briefings/b.md", "---\ntitle: B\n---\nText.\n")
        .file("content/briefings/c.md", b"\xff");
    let shown = check(&site);
    assert!(shown.contains("2 errors and 0 warnings"), "{shown}");
}

#[test]
fn an_alias_that_is_never_matched_is_shared_by_nobody() {
    let entity = |name: &str| {
        format!("---\nname: {name}\naliases: [{{name: The Boss, match: never}}]\n---\n")
    };
    let site = raw(GOOD)
        .file("content/entities/person/a.md", entity("Ann Able"))
        .file("content/entities/person/b.md", entity("Ben Best"));
    let shown = check(&site);
    assert!(shown.contains("nothing is wrong"), "{shown}");
}

#[test]
fn charts_that_cannot_be_drawn() {
    let text = "---\ntitle: Ports\ndate: 2024-07-21\n---\n\
                ```chart\ntype: pie\ntitel: Ships\ndata: ships.csv\n```\n\n\
                ```chart\ntitle: Lost\ndata: ship.csv\n```\n\n\
                ```chart\ntitle: Columns\ndata: ships.csv\ny: [shipz]\n```\n\n\
                ```chart\ntitle: Cells\ndata: ships.csv\n```\n\n\
                ```chart\ntitle: Encoding\ndata: latin.csv\n```\n\n\
                > ```chart\n> title: Inline\n> csv: |\n>   year,ships\n> ```\n";
    let site = raw(text)
        .file(
            "content/briefings/ships.csv",
            "year,ships,boats\n2022,12,12\n2023,\"1,300\",n/a\n",
        )
        .file("content/briefings/latin.csv", b"year,ships\nJ\xe4nner,2\n");
    insta::assert_snapshot!(check(&site));
}

#[test]
fn shortcodes_that_are_no_use() {
    let text = "{{ figur(alt=\"x\") }}\n\n\
                {{ figure(src=\"lost.png\", atl=\"x\") }}\n\n\
                {{ figure(src=\"words.txt\", alt=3) }}\n\n\
                {{ quote(author=Anna) }}\n\n\
                {{ quote(author=\"Anna\") }} and more\n\n\
                {{ quote(author=\"Anna\"\n\n\
                {% end %}\n\n\
                {% callout(kind=\"loud\") %}\n\nNever closed.\n\n\
                {{ map(title=\"Where\", places=[\"Nowhere at all\"]) }}\n\n\
                {{ chart(title=\"Ships\", data=\"no.csv\", tpye=\"bar\") }}";
    let site = TestSite::new().article("a.md", text);
    insta::assert_snapshot!(check(&site));
}

#[test]
fn data_that_cannot_be_shown() {
    let text = "---\ntitle: Ports\ndate: 2024-07-21\ndata: [shipz]\n---\n\
                ```table\ntitle: Lost\ndata: ship.csv\n```\n\n\
                ```table\ntitle: Columns\ndata: ships.csv\ncolumns: [Prot, {name: Ships, format: numbr, decimals: 9}]\nsort: -Shipz\n```\n\n\
                ```table\ntitle: Cells\ndata: ships.csv\ncolumns: [Port, {name: Ships, format: number}, {name: Day, format: date}]\n```\n\n\
                ```table\ntitle: Lists\ndata: lists.json\n```\n\n\
                ```table\ntitle: Inline\ncolumns: [{name: a, format: percent}]\ncsv: |\n  a\n  b\n```\n";
    let site = raw(text)
        .file(
            "content/data/ships.csv",
            "Port,Ships,Day\nHull,n/a,2024-02-30\n",
        )
        .file("content/data/lists.json", "[\n  {\"a\": [1, 2]}\n]\n");
    insta::assert_snapshot!(check(&site));
}

#[test]
fn citations_of_what_is_not_there() {
    let site = TestSite::new()
        .file(
            "content/references.bib",
            "@book{doe2020, title = {Ports}, author = {Doe, Jane}, date = {2020}}\n",
        )
        .article(
            "a.md",
            "So [@doe2021].\n\nOr [@doe2020; see @roe, p. 3], as @doe202 and\n@someone say.",
        );
    insta::assert_snapshot!(check(&site));
}

#[test]
fn libraries_that_cannot_be_read() {
    let site = TestSite::new()
        .file(
            "content/site.yaml",
            "citations: {style: chicago-autor-date}\n",
        )
        .file(
            "content/references.bib",
            "@book{doe2020, title = {Ports}}\n@book{roe, title {Docks}}\n",
        )
        .file(
            "content/references.json",
            "[\n  {\"id\": \"poe\", \"type\": \"book\",}\n]\n",
        )
        .file(
            "content/references.yaml",
            "moe:\n  type: book\nloe:\n  type: tablet\n",
        )
        .article("a.md", "So [@doe2021].");
    insta::assert_snapshot!(check(&site));
}

#[test]
fn a_table_that_no_chart_shows_may_be_anything() {
    let site = raw(GOOD).file("content/briefings/latin.csv", b"J\xe4nner,2\n1\n");
    let shown = check(&site);
    assert!(shown.contains("nothing is wrong"), "{shown}");
}

#[test]
fn key_points_that_are_no_lines() {
    let text = "---\ntitle: Ports\ndate: 2024-07-21\nkey_points:\n  - \"# A heading\"\n  - '[[nobody]] came'\n\
                \x20 - Said [here](gone.md).\n  - |\n    - a\n    - b\n  - [a, b]\n---\nText.\n";
    insta::assert_snapshot!(check(&raw(text)));
}
