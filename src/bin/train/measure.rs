//! What models find in documents that they never saw.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
};

use anyhow::{Context, Result};
use dateline::{
    config::Config,
    evaluation::{Counts, Found, Gold, Scores, characters, entries, entry, kind_name, whole},
    model::extraction::Rule,
    stages::extract::{NameIndex, evidence::Evidence, token},
    tagger::{Tagger, label::KINDS},
};
use jiff::civil::date;

use crate::{data::Example, evidence::Cases};

/// A document, and what was found in it by the tagger alone and by all layers.
struct Document {
    gold: Gold,
    tagger: Vec<Found>,
    whole: Vec<Found>,
    /// For each name of `whole` its index among the cases.
    cases: Vec<usize>,
}

/// The documents of each set.
pub(crate) struct Measured {
    sets: BTreeMap<String, Vec<Document>>,
    names: Option<NameIndex>,
    cases: Cases,
}

impl Default for Measured {
    fn default() -> Self {
        Self {
            sets: BTreeMap::new(),
            names: NameIndex::new([], &BTreeMap::new()).ok(),
            cases: Cases::default(),
        }
    }
}

impl Measured {
    /// Reads a document of a fold with a tagger that never saw it.
    pub(crate) fn add(
        &mut self,
        fold: usize,
        example: &Example,
        tagger: &Tagger<'_>,
    ) -> Result<()> {
        let known = self.names.as_ref().context("no known names")?;
        let day = date(2024, 1, 1);
        let text = &example.document;
        let extraction = whole::extract(text, known, Some(tagger), None, day, "en");
        let (mut found, mut cases) = (Vec::new(), Vec::new());
        let tokens = token::tokens(text);
        let (abbreviations, mentions) = (&extraction.abbreviations, &extraction.mentions);
        let evidence = Evidence::of(text, &tokens, abbreviations, mentions);
        let marked = entries(&example.gold);
        for (n, name) in whole::found_by_mention(text, &extraction) {
            // An entry of a sidebar is right where the page holds that name and kind.
            let right = marked.contains(&listed(&example.gold, &name));
            let case = self.cases.add(fold, right, evidence.least(n));
            if evidence.is_weighed(n) {
                evidence.clues(n, |clue| self.cases.clue(case, &clue));
            }
            cases.push(case);
            found.push(name);
        }
        let document = Document {
            gold: example.gold.clone(),
            tagger: alone(tagger, example),
            whole: found,
            cases,
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

    /// The weights of clues, learnt on all names.
    pub(crate) fn evidence(&self, penalty: f32) -> String {
        self.cases.table(penalty)
    }

    /// Prints all tables.
    pub(crate) fn report(mut self, penalty: f32, predictions: Option<&Path>) -> Result<()> {
        println!("Tagger alone");
        self.scores(0, |document| &document.tagger);
        println!("\nAll layers, as sure as their layer says");
        self.by_threshold();
        let probabilities = self.cases.crossed(penalty);
        for document in self.sets.values_mut().flatten() {
            for (found, case) in document.whole.iter_mut().zip(&document.cases) {
                if self.cases.is_weighed(*case) {
                    let probability = probabilities[*case].max(self.cases.least(*case));
                    found.confidence = whole::thousandths(probability);
                }
            }
        }
        println!("\nAll layers, weighed by evidence learnt on the other folds");
        self.by_threshold();
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

    /// Page F1 of each set by threshold, and over all sets the precision of spans and of what a sidebar
    /// would list.
    fn by_threshold(&self) {
        for threshold in (200..=900).step_by(20) {
            let f1 = self
                .sets
                .values()
                .map(|set| 100.0 * score(set, threshold, |document| &document.whole).page.f1());
            let f1: Vec<f64> = f1.collect();
            let mean = f1.iter().sum::<f64>() / f1.len() as f64;
            let each: Vec<String> = f1.iter().map(|f1| format!("{f1:5.1}")).collect();
            let all = || self.sets.values().flatten();
            let Scores { span, page, .. } = score(all(), threshold, |d| &d.whole);
            println!(
                "{:.2}  {}   mean {mean:5.2}  precision of spans {:4.1}, of names {:4.1}, of entries {:4.1}",
                f64::from(threshold) / 1000.0,
                each.join(" "),
                100.0 * span.precision(),
                100.0 * page.precision(),
                100.0 * sidebars(all().map(|d| (&d.gold, &d.whole)), threshold),
            );
        }
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
            let listed = set.iter().map(|document| (&document.gold, found(document)));
            println!(
                "{name:14} span {}  page {}  by kind {}  entries {:4.1}",
                line(&scores.span),
                line(&scores.page),
                kinds.join(" "),
                100.0 * sidebars(listed, threshold),
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
                cell[usize::from(is_right(&document.gold, found))] += 1;
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

fn is_right(gold: &Gold, found: &Found) -> bool {
    gold.spans.iter().any(|(start, end, kind)| {
        (*start, *end, kind.as_str()) == (found.start, found.end, found.kind)
    })
}

/// What a sidebar would list for a name.
fn listed(gold: &Gold, found: &Found) -> (String, String) {
    entry(&characters(&gold.text, found.start, found.end), found.kind)
}

/// Of the entries of all sidebars the share that is right; people count without their titles.
fn sidebars<'a>(
    documents: impl Iterator<Item = (&'a Gold, &'a Vec<Found>)>,
    threshold: u32,
) -> f64 {
    let (mut right, mut all) = (0usize, 0usize);
    for (gold, found) in documents {
        let marked = entries(gold);
        let shown = found.iter().filter(|found| found.confidence >= threshold);
        let shown: BTreeSet<_> = shown.map(|found| listed(gold, found)).collect();
        right += shown.intersection(&marked).count();
        all += shown.len();
    }
    right as f64 / all.max(1) as f64
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
