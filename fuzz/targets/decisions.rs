//! What editors write: decisions, suppressed names, remembered addresses; and decisions at work.
#![no_main]

use dateline::{model::source::Sources, stages::parse};
use dateline_fuzz::{article, check_problems, file, linked, text};
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
    let (_, linked) = linked(&sources);
    for problem in linked
        .problems
        .iter()
        .filter(|problem| problem.path == "entities/decisions.yaml")
    {
        check_problems(&yaml, std::slice::from_ref(problem));
    }
});
