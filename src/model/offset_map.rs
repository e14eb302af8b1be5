//! Where a byte of one text came from in another: prose to Markdown file, prose to HTML.

use super::span::Span;

/// One run of a text that came from one place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Run {
    from: u32,
    len: u32,
    to: u32,
    to_len: u32,
    /// Byte by byte; otherwise each part comes from the whole.
    copied: bool,
}

impl Run {
    fn new(from: Span, to: Span, copied: bool) -> Self {
        Self {
            from: from.start,
            len: from.end - from.start,
            to: to.start,
            to_len: to.end - to.start,
            copied,
        }
    }
}

/// A monotone map from byte offsets of a derived text to those of another text.
///
/// Runs of equal length map byte by byte; a run whose lengths differ (the entity `&amp;`, a
/// line break that became a space) maps as a whole. Built in rising order, looked up by binary
/// search.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OffsetMap {
    runs: Vec<Run>,
}

impl OffsetMap {
    /// Records that `from..from+len` of the derived text came from `to` of the other one.
    /// Calls must come in rising order of `from`.
    pub fn push(&mut self, from: Span, to: Span) {
        let copied = from.end - from.start == to.end - to.start;
        let run = Run::new(from, to, copied);
        if let Some(last) = self.runs.last_mut() {
            let verbatim = last.copied && run.copied;
            if verbatim && last.from + last.len == run.from && last.to + last.to_len == run.to {
                last.len += run.len;
                last.to_len += run.to_len;
                return;
            }
        }
        self.runs.push(run);
    }

    /// The other text's span for a span of the derived text: from where its first byte came from
    /// to where its last byte came from. `None` when the span is empty or touches a byte with no
    /// known origin.
    #[must_use]
    pub fn span(&self, span: Span) -> Option<Span> {
        if span.is_empty() {
            return None;
        }
        let (first, last) = (self.run_at(span.start)?, self.run_at(span.end - 1)?);
        let start = if first.copied {
            first.to + (span.start - first.from)
        } else {
            first.to
        };
        let end = if last.copied {
            last.to + (span.end - last.from)
        } else {
            last.to + last.to_len
        };
        Some(Span { start, end })
    }

    /// This map followed by `outer`, which maps the other text on to a third one. What `outer` does
    /// not know the origin of has none here either.
    #[must_use]
    pub fn through(&self, outer: &Self) -> Self {
        let mut joined = Self::default();
        for run in &self.runs {
            if !run.copied {
                let to = Span {
                    start: run.to,
                    end: run.to + run.to_len,
                };
                if let Some(to) = outer.span(to) {
                    let from = Span {
                        start: run.from,
                        end: run.from + run.len,
                    };
                    joined.runs.push(Run::new(from, to, false));
                }
                continue;
            }
            let end = run.to + run.len;
            let first = outer.runs.partition_point(|o| o.from + o.len <= run.to);
            for other in outer.runs[first..].iter().take_while(|o| o.from < end) {
                let part = Span {
                    start: run.to.max(other.from),
                    end: end.min(other.from + other.len),
                };
                let from = Span {
                    start: run.from + (part.start - run.to),
                    end: run.from + (part.end - run.to),
                };
                let to = outer.span(part);
                joined
                    .runs
                    .extend(to.map(|to| Run::new(from, to, other.copied)));
            }
        }
        joined
    }

    fn run_at(&self, offset: u32) -> Option<&Run> {
        let after = self.runs.partition_point(|run| run.from <= offset);
        let run = self.runs.get(after.checked_sub(1)?)?;
        (offset < run.from + run.len).then_some(run)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn span(start: u32, end: u32) -> Span {
        Span { start, end }
    }

    /// A map of runs: the gap before each in both texts, its length, and that of its origin where it
    /// is no copy.
    fn map_of(runs: &[(u32, u32, u32, Option<u32>)]) -> (OffsetMap, u32) {
        let (mut map, mut from, mut to) = (OffsetMap::default(), 0, 0);
        for (gap, other_gap, len, other_len) in runs {
            let other_len = other_len.unwrap_or(*len);
            (from, to) = (from + gap, to + other_gap);
            map.push(span(from, from + len), span(to, to + other_len));
            (from, to) = (from + len, to + other_len);
        }
        (map, from)
    }

    fn runs() -> impl Strategy<Value = Vec<(u32, u32, u32, Option<u32>)>> {
        let run = (0..4u32, 0..4u32, 1..6u32, proptest::option::of(1..6u32));
        proptest::collection::vec(run, 0..12)
    }

    proptest! {
        /// What lies within a span comes from within its origin, and what comes later from later.
        #[test]
        fn maps_are_monotone(runs in runs(), cuts in [0..100u32, 0..100, 0..100, 0..100]) {
            let (map, end) = map_of(&runs);
            let mut cuts = cuts.map(|cut| cut.min(end));
            cuts.sort_unstable();
            let [a, b, c, d] = cuts;
            if let (Some(outer), Some(inner)) = (map.span(span(a, d)), map.span(span(b, c))) {
                prop_assert!(outer.start <= inner.start && inner.end <= outer.end);
            }
            if let (Some(first), Some(last)) = (map.span(span(a, b)), map.span(span(c, d))) {
                prop_assert!(first.start <= last.start && first.end <= last.end);
            }
            if let Some(found) = map.span(span(a, b)) {
                prop_assert!(found.start < found.end);
            }
        }

        /// Two maps joined lead where one after the other leads, and know no more.
        #[test]
        fn joined_maps_lead_where_both_do(inner in runs(), outer in runs(), at in 0..100u32) {
            let ((inner, end), (outer, _)) = (map_of(&inner), map_of(&outer));
            let joined = inner.through(&outer);
            let byte = span(at.min(end), at.min(end) + 1);
            let step = inner.span(byte).and_then(|middle| outer.span(middle));
            prop_assert_eq!(joined.span(byte), step);
        }
    }

    #[test]
    fn maps_join() {
        // "Mr Smith & co" with the name hidden: "Mr [x] & co"
        let mut outer = OffsetMap::default();
        outer.push(span(0, 3), span(0, 3));
        outer.push(span(3, 6), span(3, 25));
        outer.push(span(6, 11), span(25, 30));
        let mut inner = OffsetMap::default();
        inner.push(span(10, 21), span(0, 11));
        let joined = inner.through(&outer);
        assert_eq!(joined.span(span(10, 12)), Some(span(0, 2)));
        assert_eq!(joined.span(span(13, 16)), Some(span(3, 25)));
        assert_eq!(joined.span(span(11, 21)), Some(span(1, 30)));
        assert_eq!(joined.span(span(17, 18)), Some(span(26, 27)));
    }

    #[test]
    fn maps_verbatim_and_replaced_runs() {
        // "AT&amp;T rose" -> "AT&T rose"
        let mut map = OffsetMap::default();
        map.push(span(0, 2), span(0, 2));
        map.push(span(2, 3), span(2, 7));
        map.push(span(3, 9), span(7, 13));
        assert_eq!(map.span(span(0, 4)), Some(span(0, 8)));
        assert_eq!(map.span(span(2, 3)), Some(span(2, 7)));
        assert_eq!(map.span(span(5, 9)), Some(span(9, 13)));
        assert_eq!(map.span(span(9, 10)), None);
    }
}
