//! The words of articles, entities and files: those that may be looked for, and those that are
//! public anyhow.

use super::{Input, haystack};
use crate::{
    model::{
        article::{Extra, FrontMatter},
        chart::ChartData,
        document::Document,
        entity::RegistryEntity,
    },
    text::{fold::fold, redaction, slug::slugify},
};

/// Shorter texts of one word stand everywhere by chance, in letters.
const SHORTEST_WORD: usize = 8;
/// Shorter texts of several words, in letters.
const SHORTEST_TEXT: usize = 10;
/// Words that no two texts have in a row by chance.
const IN_A_ROW: usize = 6;
/// A text of so many words is looked for as a whole.
const WHOLE: usize = 9;

/// All that the site may say: published texts, settings, templates. Folded.
pub(super) fn public(input: &Input<'_>) -> Vec<String> {
    let parsed = input.parsed;
    let mut texts = Vec::new();
    for article in &parsed.articles {
        texts.extend(of_front(&article.front));
        let markdown = &article.document.markdown;
        texts.push(markdown.body.of(&markdown.text).to_owned());
        texts.extend(of_document(&article.document));
        texts.push(article.slug.clone());
        texts.push(article.path.to_string());
    }
    texts.extend(parsed.redacted.iter().flat_map(|notice| {
        let slug = Some(notice.slug.clone());
        let told = slug.into_iter().chain(notice.reason.clone());
        told.chain(notice.aliases.iter().cloned())
    }));
    for entity in parsed.kb.entities() {
        texts.extend(of_entity(entity));
        texts.extend(of_document(&entity.profile));
        texts.push(entity.id.0.to_string());
        texts.extend(entity.former.iter().cloned());
    }
    for page in &parsed.pages {
        texts.extend([page.title.clone(), page.slug.clone()]);
        texts.extend(page.summary.clone());
        texts.extend(of_document(&page.document));
    }
    texts.extend(input.sources.site.iter().map(|site| {
        redaction::plain(&site.text, redaction::Mark::ENGLISH)
            .map_or_else(|| site.text.to_string(), |(text, _)| text)
    }));
    texts.extend(input.sources.tables.iter().filter_map(|table| {
        let name = table.path.file_name()?;
        let charts = parsed.articles.iter().flat_map(|a| &a.document.charts);
        let sheets = parsed.articles.iter().flat_map(|a| &a.document.tables);
        let data = charts.map(|chart| &chart.data);
        let data = data.chain(sheets.map(|sheet| &sheet.data));
        let mut files = data.filter_map(|data| match data {
            ChartData::File(path) => Some(path),
            ChartData::Inline(_) => None,
        });
        let shown = files.any(|path| path.ends_with(name));
        shown.then(|| table.text.as_ref().ok().map(ToString::to_string))?
    }));
    texts.extend(input.theme.sources().values().cloned());
    let assets = input.theme.assets().values();
    texts.extend(assets.map(|bytes| String::from_utf8_lossy(bytes).into_owned()));
    let folded = texts.iter().map(|text| fold(text));
    folded.flat_map(|text| [dashed(&text), text]).collect()
}

/// A folded text as addresses have it.
fn dashed(text: &str) -> String {
    let words = text.split(|c: char| !c.is_alphanumeric());
    let words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
    words.join("-")
}

/// The texts of a front matter.
pub(super) fn of_front(front: &FrontMatter) -> Vec<String> {
    let mut texts = vec![front.title.clone()];
    texts.extend(front.summary.clone());
    texts.extend(front.dateline.clone());
    texts.extend(front.storyline.clone());
    let lists = [
        &front.authors,
        &front.topics,
        &front.tags,
        &front.aliases,
        &front.entities.about,
        &front.entities.add,
        &front.entities.drop,
    ];
    texts.extend(lists.into_iter().flatten().cloned());
    for (name, id) in &front.entities.bind {
        texts.extend([name.clone(), id.clone()]);
    }
    texts.extend(front.key_points.iter().map(|point| point.text.clone()));
    if let Some(image) = &front.image {
        texts.push(image.alt.clone());
        let said = [&image.caption, &image.credit, &image.licence];
        texts.extend(said.into_iter().flatten().cloned());
    }
    for source in &front.sources {
        texts.push(source.title.clone());
        let said = [&source.url, &source.publisher, &source.archive_url];
        texts.extend(said.into_iter().flatten().cloned());
    }
    texts.extend(front.corrections.iter().map(|c| c.text.clone()));
    for value in front.extra.values() {
        of_extra(value, &mut texts);
    }
    texts
}

