//! `import`: what others made becomes content that builds, and nothing is overwritten.

use std::fs;

use crate::site::{Run, TestSite};

fn ok(run: &Run) {
    assert_eq!(run.code, 0, "{}\n{}", run.stdout, run.stderr);
}

/// Builds with drafts; no error may come of an import.
fn builds(site: &TestSite) {
    ok(&site.run(&["build", "--quiet", "--drafts"]));
}

const SAVED: &str = "\
Harbour police look for a blind spot before the regatta

Harbour police look for a blind spot before the regatta
The old quay beside the lighthouse will serve as a grandstand. / harbourfan from Delft, cc-by-2.0
By east HarbourWire July 21, 2024

Harbour police are looking for a blind spot ahead of the July 26 start of the regatta.

\"We were slow,\" said Ann Able, who has run the harbour since 2019. \"It could be a little bit late.\"

News

Dismiss";

const SAVED_AT: &str =
    "content/briefings/2024-07-21-harbour-police-look-for-a-blind-spot-before-the-regatta.md";

#[test]
fn a_saved_article_becomes_a_draft() {
    let site = TestSite::new().file("saved.txt", SAVED);
    let run = site.run(&[
        "import",
        "article",
        "saved.txt",
        "--url",
        "https://wire.example/a",
    ]);
    ok(&run);
    assert_eq!(run.stdout.trim(), SAVED_AT);
    assert!(
        run.stderr.contains("saved.txt:11: left out: News"),
        "{}",
        run.stderr
    );
    let draft = fs::read_to_string(site.path(SAVED_AT)).unwrap();
    for line in [
        "title: Harbour police look for a blind spot before the regatta\ndate: 2024-07-21\ndraft: true\nauthors: [east HarbourWire]\n",
        "    url: https://wire.example/a\n    publisher: east HarbourWire\n    date: 2024-07-21\n",
        "credit: harbourfan from Delft, licence: CC BY 2.0}",
    ] {
        assert!(draft.contains(line), "{draft}");
    }
    builds(&site);
    let page =
        site.page("briefings/harbour-police-look-for-a-blind-spot-before-the-regatta/index.html");
    assert!(
        page.contains("Harbour police are looking for a blind spot ahead of the "),
        "{page}"
    );
    assert!(
        !page.contains("Dismiss") && !page.contains("harbourfan"),
        "{page}"
    );
    // A draft stays at home.
    site.build();
    assert!(
        !site
            .output()
            .keys()
            .any(|path| path.contains("harbour-police"))
    );
    // What is there is never overwritten.
    fs::write(site.path(SAVED_AT), "mine").unwrap();
    let again = site.run(&["import", "article", "saved.txt"]);
    assert_eq!(again.code, 2);
    assert!(
        again.stderr.contains("nothing is ever overwritten"),
        "{}",
        again.stderr
    );
    assert_eq!(fs::read_to_string(site.path(SAVED_AT)).unwrap(), "mine");
}

#[test]
fn an_article_without_a_date_says_what_to_do() {
    let site = TestSite::new().file("a.txt", "Ships wait\n\nThe port is closed.\n");
    let run = site.run(&["import", "article", "a.txt"]);
    assert_eq!(run.code, 1);
    assert!(
        run.stderr
            .contains("error: a.txt: it does not say on which day")
            && run.stderr.contains("help:")
            && run.stderr.contains("--date 2024-07-21"),
        "{}",
        run.stderr
    );
    assert!(site.files("content").is_empty());
    let run = site.run(&[
        "import",
        "article",
        "a.txt",
        "--date",
        "2024-07-21",
        "--dry-run",
    ]);
    ok(&run);
    assert!(run.stdout.contains("title: Ships wait"), "{}", run.stdout);
    assert!(site.files("content").is_empty());
    ok(&site.run(&["import", "article", "a.txt", "--date", "2024-07-21"]));
    builds(&site);
}

