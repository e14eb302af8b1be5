//! Dates, as exact as the text gave them and no more.

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
