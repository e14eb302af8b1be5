//! A briefing as Markdown: what its page says, without what its file says to the program.

use std::fmt::Write;

use super::{body, image, sheet, shortcodes, site::Site};
use crate::{
    model::{
        article::Marking,
        catalogue::ArticleIdx,
        chart::{Chart, ChartSpec},
        document::{Document, EditKind},
        graph::{Target, Targets},
    },
    urls,
    views::{ImageView, MarkdownView},
};

use super::article;

/// The view of the article's Markdown.
pub(super) fn view(site: &Site<'_>, idx: ArticleIdx, document: &Document) -> MarkdownView {
    let article = site.corpus.article(idx);
    let node = &site.graph.articles[idx.0 as usize];
    let (front, page) = (&article.front, site.article_path(idx));
    let points = article.key_points.iter().zip(&node.key_points);
    let mut corrections = article::corrections(site, article);
    for correction in &mut corrections {
        correction.text = escape(&correction.text);
    }
    let mut sources = article::sources(site, article);
    for source in &mut sources {
        source.title = escape(&source.title);
        source.publisher = source.publisher.as_deref().map(escape);
    }
    MarkdownView {
        url: urls::absolute(&site.corpus.config.base_url, &page),
        title: escape(&front.title),
        summary: front.summary.as_deref().map(escape),
        key_points: points
            .map(|(point, targets)| body(site, &page, point, targets))
            .collect(),
        authors: front.authors.iter().map(|author| escape(author)).collect(),
        dateline: front.dateline.as_deref().map(escape),
        date: site.words.day(front.date.date),
        updated: front.updated.map(|moment| site.words.day(moment.date)),
        marking: front.marking.map(Marking::as_str),
        image: lead_image(site, idx),
        site_title: escape(&site.corpus.config.title),
        body: body(site, &page, document, &node.targets),
        sources,
        corrections,
    }
}

/// The lead image with a public address: one file, as Markdown knows no others.
fn lead_image(site: &Site<'_>, idx: ArticleIdx) -> Option<ImageView> {
    // From the root, a relative address is the path itself.
    let image = image::lead(site, "index.html", idx)?;
    let src = match image.src.contains("://") {
        true => image.src,
        false => urls::absolute(&site.corpus.config.base_url, &image.src),
    };
    Some(ImageView {
        src: src.replace('(', "%28").replace(')', "%29"),
        srcset: None,
        sizes: None,
        alt: escape(&image.alt),
        caption: image.caption.as_deref().map(escape),
        credit: image.credit.as_deref().map(escape),
        ..image
    })
}

/// The Markdown of a document with its edits made.
fn body(site: &Site<'_>, page: &str, document: &Document, targets: &Targets) -> String {
    let markdown = &document.markdown;
    let mut out = String::with_capacity(markdown.body.len());
    let mut done = markdown.body.start;
    let written = |from: u32, to: u32| markdown.text.get(from as usize..to as usize);
    for edit in &markdown.edits {
        // Inside what gave way there is nothing left to change.
        if edit.span.start < done {
            continue;
        }
        out.push_str(written(done, edit.span.start).unwrap_or_default());
        make(&mut out, &edit.kind, (site, page), document, targets);
        done = edit.span.end;
    }
    out.push_str(written(done, markdown.body.end).unwrap_or_default());
    let references = &targets.cited.references;
    if !references.is_empty() {
        let _ = write!(out, "\n\n## {}\n", site.words.say("references"));
    }
    for reference in references {
        let label = reference
            .label
            .iter()
            .map(|label| format!("{} ", escape(label)));
        let label: String = label.collect();
        let _ = write!(out, "\n- {label}{}", escape(&reference.text));
    }
    tidy(&out)
}

