//! What a French, German, Spanish or Russian time expression may be.

use super::{
    calendar::{self, Tense},
    cursor::{Cursor, Read},
    lexicon::{self, find},
    month,
    tongue::{self, Tongue, Words, bare, holds},
    year,
};
use crate::stages::extract::token::Case;

/// One point or stretch of time that starts at this word.
pub(super) fn point(c: Cursor<'_>) -> Option<Read> {
    let digits = month::numeric(c)
        .or_else(|| year::years(c))
        .or_else(|| month::iso(c));
    let Some(words) = c.tongue.words() else {
        return digits;
    };
    digits
        .or_else(|| month::day_month(c))
        .or_else(|| decade(c, words))
        .or_else(|| ago(c, words))
        .or_else(|| bare_year(c, words))
        .or_else(|| phrase(c, words))
        .or_else(|| part(c, words))
        .or_else(|| month::month_year(c))
        .or_else(|| season(c, words))
        .or_else(|| weekday(c, words))
}

fn phrase(c: Cursor<'_>, words: &Words) -> Option<Read> {
    if c.case(0) == Case::Number {
        return None;
    }
    let matches = |phrase: &str| {
        let mut n = 0;
        let all = phrase.split(' ').all(|word| {
            n += 1;
            (n == 1 || c.spaced(n - 2)) && same(c.word(n - 1), word)
        });
        all.then_some(n)
    };
    let (taken, count, unit) = words
        .phrases
        .iter()
        .find_map(|(phrase, count, unit)| Some((matches(phrase)?, *count, *unit)))?;
    let from = match unit {
        calendar::Unit::Month => c.anchor.first_of_month(),
        _ => c.anchor,
    };
    Some(Read::dated(taken, calendar::shifted(from, count, unit)?))
}

/// Equal but for the case of the first letters; without allocation for the many that differ.
fn same(word: &str, lower: &str) -> bool {
    word.chars().flat_map(char::to_lowercase).eq(lower.chars())
}

/// `il y a trois jours`, `vor drei Tagen`, `hace tres días`, `три дня назад`.
fn ago(c: Cursor<'_>, words: &Words) -> Option<Read> {
    let n = words.ago_before.len();
    let opened = words
        .ago_before
        .iter()
        .enumerate()
        .all(|(at, word)| same(c.word(at), word));
    if !opened {
        return None;
    }
    let count = find(words.numbers, c.word(n)).or_else(|| lexicon::digits(c.word(n)))?;
    let unit = find(words.units, c.word(n + 1)).filter(|_| c.spaced(n))?;
    let closed = words.ago_after.is_empty() || same(c.word(n + 2), words.ago_after);
    let taken = n + 2 + usize::from(!words.ago_after.is_empty());
    let from = match unit {
        calendar::Unit::Month => c.anchor.first_of_month(),
        _ => c.anchor,
    };
    let value = closed.then(|| calendar::shifted(from, -count, unit))??;
    let read = Read::dated(taken, value);
    // "Ten years ago" is seldom exact.
    let round = unit == calendar::Unit::Year && count >= 10 && count % 5 == 0;
    Some(if round { read.rough() } else { read })
}

/// `les années 1990`, `1990er`, `1990-х`.
fn decade(c: Cursor<'_>, words: &Words) -> Option<Read> {
    let word = c.word(0);
    let mut endings = words.decade_endings.iter();
    let bare = endings.find_map(|ending| lexicon::year(word.strip_suffix(ending)?));
    let first = bare.or_else(|| lexicon::year(word).filter(|_| words.decade_endings.is_empty()))?;
    let introduced = if words.decade_endings.is_empty() {
        let cue = c.before();
        let link = cue == "de" && !holds(&["década", "decenio"], c.back(2));
        holds(words.decade_cues, cue) && !link
    } else {
        true
    };
    let read = || Some(Read::dated(1, year::of_decade(first)?));
    (introduced && first % 10 == 0).then(read)?
}

