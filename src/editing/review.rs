//! The review at the terminal, as a state machine: a key goes in, the next state and what is to be
//! done come out. Whoever runs it reads keys, shows [`screen::screen`] and does the effects.

pub mod pick;
pub mod screen;

use super::{
    decision::{Action, Decision},
    queue::Waiting,
};
use crate::{
    model::entity::{AliasRule, EntityKind},
    text::slug::slugify,
};

pub use pick::Choice;

/// A key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Key {
    /// A character.
    Char(char),
    /// Enter.
    Enter,
    /// Escape.
    Escape,
    /// Backspace.
    Backspace,
    /// Arrow up.
    Up,
    /// Arrow down.
    Down,
    /// Anything else.
    Other,
}

/// What is to be done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Effect {
    /// Write these decisions, as one step that can be undone.
    Decide(Vec<Decision>),
    /// Take the last step back.
    Undo,
    /// End.
    Quit,
}

/// A name to decide about, and what it may be merged into.
#[derive(Debug, Clone, PartialEq)]
pub struct Item {
    /// The name.
    pub waiting: Waiting,
    /// Entities that it may mean, with the reason in words.
    pub suggestions: Vec<(Choice, String)>,
}

/// What the keys do at the moment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Mode {
    /// One key, one decision.
    Browse,
    /// An entity is picked by typing.
    Pick {
        /// Whether the name becomes an alias in the registry.
        alias: bool,
        /// What was typed.
        query: String,
        /// Which of the choices is lit.
        lit: usize,
    },
    /// A kind is picked.
    Kind,
    /// A registry file is made: its three fields, and which of them is typed in.
    New {
        /// Name, id, description.
        fields: [String; 3],
        /// The field.
        at: usize,
    },
    /// All is decided, or skipped.
    Done,
}

/// The state.
#[derive(Debug, Clone, PartialEq)]
pub struct Review {
    /// The names, most frequent first.
    pub items: Vec<Item>,
    /// Which one is shown.
    pub at: usize,
    /// What the keys do.
    pub mode: Mode,
    /// What the last key came to.
    pub message: String,
    /// Entities that a name may be merged into.
    pub choices: Vec<Choice>,
    /// The places of the decided names, to go back to.
    trail: Vec<usize>,
}

impl Review {
    /// The review of `items`.
    #[must_use]
    pub fn new(items: Vec<Item>, choices: Vec<Choice>) -> Self {
        let mode = if items.is_empty() {
            Mode::Done
        } else {
            Mode::Browse
        };
        Self {
            items,
            at: 0,
            mode,
            message: String::new(),
            choices,
            trail: Vec::new(),
        }
    }

    /// The name that is shown.
    #[must_use]
    pub fn item(&self) -> Option<&Item> {
        self.items.get(self.at)
    }

    /// The state after a key, and what is to be done. Decisions count only once
    /// [`Self::decided`] was told that they were written.
    #[must_use]
    pub fn step(mut self, key: Key) -> (Self, Vec<Effect>) {
        self.message.clear();
        match self.mode.clone() {
            Mode::Browse => self.browse(key),
            Mode::Pick { alias, query, lit } => self.pick(key, alias, query, lit),
            Mode::Kind => self.pick_kind(key),
            Mode::New { fields, at } => self.fill(key, fields, at),
            Mode::Done => match key {
                Key::Char('u') => (self, vec![Effect::Undo]),
                Key::Char('q') | Key::Escape | Key::Enter => (self, vec![Effect::Quit]),
                _ => (self, Vec::new()),
            },
        }
    }

    /// The state after the decisions were written, or could not be.
    #[must_use]
    pub fn decided(mut self, written: Result<String, String>) -> Self {
        match written {
            Ok(message) => {
                self.trail.push(self.at);
                self.message = message;
                self.next()
            }
            Err(told) => {
                self.message = told;
                self.mode = Mode::Browse;
                self
            }
        }
    }

    /// The state after the last step was taken back, or could not be.
    #[must_use]
    pub fn undone(mut self, undone: Result<String, String>) -> Self {
        match undone {
            Ok(message) => {
                if let Some(at) = self.trail.pop() {
                    self.at = at;
                    self.mode = Mode::Browse;
                }
                self.message = message;
            }
            Err(told) => self.message = told,
        }
        self
    }

    fn next(mut self) -> Self {
        self.at = (self.at + 1).min(self.items.len());
        self.mode = if self.at < self.items.len() {
            Mode::Browse
        } else {
            Mode::Done
        };
        self
    }

    fn decide(&self, action: Action) -> Vec<Effect> {
        let decision = self.item().map(|item| Decision {
            name: item.waiting.name.clone(),
            kind: item.waiting.kind,
            action,
            reason: None,
        });
        decision
            .map(|decision| Effect::Decide(vec![decision]))
            .into_iter()
            .collect()
    }

    fn with(mut self, mode: Mode) -> (Self, Vec<Effect>) {
        self.mode = mode;
        (self, Vec::new())
    }