const PAGE: &str = r##"<!doctype html><html lang="en"><head><title>Ships wait outside the port | The Harbour Post</title>
<meta property="og:site_name" content="The Harbour Post"><link rel="canonical" href="https://post.example/ships">
<script type="application/ld+json">{"@graph":[{"@type":"WebSite"},{"@type":"NewsArticle","headline":"Ships wait outside the port","datePublished":"2024-07-21T08:30:00+02:00","author":[{"@type":"Person","name":"Jane Miller"},{"@type":"Person","name":"Tom Reed"}]}]}</script></head>
<body><nav><a href="/">Home</a><a href="/news">News</a></nav><div class="cookie-banner"><p>We use cookies.</p><button>Dismiss</button></div>
<main><article><h1>Ships wait outside the port</h1><p class="byline">By Jane Miller and Tom Reed, July 21, 2024</p>
<div class="share-buttons"><a href="https://x.example/share">Share on X</a></div>
<figure><img src="page_files/quay.png" alt="A quay at dawn"><figcaption>The quay in July. <span class="credit">harbourfan / CC BY-SA 2.0</span></figcaption></figure>
<p>Six ships wait outside the port of <a href="https://port.example/">Oldhaven</a>, the harbour master <em>Ann Able</em> said on Friday. It is the longest wait since last year, when the lock was closed for repairs.</p>
<h2>Why they wait</h2><p>The lock is too small, says the port agency. It has said so for ten years, and has asked the ministry for money since, without an answer that would have helped it.</p>
<p>More in <a href="/lock">the report</a>, <a href="old/b.html">an older one</a> and <a href="javascript:x()">this</a>. <img src="gone/lock.png" alt="The lock"> <img src="https://cdn.example/l.png" alt="The gate"></p><ul><li>Two tankers</li><li>Four freighters</li></ul><p>News</p></article><aside><h2>Related articles</h2><p><a href="/x">Port closes</a></p></aside></main><footer><p>All rights reserved</p></footer></body></html>"##;

/// One pixel.
const PIXEL: &[u8] = include_bytes!("import/pixel.png");

#[test]
fn a_saved_page_becomes_a_draft_with_its_picture() {
    let site = TestSite::new()
        .file("page.html", PAGE)
        .file("page_files/quay.png", PIXEL);
    ok(&site.run(&["import", "article", "page.html"]));
    let files = site.files("content");
    let stem = "briefings/2024-07-21-ships-wait-outside-the-port";
    let draft = String::from_utf8(files[&format!("{stem}.md")].clone()).unwrap();
    assert_eq!(files[&format!("{stem}/quay.png")], PIXEL);
    for line in [
        "date: 2024-07-21T08:30:00+02:00\n",
        "authors: [Jane Miller, Tom Reed]\n",
        "  alt: A quay at dawn\n  caption: The quay in July.\n  credit: harbourfan\n  licence: CC BY-SA 2.0\n",
        "    url: https://post.example/ships\n    publisher: The Harbour Post\n",
        "[Oldhaven](https://port.example/), the harbour master *Ann Able* said",
        "## Why they wait\n",
        "More in [the report](https://post.example/lock), [an older one](https://post.example/old/b.html) and this. The lock [The gate](https://cdn.example/l.png)\n",
        "- Two tankers\n- Four freighters\n",
    ] {
        assert!(draft.contains(line), "{line}: {draft}");
    }
    for gone in [
        "cookies",
        "Share",
        "Related",
        "Port closes",
        "rights reserved",
        "\nNews\n",
        "By Jane",
    ] {
        assert!(!draft.contains(gone), "{gone}: {draft}");
    }
    builds(&site);
    let page = site.page("briefings/ships-wait-outside-the-port/index.html");
    assert!(
        page.contains("Six ships wait outside the port of"),
        "{page}"
    );
}

