//! `entities review`: the terminal around the state machine, or the queue as JSON.

use std::io::{self, IsTerminal, Write};

use anyhow::{Result, bail};
use console::Term;

use super::{Site, desk, read};
use crate::{
    cli::{KindArg, SourceArgs},
    commands::{OK, content, counted},
    editing::{
        decision::{Action, Decision},
        desk::Desk,
        files::Change,
        history::Step,
        items,
        queue::Corpus,
        review::{Effect, Item, Key, Review, screen::screen},
        wire_queue,
    },
};

/// How many steps can be taken back.
const STEPS: usize = 100;

/// Asks about one name after another, or prints them.
pub(super) fn review(
    kind: Option<KindArg>,
    below: Option<f32>,
    json: bool,
    source: &SourceArgs,
) -> Result<u8> {
    let is_terminal = io::stdin().is_terminal() && io::stdout().is_terminal();
    if !json && !is_terminal {
        bail!(
            "the review needs a terminal\nprint the names with --json, and write decisions with --apply FILE"
        );
    }
    if !json {
        content::recover(&source.content)?;
    }
    let site = read(source)?;
    let corpus = corpus(&site);
    let choices = items::choices(&corpus);
    let wanted = |item: &Item| {
        kind.is_none_or(|kind| kind.kind() == item.waiting.kind)
            && below.is_none_or(|below| item.waiting.confidence < below)
    };
    let mut queue = items::items(&corpus, &choices);
    queue.retain(wanted);
    if json {
        return print(&queue);
    }
    let session = Session {
        source,
        desk: desk(&site, source)?,
        steps: Vec::new(),
    };
    session.run(Review::new(queue, choices))
}

/// What the queue is made of.
pub(super) fn corpus(site: &Site) -> Corpus<'_> {
    Corpus {
        articles: &site.parsed.articles,
        extractions: &site.linked.extractions,
        resolutions: &site.linked.resolutions,
        catalogue: &site.linked.catalogue,
        kb: &site.parsed.kb,
        min_confidence: site.parsed.config.min_confidence,
    }
}

fn print(queue: &[Item]) -> Result<u8> {
    let mut out = io::stdout().lock();
    for item in queue {
        if writeln!(out, "{}", wire_queue::line(item)?).is_err() {
            // Whoever read the list has seen enough.
            break;
        }
    }
    Ok(OK)
}

/// A review at work: the desk as it is on the disk, and the way back.
struct Session<'a> {
    source: &'a SourceArgs,
    desk: Desk,
    steps: Vec<(Desk, Vec<Change>)>,
}

impl Session<'_> {
    fn run(mut self, mut review: Review) -> Result<u8> {
        let term = Term::stdout();
        let colour = console::colors_enabled();
        let mut written = 0usize;
        loop {
            term.clear_screen()?;
            term.write_str(&screen(&review, colour))?;
            let (next, effects) = review.step(key(&term)?);
            review = next;
            for effect in effects {
                review = match effect {
                    Effect::Quit => {
                        term.write_line(&format!("\n{} written", counted(written, "decision")))?;
                        return Ok(OK);
                    }
                    Effect::Decide(decisions) => {
                        let result = self.decide(&decisions).map_err(|e| format!("{e:#}"));
                        written += usize::from(result.is_ok());
                        review.decided(result)
                    }
                    Effect::Undo => {
                        let result = self.undo().map_err(|e| format!("{e:#}"));
                        written = written.saturating_sub(usize::from(result.is_ok()));
                        review.undone(result)
                    }
                };
            }
        }
    }

    /// Writes decisions as one step. Where that fails the desk is as it was.
    fn decide(&mut self, decisions: &[Decision]) -> Result<String> {
        let before = self.desk.clone();
        match self.write(decisions) {
            Ok((changes, message)) => {
                if self.steps.len() == STEPS {
                    self.steps.remove(0);
                }
                self.steps.push((before, changes));
                Ok(message)
            }
            Err(error) => {
                self.desk = before;
                Err(error)
            }
        }
    }

    fn write(&mut self, decisions: &[Decision]) -> Result<(Vec<Change>, String)> {
        for decision in decisions {
            if let Err(told) = self.desk.decide(decision) {
                bail!(told);
            }
        }
        let changes = self.desk.finish()?;
        let what = decisions.first().map(told).unwrap_or_default();
        content::commit(&self.source.content, &what, &changes)?;
        Ok((changes, what))
    }

    fn undo(&mut self) -> Result<String> {
        let Some((before, changes)) = self.steps.last() else {
            bail!("there is nothing to undo");
        };
        // A decision that changed nothing left no step.
        if !changes.is_empty() {
            let kept = content::steps(&self.source.content)?;
            if kept.first().map(Step::changes).as_ref() != Some(changes) {
                bail!("another command wrote since; see `dateline undo --list`");
            }
            content::undo(&self.source.content)?;
        }
        self.desk = before.clone();
        self.steps.pop();
        Ok("undone".to_owned())
    }
}

fn told(decision: &Decision) -> String {
    let name = &decision.name;
    match &decision.action {
        Action::Accept => format!("accepted {name}"),
        Action::Reject => format!("rejected {name}"),
        Action::Merge { into } => format!("merged {name} into {into}"),
        Action::Alias { into, .. } => format!("{name} is an alias of {into}"),
        Action::New { .. } => format!("made a file for {name}"),
        Action::Suppress => format!("suppressed {name}"),
        Action::Distinct { other } => format!("{name} and {other} are two"),
        Action::Kind { .. } => format!("changed the kind of {name}"),
        Action::Skip => format!("skipped {name}"),
    }
}

fn key(term: &Term) -> Result<Key> {
    Ok(match term.read_key()? {
        console::Key::Char(c) if !c.is_control() => Key::Char(c),
        console::Key::Enter => Key::Enter,
        console::Key::Escape => Key::Escape,
        console::Key::Backspace => Key::Backspace,
        console::Key::ArrowUp => Key::Up,
        console::Key::ArrowDown => Key::Down,
        _ => Key::Other,
    })
}
