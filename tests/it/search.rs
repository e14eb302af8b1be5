//! The search index through a small reader of its files, as `templates/assets/search.js` reads them.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::site::TestSite;

/// The files of an index by key, parsed.
struct Reader(BTreeMap<String, Value>);

impl Reader {
    fn of(site: &TestSite) -> Self {
        let files = site.files("public/search");
        let scripts = files.iter().filter(|(name, _)| name.ends_with(".js"));
        let read = |(name, bytes): (&String, &Vec<u8>)| {
            let key = name.trim_end_matches(".js").to_owned();
            let text = String::from_utf8(bytes.clone()).unwrap();
            let json = text
                .strip_prefix(&format!("dateline.shard(\"{key}\","))
                .and_then(|rest| rest.strip_suffix(");\n"))
                .unwrap_or_else(|| panic!("{name}: {text}"));
            (key, serde_json::from_str(json).unwrap())
        };
        Self(scripts.map(read).collect())
    }

    fn root(&self, field: &str) -> &Value {
        &self.0["root"][field]
    }

    /// The number of the file where `word` would stand.
    fn place(&self, field: &str, word: &str) -> usize {
        let bounds = self.root(field).as_array().unwrap();
        let after = bounds.partition_point(|bound| bound.as_str().unwrap() <= word);
        after.saturating_sub(1)
    }

    /// The articles that have a word: number and level.
    fn articles(&self, word: &str) -> Option<Vec<(usize, u32)>> {
        let file = format!("t{}", self.place("text", word));
        let parts: Vec<&str> = self.0.get(&file)?.as_str()?.split(' ').collect();
        let entry = parts.chunks(2).find(|entry| entry[0] == word)?;
        let (mut high, mut next, mut found) = (0, 0, Vec::new());
        for byte in entry[1].trim_start_matches('!').bytes() {
            if byte > 92 {
                high = high * 34 + u32::from(byte) - 92;
                continue;
            }
            let value = high * 56 + u32::from(byte) - 35;
            next += value / 8 + 1;
            found.push((next as usize - 1, value % 8));
            high = 0;
        }
        Some(found)
    }

    fn slugs(&self, word: &str) -> Vec<String> {
        let size = usize::try_from(self.root("perFile").as_u64().unwrap()).unwrap();
        let slug = |(number, _): (usize, u32)| {
            let row = &self.0[&format!("d{}", number / size)][number % size];
            row[1].as_str().unwrap().to_owned()
        };
        let found = self.articles(word).unwrap_or_default();
        found.into_iter().map(slug).collect()
    }

    /// Name and slug of the entities that bear a word.
    fn bearers(&self, word: &str) -> Vec<(String, String)> {
        let file = &self.0[&format!("n{}", self.place("names", word))];
        let parts: Vec<&str> = file[1].as_str().unwrap().split(' ').collect();
        let entry = parts.chunks(2).find(|entry| entry[0] == word);
        let rows = entry.into_iter().flat_map(|entry| entry[1].split(','));
        rows.map(|row| {
            let row = &file[0][row.parse::<usize>().unwrap()];
            let text = |n: usize| row[n].as_str().unwrap().to_owned();
            (text(0), text(1))
        })
        .collect()
    }

    fn bytes_of(&self, key: &str) -> usize {
        self.0[key].to_string().len()
    }
}

const NUNEZ: &str = "---\nname: Laurent Nuñez\naliases: [{name: Лоран Нуньес, match: never}, The Prefect]\n---\n\nA prefect.\n";

fn dated(title: &str, date: &str, head: &str, body: &str) -> String {
    format!("---\ntitle: {title}\ndate: {date}\n{head}---\n\n{body}\n")
}

fn sample() -> TestSite {
    TestSite::new()
        .file("content/entities/person/laurent-nunez.md", NUNEZ)
        .file(
            "content/briefings/old.md",
            dated(
                "The quay",
                "2024-01-05",
                "",
                "Ships wait at the quay, says Laurent Nuñez.",
            ),
        )
        .file(
            "content/briefings/new.md",
            dated(
                "Łódź and the strait",
                "2024-03-05",
                "summary: A ferry sank.\n",
                "A quay is built in O’Neill's harbour.",
            ),
        )
        .file(
            "content/briefings/secret.md",
            dated(
                "Kingfisher",
                "2024-02-05",
                "draft: true\n",
                "The kingfisher at the quay, says Vladimir Kingfisher.",
            ),
        )
}