fn of_extra(value: &Extra, texts: &mut Vec<String>) {
    match value {
        Extra::Text(text) => texts.push(text.clone()),
        Extra::List(items) => items.iter().for_each(|item| of_extra(item, texts)),
        Extra::Map(pairs) => pairs.values().for_each(|item| of_extra(item, texts)),
        Extra::Null | Extra::Bool(_) | Extra::Number(_) => {}
    }
}

/// The texts of a registry file without its profile.
pub(super) fn of_entity(entity: &RegistryEntity) -> Vec<String> {
    let mut texts = vec![entity.name.clone()];
    texts.extend(entity.aliases.iter().map(|alias| alias.name.clone()));
    texts.extend(entity.description.clone());
    texts.extend(entity.same_as.iter().cloned());
    texts.extend(entity.facts.website.clone());
    texts.extend(entity.facts.ids.iter().map(|id| id.value.clone()));
    for role in &entity.facts.roles {
        texts.push(role.title.clone());
        let said = [&role.organisation, &role.source];
        texts.extend(said.into_iter().flatten().cloned());
    }
    texts
}

/// The texts of a document: its blocks, and what stands between the tags of its HTML, such as code.
pub(super) fn of_document(document: &Document) -> Vec<String> {
    let blocks = document.blocks.iter();
    let mut texts: Vec<String> = blocks
        .map(|block| block.span.of(&document.text).to_owned())
        .collect();
    texts.extend(haystack::between_tags(&document.body.html));
    for block in &document.body.code {
        texts.push(block.text.clone());
        texts.extend(block.style.file.clone());
    }
    texts.extend(document.links.iter().map(|link| link.target.clone()));
    texts.extend(document.images.iter().map(|image| image.alt.clone()));
    for chart in &document.charts {
        texts.push(chart.title.clone());
        texts.extend(chart.alt.iter().chain(&chart.caption).cloned());
    }
    for table in &document.tables {
        texts.push(table.title.clone());
        texts.extend(table.caption.iter().cloned());
    }
    texts
}

/// The files beside a document that it shows.
pub(super) fn files(document: &Document) -> Vec<String> {
    let images = document.images.iter();
    images.map(|image| image.target.clone()).collect()
}

/// What of a text is looked for, folded: the whole or runs of words, names, rare words, and the text
/// as an address has it.
pub(super) fn telling(text: &str) -> Vec<String> {
    let folded = fold(text);
    let words: Vec<&str> = folded.split(' ').filter(|word| !word.is_empty()).collect();
    let mut found = Vec::new();
    if words.len() > WHOLE {
        found.extend(words.chunks_exact(IN_A_ROW).map(|run| run.join(" ")));
    } else if words.len() > 1 {
        found.push(trimmed(&folded).to_owned());
        found.push(slugify(text));
    }
    found.extend(names(text));
    found.retain(|words| words.chars().count() >= SHORTEST_TEXT);
    let rare = words.iter().map(|word| trimmed(word));
    found.extend(
        rare.filter(|word| word.chars().count() >= SHORTEST_WORD)
            .map(str::to_owned),
    );
    found
}

/// Runs of two or more capitalised words: whom and what a text names.
fn names(text: &str) -> Vec<String> {
    let is_name = |word: &&str| word.chars().next().is_some_and(char::is_uppercase);
    let words: Vec<&str> = text.split_whitespace().collect();
    let runs = words
        .split(|word| !is_name(word))
        .filter(|run| run.len() > 1);
    runs.map(|run| trimmed(&fold(&run.join(" "))).to_owned())
        .collect()
}

/// A file's or an address's name: its last part, without what follows the first full stop.
pub(super) fn of_name(name: &str) -> Option<String> {
    let last = name.rsplit('/').next().unwrap_or(name);
    let stem = fold(last.split('.').next().unwrap_or(last));
    (stem.chars().count() >= SHORTEST_WORD).then_some(stem)
}

fn trimmed(words: &str) -> &str {
    words.trim_matches(|c: char| !c.is_alphanumeric())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_texts_are_looked_for_in_runs() {
        let text = "One of the two men who came by night said that Jane Miller was here.";
        let found = telling(text);
        assert_eq!(found[0], "one of the two men who");
        assert!(found.contains(&"jane miller".to_owned()), "{found:?}");
        assert!(telling("It is so").is_empty());
        assert_eq!(telling("A secret ship"), ["a secret ship", "a-secret-ship"]);
        assert_eq!(telling("Informant."), ["informant"]);
    }

    #[test]
    fn names_of_files_lose_their_ending() {
        assert_eq!(of_name("a/secret-quay.jpg"), Some("secret-quay".to_owned()));
        assert_eq!(of_name("quay.jpg"), None);
    }
}
