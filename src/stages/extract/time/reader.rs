//! Reads one time expression at one word.

use jiff::{ToSpan, civil::Date};

use super::{
    calendar::{self, Tense},
    lexicon,
};
use crate::{
    model::{
        document::Document,
        span::Span,
        time::{TimeExpression, TimeValue},
    },
    stages::extract::token::{Gap, Token},
};

/// A place in the words.
#[derive(Debug, Clone, Copy)]
pub(super) struct Reader<'a> {
    pub(super) document: &'a Document,
    pub(super) words: &'a [Token],
    pub(super) at: usize,
    pub(super) anchor: Date,
    pub(super) english: bool,
}

/// How many words were read, and what they mean.
type Read = (usize, TimeValue);

impl<'a> Reader<'a> {
    /// The expression that starts at this word, and how many words it takes.
    pub(super) fn read(self) -> Option<(usize, TimeExpression)> {
        let (taken, value) = self.ranged()?;
        let span = Span {
            start: self.words[self.at].span.start,
            end: self.words[self.at + taken - 1].span.end,
        };
        Some((taken, TimeExpression { span, value }))
    }

    /// The `n`th word from here, of the same block.
    fn word(self, n: usize) -> &'a str {
        let (Some(here), Some(word)) = (self.words.get(self.at), self.words.get(self.at + n))
        else {
            return "";
        };
        if here.block == word.block {
            word.span.of(&self.document.text)
        } else {
            ""
        }
    }

    fn is(self, n: usize, word: &str) -> bool {
        self.word(n).eq_ignore_ascii_case(word)
    }

    fn gap(self, n: usize) -> Gap {
        self.words
            .get(self.at + n)
            .map_or(Gap::Other, |word| word.gap)
    }

    /// The text between the `n`th word and the next.
    fn between(self, n: usize) -> &'a str {
        let (Some(one), Some(two)) = (self.words.get(self.at + n), self.words.get(self.at + n + 1))
        else {
            return "";
        };
        Span {
            start: one.span.end,
            end: two.span.start,
        }
        .of(&self.document.text)
    }

    fn before(self) -> &'a str {
        let n = self.at.checked_sub(1);
        n.map_or("", |n| self.words[n].span.of(&self.document.text))
    }

    fn skip(self, n: usize) -> Self {
        Self {
            at: self.at + n,
            ..self
        }
    }

    /// "X to Y", "between X and Y", or one point.
    fn ranged(self) -> Option<Read> {
        if let Some(read) = self.day_range() {
            return Some(read);
        }
        let (taken, from) = self.point()?;
        let joined = match self.between(taken - 1).trim() {
            "\u{2013}" | "-" | "\u{2014}" => Some(0),
            "" if self.is(taken, "to") || self.is(taken, "until") || self.is(taken, "through") => {
                let opened = self.before().eq_ignore_ascii_case("from");
                (opened || from.precision >= calendar::month(2000, 1)?.precision).then_some(1)
            }
            "" if self.is(taken, "and") && self.before().eq_ignore_ascii_case("between") => Some(1),
            _ => None,
        };
        let second = joined.and_then(|gap| {
            let (more, to) = self.skip(taken + gap).point()?;
            Some((taken + gap + more, calendar::range(from, to)?))
        });
        Some(second.unwrap_or((taken, from)))
    }

    /// "3-5 May 2024", "between 3 and 5 May", "May 3-5", "2019-2021".
    fn day_range(self) -> Option<Read> {
        if let Some(read) = self.hyphenated_years() {
            return Some(read);
        }
        if let Some(read) = self.hyphenated_days() {
            return Some(read);
        }
        let (first, gap) = (lexicon::day(self.word(0)), self.range_gap(0));
        if let (Some(first), Some(gap)) = (first, gap) {
            let (taken, last) = self.skip(1 + gap).day_month()?;
            let from = Date::new(last.first.year(), last.first.month(), first).ok()?;
            return Some((1 + gap + taken, calendar::range(calendar::day(from), last)?));
        }
        let (taken, from) = self.month_day()?;
        let gap = self.range_gap(taken - 1)?;
        let last = lexicon::day(self.word(taken + gap))?;
        let to = Date::new(from.first.year(), from.first.month(), last).ok()?;
        Some((taken + gap + 1, calendar::range(from, calendar::day(to))?))
    }

    /// Words between the ends of a range, if the `n`th word is followed by one.
    fn range_gap(self, n: usize) -> Option<usize> {
        match self.between(n).trim() {
            "\u{2013}" | "-" => Some(0),
            "" if self.is(n + 1, "to") || self.is(n + 1, "and") => Some(1),
            _ => None,
        }
    }

    /// "3-5 May 2024", "May 3-5, 2024"
    fn hyphenated_days(self) -> Option<Read> {
        let ends = |n: usize| {
            let (first, last) = self.word(n).split_once(['-', '\u{2013}'])?;
            Some((lexicon::day(first)?, lexicon::day(last)?))
        };
        let (month_at, (first, last)) = match ends(0) {
            Some(days) => (1, days),
            None => (0, ends(1)?),
        };
        let month = self.month_at(month_at)?;
        let (taken, to) = self.with_year(last, month, 2, 2)?;
        let from = Date::new(to.first.year(), month, first).ok()?;
        Some((taken, calendar::range(calendar::day(from), to)?))
    }

    fn hyphenated_years(self) -> Option<Read> {
        let (first, second) = self.word(0).split_once(['-', '\u{2013}'])?;
        let from = lexicon::year(first)?;
        let to = lexicon::year(second).or_else(|| {
            let short: i16 = second.parse().ok().filter(|_| second.len() == 2)?;
            Some(from - from % 100 + short)
        })?;
        // 2024-03 is a month.
        (to > from).then(|| {
            Some((
                1,
                calendar::range(calendar::year(from)?, calendar::year(to)?)?,
            ))
        })?
    }

    /// One point or stretch of time.
    fn point(self) -> Option<Read> {
        let exact = self
            .iso()
            .or_else(|| self.day_month())
            .or_else(|| self.month_day());
        if exact.is_some() || !self.english {
            return exact.or_else(|| self.month_year());
        }
        self.approximate()
            .or_else(|| self.month_year())
            .or_else(|| self.relative())
            .or_else(|| self.ago())
            .or_else(|| self.weekday())
            .or_else(|| self.decade())
            .or_else(|| self.season())
            .or_else(|| self.bare_year())
    }

    /// `2024-07-19`, `2024-07`.
    fn iso(self) -> Option<Read> {
        let word = self.word(0);
        if word.len() == 10 {
            return Some((1, calendar::day(word.parse().ok()?)));
        }
        let (year, month) = word.split_once('-')?;
        let month = month.parse().ok().filter(|_| month.len() == 2)?;
        Some((1, calendar::month(lexicon::year(year)?, month)?))
    }

    /// `19 July 2024`, `the 19th of July`, `19. Juli 2024`, `19 de julio de 2024`.
    fn day_month(self) -> Option<Read> {
        let day = lexicon::day(self.word(0))?;
        let linked = self.is(1, "of") || self.is(1, "de");
        let at = if linked { 2 } else { 1 };
        let plain = matches!(self.between(0).trim(), "" | ".");
        if !plain {
            return None;
        }
        let month = self.month_at(at)?;
        let year_at = if self.is(at + 1, "de") {
            at + 2
        } else {
            at + 1
        };
        self.with_year(day, month, at + 1, year_at)
    }

    /// `July 19, 2024`, `July 19`.
    fn month_day(self) -> Option<Read> {
        let month = self.month_at(0)?;
        let abbreviated = matches!(self.between(0).trim(), "" | ".");
        let day = lexicon::day(self.word(1)).filter(|_| abbreviated)?;
        // "May 10,000 people" is no date.
        if self.between(1).starts_with(',')
            && self.word(2).len() == 3
            && self.word(2).parse::<u16>().is_ok()
        {
            return None;
        }
        self.with_year(day, month, 2, 2)
    }

    fn with_year(self, day: i8, month: i8, taken: usize, year_at: usize) -> Option<Read> {
        let near = matches!(self.between(year_at - 1).trim(), "" | ",");
        let year = lexicon::year(self.word(year_at)).filter(|_| near);
        let (taken, year) = match year {
            Some(year) => (year_at + 1, year),
            None => (
                taken,
                calendar::year_of(self.anchor, month, Some(day), self.day_tense()),
            ),
        };
        Some((taken, calendar::day(Date::new(year, month, day).ok()?)))
    }

    /// A day without a year is near; only a plain future makes it the coming one.
    fn day_tense(self) -> Tense {
        match self.tense() {
            Tense::Past => Tense::Open,
            other => other,
        }
    }

    /// `March 2024`, `in March`, `last March`.
    fn month_year(self) -> Option<Read> {
        let month = self.month_at(0)?;
        let (of, near) = (
            usize::from(self.is(1, "of") || self.is(1, "de")),
            self.between(0).trim(),
        );
        if let Some(year) =
            lexicon::year(self.word(1 + of)).filter(|_| matches!(near, "" | "," | "."))
        {
            return Some((2 + of, calendar::month(year, month)?));
        }
        if !self.english {
            return None;
        }
        let cue = self.before().to_lowercase();
        let introduced = matches!(
            cue.as_str(),
            "in" | "since"
                | "until"
                | "by"
                | "from"
                | "of"
                | "during"
                | "between"
                | "and"
                | "to"
                | "through"
                | "late"
                | "early"
                | "mid"
                | "before"
                | "after"
                | "next"
                | "last"
                | "this"
        );
        let sure = !matches!(
            self.word(0),
            "May" | "March" | "Mar" | "Jan" | "Dec" | "Sep"
        );
        let listed = matches!(cue.as_str(), "and" | "to" | "of");
        if !introduced || (listed && !sure) {
            return None;
        }
        let tense = match cue.as_str() {
            "next" => Tense::Future,
            "last" | "since" => Tense::Past,
            _ => self.tense(),
        };
        let tense = if tense == Tense::Open {
            Tense::Past
        } else {
            tense
        };
        let mut year = calendar::year_of(self.anchor, month, None, tense);
        if cue == "this" {
            year = self.anchor.year();
        }
        Some((1, calendar::month(year, month)?))
    }

    fn month_at(self, n: usize) -> Option<i8> {
        let word = self.word(n);
        if self.english {
            lexicon::month(word)
        } else {
            lexicon::foreign_month(word)
        }
    }

    /// `early June`, `mid-2023`, `the end of July`, `about 1990`.
    fn approximate(self) -> Option<Read> {
        const PARTS: &[&str] = &[
            "early",
            "late",
            "mid",
            "around",
            "about",
            "circa",
            "approximately",
        ];
        let (head, inner) = match self.word(0).split_once('-') {
            Some(("mid" | "Mid", rest)) => {
                let year = lexicon::year(rest).and_then(calendar::year);
                let value = year.or_else(|| {
                    let month = lexicon::month(rest)?;
                    calendar::month(
                        calendar::year_of(self.anchor, month, None, Tense::Past),
                        month,
                    )
                });
                return value.map(|value| {
                    (
                        1,
                        TimeValue {
                            approximate: true,
                            ..value
                        },
                    )
                });
            }
            _ => (self.word(0).to_lowercase(), self.skip(1)),
        };
        if !PARTS.contains(&head.as_str()) || self.gap(0) != Gap::Space {
            return None;
        }
        let part = matches!(head.as_str(), "early" | "late" | "mid");
        let (taken, value) = inner.month_year().or_else(|| {
            let year = lexicon::year(inner.word(0)).filter(|_| part)?;
            Some((1, calendar::year(year)?))
        })?;
        Some((
            1 + taken,
            TimeValue {
                approximate: true,
                ..value
            },
        ))
    }

    /// `today`, `yesterday`, `last year`, `this week`, `next month`, `the past two years`.
    fn relative(self) -> Option<Read> {
        let day = |days: i64| Some((1, calendar::day(self.anchor.checked_add(days.days()).ok()?)));
        match self.word(0).to_lowercase().as_str() {
            "yesterday" => return day(-1),
            "tomorrow" => return day(1),
            "today" => return day(0),
            _ => {}
        }
        let step = match self.word(0).to_lowercase().as_str() {
            "last" | "previous" => -1,
            "this" => 0,
            "next" | "coming" => 1,
            _ => return None,
        };
        let anchor = self.anchor;
        let value = match self.word(1).to_lowercase().as_str() {
            "year" => calendar::year(anchor.year() + step)?,
            "month" => {
                let then = anchor
                    .first_of_month()
                    .checked_add(i64::from(step).months())
                    .ok()?;
                calendar::month(then.year(), then.month())?
            }
            "week" => calendar::week(anchor.checked_add(i64::from(step).weeks()).ok()?)?,
            "night" if step == -1 => calendar::day(anchor.checked_sub(1.days()).ok()?),
            "morning" | "afternoon" | "evening" if step == 0 => calendar::day(anchor),
            other => return self.relative_named(other, step),
        };
        Some((2, value))
    }

    /// `last Friday`, `next March`, `last summer`.
    fn relative_named(self, word: &str, step: i16) -> Option<Read> {
        if let Some(weekday) = lexicon::weekday(self.word(1)) {
            let n = if step < 0 { -1 } else { 1 };
            let date = match step {
                0 => calendar::weekday(self.anchor, weekday, self.tense())?,
                _ => self.anchor.nth_weekday(n, weekday).ok()?,
            };
            return Some((2, calendar::day(date)));
        }
        if let Some(month) = lexicon::month(self.word(1)) {
            if lexicon::day(self.word(2)).is_some() || lexicon::year(self.word(2)).is_some() {
                return None;
            }
            let tense = if step > 0 { Tense::Future } else { Tense::Past };
            let year = match step {
                0 => self.anchor.year(),
                _ => calendar::year_of(self.anchor, month, None, tense),
            };
            return Some((2, calendar::month(year, month)?));
        }
        let start = lexicon::season(word)?;
        let past = start < self.anchor.month();
        let year = self.anchor.year()
            + match step {
                1 if past => 1,
                -1 if !past => -1,
                _ => 0,
            };
        Some((2, calendar::season(year, start)?))
    }

    /// `two months ago`, `a year earlier` counts from something else and is left out.
    fn ago(self) -> Option<Read> {
        let count = lexicon::number(self.word(0))?;
        if !self.is(2, "ago") {
            return None;
        }
        let back = |span: jiff::Span| self.anchor.checked_sub(span).ok();
        let value = match self.word(1).to_lowercase().trim_end_matches('s') {
            "day" => calendar::day(back(count.days())?),
            "week" => calendar::week(back(count.weeks())?)?,
            "month" => {
                let then = back(count.months())?;
                calendar::month(then.year(), then.month())?
            }
            "year" => calendar::year(back(count.years())?.year())?,
            "decade" => TimeValue {
                approximate: true,
                ..calendar::year(back((count * 10).years())?.year())?
            },
            _ => return None,
        };
        Some((3, value))
    }

    /// `on Friday`, `Friday`.
    fn weekday(self) -> Option<Read> {
        let weekday = lexicon::weekday(self.word(0))?;
        // "Friday, May 9" is the date that follows.
        let follows = self
            .skip(1)
            .month_day()
            .or_else(|| self.skip(1).day_month());
        if let Some((taken, value)) = follows.filter(|_| matches!(self.between(0).trim(), "" | ","))
        {
            return Some((1 + taken, value));
        }
        let plural = self.word(0).ends_with("days");
        let date = calendar::weekday(self.anchor, weekday, self.tense())?;
        (!plural).then(|| (1, calendar::day(date)))
    }

    /// `the 1990s`.
    fn decade(self) -> Option<Read> {
        let year = lexicon::year(self.word(0).strip_suffix('s')?)?;
        (year % 10 == 0).then(|| Some((1, calendar::decade(year)?)))?
    }

    /// `spring 2024`, `the summer of 2023`.
    fn season(self) -> Option<Read> {
        let start = lexicon::season(self.word(0))?;
        let of = usize::from(self.is(1, "of"));
        let year = lexicon::year(self.word(1 + of))?;
        Some((2 + of, calendar::season(year, start)?))
    }

    /// `in 2022`: a number of four digits alone may count something else.
    fn bare_year(self) -> Option<Read> {
        let year = lexicon::year(self.word(0))?;
        let before = self.before().to_lowercase();
        let cue = matches!(
            before.as_str(),
            "in" | "since"
                | "until"
                | "by"
                | "from"
                | "during"
                | "of"
                | "after"
                | "before"
                | "between"
                | "through"
                | "to"
                | "and"
                | "late"
                | "early"
                | "the"
                | "till"
        );
        let counts = self.words.get(self.at + 1).is_some_and(|next| {
            self.gap(0) == Gap::Space
                && next.block == self.words[self.at].block
                && is_counted(next.span.of(&self.document.text))
        });
        let weak = matches!(
            before.as_str(),
            "the" | "and" | "of" | "to" | "after" | "before"
        );
        let plausible = !weak || (1900..=self.anchor.year() + 20).contains(&year);
        (cue && !counts && plausible).then(|| Some((1, calendar::year(year)?)))?
    }

    /// Whether the words before, in the sentence, speak of what is to come.
    fn tense(self) -> Tense {
        let from = self.at.saturating_sub(8);
        let block = self.words[self.at].block;
        let nearby = &self.words[from..(self.at + 4).min(self.words.len())];
        let words = nearby.iter().filter(|word| word.block == block);
        let (mut past, mut future) = (false, false);
        for word in words {
            match word.span.of(&self.document.text) {
                "will" | "shall" | "due" | "upcoming" | "scheduled" | "planned" | "expected"
                | "ahead" | "coming" | "plans" | "opens" | "begins" | "starts" => future = true,
                "was" | "were" | "had" | "took" | "said" | "killed" | "reported" => past = true,
                _ => {}
            }
        }
        match (past, future) {
            (_, true) => Tense::Future,
            (true, false) => Tense::Past,
            (false, false) => Tense::Open,
        }
    }
}

fn is_counted(word: &str) -> bool {
    const COUNTED: &[&str] = &[
        "people",
        "men",
        "women",
        "children",
        "soldiers",
        "troops",
        "euros",
        "dollars",
        "metres",
        "meters",
        "kilometres",
        "miles",
        "tonnes",
        "tons",
        "jobs",
        "homes",
        "members",
        "users",
        "agents",
        "officers",
        "cases",
        "volunteers",
        "employees",
        "pages",
        "words",
        "hours",
    ];
    COUNTED.contains(&word)
}