/// `début juin`, `Ende 2023`, `a principios de junio`, `в конце 2023 года`.
fn part(c: Cursor<'_>, words: &Words) -> Option<Read> {
    let (head, rest) = match c.word(0).split_once('-') {
        Some((head, rest)) if holds(words.parts, head) => (head, Some(rest)),
        _ => (c.word(0), None),
    };
    if !holds(words.parts, head) {
        return None;
    }
    if let Some(month) = rest.and_then(|rest| tongue::month(c.tongue, rest)) {
        let (more, year) = month::year_after(c, 0)
            .unwrap_or_else(|| (0, calendar::year_of(c.anchor, month, None, Tense::Past)));
        let value = calendar::rough(calendar::month(year, month)?);
        return Some(Read::dated(1 + more, value));
    }
    let links = (1..3)
        .take_while(|n| holds(words.part_links, c.word(*n)))
        .count();
    let inner = c.skip(1 + links);
    let read = month::month_year(inner)
        .or_else(|| decade(inner, words))
        .or_else(|| {
            let month = inner.month_at(0)?;
            let year = calendar::year_of(c.anchor, month, None, Tense::Past);
            Some(Read::dated(1, calendar::month(year, month)?))
        })
        .or_else(|| {
            let year = lexicon::year(inner.word(0))?;
            let word =
                usize::from(holds(words.year_cues, inner.word(1)) && c.tongue == Tongue::Russian);
            Some(Read::dated(1 + word, calendar::year(year)?))
        })?;
    Some(read.after(1 + links).rough())
}

/// `été 2024`, `verano de 2023`, `летом 2023 года`.
fn season(c: Cursor<'_>, words: &Words) -> Option<Read> {
    let start = find(words.seasons, bare(c.word(0)))?;
    let (more, year) = month::year_after(c, 0)?;
    Some(Read::dated(1 + more, calendar::season(year, start)?))
}

/// `en 2022`, `seit 2015`, `в 2022 году`.
fn bare_year(c: Cursor<'_>, words: &Words) -> Option<Read> {
    let year = lexicon::year(c.word(0))?;
    let russian = c.tongue == Tongue::Russian;
    let introduced = if russian {
        holds(words.year_cues, c.word(1)) && c.spaced(0)
    } else {
        holds(words.year_cues, c.before())
    };
    let plausible = (1800..=c.anchor.year() + 30).contains(&year);
    // "De 2000 soldats": a round number before a small word counts it, most often.
    let counts = !russian && c.spaced(0) && year % 100 == 0 && c.case(1) == Case::Lower;
    let taken = 1 + usize::from(russian);
    (introduced && plausible && !counts).then(|| Some(Read::dated(taken, calendar::year(year)?)))?
}

/// `vendredi`, `am Freitag`, `el lunes pasado`, `в пятницу`, `Freitag, 19. Juli`.
fn weekday(c: Cursor<'_>, words: &Words) -> Option<Read> {
    let weekday = find(words.weekdays, c.word(0))?;
    let link = usize::from(c.is_any(1, &["den", "dem", "le"]));
    if let Some(read) =
        month::day_month(c.skip(1 + link)).filter(|_| matches!(c.between(0), "" | ","))
    {
        return Some(read.after(1 + link));
    }
    let (before, after) = (c.before(), if c.spaced(0) { c.word(1) } else { "" });
    let stepped = |list: &[&str]| holds(list, before) || holds(list, after);
    let more = usize::from(holds(words.last, after) || holds(words.next, after));
    let step = match (stepped(words.last), stepped(words.next)) {
        (true, _) => -1,
        (_, true) => 1,
        _ => 0,
    };
    if step != 0 {
        let date = c.anchor.nth_weekday(step, weekday).ok()?;
        return Some(Read::dated(1 + more, calendar::day(date)));
    }
    let usual = holds(words.habit, before);
    let introduced = c.tongue != Tongue::Russian || holds(&["в", "во"], before);
    let date = calendar::weekday(c.anchor, weekday, c.tense())?;
    (introduced && !usual).then(|| Read::dated(1, calendar::day(date)))
}
