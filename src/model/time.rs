//! Dates, as exact as the text gave them and no more.

use std::fmt;

use jiff::civil::Date;

use super::span::Span;

/// How exact a date is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Precision {
    /// A century, `20XX`.
    Century,
    /// A decade, `199X`.
    Decade,
    /// A year, `2024`.
    Year,
    /// Half a year, `2024-40` and `2024-41`.
    Half,
    /// A quarter, `2024-33` to `2024-36`.
    Quarter,
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
    /// `2024-21` (spring), `2024-33` (first quarter), `199X`, `2024-06~`, `2019/2021`.
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
        self.precision == Precision::Week || self.point(self.first) != self.point(self.last)
    }

    /// The day, month, quarter … that holds `date`, in this value's precision.
    fn point(&self, date: Date) -> String {
        let (year, month) = (date.year(), date.month());
        match self.precision {
            Precision::Day | Precision::Week => date.to_string(),
            Precision::Month => format!("{year:04}-{month:02}"),
            Precision::Quarter => format!("{year:04}-{}", 33 + (month - 1) / 3),
            Precision::Half => format!("{year:04}-{}", 40 + (month - 1) / 6),
            Precision::Season => {
                let (year, season) = season_of(date);
                format!("{year:04}-{season}")
            }
            Precision::Year => format!("{year:04}"),
            Precision::Decade => format!("{:03}X", year / 10),
            Precision::Century => format!("{:02}XX", year / 100),
        }
    }
}

/// The season that holds a day, and its year: January is of the winter that began the year before.
fn season_of(date: Date) -> (i16, i8) {
    match date.month() {
        3..=5 => (date.year(), 21),
        6..=8 => (date.year(), 22),
        9..=11 => (date.year(), 23),
        12 => (date.year(), 24),
        _ => (date.year() - 1, 24),
    }
}
