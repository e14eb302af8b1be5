//! What `urls.jsonl` is to hold.
//!
//! Input: what it holds, what became of each of its addresses, and the addresses of today. Output:
//! its addresses, sorted.

use std::collections::BTreeMap;

use crate::{model::address::Address, stages::link::remembered::Standing};

/// The remembered addresses with today's: each with its owner as it is now.
#[must_use]
pub fn accepted(
    remembered: impl IntoIterator<Item = (Address, Standing)>,
    current: Vec<Address>,
) -> Vec<Address> {
    let mut all: BTreeMap<String, Address> = BTreeMap::new();
    for (address, standing) in remembered {
        let address = match standing {
            // An owner that came back is not retired any more.
            Standing::Kept(Some(now)) | Standing::Moved(_, now) => Address {
                url: address.url,
                ..now
            },
            _ => address,
        };
        all.insert(address.url.clone(), address);
    }
    for address in current {
        all.entry(address.url.clone()).or_insert(address);
    }
    all.into_values().collect()
}

/// An address as people write it: `/briefings/ports/`, `briefings/ports`, `briefings/ports/index.html`.
#[must_use]
pub fn written(url: &str) -> String {
    let path = url.trim().trim_start_matches('/');
    let path = path.strip_suffix("index.html").unwrap_or(path);
    format!("{}/", path.trim_end_matches('/'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{address::Owner, graph::Target};

    fn address(url: &str, file: &str) -> Address {
        Address {
            url: url.to_owned(),
            owner: Owner::File(file.into()),
            title: file.to_owned(),
            date: None,
            retired: false,
        }
    }

    #[test]
    fn what_moved_is_known_by_its_new_file_under_both_addresses() {
        let now = address("b/", "b.md");
        let moved = Standing::Moved(Target::Broken, now.clone());
        let found = accepted(
            [
                (address("a/", "a.md"), moved),
                (address("z/", "z.md"), Standing::Gone),
            ],
            vec![now.clone()],
        );
        let expected = [address("a/", "b.md"), now, address("z/", "z.md")];
        assert_eq!(found.len(), 3);
        assert_eq!(found[0].owner, expected[0].owner);
        assert_eq!(&found[1..], &expected[1..]);
    }

    #[test]
    fn addresses_are_written_in_several_ways() {
        for way in ["/a/b/", "a/b", "a/b/index.html", " /a/b/index.html"] {
            assert_eq!(written(way), "a/b/");
        }
    }
}
