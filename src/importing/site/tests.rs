use super::*;

fn tree(files: &[(&str, &str)]) -> SourceTree {
    let day = jiff::civil::date(2024, 5, 6);
    let mut tree = SourceTree::default();
    for (path, text) in files {
        tree.files.insert((*path).into(), day);
        let is_text = [
            ".md",
            ".markdown",
            ".html",
            ".toml",
            ".yml",
            ".yaml",
            ".mdx",
        ]
        .iter()
        .any(|ending| path.ends_with(ending));
        if is_text {
            tree.texts.insert((*path).into(), (*text).to_owned());
        }
    }
    tree
}

fn run(generator: Generator, files: &[(&str, &str)]) -> (BTreeMap<String, String>, Vec<String>) {
    let imported = import(generator, &tree(files), &Options::default());
    let text = |file: NewFile| {
        let text = match file.content {
            Content::Text(text) => text,
            Content::Copy(from) => format!("copy of {from}"),
        };
        (file.path.into_string(), text)
    };
    let notes = imported.notes.iter().map(|note| {
        let line = note.line.map(|line| format!(":{line}")).unwrap_or_default();
        format!("{}{line}: {}", note.file, note.message)
    });
    (
        imported.files.into_iter().map(text).collect(),
        notes.collect(),
    )
}

#[test]
fn hugo_with_its_three_kinds_of_front_matter() {
    let (files, notes) = run(
        Generator::Hugo,
        &[
            (
                "hugo.toml",
                "title = 'The Quay'\nbaseURL = 'https://quay.example/'\n[permalinks]\nposts = '/:year/:month/:slug/'\n",
            ),
            (
                "content/posts/ships.md",
                "+++\ntitle = 'Ships'\ndate = 2024-07-21\ncategories = ['Sea']\n+++\n\nSee [ports]({{< ref \"ports.md\" >}}).\n\n{{< youtube abc >}}\n\n![Crane](/img/crane.png)\n",
            ),
            (
                "content/posts/ports.md",
                "{\n\"title\": \"Ports\", \"date\": \"2024-07-20\"\n}\n\nBack to [ships](/2024/07/ships/). [Gone](/gone/).\n",
            ),
            (
                "content/posts/lock/index.md",
                "---\ntitle: Lock\ndate: 2024-07-19\nweight: 3\n---\n![Gate](gate.png)\n",
            ),
            ("content/posts/lock/gate.png", ""),
            ("content/about.md", "---\ntitle: About\n---\nWe watch.\n"),
            ("static/img/crane.png", ""),
            ("static/css/a.css", ""),
        ],
    );
    assert_eq!(
        files["briefings/ships.md"],
        "---\ntitle: Ships\ndate: 2024-07-21\ntopics: [Sea]\naliases: [\"/2024/07/ships/\"]\n---\n\n\
         See [ports](ports.md).\n\n`{{< youtube abc >}}`\n\n![Crane](/img/crane.png)\n"
    );
    assert!(
        files["briefings/ports.md"]
            .contains("Back to [ships](ships.md). [Gone](https://quay.example/gone/).")
    );
    assert!(files["briefings/lock/index.md"].contains("extra:\n  weight: 3\n"));
    assert!(files["briefings/lock/index.md"].contains("![Gate](gate.png)"));
    assert_eq!(
        files["briefings/lock/gate.png"],
        "copy of content/posts/lock/gate.png"
    );
    assert_eq!(
        files["static/img/crane.png"],
        "copy of static/img/crane.png"
    );
    assert_eq!(
        files["pages/about.md"],
        "---\ntitle: About\n---\n\nWe watch.\n"
    );
    assert_eq!(
        files["site.yaml"],
        "title: The Quay\nbase_url: https://quay.example\n"
    );
    assert_eq!(files.len(), 7, "{files:?}");
    assert!(
        notes.contains(&"content/posts/ships.md:9: {{< youtube abc >}} is kept as text".to_owned()),
        "{notes:?}"
    );
    assert!(
        notes.contains(&"content/posts/ports.md:5: /gone/ leads to the old site".to_owned()),
        "{notes:?}"
    );
}

