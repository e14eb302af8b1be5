//! The output does not depend on the order in which files came to the disk, nor on the number of
//! threads.

use std::{collections::BTreeMap, fs};

use camino::Utf8PathBuf;
use dateline::pipeline::{self, Options};
use proptest::prelude::*;

use crate::site::TestSite;

const SENTENCES: [&str; 12] = [
    "The Port Agency (PA) met in Paris on Friday.",
    "Jane Miller, a rail expert, told Reuters that Paris was ready.",
    "\"It will be late,\" Miller said.",
    "In March 2024 gunmen attacked Riverside Concert Hall in Moscow.",
    "The PA warned two months before the Riverside Concert Hall attack.",
    "Interior Minister Gerald Example spoke of the Lyon Summit.",
    "French police held two Tajiks last year.",
    "The Ministry of the Interior and the Port Authority (PA) disagree.",
    "See [[harbour-watch]] and [[Harbour Watch|them]].",
    "Washington denied it; Springfield did not.",
    "| When | Who |\n|---|---|\n| 7 March | Harbour Watch |",
    "> [!NOTE]\n> The Danube rose in spring 2023.",
];

/// Articles: a name, a day of July, and sentences.
pub(crate) fn corpus() -> impl Strategy<Value = Vec<(String, u8, Vec<usize>)>> {
    let article = (
        "[a-e]{1,3}",
        1..29u8,
        proptest::collection::vec(0..SENTENCES.len(), 1..6),
    );
    proptest::collection::vec(article, 1..9)
}

/// The site's files, by path, built from `files` written in the order given.
fn build(files: &[(String, String)], threads: usize) -> BTreeMap<Utf8PathBuf, Vec<u8>> {
    let mut site = TestSite::new();
    for (path, text) in files {
        site = site.file(path, text);
    }
    let content = Utf8PathBuf::from_path_buf(site.path("content")).unwrap();
    let templates = content.join("../templates");
    let now = "2024-09-01T00:00:00Z".parse().unwrap();
    let options = Options::at(content, templates, now);
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(threads)
        .build()
        .unwrap();
    let (built, files) = pool
        .install(|| pipeline::files(&options, &pipeline::silent))
        .unwrap();
    assert!(!files.is_empty(), "{:?}", built.problems);
    files
        .into_iter()
        .map(|file| (file.path, file.bytes))
        .collect()
}

/// Their files, and a registry.
pub(crate) fn files(corpus: &[(String, u8, Vec<usize>)]) -> Vec<(String, String)> {
    let article = |(n, (name, day, sentences)): (usize, &(String, u8, Vec<usize>))| {
        let text: Vec<&str> = sentences.iter().map(|s| SENTENCES[*s]).collect();
        (
            format!("content/briefings/{name}-{n}.md"),
            format!(
                "---\ntitle: On {name}\ndate: 2024-07-{day:02}\ntags: [{name}]\n---\n\n{}\n",
                text.join("\n\n")
            ),
        )
    };
    let mut files: Vec<(String, String)> = corpus.iter().enumerate().map(article).collect();
    files.push((
        "content/entities/organisation/harbour-watch.md".to_owned(),
        "---\nname: Harbour Watch\n---\nIt watches [[Port Agency]].\n".to_owned(),
    ));
    files.push((
        "content/entities/organisation/port-agency.md".to_owned(),
        "---\nname: Port Agency\n---\n".to_owned(),
    ));
    files
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(16))]
    #[test]
    fn any_order_and_any_number_of_threads_give_the_same_bytes(
        (ordered, shuffled) in corpus().prop_map(|c| files(&c)).prop_flat_map(|files| {
            (Just(files.clone()), Just(files).prop_shuffle())
        }),
        threads in 2..6usize,
    ) {
        let one = build(&ordered, 1);
        let many = build(&shuffled, threads);
        prop_assert!(one == many, "the outputs differ");
    }
}

#[test]
fn a_folder_read_twice_gives_the_same_manifest() {
    let site = TestSite::new().article("a.md", "Paris met Moscow on Friday.");
    site.build();
    let first = fs::read(site.path("public/manifest.json")).unwrap();
    fs::remove_dir_all(site.path("public")).unwrap();
    site.build();
    assert_eq!(fs::read(site.path("public/manifest.json")).unwrap(), first);
}
