//! Links and pictures, led to where their targets stand now.

use std::{collections::BTreeMap, ops::Range};

use camino::{Utf8Path, Utf8PathBuf};
use pulldown_cmark::{Event, LinkType, Parser, Tag};

use super::{
    Doc, Generator, Note, NoteKind, Settings, SourceTree, dialect,
    mapped::{Edit, Mapped, options},
    names, plan, template,
};
use crate::{
    importing::draft::Draft,
    stages::link::address::{is_external, normalise, percent_decode},
};

/// What an import knows of all documents and files.
pub(super) struct Linker<'a> {
    pub(super) generator: Generator,
    pub(super) settings: &'a Settings,
    docs: &'a [Doc],
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
enum Found {
    Doc(usize),
    File(Utf8PathBuf, bool),
    /// As it stands.
    Kept,
    Nothing,
}

type Carried = BTreeMap<Utf8PathBuf, Utf8PathBuf>;

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
        let mut walk = Walk {
            linker: self,
            doc,
            text: &text,
            carried,
            notes,
            edits: Vec::new(),
        };
        walk.markdown();
        let edits = walk.edits;
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
                    .to_owned()
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

    fn resolve(&self, doc: &Doc, written: &str) -> Found {
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
    fn carry(&self, doc: &Doc, file: &Utf8Path, rooted: bool, carried: &mut Carried) -> String {
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
fn relative(from: &Utf8Path, to: &Utf8Path) -> String {
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
fn encoded(address: &str) -> String {
    if address.contains([' ', '(', ')']) {
        format!("<{address}>")
    } else {
        address.to_owned()
    }
}

/// One document's links.
struct Walk<'a, 'b> {
    linker: &'b Linker<'a>,
    doc: &'b Doc,
    text: &'b Mapped,
    carried: &'b mut Carried,
    notes: &'b mut Vec<Note>,
    edits: Vec<Edit>,
}

/// A link that is open while its words are read.
struct Open {
    place: Range<usize>,
    words: Range<usize>,
    target: String,
    is_image: bool,
    kind: LinkType,
}

impl Walk<'_, '_> {
    fn markdown(&mut self) {
        let text = self.text.text.clone();
        let parser = Parser::new_ext(&text, options()).into_offset_iter();
        let definitions = parser.reference_definitions().iter();
        let definitions: Vec<(Range<usize>, String)> = definitions
            .map(|(_, d)| (d.span.clone(), d.dest.to_string()))
            .collect();
        for (place, dest) in definitions {
            self.definition(&text, place, &dest);
        }
        let mut open: Vec<Open> = Vec::new();
        for (event, place) in parser {
            if let Some(last) = open.last_mut().filter(|last| last.place != place) {
                last.words = last.words.start.min(place.start)..last.words.end.max(place.end);
            }
            match event {
                Event::Start(Tag::Link {
                    link_type,
                    dest_url,
                    ..
                }) => open.push(opened(place, &dest_url, false, link_type)),
                Event::Start(Tag::Image {
                    link_type,
                    dest_url,
                    ..
                }) => open.push(opened(place, &dest_url, true, link_type)),
                Event::End(pulldown_cmark::TagEnd::Link | pulldown_cmark::TagEnd::Image) => {
                    if let Some(link) = open.pop() {
                        self.link(&text, link);
                    }
                }
                Event::Start(Tag::HtmlBlock) | Event::InlineHtml(_) => self.html(&text, place),
                _ => {}
            }
        }
    }

    fn note(&mut self, at: usize, kind: NoteKind, message: String) {
        let line = self.text.line(at);
        self.notes.push(self.doc.note(Some(line), kind, message));
    }

    /// The new address; `None` where there is none to write.
    fn target(&mut self, at: usize, written: &str, is_image: bool) -> Option<String> {
        let fragment = written.find(['#', '?']).map_or("", |n| &written[n..]);
        match self.linker.resolve(self.doc, written) {
            Found::Kept => self.kept(at, written, is_image),
            Found::Doc(_) if is_image => None,
            Found::Doc(n) => {
                let other = &self.linker.docs[n];
                let hash = fragment.find('#').map_or("", |n| &fragment[n..]);
                Some(encoded(&format!(
                    "{}{hash}",
                    relative(&self.doc.target, &other.target)
                )))
            }
            Found::File(path, rooted) => {
                Some(self.linker.carry(self.doc, &path, rooted, self.carried))
            }
            Found::Nothing if is_image => {
                self.note(
                    at,
                    NoteKind::File,
                    format!("there is no picture {written}; its words stay"),
                );
                None
            }
            Found::Nothing => self.elsewhere(at, written),
        }
    }

    fn kept(&mut self, at: usize, written: &str, is_image: bool) -> Option<String> {
        if is_image && is_external(written) {
            self.note(
                at,
                NoteKind::File,
                format!("the picture {written} stands on another host, and stays there"),
            );
        }
        let scheme = written
            .split(':')
            .next()
            .unwrap_or_default()
            .to_ascii_lowercase();
        let is_allowed = !is_external(written)
            || written.starts_with("//")
            || ["http", "https", "mailto", "tel"].contains(&scheme.as_str());
        if !is_allowed {
            self.note(
                at,
                NoteKind::Link,
                format!("{written} is no address that may be linked; its words stay"),
            );
        }
        is_allowed.then(|| encoded(written))
    }

    /// A link to what was not carried leads to the old site, where that is known.
    fn elsewhere(&mut self, at: usize, written: &str) -> Option<String> {
        let base = self.linker.settings.base_url.as_deref();
        let old = base.filter(|_| written.starts_with('/')).map(|base| {
            let host = &base[..base.len() - self.linker.settings.base_path().len()];
            format!("{host}{written}")
        });
        let what = if old.is_some() {
            "leads to the old site"
        } else {
            "has no target; its words stay"
        };
        self.note(at, NoteKind::Link, format!("{written} {what}"));
        old
    }

    fn definition(&mut self, text: &str, place: Range<usize>, dest: &str) {
        let with = self
            .target(place.start, dest, false)
            .unwrap_or_else(|| "#".to_owned());
        if with.trim_matches(['<', '>']) == dest {
            return;
        }
        let raw = &text[place.clone()];
        let after = raw.find("]:").map_or(0, |n| n + 2);
        let start = after + (raw[after..].len() - raw[after..].trim_start().len());
        let end = raw[start..]
            .find(|c: char| c.is_whitespace())
            .map_or(raw.len(), |n| start + n);
        self.edits.push(Edit {
            place: place.start + start..place.start + end,
            with,
        });
    }

    fn link(&mut self, text: &str, link: Open) {
        // Addresses of references are changed where they are defined.
        if link.kind != LinkType::Inline {
            return;
        }
        let with = self.target(link.place.start, &link.target, link.is_image);
        let tail = &text[link.words.end..link.place.end];
        let Some(open) = tail.find("](").map(|n| link.words.end + n) else {
            return;
        };
        match with {
            None => {
                let words = open.max(link.words.start);
                self.edits.push(Edit {
                    place: link.place.start..link.words.start,
                    with: String::new(),
                });
                self.edits.push(Edit {
                    place: words..link.place.end,
                    with: String::new(),
                });
            }
            Some(with) if with.trim_matches(['<', '>']) == link.target => {}
            Some(with) => {
                let inner = &text[open + 2..link.place.end - 1];
                let start = inner.len() - inner.trim_start().len();
                let length = match inner[start..].strip_prefix('<') {
                    Some(rest) => rest.find('>').map_or(inner.len() - start, |n| n + 2),
                    None => inner[start..]
                        .find(|c: char| c.is_whitespace())
                        .unwrap_or(inner.len() - start),
                };
                let from = open + 2 + start;
                self.edits.push(Edit {
                    place: from..from + length,
                    with,
                });
            }
        }
    }

    /// Links and pictures in raw HTML, and what of it the build cleans away.
    fn html(&mut self, text: &str, place: Range<usize>) {
        let html = &text[place.clone()];
        let lower = html.to_ascii_lowercase();
        for tag in [
            "<script", "<style", "<iframe", "<video", "<audio", "<form", "<object", "<embed",
        ] {
            if let Some(n) = lower.find(tag) {
                self.note(
                    place.start + n,
                    NoteKind::RawHtml,
                    format!("{tag}> is raw HTML, and the build cleans it away"),
                );
            }
        }
        let mut from = 0;
        while let Some(open) = lower[from..].find('<').map(|n| from + n) {
            let end = lower[open..].find('>').map_or(html.len(), |n| open + n + 1);
            let tag = &html[open..end];
            let (key, is_image) = match () {
                () if lower[open..].starts_with("<img") => ("src=", true),
                () if lower[open..].starts_with("<a ") => ("href=", false),
                () => {
                    from = open + 1;
                    continue;
                }
            };
            self.html_tag(place.start + open, tag, key, is_image);
            from = end;
        }
    }

    fn html_tag(&mut self, at: usize, tag: &str, key: &str, is_image: bool) {
        let Some(value) = tag.to_ascii_lowercase().find(key).map(|n| n + key.len()) else {
            return;
        };
        let quote = tag[value..]
            .chars()
            .next()
            .filter(|c| matches!(c, '"' | '\''));
        let start = value + usize::from(quote.is_some());
        let ends = |c: char| quote.map_or(c.is_whitespace() || c == '>', |quote| c == quote);
        let end = tag[start..].find(ends).map_or(tag.len(), |n| start + n);
        let written = &tag[start..end];
        match self.target(at, written, is_image) {
            Some(with) => {
                let with = with.trim_matches(['<', '>']).to_owned();
                if with != written {
                    self.edits.push(Edit {
                        place: at + start..at + end,
                        with,
                    });
                }
            }
            None if is_image => self.edits.push(Edit {
                place: at..at + tag.len(),
                with: String::new(),
            }),
            None => self.edits.push(Edit {
                place: at + start..at + end,
                with: "#".to_owned(),
            }),
        }
    }
}

fn opened(place: Range<usize>, target: &str, is_image: bool, kind: LinkType) -> Open {
    let start = place.start + if is_image { 2 } else { 1 };
    Open {
        words: start..start,
        place,
        target: target.to_owned(),
        is_image,
        kind,
    }
}