#[test]
fn jekyll_with_liquid() {
    let (files, notes) = run(
        Generator::Jekyll,
        &[
            (
                "_config.yml",
                "title: Quay\nurl: https://quay.example\nbaseurl: /blog\n",
            ),
            (
                "_posts/2024-07-21-ships.md",
                "---\ntitle: Ships\ncategories: sea ports\ntags: [a]\n---\n{% highlight ruby %}\nputs [[1]]\n{% endhighlight %}\n\nSee [b]({% post_url 2024-07-20-ports %}), {{ page.x }} and [[2]].\n{: .lead}\n\n[About]({{ site.baseurl }}/about/) [img]({{ \"/assets/a.pdf\" | relative_url }})\n",
            ),
            (
                "_posts/2024-07-20-ports.markdown",
                "---\nlayout: post\n---\n# Ports\n\nText.\n",
            ),
            (
                "about.md",
                "---\ntitle: About\npermalink: /about/\n---\nUs.\n",
            ),
            (
                "index.html",
                "---\nlayout: home\n---\n{% for post in site.posts %}x{% endfor %}\n",
            ),
            ("assets/a.pdf", ""),
            ("README.md", "# Read\n"),
        ],
    );
    let ships = &files["briefings/2024-07-21-ships.md"];
    assert!(
        ships.contains(
            "topics: [sea, ports]\ntags: [a]\naliases: [\"/sea/ports/2024/07/21/ships.html\"]\n"
        ),
        "{ships}"
    );
    assert!(ships.contains("```ruby\nputs [[1]]\n```\n"), "{ships}");
    assert!(
        ships.contains("[b](2024-07-20-ports.md), `{{ page.x }}` and [\\[2\\]]."),
        "{ships}"
    );
    assert!(
        ships.contains("[About](../pages/about.md) [img](/assets/a.pdf)"),
        "{ships}"
    );
    assert!(
        files["briefings/2024-07-20-ports.md"].starts_with("---\ntitle: Ports\ndate: 2024-07-20\n")
    );
    assert!(
        notes.contains(&"_posts/2024-07-21-ships.md:10: {{ page.x }} is kept as text".to_owned()),
        "{notes:?}"
    );
}

#[test]
fn zola_with_its_links() {
    let (files, _) = run(
        Generator::Zola,
        &[
            ("config.toml", "base_url = 'https://quay.example'\n"),
            ("content/_index.md", "+++\ntitle = 'Home'\n+++\n"),
            (
                "content/blog/2024-07-21-ships.md",
                "+++\ntitle = 'Ships'\n[taxonomies]\ntags = ['a']\n[extra]\ndeep = 1\n+++\n[p](@/blog/ports.md#part)\n\n{{ youtube(id=\"x\") }}\n",
            ),
            (
                "content/blog/ports.md",
                "+++\ntitle = 'Ports'\ndate = 2024-07-20T10:00:00Z\n+++\n## Part\n",
            ),
        ],
    );
    let ships = &files["briefings/blog/2024-07-21-ships.md"];
    assert!(
        ships.contains(
            "date: 2024-07-21\ntags: [a]\naliases: [\"/blog/ships/\"]\nextra:\n  deep: 1\n"
        ),
        "{ships}"
    );
    assert!(
        ships.contains("[p](ports.md#part)\n\n`{{ youtube(id=\"x\") }}`"),
        "{ships}"
    );
}

#[test]
fn an_obsidian_vault_keeps_its_wikilinks() {
    let (files, notes) = run(
        Generator::Obsidian,
        &[
            (
                "Ships.md",
                "See [[Port Notes|the ports]], [[Port Notes#Part]] and [[Nobody]].\n\n![[crane 1.png|200]]\n\n%% mine %%\n\n> [!info]- Look\n> Here.\n",
            ),
            (
                "Deep/Port Notes.md",
                "---\ntags: [a, b/c]\naliases: [Harbours]\n---\n# Port Notes\n\n[[Ships]]\n",
            ),
            ("Files/crane 1.png", ""),
        ],
    );
    let ships = &files["briefings/Ships.md"];
    assert!(
        ships.starts_with("---\ntitle: Ships\ndate: 2024-05-06\ndraft: true\n"),
        "{ships}"
    );
    assert!(
        ships.contains("See [[port-notes|the ports]], [[port-notes#Part|Port Notes]] and Nobody."),
        "{ships}"
    );
    assert!(ships.contains("![](<Files/crane 1.png>)"), "{ships}");
    assert!(
        ships.contains("> [!NOTE]\n> **Look**\n>\n> Here.") && !ships.contains("mine"),
        "{ships}"
    );
    assert!(files["briefings/Deep/Port Notes.md"].contains("[[ships|Ships]]"));
    assert!(
        notes.contains(&"Ships.md:1: [[Nobody]] names no note; its words stay".to_owned()),
        "{notes:?}"
    );
}

