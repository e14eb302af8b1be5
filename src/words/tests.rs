use std::collections::BTreeSet;

use jiff::civil::date;

use super::*;
use crate::model::time::{Precision, TimeValue};

fn all() -> [Words; 5] {
    Language::ALL.map(|language| Words::of(language.as_str()))
}

#[test]
fn every_language_has_the_keys_and_placeholders_of_english() {
    let english = Words::default();
    let keys = |words: &Words| words.entries.keys().cloned().collect::<Vec<_>>();
    let names = |entry: &Entry| -> BTreeSet<String> {
        let texts = entry.texts().into_iter();
        texts
            .flat_map(|text| placeholders(text).map(str::to_owned).collect::<Vec<_>>())
            .collect()
    };
    for words in all() {
        let language = words.language;
        assert_eq!(keys(&words), keys(&english), "{language:?}");
        let lines = language.text().lines();
        let written = lines.filter(|line| !line.is_empty() && !line.starts_with('#'));
        assert_eq!(
            written.count(),
            words.entries.len(),
            "{language:?}: all is read"
        );
        for (key, entry) in &words.entries {
            let known = &english.entries[key];
            assert_eq!(names(entry), names(known), "{language:?}: {key}");
            match (entry, known) {
                (Entry::Text(_), Entry::Text(_)) => {}
                (Entry::List(own), Entry::List(items)) => assert_eq!(own.len(), items.len()),
                (Entry::Counted(forms), Entry::Counted(_)) => {
                    let plurals: Vec<Plural> = forms.keys().copied().collect();
                    assert_eq!(plurals, language.plurals(), "{language:?}: {key}");
                    for text in forms.values() {
                        let own: BTreeSet<&str> = placeholders(text).collect();
                        let all = names(entry);
                        assert_eq!(own, all.iter().map(String::as_str).collect(), "{key}");
                    }
                }
                _ => panic!("{language:?}: {key} is of another form than in English"),
            }
        }
    }
}

/// What no typesetter of the language would let stand, and why.
const WRONG: [(Language, &[&str]); 5] = [
    (Language::English, &["...", " - "]),
    // Before `;`, `!`, `?`, `%` and in quotation marks the space is narrow, before `:` it is not;
    // none of them breaks.
    (
        Language::French,
        &[
            "...",
            " - ",
            "\u{27}",
            " :",
            " ;",
            " !",
            " ?",
            " %",
            "« ",
            " »",
            "\u{202f}:",
            "\u{a0};",
            "\u{a0}!",
            "\u{a0}?",
            "«\u{a0}",
            "\u{a0}»",
            "“",
            "„",
        ],
    ),
    (
        Language::German,
        &["...", " - ", "\u{27}", "”", "«", "{n}%"],
    ),
    (
        Language::Spanish,
        &["...", " - ", "\u{27}", "“", "„", "{n}%"],
    ),
    (Language::Russian, &["...", " - ", "\u{27}", "“", "{n}%"]),
];

#[test]
fn texts_are_set_as_their_language_sets_them() {
    for (language, wrong) in WRONG {
        let words = Words::of(language.as_str());
        for (key, entry) in &words.entries {
            for text in entry.texts() {
                for sign in wrong {
                    assert!(
                        !text.contains(sign),
                        "{language:?}: {key} has {sign:?}: {text}"
                    );
                }
                let pairs = [('“', '”'), ('„', '“'), ('«', '»'), ('(', ')')];
                let is_even = pairs.into_iter().all(|(open, close)| {
                    language == Language::German && open == '“'
                        || text.matches(open).count() == text.matches(close).count()
                        || (open == '„' && !text.contains('„'))
                });
                assert!(is_even, "{language:?}: {key}: {text}");
            }
        }
    }
}

#[test]
fn numbers_are_written_as_the_language_writes_them() {
    let said = |text: &str| all().map(|words| words.digits(text));
    assert_eq!(
        said("1234.5"),
        [
            "1,234.5",
            "1\u{202f}234,5",
            "1.234,5",
            "1234,5",
            "1\u{a0}234,5"
        ]
    );
    assert_eq!(said("-26465")[0], "\u{2212}26,465");
    assert_eq!(said("26465")[3], "26.465");
    assert_eq!(said("999"), ["999"; 5]);
    assert_eq!(Words::of("de").number(1_234_567), "1.234.567");
    for text in ["", "-", "1e5", "1,5", "about 3", "1.2.3", ".5"] {
        assert_eq!(said(text), [text; 5]);
    }
    assert_eq!(
        Words::of("ru").count("n_briefings", 1_002),
        "1\u{a0}002 материала"
    );
}

