//! Trains the tagger: `cargo run --release --features training --bin train`.
//!
//! Reads the labelled documents in `data/tagger`, writes `data/tagger/model.bin`. With `--folds 5`
//! it writes no model, but measures by cross-validation; with `--hold-out` each file in turn is
//! measured by a model that never saw any of it.

#![allow(clippy::disallowed_methods, reason = "a tool reads and writes files")]
#![allow(clippy::print_stdout, clippy::print_stderr)]

mod crf;
mod data;
mod evidence;
mod measure;

use std::{collections::BTreeMap, path::PathBuf};

use anyhow::{Context, Result};
use clap::Parser;
use dateline::tagger::Tagger;

use crf::{Corpus, Options};
use data::Example;
use measure::Measured;

/// Trains the tagger.
#[derive(Parser)]
struct Arguments {
    /// The folder of the labelled documents.
    #[arg(long, default_value = "data/tagger")]
    data: PathBuf,
    /// Where the model goes.
    #[arg(long, default_value = "data/tagger/model.bin")]
    model: PathBuf,
    /// Measure by cross-validation with so many folds, by document.
    #[arg(long)]
    folds: Option<usize>,
    /// Measure each file with a model of the others.
    #[arg(long)]
    hold_out: bool,
    /// Write what the models found in documents that they never saw here, a file for each set.
    #[arg(long)]
    predictions: Option<PathBuf>,
    /// Only the first of the folds.
    #[arg(long)]
    quick: bool,
    /// Passes over the data.
    #[arg(long, default_value_t = 8)]
    epochs: u32,
    /// Length of a step.
    #[arg(long, default_value_t = 0.1)]
    rate: f32,
    /// Penalty on weights.
    #[arg(long, default_value_t = 2.0e-5)]
    penalty: f32,
    /// Words that a feature needs.
    #[arg(long, default_value_t = 2)]
    least: u32,
    /// Features of which no weight is greater are left out.
    #[arg(long, default_value_t = 0.02)]
    prune: f32,
    /// What a silver word counts.
    #[arg(long, default_value_t = 0.2)]
    silver: f32,
    /// Where the weights of clues go.
    #[arg(long, default_value = "data/tagger/evidence.tsv")]
    evidence: PathBuf,
    /// Penalty on the weights of clues.
    #[arg(long, default_value_t = 5.0)]
    doubt: f32,
}

/// The folds from which the weights of clues are learnt.
const FOLDS: usize = 5;

fn main() -> Result<()> {
    let arguments = Arguments::parse();
    let options = Options {
        epochs: arguments.epochs,
        rate: arguments.rate,
        penalty: arguments.penalty,
        least: arguments.least,
        prune: arguments.prune,
        silver: arguments.silver,
    };
    let mut paths: Vec<PathBuf> = std::fs::read_dir(&arguments.data)
        .with_context(|| format!("cannot read {}", arguments.data.display()))?
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.to_string_lossy().contains(".jsonl"))
        .collect();
    paths.sort();
    let mut examples = Vec::new();
    for path in &paths {
        let silver = path.to_string_lossy().contains("silver");
        if !silver || options.silver > 0.0 {
            examples.extend(data::read(path)?);
        }
    }
    let words: usize = examples.iter().map(|example| example.words.len()).sum();
    eprintln!("{} documents, {words} words", examples.len());
    let corpus = Corpus::new(&examples, &options, is_silver);
    eprintln!("{} features", corpus.features());
    let measured = |folds, hold_out, quick| {
        let parts = parts(&examples, folds, hold_out);
        let mut measured = Measured::default();
        for (fold, part) in parts.iter().enumerate().take(quick) {
            let model = corpus.train(&options, |n| !part.contains(&n));
            let tagger = Tagger::new(&model).context("the model is of no known version")?;
            for n in part {
                measured.add(fold, &examples[*n], &tagger)?;
            }
        }
        anyhow::Ok(measured)
    };
    if arguments.folds.is_some() || arguments.hold_out {
        let quick = if arguments.quick { 1 } else { usize::MAX };
        let measured = measured(arguments.folds, arguments.hold_out, quick)?;
        return measured.report(arguments.doubt, arguments.predictions.as_deref());
    }
    let model = corpus.train(&options, |_| true);
    std::fs::write(&arguments.model, &model)?;
    eprintln!("{} bytes", model.len());
    let weights = measured(Some(FOLDS), false, usize::MAX)?.evidence(arguments.doubt);
    std::fs::write(&arguments.evidence, &weights)?;
    eprintln!("{} clues", weights.lines().count());
    Ok(())
}

fn is_silver(example: &Example) -> bool {
    example.set.starts_with("silver")
}

/// The documents that each model is measured on.
fn parts(examples: &[Example], folds: Option<usize>, hold_out: bool) -> Vec<Vec<usize>> {
    let gold = || (0..examples.len()).filter(|n| !is_silver(&examples[*n]));
    if hold_out {
        let mut sets: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for n in gold() {
            sets.entry(&examples[n].set).or_default().push(n);
        }
        return sets.into_values().collect();
    }
    let folds = folds.unwrap_or_default();
    (0..folds)
        .map(|fold| gold().filter(|n| n % folds == fold).collect())
        .collect()
}
