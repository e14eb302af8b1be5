//! `[[links]]` and links of a briefing among briefings, entities, pages and hidden ones: resolved and linked.
#![no_main]

use dateline::model::source::{SourceFile, Sources};
use dateline_fuzz::{article, check_document, check_problems, file, linked, text};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let Some(body) = text(bytes) else { return };
    let written = article(&body);
    let sources = Sources {
        articles: vec![
            file(
                "briefings/2024-07-20-b.md",
                "---\ntitle: B\ndate: 2024-07-20\naliases: [/old/]\n---\n## Part\n\nAnn Lee of Paris.\n",
            ),
            file("briefings/a.md", &written),
            file(
                "briefings/secret.md",
                "---\ntitle: Secret\ndate: 2024-07-20\ndraft: true\n---\nKaya Tor.\n",
            ),
        ],
        entities: vec![
            file(
                "entities/person/ann.md",
                "---\nname: Ann Lee\naliases: [Lee, {name: Ann, match: context}]\n---\nSee [[b]].\n",
            ),
            file(
                "entities/person/kaya.md",
                "---\nname: Kaya Tor\ndraft: true\n---\n",
            ),
            file(
                "entities/place/hall.md",
                "---\nname: The Hall\ncoordinates: [55.8, 37.4]\n---\n",
            ),
        ],
        pages: vec![file(
            "pages/about.md",
            "---\ntitle: About\n---\n[A](../briefings/a.md)\n",
        )],
        ..Sources::default()
    };
    let (parsed, linked) = linked(&sources);
    for read in parsed
        .articles
        .iter()
        .filter(|read| read.path == "briefings/a.md")
    {
        check_document(&written, &read.document);
    }
    let all = sources
        .articles
        .iter()
        .chain(&sources.entities)
        .chain(&sources.pages);
    for SourceFile { path, text } in all {
        let own = parsed
            .problems
            .iter()
            .chain(&linked.problems)
            .filter(|problem| problem.path == *path);
        own.for_each(|problem| check_problems(text, std::slice::from_ref(problem)));
    }
});
