//! Shortcodes: parts of the theme in a text, with literal arguments.

use image::ImageFormat;

use crate::{pictures::photo, site::TestSite};

fn page(site: &TestSite) -> String {
    let run = site.build();
    assert_eq!(run.code, 0, "{}", run.stderr);
    site.page("briefings/a/index.html")
}

#[test]
fn a_figure_is_a_picture_like_any_other() {
    let text = "Before.\n{{ figure(src=\"quay.png\", alt=\"A <quay>\", caption=\"The *quay* & more\") }}\nAfter.";
    let site = TestSite::new().article("a.md", text).file(
        "content/briefings/quay.png",
        photo(1600, 800, ImageFormat::Png),
    );
    let page = page(&site);
    for part in [
        "<p>Before.</p>",
        "alt=\"A &lt;quay&gt;\" srcset=\"",
        "width=\"1600\" height=\"800\"",
        "<figcaption>The *quay* &amp; more</figcaption>",
        "<p>After.</p>",
    ] {
        assert!(page.contains(part), "{part}\n{page}");
    }
    let markdown = site.page("briefings/a/index.md");
    assert!(markdown.contains("![A \\<quay\\>](http"), "{markdown}");
}

#[test]
fn a_body_is_markdown_like_any_other() {
    let text = "{% callout(kind=\"tip\", title=\"See\") %}\nThe *port* of [[port-agency|the agency]], said {{ x }}.\n{% end %}\n\n> {% quote(author=\"Anna <b>\") %}\n>\n> It is *open*.\n>\n> {% end %}\n\nLast words.";
    let site = TestSite::new().article("a.md", text).file(
        "content/entities/organisation/port-agency.md",
        "---\nname: Port Agency\n---\n",
    );
    let page = page(&site);
    for part in [
        "<div class=\"callout callout-tip\" role=\"note\" aria-label=\"See\">\n<p class=\"callout-title\">See</p>",
        "<p>The <em>port</em> of <a class=\"name\"",
        "said {{ x }}.</p>",
        "<p>It is <em>open</em>.</p>",
        "<figcaption>Anna &lt;b&gt;</figcaption>",
        "<p>Last words.</p>",
    ] {
        assert!(page.contains(part), "{part}\n{page}");
    }
    assert!(!page.contains("{%"), "{page}");
    let entity = site.page("entities/organisations/port-agency/index.html");
    assert!(
        entity.contains("briefings/a/index.html"),
        "names in a body are names"
    );
    let markdown = site.page("briefings/a/index.md");
    assert!(
        !markdown.contains("{%") && markdown.contains("*port*"),
        "{markdown}"
    );
}

#[test]
fn the_program_draws_charts_tables_maps_and_timelines() {
    let text = "The talks in Paris began on 3 March 2024. They ended in Vienna on 5 May 2024.\n\n\
        {{ chart(title=\"Ships\", data=\"ships.csv\") }}\n\n\
        {{ table(title=\"All\", data=\"ships.csv\", columns=[\"Port\"], limit=1) }}\n\n\
        {{ map(title=\"Where\", places=[\"Paris\", \"Vienna\"]) }}\n\n\
        {{ timeline(title=\"When\", from=\"2024-05\") }}\n\n\
        {{ video(url=\"https://example.org/v\", poster=\"quay.png\", title=\"The <quay>\") }}";
    let site = TestSite::new()
        .article("a.md", text)
        .file("content/data/ships.csv", "Port,Ships\nHull,12\nKiel,9\n")
        .file(
            "content/briefings/quay.png",
            photo(600, 300, ImageFormat::Png),
        );
    let page = page(&site);
    for part in [
        "Ships: Hull 12, Kiel 9.",
        "<th scope=\"row\">Hull</th></tr>\n</tbody>",
        "role=\"img\" aria-label=\"Where\"",
        "<section class=\"shortcode-timeline\" aria-label=\"When\">",
        "<a href=\"https://example.org/v\"><img src=\"",
        "Video: The &lt;quay&gt;",
    ] {
        assert!(page.contains(part), "{part}\n{page}");
    }
    let timeline = page.split("shortcode-timeline").nth(1).unwrap();
    let timeline = timeline.split("</section>").next().unwrap();
    assert!(
        timeline.contains("5 May 2024") && !timeline.contains("3 March"),
        "{timeline}"
    );
    assert!(site.output().contains_key("data/ships.csv"));
}

#[test]
fn code_and_escaped_braces_are_text() {
    let text = "Write `{{ figure(src=\"a.png\") }}`.\n\n```\n{{ figure(src=\"a.png\") }}\n{% end %}\n```\n\n\\{{ figure(x=1) }}\n\n{{ title }} and {{ now() }} in a sentence.";
    let page = page(&TestSite::new().article("a.md", text));
    assert!(page.contains("<p>{{ figure(x=1) }}</p>"), "{page}");
    assert!(
        page.contains("<p>{{ title }} and {{ now() }} in a sentence.</p>"),
        "{page}"
    );
}

#[test]
fn a_site_has_its_own() {
    let own = "{% component shortcode.aside(title: string, n: integer = 1, wide: bool = false, tags: array = []) -%}<aside data-n=\"{{ n }}\">{{ title }}{% if wide %}!{% endif %}{% for tag in tags %}[{{ tag }}]{% endfor %}{{ body }}</aside>{%- endcomponent shortcode.aside %}";
    let text = "{% aside(title=\"<x> {{ config }}\", n=3, wide=true, tags=['a', \"b\"]) %}\n\nWords.\n\n{% end %}";
    let site = TestSite::new()
        .article("a.md", text)
        .file("templates/shortcodes/aside.html", own);
    let page = page(&site);
    let expected = "<aside data-n=\"3\">&lt;x&gt; {{ config }}![a][b]\n<p>Words.</p>\n</aside>";
    assert!(page.contains(expected), "{page}");
}

#[test]
fn addresses_that_run_are_refused() {
    let text = "{% quote(source=\"S\", url=\"javascript:alert(1)\") %}\n\nWords.\n\n{% end %}";
    let site = TestSite::new().article("a.md", text);
    let run = site.run(&["build"]);
    assert!(run.stderr.contains("link/scheme"), "{}", run.stderr);
    assert!(!site.page("briefings/a/index.html").contains("javascript:"));
}
