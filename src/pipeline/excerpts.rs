//! The texts that diagnostics show, by the path under which the author can open them.

use std::collections::BTreeMap;

use camino::Utf8Path;

use crate::{model::source::Sources, theme::Theme};

/// A path as the author can open it from here; templates have theirs already.
pub(super) fn shown(content: &Utf8Path, path: &str) -> String {
    if path.starts_with("templates/") {
        path.to_owned()
    } else {
        content.join(path).into_string()
    }
}

/// Texts for excerpts: of the files that are wanted.
pub(super) fn texts(
    sources: &Sources,
    theme: Option<&Theme>,
    is_wanted: &dyn Fn(&str) -> bool,
) -> BTreeMap<String, String> {
    let content = [
        &sources.articles,
        &sources.entities,
        &sources.pages,
        &sources.references,
    ];
    let single = [
        &sources.site,
        &sources.strings,
        &sources.suppress,
        &sources.decisions,
        &sources.addresses,
    ];
    let content = content.into_iter().flatten();
    let mut texts: BTreeMap<String, String> = content
        .chain(single.into_iter().flatten())
        .filter(|file| is_wanted(file.path.as_str()))
        .map(|file| (file.path.to_string(), file.text.to_string()))
        .collect();
    for table in &sources.tables {
        if let Ok(text) = &table.text
            && is_wanted(table.path.as_str())
        {
            texts.insert(table.path.to_string(), text.to_string());
        }
    }
    let own = sources
        .templates
        .iter()
        .map(|f| (f.path.as_str(), &*f.text));
    let of_theme = theme.into_iter().flat_map(Theme::sources);
    let of_theme = of_theme.map(|(name, text)| (name.as_str(), text.as_str()));
    for (name, text) in of_theme.chain(own) {
        let path = format!("templates/{name}");
        if is_wanted(path.as_str()) {
            texts.insert(path, text.to_owned());
        }
    }
    texts
}
