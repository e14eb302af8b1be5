//! Where each document goes.

use std::collections::{BTreeMap, BTreeSet};

use camino::{Utf8Path, Utf8PathBuf};

use super::{Doc, Generator, Note, NoteKind, Options, Settings, SourceTree, names, written};
use crate::{portable, stages::parse::default_slug, text::slug::slugify, urls};

/// More pages than this are no navigation: then they are briefings.
const MOST_PAGES: usize = 8;

/// Folders of the output that a site's own pages take.
const RESERVED: &[&str] = &[
    "briefings",
    "entities",
    "topics",
    "tags",
    "storylines",
    "assets",
    "timeline",
    "map",
    "graph",
    "search",
    "corrections",
    "methods",
];

/// Decides between page and briefing, and dates what has no date.
pub(super) fn date(
    docs: &mut [Doc],
    generator: Generator,
    tree: &SourceTree,
    options: &Options,
    notes: &mut Vec<Note>,
) {
    let pages = docs
        .iter()
        .filter(|doc| doc.is_page && doc.draft.date.is_none())
        .count();
    let is_manual = generator == Generator::Mkdocs && pages > MOST_PAGES;
    for doc in docs {
        doc.is_page &= !is_manual && doc.draft.date.is_none() && !doc.draft.draft;
        if doc.is_page || doc.draft.date.is_some() {
            continue;
        }
        if let Some(date) = options.date {
            doc.draft.date = Some(written(date));
            continue;
        }
        let changed = tree.files.get(&doc.source).copied().unwrap_or_default();
        doc.draft.date = Some(written(changed));
        doc.draft.draft = true;
        let message = format!(
            "it has no date: a draft of {changed}, the day of the file's last change; --date gives one to all of these"
        );
        let note = doc.note(None, NoteKind::Draft, message);
        notes.push(note);
    }
}

/// Gives each document its file and a slug that no other has.
pub(super) fn place(docs: &mut [Doc], options: &Options) {
    let mut slugs: BTreeSet<String> = BTreeSet::new();
    let mut paths: BTreeSet<String> = BTreeSet::new();
    for doc in docs {
        let is_page = doc.is_page;
        let mut target = if is_page {
            page_path(doc)
        } else {
            briefing_path(doc)
        };
        while !paths.insert(target.as_str().to_lowercase()) {
            let stem = target.file_stem().unwrap_or_default();
            target = target.with_file_name(format!("{stem}-2.md"));
        }
        let natural = default_slug(&target);
        let own = doc
            .front
            .get("slug")
            .and_then(serde_json::Value::as_str)
            .map(slugify);
        let wanted = own
            .filter(|slug| !slug.is_empty())
            .unwrap_or_else(|| natural.clone());
        // The same import once more finds its own files.
        let is_taken = |slug: &str| {
            let of_another = options.taken.get(slug).is_some_and(|path| *path != target);
            slugs.contains(slug) || of_another || (is_page && RESERVED.contains(&slug))
        };
        let slug = free(&wanted, &doc.below, is_taken);
        slugs.insert(slug.clone());
        doc.draft.slug = (slug != natural).then(|| slug.clone());
        doc.slug = slug;
        doc.target = target;
    }
}

/// A slug that nothing has: with the folder's name in front, then with a number.
fn free(wanted: &str, below: &Utf8Path, is_taken: impl Fn(&str) -> bool) -> String {
    let folder = below
        .parent()
        .and_then(Utf8Path::file_name)
        .map(slugify)
        .unwrap_or_default();
    let with_folder = Some(format!("{folder}-{wanted}")).filter(|_| !folder.is_empty());
    let numbered = (2..).map(|n| format!("{wanted}-{n}"));
    let mut candidates = std::iter::once(wanted.to_owned())
        .chain(with_folder)
        .chain(numbered);
    candidates
        .find(|slug| !is_taken(slug))
        .unwrap_or_else(|| wanted.to_owned())
}

fn page_path(doc: &Doc) -> Utf8PathBuf {
    let stem = doc.below.file_stem().unwrap_or_default();
    let folder = doc.below.parent().unwrap_or(Utf8Path::new(""));
    let name = match stem {
        "index" | "_index" | "README" if folder.as_str().is_empty() => "welcome".to_owned(),
        "index" | "_index" | "README" => slugify(folder.as_str()),
        stem => slugify(stem),
    };
    let name = if name.is_empty() {
        "page".to_owned()
    } else {
        name
    };
    // What heads a page that each site has is put there on purpose, not by an import.
    let name = if RESERVED.contains(&name.as_str()) {
        format!("about-{name}")
    } else {
        name
    };
    format!("pages/{name}.md").into()
}

fn briefing_path(doc: &Doc) -> Utf8PathBuf {
    let marks = |part: &str| part.trim_start_matches('_').to_owned();
    let mut parts: Vec<String> = doc
        .below
        .components()
        .map(|part| usable(&marks(part.as_str())))
        .collect();
    if let Some(name) = parts.pop() {
        let stem = name
            .rsplit_once('.')
            .map_or(name.as_str(), |(stem, _)| stem);
        let stem = match doc.below.file_stem() {
            Some("_index" | "README") => "index",
            _ => stem,
        };
        parts.push(format!("{stem}.md"));
    }
    // `_posts` and `posts` add nothing to `briefings`.
    if parts.len() > 1 && matches!(parts[0].as_str(), "posts" | "drafts" | "post") {
        parts.remove(0);
    }
    if parts.len() == 1 && parts[0] == "index.md" {
        parts[0] = "welcome.md".to_owned();
    }
    Utf8PathBuf::from(format!("briefings/{}", parts.join("/")))
}

