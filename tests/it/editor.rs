//! The editor's side: review, suggest, merge, rename, lint. Whatever is done, briefings stay byte
//! for byte as they were.

use std::{collections::BTreeMap, fs};

use crate::site::{Run, TestSite};

const DECISIONS: &str = "content/entities/decisions.yaml";

/// A site with people and bodies that only the machine knows, and one registry entity.
fn site() -> TestSite {
    TestSite::new()
        .article(
            "ports.md",
            "Minister Jane Miller met the [[Port Agency]] in Paris. Miller left. The Harbour Control Ministry said so.",
        )
        .article(
            "rail.md",
            "President Jane Miller told the Harbour Control Ministry that PA was ready. See [[port-agency|it]].",
        )
        .article("sea.md", "The Harbour Control Ministry said that Jane Miller had gone.")
        .file(
            "content/entities/organisation/port-agency.md",
            "---\nname: Port Agency # as it calls itself\naliases: [PA]\n---\n",
        )
}

fn read(site: &TestSite, path: &str) -> String {
    fs::read_to_string(site.path(path)).unwrap()
}

fn ok(run: &Run) -> &str {
    assert_eq!(run.code, 0, "{}{}", run.stdout, run.stderr);
    &run.stdout
}

fn apply(site: TestSite, decisions: &str) -> (TestSite, Run) {
    let site = site.file("decisions.jsonl", decisions);
    let run = site.run(&["entities", "review", "--apply", "decisions.jsonl"]);
    (site, run)
}

/// The bytes of all briefings.
fn prose(site: &TestSite) -> BTreeMap<String, Vec<u8>> {
    let folder = fs::read_dir(site.path("content/briefings")).unwrap();
    let read = |entry: fs::DirEntry| {
        let name = entry.file_name().to_string_lossy().into_owned();
        (name, fs::read(entry.path()).unwrap())
    };
    folder.map(|entry| read(entry.unwrap())).collect()
}

