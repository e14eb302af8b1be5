//! Looks for what is hidden in what is published.
//!
//! Input: all that was parsed, with what is not published, and each file of the output in memory.
//! Output: a diagnostic for each hidden file or passage whose words stand in a file of the output.
//! Words that something published says as well are no sign of a leak, and are passed over. Pure.

mod canary;
mod haystack;
mod words;

use std::collections::{BTreeMap, BTreeSet};

use aho_corasick::AhoCorasick;
use anyhow::{Context as _, Result};
use camino::Utf8PathBuf;

use crate::{
    diagnostic::{Code, Diagnostic},
    model::{output::OutputFile, source::Sources, span::Span},
    pipeline::Parsed,
    theme::Theme,
};
use canary::Canary;

/// Files that a diagnostic names.
const NAMED: usize = 3;

/// What is looked at.
#[derive(Debug, Clone, Copy)]
pub struct Input<'a> {
    /// What the author wrote, with what is not published.
    pub parsed: &'a Parsed,
    /// The files that it was parsed from.
    pub sources: &'a Sources,
    /// The templates, whose words are public.
    pub theme: &'a Theme,
    /// What belongs to this machine alone, such as the path of the home folder.
    pub machine: &'a [String],
}

/// The words to look for in the output.
#[derive(Debug)]
pub struct Hunt {
    canaries: Vec<Canary>,
    finder: AhoCorasick,
    /// What something published says as well.
    said: BTreeSet<usize>,
}

impl Hunt {
    /// Gathers what is hidden.
    ///
    /// # Errors
    /// When there are more words to look for than can be looked for at once.
    pub fn new(input: &Input<'_>) -> Result<Self> {
        let canaries = canary::canaries(input);
        let patterns = canaries.iter().map(|canary| canary.words.as_str());
        let finder = AhoCorasick::new(patterns).context("cannot look for so many hidden words")?;
        let public = words::public(input).into_iter();
        let said = public.flat_map(|text| finds(&finder, &text)).collect();
        Ok(Self {
            canaries,
            finder,
            said,
        })
    }

    /// What of it stands in a file of the output, by places in the list.
    #[must_use]
    pub fn look(&self, file: &OutputFile) -> Vec<usize> {
        let texts = haystack::texts(file);
        let found: BTreeSet<usize> = texts
            .iter()
            .flat_map(|text| finds(&self.finder, text))
            .collect();
        found.difference(&self.said).copied().collect()
    }

    /// The leaks; `found` is what [`Self::look`] said of each of `files`. Of all that leaks from one
    /// item into one file the longest is named, with all files that hold the same.
    #[must_use]
    pub fn report(&self, files: &[OutputFile], found: &[Vec<usize>]) -> Vec<Diagnostic> {
        type Item<'a> = (&'a Utf8PathBuf, Option<Span>);
        let mut leaks: BTreeMap<usize, Vec<&OutputFile>> = BTreeMap::new();
        for (file, found) in files.iter().zip(found) {
            let mut longest: BTreeMap<Item<'_>, usize> = BTreeMap::new();
            for n in found {
                let canary = &self.canaries[*n];
                let kept = longest.entry((&canary.path, canary.span)).or_insert(*n);
                if canary.rank() > self.canaries[*kept].rank() {
                    *kept = *n;
                }
            }
            for n in longest.into_values() {
                leaks.entry(n).or_default().push(file);
            }
        }
        let problems = leaks.into_iter();
        problems
            .map(|(n, files)| problem(&self.canaries[n], &files))
            .collect()
    }
}

/// Which canaries stand in a folded text as whole words.
fn finds(finder: &AhoCorasick, text: &str) -> Vec<usize> {
    let is_part = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    let whole = |from: usize, to: usize| {
        !is_part(text[..from].chars().next_back()) && !is_part(text[to..].chars().next())
    };
    let matches = finder.find_overlapping_iter(text);
    let mut found: Vec<usize> = matches
        .filter(|found| whole(found.start(), found.end()))
        .map(|found| found.pattern().as_usize())
        .collect();
    found.sort_unstable();
    found.dedup();
    found
}

fn problem(canary: &Canary, files: &[&OutputFile]) -> Diagnostic {
    let (what, words) = (canary.what.name(), &canary.words);
    let named: Vec<&str> = files.iter().take(NAMED).map(|f| f.path.as_str()).collect();
    let mut named = named.join(", ");
    if files.len() > NAMED {
        named += &format!(" and {} more", files.len() - NAMED);
    }
    let (path, span) = (canary.path.clone(), canary.span);
    if canary.is_telling() {
        let message = format!("{what} is in the output: “{words}” in {named}");
        Diagnostic::error(Code::LeakFound, path, span, message)
            .hint("take the words out of what brings them there: a template, a file in static/, another briefing")
    } else {
        let message = format!("a word of {what} is in the output: “{words}” in {named}");
        Diagnostic::warning(Code::LeakWord, path, span, message)
            .hint("nothing that is published says this word; it may be chance")
    }
}
