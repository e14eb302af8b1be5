//! Files of `content/data/`: in tables, in charts, for templates, and never where nothing shows them.

use crate::site::TestSite;

const SHIPS: &str =
    "Port,Ships,Share,Opened\nHull,1234.5,12,2024-07-21\nKiel,,3.456,2023-01-01\nCork,99,50,\n";

const TABLE: &str = "## Ships\n\n```table\ntitle: Ships\ndata: ships.csv\ncolumns: [Port, {name: Ships, label: Ships a day}, {name: Share, format: percent, decimals: 1}, {name: Opened, format: date}]\nsort: -Ships\nlimit: 2\nsource: {title: Register, url: 'https://example.org/'}\n```\n";

fn site(text: &str) -> TestSite {
    TestSite::new()
        .file("content/data/ships.csv", SHIPS)
        .article("a.md", text)
}

#[test]
fn a_table_shows_what_was_asked_for() {
    let site = site(TABLE);
    let run = site.build();
    assert_eq!(run.code, 0, "{}", run.stderr);
    let page = site.page("briefings/a/index.html");
    for part in [
        "<figure class=\"chart data-table\" id=\"ships-2\">",
        "<th scope=\"col\">Port</th><th scope=\"col\" class=\"right\">Ships a day</th>",
        "<tr><th scope=\"row\">Hull</th><td class=\"right\">1,234.5</td><td class=\"right\">12.0%</td><td><time datetime=\"2024-07-21\">21 July 2024</time></td></tr>\n<tr><th scope=\"row\">Cork",
        "1 more row in the data",
        "<a href=\"../../data/ships.csv\" download>Download the data (ships.csv)</a>",
        "Source: <a href=\"https://example.org/\"",
    ] {
        assert!(page.contains(part), "{part}\n{page}");
    }
    assert!(!page.contains("Kiel"), "empty cells come last");
    assert_eq!(site.output()["data/ships.csv"], SHIPS.as_bytes());
    let markdown = site.page("briefings/a/index.md");
    assert!(
        markdown.contains("| Hull | 1,234.5 | 12.0% | 21 July 2024 |"),
        "{markdown}"
    );
}

#[test]
fn numbers_and_days_are_those_of_the_language() {
    let site = site(TABLE).file("content/site.yaml", "language: de\n");
    site.build();
    let page = site.page("briefings/a/index.html");
    assert!(
        page.contains(">1.234,5</td>") && page.contains(">21. Juli 2024</time>"),
        "{page}"
    );
}

#[test]
fn json_and_yaml_are_tables_too() {
    let text =
        "```table\ntitle: Ships\ndata: s.json\n```\n\n```chart\ntitle: Boats\ndata: s.yaml\n```\n";
    let site = TestSite::new()
        .file(
            "content/data/s.json",
            "[{\"Port\": \"Hull <1>\", \"Ships\": 12}]",
        )
        .file("content/data/s.yaml", "- {Port: Kiel, Boats: 7.5}\n")
        .article("a.md", text);
    let run = site.build();
    assert_eq!(run.code, 0, "{}", run.stderr);
    let page = site.page("briefings/a/index.html");
    assert!(
        page.contains("<th scope=\"row\">Hull &lt;1&gt;</th><td class=\"right\">12</td>"),
        "{page}"
    );
    assert!(page.contains("Boats: Kiel 7.5."), "{page}");
}

#[test]
fn what_nothing_published_shows_stays_at_home() {
    let draft =
        format!("---\ntitle: Draft\ndate: 2024-07-21\ndraft: true\ndata: [ships]\n---\n{TABLE}");
    let kept = TABLE
        .replace("limit: 2", "download: false")
        .replace("ships.csv", "other.csv");
    let site = site(&kept)
        .file("content/data/other.csv", SHIPS)
        .file("content/data/more.yaml", "- {a: 1}\n")
        .file("content/briefings/b.md", draft);
    let run = site.build();
    assert_eq!(run.code, 0, "{}", run.stderr);
    let published = site.output();
    assert!(
        published.keys().all(|path| !path.starts_with("data/")),
        "{:?}",
        published.keys()
    );
}

#[test]
fn templates_are_given_what_the_front_matter_names() {
    let article = "---\ntitle: A\ndate: 2024-07-21\ndata: [ships.csv, more]\n---\nText.\n";
    let site = TestSite::new()
        .file("content/data/ships.csv", SHIPS)
        .file("content/data/more.yaml", "desk: {open: true}\n")
        .file("content/briefings/a.md", article)
        .file(
            "templates/article.html",
            "{% for row in data.ships %}{{ row.Port }}={{ row.Ships }};{% endfor %}{{ data.more.desk.open }}",
        );
    let run = site.build();
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert_eq!(
        site.page("briefings/a/index.html"),
        "Hull=1234.5;Kiel=;Cork=99;true"
    );
    assert!(!site.output().contains_key("data/ships.csv"));
}