/// A site in the forms of each generator: two posts, one of which links to the other, a page, and a
/// picture. What the pages say afterwards is the same.
fn old_site(generator: &str) -> TestSite {
    let post = "See [the ports](LINK).\n\n![A crane](PICTURE)\n\nThe lock at Oldhaven is closed.\n";
    let body = |link: &str, picture: &str| post.replace("LINK", link).replace("PICTURE", picture);
    let site = TestSite::new();
    let yaml = |title: &str, date: &str, body: &str| {
        format!("---\ntitle: {title}\ndate: {date}\ntags: [sea]\n---\n\n{body}")
    };
    let toml = |title: &str, date: &str, body: &str| {
        format!("+++\ntitle = \"{title}\"\ndate = {date}\n+++\n\n{body}")
    };
    match generator {
        "hugo" => site
            .file("old/hugo.toml", "baseURL = 'https://quay.example/'\ntitle = 'The Quay'\n")
            .file("old/content/posts/ships.md", toml("Ships", "2024-07-21", &body("{{< relref \"ports\" >}}", "/img/crane.png")))
            .file("old/content/posts/ports.md", toml("Ports", "2024-07-20", "Text.\n\n{{< youtube x >}}\n"))
            .file("old/content/about.md", "---\ntitle: About\n---\nWe watch.\n")
            .file("old/static/img/crane.png", PIXEL),
        "jekyll" => site
            .file("old/_config.yml", "title: The Quay\nurl: https://quay.example\n")
            .file("old/_posts/2024-07-21-ships.md", yaml("Ships", "2024-07-21 10:00:00 +0000", &body("{% post_url 2024-07-20-ports %}", "/assets/crane.png")))
            .file("old/_posts/2024-07-20-ports.md", "---\nlayout: post\ntitle: Ports\n---\nText.\n\n{% include x.html %}\n")
            .file("old/about.md", "---\ntitle: About\n---\nWe watch.\n")
            .file("old/assets/crane.png", PIXEL),
        "zola" => site
            .file("old/config.toml", "base_url = 'https://quay.example'\ntitle = 'The Quay'\n")
            .file("old/content/posts/ships/index.md", toml("Ships", "2024-07-21", &body("@/posts/ports.md", "crane.png")))
            .file("old/content/posts/ports.md", toml("Ports", "2024-07-20", "Text.\n\n{{ youtube(id=\"x\") }}\n"))
            .file("old/content/about.md", toml("About", "2024-07-19", "We watch.\n"))
            .file("old/content/posts/ships/crane.png", PIXEL),
        "mkdocs" => site
            .file("old/mkdocs.yml", "site_name: The Quay\nsite_url: https://quay.example/\n")
            .file("old/docs/posts/ships.md", yaml("Ships", "2024-07-21", &body("ports.md", "../img/crane.png")))
            .file("old/docs/posts/ports.md", "# Ports\n\n!!! note\n    Text.\n\n{{ macro }}\n")
            .file("old/docs/index.md", "# About\n\nWe watch.\n")
            .file("old/docs/img/crane.png", PIXEL),
        "obsidian" => site
            .file("old/Ships.md", "---\ndate: 2024-07-21\n---\nSee [[Ports|the ports]].\n\n![[crane.png]]\n\nThe lock at Oldhaven is closed. [[Nobody]]\n")
            .file("old/Notes/Ports.md", "Text.\n")
            .file("old/Files/crane.png", PIXEL),
        _ => site
            .file("old/posts/ships.md", yaml("Ships", "2024-07-21", &body("/posts/ports/", "/img/crane.png")))
            .file("old/posts/ports.mdx", "---\ntitle: Ports\npubDate: 'Jul 20 2024'\n---\nimport X from './x';\n\nText. [[1]](#x) [gone](/gone/) ![gone](gone.png)\n\n<X />\n")
            .file("old/public/img/crane.png", PIXEL),
    }
}