/// A name that every file system takes.
fn usable(name: &str) -> String {
    if portable::name_fault(name).is_none() && !name.starts_with('.') {
        return name.to_owned();
    }
    let (stem, ending) = name.rsplit_once('.').unwrap_or((name, ""));
    let stem = match slugify(stem) {
        slug if slug.is_empty() => "file".to_owned(),
        slug => slug,
    };
    if ending.is_empty() {
        stem
    } else {
        format!("{stem}.{}", slugify(ending))
    }
}

/// Where a file goes that a document uses: what stood at the root of the old site stays there, the
/// others stand among the briefings as they stood among the documents.
pub(super) fn file(source: &Utf8Path, settings: &Settings, is_rooted: bool) -> Utf8PathBuf {
    let below = |root: &Utf8PathBuf| source.strip_prefix(root).ok().map(Utf8Path::to_owned);
    let named = |root: &&Utf8PathBuf| !root.as_str().is_empty() && root != &&settings.root;
    let in_static = settings.statics.iter().filter(named).find_map(below);
    let path = in_static
        .clone()
        .or_else(|| below(&settings.root))
        .unwrap_or_else(|| source.to_owned());
    let mut parts: Vec<String> = path
        .components()
        .map(|part| usable(part.as_str().trim_start_matches('_')))
        .collect();
    if in_static.is_some() || is_rooted {
        let is_page = |first: &String| RESERVED.contains(&first.as_str()) && first != "assets";
        let is_taken =
            parts.first().is_some_and(is_page) || urls::GENERATED.contains(&path.as_str());
        if is_taken {
            parts.insert(0, "files".to_owned());
        }
        return Utf8PathBuf::from(format!("static/{}", parts.join("/")));
    }
    if parts.len() > 1 && matches!(parts[0].as_str(), "posts" | "post") {
        parts.remove(0);
    }
    Utf8PathBuf::from(format!("briefings/{}", parts.join("/")))
}

/// Keeps the old addresses that can be kept, each once.
pub(super) fn aliases(docs: &mut [Doc], settings: &Settings, notes: &mut Vec<Note>) {
    let mut taken: BTreeMap<String, ()> = BTreeMap::new();
    for doc in docs.iter() {
        let live = if doc.is_page {
            urls::page(&doc.slug)
        } else {
            urls::article(&doc.slug)
        };
        taken.insert(live, ());
    }
    for doc in docs {
        let wanted: Vec<String> = doc
            .address
            .iter()
            .cloned()
            .chain(doc.draft.aliases.drain(..))
            .collect();
        let mut kept: Vec<String> = Vec::new();
        for address in wanted {
            let address = with_base(&address, settings);
            let path = address.trim().trim_matches('/').to_owned();
            let page = if path.ends_with(".html") || path.ends_with(".htm") {
                path.clone()
            } else {
                format!("{path}/index.html")
            };
            let first = path.split('/').next().unwrap_or_default();
            let fault = match () {
                () if path.is_empty() => continue,
                () if doc.is_page && page == urls::page(&doc.slug) => continue,
                () if page == urls::article(&doc.slug) => continue,
                () if doc.is_page => Some("pages keep no old addresses"),
                () if RESERVED.contains(&first) || urls::GENERATED.contains(&page.as_str()) => {
                    Some("the site has its own pages there")
                }
                () if path.contains('#') => Some("no server sees a #fragment"),
                () if taken.contains_key(&page) => Some("another document has it"),
                () => portable::path_fault(&path),
            };
            match fault {
                Some(fault) => {
                    let message = format!("the old address {address} is not kept: {fault}");
                    notes.push(doc.note(None, NoteKind::Address, message));
                }
                None => {
                    taken.insert(page, ());
                    kept.push(address);
                }
            }
        }
        doc.draft.aliases = kept;
    }
}

/// The path that followed the new site's name: the old site's own folder on its host is gone with
/// it only where the new one stands in the same folder.
fn with_base(address: &str, settings: &Settings) -> String {
    let base = settings.base_path();
    match address.strip_prefix(base).filter(|_| !base.is_empty()) {
        Some(rest) if rest.starts_with('/') => rest.to_owned(),
        _ => address.to_owned(),
    }
}

/// How many files of the source are used by nothing.
pub(super) fn unused(
    tree: &SourceTree,
    docs: &[Doc],
    carried: &BTreeMap<Utf8PathBuf, Utf8PathBuf>,
) -> usize {
    let used: BTreeSet<&Utf8Path> = docs
        .iter()
        .map(|doc| doc.source.as_path())
        .chain(carried.keys().map(|path| path.as_path()))
        .collect();
    let is_other =
        |path: &&Utf8PathBuf| !used.contains(path.as_path()) && !names::is_document(path);
    tree.files.keys().filter(is_other).count()
}
