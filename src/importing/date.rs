//! Dates as other programs and web pages write them.

use jiff::{Timestamp, ZonedDateTime, civil, fmt::rfc2822};

use crate::{
    model::{span::Span, time::Precision},
    stages::extract::{plain, time, token},
};

/// A day, or a moment where a time of day was given; as front matter takes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// The day.
    pub day: civil::Date,
    /// `2024-07-21`, or `2024-07-21T18:30:00+02:00`.
    pub text: String,
}

impl From<civil::Date> for Written {
    fn from(day: civil::Date) -> Self {
        let text = day.to_string();
        Self { day, text }
    }
}

/// Forms of machines and of front matter, tried in turn. A midnight without more is a day.
const WITH_ZONE: [&str; 4] = [
    "%Y-%m-%d %H:%M:%S %z",
    "%Y-%m-%d %H:%M:%S %:z",
    "%Y-%m-%d %H:%M %z",
    "%Y-%m-%dT%H:%M:%S%z",
];
const WITH_TIME: [&str; 6] = [
    "%Y-%m-%dT%H:%M:%S%.f",
    "%Y-%m-%d %H:%M:%S%.f",
    "%Y-%m-%dT%H:%M",
    "%Y-%m-%d %H:%M",
    "%Y/%m/%d %H:%M:%S",
    "%Y/%m/%d %H:%M",
];
const DAYS: [&str; 8] = [
    "%Y-%m-%d",
    "%Y/%m/%d",
    "%Y.%m.%d",
    "%Y%m%d",
    "%b %d, %Y",
    "%b %d %Y",
    "%d %b %Y",
    "%B %d, %Y",
];

/// Reads a date as metadata has it; `None` where it is none, or where day and month may be
/// confused.
#[must_use]
pub fn metadata(written: &str) -> Option<Written> {
    let written = written.trim();
    if let Ok(instant) = written.parse::<Timestamp>() {
        // The offset as written says which day it was there; where there is none it is UTC.
        let day: Option<civil::Date> = written.get(..10).and_then(|day| day.parse().ok());
        let day = day.unwrap_or_else(|| jiff::tz::TimeZone::UTC.to_datetime(instant).date());
        if is_midnight(written) {
            return Some(day.into());
        }
        let text = written.replacen(' ', "T", 1);
        return Some(Written { day, text });
    }
    for format in WITH_ZONE {
        if let Ok(zoned) = ZonedDateTime::strptime(format, written) {
            return Some(moment(&zoned));
        }
    }
    for format in WITH_TIME {
        if let Ok(time) = civil::DateTime::strptime(format, written) {
            let day = time.date();
            if time.time() == civil::Time::midnight() {
                return Some(day.into());
            }
            let text = format!("{}Z", time.strftime("%Y-%m-%dT%H:%M:%S"));
            return Some(Written { day, text });
        }
    }
    for format in DAYS {
        if let Ok(day) = civil::Date::strptime(format, written) {
            return Some(day.into());
        }
    }
    if let Ok(zoned) = rfc2822::parse(written) {
        return Some(moment(&zoned));
    }
    in_words(written, "en").map(|(day, _)| day.into())
}

/// Midnight, as programs write a day into a field for moments.
fn is_midnight(written: &str) -> bool {
    let time = written.get(11..19);
    time.is_some_and(|time| time == "00:00:00")
}

fn moment(zoned: &ZonedDateTime) -> Written {
    let day = zoned.date();
    if zoned.time() == civil::Time::midnight() {
        return day.into();
    }
    let text = zoned.strftime("%Y-%m-%dT%H:%M:%S%:z").to_string();
    Written { day, text }
}

/// The first day in a line of words that says its year, with its place in the line. The words are
/// those that the text's own dates are read by.
#[must_use]
pub fn in_words(line: &str, language: &str) -> Option<(civil::Date, Span)> {
    let document = plain::document(line);
    let words = token::tokens(&document).words;
    // A day that does not depend on the day it counts from says its own year.
    let anchors = [civil::date(1904, 2, 3), civil::date(1957, 11, 23)];
    let [first, second] =
        anchors.map(|anchor| time::expressions(&document, &words, anchor, language));
    let days = first.into_iter().filter(|time| {
        time.value.precision == Precision::Day
            && !time.value.is_range()
            && !time.value.approximate
            && second.contains(time)
    });
    let mut days = days.map(|time| (time.value.first, time.span));
    days.next()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(written: &str) -> Option<String> {
        metadata(written).map(|date| date.text)
    }

    #[test]
    fn reads_what_programs_write() {
        for (written, expected) in [
            ("2024-07-21", "2024-07-21"),
            ("2024-07-21T00:00:00Z", "2024-07-21"),
            ("2024-07-21T18:30:00+02:00", "2024-07-21T18:30:00+02:00"),
            ("2024-07-21 18:30:00 +0200", "2024-07-21T18:30:00+02:00"),
            ("2024-07-21 00:00:00 -0500", "2024-07-21"),
            ("2024-07-21 18:30", "2024-07-21T18:30:00Z"),
            ("2024/07/21", "2024-07-21"),
            ("Jul 08 2022", "2022-07-08"),
            ("July 8, 2022", "2022-07-08"),
            (
                "Wed, 21 Feb 2024 09:15:00 +0000",
                "2024-02-21T09:15:00+00:00",
            ),
        ] {
            assert_eq!(read(written).as_deref(), Some(expected), "{written}");
        }
        for written in ["", "soon", "2024", "2024-02-30", "July 19"] {
            assert_eq!(read(written), None, "{written}");
        }
    }

    #[test]
    fn finds_days_in_words() {
        let day = |line: &str, language: &str| in_words(line, language).map(|(day, _)| day);
        let expected = Some(civil::date(2024, 7, 21));
        assert_eq!(day("By Jane Miller July 21, 2024", "en"), expected);
        assert_eq!(day("Sunday 21 July 2024, 10:30", "en"), expected);
        assert_eq!(day("Publié le 21 juillet 2024", "fr"), expected);
        assert_eq!(day("Reuters on July 19 reported", "en"), None);
        assert_eq!(day("In July 2024", "en"), None);
    }
}
