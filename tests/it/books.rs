//! A storyline as a book: what is in it, and that it is the same bytes every time.

use std::{collections::BTreeMap, fs, io::Read};

use crate::site::TestSite;

fn site() -> TestSite {
    let briefing = |date: &str, more: &str, text: &str| {
        format!("---\ntitle: Of {date}\ndate: {date}\nstoryline: ports\n{more}\n---\n\n{text}\n")
    };
    TestSite::new()
        .file(
            "content/site.yaml",
            "title: Desk\nbase_url: https://example.org/desk\nstorylines:\n  - {id: ports, title: The <ports>, summary: What & why}\n",
        )
        .file(
            "content/briefings/b.md",
            briefing("2024-05-09", "language: de", "Mehr in [A](a.md#eins) und [[c]]. Paris<br>am 3. Mai 2024."),
        )
        .file(
            "content/briefings/a.md",
            briefing("2024-05-03", "", "# Eins\n\nJane Miller, a rail expert, was in Paris on 3 May 2024.[^1]\n\n![A port](port.png \"Seen from above\")\n\n[^1]: A note."),
        )
        .file("content/briefings/c.md", "---\ntitle: C\ndate: 2024-05-01\n---\n\nText.\n")
        .file("content/briefings/d.md", briefing("2024-05-10", "draft: true", "Hidden Agency."))
        .file("content/briefings/port.png", include_bytes!("import/pixel.png"))
}

const BOOK: &str = "public/storylines/ports/ports.epub";

/// The files of a book, in their order.
fn files(bytes: &[u8]) -> Vec<(String, String)> {
    let mut book = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    (0..book.len())
        .map(|n| {
            let mut file = book.by_index(n).unwrap();
            let mut bytes = Vec::new();
            file.read_to_end(&mut bytes).unwrap();
            let text = String::from_utf8_lossy(&bytes).into_owned();
            (file.name().unwrap().into_owned(), text)
        })
        .collect()
}

#[test]
fn a_book_has_the_briefings_in_their_order() {
    let site = site();
    site.build();
    let files = files(&fs::read(site.path(BOOK)).unwrap());
    assert_eq!(
        files[0],
        ("mimetype".to_owned(), "application/epub+zip".to_owned())
    );
    let files: BTreeMap<String, String> = files.into_iter().collect();
    let (first, second) = (
        &files["book/chapter-0001.xhtml"],
        &files["book/chapter-0002.xhtml"],
    );
    assert!(first.contains("<h1>Of 2024-05-03</h1>") && second.contains("<h1>Of 2024-05-09</h1>"));
    assert!(
        second.contains("xml:lang=\"de\"") && second.contains("Paris<br/>am"),
        "{second}"
    );
    assert!(
        second.contains("href=\"chapter-0001.xhtml#x-eins\"") && first.contains("id=\"x-eins\"")
    );
    assert!(
        second.contains("href=\"https://example.org/desk/briefings/c/\""),
        "{second}"
    );
    assert!(
        first.contains("<img src=\"pictures/0001.png\" alt=\"A port\"/>")
            && first.contains("Seen from above"),
        "{first}"
    );
    assert!(files["book/pictures/0001.png"].starts_with("\u{fffd}PNG"));
    assert!(files["book/nav.xhtml"].contains("<a href=\"title.xhtml\">The &lt;ports&gt;</a>"));
    assert!(
        files["book/cast.xhtml"].contains("https://example.org/desk/entities/people/jane-miller/")
    );
    assert!(files["book/dates.xhtml"].contains("href=\"chapter-0001.xhtml\""));
    let package = &files["book/package.opf"];
    assert!(
        package.contains("<meta property=\"dcterms:modified\">2024-05-09T00:00:00Z</meta>"),
        "{package}"
    );
    assert!(
        files.values().all(|text| !text.contains("Hidden")),
        "a draft is in no book"
    );
    let page = site.page("storylines/ports/index.html");
    assert!(
        page.contains("href=\"../../storylines/ports/ports.epub\""),
        "{page}"
    );
}

#[test]
fn a_book_is_the_same_bytes_every_time() {
    let read = |jobs: &str| {
        let site = site();
        let run = site.run(&["build", "--jobs", jobs]);
        assert_eq!(run.code, 0, "{}", run.stderr);
        fs::read(site.path(BOOK)).unwrap()
    };
    assert!(read("1") == read("3"));
}

#[test]
fn a_site_may_have_no_books() {
    let site = site().file("content/site.yaml", "books: false\n");
    site.build();
    assert!(!site.path(BOOK).exists());
    assert!(!site.page("storylines/ports/index.html").contains(".epub"));
}

#[test]
fn pictures_are_in_formats_of_books_and_bounded() {
    let svg = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 9 9\"><script>1</script><rect width=\"9\" height=\"9\"/></svg>";
    let huge = format!(
        "{}<desc>{}</desc></svg>",
        &svg[..svg.len() - 6],
        "x".repeat(3 << 20)
    );
    let site = site()
        .file("content/static/plan.svg", svg)
        .file("content/briefings/huge.svg", huge)
        .file("content/briefings/wide.png", crate::pictures::photo(2000, 1000, image::ImageFormat::Png))
        .file(
            "content/briefings/e.md",
            "---\ntitle: E\ndate: 2024-05-11\nstoryline: ports\nimage: {src: /plan.svg, alt: A plan, caption: As it was, credit: Anna}\n---\n\n\
             ![Wide](wide.png)\n\n![Huge](huge.svg)\n\n![Elsewhere](https://example.net/a.png)\n\n[The plan](/plan.svg)\n",
        );
    site.build();
    let book = fs::read(site.path(BOOK)).unwrap();
    assert!(book.len() < 1 << 20, "{}", book.len());
    let files: BTreeMap<String, String> = files(&book).into_iter().collect();
    let chapter = &files["book/chapter-0003.xhtml"];
    for part in [
        "<figure><img src=\"pictures/0002.svg\" alt=\"A plan\"/><figcaption>As it was Anna</figcaption></figure>",
        "<img src=\"pictures/0003.",
        "href=\"https://example.org/desk/plan.svg\"",
    ] {
        assert!(chapter.contains(part), "{part}: {chapter}");
    }
    assert_eq!(chapter.matches("<img").count(), 2, "{chapter}");
    assert!(
        !files["book/pictures/0002.svg"].contains("script"),
        "cleaned in static/ too"
    );
    let package = &files["book/package.opf"];
    assert!(
        package.contains("href=\"pictures/0002.svg\" media-type=\"image/svg+xml\""),
        "{package}"
    );
}
