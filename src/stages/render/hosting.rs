//! What a host is told beside the pages, where `site.yaml` asks for it: headers and redirects.

use std::fmt::Write;

use super::{file, redirect_target, site::Site};
use crate::{
    config::Host,
    model::{graph::Target, output::OutputFile},
    urls,
};

/// What pages may load: what stands beside them, and nothing else. No script or style stands in a page.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; \
    connect-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

/// `_headers` and `_redirects`, in the words that Netlify and Cloudflare Pages share.
pub(super) fn files(site: &Site<'_>) -> Vec<OutputFile> {
    match site.corpus.config.host {
        None => Vec::new(),
        Some(host) => vec![
            file("_headers".into(), headers(site)),
            file("_redirects".into(), redirects(site, host)),
        ],
    }
}

/// Names of files do not change with their content, so that nothing may be kept without asking: a
/// browser asks, and is told that it has the newest.
fn headers(site: &Site<'_>) -> String {
    let images = match shows_others(site) {
        true => "img-src 'self' https: data:",
        false => "img-src 'self' data:",
    };
    format!(
        "/*\n  Content-Security-Policy: {POLICY}; {images}\n  \
         X-Content-Type-Options: nosniff\n  \
         Referrer-Policy: strict-origin-when-cross-origin\n  \
         Permissions-Policy: camera=(), geolocation=(), microphone=()\n  \
         Cross-Origin-Opener-Policy: same-origin\n  \
         Cache-Control: public, max-age=0, must-revalidate\n"
    )
}

/// True where a page shows a picture that lies on another server.
fn shows_others(site: &Site<'_>) -> bool {
    let external = |target: &Target| matches!(target, Target::External(_));
    let articles = site.graph.articles.iter();
    let articles = articles.flat_map(|node| node.targets.images.iter().chain(&node.lead_image));
    let pages = site.graph.pages.iter().flat_map(|targets| &targets.images);
    let profiles = site
        .graph
        .entities
        .iter()
        .flat_map(|node| &node.profile.images);
    articles.chain(pages).chain(profiles).any(external)
}

/// Old addresses. The pages that lead on stay: they serve where nothing reads this file.
fn redirects(site: &Site<'_>, host: Host) -> String {
    // Netlify gives the page that stands at an address before it looks for redirects, unless told not to.
    let status = match host {
        Host::Netlify => "301!",
        Host::Cloudflare => "301",
    };
    let mut out = String::new();
    for (from, to) in &site.graph.redirects {
        let (_, to) = redirect_target(site, to);
        let rooted = |page: &str| urls::absolute("", page).replace(' ', "%20");
        // Writing to a string does not fail.
        let _ = writeln!(out, "{} {} {status}", rooted(from), rooted(&to));
    }
    out
}
