//! Where a byte of one text came from in another: prose to Markdown file, prose to HTML.

use super::span::Span;

/// One run of a text that came from one place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Run {
    from: u32,
    len: u32,
    to: u32,
    to_len: u32,
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
        let run = Run {
            from: from.start,
            len: from.end - from.start,
            to: to.start,
            to_len: to.end - to.start,
        };
        if let Some(last) = self.runs.last_mut() {
            let verbatim = last.len == last.to_len && run.len == run.to_len;
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
        let start = if first.len == first.to_len {
            first.to + (span.start - first.from)
        } else {
            first.to
        };
        let end = if last.len == last.to_len {
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
            if run.len != run.to_len {
                let to = Span {
                    start: run.to,
                    end: run.to + run.to_len,
                };
                if let Some(to) = outer.span(to) {
                    let from = Span {
                        start: run.from,
                        end: run.from + run.len,
                    };
                    joined.push(from, to);
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
                joined.runs.extend(outer.span(part).map(|to| Run {
                    from: from.start,
                    len: from.end - from.start,
                    to: to.start,
                    to_len: to.end - to.start,
                }));
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
    use super::*;

    fn span(start: u32, end: u32) -> Span {
        Span { start, end }
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