#[test]
fn mkdocs_with_admonitions() {
    let (files, notes) = run(
        Generator::Mkdocs,
        &[
            (
                "mkdocs.yml",
                "site_name: Quay\nsite_url: https://quay.example/\nx: !!python/name:a.b\n",
            ),
            (
                "docs/index.md",
                "# Welcome\n\nSee [the guide](guide/start.md).\n",
            ),
            (
                "docs/guide/start.md",
                "# Start\n\n!!! warning \"Mind\"\n    The gap.\n\n    Twice.\n\nAfter {{ macro }}. [Home](../index.md)\n",
            ),
        ],
    );
    assert_eq!(
        files["pages/welcome.md"],
        "---\ntitle: Welcome\n---\n\n# Welcome\n\nSee [the guide](../briefings/guide/start.md).\n"
    );
    let start = &files["briefings/guide/start.md"];
    assert!(start.contains("> [!WARNING]\n> **Mind**\n>\n> The gap.\n>\n> Twice.\n\nAfter `{{ macro }}`. [Home](../../pages/welcome.md)"), "{start}");
    assert!(start.contains("aliases: [\"/guide/start/\"]"), "{start}");
    assert!(
        notes.contains(&"docs/guide/start.md:8: {{ macro }} is kept as text".to_owned()),
        "{notes:?}"
    );
}

#[test]
fn what_is_kept_back_there_is_a_draft_here() {
    let keys = [
        "draft: true",
        "private: true",
        "published: false",
        "publish: false",
    ];
    for key in keys {
        let text = format!("---\ntitle: A\ndate: 2024-01-01\n{key}\n---\nText.\n");
        let (files, _) = run(Generator::Markdown, &[("posts/a.md", &text)]);
        assert!(
            files["briefings/a.md"].contains("\ndraft: true\n"),
            "{key}: {files:?}"
        );
    }
    let xml = "<rss xmlns:content=\"http://purl.org/rss/1.0/modules/content/\" xmlns:wp=\"w\"><channel><item><title>A</title>\
        <content:encoded>x</content:encoded><wp:post_date>2024-01-01</wp:post_date><wp:post_password>p</wp:post_password><wp:status>publish</wp:status></item></channel></rss>";
    let imported = wordpress(
        &"x.xml".into(),
        xml,
        &SourceTree::default(),
        &Options::default(),
    );
    let imported = imported.unwrap_or_else(|error| panic!("{error}"));
    assert!(
        matches!(&imported.files[0].content, Content::Text(text) if text.contains("\ndraft: true\n"))
    );
}

#[test]
fn slugs_and_addresses_are_each_ones_own() {
    let (files, _) = run(
        Generator::Hugo,
        &[
            (
                "content/a/x.md",
                "---\ntitle: A\ndate: 2024-01-01\naliases: [/old/, /tags/x/]\n---\n",
            ),
            (
                "content/b/x.md",
                "---\ntitle: B\ndate: 2024-01-02\naliases: [/old/]\n---\n",
            ),
        ],
    );
    assert!(
        files["briefings/a/x.md"].contains("aliases: [\"/a/x/\", \"/old/\"]"),
        "{files:?}"
    );
    let second = &files["briefings/b/x.md"];
    assert!(
        second.contains("slug: b-x\naliases: [\"/b/x/\"]\n"),
        "{second}"
    );
}

