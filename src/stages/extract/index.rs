//! Known names, compiled to one automaton.
//!
//! Input: the registry, the embedded gazetteer and list of known bodies. Output: [`NameIndex`],
//! which finds every known name in a text: the longest at each place, on whole words.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::OnceLock,
};

use aho_corasick::{AhoCorasick, Input, MatchKind};

use crate::{
    geo::{Gazetteer, PlaceKind},
    model::{
        entity::{AliasRule, EntityId, EntityKind, RegistryEntity},
        extraction::Candidate,
        span::Span,
    },
};

const KNOWN: &str = include_str!("../../../data/names/known.tsv");

/// What a known name may mean.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Meaning {
    /// A registry entity.
    Registry(EntityId, EntityKind),
    /// A name that the editor accepted, as the editor writes it.
    Accepted(String, EntityKind),
    /// A place, by id.
    Geo(u32),
    /// The people of a place, by the place's id.
    People(u32),
    /// A well-known body, event or place, by its full name.
    Known(&'static str, EntityKind),
    /// A news agency or outlet, by its full name.
    Outlet(&'static str),
}

/// A known name in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Match<'a> {
    /// Where.
    pub span: Span,
    /// What it may mean; registry entities first.
    pub meanings: &'a [Meaning],
}

/// All known names.
#[derive(Debug)]
pub struct NameIndex {
    automaton: AhoCorasick,
    meanings: Vec<Vec<Meaning>>,
    /// What authors may call a registry entity: its id, name or alias.
    registered: BTreeMap<String, (EntityKind, EntityId)>,
    /// Aliases that need context.
    in_context: BTreeSet<String>,
}

impl NameIndex {
    /// Compiles the names of the registry and those that the editor accepted (by folded name and
    /// kind) with the embedded ones.
    ///
    /// # Errors
    /// When the names are too many or too long for an automaton.
    pub fn new<'a>(
        registry: impl IntoIterator<Item = &'a RegistryEntity>,
        accepted: &BTreeMap<(String, EntityKind), String>,
    ) -> Result<Self, aho_corasick::BuildError> {
        let mut names = Names::default();
        let (mut registered, mut in_context) = (BTreeMap::new(), BTreeSet::new());
        for entity in registry {
            registered.insert(entity.id.0.to_string(), (entity.kind, entity.id.clone()));
            let own = std::iter::once((entity.name.as_str(), AliasRule::Plain));
            let aliases = entity
                .aliases
                .iter()
                .map(|alias| (alias.name.as_str(), alias.rule));
            registered.insert(entity.id.0.to_string(), (entity.kind, entity.id.clone()));
            for former in &entity.former {
                let meant = (entity.kind, entity.id.clone());
                registered.entry(former.clone()).or_insert(meant);
            }
            for (name, rule) in own
                .chain(aliases)
                .filter(|(_, rule)| *rule != AliasRule::Never)
            {
                let meant = (entity.kind, entity.id.clone());
                registered.entry(name.to_owned()).or_insert(meant);
                if rule == AliasRule::NeedsContext {
                    in_context.insert(name.to_owned());
                }
                let meaning = Meaning::Registry(entity.id.clone(), entity.kind);
                names.add(name, &meaning, rule != AliasRule::Exact);
            }
        }
        for ((_, kind), name) in accepted {
            names.add(name, &Meaning::Accepted(name.clone(), *kind), true);
        }
        add_places(&mut names);
        add_known(&mut names);
        let (patterns, meanings): (Vec<String>, Vec<Vec<Meaning>>) =
            names.by_form.into_iter().unzip();
        let automaton = AhoCorasick::builder()
            .match_kind(MatchKind::LeftmostLongest)
            .build(&patterns)?;
        Ok(Self {
            automaton,
            meanings,
            registered,
            in_context,
        })
    }

    /// The registry entity that an author's reference means: an id, a name or an alias.
    #[must_use]
    pub fn registered(&self, reference: &str) -> Option<(EntityKind, Candidate)> {
        let (kind, id) = self.registered.get(reference)?;
        Some((*kind, Candidate::Registry(vec![id.clone()])))
    }

    /// True for an alias that counts only where the entity is named otherwise too.
    #[must_use]
    pub fn needs_context(&self, name: &str) -> bool {
        self.in_context.contains(name)
    }

    /// The known names in `text[block]`, in order, without overlaps.
    pub fn find<'a>(&'a self, text: &'a str, block: Span) -> impl Iterator<Item = Match<'a>> {
        let (mut at, end) = (block.start as usize, block.end as usize);
        std::iter::from_fn(move || {
            while at < end {
                let input = Input::new(text).range(at..end);
                let found = self.automaton.find(input)?;
                if is_whole(text, block, found.start(), found.end()) {
                    at = found.end();
                    return Some(Match {
                        span: Span::new(found.start(), found.end()),
                        meanings: &self.meanings[found.pattern().as_usize()],
                    });
                }
                at = next_word(text, found.start(), end);
            }
            None
        })
    }
}

