//! The head of a file: an article's, a page's, a registry entity's and the site's settings.
#![no_main]

use dateline::{config, stages::parse};
use dateline_fuzz::{check_problems, file, text};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let Some(yaml) = text(bytes) else { return };
    let head = format!("---\n{yaml}\n---\nWords.\n");
    let options = parse::ParseOptions::default();
    let (_, problems) = parse::article(&file("briefings/a.md", &head), &options);
    check_problems(&head, &problems);
    let (_, problems) = parse::page(&file("pages/a.md", &head), &options);
    check_problems(&head, &problems);
    let (_, problems) = parse::entity(&file("entities/person/a.md", &head), &options);
    check_problems(&head, &problems);
    let (_, problems) = config::parse(Some(&file("site.yaml", &yaml)));
    check_problems(&yaml, &problems);
});
