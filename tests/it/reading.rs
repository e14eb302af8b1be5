//! What stands around and beside the text of a briefing: key points, its Markdown, the pages about
//! corrections and methods.

use crate::site::TestSite;

const BRIEFING: &str = "\
---
title: Ports *under* strain
date: 2024-07-21
updated: 2024-07-22
authors: [Jane Miller]
summary: Two ports close.
key_points:
  - 'The [[port-agency]] says *why*.'
  - See [the other](b.md#part).
corrections: [{date: 2024-07-22, text: The day was wrong.}]
sources: [{title: Port register, url: 'https://register.example/'}]
tags: [ports]
entities: {drop: [Secret Name]}
extra: {note: hidden-extra}
---

# Ports *under* strain

# First

See [[port-agency]], [[port-agency|the <agency>]] and [[b]]; [this](b.md#part \"A title\"), [that][ref]
and [[hidden|a later one]]. <!-- a private note -->

<!--
Another private note: ask Jane.
-->

[ref]: b.md
[draft]: hidden.md

![A quay](quay.svg \"The quay\") and [outside](https://example.org/a_(b)) and <https://example.org/>.

<div onclick=\"x()\">Raw words<script>bad()</script></div>

A [draft](hidden.md) and a [bad one](javascript:alert(1)).[^n]

```text
[[kept]] <!-- kept -->



[kept](b.md)
```

```chart
title: Ships
unit: a day
csv: |
  Year,In | out
  2023,4
```

[^n]: A note on [[port-agency]].
";

fn site() -> TestSite {
    TestSite::new()
        .file("content/site.yaml", "title: Desk\nbase_url: https://desk.example/x\n")
        .file("content/briefings/a.md", BRIEFING)
        .article("b.md", "## Part\n\nText.")
        .file(
            "content/briefings/hidden.md",
            "---\ntitle: Hidden\ndate: 2024-07-23\ndraft: true\ncorrections: [{date: 2024-07-23, text: Of a draft.}]\n---\nText.\n",
        )
        .file("content/briefings/quay.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>")
        .file(
            "content/entities/organisation/port-agency.md",
            "---\nname: Port Agency\n---\n",
        )
}

#[test]
fn a_briefing_is_there_as_markdown_without_what_is_private() {
    let site = site();
    let run = site.run(&["build", "--quiet"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    let markdown = site.page("briefings/a/index.md");
    insta::assert_snapshot!(markdown);
    for private in [
        "private",
        "hidden.md",
        "hidden-extra",
        "Secret",
        "bad()",
        "javascript",
    ] {
        assert!(!markdown.contains(private), "{private}");
    }
    let page = site.page("briefings/a/index.html");
    assert!(page.contains("<link rel=\"alternate\" type=\"text/markdown\" href=\"index.md\">"));
}

#[test]
fn key_points_stand_under_the_standfirst() {
    let site = site();
    site.build();
    let page = site.page("briefings/a/index.html");
    let points = "<li>The <a class=\"name\" href=\"../../entities/organisations/port-agency/index.html\">Port Agency</a> says <em>why</em>.</li>\n\
                  <li>See <a href=\"../../briefings/b/index.html#part\">the other</a>.</li>";
    assert!(page.contains(points), "{page}");
    let other = site.page("briefings/b/index.html");
    assert!(
        !other.contains("key-points") && other.contains("Linked from"),
        "{other}"
    );
}

#[test]
fn corrections_are_listed_newest_first_with_their_briefing() {
    let site = site().file(
        "content/briefings/c.md",
        "---\ntitle: C\ndate: 2024-01-01\ncorrections: [{date: 2024-08-01, text: Later.}, {date: 2024-01-02, text: Earlier.}]\n---\nText.\n",
    );
    site.build();
    let page = site.page("corrections/index.html");
    let at = |text: &str| page.find(text).unwrap_or_else(|| panic!("{text}: {page}"));
    assert!(at("Later.") < at("The day was wrong.") && at("The day was wrong.") < at("Earlier."));
    assert!(
        page.contains("<a href=\"../briefings/c/index.html\">C</a>"),
        "{page}"
    );
    assert!(!page.contains("Of a draft."), "{page}");
    assert!(
        site.page("briefings/b/index.html")
            .contains("../../corrections/index.html")
    );
    assert!(
        site.page("sitemap.xml")
            .contains("https://desk.example/x/corrections/")
    );
}

#[test]
fn methods_are_those_of_the_site() {
    let page = |config: &str| {
        let site = site()
            .file("content/site.yaml", config)
            .file(
                "content/pages/methods.md",
                "---\ntitle: Our methods\n---\nWe read twice.\n",
            )
            .file("content/entities/suppress.yaml", "- Nobody\n");
        site.build();
        site.page("methods/index.html")
    };
    let strict = page("entities: {min_confidence: 0.85}\n");
    for part in [
        "<h1>Our methods</h1>",
        "We read twice.",
        "85 per cent",
        "GeoNames",
        "has 1 entry",
        "1 name is",
    ] {
        assert!(strict.contains(part), "{part}: {strict}");
    }
    let manual = page("entities: {auto: false}\n");
    assert!(
        !manual.contains("per cent") && manual.contains("looks for no names but"),
        "{manual}"
    );
}

#[test]
fn printed_links_have_the_numbers_of_their_addresses() {
    let site = TestSite::new()
        .file("content/site.yaml", "title: Desk\nbase_url: https://desk.example/x\n")
        .file(
            "content/briefings/a.md",
            "---\ntitle: A\ndate: 2024-07-21\nkey_points: ['[Point](https://p.example/)']\n\
             sources: [{title: No address}, {title: Register, url: 'https://r.example/'}]\n\
             image: {src: quay(1).svg, alt: 'A *quay*', caption: The quay, credit: Jane}\n---\n\
             See [one](https://one.example/?a=1&b=2), [its source](https://r.example/), <https://one.example/?a=1&b=2>,\n\
             [mail](mailto:a@b.example), [below](#part).\n\n## Part\n\n\
             ```chart\ntitle: Ships\nsource: {title: Port, url: 'https://port.example/'}\ncsv: |\n  Year,In\n  2023,4\n```\n",
        )
        .file("content/briefings/quay(1).svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>");
    site.build();
    let page = site.page("briefings/a/index.html");
    let numbered: Vec<&str> = page
        .split("<a href=\"http")
        .filter_map(|rest| rest.split_once('>')?.0.split_once("\" data-note="))
        .map(|(_, number)| number)
        .collect();
    assert_eq!(
        numbered,
        ["\"3\"", "\"4\"", "\"2\"", "\"4\"", "\"5\""],
        "{page}"
    );
    let (_, notes) = page.split_once("<section class=\"link-notes\"").unwrap();
    let (notes, _) = notes.split_once("</section>").unwrap();
    assert!(
        notes.contains(
            "<ol>\n<li value=\"3\">https://p.example/</li>\n\
             <li value=\"4\">https://one.example/?a=1&amp;b=2</li>\n\
             <li value=\"5\">https://port.example/</li>\n</ol>"
        ),
        "{notes}"
    );
    let markdown = site.page("briefings/a/index.md");
    assert!(
        markdown.contains(
            "![A \\*quay\\*](https://desk.example/x/briefings/quay%281%29.svg)\n\nThe quay Jane\n\nSee [one]"
        ),
        "{markdown}"
    );
}

#[test]
fn headings_of_a_text_share_no_id_with_the_page_around_it() {
    let names = [
        "Main",
        "Where",
        "Storyline",
        "Related",
        "Quoted",
        "Named",
        "Linked from",
    ];
    let more = [
        "Filed",
        "Dates",
        "Cite",
        "Sources",
        "Key points",
        "Link notes",
    ];
    let headings: String = names
        .iter()
        .chain(&more)
        .map(|name| format!("## {name}\n\n"))
        .collect();
    let text = format!(
        "---\ntitle: T\ndate: 2024-07-21\ntags: [x]\nkey_points: [One.]\nsources: [{{title: S, url: 'https://s.example/'}}]\n---\n\n{headings}Jane Miller, a rail expert, said in Paris on 3 May 2024: \"Oslo was ready.\" See [it](https://e.example/).\n"
    );
    for theme in ["default", "situation"] {
        let site = TestSite::new()
            .file("content/site.yaml", format!("theme: {{name: {theme}}}\n"))
            .file("content/briefings/a.md", &text);
        site.build();
        let page = site.page("briefings/a/index.html");
        let ids = page.split(" id=\"").skip(1);
        let mut ids: Vec<&str> = ids.filter_map(|rest| rest.split('"').next()).collect();
        ids.sort_unstable();
        let twice = ids.windows(2).find(|pair| pair[0] == pair[1]);
        assert_eq!(twice, None, "{theme}: {ids:?}");
        assert!(
            ids.contains(&"dates") && ids.contains(&"_dates"),
            "{theme}: {ids:?}"
        );
    }
}