#[test]
fn the_sites_of_other_generators_build_and_say_the_same() {
    for generator in ["hugo", "jekyll", "zola", "mkdocs", "obsidian", "markdown"] {
        let site = old_site(generator);
        let dry = site.run(&["import", generator, "old", "--dry-run"]);
        ok(&dry);
        assert!(site.files("content").is_empty(), "{generator}");
        let run = site.run(&["import", generator, "old"]);
        ok(&run);
        assert!(
            run.stdout.contains("1 file copied"),
            "{generator}: {}",
            run.stdout
        );
        builds(&site);
        let page = site.page("briefings/ships/index.html");
        assert!(
            page.contains("is closed.") && page.contains("Oldhaven"),
            "{generator}: {page}"
        );
        assert!(page.contains("<img"), "{generator}: {page}");
        assert!(
            page.contains("briefings/ports/index.html"),
            "{generator}: {page}"
        );
        if !matches!(generator, "obsidian") {
            assert!(
                run.stderr.contains("is kept as text"),
                "{generator}: {}",
                run.stderr
            );
            let old = ["posts/ships/index.html", "2024/07/21/ships.html"];
            assert!(
                old.iter().any(|path| site.output().contains_key(*path)),
                "{generator}: {:?}",
                site.output().keys()
            );
        }
        // The same once more changes nothing.
        let before = site.files("content");
        ok(&site.run(&["import", generator, "old"]));
        assert_eq!(before, site.files("content"), "{generator}");
    }
}

#[test]
fn a_file_that_is_there_stops_the_whole_import() {
    let site = old_site("hugo").file("content/pages/about.md", "---\ntitle: Ours\n---\nOurs.\n");
    let run = site.run(&["import", "hugo", "old"]);
    assert_eq!(run.code, 2, "{}", run.stdout);
    assert!(
        run.stderr.contains("content/pages/about.md") && run.stderr.contains("nothing was written"),
        "{}",
        run.stderr
    );
    assert_eq!(site.files("content").len(), 1);
}

#[test]
fn a_folder_without_documents_says_so() {
    let site = TestSite::new().file("old/x.txt", "x");
    let run = site.run(&["import", "zola", "old"]);
    assert_eq!(run.code, 1);
    assert!(
        run.stderr.contains("there are no documents"),
        "{}",
        run.stderr
    );
    assert_eq!(site.run(&["import", "zola", "nowhere"]).code, 2);
}

#[test]
fn a_wordpress_export_with_its_uploads() {
    let xml = "<?xml version=\"1.0\"?><rss xmlns:content=\"http://purl.org/rss/1.0/modules/content/\" xmlns:wp=\"http://wordpress.org/export/1.2/\"><channel><title>Quay</title><link>https://quay.example</link>\
        <item><title>Ships</title><link>https://quay.example/2024/07/ships/</link><content:encoded><![CDATA[The lock at Oldhaven is closed.\n\nSee <a href=\"https://quay.example/2024/07/ports/\">ports</a>. [gallery ids=\"1\"]\n\n<img src=\"https://quay.example/wp-content/uploads/crane.png\" alt=\"A crane\"/>]]></content:encoded><wp:post_date_gmt>2024-07-21 08:30:00</wp:post_date_gmt><wp:post_name>ships</wp:post_name><wp:status>publish</wp:status><wp:post_type>post</wp:post_type></item>\
        <item><title>Ports</title><link>https://quay.example/2024/07/ports/</link><content:encoded><![CDATA[<p>Text.</p>]]></content:encoded><wp:post_date_gmt>2024-07-20 08:30:00</wp:post_date_gmt><wp:post_name>ports</wp:post_name><wp:status>publish</wp:status><wp:post_type>post</wp:post_type></item>\
        <item><title>About</title><link>https://quay.example/about/</link><content:encoded><![CDATA[<p>We watch.</p>]]></content:encoded><wp:post_date_gmt>2024-07-19 08:30:00</wp:post_date_gmt><wp:post_name>about</wp:post_name><wp:status>publish</wp:status><wp:post_type>page</wp:post_type></item></channel></rss>";
    let site = TestSite::new()
        .file("wp/export.xml", xml)
        .file("wp/wp-content/uploads/crane.png", PIXEL);
    let run = site.run(&["import", "wordpress", "wp"]);
    ok(&run);
    assert!(
        run.stderr.contains("[gallery ids=\"1\"] is kept as text"),
        "{}",
        run.stderr
    );
    ok(&site.run(&["build", "--quiet"]));
    let page = site.page("briefings/ships/index.html");
    assert!(
        page.contains("Oldhaven")
            && page.contains("crane.png")
            && page.contains("briefings/ports/index.html"),
        "{page}"
    );
    assert!(
        site.output().contains_key("2024/07/ships/index.html")
            && site.page("about/index.html").contains("We watch.")
    );
    let broken = site.file("bad.xml", "<rss><channel>");
    let run = broken.run(&["import", "wordpress", "bad.xml"]);
    assert_eq!(run.code, 2);
    assert!(run.stderr.contains("cannot be read"), "{}", run.stderr);
}

