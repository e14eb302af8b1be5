//! What editors write: decisions, suppressed names, remembered addresses; and decisions at work.
#![no_main]

use camino::Utf8PathBuf;
use dateline::{
    model::source::Sources,
    pipeline::{self, Options},
    stages::parse,
};
use dateline_fuzz::{article, check_problems, file, text};
use jiff::Timestamp;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let Some(yaml) = text(bytes) else { return };
    let decisions = file("entities/decisions.yaml", &yaml);
    let (_, problems) = parse::decisions(&decisions);
    check_problems(&yaml, &problems);
    let (_, problems) = parse::suppressed(&decisions);
    check_problems(&yaml, &problems);
    let (_, problems) = parse::addresses(&decisions);
    check_problems(&yaml, &problems);
    let words = "Ann Lee met Kaya Tor of the Harbour Watch in Paris. Lee spoke.\n";
    let sources = Sources {
        articles: vec![file("briefings/a.md", &article(words))],
        entities: vec![file(
            "entities/person/ann.md",
            "---\nname: Ann Lee\naliases: [Lee]\n---\n",
        )],
        suppress: Some(decisions.clone()),
        addresses: Some(decisions.clone()),
        decisions: Some(decisions),
        ..Sources::default()
    };
    let options = Options::at(
        Utf8PathBuf::from("content"),
        Utf8PathBuf::from("templates"),
        Timestamp::UNIX_EPOCH,
    );
    let parsed = pipeline::parse(&sources, &options, &pipeline::silent);
    let linked = pipeline::link(&parsed, &sources, &pipeline::silent).expect("links");
    for problem in linked
        .problems
        .iter()
        .filter(|problem| problem.path == "entities/decisions.yaml")
    {
        check_problems(&yaml, std::slice::from_ref(problem));
    }
});
