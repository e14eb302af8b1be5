//! A site whose pages are made when somebody asks for them.
//!
//! After a change the whole corpus is linked again, since one new name can change every page, but of
//! the articles only those that changed are read, and of the pages only those are made that are
//! looked at. What [`Preview::file`] gives has the bytes that a build would publish; only what is
//! made of the list of all files, the sitemap, is not had this way.

use std::{
    collections::BTreeMap,
    sync::{Arc, OnceLock},
};

use anyhow::Result;
use camino::Utf8Path;

use super::{
    Built, Memo, Options, corpus, files,
    illustrations::illustrations,
    pictures::{self, Gathered},
    reading::Entries,
    silent,
    whole::Whole,
};
use crate::{
    config::RawHtml,
    diagnostic::{Diagnostic, Severity},
    digest::Digest,
    model::{
        article::Article,
        output::OutputFile,
        picture::Illustrations,
        source::{Asset, Sources},
    },
    stages::render::{self, Job, Prepared, Site},
    text::order::Order,
    urls,
};

/// A site that is ready to be looked at.
pub struct Preview {
    options: Options,
    whole: Whole,
    read: Arc<Entries>,
    gathered: Arc<Gathered>,
    copied: Vec<Asset>,
    illustrations: Illustrations,
    order: Order,
    prepared: Prepared,
    /// The jobs that make what stands in a folder, or one file.
    places: BTreeMap<String, Job>,
    /// Those whose files stand anywhere, and what they made once it was asked for.
    scattered: Vec<(Job, OnceLock<Vec<OutputFile>>)>,
}

/// Reads and links a site, and tries a page of each kind. The preview is `None` where something is
/// wrong that forbids to publish.
///
/// # Errors
/// When the content cannot be read at all.
pub fn preview(options: &Options, memo: &mut Memo) -> Result<(Built, Option<Preview>)> {
    let (mut whole, mut built) = Whole::read(options, Some(memo), &silent)?;
    let (parsed, graph) = (&whole.parsed, &whole.linked.graph);
    let assets = files::published_assets(graph, &whole.listing.sources);
    if parsed.config.raw_html != RawHtml::Trust {
        built.problems.extend(files::active(&assets));
    }
    let (gathered, copied) = pictures::gather_into(&mut memo.album, parsed, graph, assets)?;
    built.problems.extend(gathered.problems.iter().cloned());
    let illustrations = illustrations(parsed, graph, &gathered, &copied)?;
    built.counts.articles = parsed.articles.len();
    built.counts.entities = whole.linked.catalogue.entities.len();
    if whole.theme.is_err() {
        whole.tell(options, &mut built)?;
        return Ok((built, None));
    }
    let mut preview = Preview {
        options: options.clone(),
        order: Order::of(&parsed.config.language),
        whole,
        read: Arc::clone(&memo.entries),
        gathered,
        copied,
        illustrations,
        prepared: Prepared::default(),
        places: BTreeMap::new(),
        scattered: Vec::new(),
    };
    // What failed is tried again, and what is made by other templates.
    let templates = templates(&preview.whole.listing.sources);
    let is_new = memo.tried != Some(templates);
    let problems = preview.list(is_new);
    memo.tried = problems.is_empty().then_some(templates);
    built.problems.extend(problems);
    preview.whole.tell(options, &mut built)?;
    let is_fit = built.count(Severity::Error) == 0;
    Ok((built, is_fit.then_some(preview)))
}

/// A hash over the templates and the settings that choose among them.
fn templates(sources: &Sources) -> [u8; 32] {
    let mut digest = Digest::default();
    digest.files(sources.templates.iter().chain(&sources.site));
    digest.files(&sources.strings);
    digest.whole()
}

impl Preview {
    /// Does something with the site, where there are templates.
    fn with<T>(&self, work: impl FnOnce(&Site<'_>) -> T) -> Option<T> {
        let theme = self.whole.theme.as_ref().ok()?;
        let Whole {
            listing,
            parsed,
            linked,
            ..
        } = &self.whole;
        let again = |article: &Article| {
            let read = self.read.get(&article.path);
            let source = read.and_then(|own| own.source.as_ref());
            self.whole.again(&self.options, article, source)
        };
        let site = Site {
            order: &self.order,
            corpus: &corpus(parsed, linked, &listing.sources),
            graph: &linked.graph,
            pictures: &self.gathered.pictures,
            illustrations: &self.illustrations,
            words: &parsed.words,
            theme,
            again: &again,
        };
        Some(work(&site))
    }

    /// Finds out what stands where, and tries the first job of each kind if it `tries`.
    fn list(&mut self, tries: bool) -> Vec<Diagnostic> {
        let listed = self.with(|site| {
            let (mut places, mut scattered) = (BTreeMap::new(), Vec::new());
            let prepared = Prepared::of(site);
            let (mut tried, mut problems) = (Vec::new(), Vec::new());
            for job in render::pages(site) {
                // Data has no template.
                if tries && job != Job::Exports && !tried.contains(&job.kind()) {
                    tried.push(job.kind());
                    let failed = render::run(site, &prepared, &job).err();
                    problems.extend(failed.map(|problem| *problem));
                }
                match render::place(site, &job) {
                    Some(place) => drop(places.insert(place, job)),
                    None => scattered.push((job, OnceLock::new())),
                }
            }
            (prepared, places, scattered, problems)
        });
        let Some((prepared, places, scattered, problems)) = listed else {
            return Vec::new();
        };
        (self.prepared, self.places, self.scattered) = (prepared, places, scattered);
        problems
    }

    /// The file at a path of the output; none where a build would publish none.
    ///
    /// # Errors
    /// A diagnostic of its template; and when a file of the content cannot be read any more.
    pub fn file(&self, path: &str) -> Result<Result<Option<OutputFile>, Box<Diagnostic>>> {
        if let Some(file) = self.gathered.files.iter().find(|file| file.path == path) {
            return Ok(Ok(Some(file.clone())));
        }
        let mut copied = self.copied.iter();
        if let Some(asset) = copied.find(|asset| urls::asset(&asset.path) == path) {
            let raw_html = self.whole.parsed.config.raw_html;
            return Ok(Ok(files::published(asset, raw_html)?.0));
        }
        Ok(self.with(|site| self.made(site, path)).unwrap_or(Ok(None)))
    }

    fn made(&self, site: &Site<'_>, path: &str) -> Result<Option<OutputFile>, Box<Diagnostic>> {
        let run = |job: &Job| render::run(site, &self.prepared, job);
        let at = |files: Vec<OutputFile>| files.into_iter().find(|file| file.path == path);
        let folders = Utf8Path::new(path).ancestors();
        for job in folders.filter_map(|place| self.places.get(place.as_str())) {
            if let Some(file) = at(run(job)?) {
                return Ok(Some(file));
            }
        }
        if path.starts_with("timeline/") || path.starts_with("search/") {
            let jobs = render::late(site, &self.prepared);
            let mut jobs = jobs.into_iter();
            let here = |job: &Job| render::late_path(site, &self.prepared, job);
            if let Some(job) = jobs.find(|job| here(job).as_deref() == Some(path)) {
                return Ok(at(run(&job)?));
            }
        }
        for (job, made) in &self.scattered {
            let made = match made.get() {
                Some(made) => made,
                None => {
                    let files = run(job)?;
                    made.get_or_init(|| files)
                }
            };
            if let Some(file) = made.iter().find(|file| file.path == path) {
                return Ok(Some(file.clone()));
            }
        }
        Ok(None)
    }
}
