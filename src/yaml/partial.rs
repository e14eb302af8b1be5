//! Days, months and years, as exact as they are known.

use jiff::civil::Date;

use super::Fields;
use crate::{
    diagnostic::Code,
    model::{
        span::Span,
        time::{Precision, TimeValue},
    },
};

impl Fields<'_> {
    /// Takes a day, a month or a year: `2017-05-14`, `2017-05`, `2017`. Gives its place as well.
    pub fn partial_date(&mut self, key: &'static str) -> Option<(TimeValue, Span)> {
        let (text, span) = self.text_at(key)?;
        let value = partial(text.trim());
        if value.is_none() {
            let message = format!("`{}` is not a day, month or year", text.trim());
            let hint = "write it as 2017-05-14, 2017-05 or 2017";
            self.problem(Code::YamlBadDate, span, message, hint);
        }
        Some((value?, span))
    }
}

fn partial(text: &str) -> Option<TimeValue> {
    let digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit() || b == b'-');
    if !digits(text) {
        return None;
    }
    let day = |text: &str| text.parse::<Date>().ok();
    let (first, last, precision) = match text.len() {
        10 => (day(text)?, day(text)?, Precision::Day),
        7 => {
            let first = day(&format!("{text}-01"))?;
            (first, first.last_of_month(), Precision::Month)
        }
        4 => {
            let first = day(&format!("{text}-01-01"))?;
            (first, first.last_of_year(), Precision::Year)
        }
        _ => return None,
    };
    Some(TimeValue {
        first,
        last,
        precision,
        approximate: false,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_as_exact_as_they_are_written() {
        let read =
            |text: &str| partial(text).map(|value| (value.to_string(), value.last.to_string()));
        let is = |text: &str, last: &str| Some((text.to_owned(), last.to_owned()));
        assert_eq!(read("2017-05-14"), is("2017-05-14", "2017-05-14"));
        assert_eq!(read("2017-02"), is("2017-02", "2017-02-28"));
        assert_eq!(read("2017"), is("2017", "2017-12-31"));
        for wrong in [
            "",
            "17",
            "2017-13",
            "2017-02-30",
            "May 2017",
            "2017/05",
            "2017-5",
        ] {
            assert_eq!(read(wrong), None, "{wrong}");
        }
    }
}