/// What an edit of a document puts on a page in place of what was written.
fn make(
    out: &mut String,
    edit: &EditKind,
    (site, page): (&Site<'_>, &str),
    document: &Document,
    targets: &Targets,
) {
    match edit {
        EditKind::Words(words) => out.push_str(words),
        EditKind::LinkStart(n) => {
            if address(site, page, targets.links.get(*n as usize)).is_some() {
                out.push('[');
            }
        }
        EditKind::LinkEnd(n) => {
            if let Some(address) = address(site, page, targets.links.get(*n as usize)) {
                let _ = write!(out, "]({address})");
            }
        }
        EditKind::ImageEnd(n, caption) => {
            let address = address(site, page, targets.images.get(*n as usize));
            let _ = write!(out, "]({}", address.unwrap_or_default());
            if !caption.is_empty() {
                let _ = write!(out, " \"{}\"", escape(caption).replace('"', "\\\""));
            }
            out.push(')');
        }
        EditKind::Wikilink(n) => {
            let target = targets.wikilinks.get(*n as usize);
            let words = escape(label(site, document, *n, target).trim());
            match address(site, page, target) {
                Some(address) => {
                    let _ = write!(out, "[{words}]({address})");
                }
                None => out.push_str(&words),
            }
        }
        EditKind::Table(n) => {
            let spec = document.tables.get(*n as usize);
            let sheet = targets.sheets.get(*n as usize).and_then(Option::as_ref);
            if let Some((spec, sheet)) = spec.zip(sheet) {
                sheet::in_markdown(site.words, out, spec, sheet);
            }
        }
        EditKind::Shortcode(n) => {
            if let Some(shortcode) = document.shortcodes.get(*n as usize) {
                let (picture, words) = shortcodes::in_markdown(document, shortcode);
                let target = picture.and_then(|n| targets.images.get(n as usize));
                match address(site, page, target) {
                    Some(address) => {
                        let _ = write!(out, "![{}]({address})", escape(&words));
                    }
                    None => out.push_str(&escape(&words)),
                }
            }
        }
        EditKind::Citation(n) => {
            let mark = targets.cited.marks.get(*n as usize);
            out.push_str(&escape(mark.map_or("", |mark| &mark.text)));
        }
        EditKind::Chart(n) => {
            let spec = document.charts.get(*n as usize);
            let chart = targets.charts.get(*n as usize).and_then(Option::as_ref);
            if let Some((spec, chart)) = spec.zip(chart) {
                table(out, spec, chart);
            }
        }
    }
}

/// What was taken out leaves no holes: never more than one empty line, but in code.
fn tidy(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let (mut empty, mut fence) = (0, None::<String>);
    for line in text.trim().lines() {
        let bare = line.trim_start();
        let marks: String = bare
            .chars()
            .take_while(|c| matches!(c, '`' | '~'))
            .collect();
        match &fence {
            Some(open) if bare.trim_end() == open => fence = None,
            None if marks.len() >= 3 => fence = Some(marks),
            _ => {}
        }
        empty = if line.trim().is_empty() { empty + 1 } else { 0 };
        if empty < 2 || fence.is_some() {
            out.push_str(line);
            out.push('\n');
        }
    }
    out.truncate(out.trim_end().len());
    out
}

/// A public address; none where there is nothing to lead to.
fn address(site: &Site<'_>, page: &str, target: Option<&Target>) -> Option<String> {
    let base = &site.corpus.config.base_url;
    let target = target.filter(|target| **target != Target::Broken)?;
    let address = match target {
        Target::External(address) => address.clone(),
        Target::Here(fragment) => format!("{}#{fragment}", urls::absolute(base, page)),
        // From the root, a relative address is the path itself.
        other => public(base, &body::plain_address(site, "index.html", Some(other))),
    };
    // A space or a bracket would end the address.
    Some(
        address
            .replace(' ', "%20")
            .replace('(', "%28")
            .replace(')', "%29"),
    )
}

fn public(base: &str, path: &str) -> String {
    match path.split_once('#') {
        Some((page, fragment)) => format!("{}#{fragment}", urls::absolute(base, page)),
        None => urls::absolute(base, path),
    }
}

fn label(site: &Site<'_>, document: &Document, n: u32, target: Option<&Target>) -> String {
    let Some(link) = document.wikilinks.get(n as usize) else {
        return String::new();
    };
    let named = target.and_then(|target| body::label(site, link, target));
    named.map_or_else(|| link.text.of(&document.text).to_owned(), str::to_owned)
}

fn table(out: &mut String, spec: &ChartSpec, chart: &Chart) {
    let cell = |text: &str| escape(text).replace('|', "\\|");
    let _ = write!(out, "**{}**", escape(&spec.title));
    for more in [&spec.caption, &spec.unit].into_iter().flatten() {
        let _ = write!(out, " ({})", escape(more));
    }
    let _ = write!(out, "\n\n| {} |", cell(&chart.x_name));
    for series in &chart.series {
        let _ = write!(out, " {} |", cell(&series.name));
    }
    out.push_str("\n|---|");
    out.push_str(&"---:|".repeat(chart.series.len()));
    for (row, label) in chart.labels.iter().enumerate() {
        let _ = write!(out, "\n| {} |", cell(label));
        for series in &chart.series {
            let text = series.cells[row].as_ref().map_or("", |cell| &cell.text);
            let _ = write!(out, " {} |", cell(text));
        }
    }
    out.push('\n');
    if let Some(credit) = &spec.credit {
        let title = escape(&credit.title);
        let _ = match &credit.url {
            Some(url) => writeln!(out, "\n[{title}]({url})"),
            None => writeln!(out, "\n{title}"),
        };
    }
}

/// Plain words as Markdown.
pub(super) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>') {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_words_stay_plain() {
        assert_eq!(escape("a *b* [c] <d>"), r"a \*b\* \[c\] \<d\>");
    }

    #[test]
    fn holes_are_closed_but_in_code() {
        assert_eq!(tidy("a\n\n\n\nb\n"), "a\n\nb");
        assert_eq!(tidy("```\na\n\n\nb\n```\n"), "```\na\n\n\nb\n```");
    }
}
