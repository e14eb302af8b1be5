//! The one function that decides what of an article, a page or an entity is published.
//!
//! Every emitter (page, feed, search, sitemap, JSON, graph, map) works on what [`publication`] lets
//! through as a whole, and asks nothing else. Pure: the clock is an argument.

use jiff::{
    Timestamp, ToSpan,
    civil::{Date, Time},
    tz::TimeZone,
};

use crate::model::{
    article::{FrontMatter, Marking, Moment},
    entity::RegistryEntity,
    page::Page,
};

/// What an article, a page or an entity says about its own publication.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Status {
    /// Not to be published.
    pub draft: bool,
    /// Not before.
    pub publish_at: Option<Moment>,
    /// Not after: the day given is the last one, or the instant if a time of day was given.
    pub expires_at: Option<Moment>,
    /// How far it may travel.
    pub marking: Option<Marking>,
    /// Its address stays, and nothing else.
    pub redacted: bool,
    /// The day that it bears.
    pub dated: Option<Date>,
}

/// What is published of something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Publication {
    /// All of it.
    Whole,
    /// That there is something which was redacted.
    Notice,
    /// Nothing, not even that it exists.
    Nothing,
}

impl From<&FrontMatter> for Status {
    fn from(front: &FrontMatter) -> Self {
        Self {
            draft: front.draft,
            publish_at: front.publish_at,
            expires_at: front.expires_at,
            marking: front.marking,
            redacted: front.redaction.is_some(),
            dated: Some(front.date.date),
        }
    }
}

impl From<&Page> for Status {
    fn from(page: &Page) -> Self {
        page.status
    }
}

impl From<&RegistryEntity> for Status {
    fn from(entity: &RegistryEntity) -> Self {
        Self {
            draft: entity.draft,
            marking: entity.marking,
            ..Self::default()
        }
    }
}

/// What this build publishes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Policy {
    /// Drafts too. Embargo and expiry hold nevertheless: to look past them, move `now`.
    pub drafts: bool,
    /// The moment that counts as the present.
    pub now: Timestamp,
    /// The most closed marking that may be published; `None` publishes all.
    pub most_closed: Option<Marking>,
    /// The site as of this day: what bears a later one is not there yet. `None` for a site as of
    /// now, in which a day is what it says and no embargo.
    pub last_day: Option<Date>,
}

impl Policy {
    /// What a public build at `now` publishes: no drafts, any marking.
    #[must_use]
    pub fn at(now: Timestamp) -> Self {
        Self {
            drafts: false,
            now,
            most_closed: None,
            last_day: None,
        }
    }

    /// Whether what bears this day, such as a correction, is there already.
    #[must_use]
    pub fn has_come(&self, day: Date) -> bool {
        self.last_day.is_none_or(|last| day <= last)
    }
}

/// What is published under this policy of something with this status.
#[must_use]
pub fn publication(status: &Status, policy: &Policy) -> Publication {
    match (visible(status, policy), status.redacted) {
        (false, _) => Publication::Nothing,
        (true, true) => Publication::Notice,
        (true, false) => Publication::Whole,
    }
}

/// Whether something with this status is published in any form.
fn visible(status: &Status, policy: &Policy) -> bool {
    let wanted = policy.drafts || !status.draft;
    let begun = status
        .publish_at
        .is_none_or(|from| from.instant <= policy.now);
    let over = status
        .expires_at
        .is_some_and(|until| end(until) <= policy.now);
    let open = match (status.marking, policy.most_closed) {
        (Some(marking), Some(limit)) => marking <= limit,
        _ => true,
    };
    let come = status.dated.is_none_or(|day| policy.has_come(day));
    wanted && begun && !over && open && come
}