    fn browse(self, key: Key) -> (Self, Vec<Effect>) {
        let picking = |alias| Mode::Pick {
            alias,
            query: String::new(),
            lit: 0,
        };
        match key {
            Key::Char('a') => {
                let effects = self.decide(Action::Accept);
                (self, effects)
            }
            Key::Char('r') => {
                let effects = self.decide(Action::Reject);
                (self, effects)
            }
            Key::Char('s') => {
                let effects = self.decide(Action::Suppress);
                (self, effects)
            }
            Key::Char('m') => self.with(picking(false)),
            Key::Char('l') => self.with(picking(true)),
            Key::Char('k') => self.with(Mode::Kind),
            Key::Char('n') => {
                let name = self
                    .item()
                    .map(|item| item.waiting.name.clone())
                    .unwrap_or_default();
                let fields = [name.clone(), slugify(&name), String::new()];
                self.with(Mode::New { fields, at: 0 })
            }
            Key::Char('u') => (self, vec![Effect::Undo]),
            Key::Char(' ') | Key::Down => (self.next(), Vec::new()),
            Key::Up => {
                let at = self.at.saturating_sub(1);
                (Self { at, ..self }, Vec::new())
            }
            Key::Char('q') | Key::Escape => (self, vec![Effect::Quit]),
            _ => {
                let message = "no such key".to_owned();
                (Self { message, ..self }, Vec::new())
            }
        }
    }

    /// The entities to choose from, for what was typed so far.
    #[must_use]
    pub fn offered(&self, alias: bool, query: &str) -> Vec<Choice> {
        let Some(item) = self.item() else {
            return Vec::new();
        };
        let suggested = item.suggestions.iter().map(|(choice, _)| choice);
        pick::offered(&self.choices, suggested, &item.waiting, alias, query)
    }

    fn pick(self, key: Key, alias: bool, mut query: String, lit: usize) -> (Self, Vec<Effect>) {
        let offered = self.offered(alias, &query);
        let last = offered.len().saturating_sub(1);
        let lit = match key {
            Key::Escape => return self.with(Mode::Browse),
            Key::Enter => {
                let Some(choice) = offered.get(lit) else {
                    let message = "nothing is chosen".to_owned();
                    return (Self { message, ..self }, Vec::new());
                };
                let into = choice.into.clone();
                let effects = self.decide(if alias {
                    let rule = AliasRule::Plain;
                    Action::Alias { into, rule }
                } else {
                    Action::Merge { into }
                });
                return (self, effects);
            }
            Key::Down => (lit + 1).min(last),
            Key::Up => lit.saturating_sub(1),
            Key::Char(c) => {
                query.push(c);
                0
            }
            Key::Backspace => {
                query.pop();
                0
            }
            Key::Other => lit,
        };
        self.with(Mode::Pick { alias, query, lit })
    }

    fn pick_kind(self, key: Key) -> (Self, Vec<Effect>) {
        let to = match key {
            Key::Char('p') => EntityKind::Person,
            Key::Char('o') => EntityKind::Organisation,
            Key::Char('l') => EntityKind::Place,
            Key::Char('e') => EntityKind::Event,
            Key::Escape => return self.with(Mode::Browse),
            _ => return (self, Vec::new()),
        };
        let effects = self.decide(Action::Kind { to });
        (self, effects)
    }

    fn fill(self, key: Key, mut fields: [String; 3], mut at: usize) -> (Self, Vec<Effect>) {
        match key {
            Key::Escape => return self.with(Mode::Browse),
            Key::Enter if at == 2 => {
                let effects = self.new_entity(&fields);
                return (self, effects);
            }
            Key::Enter | Key::Down => at = (at + 1).min(2),
            Key::Up => at = at.saturating_sub(1),
            Key::Char(c) => {
                let follows = at == 0 && fields[1] == slugify(&fields[0]);
                fields[at].push(c);
                if follows {
                    fields[1] = slugify(&fields[0]);
                }
            }
            Key::Backspace => {
                let follows = at == 0 && fields[1] == slugify(&fields[0]);
                fields[at].pop();
                if follows {
                    fields[1] = slugify(&fields[0]);
                }
            }
            Key::Other => {}
        }
        self.with(Mode::New { fields, at })
    }

    /// A file for the name; where the editor wrote it otherwise, the found name is an alias.
    fn new_entity(&self, fields: &[String; 3]) -> Vec<Effect> {
        let Some(item) = self.item() else {
            return Vec::new();
        };
        let [name, id, description] = fields.each_ref().map(|field| field.trim().to_owned());
        let decision = |name: String, action| Decision {
            name,
            kind: item.waiting.kind,
            action,
            reason: None,
        };
        let found = item.waiting.name.clone();
        let mut decisions = Vec::new();
        let renamed = name != found;
        let new = Action::New {
            id: Some(id.clone()).filter(|id| !id.is_empty()),
            description: Some(description).filter(|text| !text.is_empty()),
        };
        let into = if id.is_empty() { slugify(&name) } else { id };
        decisions.push(decision(name, new));
        if renamed {
            let rule = AliasRule::Plain;
            decisions.push(decision(found, Action::Alias { into, rule }));
        }
        vec![Effect::Decide(decisions)]
    }
}

#[cfg(test)]
mod tests;
