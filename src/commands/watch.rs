//! Shows a person how far a build is, and how long each stage took.

use std::{
    fmt::Write,
    sync::Mutex,
    time::{Duration, Instant},
};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::is_watched;
use crate::pipeline::Progress;

/// Follows one build. Nothing is drawn where nobody watches.
pub(super) struct Watch {
    bar: ProgressBar,
    stages: Mutex<Vec<(&'static str, Instant)>>,
}

impl Watch {
    /// Draws a bar unless `quiet`, or unless nobody watches.
    pub(super) fn new(quiet: bool) -> Self {
        let bar = ProgressBar::with_draw_target(None, target(quiet));
        bar.enable_steady_tick(Duration::from_millis(100));
        Self {
            bar,
            stages: Mutex::default(),
        }
    }

    /// Takes note of a step.
    pub(super) fn step(&self, step: Progress) {
        match step {
            Progress::Item => self.bar.inc(1),
            Progress::Stage(name, items) => {
                self.bar.set_style(style(items));
                self.bar.set_length(items as u64);
                self.bar.set_position(0);
                self.bar.set_message(name);
                if let Ok(mut stages) = self.stages.lock() {
                    stages.push((name, Instant::now()));
                }
            }
        }
    }

    /// Takes the bar away.
    pub(super) fn clear(&self) {
        self.bar.finish_and_clear();
    }

    /// A line for each stage: how long it took, the last one until now.
    pub(super) fn times(&self) -> String {
        let stages = self.stages.lock();
        let stages = stages.as_deref().map_or(&[][..], Vec::as_slice);
        let mut lines = String::new();
        for (n, (name, start)) in stages.iter().enumerate() {
            let end = stages.get(n + 1).map_or_else(Instant::now, |next| next.1);
            let ms = (end - *start).as_secs_f64() * 1000.0;
            let _ = writeln!(lines, "{name:<11}{ms:>9.1} ms");
        }
        lines
    }
}

fn target(quiet: bool) -> ProgressDrawTarget {
    if quiet || !is_watched() {
        ProgressDrawTarget::hidden()
    } else {
        ProgressDrawTarget::stderr()
    }
}

fn style(items: usize) -> ProgressStyle {
    let template = if items > 0 {
        "{msg:<11} {bar:30} {pos}/{len}"
    } else {
        "{msg:<11} {spinner}"
    };
    ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar())
}
