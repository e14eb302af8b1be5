//! Pictures in pages: where they are found, in which widths.

use super::{
    body::{encode, plain_address},
    shortcodes::Picture,
    site::Site,
};
use crate::{
    model::{catalogue::ArticleIdx, graph::Target, picture::Rendition},
    text::html::escape,
    urls,
    views::ImageView,
};

/// How wide a picture in the text is shown: a column, or what the screen has.
const SIZES: &str = "(min-width: 45rem) 40rem, 100vw";

/// Where a page finds a picture.
struct ImageSource {
    src: String,
    srcset: Option<String>,
    /// Width and height of the original, where the picture was decoded.
    size: Option<(u32, u32)>,
}

/// The addresses of a picture from the page at `page`.
fn source(site: &Site<'_>, page: &str, target: Option<&Target>) -> ImageSource {
    let picture = match target {
        Some(Target::File(path)) => site.pictures.get(path),
        _ => None,
    };
    let Some((picture, main)) = picture.and_then(|p| Some((p, p.main()?))) else {
        return ImageSource {
            src: plain_address(site, page, target),
            srcset: None,
            size: None,
        };
    };
    let relative = |path: &str| urls::relative(page, &encode(path));
    let candidate = |r: &Rendition| format!("{} {}w", relative(&r.path), r.width);
    let srcset: Vec<String> = picture.renditions.iter().map(candidate).collect();
    ImageSource {
        src: relative(&main.path),
        srcset: Some(srcset.join(", ")),
        size: Some(picture.size),
    }
}

/// What stands between `src="` and the `"` that follows: the address, and for a picture in several
/// widths further attributes. A raw tag has its author's own.
pub(super) fn attributes(
    site: &Site<'_>,
    page: &str,
    target: Option<&Target>,
    is_raw: bool,
) -> String {
    let source = source(site, page, target);
    let src = escape(&source.src);
    match (source.srcset, source.size) {
        (Some(srcset), Some((width, height))) if !is_raw => {
            let srcset = escape(&srcset);
            format!(
                "{src}\" srcset=\"{srcset}\" sizes=\"{SIZES}\" width=\"{width}\" height=\"{height}"
            )
        }
        _ => src,
    }
}

/// A picture as shortcodes see it: `src`, and for one in several widths `srcset`, `sizes`, `width` and
/// `height`.
pub(super) fn described(site: &Site<'_>, page: &str, target: Option<&Target>) -> Picture {
    let source = source(site, page, target);
    let mut picture = Picture::new();
    picture.insert("src".to_owned(), source.src.into());
    picture.insert("srcset".to_owned(), source.srcset.into());
    picture.insert("sizes".to_owned(), source.size.map(|_| SIZES).into());
    picture.insert("width".to_owned(), source.size.map(|size| size.0).into());
    picture.insert("height".to_owned(), source.size.map(|size| size.1).into());
    picture
}

/// The lead image, if it has one that exists.
pub(super) fn lead(site: &Site<'_>, from: &str, idx: ArticleIdx) -> Option<ImageView> {
    let image = site.corpus.article(idx).front.image.as_ref()?;
    let target = site.graph.articles[idx.0 as usize].lead_image.as_ref();
    let target = target.filter(|target| **target != Target::Broken)?;
    let rights = [image.credit.as_deref(), image.licence.as_deref()];
    let credit: Vec<&str> = rights.into_iter().flatten().collect();
    let source = source(site, from, Some(target));
    Some(ImageView {
        src: source.src,
        srcset: source.srcset,
        sizes: source.size.map(|_| SIZES),
        width: source.size.map(|size| size.0),
        height: source.size.map(|size| size.1),
        alt: image.alt.clone(),
        caption: image.caption.clone(),
        credit: (!credit.is_empty()).then(|| credit.join(", ")),
    })
}
