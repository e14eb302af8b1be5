//! Dates, as exact as the text gave them and no more.

use std::fmt;

use jiff::civil::Date;

use super::span::Span;

/// How exact a date is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Precision {
    /// A decade, `199X`.
    Decade,
    /// A year, `2024`.
    Year,
    /// A season, `2024-21` (spring) to `2024-24` (winter).
    Season,
    /// A month, `2024-03`.
    Month,
    /// A week: shown as the range of its days.
    Week,
    /// A day, `2024-07-19`.
    Day,
}

/// A date or a range of dates, with its precision. `first..=last` are the days that it covers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TimeValue {
    /// First day covered.
    pub first: Date,
    /// Last day covered.
    pub last: Date,
    /// How exact the text was.
    pub precision: Precision,
    /// True for "about", "early", "around": EDTF's `~`.
    pub approximate: bool,
}

/// A time expression found in an article's text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TimeExpression {
    /// Where, in the document's text.
    pub span: Span,
    /// What it means.
    pub value: TimeValue,
}

impl fmt::Display for TimeValue {
    /// ISO 8601, where it has a form for it, else EDTF (ISO 8601-2): `2024-07-19`, `2024-03`,
    /// `2024-21` (spring), `199X`, `2024-06~`, `2019/2021`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (first, last) = (self.point(self.first), self.point(self.last));
        let mark = if self.approximate { "~" } else { "" };
        match self.is_range() {
            true => write!(f, "{first}{mark}/{last}{mark}"),
            false => write!(f, "{first}{mark}"),
        }
    }
}

impl TimeValue {
    /// True where it has two ends in its own precision.
    #[must_use]
    pub fn is_range(&self) -> bool {
        let (first, last) = (self.first, self.last);
        match self.precision {
            Precision::Day => first != last,
            Precision::Week => true,
            Precision::Month => (first.year(), first.month()) != (last.year(), last.month()),
            Precision::Year => first.year() != last.year(),
            Precision::Season | Precision::Decade => false,
        }
    }

    /// One end, in its precision.
    fn point(&self, date: Date) -> String {
        match self.precision {
            Precision::Day | Precision::Week => date.to_string(),
            Precision::Month => format!("{:04}-{:02}", date.year(), date.month()),
            Precision::Season => {
                let season = match self.first.month() {
                    3 => 21,
                    6 => 22,
                    9 => 23,
                    _ => 24,
                };
                format!("{:04}-{season}", self.first.year())
            }
            Precision::Year => format!("{:04}", date.year()),
            Precision::Decade => format!("{:03}X", date.year() / 10),
        }
    }
}
