//! Links and pictures, led to where their targets stand now.

use std::collections::BTreeMap;

use camino::{Utf8Path, Utf8PathBuf};

use super::{
    Doc, Generator, Note, NoteKind, Settings, SourceTree, dialect, mapped::Mapped, names, plan,
    template, walk,
};
use crate::{
    importing::draft::Draft,
    stages::link::address::{is_external, normalise, percent_decode},
};

/// What an import knows of all documents and files.
pub(super) struct Linker<'a> {
    pub(super) generator: Generator,
    pub(super) settings: &'a Settings,
    pub(super) docs: &'a [Doc],
    tree: &'a SourceTree,
    by_source: BTreeMap<&'a Utf8Path, usize>,
    by_address: BTreeMap<String, usize>,
    /// By name without ending, in small letters; the shortest path comes first.
    by_name: BTreeMap<String, usize>,
    files_by_name: BTreeMap<String, &'a Utf8Path>,
}

/// What a wikilink names.
pub(super) enum Named<'a> {
    Briefing(&'a Doc),
    File(Utf8PathBuf),
    Nothing,
}

/// What an address leads to.
pub(super) enum Found {
    Doc(usize),
    File(Utf8PathBuf, bool),
    /// As it stands.
    Kept,
    Nothing,
}

/// Files to copy, from where to where.
pub(super) type Carried = BTreeMap<Utf8PathBuf, Utf8PathBuf>;

impl<'a> Linker<'a> {
    pub(super) fn new(
        docs: &'a [Doc],
        generator: Generator,
        tree: &'a SourceTree,
        settings: &'a Settings,
    ) -> Self {
        let mut linker = Self {
            generator,
            settings,
            docs,
            tree,
            by_source: BTreeMap::new(),
            by_address: BTreeMap::new(),
            by_name: BTreeMap::new(),
            files_by_name: BTreeMap::new(),
        };
        for (n, doc) in docs.iter().enumerate() {
            linker.by_source.insert(&doc.source, n);
            for address in doc.address.iter().chain(&doc.draft.aliases) {
                linker.by_address.entry(key(address)).or_insert(n);
            }
            let stem = doc.source.file_stem().unwrap_or_default();
            let name = match stem {
                "index" | "_index" => doc
                    .source
                    .parent()
                    .and_then(Utf8Path::file_name)
                    .unwrap_or(stem),
                stem => stem,
            };
            for name in [name, names::without_date(name), doc.draft.title.as_str()] {
                linker.by_name.entry(name.to_lowercase()).or_insert(n);
            }
        }
        for path in tree.files.keys() {
            let name = path.file_name().unwrap_or_default().to_lowercase();
            linker.files_by_name.entry(name).or_insert(path);
        }
        linker
    }

    /// The text of a document, rewritten.
    pub(super) fn body(&self, doc: &Doc, carried: &mut Carried, notes: &mut Vec<Note>) -> String {
        let text = match doc.is_converted {
            true => Mapped::at_line(&doc.body, doc.first_line),
            false => Mapped::new(&doc.body, doc.first_line),
        };
        // Template code may make fences, in which the rest of the dialect means nothing.
        let text = template::rewritten(&text, doc, self, notes);
        let text = dialect::rewritten(&text, doc, self, notes);
        let edits = walk::edits(self, doc, &text, carried, notes);
        text.edited(edits).text
    }

    /// The lead image, where its file is there.
    pub(super) fn lead_image(
        &self,
        doc: &Doc,
        draft: &mut Draft,
        carried: &mut Carried,
        notes: &mut Vec<Note>,
    ) {
        let Some(image) = &mut draft.image else {
            return;
        };
        let src = image.src.clone();
        let found = match self.resolve(doc, &src) {
            Found::Nothing if !src.starts_with('/') => self.resolve(doc, &format!("/{src}")),
            found => found,
        };
        match found {
            Found::File(path, rooted) => {
                image.src = self
                    .carry(doc, &path, rooted, carried)
                    .trim_matches(['<', '>'])
                    .to_owned();
            }
            Found::Kept if is_external(&src) => {}
            _ => {
                notes.push(doc.note(
                    None,
                    NoteKind::File,
                    format!("there is no picture {src}; front matter names it"),
                ));
                draft.extra.insert("image".to_owned(), src.into());
                draft.image = None;
            }
        }
    }

