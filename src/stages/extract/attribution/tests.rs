use proptest::prelude::*;

use crate::stages::extract::testing::extract;

fn check(text: &str, expected: &[&str]) {
    let (_, extraction) = extract("en", text);
    let labels: Vec<&str> = extraction
        .attributions
        .iter()
        .map(|attribution| attribution.label.as_str())
        .collect();
    assert_eq!(labels, expected, "{text}");
}

#[test]
fn those_who_say() {
    check("The men fled, prosecutors said.", &["prosecutors"]);
    check(
        "The attacks that authorities say were planned failed.",
        &["authorities"],
    );
    check(
        "Two senior officials told Reuters that it failed.",
        &["senior officials", "Reuters"],
    );
    check(
        "The US officials have also confirmed it.",
        &["US officials"],
    );
    check("Police said on Friday that it failed.", &["police"]);
    check("State media reported the launch.", &["state media"]);
    check(
        "A spokesman for the Port Agency said it failed.",
        &["spokesman for the Port Agency"],
    );
    check(
        "People familiar with the matter said it failed.",
        &["people familiar with the matter"],
    );
    check("Reuters on July 19 reported that it failed.", &["Reuters"]);
    check(
        "Jane Miller, a French academic who has advised them, told us so.",
        &["Jane Miller"],
    );
}

#[test]
fn those_who_are_referred_to() {
    check("The men fled, according to two witnesses.", &["witnesses"]);
    check(
        "The risk is said by experts to come from Syria.",
        &["experts"],
    );
    check(
        "It was said by sources spoken to by Reuters to be small.",
        &["sources", "Reuters"],
    );
    check(
        "The paper, citing local residents, called it small.",
        &["local residents"],
    );
    check("\"It failed,\" said investigators.", &["investigators"]);
    check("It failed, according to the Port Agency.", &["Port Agency"]);
}

#[test]
fn those_who_are_told_about() {
    check("Gunmen attacked officials and experts in Kabul.", &[]);
    check("Prosecutors charged seven men.", &[]);
    check("The lawyer of Jane Miller said so.", &[]);
    check("They told officials that it failed.", &[]);
    check("Experts from many countries will meet.", &[]);
    check("The Port Agency claimed responsibility.", &[]);
}

fn pieces() -> impl Strategy<Value = String> {
    prop::collection::vec(prop::sample::select(PIECES), 0..30).prop_map(|words| words.join(" "))
}

const PIECES: &[&str] = &[
    "officials",
    "prosecutors",
    "Two",
    "senior",
    "people",
    "familiar with",
    "the",
    "matter",
    "said",
    "told",
    "says",
    "according to",
    "According",
    "by",
    "Reuters",
    "Jane Miller",
    "Miller",
    "minister",
    "a spokesman for",
    "Port Agency",
    "the agency",
    "he",
    "She",
    "who",
    "asked",
    "called it",
    "and",
    "of",
    ",",
    ".",
    "?",
    ":",
    "“",
    "”",
    "\"",
    "'",
    "‘",
    "’",
    "«",
    "»",
    "„",
    "\n\n",
    "attack on",
    "Kabul",
    "Paris",
    "Olympics",
    "bombing",
    "Operation",
    "summit",
    "in",
    "2024",
    "two months before",
    "last week",
    "Said",
    "é",
    "中",
    "state media",
    "(",
    ")",
    "`code`",
];

proptest! {
    #[test]
    fn any_text_gives_spans_in_order_within_blocks(
        text in prop_oneof![pieces(), "\\PC{0,80}"],
        curly in any::<bool>(),
    ) {
        let text = if curly { text.replace('"', "\u{201d}") } else { text };
        {
            let (document, extraction) = extract("en", &text);
            let within = |span: crate::model::span::Span| {
                document.text.get(span.range()).is_some()
                    && document.blocks.iter().any(|block| block.span.contains(span))
            };
            for pair in extraction.quotations.windows(2) {
                prop_assert!(pair[0].span.end <= pair[1].span.start);
            }
            for quotation in &extraction.quotations {
                prop_assert!(within(quotation.span) && !quotation.span.is_empty());
                prop_assert!(quotation.speaker.is_none_or(|m| m < extraction.mentions.len()));
            }
            for pair in extraction.attributions.windows(2) {
                prop_assert!(pair[0].span.end <= pair[1].span.start);
            }
            for attribution in &extraction.attributions {
                prop_assert!(within(attribution.span) && !attribution.label.is_empty());
                prop_assert!(attribution.source.is_none_or(|m| m < extraction.mentions.len()));
            }
            for dated in &extraction.event_dates {
                prop_assert!(dated.mention < extraction.mentions.len());
                prop_assert!(dated.time < extraction.times.len());
            }
        }
    }
}