#[test]
fn a_list_of_entities_is_shown_before_files_grow() {
    let site = TestSite::new()
        .article("a.md", "Ann Able opened the quay at Oldhaven.")
        .file("content/entities/place/oldhaven.md", "---\nname: Oldhaven\nwikidata: Q90001\n---\nOurs.\n")
        .file("list.csv", "name,type,wikidata,lat,lon,aliases\nOldhaven Port,place,Q90001,51.9,4.1,\nAnn Able,person,,,,A. Able\n");
    let before = site.files("content");
    let run = site.run(&["import", "entities", "list.csv"]);
    assert_eq!(run.code, 2, "{}", run.stdout);
    assert!(
        run.stdout
            .contains("new     content/entities/person/ann-able.md"),
        "{}",
        run.stdout
    );
    assert!(run.stdout.contains("merge   content/entities/place/oldhaven.md (Oldhaven Port by wikidata Q90001)\n        + aliases: Oldhaven Port\n        + coordinates: [51.9, 4.1]\n"), "{}", run.stdout);
    assert!(run.stderr.contains("--yes"), "{}", run.stderr);
    assert_eq!(before, site.files("content"));
    ok(&site.run(&["import", "entities", "list.csv", "--yes"]));
    let place = fs::read_to_string(site.path("content/entities/place/oldhaven.md")).unwrap();
    assert!(
        place.contains("name: Oldhaven\n") && place.ends_with("Ours.\n"),
        "{place}"
    );
    site.build();
    assert!(
        site.output()
            .contains_key("entities/people/ann-able/index.html")
    );
    // The same once more has nothing to do but for the row that only its name could join.
    let again = site.run(&["import", "entities", "list.csv"]);
    ok(&again);
    assert!(
        again.stdout.contains("0 new, 0 with additions") && again.stderr.contains("--by-name"),
        "{}{}",
        again.stdout,
        again.stderr
    );
}

#[test]
fn a_list_that_is_none_says_what_can_be_read() {
    let site = TestSite::new().file("x.json", "{\"a\": 1}");
    let run = site.run(&["import", "entities", "x.json"]);
    assert_eq!(run.code, 1);
    assert!(
        run.stderr.contains("help: Wikidata's JSON"),
        "{}",
        run.stderr
    );
}

/// Pieces that mean something to one of the generators or to this program.
const PIECES: &[&str] = &[
    "{{< ref \"a-1\" >}}",
    "{{< figure src=\"/no.png\" >}}",
    "{% post_url a-2 %}",
    "{{ x }}",
    "{% raw %}",
    "[[a-3]]",
    "[[No|body]]",
    "![[no.png]]",
    "![x](no.png)",
    "![](",
    "[y](/gone/)",
    "[z](a-4.md)",
    "[w](javascript:alert(1))",
    "[v][r]",
    "\n[r]: /nowhere\n",
    "<img src=\"no.png\">",
    "<a href=\"/gone\">g</a>",
    "<script>1</script>",
    "\n```chart\ntype: x\n```\n",
    "\n!!! note \"T\"\n    In.\n",
    "\n> [!info]- T\n> In.\n",
    "%%c%%",
    "{: .x}",
    "[[1]](#x)",
    "[#](#)",
    "word ",
    "Oldhaven ",
    "\n\n",
    "\n## Part {#p}\n",
    "`[[c]]`",
    "é",
    "[^1]",
    "\n[^1]: Note [n](gone.md).\n",
    "<b>",
    "</b>",
    "|a|b|\n|-|-|\n|[t](u)|![i](j)|\n",
    "(",
    ")",
    "]",
    "\\",
    "https://x.example/[[y]]",
];