/// The start of the next word after the one at `start`.
fn next_word(text: &str, start: usize, end: usize) -> usize {
    let inside = text[start..end]
        .find(|c: char| !c.is_alphanumeric())
        .unwrap_or(end - start);
    // A name may begin with a sign: go on by a character at least.
    let first = text[start..].chars().next().map_or(1, char::len_utf8);
    start + inside.max(first)
}

/// True where the match is not a part of a longer word. "France-based" and "non-French" hold the
/// name; "State-Khorasan" is another name than "State".
fn is_whole(text: &str, block: Span, start: usize, end: usize) -> bool {
    let before = &text[block.start as usize..start];
    let after = &text[end..block.end as usize];
    let joins = |c: char| matches!(c, '-' | '\u{2010}' | '\u{2011}' | '&');
    let mut left = before.chars().rev();
    let left_free = match left.next() {
        None => true,
        Some(c) if joins(c) => {
            let word = before
                .rsplit(|c: char| c.is_whitespace())
                .next()
                .unwrap_or_default();
            word.len() == 1 || word.starts_with(char::is_lowercase)
        }
        Some(c) => !c.is_alphanumeric(),
    };
    let mut right = after.chars();
    let right_free = match right.next() {
        None => true,
        Some(c) if joins(c) => right
            .next()
            .is_none_or(|c| c.is_lowercase() || !c.is_alphanumeric()),
        // "USA.gov" is an address.
        Some('.') => right.next().is_none_or(|c| !c.is_lowercase()),
        Some(c) => !c.is_alphanumeric(),
    };
    left_free && right_free
}

#[derive(Default)]
struct Names {
    by_form: BTreeMap<String, Vec<Meaning>>,
}

impl Names {
    /// Adds a name as written, with either apostrophe, and in capitals throughout where a headline
    /// may write it so: short names in capitals are words of their own.
    fn add(&mut self, name: &str, meaning: &Meaning, capitals: bool) {
        let name = name.trim();
        if name.is_empty() {
            return;
        }
        let mut forms = vec![name.to_owned()];
        if name.contains('\'') {
            forms.push(name.replace('\'', "\u{2019}"));
        }
        if capitals && name.chars().count() > 4 {
            forms.push(name.to_uppercase());
        }
        for form in forms {
            let meanings = self.by_form.entry(form).or_default();
            if !meanings.contains(meaning) {
                meanings.push(meaning.clone());
                meanings.sort();
            }
        }
    }
}

fn add_places(names: &mut Names) {
    for place in Gazetteer::embedded().places() {
        let capitals = matches!(place.kind, PlaceKind::Country | PlaceKind::Capital);
        for name in std::iter::once(place.name).chain(place.other_names()) {
            // "US" is a country, "us" and "US" in a headline of capitals are not told apart.
            names.add(name, &Meaning::Geo(place.id), capitals);
        }
        for people in place.demonyms() {
            names.add(people, &Meaning::People(place.id), false);
        }
    }
    // The two letters that every text uses.
    let us = Gazetteer::embedded()
        .places()
        .iter()
        .find(|p| p.name == "United States");
    if let Some(us) = us {
        for letters in ["US", "U.S", "USA"] {
            names.add(letters, &Meaning::Geo(us.id), false);
        }
    }
}

fn add_known(names: &mut Names) {
    for (kind, name, others) in known() {
        let meaning = match kind {
            "s" => Meaning::Outlet(name),
            "e" => Meaning::Known(name, EntityKind::Event),
            "p" => Meaning::Known(name, EntityKind::Place),
            _ => Meaning::Known(name, EntityKind::Organisation),
        };
        for name in std::iter::once(name).chain(others.split(", ").filter(|n| !n.is_empty())) {
            names.add(name, &meaning, false);
        }
    }
}

fn known() -> impl Iterator<Item = (&'static str, &'static str, &'static str)> {
    KNOWN
        .lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| {
            let mut fields = line.split('\t');
            Some((
                fields.next()?,
                fields.next()?,
                fields.next().unwrap_or_default(),
            ))
        })
}

/// True for a common given name.
#[must_use]
pub(super) fn is_given_name(word: &str) -> bool {
    static GIVEN: OnceLock<Vec<&'static str>> = OnceLock::new();
    let given = GIVEN.get_or_init(|| {
        let list = include_str!("../../../data/names/given.txt");
        let mut given: Vec<&str> = list.split_whitespace().collect();
        given.sort_unstable();
        given
    });
    given.binary_search(&word).is_ok()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[&str]) {
        let index = NameIndex::new([], &BTreeMap::new()).unwrap();
        let whole = Span::new(0, text.len());
        let found: Vec<&str> = index.find(text, whole).map(|m| m.span.of(text)).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn finds_whole_names_only() {
        check("Iran and Iranians, not Iranistan", &["Iran", "Iranians"]);
        check(
            "Afghanistan-based ISKP; non-French police",
            &["Afghanistan", "ISKP", "French"],
        );
        check(
            "Islamic State-Khorasan Province (ISKP, or ISIS-K)",
            &["Islamic State-Khorasan Province", "ISKP", "ISIS-K"],
        );
        check("Islamic State\u{2019}s", &["Islamic State"]);
        check("They told us in the US", &["US"]);
        check("See USA.gov, in the USA.", &["USA"]);
        check("FRANCE WINS", &["FRANCE"]);
    }
}
