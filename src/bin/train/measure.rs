//! What models find in documents that they never saw.

use std::{collections::BTreeMap, fs, path::Path};

use anyhow::{Context, Result};
use dateline::{
    config::Config,
    evaluation::{Counts, Found, Gold, Scores, kind_name, whole},
    model::extraction::Rule,
    stages::extract::NameIndex,
    tagger::{Tagger, label::KINDS},
};
use jiff::civil::date;

use crate::data::Example;

/// A document, and what was found in it by the tagger alone and by all layers.
struct Document {
    gold: Gold,
    tagger: Vec<Found>,
    whole: Vec<Found>,
}

/// The documents of each set.
pub(crate) struct Measured {
    sets: BTreeMap<String, Vec<Document>>,
    names: Option<NameIndex>,
}

impl Default for Measured {
    fn default() -> Self {
        Self {
            sets: BTreeMap::new(),
            names: NameIndex::new([], &BTreeMap::new()).ok(),
        }
    }
}

impl Measured {
    /// Reads a document.
    pub(crate) fn add(&mut self, example: &Example, tagger: &Tagger<'_>) -> Result<()> {
        let names = self.names.as_ref().context("no known names")?;
        let day = date(2024, 1, 1);
        let extraction = whole::extract(&example.document, names, Some(tagger), day, "en");
        let document = Document {
            gold: example.gold.clone(),
            tagger: alone(tagger, example),
            whole: whole::found(&example.document, &extraction),
        };
        let genre = document
            .gold
            .id
            .split('_')
            .nth(1)
            .filter(|_| document.gold.id.starts_with("GUM_news"));
        let set = match genre {
            Some(genre) => format!("{} {genre}", example.set),
            None => example.set.clone(),
        };
        self.sets.entry(set).or_default().push(document);
        Ok(())
    }

    /// Prints all tables.
    pub(crate) fn report(&self, predictions: Option<&Path>) -> Result<()> {
        println!("Tagger alone");
        self.scores(0, |document| &document.tagger);
        println!("\nAll layers, page F1 by threshold, and the precision of spans over all sets");
        for threshold in (250..=900).step_by(50) {
            let f1 = self
                .sets
                .values()
                .map(|set| 100.0 * score(set, threshold, |document| &document.whole).page.f1());
            let f1: Vec<f64> = f1.collect();
            let mean = f1.iter().sum::<f64>() / f1.len() as f64;
            let each: Vec<String> = f1.iter().map(|f1| format!("{f1:5.1}")).collect();
            let all = self.sets.values().flatten();
            let precision = 100.0 * score(all, threshold, |d| &d.whole).span.precision();
            println!(
                "{:.2}  {}   mean {mean:5.2}  precision {precision:4.1}",
                f64::from(threshold) / 1000.0,
                each.join(" ")
            );
        }
        println!("\nAll layers at 0.40");
        self.scores(400, |document| &document.whole);
        let shown = whole::thousandths(Config::default().min_confidence);
        println!(
            "\nAll layers as a site shows them, from {:.2}",
            f64::from(shown) / 1000.0
        );
        self.scores(shown, |document| &document.whole);
        self.by_rule();
        if let Some(folder) = predictions {
            self.write(folder)?;
        }
        Ok(())
    }

    fn scores<'a>(&'a self, threshold: u32, found: impl Fn(&'a Document) -> &'a Vec<Found>) {
        for (name, set) in &self.sets {
            let scores = score(set, threshold, &found);
            let line = |counts: &Counts| {
                format!(
                    "{:5.1} {:5.1} {:5.1}",
                    100.0 * counts.precision(),
                    100.0 * counts.recall(),
                    100.0 * counts.f1()
                )
            };
            let kinds = scores
                .page_kinds
                .map(|counts| format!("{:5.1}", 100.0 * counts.f1()));
            println!(
                "{name:14} span {}  page {}  by kind {}",
                line(&scores.span),
                line(&scores.page),
                kinds.join(" ")
            );
        }
    }

    /// How often each rule is right, by kind and confidence.
    fn by_rule(&self) {
        let mut table: BTreeMap<(Rule, &str, u32), [usize; 2]> = BTreeMap::new();
        for document in self.sets.values().flatten() {
            for found in &document.whole {
                let step = found.confidence / 100;
                let cell = table.entry((found.rule, found.kind, step)).or_default();
                let right = document.gold.spans.iter().any(|(start, end, kind)| {
                    (*start, *end, kind.as_str()) == (found.start, found.end, found.kind)
                });
                cell[usize::from(right)] += 1;
            }
        }
        println!("\nRight, by rule, kind and confidence");
        for ((rule, kind, step), [wrong, right]) in table {
            let share = right as f64 / (right + wrong) as f64;
            println!("{rule:?} {kind} 0.{step} {:5} {share:.2}", right + wrong);
        }
    }

    fn write(&self, folder: &Path) -> Result<()> {
        fs::create_dir_all(folder)?;
        for (name, set) in &self.sets {
            let mut lines = String::new();
            for document in set {
                let shown = document
                    .whole
                    .iter()
                    .filter(|found| found.confidence >= 400);
                let spans = shown.map(|f| (f.start, f.end, f.kind.to_owned())).collect();
                let gold = Gold {
                    spans,
                    ..document.gold.clone()
                };
                lines += &serde_json::to_string(&gold)?;
                lines.push('\n');
            }
            fs::write(folder.join(name).with_extension("jsonl"), lines)?;
        }
        Ok(())
    }
}

fn score<'a>(
    set: impl IntoIterator<Item = &'a Document>,
    threshold: u32,
    found: impl Fn(&'a Document) -> &'a Vec<Found>,
) -> Scores {
    let mut scores = Scores::default();
    for document in set {
        let shown: Vec<Found> = found(document)
            .iter()
            .filter(|found| found.confidence >= threshold)
            .cloned()
            .collect();
        scores.add(&document.gold, &shown);
    }
    scores
}

fn alone(tagger: &Tagger<'_>, example: &Example) -> Vec<Found> {
    let text = &example.document.text;
    let mut offsets = whole::Offsets::new(text);
    let names = tagger.names(text, &example.words).into_iter();
    names
        .filter_map(|name| {
            let mut span = example.words[name.from].span;
            span.end = example.words[name.to - 1].span.end;
            let (start, end) = offsets.characters(span);
            Some(Found {
                start,
                end,
                kind: kind_name(KINDS[name.kind as usize])?,
                confidence: whole::thousandths(name.probability),
                rule: Rule::Recogniser,
            })
        })
        .collect()
}
