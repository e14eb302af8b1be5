//! What was published, as `manifest.json` has it, and what changed between two publications.
//!
//! Neither holds a time, a local path or a name of the machine: the same site has the same manifest.

use std::collections::BTreeMap;

use camino::Utf8PathBuf;
use serde::{Deserialize, Serialize};

/// The manifest's name in the output.
pub const MANIFEST: &str = "manifest.json";

/// The generator's name in the manifest.
pub const GENERATOR: &str = "dateline";

/// What was published.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Default)]
pub struct Manifest {
    /// Always [`GENERATOR`].
    pub generator: String,
    /// The version that published.
    pub version: String,
    /// The files, by path, without the manifest itself.
    pub files: BTreeMap<String, Entry>,
}

/// A published file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// Its length.
    pub bytes: u64,
    /// Its BLAKE3 hash, in hexadecimal.
    pub blake3: String,
    /// The files of the content whose own page or copy it is, below the content folder. None for
    /// what is made from many, such as lists, feeds and the search index, or from the theme.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sources: Vec<Utf8PathBuf>,
}

impl Manifest {
    /// The manifest of these files.
    #[must_use]
    pub fn new(files: BTreeMap<String, Entry>) -> Self {
        Self {
            generator: GENERATOR.to_owned(),
            version: env!("CARGO_PKG_VERSION").to_owned(),
            files,
        }
    }

    /// A manifest as the output has it; none where the bytes are no manifest of Dateline's.
    #[must_use]
    pub fn read(bytes: &[u8]) -> Option<Self> {
        let manifest: Self = serde_json::from_slice(bytes).ok()?;
        (manifest.generator == GENERATOR).then_some(manifest)
    }

    /// As the output has it.
    ///
    /// # Errors
    /// None that these values can cause.
    pub fn bytes(&self) -> serde_json::Result<Vec<u8>> {
        let mut bytes = serde_json::to_vec_pretty(self)?;
        bytes.push(b'\n');
        Ok(bytes)
    }
}

/// A file's hash as manifests write it.
#[must_use]
pub fn hash(bytes: &[u8]) -> String {
    blake3::hash(bytes).to_hex().to_string()
}

/// What differs between two publications: the paths to send and to remove, sorted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Default)]
pub struct Changes {
    /// Always [`GENERATOR`].
    pub generator: String,
    /// The hash of the manifest that was there before, if there was one.
    pub from: Option<String>,
    /// The hash of the manifest that is there now. Where it is not, the build ended before it
    /// published.
    pub to: String,
    /// Files that are new.
    pub added: Vec<String>,
    /// Files with other bytes.
    pub changed: Vec<String>,
    /// Files that are gone. All of them were published before.
    pub removed: Vec<String>,
}

impl Changes {
    /// From one manifest to the next. `mended` names files whose bytes in the output were not
    /// those of the manifest before.
    #[must_use]
    pub fn between(
        before: Option<(&Manifest, &[u8])>,
        after: (&Manifest, &[u8]),
        mended: &dyn Fn(&str) -> bool,
    ) -> Self {
        let mut changes = Self {
            generator: GENERATOR.to_owned(),
            from: before.map(|(_, bytes)| hash(bytes)),
            to: hash(after.1),
            ..Self::default()
        };
        let old = before.map(|(manifest, _)| &manifest.files);
        for (path, entry) in &after.0.files {
            match old.and_then(|old| old.get(path)) {
                None => changes.added.push(path.clone()),
                Some(old) if old.blake3 != entry.blake3 || mended(path) => {
                    changes.changed.push(path.clone());
                }
                Some(_) => {}
            }
        }
        let gone = old.into_iter().flat_map(BTreeMap::keys);
        changes.removed = gone
            .filter(|path| !after.0.files.contains_key(*path))
            .cloned()
            .collect();
        match before {
            None => changes.added.push(MANIFEST.to_owned()),
            Some((_, bytes)) if bytes != after.1 => changes.changed.push(MANIFEST.to_owned()),
            Some(_) => {}
        }
        changes
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn manifest(files: &[(&str, &str)]) -> (Manifest, Vec<u8>) {
        let entry = |(path, text): &(&str, &str)| {
            let entry = Entry {
                bytes: text.len() as u64,
                blake3: hash(text.as_bytes()),
                sources: Vec::new(),
            };
            ((*path).to_owned(), entry)
        };
        let manifest = Manifest::new(files.iter().map(entry).collect());
        let bytes = manifest.bytes().unwrap();
        (manifest, bytes)
    }

    #[test]
    fn tells_what_to_send_and_what_to_remove() {
        let (one, one_bytes) = manifest(&[("a", "1"), ("b", "2"), ("c", "3")]);
        let (two, two_bytes) = manifest(&[("a", "1"), ("b", "x"), ("d", "4")]);
        let before = Some((&one, &*one_bytes));
        let changes = Changes::between(before, (&two, &two_bytes), &|_| false);
        assert_eq!(changes.added, ["d"]);
        assert_eq!(changes.changed, ["b", MANIFEST]);
        assert_eq!(changes.removed, ["c"]);
        assert_eq!(changes.from, Some(hash(&one_bytes)));
        let none = Changes::between(before, (&one, &one_bytes), &|_| false);
        let lists = [&none.added, &none.changed, &none.removed];
        assert!(lists.into_iter().all(Vec::is_empty), "{none:?}");
        let mended = Changes::between(before, (&one, &one_bytes), &|path| path == "a");
        assert_eq!(mended.changed, ["a"]);
        let first = Changes::between(None, (&one, &one_bytes), &|_| false);
        assert_eq!(first.added, ["a", "b", "c", MANIFEST]);
    }

    #[test]
    fn a_manifest_of_somebody_else_is_none() {
        assert!(Manifest::read(b"{}").is_none());
        let other = br#"{"generator": "other", "version": "1", "files": {}}"#;
        assert!(Manifest::read(other).is_none());
        let (one, bytes) = manifest(&[("a", "1")]);
        assert_eq!(Manifest::read(&bytes), Some(one));
    }
}
