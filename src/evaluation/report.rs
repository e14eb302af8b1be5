//! The report of `entities eval`.

use std::{
    collections::BTreeMap,
    io::{self, Write},
};

use super::{Counts, Found, Gold, KINDS, Scores, characters};

/// Steps of the reliability table.
const STEPS: u32 = 10;
/// Examples of each confusion.
const EXAMPLES: usize = 5;

/// What a measured file comes to.
#[derive(Debug, Default)]
pub struct Report {
    scores: Scores,
    /// What was marked as one thing and found as another, with how often and where.
    confusions: BTreeMap<(&'static str, &'static str), (usize, Vec<String>)>,
    /// For each tenth of confidence: names found, names right, sum of confidences.
    reliability: [(usize, usize, u64); STEPS as usize],
    documents: usize,
}

impl Report {
    /// Counts a document. `all` holds names of any confidence.
    pub fn add(&mut self, gold: &Gold, all: &[Found], threshold: u32) {
        let shown: Vec<Found> = all
            .iter()
            .filter(|f| f.confidence >= threshold)
            .cloned()
            .collect();
        self.scores.add(gold, &shown);
        self.documents += 1;
        for found in all {
            let right = gold.spans.iter().any(|(start, end, kind)| {
                (*start, *end, kind.as_str()) == (found.start, found.end, found.kind)
            });
            let step = (found.confidence * STEPS / 1000).min(STEPS - 1) as usize;
            let (count, sure, sum) = &mut self.reliability[step];
            *count += 1;
            *sure += usize::from(right);
            *sum += u64::from(found.confidence);
        }
        self.confuse(gold, &shown);
    }

    fn confuse(&mut self, gold: &Gold, found: &[Found]) {
        let known = |kind: &str| KINDS.into_iter().find(|known| *known == kind);
        let overlaps = |a: (usize, usize), b: (usize, usize)| a.0 < b.1 && b.0 < a.1;
        for f in found {
            let over: Vec<_> = gold
                .spans
                .iter()
                .filter(|(start, end, _)| overlaps((*start, *end), (f.start, f.end)))
                .collect();
            let exact = over
                .iter()
                .any(|(s, e, kind)| (*s, *e, kind.as_str()) == (f.start, f.end, f.kind));
            if exact {
                continue;
            }
            let best = over
                .iter()
                .find(|(_, _, kind)| kind != f.kind)
                .or(over.first());
            let marked = best
                .and_then(|(_, _, kind)| known(kind))
                .unwrap_or("nothing");
            self.example(marked, f.kind, context(gold, f.start, f.end));
        }
        for (start, end, kind) in &gold.spans {
            let seen = found
                .iter()
                .any(|f| overlaps((*start, *end), (f.start, f.end)));
            if let Some(kind) = known(kind).filter(|_| !seen) {
                self.example(kind, "nothing", context(gold, *start, *end));
            }
        }
    }

    fn example(&mut self, marked: &'static str, found: &'static str, context: String) {
        let (count, examples) = self.confusions.entry((marked, found)).or_default();
        *count += 1;
        if examples.len() < EXAMPLES {
            examples.push(context);
        }
    }

    /// Prints the report.
    ///
    /// # Errors
    /// When `out` takes no more.
    pub fn print(&self, threshold: u32, out: &mut impl Write) -> io::Result<()> {
        let percent = |share: f64| 100.0 * share;
        writeln!(
            out,
            "{} documents, names of confidence {:.2} or more\n\n              precision  recall      F1",
            self.documents,
            f64::from(threshold) / 1000.0
        )?;
        let mut row = |name: &str, counts: &Counts| {
            writeln!(
                out,
                "{name:<14}{:>9.1}{:>8.1}{:>8.1}",
                percent(counts.precision()),
                percent(counts.recall()),
                percent(counts.f1())
            )
        };
        row("span", &self.scores.span)?;
        row("page", &self.scores.page)?;
        for (kind, counts) in KINDS.iter().zip(&self.scores.page_kinds) {
            row(&format!("page {kind}"), counts)?;
        }
        writeln!(out, "\nConfidence    names   stated    right")?;
        for (n, (count, right, sum)) in self.reliability.iter().enumerate() {
            if *count > 0 {
                writeln!(
                    out,
                    "{:.1} to {:.1}{count:>9}{:>9.2}{:>9.2}",
                    n as f64 / f64::from(STEPS),
                    (n + 1) as f64 / f64::from(STEPS),
                    *sum as f64 / 1000.0 / *count as f64,
                    *right as f64 / *count as f64
                )?;
            }
        }
        writeln!(out, "\nConfusions: marked as, found as")?;
        let mut confusions: Vec<_> = self.confusions.iter().collect();
        confusions.sort_by_key(|(_, (count, _))| std::cmp::Reverse(*count));
        for ((marked, found), (count, examples)) in confusions {
            writeln!(out, "{count:>6}  {marked}, {found}")?;
            for example in examples {
                writeln!(out, "          {example}")?;
            }
        }
        Ok(())
    }
}

/// A name in its surroundings.
fn context(gold: &Gold, start: usize, end: usize) -> String {
    let before = characters(&gold.text, start.saturating_sub(30), start);
    let name = characters(&gold.text, start, end);
    let after = characters(&gold.text, end, end + 30);
    let context = format!("{before}[{name}]{after}");
    context.split_whitespace().collect::<Vec<&str>>().join(" ")
}
