//! The timeline: an overview, years, months, and the parts that filters show.

use crate::site::TestSite;

fn dated(date: &str, head: &str, body: &str) -> String {
    format!("---\ntitle: On {date}\ndate: {date}\n{head}---\n\n{body}\n")
}

/// A busy year has far more than one page takes.
fn busy() -> TestSite {
    let mut site = TestSite::new();
    for n in 0..40u32 {
        let months = ["March", "May", "October"];
        let sentence = |k: u32| {
            let month = months[k as usize % 3];
            let day = 1 + (n + k) % 28;
            format!("On {day} {month} 2023 ship {n}-{k} reached Rotterdam. ")
        };
        let body: String = (0..30).map(sentence).collect();
        let name = format!("content/briefings/a{n:02}.md");
        site = site.file(&name, dated("2024-01-10", "topics: [Shipping]\n", &body));
    }
    site
}

#[test]
fn both_lanes_stand_by_day() {
    let site = TestSite::new().file(
        "content/briefings/a.md",
        dated(
            "2024-03-14",
            "",
            "A ferry sank on 14 March 2024. It was raised in February 2024.",
        ),
    );
    site.build();
    let page = site.page("timeline/2024/index.html");
    let day = page.split("id=\"2024-03-14\"").nth(1).unwrap();
    let (reported, published) = day.split_once("lane published").unwrap();
    assert!(
        reported.contains("A ferry sank on <mark>14 March 2024</mark>."),
        "{reported}"
    );
    assert!(published.contains(">On 2024-03-14</a>"), "{published}");
    let (march, february) = (page.find("id=\"2024-03\""), page.find("id=\"2024-02\""));
    assert!(march.unwrap() < february.unwrap());
}

#[test]
fn the_overview_leads_to_each_month() {
    let site = busy();
    site.build();
    let overview = site.page("timeline/index.html");
    assert!(
        overview.contains("1,200 reported · 0 published"),
        "{overview}"
    );
    assert!(overview.contains("0 reported · 40 published"), "{overview}");
    // A busy year's months have pages; those of a quiet one are on its own.
    assert!(overview.contains("href=\"../timeline/2023/03/index.html\">March 2023</a>"));
    assert!(overview.contains("href=\"../timeline/2024/index.html#2024-01\">January 2024</a>"));
    assert!(
        site.page("index.html")
            .contains("href=\"timeline/index.html\"")
    );
}

#[test]
fn no_page_grows_with_the_site_and_none_loses_a_sentence() {
    let site = busy();
    site.build();
    let pages: Vec<(String, Vec<u8>)> = site
        .output()
        .into_iter()
        .filter(|(path, _)| path.starts_with("timeline/"))
        .collect();
    for (path, bytes) in &pages {
        assert!(bytes.len() < 300_000, "{path}: {}", bytes.len());
    }
    // 3 months of 400 sentences: 2 pages each.
    let of_2023: Vec<&str> = pages
        .iter()
        .map(|(path, _)| path.as_str())
        .filter(|path| path.starts_with("timeline/2023/"))
        .collect();
    assert_eq!(
        of_2023,
        [
            "timeline/2023/03/2/index.html",
            "timeline/2023/03/index.html",
            "timeline/2023/05/2/index.html",
            "timeline/2023/05/index.html",
            "timeline/2023/10/2/index.html",
            "timeline/2023/10/index.html",
            "timeline/2023/index.html",
        ]
    );
    let months: String = pages
        .iter()
        .filter(|(path, _)| path.matches('/').count() > 2 && path.starts_with("timeline/2023/"))
        .map(|(_, bytes)| String::from_utf8_lossy(bytes).into_owned())
        .collect();
    for ship in ["0-0", "39-29", "17-13"] {
        let words = format!("ship {ship} reached");
        assert_eq!(months.matches(&words).count(), 1, "{ship}");
    }
    let year = site.page("timeline/2023/index.html");
    assert!(year.contains("All 400 of March 2023"), "{year}");
}

#[test]
fn parts_have_their_own_pages() {
    let site = busy().file(
        "content/briefings/other.md",
        dated(
            "2024-02-02",
            "topics: [Rail]\n",
            "Maria Lopez resigned on 1 February 2024.",
        ),
    );
    site.build();
    let rail = site.page("timeline/topics/rail/index.html");
    assert!(rail.contains("resigned on") && !rail.contains("reached Rotterdam"));
    let shipping = site.page("timeline/topics/shipping/index.html");
    assert!(shipping.contains("1,040 earlier ones are not shown here"));
    let people = site.page("timeline/people/index.html");
    assert!(people.contains("resigned on") && !people.contains("reached Rotterdam"));
    assert!(people.contains("aria-current=\"page\">People</a>"));
}

#[test]
fn what_is_hidden_has_no_date() {
    let site = TestSite::new().file(
        "content/briefings/a.md",
        dated(
            "2031-03-14",
            "draft: true\n",
            "A ferry sank on 14 March 2031.",
        ),
    );
    site.build();
    assert!(!site.page("timeline/index.html").contains("2031"));
}