#[test]
fn words_lead_to_their_articles() {
    let site = sample();
    site.build();
    let index = Reader::of(&site);
    assert_eq!(index.slugs("quay"), ["new", "old"], "newest first");
    assert_eq!(index.slugs("ships"), ["old"]);
    for folded in ["lodz", "ferry", "oneill", "neill", "strait"] {
        assert_eq!(index.slugs(folded), ["new"], "{folded}");
    }
    assert!(index.articles("ship").is_none(), "a beginning is no word");
    let found = index.articles("quay").unwrap();
    assert!(found[1].1 > found[0].1, "the title weighs more: {found:?}");
}

#[test]
fn names_lead_to_their_entities_in_any_spelling() {
    let site = sample();
    site.build();
    let index = Reader::of(&site);
    let nunez = [("Laurent Nuñez".to_owned(), "laurent-nunez".to_owned())];
    for word in ["nunez", "laurent", "нуньес", "prefect", "nun*", "n*"] {
        assert_eq!(index.bearers(word), nunez, "{word}");
    }
}

#[test]
fn what_is_hidden_is_not_found() {
    let site = sample();
    site.build();
    for (name, bytes) in site.files("public/search") {
        let text = String::from_utf8(bytes).unwrap().to_lowercase();
        assert!(!text.contains("kingfisher"), "{name}");
    }
    assert_eq!(site.run(&["build", "--quiet", "--drafts"]).code, 0);
    assert_eq!(Reader::of(&site).slugs("kingfisher"), ["secret"]);
}

#[test]
fn days_are_those_of_the_articles() {
    let site = sample();
    site.build();
    // 2024-03-05, and 60 days before it (1o in base 36).
    assert_eq!(Reader::of(&site).root("days"), "2024-03-05 0 1o");
}

#[test]
fn files_stay_small_and_common_words_are_thinned() {
    let mut site = TestSite::new();
    for n in 0..300u32 {
        // Words that differ from article to article, and some that all have.
        let own: String = (0..60)
            .map(|k| {
                let number = (n * 60 + k).wrapping_mul(2_654_435_761);
                let letters = (0..7)
                    .map(|s| char::from(b'a' + u8::try_from((number >> (4 * s)) % 16).unwrap()));
                letters.chain([' ']).collect::<String>()
            })
            .collect();
        let title = if n == 7 { "The harbour" } else { "A quay" };
        let text = dated(
            title,
            "2024-03-05",
            "",
            &format!("We all see the harbour. {own}"),
        );
        site = site.file(&format!("content/briefings/a{n:03}.md"), text);
    }
    site.build();
    let index = Reader::of(&site);
    assert_eq!(index.slugs("harbour"), ["a007"], "in the title alone");
    assert_eq!(index.root("articles"), 300);
    let files = index.0.keys().filter(|key| key.starts_with('t'));
    let sizes: Vec<usize> = files.map(|key| index.bytes_of(key)).collect();
    assert!(
        sizes.len() > 3 && sizes.iter().all(|size| *size < 20_000),
        "{sizes:?}"
    );
    // Every word is in the file that the bounds name.
    for key in index.0.keys().filter(|key| key.starts_with('t')) {
        let text = index.0[key].as_str().unwrap();
        for word in text.split(' ').step_by(2) {
            assert_eq!(format!("t{}", index.place("text", word)), *key, "{word}");
        }
    }
}

#[test]
fn an_older_index_is_told_from_a_newer_one() {
    let site = sample();
    site.build();
    let version = Reader::of(&site).root("version").clone();
    site.build();
    assert_eq!(Reader::of(&site).root("version"), &version);
    let site = site.article("third.md", "Another quay.");
    site.build();
    assert_ne!(Reader::of(&site).root("version"), &version);
}
