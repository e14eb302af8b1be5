//! `events.ics`: the registry's events with a date, as a calendar (RFC 5545).

use jiff::{ToSpan, civil::Date};

use super::entity_url;
use crate::{
    model::{catalogue::EntityKey, entity::EntityKind},
    stages::render::site::Site,
};

/// The calendar. An event without a date is in none.
pub(super) fn events(site: &Site<'_>) -> String {
    let mut lines = vec![
        "BEGIN:VCALENDAR".to_owned(),
        "VERSION:2.0".to_owned(),
        "PRODID:-//Dateline//Dateline//EN".to_owned(),
        format!("X-WR-CALNAME:{}", escape(&site.corpus.config.title)),
    ];
    for entity in &site.corpus.catalogue.entities {
        let EntityKey::Registry(id) = &entity.key else {
            continue;
        };
        let dated = site.corpus.kb.get(id).and_then(|r| Some((r, r.start?)));
        let Some((registered, start)) = dated.filter(|_| entity.kind == EntityKind::Event) else {
            continue;
        };
        let url = entity_url(site, entity);
        // The end is the day after the last.
        let last = registered.end.unwrap_or(start);
        let end = last.checked_add(1.day()).unwrap_or(last);
        lines.extend([
            "BEGIN:VEVENT".to_owned(),
            format!("UID:{url}"),
            // The same content gives the same bytes: no clock is read.
            format!("DTSTAMP:{}T000000Z", day(start)),
            format!("DTSTART;VALUE=DATE:{}", day(start)),
            format!("DTEND;VALUE=DATE:{}", day(end)),
            format!("SUMMARY:{}", escape(&entity.name)),
            format!("URL:{url}"),
        ]);
        let description = registered.description.iter();
        lines.extend(description.map(|text| format!("DESCRIPTION:{}", escape(text))));
        lines.push("END:VEVENT".to_owned());
    }
    lines.push("END:VCALENDAR".to_owned());
    lines.iter().map(|line| folded(line)).collect()
}

fn day(date: Date) -> String {
    date.strftime("%Y%m%d").to_string()
}

fn escape(text: &str) -> String {
    text.replace('\\', "\\\\")
        .replace(';', "\\;")
        .replace(',', "\\,")
        .replace('\n', "\\n")
        .replace('\r', "")
}

/// A line of at most 75 bytes; what is longer goes on in the next, after a space.
fn folded(line: &str) -> String {
    let mut out = String::with_capacity(line.len() + 8);
    let mut length = 0;
    for c in line.chars() {
        if length + c.len_utf8() > 75 {
            out.push_str("\r\n ");
            length = 1;
        }
        out.push(c);
        length += c.len_utf8();
    }
    out + "\r\n"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_lines_are_folded() {
        let line = "é".repeat(100);
        let folded = folded(&line);
        assert!(folded.split("\r\n").all(|part| part.len() <= 75));
        assert_eq!(folded.replace("\r\n ", ""), line + "\r\n");
    }

    #[test]
    fn signs_are_escaped() {
        assert_eq!(escape("a, b; c\\d\ne"), "a\\, b\\; c\\\\d\\ne");
    }
}
