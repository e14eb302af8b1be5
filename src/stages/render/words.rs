//! Dates, kinds and reasons in words.

use jiff::civil::Date;

use crate::model::{
    entity::{EntityKind, EntityState},
    time::{Precision, TimeValue},
};

/// `21 July 2024`
pub(super) fn day(date: Date) -> String {
    date.strftime("%-d %B %Y").to_string()
}

/// A time in words, no more exact than the text gave it.
pub(super) fn time(value: TimeValue) -> String {
    let (first, last) = (value.first, value.last);
    let text = match value.precision {
        Precision::Day if first == last => day(first),
        Precision::Day if (first.year(), first.month()) == (last.year(), last.month()) => {
            format!("{}\u{2013}{}", first.day(), day(last))
        }
        Precision::Day => format!("{} to {}", day(first), day(last)),
        Precision::Week => format!("week of {}", day(first)),
        Precision::Month if value.is_range() => format!("{} to {}", month(first), month(last)),
        Precision::Month => month(first),
        Precision::Season => format!("{} {}", season(first), first.year()),
        Precision::Quarter if value.is_range() => {
            format!("{} to {}", quarter(first), quarter(last))
        }
        Precision::Quarter => quarter(first),
        Precision::Half if value.is_range() => format!("{} to {}", half(first), half(last)),
        Precision::Half => half(first),
        Precision::Year if value.is_range() => format!("{} to {}", first.year(), last.year()),
        Precision::Year => first.year().to_string(),
        Precision::Decade if value.is_range() => {
            format!("{}s to {}s", first.year(), last.year() / 10 * 10)
        }
        Precision::Decade => format!("{}s", first.year()),
        Precision::Century if value.is_range() => {
            format!("{} to {}", century(first), century(last))
        }
        Precision::Century => century(first),
    };
    if value.approximate {
        format!("around {text}")
    } else {
        text
    }
}

/// `July 2024`
pub(super) fn month(date: Date) -> String {
    date.strftime("%B %Y").to_string()
}

/// `second quarter of 2024`
fn quarter(date: Date) -> String {
    const ORDINALS: [&str; 4] = ["first", "second", "third", "fourth"];
    let n = usize::try_from((date.month() - 1) / 3).unwrap_or_default();
    format!("{} quarter of {}", ORDINALS[n % 4], date.year())
}

/// `first half of 2024`
fn half(date: Date) -> String {
    let which = if date.month() <= 6 { "first" } else { "second" };
    format!("{which} half of {}", date.year())
}

/// `21st century`
fn century(date: Date) -> String {
    let n = date.year() / 100 + 1;
    let ending = match (n % 10, n % 100) {
        (_, 11..=13) => "th",
        (1, _) => "st",
        (2, _) => "nd",
        (3, _) => "rd",
        _ => "th",
    };
    format!("{n}{ending} century")
}

fn season(first: Date) -> &'static str {
    match first.month() {
        3 => "spring",
        6 => "summer",
        9 => "autumn",
        _ => "winter",
    }
}

/// The kind as a heading over one.
pub(super) fn kind_label(kind: EntityKind) -> &'static str {
    match kind {
        EntityKind::Person => "Person",
        EntityKind::Organisation => "Organisation",
        EntityKind::Place => "Place",
        EntityKind::Event => "Event",
    }
}

/// The kind as a heading over several.
pub(super) fn kinds_label(kind: EntityKind) -> &'static str {
    match kind {
        EntityKind::Person => "People",
        EntityKind::Organisation => "Organisations",
        EntityKind::Place => "Places",
        EntityKind::Event => "Events",
    }
}

/// Who vouches for an entity.
pub(super) fn state(state: EntityState) -> &'static str {
    match state {
        EntityState::Confirmed => "Confirmed by the editors",
        EntityState::Detected => "Detected by the program, not checked by an editor",
    }
}

/// A language by its BCP 47 tag; the tag itself where it is not known.
pub(super) fn language(tag: &str) -> &str {
    match tag.split('-').next().unwrap_or(tag) {
        "en" => "English",
        "fr" => "French",
        "de" => "German",
        "es" => "Spanish",
        "ru" => "Russian",
        _ => tag,
    }
}

/// "A", "A and B", "A, B and C".
pub(super) fn list(items: &[&str]) -> String {
    match items {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

/// Languages that are written from right to left, unless their tag names another script.
const RIGHT_TO_LEFT: [&str; 12] = [
    "ar", "arc", "ckb", "dv", "fa", "he", "iw", "ps", "sd", "ug", "ur", "yi",
];
/// Scripts that are written from right to left, whatever the language.
const RIGHT_TO_LEFT_SCRIPTS: [&str; 6] = ["adlm", "arab", "hebr", "nkoo", "syrc", "thaa"];

/// The direction in which a BCP 47 language is written, as HTML's `dir` has it.
pub(super) fn direction(language: &str) -> &'static str {
    let language = language.to_ascii_lowercase();
    let mut parts = language.split(['-', '_']);
    let first = parts.next().unwrap_or_default();
    let script = parts.find(|part| part.len() == 4);
    let is_rtl = match script {
        Some(script) => RIGHT_TO_LEFT_SCRIPTS.contains(&script),
        None => RIGHT_TO_LEFT.contains(&first),
    };
    if is_rtl { "rtl" } else { "ltr" }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn a_script_outranks_its_language() {
        for language in ["ar", "he-IL", "fa", "ur-PK", "az-Arab", "pa_Arab_PK"] {
            assert_eq!(direction(language), "rtl", "{language}");
        }
        for language in ["en", "en-GB", "fr", "ar-Latn", "az", ""] {
            assert_eq!(direction(language), "ltr", "{language}");
        }
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
        assert_eq!(time(month), "March 2024");
        assert_eq!(
            time(TimeValue {
                approximate: true,
                ..month
            }),
            "around March 2024"
        );
        assert_eq!(
            time(value(date(2024, 5, 3), date(2024, 5, 5), Precision::Day)),
            "3\u{2013}5 May 2024"
        );
        assert_eq!(
            time(value(
                date(2023, 12, 1),
                date(2024, 2, 29),
                Precision::Season
            )),
            "winter 2023"
        );
        let quarter = value(date(2024, 4, 1), date(2024, 6, 30), Precision::Quarter);
        assert_eq!(time(quarter), "second quarter of 2024");
        let half = value(date(2023, 1, 1), date(2023, 6, 30), Precision::Half);
        assert_eq!(time(half), "first half of 2023");
        let century = value(date(2000, 1, 1), date(2099, 12, 31), Precision::Century);
        assert_eq!(time(century), "21st century");
    }
}
