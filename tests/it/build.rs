//! What a build makes, and that it makes the same again.

use std::fs;

use crate::site::TestSite;

fn sample() -> TestSite {
    TestSite::new()
        .article(
            "ports.md",
            "The [[Port Agency]] met in Paris on Friday. See [[rail]].",
        )
        .article(
            "rail.md",
            "Jane Miller, a rail expert, told Reuters that Paris was ready. \"It is,\" she said.",
        )
        .file(
            "content/entities/organisation/port-agency.md",
            "---\nname: Port Agency\naliases: [PA]\n---\nIt runs ports.\n",
        )
}

#[test]
fn a_site_without_site_yaml_builds() {
    let site = sample();
    site.build();
    let home = site.page("index.html");
    assert!(home.contains("About ports") && home.contains("About rail"));
    assert!(
        site.page("briefings/ports/index.html")
            .contains("Port Agency")
    );
    assert!(
        site.page("entities/organisations/port-agency/index.html")
            .contains("It runs ports.")
    );
}

#[test]
fn two_builds_and_one_thread_give_the_same_bytes() {
    let (one, two) = (sample(), sample());
    one.build();
    let run = two.run(&["build", "--quiet", "--jobs", "1"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert_eq!(one.output(), two.output());
}

#[test]
fn unchanged_files_keep_their_mtime_and_foreign_files_their_content() {
    let site = sample();
    site.build();
    let page = site.path("public/briefings/rail/index.html");
    fs::write(site.path("public/CNAME"), "example.org").unwrap();
    let before = fs::metadata(&page).unwrap().modified().unwrap();
    site.build();
    assert_eq!(fs::metadata(&page).unwrap().modified().unwrap(), before);
    assert_eq!(site.page("CNAME"), "example.org");
}

#[test]
fn removed_articles_leave_no_page() {
    let site = sample().article("gone.md", "Soon gone.");
    site.build();
    fs::remove_file(site.path("content/briefings/gone.md")).unwrap();
    site.build();
    assert!(!site.path("public/briefings/gone").exists());
}

#[test]
fn drafts_and_embargoed_articles_stay_out() {
    let hidden = |key: &str| {
        format!(
            "---\ntitle: Hidden canary\ndate: 2024-07-21\n{key}\n---\nCanary Agency in Paris.\n"
        )
    };
    let site = sample()
        .file("content/briefings/draft.md", hidden("draft: true"))
        .file(
            "content/briefings/embargo.md",
            hidden("publish_at: 2030-01-01"),
        )
        .file(
            "content/briefings/expired.md",
            hidden("expires_at: 2024-08-01"),
        );
    let run = site.run(&["build", "--quiet", "--as-of", "2024-09-01"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    for (path, bytes) in site.output() {
        let text = String::from_utf8_lossy(&bytes).to_lowercase();
        assert!(!text.contains("canary"), "{path} tells of a hidden article");
    }
    let run = site.run(&["build", "--quiet", "--drafts", "--as-of", "2024-09-01"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert!(
        site.page("briefings/draft/index.html")
            .contains("Hidden canary")
    );
}

#[test]
fn a_template_overrides_the_theme() {
    let site = sample().file("templates/404.html", "Gone fishing.\n");
    site.build();
    assert_eq!(site.page("404.html"), "Gone fishing.\n");
}

#[test]
fn entities_are_listed_and_explained() {
    let site = sample();
    let run = site.run(&["entities", "list"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert!(
        run.stdout
            .contains("organisation confirmed      1  Port Agency"),
        "{}",
        run.stdout
    );
    let run = site.run(&["entities", "explain", "content/briefings/rail.md:6"]);
    insta::assert_snapshot!(run.stdout);
}

#[test]
fn a_new_site_and_a_new_briefing_build() {
    let site = TestSite::new();
    let run = site.run(&["init", "desk"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    let run = site.shell("cd desk && \"$DATELINE\" new 'Ports: under \"strain\"' && \"$DATELINE\" build --drafts --strict --quiet");
    assert_eq!((run.code, run.stderr.as_str()), (0, ""));
    let path = run.stdout.trim();
    assert!(
        path.starts_with("content/briefings/") && path.ends_with("-ports-under-strain.md"),
        "{path}"
    );
    assert!(
        site.path("desk/public/briefings/ports-under-strain/index.html")
            .exists()
    );
    assert_eq!(
        site.run(&["init", "desk"]).code,
        2,
        "a folder with files is never overwritten"
    );
}

#[test]
fn old_addresses_lead_to_the_article() {
    let site = sample().file(
        "content/briefings/new.md",
        "---\ntitle: New & better\ndate: 2024-07-22\naliases: [/2023/old/, plain.html]\n---\nSee [it](/2023/old/).\n",
    );
    site.build();
    let page = site.page("2023/old/index.html");
    assert!(
        page.contains("url=../../briefings/new/index.html"),
        "{page}"
    );
    assert!(page.contains("New &amp; better"), "{page}");
    assert!(
        site.page("plain.html")
            .contains("url=briefings/new/index.html")
    );
    assert!(!site.page("sitemap.xml").contains("2023/old"));
    let article = site.page("briefings/new/index.html");
    assert!(
        article.contains("href=\"../../briefings/new/index.html\">it</a>"),
        "{article}"
    );
}

#[test]
fn bare_slugs_and_ids_are_shown_as_titles() {
    let site = sample().article(
        "see.md",
        "Of [[port-agency]] more is in [[ports]] and [[ports|here]].",
    );
    site.build();
    let page = site.page("briefings/see/index.html");
    assert!(page.contains(">Port Agency</a> more is in <a class=\"name\" href=\"../../briefings/ports/index.html\">About ports</a> and"), "{page}");
    assert!(page.contains(">here</a>"), "{page}");
    let agency = site.page("entities/organisations/port-agency/index.html");
    assert!(
        agency.contains("Of <mark>Port Agency</mark> more is in About ports and here."),
        "{agency}"
    );
}

#[test]
fn a_row_of_a_table_is_read_together() {
    let table = "| When | What |\n|---|---|\n| 7 March 2024 | The Port Agency warned |\n";
    let site = sample().article("table.md", table);
    site.build();
    let row = "<mark>7 March 2024</mark> · The Port Agency warned";
    assert!(site.page("timeline/2024/index.html").contains(row));
    let agency = site.page("entities/organisations/port-agency/index.html");
    assert!(
        agency.contains("7 March 2024 · The <mark>Port Agency</mark> warned"),
        "{agency}"
    );
}

#[test]
fn the_authors_own_values_reach_the_templates() {
    let site = sample()
        .file("content/site.yaml", "extra: {desk: 7}\ntheme: {accent: '#14487f', footer: Imprint}\n")
        .file(
            "content/briefings/x.md",
            "---\ntitle: X\ndate: 2024-07-22\nextra: {colour: red, deep: {list: [1, 2.5]}}\n---\nText.\n",
        )
        .file(
            "templates/article.html",
            "{% if extra.colour %}{{ extra.colour }} {{ extra.deep.list }}{% endif %} {{ frame.site.extra.desk }}\n",
        );
    site.build();
    assert_eq!(site.page("briefings/x/index.html"), "red [1, 2.5] 7\n");
    assert!(site.page("index.html").contains("<p>Imprint</p>"));
    assert_eq!(
        site.page("assets/site.css"),
        ":root{--accent:light-dark(#14487f,#14487f)}",
        "the theme's important colours hold where a reader asks for high contrast"
    );
}

#[test]
fn a_page_runs_in_the_direction_of_its_language() {
    let site = sample().file(
        "content/briefings/x.md",
        "---\ntitle: X\ndate: 2024-07-22\nlanguage: ar\n---\nText.\n",
    );
    site.build();
    let page = site.page("briefings/x/index.html");
    assert!(page.contains("<html lang=\"en\" dir=\"ltr\">"), "{page}");
    assert!(
        page.contains("<div class=\"prose\" lang=\"ar\" dir=\"rtl\">"),
        "the text has its own language: {page}"
    );
}

#[test]
fn an_audience_sees_what_it_may() {
    let marked = |marking: &str| {
        format!("---\ntitle: Marked canary\ndate: 2024-07-21\nmarking: {marking}\n---\nText.\n")
    };
    let site = sample()
        .file("content/briefings/green.md", marked("TLP:GREEN"))
        .file("content/briefings/red.md", marked("TLP:RED"));
    let run = site.run(&["build", "--quiet", "--audience", "tlp:green"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert!(site.path("public/briefings/green").exists());
    assert!(!site.path("public/briefings/red").exists());
    let run = site.run(&["build", "--audience", "TLP:BLUE"]);
    assert_eq!(run.code, 2);
    assert!(run.stderr.contains("TLP:AMBER+STRICT"), "{}", run.stderr);
}

#[test]
fn the_page_for_lost_readers_works_at_any_address() {
    let site = sample().file("content/site.yaml", "base_url: https://example.org/desk/\n");
    site.build();
    let page = site.page("404.html");
    assert!(
        page.contains("href=\"/desk/assets/dateline.css\""),
        "{page}"
    );
    assert!(
        page.contains("href=\"/desk/briefings/rail/index.html\""),
        "{page}"
    );
}

#[test]
fn a_standfirst_is_read_as_the_text_is() {
    let text = "---\ntitle: Ports of Europe\ndate: 2024-07-21\n\
                summary: Jane Miller, a rail expert, left Berlin on 19 July 2024.\n---\nMiller left.\n";
    let site = sample().file("content/briefings/front.md", text);
    site.build();
    let page = site.page("briefings/front/index.html");
    let named = &page[page.find("Named here").unwrap()..];
    for name in ["Jane Miller", "Berlin", "Europe"] {
        assert!(named.contains(name), "{name}: {named}");
    }
    // The sentence that answers "why?" holds it; the dates beside the text do not.
    assert!(!named.contains("id=\"dates\""), "{named}");
    let jane = site.page("entities/people/jane-miller/index.html");
    assert!(jane.contains("left Berlin on 19 July"), "{jane}");
    let europe = site.page("entities/places/europe/index.html");
    assert!(!europe.contains("<mark>Europe</mark>"), "{europe}");
}

#[test]
fn places_stand_on_maps() {
    let site = sample().article(
        "far.md",
        "From Moscow to Dushanbe, and through Central Asia.",
    );
    site.build();
    let article = site.page("briefings/far/index.html");
    let map = article.split("<figure class=\"map\">").nth(1).unwrap();
    let map = map.split("</figure>").next().unwrap();
    assert_eq!(map.matches("class=\"map-marker\"").count(), 2, "{map}");
    assert!(map.contains("Moscow") && map.contains("Dushanbe"), "{map}");
    assert!(
        !map.contains("Central Asia"),
        "a region has no point: {map}"
    );
    assert!(site.page("map/index.html").contains("Paris"));
    assert!(
        !site
            .page("briefings/rail/index.html")
            .contains("<figure class=\"map\">")
    );
}

#[test]
fn old_ids_of_entities_lead_to_their_pages() {
    let site = sample().file(
        "content/entities/organisation/port-agency.md",
        "---\nname: Port Agency\nold_ids: [harbour-office, place/the-harbour]\n---\n",
    );
    site.build();
    for old in ["organisations/harbour-office", "places/the-harbour"] {
        let page = site.page(&format!("entities/{old}/index.html"));
        assert!(
            page.contains("url=../../../entities/organisations/port-agency/index.html"),
            "{page}"
        );
    }
}

#[test]
fn sources_without_a_name_are_listed() {
    let site = sample().article(
        "who.md",
        "The port is closed, prosecutors said. It will open soon, according to two officials.",
    );
    site.build();
    let page = site.page("briefings/who/index.html");
    let who = page.split("Who says so, without a name").nth(1).unwrap();
    assert!(
        who.contains("prosecutors") && who.contains("officials"),
        "{who}"
    );
}

#[test]
fn charts_show_the_figures_of_their_file_and_do_not_publish_it() {
    let site = TestSite::new()
        .article("a.md", "## Ships\n\n```chart\ntype: line\ntitle: Ships\ndata: ../ships.csv\ny: boats\nunit: '%'\nsource: Register\n```")
        .file("content/ships.csv", "year,secret,boats\n2022,1,12.5\n2023,2,13\n");
    site.build();
    let page = site.page("briefings/a/index.html");
    for part in [
        "<figure class=\"chart\" id=\"ships-2\">",
        "aria-labelledby=\"ships-2-title ships-2-desc\"",
        "boats: 2022 12.5%, 2023 13%.",
        "<th scope=\"row\">2023</th><td class=\"right\">13</td>",
        "Source: Register",
    ] {
        assert!(page.contains(part), "{part}\n{page}");
    }
    let named = |path: &String| path.ends_with("ships.csv");
    assert!(!site.output().keys().any(named) && !page.contains("secret"));
}
