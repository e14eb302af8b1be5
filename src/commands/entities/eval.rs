//! `entities eval`: how good extraction is on documents that people have marked.

use std::{
    collections::BTreeMap,
    fs::File,
    io::{BufWriter, Write},
};

use anyhow::{Context, Result, ensure};
use camino::Utf8Path;
use jiff::civil::date;

use crate::{
    commands::OK,
    evaluation::{Gold, report::Report, whole},
    stages::extract::{NameIndex, Recogniser, evidence::Weights, plain},
    tagger::{self, Tagger},
};

/// Measures, prints the report, and writes the predictions where asked to.
pub(super) fn eval(
    gold: &Utf8Path,
    predictions: Option<&Utf8Path>,
    threshold: Option<f32>,
) -> Result<u8> {
    let threshold = threshold.unwrap_or(tagger::BEST_THRESHOLD);
    ensure!(
        (0.0..=1.0).contains(&threshold),
        "--threshold is {threshold}; it lies between 0 and 1"
    );
    let threshold = whole::thousandths(threshold);
    let text = std::fs::read_to_string(gold).with_context(|| format!("cannot read {gold}"))?;
    let mut out = match predictions {
        Some(path) => Some(BufWriter::new(
            File::create(path).with_context(|| format!("cannot write {path}"))?,
        )),
        None => None,
    };
    let names = NameIndex::new([], &BTreeMap::new()).context("cannot compile the known names")?;
    let mut report = Report::default();
    for (n, line) in text
        .lines()
        .enumerate()
        .filter(|(_, line)| !line.trim().is_empty())
    {
        let gold_line = || format!("{gold}:{}", n + 1);
        let document: Gold = serde_json::from_str(line).with_context(gold_line)?;
        let plain = plain::document(&document.text);
        let tagger = Tagger::shared().map(|tagger| tagger as &dyn Recogniser);
        let extraction = whole::extract(
            &plain,
            &names,
            tagger,
            Some(Weights::shared()),
            date(2024, 1, 1),
            "en",
        );
        let found = whole::found(&plain, &extraction);
        report.add(&document, &found, threshold);
        if let Some(out) = &mut out {
            let shown = found.iter().filter(|f| f.confidence >= threshold);
            let written = Gold {
                spans: shown.map(|f| (f.start, f.end, f.kind.to_owned())).collect(),
                ..document
            };
            writeln!(out, "{}", serde_json::to_string(&written)?)?;
        }
    }
    if let Some(out) = &mut out {
        out.flush()?;
    }
    report.print(threshold, &mut anstream::stdout().lock())?;
    Ok(OK)
}