    /// The source of a document by a reference: a path, or a name.
    pub(super) fn named(&self, reference: &str) -> Option<String> {
        let reference = reference.trim().trim_start_matches('/');
        let root = &self.settings.root;
        let tries = [
            root.join(reference),
            root.join(format!("{reference}.md")),
            root.join(reference).join("index.md"),
            root.join(reference).join("_index.md"),
            root.join("_posts").join(format!("{reference}.md")),
            root.join("_posts").join(format!("{reference}.markdown")),
        ];
        if let Some(path) = tries
            .iter()
            .find(|path| self.by_source.contains_key(path.as_path()))
        {
            return Some(path.to_string());
        }
        let path = Utf8Path::new(reference);
        let name = if names::is_document(path) {
            path.file_stem()
        } else {
            path.file_name()
        };
        let n = self.by_name.get(&name?.to_lowercase())?;
        Some(self.docs[*n].source.to_string())
    }

    /// What a wikilink names, as Obsidian looks for it.
    pub(super) fn note(&self, name: &str, from: &Doc) -> Named<'a> {
        if name.is_empty() {
            let here = self.docs.iter().find(|doc| doc.source == from.source);
            return here.map_or(Named::Nothing, Named::Briefing);
        }
        let path = Utf8Path::new(name.trim_start_matches('/'));
        let with_ending = Utf8PathBuf::from(format!("{path}.md"));
        let exact = [path, with_ending.as_path()]
            .into_iter()
            .find_map(|path| self.by_source.get(path));
        let stem = if path.extension() == Some("md") {
            path.file_stem()
        } else {
            path.file_name()
        };
        let by_name = || self.by_name.get(&stem.unwrap_or_default().to_lowercase());
        if let Some(n) = exact.or_else(by_name) {
            return Named::Briefing(&self.docs[*n]);
        }
        if self.tree.files.contains_key(path) {
            return Named::File(path.to_owned());
        }
        let file = path
            .file_name()
            .and_then(|name| self.files_by_name.get(&name.to_lowercase()));
        file.map_or(Named::Nothing, |path| Named::File((*path).to_owned()))
    }

    pub(super) fn resolve(&self, doc: &Doc, written: &str) -> Found {
        let path = written.split(['#', '?']).next().unwrap_or_default();
        if path.is_empty() {
            return Found::Kept;
        }
        let decoded = percent_decode(path);
        if let Some(source) = decoded.strip_prefix("source:/") {
            return self
                .at(Utf8Path::new(source), false)
                .unwrap_or(Found::Nothing);
        }
        if let Some(inner) = decoded.strip_prefix("@/") {
            return self
                .at(&self.settings.root.join(inner), false)
                .unwrap_or(Found::Nothing);
        }
        if is_external(&decoded) {
            let base = self.settings.base_url.as_deref();
            let own = base
                .and_then(|base| decoded.strip_prefix(base))
                .filter(|rest| rest.is_empty() || rest.starts_with('/'));
            return own
                .and_then(|rest| self.rooted(rest))
                .unwrap_or(Found::Kept);
        }
        if decoded.starts_with('/') {
            return self.rooted(&decoded).unwrap_or(Found::Nothing);
        }
        let folder = doc.source.parent().unwrap_or(Utf8Path::new(""));
        let beside = normalise(&folder.join(&decoded)).and_then(|path| self.at(&path, false));
        // A relative address counts from where the page stood, not the file.
        let from_page = || {
            let address = doc.address.as_deref()?;
            let folder = if address.ends_with('/') {
                address
            } else {
                &address[..=address.rfind('/')?]
            };
            let path = normalise(Utf8Path::new(
                &format!("{folder}{decoded}").trim_start_matches('/'),
            ))?;
            self.rooted(&format!("/{path}"))
        };
        beside.or_else(from_page).unwrap_or(Found::Nothing)
    }

    /// A document or file of the source.
    fn at(&self, path: &Utf8Path, rooted: bool) -> Option<Found> {
        let tries = [
            path.to_owned(),
            format!("{path}.md").into(),
            path.join("index.md"),
            path.join("_index.md"),
            path.with_extension("md"),
        ];
        if let Some(n) = tries
            .iter()
            .find_map(|path| self.by_source.get(path.as_path()))
        {
            return Some(Found::Doc(*n));
        }
        let is_file = self.tree.files.contains_key(path) && !names::is_document(path);
        is_file.then(|| Found::File(path.to_owned(), rooted))
    }

    /// What stood at a path of the old site.
    fn rooted(&self, path: &str) -> Option<Found> {
        let base = self.settings.base_path();
        let path = path
            .strip_prefix(base)
            .filter(|rest| rest.starts_with('/'))
            .unwrap_or(path);
        if let Some(n) = self.by_address.get(&key(path)) {
            return Some(Found::Doc(*n));
        }
        let inner = path.trim_start_matches('/');
        let files = self
            .settings
            .statics
            .iter()
            .find_map(|root| self.at(&root.join(inner), true));
        files.or_else(|| self.at(&self.settings.root.join(inner.trim_end_matches('/')), true))
    }

    /// Notes a file to be copied, and gives its address from the document.
    pub(super) fn carry(
        &self,
        doc: &Doc,
        file: &Utf8Path,
        rooted: bool,
        carried: &mut Carried,
    ) -> String {
        let planned = || plan::file(file, self.settings, rooted);
        let mut place = carried.get(file).cloned().unwrap_or_else(planned);
        // Two files of one name after the clean-up of names.
        while carried
            .iter()
            .any(|(from, to)| *to == place && from != file)
        {
            let stem = place.file_stem().unwrap_or("file").to_owned();
            let ending = place
                .extension()
                .map(|ending| format!(".{ending}"))
                .unwrap_or_default();
            place = place.with_file_name(format!("{stem}-2{ending}"));
        }
        carried.insert(file.to_owned(), place.clone());
        match place.strip_prefix("static") {
            Ok(inner) => encoded(&format!("/{inner}")),
            Err(_) => encoded(&relative(&doc.target, &place)),
        }
    }
}

/// An address as it is compared: without slashes at the ends, `index.html` and `.html`.
fn key(address: &str) -> String {
    let path = percent_decode(address);
    let path = path.trim_matches('/');
    let path = path.strip_suffix("index.html").unwrap_or(path);
    let path = path.strip_suffix(".html").unwrap_or(path);
    path.trim_end_matches('/').to_lowercase()
}

/// The path from one file of the content to another.
pub(super) fn relative(from: &Utf8Path, to: &Utf8Path) -> String {
    let folder: Vec<&str> = from
        .parent()
        .into_iter()
        .flat_map(|f| f.components().map(|part| part.as_str()))
        .collect();
    let target: Vec<&str> = to.components().map(|part| part.as_str()).collect();
    let same = folder
        .iter()
        .zip(&target)
        .take_while(|(a, b)| a == b)
        .count();
    let up = std::iter::repeat_n("..", folder.len() - same);
    up.chain(target[same..].iter().copied())
        .collect::<Vec<&str>>()
        .join("/")
}

/// An address as Markdown takes it.
pub(super) fn encoded(address: &str) -> String {
    if address.contains([' ', '(', ')']) {
        format!("<{address}>")
    } else {
        address.to_owned()
    }
}
