//! Names that may mean one thing, and why.
//!
//! Input: names with their kinds. Output: pairs with the reason in words. Never every name with
//! every other: names meet in blocks of one key (the same words, one surname and initial, one set
//! of initials, neighbours in the alphabet), and a block is read to forty names.

use std::collections::{BTreeMap, BTreeSet};

use deunicode::deunicode;

use crate::model::entity::EntityKind;

/// A name of an entity; `entity` is any number that tells entities apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Named<'a> {
    /// Which entity.
    pub entity: usize,
    /// What it is.
    pub kind: EntityKind,
    /// One of its names.
    pub name: &'a str,
}

/// The names of an entity that tell it from others: its own, and aliases but for short forms.
/// "NPS" is a school's and a survey's short form, and says nothing on whether they are one.
pub fn telling<'a>(
    entity: usize,
    kind: EntityKind,
    name: &'a str,
    aliases: &'a [String],
) -> impl Iterator<Item = Named<'a>> {
    let aliases = aliases.iter().map(String::as_str);
    let long = aliases.filter(|alias| !is_short_form(alias));
    std::iter::once(name)
        .chain(long)
        .map(move |name| Named { entity, kind, name })
}

/// A word of few letters with two capitals or more: ISKP, U.S.
fn is_short_form(name: &str) -> bool {
    let letters = name.chars().filter(|c| c.is_alphanumeric()).count();
    let capitals = name.chars().filter(|c| c.is_uppercase()).count();
    capitals >= 2 && letters <= 8 && !name.trim().contains(' ')
}

/// Two entities that may be one; `a` < `b`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pair {
    /// One.
    pub a: usize,
    /// The other.
    pub b: usize,
    /// Why, in words.
    pub reason: String,
}

/// The most names of a block that are compared with each other.
const BLOCK: usize = 40;

/// How many neighbours in the alphabet a name is compared with.
const NEIGHBOURS: usize = 6;

/// Shorter names differ by a letter too easily.
const LONG: usize = 9;

/// From here on two letters may differ.
const VERY_LONG: usize = 15;

const LEGAL: &[&str] = &[
    "ltd",
    "limited",
    "inc",
    "incorporated",
    "llc",
    "llp",
    "plc",
    "corp",
    "corporation",
    "co",
    "company",
    "gmbh",
    "ag",
    "sa",
    "sas",
    "sarl",
    "srl",
    "spa",
    "bv",
    "nv",
    "oy",
    "ab",
    "as",
    "group",
    "holding",
    "holdings",
    "oao",
    "ooo",
    "pao",
    "jsc",
    "the",
    "of",
    "for",
    "and",
    "de",
    "des",
    "du",
    "la",
    "le",
    "les",
    "et",
    "der",
    "die",
    "und",
    "fur",
    "el",
    "y",
];

/// A name taken apart.
struct Parts<'a> {
    of: Named<'a>,
    /// Plain small letters, words in order.
    words: Vec<String>,
}

/// What names a key brings together, and the reason for which two of them are alike.
type Rule = (
    for<'p, 'n> fn(&'p Parts<'n>) -> Option<String>,
    for<'p, 'n> fn(&'p Parts<'n>, &'p Parts<'n>) -> Option<String>,
);

const RULES: &[Rule] = &[
    (same_words, spelling),
    (core_words, but_for_small_words),
    (surname_and_initial, person),
    (initials, short_form),
];