#[test]
fn numbers_take_their_plural() {
    let russian = Words::of("ru-RU");
    for (n, expected) in [
        (1, "1 материал"),
        (2, "2 материала"),
        (5, "5 материалов"),
        (11, "11 материалов"),
        (14, "14 материалов"),
        (21, "21 материал"),
        (104, "104 материала"),
        (112, "112 материалов"),
        (0, "0 материалов"),
    ] {
        assert_eq!(russian.count("n_briefings", n), expected);
    }
    assert_eq!(Words::of("fr").count("n_briefings", 0), "0 article");
    assert_eq!(Words::of("de").count("n_briefings", 0), "0 Berichte");
    assert_eq!(Words::of("es").count("n_briefings", 1), "1 informe");
}

#[test]
fn days_are_written_as_the_language_writes_them() {
    let day = date(2026, 11, 25);
    let said = all().map(|words| words.day(day));
    let expected = [
        "25 November 2026",
        "25 novembre 2026",
        "25. November 2026",
        "25 de noviembre de 2026",
        "25 ноября 2026\u{a0}г.",
    ];
    assert_eq!(said, expected);
    assert_eq!(Words::of("fr").day(date(2026, 11, 1)), "1er novembre 2026");
    assert_eq!(Words::of("ru").month(day), "ноябрь 2026\u{a0}г.");
    assert_eq!(Words::of("ar").day(day), expected[0], "no words of its own");
}

#[test]
fn times_are_no_more_exact_than_the_text() {
    let value = |first, last, precision| TimeValue {
        first,
        last,
        precision,
        approximate: false,
    };
    let month = value(date(2024, 3, 1), date(2024, 3, 31), Precision::Month);
    let around = TimeValue {
        approximate: true,
        ..month
    };
    let days = value(date(2024, 5, 3), date(2024, 5, 5), Precision::Day);
    let months = value(date(2024, 5, 1), date(2024, 7, 31), Precision::Month);
    let winter = value(date(2023, 12, 1), date(2024, 2, 29), Precision::Season);
    let quarter = value(date(2024, 4, 1), date(2024, 6, 30), Precision::Quarter);
    let half = value(date(2023, 1, 1), date(2023, 6, 30), Precision::Half);
    let decade = value(date(1990, 1, 1), date(1999, 12, 31), Precision::Decade);
    let century = value(date(2000, 1, 1), date(2099, 12, 31), Precision::Century);
    let times = [
        month, around, days, months, winter, quarter, half, decade, century,
    ];
    let said = |language: &str| times.map(|time| Words::of(language).time(time));
    assert_eq!(
        said("en"),
        [
            "March 2024",
            "around March 2024",
            "3\u{2013}5 May 2024",
            "May 2024 to July 2024",
            "winter 2023",
            "second quarter of 2024",
            "first half of 2023",
            "1990s",
            "21st century",
        ]
    );
    assert_eq!(
        said("fr"),
        [
            "mars 2024",
            "vers mars 2024",
            "3\u{2013}5 mai 2024",
            "mai 2024 \u{2013} juillet 2024",
            "hiver 2023",
            "deuxième trimestre 2024",
            "premier semestre 2023",
            "années 1990",
            "XXIe siècle",
        ]
    );
    assert_eq!(said("de")[2], "3.\u{2013}5. Mai 2024");
    assert_eq!(said("de")[8], "21. Jahrhundert");
    assert_eq!(said("ru")[4], "зима 2023\u{a0}г.");
    assert_eq!(said("es")[8], "siglo XXI");
}

#[test]
fn names_stand_in_a_list() {
    let spanish = Words::of("es");
    for (last, expected) in [
        ("Perú", "Chad, Malí y Perú"),
        ("Irán", "Chad, Malí e Irán"),
        ("Hinojosa", "Chad, Malí e Hinojosa"),
        ("Hierro", "Chad, Malí y Hierro"),
        ("Ío", "Chad, Malí y Ío"),
    ] {
        assert_eq!(spanish.list(&["Chad", "Malí", last]), expected);
    }
    assert_eq!(Words::of("de").list(&["A", "Iran"]), "A und Iran");
    assert_eq!(Words::of("en").list(&["A", "B", "C"]), "A, B and C");
}

#[test]
fn placeholders_are_filled_once() {
    assert_eq!(
        filled("{a} and {b}", &[("a", "{b}"), ("b", "x")]),
        "{b} and x"
    );
    assert_eq!(filled("{c} {", &[("a", "x")]), "{c} {");
}
