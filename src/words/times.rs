//! Days and times in words.

use jiff::civil::Date;

use super::{Language, Words};
use crate::model::time::{Precision, TimeValue};

impl Words {
    /// `21 July 2024`
    #[must_use]
    pub fn day(&self, date: Date) -> String {
        let day = match date.day() {
            1 => self.say("day_one"),
            day => day.to_string(),
        };
        let month = self.item("months", month_index(date));
        let year = date.year().to_string();
        self.fill("day", &[("day", &day), ("month", month), ("year", &year)])
    }

    /// `July 2024`
    #[must_use]
    pub fn month(&self, date: Date) -> String {
        let month = self.item("months_alone", month_index(date));
        self.fill(
            "month",
            &[("month", month), ("year", &date.year().to_string())],
        )
    }

    /// A time in words, no more exact than the text gave it.
    #[must_use]
    pub fn time(&self, value: TimeValue) -> String {
        let text = match value.precision {
            Precision::Day | Precision::Week => self.days(value),
            Precision::Year | Precision::Decade if value.is_range() => self.years(value),
            _ if value.is_range() && value.precision != Precision::Season => {
                let (first, last) = (self.part(value, value.first), self.part(value, value.last));
                self.fill("between", &[("first", &first), ("last", &last)])
            }
            _ => self.part(value, value.first),
        };
        match value.approximate {
            true => self.fill("around", &[("time", &text)]),
            false => text,
        }
    }

    /// From one day to another, as readers write it.
    #[must_use]
    pub fn between_days(&self, first: Date, last: Date) -> String {
        let (first, last) = (self.day(first), self.day(last));
        self.fill("between_days", &[("first", &first), ("last", &last)])
    }

    fn days(&self, value: TimeValue) -> String {
        let (first, last) = (value.first, value.last);
        if value.precision == Precision::Week {
            return self.fill("week", &[("day", &self.day(first))]);
        }
        if first == last {
            return self.day(first);
        }
        if (first.year(), first.month()) == (last.year(), last.month()) {
            let (first, last) = (first.day().to_string(), self.day(last));
            return self.fill("days_of_month", &[("first", &first), ("last", &last)]);
        }
        self.between_days(first, last)
    }

    fn years(&self, value: TimeValue) -> String {
        let (first, last) = (value.first.year(), value.last.year());
        let name = |year: i16| match value.precision {
            Precision::Decade => self.fill("decade", &[("year", &(year / 10 * 10).to_string())]),
            _ => year.to_string(),
        };
        self.fill(
            "between_years",
            &[("first", &name(first)), ("last", &name(last))],
        )
    }

    /// The month, season, quarter and so on that a day lies in.
    fn part(&self, value: TimeValue, date: Date) -> String {
        let year = date.year().to_string();
        let of_list = |key: &str, list: &str, name: &str, at: i8| {
            let item = self.item(list, usize::try_from(at).unwrap_or_default());
            self.fill(key, &[(name, item), ("year", &year)])
        };
        match value.precision {
            Precision::Month => self.month(date),
            Precision::Season => of_list("season", "seasons", "season", season(date)),
            Precision::Quarter => of_list("quarter", "quarters", "quarter", (date.month() - 1) / 3),
            Precision::Half => of_list("half", "halves", "half", (date.month() - 1) / 6),
            Precision::Decade => self.fill("decade", &[("year", &year)]),
            Precision::Century => {
                let century = numbered_century(self.language(), date.year() / 100 + 1);
                self.fill("century", &[("century", &century)])
            }
            Precision::Year | Precision::Day | Precision::Week => {
                self.fill("year", &[("year", &year)])
            }
        }
    }
}

fn month_index(date: Date) -> usize {
    usize::try_from(date.month() - 1).unwrap_or_default()
}

/// Spring, summer, autumn or winter, from 0, by the month that it begins in.
fn season(first: Date) -> i8 {
    match first.month() {
        3 => 0,
        6 => 1,
        9 => 2,
        _ => 3,
    }
}

/// A century's number as the language writes it: `21st`, `21.`, `XXI`.
fn numbered_century(language: Language, n: i16) -> String {
    match language {
        Language::English => {
            let ending = match (n % 10, n % 100) {
                (_, 11..=13) => "th",
                (1, _) => "st",
                (2, _) => "nd",
                (3, _) => "rd",
                _ => "th",
            };
            format!("{n}{ending}")
        }
        Language::German => format!("{n}."),
        Language::French if n == 1 => "Ier".to_owned(),
        Language::French => format!("{}e", roman(n)),
        Language::Spanish | Language::Russian => roman(n),
    }
}

fn roman(mut n: i16) -> String {
    const SIGNS: [(i16, &str); 9] = [
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ];
    let mut out = String::new();
    for (value, sign) in SIGNS {
        while n >= value {
            out.push_str(sign);
            n -= value;
        }
    }
    out
}