/// The first instant after a moment: a day without a time of day lasts to its end (UTC).
fn end(moment: Moment) -> Timestamp {
    if moment.has_time {
        return moment.instant;
    }
    moment
        .date
        .checked_add(1.day())
        .and_then(|next| TimeZone::UTC.to_timestamp(next.to_datetime(Time::midnight())))
        .unwrap_or(Timestamp::MAX)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn day(text: &str) -> Option<Moment> {
        let date: jiff::civil::Date = text.parse().unwrap();
        Some(Moment {
            instant: TimeZone::UTC
                .to_timestamp(date.to_datetime(Time::midnight()))
                .unwrap_or(Timestamp::MAX),
            date,
            has_time: false,
        })
    }

    fn time(text: &str) -> Option<Moment> {
        let instant: Timestamp = text.parse().unwrap();
        Some(Moment {
            instant,
            date: TimeZone::UTC.to_datetime(instant).date(),
            has_time: true,
        })
    }

    fn check(status: Status, now: &str, expected: bool) {
        let policy = Policy::at(now.parse().unwrap());
        assert_eq!(visible(&status, &policy), expected, "{status:?} at {now}");
    }

    #[test]
    fn hides_drafts_unless_asked() {
        let draft = Status {
            draft: true,
            ..Status::default()
        };
        check(draft, "2024-07-19T12:00:00Z", false);
        let policy = Policy {
            drafts: true,
            ..Policy::at(Timestamp::UNIX_EPOCH)
        };
        assert!(visible(&draft, &policy));
        let embargoed = Status {
            publish_at: day("2024-07-19"),
            ..draft
        };
        assert!(
            !visible(&embargoed, &policy),
            "an embargo outlives --drafts"
        );
    }

    #[test]
    fn embargo_ends_at_its_instant() {
        let status = Status {
            publish_at: day("2024-07-19"),
            ..Status::default()
        };
        check(status, "2024-07-18T23:59:59Z", false);
        check(status, "2024-07-19T00:00:00Z", true);
        let status = Status {
            publish_at: time("2024-07-19T12:30:00+02:00"),
            ..Status::default()
        };
        check(status, "2024-07-19T10:29:59Z", false);
        check(status, "2024-07-19T10:30:00Z", true);
    }

    #[test]
    fn expiry_day_is_the_last_day() {
        let status = Status {
            expires_at: day("2024-07-19"),
            ..Status::default()
        };
        check(status, "2024-07-19T23:59:59Z", true);
        check(status, "2024-07-20T00:00:00Z", false);
        let status = Status {
            expires_at: time("2024-07-19T12:00:00Z"),
            ..Status::default()
        };
        check(status, "2024-07-19T11:59:59Z", true);
        check(status, "2024-07-19T12:00:00Z", false);
    }

    #[test]
    fn a_site_as_of_a_day_has_nothing_of_a_later_one() {
        let status = Status {
            dated: Some(jiff::civil::date(2024, 7, 20)),
            ..Status::default()
        };
        let now: Timestamp = "2024-07-19T23:59:59Z".parse().unwrap();
        let as_of = |day| Policy {
            last_day: Some(jiff::civil::date(2024, 7, day)),
            ..Policy::at(now)
        };
        assert!(!visible(&status, &as_of(19)));
        assert!(visible(&status, &as_of(20)));
        assert!(
            visible(&status, &Policy::at(now)),
            "a date alone is no embargo"
        );
    }

    #[test]
    fn last_representable_day_never_expires() {
        let status = Status {
            expires_at: day("9999-12-31"),
            ..Status::default()
        };
        check(status, "9999-12-30T22:00:00Z", true);
    }

    #[test]
    fn a_redaction_is_told_of_only_where_the_article_would_be_shown() {
        let policy = Policy::at(Timestamp::UNIX_EPOCH);
        let redacted = Status {
            redacted: true,
            ..Status::default()
        };
        assert_eq!(publication(&redacted, &policy), Publication::Notice);
        let draft = Status {
            draft: true,
            ..redacted
        };
        assert_eq!(publication(&draft, &policy), Publication::Nothing);
        assert_eq!(publication(&Status::default(), &policy), Publication::Whole);
    }

    #[test]
    fn marking_above_the_limit_is_hidden() {
        let policy = Policy {
            most_closed: Some(Marking::Green),
            ..Policy::at(Timestamp::UNIX_EPOCH)
        };
        let with = |marking| Status {
            marking,
            ..Status::default()
        };
        assert!(visible(&with(Some(Marking::Green)), &policy));
        assert!(!visible(&with(Some(Marking::Amber)), &policy));
        assert!(visible(&with(None), &policy));
    }
}