#[test]
fn wordpress_posts_become_markdown() {
    let xml = "<?xml version=\"1.0\"?>\n<rss xmlns:content=\"http://purl.org/rss/1.0/modules/content/\" xmlns:excerpt=\"http://wordpress.org/export/1.2/excerpt/\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:wp=\"http://wordpress.org/export/1.2/\">\n<channel><title>Quay</title><link>https://quay.example</link>\n\
        <wp:author><wp:author_login>jm</wp:author_login><wp:author_display_name>Jane Miller</wp:author_display_name></wp:author>\n\
        <item><title>Ships &amp; ports</title><link>https://quay.example/2024/07/ships/</link><dc:creator>jm</dc:creator>\n\
        <content:encoded><![CDATA[One <strong>ship</strong> waits.\n\nSee <a href=\"https://quay.example/2024/07/ports/\">ports</a>. [gallery ids=\"1,2\"] Not [sic].\n\n[caption id=\"x\"]<img src=\"https://quay.example/wp-content/uploads/a.jpg\" alt=\"A\"/> The quay[/caption]]]></content:encoded>\n\
        <excerpt:encoded><![CDATA[Short.]]></excerpt:encoded><wp:post_date_gmt>2024-07-21 08:30:00</wp:post_date_gmt><wp:post_name>ships</wp:post_name><wp:status>publish</wp:status><wp:post_type>post</wp:post_type>\n\
        <category domain=\"category\" nicename=\"sea\">Sea</category><category domain=\"post_tag\" nicename=\"t\">T</category><wp:comment><wp:comment_id>1</wp:comment_id></wp:comment></item>\n\
        <item><title>Ports</title><link>https://quay.example/2024/07/ports/</link><content:encoded><![CDATA[<!-- wp:paragraph -->\n<p>Text.</p>\n<!-- /wp:paragraph -->]]></content:encoded><wp:post_date_gmt>2024-07-20 00:00:00</wp:post_date_gmt><wp:post_name>ports</wp:post_name><wp:status>draft</wp:status><wp:post_type>post</wp:post_type></item>\n\
        </channel></rss>\n";
    let file = Utf8PathBuf::from("export.xml");
    let tree = tree(&[("wp-content/uploads/a.jpg", "")]);
    let imported = wordpress(&file, xml, &tree, &Options::default());
    let imported = imported.unwrap_or_else(|error| panic!("{error}"));
    let text = |path: &str| match imported
        .files
        .iter()
        .find(|file| file.path == path)
        .map(|file| &file.content)
    {
        Some(Content::Text(text)) => text.clone(),
        other => panic!("{path}: {other:?}"),
    };
    let ships = text("briefings/2024-07-21-ships.md");
    assert!(ships.starts_with("---\ntitle: \"Ships & ports\"\ndate: 2024-07-21T08:30:00Z\nauthors: [Jane Miller]\nsummary: Short.\ntopics: [Sea]\ntags: [T]\naliases: [\"/2024/07/ships/\"]\n") || ships.starts_with("---\ntitle: Ships & ports\n"), "{ships}");
    assert!(ships.contains("One **ship** waits.\n\nSee [ports](2024-07-20-ports.md). `[gallery ids=\"1,2\"]` Not \\[sic\\]."), "{ships}");
    assert!(
        ships.contains("![A](/wp-content/uploads/a.jpg)\n\nThe quay"),
        "{ships}"
    );
    assert!(text("briefings/2024-07-20-ports.md").contains("draft: true"));
    let notes: Vec<&str> = imported
        .notes
        .iter()
        .map(|note| note.message.as_str())
        .collect();
    assert!(
        notes.contains(&"[gallery ids=\"1,2\"] is kept as text")
            && notes.contains(&"1 of type comment were not carried"),
        "{notes:?}"
    );
}

/// Pieces that mean something to one of the readers, to be put together in ways that nobody would.
const PIECES: &[&str] = &[
    "---\n",
    "+++\n",
    "{",
    "}",
    "{{",
    "}}",
    "{{<",
    ">}}",
    "{%",
    "%}",
    "{% raw %}",
    "{{< ref \"",
    "{{< figure src=\"",
    "[[",
    "]]",
    "![[",
    "![",
    "](",
    ")",
    "<img src=",
    "<a href=\"",
    ">",
    "<",
    "\"",
    "'",
    "`",
    "```\n",
    "\n",
    "\n\n",
    "    ",
    "!!! note \"",
    "> [!info]- ",
    "%%",
    "{: .x}",
    "[x]: ",
    "#",
    "?",
    "/",
    "../",
    "%20",
    "%ff",
    "é",
    "\u{1f6a2}",
    "a",
    "title: ",
    "date: ",
    "2024-07-21",
    "import x from 'y'\n",
    "<X",
    "|",
    "\\",
    "[caption]",
    "[/caption]",
    "[gallery ids=\"",
    "<p>",
    "<pre>",
];

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(200))]
    #[test]
    fn nothing_that_a_text_holds_makes_it_panic(picks in proptest::collection::vec(0..PIECES.len(), 0..40)) {
        let text: String = picks.iter().map(|n| PIECES[*n]).collect();
        let all = [Generator::Hugo, Generator::Jekyll, Generator::Zola, Generator::Obsidian, Generator::Mkdocs, Generator::Markdown];
        for generator in all {
            let with_front = format!("---\ntitle: T\n---\n{text}");
            let names = ["content/a.md", "_posts/2024-07-21-a.md", "docs/a.md", "a.mdx"];
            let mut files: Vec<(&str, &str)> = names.iter().map(|name| (*name, with_front.as_str())).collect();
            files.push(("content/b.md", &text));
            files.push(("hugo.toml", &text));
            run(generator, &files);
        }
        let xml = format!("<rss xmlns:content=\"http://purl.org/rss/1.0/modules/content/\" xmlns:wp=\"w\"><channel><item><content:encoded><![CDATA[{text}]]></content:encoded><wp:post_date>2024-07-21</wp:post_date></item></channel></rss>");
        let _ = wordpress(&"x.xml".into(), &xml, &SourceTree::default(), &Options::default());
    }
}
