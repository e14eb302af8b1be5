//! What is shown of an article that is found.

use serde::Serialize;

use super::super::site::Site;
use crate::model::{catalogue::ArticleIdx, document::BlockKind};

/// Articles in a file. What is found lies far apart, and each letter that is typed may find others:
/// a neighbour in the same file is mostly read for nothing.
pub(super) const IN_FILE: usize = 2;
/// Bytes of the text, after the standfirst.
const TEXT: usize = 600;

/// Title, slug, date in words, what it begins with; the language where it is not the site's.
#[derive(Serialize)]
#[serde(untagged)]
enum Row<'a> {
    Own(&'a str, &'a str, String, String),
    Foreign(&'a str, &'a str, String, String, &'a str),
}

/// The articles of file `n`.
pub(super) fn file(site: &Site<'_>, n: usize) -> impl Serialize {
    let own = site.graph.newest.iter().skip(n * IN_FILE).take(IN_FILE);
    let row = |idx: &ArticleIdx| {
        let article = site.corpus.article(*idx);
        let (title, slug) = (&*article.front.title, &*article.slug);
        let date = site.words.day(article.front.date.date);
        let text = beginning(site, *idx);
        let own = article.front.language.as_deref();
        match own.filter(|own| *own != site.corpus.config.language) {
            None => Row::Own(title, slug, date, text),
            Some(language) => Row::Foreign(title, slug, date, text, language),
        }
    };
    own.map(row).collect::<Vec<_>>()
}

/// The standfirst and the first words of the text.
fn beginning(site: &Site<'_>, idx: ArticleIdx) -> String {
    let article = site.corpus.article(idx);
    let blocks = article.document.blocks.iter();
    let prose = blocks.filter(|block| block.kind == BlockKind::Paragraph);
    let prose = prose.flat_map(|block| block.span.of(&article.document.text).split_whitespace());
    let mut out = article.front.summary.clone().unwrap_or_default();
    let room = out.len() + TEXT;
    for word in prose {
        if out.len() + word.len() > room {
            out.push('…');
            break;
        }
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    out
}

/// Day and number of articles, newest day first: the first day as ISO 8601, then for each day how
/// many days before the last one it is and how many articles it has, both in base 36.
pub(super) fn days(site: &Site<'_>) -> String {
    let dates: Vec<jiff::civil::Date> = site
        .graph
        .newest
        .iter()
        .map(|idx| site.corpus.article(*idx).front.date.date)
        .collect();
    let mut out = dates.first().map(ToString::to_string).unwrap_or_default();
    let mut before = dates.first().copied();
    for day in dates.chunk_by(|a, b| a == b) {
        let apart = before.and_then(|last| last.since(day[0]).ok());
        let apart = apart.map_or(0, |span| span.get_days());
        before = Some(day[0]);
        // Hours of other zones may put a day before the one after it.
        out.push_str(if apart < 0 { " -" } else { " " });
        out.push_str(&base36(apart.unsigned_abs()));
        if day.len() > 1 {
            out.push(',');
            out.push_str(&base36(u32::try_from(day.len()).unwrap_or(u32::MAX)));
        }
    }
    out
}

fn base36(mut number: u32) -> String {
    let mut digits = Vec::new();
    loop {
        digits.extend(char::from_digit(number % 36, 36));
        number /= 36;
        if number == 0 {
            break;
        }
    }
    digits.iter().rev().collect()
}

#[cfg(test)]
mod tests {
    use super::base36;

    #[test]
    fn numbers_are_short() {
        assert_eq!([0, 35, 36, 365].map(base36), ["0", "z", "10", "a5"]);
    }
}
