//! A body to names, quotations, roles, sources and times, with the tagger of the program.
#![no_main]

use std::sync::LazyLock;

use dateline::{
    config::Config,
    geo::Gazetteer,
    model::{entity::RegistryEntity, extraction::Extraction},
    stages::{
        extract::{self, NameIndex, Recogniser, evidence},
        parse::{self, ParseOptions},
        resolve::{
            article::local,
            knowledge_base::{Decisions, KnowledgeBase},
        },
    },
    tagger::Tagger,
};
use dateline_fuzz::{article, check_span, file, text};
use libfuzzer_sys::fuzz_target;

static KNOWN: LazyLock<KnowledgeBase> = LazyLock::new(|| {
    let files = [
        (
            "entities/person/ann.md",
            "---\nname: Ann Lee\naliases: [Lee, {name: Ann, match: context}]\n---\n",
        ),
        (
            "entities/organisation/un.md",
            "---\nname: United Nations\naliases: [UN]\n---\n",
        ),
    ];
    let read =
        |(path, text): &(&str, &str)| parse::entity(&file(path, text), &ParseOptions::default()).0;
    let entities: Vec<RegistryEntity> = files.iter().filter_map(read).collect();
    KnowledgeBase::new(entities, Decisions::default()).0
});
static NAMES: LazyLock<Option<NameIndex>> =
    LazyLock::new(|| NameIndex::new(KNOWN.entities(), &KNOWN.decisions.accepted).ok());

fuzz_target!(|bytes: &[u8]| {
    let Some(body) = text(bytes) else { return };
    let source = file("briefings/a.md", &article(&body));
    let (Some(article), _) = parse::article(&source, &ParseOptions::default()) else {
        return;
    };
    let config = Config::default();
    let context = extract::Context {
        date: article.front.date.date,
        language: "en",
        names: NAMES.as_ref().expect("the names compile"),
        rules: &article.front.entities,
        detect: true,
        without: &config.without,
        recogniser: Tagger::shared().map(|tagger| tagger as &dyn Recogniser),
        evidence: Some(evidence::Weights::shared()),
    };
    let found = extract::article(&article.document, &context);
    check(&article.document.text, &found);
    let _ = local(&found, &KNOWN, Gazetteer::embedded(), config.min_confidence);
});

/// All places stand in the prose, and all indices in their lists.
fn check(prose: &str, found: &Extraction) {
    let mut start = 0;
    for mention in &found.mentions {
        check_span(prose, mention.span, "mention");
        check_span(prose, mention.sentence, "sentence");
        assert!(mention.span.start >= start, "mentions are in no order");
        assert!(
            (0.0..=1.0).contains(&mention.confidence),
            "{}",
            mention.confidence
        );
        start = mention.span.start;
    }
    for quotation in &found.quotations {
        check_span(prose, quotation.span, "quotation");
        assert!(quotation.speaker.is_none_or(|n| n < found.mentions.len()));
    }
    for role in &found.roles {
        check_span(prose, role.span, "role");
        assert!(role.person < found.mentions.len());
    }
    for source in &found.attributions {
        check_span(prose, source.span, "source");
        assert!(source.source.is_none_or(|n| n < found.mentions.len()));
    }
    found
        .times
        .iter()
        .for_each(|time| check_span(prose, time.span, "time"));
    found
        .sentences
        .iter()
        .for_each(|sentence| check_span(prose, *sentence, "sentence"));
}
