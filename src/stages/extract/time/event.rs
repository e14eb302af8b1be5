//! Times that count from an event: "two months before the X attack".
//!
//! They count only where the article gives that event a date itself: "the X attack on 22 March".

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::{
    calendar::{self, Unit},
    lexicon,
};
use crate::{
    model::{
        document::Document,
        entity::EntityKind,
        extraction::{Candidate, EventDate, Mention},
        span::Span,
        time::{Precision, TimeExpression, TimeValue},
    },
    stages::extract::token::{Gap, Token},
};

/// The events that the article dates, and the times with those that count from them, in order.
pub(in crate::stages::extract) fn with_events(
    document: &Document,
    words: &[Token],
    mentions: &[Mention],
    times: Vec<TimeExpression>,
) -> (Vec<TimeExpression>, Vec<EventDate>) {
    let events = mentions
        .iter()
        .enumerate()
        .filter(|(_, mention)| mention.kind == EntityKind::Event);
    let dates: Vec<(usize, Span)> = events
        .clone()
        .filter_map(|(n, event)| Some((n, dated(document, event.span, &times)?)))
        .collect();
    let mut known: BTreeMap<&Candidate, Option<TimeValue>> = BTreeMap::new();
    for (n, span) in &dates {
        let found = times.binary_search_by_key(span, |time| time.span);
        let value = found.ok().map(|n| times[n].value);
        known
            .entry(&mentions[*n].candidate)
            // An event with two dates has none from which to count.
            .and_modify(|other| *other = other.filter(|other| Some(*other) == value))
            .or_insert(value);
    }
    let counted: Vec<TimeExpression> = events
        .filter_map(|(_, event)| {
            let value = (*known.get(&event.candidate)?)?;
            counted(document, words, event.span, value)
        })
        .filter(|new| {
            let from = times.partition_point(|time| time.span.end <= new.span.start);
            times
                .get(from)
                .is_none_or(|time| !time.span.overlaps(new.span))
        })
        .collect();
    let mut all = times;
    all.extend(counted);
    all.sort_by_key(|time| time.span);
    let place = |span: Span| all.binary_search_by_key(&span, |time| time.span).ok();
    let dated = dates
        .into_iter()
        .filter_map(|(mention, span)| {
            Some(EventDate {
                mention,
                time: place(span)?,
            })
        })
        .collect();
    (all, dated)
}

/// The time beside an event: "the X attack on 22 March", "the 2024 Paris Olympics".
fn dated(document: &Document, event: Span, times: &[TimeExpression]) -> Option<Span> {
    const LINKS: &[&str] = &["on", "in", "of", "(", "on the night of"];
    let between = |start: u32, end: u32| Span { start, end }.of(&document.text).trim();
    let from = times.partition_point(|time| time.span.end + 20 < event.start);
    let reachable = times[from..]
        .iter()
        .take_while(|time| time.span.start < event.end + 24);
    let near = reachable.into_iter().find(|time| {
        let after = time.span.start >= event.end && time.span.start - event.end < 24 && {
            let link = between(event.end, time.span.start);
            let year = link.is_empty() && time.value.precision == Precision::Year;
            LINKS.contains(&link) || year
        };
        // "The July 26 start of the Paris Olympics"
        let before = time.span.end <= event.start
            && event.start - time.span.end <= 20
            && matches!(
                between(time.span.end, event.start),
                "" | "start of the" | "opening of the" | "beginning of the"
            );
        after || before || event.contains(time.span)
    })?;
    Some(near.span)
}

/// "Two months before the X attack", as exact as its unit and the event's date.
fn counted(
    document: &Document,
    words: &[Token],
    event: Span,
    date: TimeValue,
) -> Option<TimeExpression> {
    let at = words.partition_point(|word| word.span.start < event.start);
    let word = |back: usize| {
        let token = words.get(at.checked_sub(back)?)?;
        let same = token.block == words.get(at)?.block && token.gap == Gap::Space;
        same.then(|| token.span.of(&document.text))
    };
    let article = usize::from(word(1)?.eq_ignore_ascii_case("the"));
    let sign = match word(1 + article)? {
        "before" => -1,
        "after" => 1,
        _ => return None,
    };
    let unit = lexicon::unit(word(2 + article)?)?;
    let count = lexicon::number(word(3 + article)?)?;
    let from: Date = match unit {
        Unit::Month => date.first.first_of_month(),
        _ => date.first,
    };
    let exact = match unit {
        Unit::Day | Unit::Week => date.precision == Precision::Day,
        Unit::Month => date.precision >= Precision::Month,
        _ => date.precision >= Precision::Year,
    };
    if !exact || date.is_range() || date.approximate {
        return None;
    }
    let span = Span {
        start: words.get(at.checked_sub(3 + article)?)?.span.start,
        end: event.end,
    };
    Some(TimeExpression {
        span,
        value: calendar::shifted(from, count * sign, unit)?,
    })
}

#[cfg(test)]
mod tests {
    use crate::stages::extract::testing::extract;

    /// All times of a text, and the dates of its events.
    fn check(text: &str, times: &[&str], events: &[&str]) {
        let (document, extraction) = extract("en", text);
        let value = |n: usize| extraction.times[n].value.to_string();
        let found: Vec<String> = (0..extraction.times.len()).map(value).collect();
        assert_eq!(found, times, "{text}");
        let dated: Vec<String> = extraction
            .event_dates
            .iter()
            .map(|date| {
                let name = extraction.mentions[date.mention].span.of(&document.text);
                format!("{name} {}", value(date.time))
            })
            .collect();
        assert_eq!(dated, events, "{text}");
    }

    #[test]
    fn times_count_from_an_event_that_has_a_date() {
        check(
            "The Riverside Hall attack on 22 March 2024 killed two. \
             He warned of it two months before the Riverside Hall attack.",
            &["2024-03-22", "2024-01"],
            &["Riverside Hall attack 2024-03-22"],
        );
        check(
            "He left three days after the attack on Riverside Hall. \
             The March 22, 2024 Riverside Hall attack killed two.",
            &["2024-03-25", "2024-03-22"],
            &["Riverside Hall attack 2024-03-22"],
        );
    }

    #[test]
    fn an_event_without_a_date_gives_none() {
        check(
            "He warned of it two months before the Riverside Hall attack.",
            &[],
            &[],
        );
        // A year is not exact enough for months.
        check(
            "The Riverside Hall attack of 2023 killed two. \
             He warned of it two months before the Riverside Hall attack.",
            &["2023"],
            &["Riverside Hall attack 2023"],
        );
    }
}