#[test]
fn whatever_a_site_holds_builds_without_errors() {
    let mut state: u32 = 7;
    let mut pick = |count: usize| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 8) as usize % count
    };
    for (generator, folder) in [
        ("hugo", "content/"),
        ("jekyll", "_posts/2024-07-21-"),
        ("zola", "content/"),
        ("mkdocs", "docs/"),
        ("obsidian", ""),
        ("markdown", ""),
    ] {
        let mut site = TestSite::new().file("old/config.toml", "base_url = 'https://x.example'\n");
        for n in 0..25 {
            let text: String = (0..12).map(|_| PIECES[pick(PIECES.len())]).collect();
            let front = format!(
                "---\ntitle: 'T {n}'\ndate: 2024-07-21\naliases: ['/a b/{n}', '/tags/', '/x?y', '/same/']\nimage: gone.jpg\nslug: S {}\n---\n",
                n / 2
            );
            site = site.file(&format!("old/{folder}a-{n}.md"), format!("{front}{text}"));
        }
        ok(&site.run(&["import", generator, "old"]));
        let run = site.run(&["check", "--drafts"]);
        assert_eq!(run.code, 0, "{generator}: {}", run.stderr);
    }
    let mut site = TestSite::new();
    let mut items = String::new();
    for n in 0..25 {
        let text: String = (0..12).map(|_| PIECES[pick(PIECES.len())]).collect();
        let title = format!("About {n}");
        site = site
            .file(&format!("{n}.txt"), format!("{title} t\n\n{text}\n"))
            .file(
                &format!("{n}.html"),
                format!("<title>{title} h</title><body><p>{text}</p>"),
            );
        for ending in ["txt", "html"] {
            let file = format!("{n}.{ending}");
            ok(&site.run(&["import", "article", &file, "--date", "2024-07-21"]));
        }
        items.push_str(&format!("<item><title>{title}</title><content:encoded><![CDATA[{text}]]></content:encoded><wp:post_date>2024-07-21</wp:post_date></item>"));
    }
    let xml = format!(
        "<rss xmlns:content=\"http://purl.org/rss/1.0/modules/content/\" xmlns:wp=\"w\"><channel>{items}</channel></rss>"
    );
    let site = site.file("export.xml", xml);
    ok(&site.run(&["import", "wordpress", "export.xml"]));
    let run = site.run(&["check", "--drafts"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
}

#[test]
fn an_import_can_be_taken_back() {
    let site = TestSite::new()
        .file("saved.txt", SAVED)
        .file("old/hugo.toml", "title = 'Old'\n")
        .file(
            "old/content/posts/a/index.md",
            "---\ntitle: A\ndate: 2024-01-01\n---\n\n![A pixel](a.png)\n",
        )
        .file(
            "old/content/posts/a/a.png",
            include_bytes!("import/pixel.png"),
        );
    let before = site.files("content");
    ok(&site.run(&["import", "article", "saved.txt"]));
    let between = site.run(&["undo", "--list"]);
    ok(&between);
    assert!(
        between
            .stdout
            .starts_with("import article saved.txt: briefings/2024-07-21-harbour"),
        "{}",
        between.stdout
    );
    ok(&site.run(&["import", "hugo", "old"]));
    builds(&site);
    let list = site.run(&["undo", "--list"]).stdout;
    assert_eq!(list.lines().count(), 2, "{list}");
    ok(&site.run(&["undo"]));
    ok(&site.run(&["undo"]));
    let mut after = site.files("content");
    after.retain(|path, _| !path.starts_with(".dateline/"));
    assert_eq!(after, before);
    assert!(!site.path("content/briefings").exists());
}