fn queue(site: &TestSite) -> Vec<serde_json::Value> {
    let run = site.run(&["entities", "review", "--json"]);
    ok(&run)
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

fn names(site: &TestSite) -> Vec<String> {
    queue(site)
        .iter()
        .map(|line| line["name"].as_str().unwrap().to_owned())
        .collect()
}

#[test]
fn the_queue_has_sentences_with_the_name_lit() {
    let site = site();
    let queue = queue(&site);
    let jane = queue
        .iter()
        .find(|line| line["name"] == "Jane Miller")
        .unwrap();
    assert_eq!(
        (&jane["kind"], &jane["shown"]),
        (&"person".into(), &true.into())
    );
    let sentence = &jane["sentences"][0];
    let lit: String = sentence["text"]
        .as_str()
        .unwrap()
        .chars()
        .skip(usize::try_from(sentence["start"].as_u64().unwrap()).unwrap())
        .take("Jane Miller".len())
        .collect();
    assert_eq!(lit, "Jane Miller");
    assert!(!names(&site).contains(&"Port Agency".to_owned()));
}

#[test]
fn without_a_terminal_the_review_names_json() {
    let run = site().run(&["entities", "review"]);
    assert_eq!(run.code, 2);
    assert!(run.stderr.contains("--json"), "{}", run.stderr);
}

#[test]
fn a_line_of_the_queue_with_an_action_is_a_decision() {
    let site = site();
    let before = prose(&site);
    let decided: String = queue(&site)
        .into_iter()
        .map(|mut line| {
            line["action"] = "accept".into();
            format!("{line}\n")
        })
        .collect();
    let (site, run) = apply(site, &decided);
    ok(&run);
    assert_eq!(names(&site), Vec::<String>::new());
    let written = read(&site, DECISIONS);
    let (site, run) = apply(site, &decided);
    assert!(run.stderr.contains("nothing to change"), "{}", run.stderr);
    assert_eq!(read(&site, DECISIONS), written, "twice is once");
    assert_eq!(prose(&site), before);
    let list = site.run(&["entities", "list"]);
    assert!(
        ok(&list).contains("confirmed      3  Jane Miller"),
        "{}",
        list.stdout
    );
}

#[test]
fn one_bad_decision_and_nothing_is_written() {
    let decisions = "{\"action\":\"accept\",\"name\":\"Jane Miller\",\"kind\":\"person\"}\n{\"action\":\"merge\",\"name\":\"X\",\"kind\":\"person\",\"into\":\"Port Agenc\"}\nnonsense\n{\"action\":\"reject\",\"name\":\"Port Agency\",\"kind\":\"organisation\"}\n{\"action\":\"alias\",\"name\":\"X\",\"kind\":\"person\"}\n";
    let (site, run) = apply(site(), decisions);
    assert_eq!(run.code, 1);
    insta::assert_snapshot!(run.stderr, @r"
    error: decisions.jsonl:2: no entity is called `Port Agenc`; did you mean `Port Agency`?
    error: decisions.jsonl:3: no JSON: expected ident at line 1 column 2
    error: decisions.jsonl:4: `Port Agency` is registered in entities/organisation/port-agency.md; take the name out of it
    error: decisions.jsonl:5: `into` is missing
    4 errors; nothing was written
    ");
    assert!(!site.path(DECISIONS).exists());
}

#[test]
fn decisions_come_from_stdin_too() {
    let site = site();
    let run = site.shell(
        "echo '{\"action\":\"suppress\",\"name\":\"Jane Miller\",\"reason\":\"a test\"}' | \"$DATELINE\" entities review --apply -",
    );
    ok(&run);
    let suppressed = read(&site, "content/entities/suppress.yaml");
    assert_eq!(suppressed, "- {name: Jane Miller, reason: a test}\n");
    site.build();
    assert!(!site.path("public/entities/people/jane-miller").exists());
}

#[test]
fn a_rejected_name_stays_away_for_good() {
    let site = site().file(
        DECISIONS,
        "# ours\nrejected:\n  - {name: Sea, kind: place} # a word\n\naccepted: []\n",
    );
    let rejected = "{\"action\":\"reject\",\"name\":\"Jane Miller\",\"kind\":\"person\",\"reason\":\"a pen name: not a person\"}\n{\"action\":\"reject\",\"name\":\"Harbour Control Ministry\",\"kind\":\"organisation\"}\n";
    let (site, run) = apply(site, rejected);
    ok(&run);
    assert_eq!(
        read(&site, DECISIONS),
        "# ours\nrejected:\n  - {name: Sea, kind: place} # a word\n  - {name: Jane Miller, kind: person, reason: \"a pen name: not a person\"}\n  - {name: Harbour Control Ministry, kind: organisation}\n\naccepted: []\n"
    );
    // More articles, with the name in capitals, with an accent, as a surname, as initials.
    let site = site
        .article(
            "capitals.md",
            "President JANE MILLER spoke. Prime Minister Jané Miller left.",
        )
        .article(
            "surname.md",
            "President Miller said no. Minister Miller told Reuters so.",
        )
        .article(
            "initials.md",
            "The Harbour Control Ministry (HCM) met. HCM said so.",
        )
        .article("short.md", "HCM said that it had met. The HCM said no.");
    site.build();
    for (path, bytes) in site.output() {
        assert!(!path.to_lowercase().contains("miller"), "{path}");
        assert!(
            !path.contains("harbour-control") && !path.contains("/hcm"),
            "{path}"
        );
        let text = String::from_utf8_lossy(&bytes);
        let link = text.split("entities/people/").skip(1).find(|rest| {
            rest.starts_with(|c: char| c.is_alphanumeric()) && !rest.starts_with("index.html")
        });
        assert_eq!(link, None, "{path} links to a person");
    }
    let left = names(&site);
    let is_back = |name: &String| name.contains("iller") || name == "HCM";
    assert!(!left.iter().any(is_back), "{left:?}");
    let (_, run) = apply(
        site,
        "{\"action\":\"accept\",\"name\":\"Jane Miller\",\"kind\":\"person\"}\n",
    );
    assert!(run.stderr.contains("is rejected in"), "{}", run.stderr);
}

#[test]
fn a_place_inside_another_name_is_not_shown_and_an_accepted_one_is() {
    let site = site().article("north.md", "They saw the Aurora Borealis over Kiev.");
    site.build();
    assert!(!site.path("public/entities/places/aurora").exists());
    let (site, run) = apply(
        site,
        "{\"action\":\"accept\",\"name\":\"Kyiv\",\"kind\":\"place\"}\n",
    );
    ok(&run);
    let list = site.run(&["entities", "list"]);
    assert!(
        ok(&list).contains("place        confirmed      1  Kyiv"),
        "{}",
        list.stdout
    );
}

#[test]
fn merged_names_mean_the_other_entity() {
    let merged = "{\"action\":\"merge\",\"name\":\"Harbour Control Ministry\",\"kind\":\"organisation\",\"into\":\"Port Agency\"}\n";
    let (site, run) = apply(site(), merged);
    ok(&run);
    assert_eq!(
        read(&site, DECISIONS),
        "merged:\n  - {name: Harbour Control Ministry, kind: organisation, into: port-agency}\n"
    );
    site.build();
    assert!(
        !site
            .path("public/entities/organisations/harbour-control-ministry")
            .exists()
    );
    let list = site.run(&["entities", "list"]);
    assert!(
        ok(&list).contains("confirmed      3  Port Agency"),
        "{}",
        list.stdout
    );
    let site = site
        .article("link.md", "See [[Harbour Control Ministry]].")
        .article("long.md", "The Harbour Control Ministry (HCM) met.")
        .article("short.md", "HCM said that it had met. The HCM said no.");
    // Too uncertain to be shown, and settled with the long form: nobody is asked about it again.
    let list = site.run(&["entities", "list"]);
    assert!(!ok(&list).contains("HCM"), "{}", list.stdout);
    let left = names(&site);
    assert!(!left.iter().any(|name| name.contains("HCM")), "{left:?}");
    assert_eq!(site.run(&["build", "--strict"]).code, 0);
}

#[test]
fn new_files_and_aliases_are_found_by_the_next_build() {
    let decisions = "{\"action\":\"new\",\"name\":\"Jane Miller\",\"kind\":\"person\",\"description\":\"Minister: \\\"of ports\\\"\"}\n{\"action\":\"alias\",\"name\":\"Harbour Control Ministry\",\"kind\":\"organisation\",\"into\":\"port-agency\"}\n";
    let (site, run) = apply(site(), decisions);
    ok(&run);
    assert_eq!(
        read(&site, "content/entities/person/jane-miller.md"),
        "---\nname: Jane Miller\ndescription: \"Minister: \\\"of ports\\\"\"\n---\n"
    );
    assert_eq!(
        read(&site, "content/entities/organisation/port-agency.md"),
        "---\nname: Port Agency # as it calls itself\naliases: [PA, Harbour Control Ministry]\n---\n"
    );
    site.build();
    assert!(
        site.page("entities/people/jane-miller/index.html")
            .contains("of ports")
    );
    let list = site.run(&["entities", "list"]);
    assert!(
        ok(&list).contains("confirmed      3  Port Agency"),
        "{}",
        list.stdout
    );
}

#[test]
fn merged_entities_keep_their_references() {
    let site = site()
        .file(
            "content/entities/organisation/harbour-office.md",
            "---\nname: Harbour Office\naliases: [{name: HO, match: exact}]\nsameAs: https://example.org/ho\nwikidata: Q1\n---\n",
        )
        .file(
            "content/entities/place/quay.md",
            "---\nname: Quay\npart_of: harbour-office\n---\n",
        )
        .article("office.md", "[[harbour-office]] and [[Harbour Office|they]] met HO on the [[Quay]].");
    let before = prose(&site);
    let run = site.run(&["entities", "merge", "harbour-office", "Port Agency"]);
    ok(&run);
    assert!(
        !site
            .path("content/entities/organisation/harbour-office.md")
            .exists()
    );
    assert_eq!(
        read(&site, "content/entities/organisation/port-agency.md"),
        "---\nname: Port Agency # as it calls itself\nsameAs: [https://example.org/ho]\nold_ids: [harbour-office]\nwikidata: Q1\naliases: [PA, Harbour Office, {name: HO, match: exact}]\n---\n"
    );
    assert_eq!(prose(&site), before);
    let run = site.run(&["build", "--strict"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert!(
        site.page("briefings/office/index.html")
            .contains("entities/organisations/port-agency/")
    );
    let run = site.run(&["entities", "merge", "harbour-office", "Port Agency"]);
    assert_eq!(run.code, 2, "they are one already");
}

#[test]
fn a_profile_is_not_lost_unasked() {
    let path = "content/entities/organisation/harbour-office.md";
    let site = site().file(path, "---\nname: Harbour Office\n---\nBy hand.\n");
    let run = site.run(&["entities", "merge", "harbour-office", "port-agency"]);
    assert_eq!(run.code, 2);
    assert!(run.stderr.contains("--discard-profile"), "{}", run.stderr);
    assert!(read(&site, path).contains("By hand."));
    ok(&site.run(&[
        "entities",
        "merge",
        "harbour-office",
        "port-agency",
        "--discard-profile",
    ]));
}

#[test]
fn renamed_entities_keep_their_references() {
    let site = site();
    let before = prose(&site);
    ok(&site.run(&[
        "entities",
        "rename",
        "port-agency",
        "Ports: the board",
        "--id",
        "ports-board",
    ]));
    assert_eq!(
        read(&site, "content/entities/organisation/ports-board.md"),
        "---\nname: \"Ports: the board\" # as it calls itself\nold_ids: [port-agency]\naliases: [PA, Port Agency]\n---\n"
    );
    assert_eq!(prose(&site), before);
    let run = site.run(&["build", "--strict"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert!(
        site.page("briefings/rail/index.html")
            .contains("entities/organisations/ports-board/")
    );
}

#[test]
fn suggestions_have_reasons() {
    let site = site()
        .article("office.md", "The Ministry of Harbour Control said no.")
        .article(
            "jane.md",
            "President J. Miller said no. The pa of one pa and the pa of another.",
        );
    let run = site.run(&["entities", "suggest"]);
    insta::assert_snapshot!(ok(&run), @r"
    Frequent names without a registry file (`dateline entities review`, then n):
      Jane Miller (person), 3 briefings
      Harbour Control Ministry (organisation), 3 briefings

    Names that may mean one thing (where they are two, say so under `distinct:` in decisions.yaml):
      J. Miller (person) and Jane Miller (person): one gives the first name by its initial
        dateline entities merge 'J. Miller' 'Jane Miller' --kind person
      Ministry of Harbour Control (organisation) and Harbour Control Ministry (organisation): the same but for words such as Ltd or of: “Harbour Control Ministry”, “Ministry of Harbour Control”
        dateline entities merge 'Ministry of Harbour Control' 'Harbour Control Ministry' --kind organisation

    Aliases that may mean something else:
      PA of port-agency: an ordinary word: “pa” stands 3 times in small letters; write `match: context`
    ");
    let run = site.run(&["entities", "suggest", "--json"]);
    for line in ok(&run).lines() {
        let value: serde_json::Value = serde_json::from_str(line).unwrap();
        assert!(value["suggestion"].is_string());
    }
    let (site, run) = apply(
        site,
        "{\"action\":\"distinct\",\"name\":\"Jane Miller\",\"other\":\"J. Miller\",\"reason\":\"mother and daughter\"}\n",
    );
    ok(&run);
    assert_eq!(
        read(&site, DECISIONS),
        "distinct:\n  - {name: Jane Miller, other: J. Miller, reason: mother and daughter}\n"
    );
    let run = site.run(&["entities", "suggest"]);
    assert!(!ok(&run).contains("by its initial"), "{}", run.stdout);
}

#[test]
fn lint_has_exit_codes() {
    let site = site();
    let run = site.run(&["entities", "lint"]);
    insta::assert_snapshot!(run.stderr, @r"
    warning[lint/no-description]: `Port Agency` has no description
     --> content/entities/organisation/port-agency.md:2:7
      |
    2 | name: Port Agency # as it calls itself
      |       ^^^^^^^^^^^
      |
      = help: write `description:` with one line that says who or what it is

    0 errors and 1 warning
    ");
    assert_eq!(run.code, 0);
    assert_eq!(site.run(&["entities", "lint", "--strict"]).code, 1);
    let run = site.run(&["entities", "lint", "--json"]);
    let first = run.stdout.lines().next().unwrap();
    let value: serde_json::Value = serde_json::from_str(first).unwrap();
    assert_eq!(
        (&value["code"], &value["line"]),
        (&"lint/no-description".into(), &2.into())
    );
    let site = site.file(
        "content/entities/place/q.md",
        "---\nname: Q\nsameAs: nowhere\n---\n",
    );
    assert_eq!(site.run(&["entities", "lint"]).code, 1);
    assert_eq!(site.run(&["entities", "lint", "--content", "none"]).code, 2);
}

#[test]
fn files_keep_mark_line_ends_links_and_permissions() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let site = site().file("shared.yaml", b"\xef\xbb\xbf# ours\r\naccepted:\r\n");
    let shared = site.path("content/shared.yaml");
    fs::rename(site.path("shared.yaml"), &shared).unwrap();
    symlink("../shared.yaml", site.path(DECISIONS)).unwrap();
    fs::set_permissions(&shared, fs::Permissions::from_mode(0o640)).unwrap();
    let (_site, run) = apply(
        site,
        "{\"action\":\"accept\",\"name\":\"Jane Miller\",\"kind\":\"person\"}\n",
    );
    ok(&run);
    let bytes = fs::read(&shared).unwrap();
    assert_eq!(
        String::from_utf8_lossy(&bytes),
        "\u{feff}# ours\r\naccepted:\r\n  - {name: Jane Miller, kind: person}\r\n"
    );
    let mode = fs::metadata(&shared).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o640);
}

#[test]
fn a_broken_list_is_not_touched() {
    let broken = "accepted: [\n";
    let site = site().file(DECISIONS, broken);
    let (site, run) = apply(
        site,
        "{\"action\":\"accept\",\"name\":\"Jane Miller\",\"kind\":\"person\"}\n",
    );
    assert_eq!(run.code, 2);
    assert!(
        run.stderr.contains("entities/decisions.yaml"),
        "{}",
        run.stderr
    );
    assert_eq!(read(&site, DECISIONS), broken);
}

#[test]
fn what_commands_wrote_is_taken_back() {
    let site = site();
    let before = site.files("content");
    ok(&site.run(&[
        "entities",
        "rename",
        "port-agency",
        "Harbour Agency",
        "--id",
        "harbour-agency",
    ]));
    let new = site.run(&["new", "Ports under strain"]);
    let path = ok(&new).trim().to_owned();
    assert!(site.path(&path).exists());
    let list = site.run(&["undo", "--list"]);
    let steps: Vec<&str> = ok(&list).lines().collect();
    assert_eq!(steps.len(), 2, "{steps:?}");
    assert!(
        steps[0].starts_with("new Ports under strain: briefings/"),
        "{steps:?}"
    );
    assert!(
        steps[1].starts_with("entities rename port-agency Harbour Agency: "),
        "{steps:?}"
    );
    ok(&site.run(&["undo"]));
    assert!(!site.path(&path).exists());
    ok(&site.run(&["undo"]));
    let mut after = site.files("content");
    after.retain(|path, _| !path.starts_with(".dateline/"));
    assert_eq!(after, before);
    let run = site.run(&["undo"]);
    assert_eq!(ok(&run), "there is nothing to take back\n");
    site.build();
}

#[test]
fn a_half_written_step_is_not_published_and_is_taken_back() {
    let site = site();
    site.build();
    let entity = "content/entities/organisation/port-agency.md";
    let before = read(&site, entity);
    ok(&site.run(&["entities", "rename", "port-agency", "Harbour Agency"]));
    let undo = site.path("content/.dateline/undo/00000001.json");
    let step = fs::read_to_string(&undo).unwrap();
    // As if it had been killed before its second file, which somebody makes meanwhile.
    let two = step.replace(
        "\"changes\":[",
        "\"changes\":[{\"path\":\"entities/place/quay.md\",\"before\":null,\"after\":\"after\"},",
    );
    fs::remove_file(&undo).unwrap();
    fs::write(site.path("content/.dateline/pending.json"), two).unwrap();
    let run = site.run(&["build", "--quiet"]);
    assert_eq!(run.code, 1);
    assert!(run.stderr.contains("source/half-done"), "{}", run.stderr);
    let site = site.file("content/entities/place/quay.md", "mine");
    let run = site.run(&["undo"]);
    ok(&run);
    assert!(
        run.stderr.contains("was interrupted, and is taken back"),
        "{}",
        run.stderr
    );
    assert!(
        run.stderr.contains("quay.md has changed since"),
        "{}",
        run.stderr
    );
    assert_eq!(read(&site, entity), before);
    assert_eq!(read(&site, "content/entities/place/quay.md"), "mine");
}
