//! The sitemap: one file, or for large sites an index of several.
//!
//! Input: the paths of all pages. Output: `sitemap.xml`, and below `sitemap/` the parts that it names.
//! A page's part follows from its address alone, so that a new page changes one part, and not all
//! that come after it.

use std::collections::{BTreeMap, BTreeSet};

use camino::Utf8PathBuf;

use super::{
    Site,
    feeds::{self, SitemapEntry, SitemapView},
    file,
};
use crate::{diagnostic::Diagnostic, model::output::OutputFile, text::html::escape, urls};

/// The most pages of one file, by the sitemap protocol.
const MOST: usize = 50_000;

/// The sitemap over all pages that were rendered.
///
/// # Errors
/// A diagnostic of the template.
pub fn sitemap(site: &Site<'_>, paths: &[Utf8PathBuf]) -> Result<Vec<OutputFile>, Box<Diagnostic>> {
    let redacted = site.corpus.redacted.iter().map(|r| urls::article(&r.slug));
    let redacted: BTreeSet<String> = redacted.collect();
    let pages = paths.iter().map(|path| path.as_str());
    let listed = pages.filter(|path| {
        path.ends_with("index.html")
            && !path.starts_with("search/")
            && !site.graph.redirects.contains_key(*path)
            && !redacted.contains(*path)
    });
    let mut paths: Vec<String> = listed.map(str::to_owned).collect();
    paths.sort();
    let pages = feeds::sitemap(site, &paths);
    if pages.len() <= MOST {
        let xml = site.theme.render("sitemap.xml", &SitemapView { pages })?;
        return Ok(vec![file("sitemap.xml".into(), xml)]);
    }
    let (mut files, mut index) = (Vec::new(), String::new());
    for (number, pages) in parts(pages, MOST) {
        let path = format!("sitemap/{number}.xml");
        let url = urls::absolute(&site.corpus.config.base_url, &path);
        let newest = pages.iter().filter_map(|page| page.updated.as_deref());
        let newest = newest.max().map(|day| format!("<lastmod>{day}</lastmod>"));
        index += &format!(
            "\n<sitemap><loc>{}</loc>{}</sitemap>",
            escape(&url),
            newest.unwrap_or_default()
        );
        let xml = site.theme.render("sitemap.xml", &SitemapView { pages })?;
        files.push(file(path, xml));
    }
    let xml = format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<sitemapindex xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">{index}\n</sitemapindex>\n"
    );
    files.push(file("sitemap.xml".into(), xml));
    Ok(files)
}

/// The pages in parts of at most `most`, by the first bits of their addresses' hashes: as few bits as
/// do. Parts that would be empty are left out.
fn parts(pages: Vec<SitemapEntry>, most: usize) -> BTreeMap<u64, Vec<SitemapEntry>> {
    let hash = |page: &SitemapEntry| {
        let mut first = [0; 8];
        first.copy_from_slice(&blake3::hash(page.url.as_bytes()).as_bytes()[..8]);
        u64::from_be_bytes(first)
    };
    let hashes: Vec<u64> = pages.iter().map(hash).collect();
    let fits = |bits: &u32| {
        let mut sizes: BTreeMap<u64, usize> = BTreeMap::new();
        for hash in &hashes {
            *sizes.entry(part(*hash, *bits)).or_default() += 1;
        }
        sizes.values().all(|size| *size <= most)
    };
    // With 64 bits a part would hold one page.
    let bits = (0..64).find(fits).unwrap_or(64);
    let mut parts: BTreeMap<u64, Vec<SitemapEntry>> = BTreeMap::new();
    for (page, hash) in pages.into_iter().zip(hashes) {
        parts.entry(part(hash, bits)).or_default().push(page);
    }
    parts
}

/// The part of a hash, where so many of its first bits tell parts apart.
fn part(hash: u64, bits: u32) -> u64 {
    hash.checked_shr(64 - bits).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pages(count: usize) -> Vec<SitemapEntry> {
        let page = |n| SitemapEntry {
            url: format!("https://example.org/briefings/{n}/"),
            updated: None,
        };
        (0..count).map(page).collect()
    }

    #[test]
    fn parts_are_small_enough_and_hold_every_page_once() {
        for count in [50_001, 60_000, 230_000] {
            let parts = parts(pages(count), MOST);
            assert!(parts.values().all(|part| part.len() <= MOST));
            assert!(parts.len() <= 4 * count / MOST, "{}", parts.len());
            let urls: BTreeSet<&str> = parts.values().flatten().map(|p| &*p.url).collect();
            assert_eq!(urls.len(), count);
            let sorted = |part: &Vec<SitemapEntry>| {
                let places = part.iter().map(|p| {
                    p.url
                        .split('/')
                        .nth(4)
                        .and_then(|n| n.parse::<usize>().ok())
                });
                places.is_sorted()
            };
            assert!(parts.values().all(sorted), "a part keeps the order");
        }
    }

    #[test]
    fn a_new_page_changes_one_part() {
        let (before, after) = (parts(pages(60_000), MOST), parts(pages(60_001), MOST));
        let changed = after
            .iter()
            .filter(|(number, part)| before.get(number).is_none_or(|own| own.len() != part.len()));
        assert_eq!(changed.count(), 1);
    }
}