/// The pairs, by entity, each once with its first reason.
#[must_use]
pub fn pairs(names: &[Named<'_>]) -> Vec<Pair> {
    let take_apart = |of: &Named<'_>| words(of.name);
    let parts: Vec<Parts<'_>> = names
        .iter()
        .map(|of| Parts {
            of: *of,
            words: take_apart(of),
        })
        .collect();
    let mut found: BTreeMap<(usize, usize), String> = BTreeMap::new();
    let mut meet = |a: &Parts<'_>, b: &Parts<'_>, reason: String| {
        let pair = (a.of.entity.min(b.of.entity), a.of.entity.max(b.of.entity));
        if pair.0 != pair.1 {
            found.entry(pair).or_insert(reason);
        }
    };
    for (key, reason) in RULES {
        in_blocks(&parts, key, &mut |a, b| {
            if let Some(reason) = reason(a, b) {
                meet(a, b, reason);
            }
        });
    }
    alphabetical(&parts, &mut |a, b, distance| {
        let letters = if distance == 1 {
            "one letter"
        } else {
            "two letters"
        };
        meet(a, b, format!("{letters} apart: {}", both(a, b)));
    });
    found
        .into_iter()
        .map(|((a, b), reason)| Pair { a, b, reason })
        .collect()
}

fn both(a: &Parts<'_>, b: &Parts<'_>) -> String {
    format!("“{}”, “{}”", a.of.name, b.of.name)
}

fn words(name: &str) -> Vec<String> {
    deunicode(name)
        .to_lowercase()
        .replace(['\'', '.'], "")
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect()
}

fn spelling(a: &Parts<'_>, b: &Parts<'_>) -> Option<String> {
    Some(if a.words != b.words {
        format!("the same words in another order: {}", both(a, b))
    } else if a.of.kind != b.of.kind {
        format!("one name of two kinds: “{}”", a.of.name)
    } else if a.of.name == b.of.name {
        format!("both are called “{}”", a.of.name)
    } else {
        format!("one name in two spellings: {}", both(a, b))
    })
}

fn but_for_small_words(a: &Parts<'_>, b: &Parts<'_>) -> Option<String> {
    let reason = || format!("the same but for words such as Ltd or of: {}", both(a, b));
    (a.of.kind == b.of.kind).then(reason)
}

fn short_form(a: &Parts<'_>, b: &Parts<'_>) -> Option<String> {
    let (short, long) = if a.words.len() < b.words.len() {
        (a, b)
    } else {
        (b, a)
    };
    let fits = short.words.len() == 1 && long.words.len() > 1 && a.of.kind == b.of.kind;
    fits.then(|| format!("“{}” are the initials of “{}”", short.of.name, long.of.name))
}

fn same_words(parts: &Parts<'_>) -> Option<String> {
    let mut words = parts.words.clone();
    words.sort_unstable();
    (!words.is_empty()).then(|| words.join(" "))
}

/// "Ministry of Defence" and "Defence Ministry", "Acme" and "Acme Ltd".
fn core_words(parts: &Parts<'_>) -> Option<String> {
    if parts.of.kind == EntityKind::Person {
        return None;
    }
    let core: BTreeSet<&str> = parts
        .words
        .iter()
        .map(String::as_str)
        .filter(|word| !LEGAL.contains(word))
        .collect();
    let letters: usize = core.iter().map(|word| word.len()).sum();
    (letters > 3).then(|| core.into_iter().collect::<Vec<_>>().join(" "))
}

fn surname_and_initial(parts: &Parts<'_>) -> Option<String> {
    let (last, before) = parts.words.split_last()?;
    let initial = before.first()?.chars().next()?;
    (parts.of.kind == EntityKind::Person && last.len() > 1).then(|| format!("{last} {initial}"))
}

/// Two people of one surname and one initial.
fn person(a: &Parts<'_>, b: &Parts<'_>) -> Option<String> {
    let (a, b) = (&a.words, &b.words);
    let initial_of = |x: &String, y: &String| x.len() == 1 && y.starts_with(x.as_str());
    let fits = |(x, y): (&String, &String)| x == y || initial_of(x, y) || initial_of(y, x);
    let subset = |short: &[String], long: &[String]| short.iter().all(|word| long.contains(word));
    let (first, other) = (a.first()?, b.first()?);
    let reason = if first != other {
        let by_initial = first.len() == 1 || other.len() == 1;
        by_initial.then_some("one gives the first name by its initial")
    } else if a.len() != b.len() {
        (subset(a, b) || subset(b, a)).then_some("one leaves out a middle name")
    } else {
        let fit = a.iter().zip(b).all(fits);
        fit.then_some("one gives a middle name by its initial")
    };
    reason.map(str::to_owned)
}

/// The initials of a long name, or a short name in capitals as it is.
fn initials(parts: &Parts<'_>) -> Option<String> {
    if parts.of.kind == EntityKind::Person {
        return None;
    }
    if let [only] = parts.words.as_slice() {
        return is_short_form(parts.of.name).then(|| only.clone());
    }
    let counts = |word: &&String| !LEGAL.contains(&word.as_str());
    let initials: String = parts
        .words
        .iter()
        .filter(counts)
        .filter_map(|word| word.chars().next())
        .collect();
    (initials.len() >= 2).then_some(initials)
}

/// Has the names of each block meet.
fn in_blocks<'p, 'n>(
    parts: &'p [Parts<'n>],
    key: &for<'a, 'b> fn(&'a Parts<'b>) -> Option<String>,
    meet: &mut impl FnMut(&'p Parts<'n>, &'p Parts<'n>),
) {
    let mut blocks: BTreeMap<String, Vec<&Parts<'n>>> = BTreeMap::new();
    for part in parts {
        if let Some(key) = key(part) {
            let block = blocks.entry(key).or_default();
            if block.len() < BLOCK {
                block.push(part);
            }
        }
    }
    for block in blocks.values() {
        for (n, a) in block.iter().enumerate() {
            for b in &block[n + 1..] {
                meet(a, b);
            }
        }
    }
}

/// The words of a name that count: "2024", "II".
fn numbers<'p>(parts: &'p Parts<'_>) -> Vec<&'p str> {
    let is_number = |word: &&str| {
        word.contains(|c: char| c.is_ascii_digit()) || word.chars().all(|c| "ivx".contains(c))
    };
    parts
        .words
        .iter()
        .map(String::as_str)
        .filter(is_number)
        .collect()
}

/// Has long names meet their neighbours in the alphabet, read forwards and backwards, where they
/// differ by a letter, or by two where they are very long.
fn alphabetical<'p, 'n>(
    parts: &'p [Parts<'n>],
    meet: &mut impl FnMut(&'p Parts<'n>, &'p Parts<'n>, usize),
) {
    let joined = |part: &Parts<'_>| part.words.join(" ");
    for backwards in [false, true] {
        let mut sorted: Vec<(String, &Parts<'n>)> = parts
            .iter()
            .map(|part| {
                let name = joined(part);
                let name = if backwards {
                    name.chars().rev().collect()
                } else {
                    name
                };
                (name, part)
            })
            .filter(|(name, _)| name.len() >= LONG)
            .collect();
        sorted.sort_by(|a, b| a.0.cmp(&b.0));
        for (n, (name, part)) in sorted.iter().enumerate() {
            for (other, neighbour) in sorted[n + 1..].iter().take(NEIGHBOURS) {
                let allowed = 1 + usize::from(name.len().min(other.len()) >= VERY_LONG);
                // "Summit 2023" and "Summit 2024" differ by a letter, and are two.
                if part.of.kind == neighbour.of.kind
                    && name.len().abs_diff(other.len()) <= allowed
                    && numbers(part) == numbers(neighbour)
                {
                    let distance = strsim::damerau_levenshtein(name, other);
                    if (1..=allowed).contains(&distance) {
                        meet(part, neighbour, distance);
                    }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests;
