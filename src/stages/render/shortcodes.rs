//! Shortcodes as components of the theme: what they are given, and whether it is what they declare.
//!
//! A component `shortcode.NAME` in `templates/shortcodes/` declares its arguments with their types. One of
//! type `map` is given a picture. `map` and `timeline` are given a drawing as their body.

use std::collections::BTreeMap;

use camino::Utf8Path;
use serde_json::{Map, Value, json};
use tera::ComponentArgType;

use super::{body::plain_address, image, map, site::Site};
use crate::{
    diagnostic::{Code, Diagnostic},
    model::{
        catalogue::{EntityIdx, EntityKey},
        document::Document,
        graph::Targets,
        shortcode::{Arg, Shortcode},
    },
    text::{fold::fold, suggest::closest},
    theme,
    views::TimelineEntryView,
};

/// Entries of a timeline that a text shows.
const MOST_ENTRIES: usize = 50;

/// What is wrong with the shortcodes of all texts.
#[must_use]
pub fn check(site: &Site<'_>) -> Vec<Diagnostic> {
    let articles = site.corpus.articles.iter();
    let articles = articles.map(|article| (&article.path, &article.document));
    let pages = site
        .corpus
        .pages
        .iter()
        .map(|page| (&page.path, &page.document));
    let entities = site.corpus.kb.entities();
    let profiles = entities.map(|entity| (&entity.path, &entity.profile));
    let documents = articles.chain(pages).chain(profiles);
    documents
        .flat_map(|(path, document)| {
            let shortcodes = document.shortcodes.iter();
            shortcodes.flat_map(|shortcode| of_one(site, path, shortcode))
        })
        .collect()
}

fn of_one(site: &Site<'_>, path: &Utf8Path, shortcode: &Shortcode) -> Vec<Diagnostic> {
    let name = &shortcode.name;
    let at = |code, span, message| Diagnostic::error(code, path.to_owned(), Some(span), message);
    let Some(component) = site.theme.shortcode(name) else {
        let message = format!("there is no shortcode `{name}`");
        let names = site.theme.shortcodes();
        let problem = at(Code::ShortcodeUnknown, shortcode.source, message);
        let problem = match closest(name, names.iter().map(String::as_str)) {
            Some(like) => problem.hint(format!("did you mean `{like}`?")),
            None => problem.hint(format!("the shortcodes are {}", names.join(", "))),
        };
        return vec![
            problem.hint("`\\{{` is text; templates/shortcodes/ is the place for your own"),
        ];
    };
    let mut problems = Vec::new();
    let declared = component.args();
    for (key, value, span) in &shortcode.args {
        let Some(arg) = declared.iter().find(|arg| arg.name() == key) else {
            let names: Vec<&str> = declared.iter().map(tera::ComponentArg::name).collect();
            let message = format!("`{name}` has no argument `{key}`");
            let problem = at(Code::ShortcodeArgument, *span, message);
            problems.push(
                problem
                    .did_you_mean(key, names.iter().copied())
                    .hint(format!("its arguments are {}", names.join(", "))),
            );
            continue;
        };
        let wanted = arg.arg_type();
        if !fits(value, wanted) {
            let message = format!("`{key}` is {}", value.type_name());
            let hint = format!("it has to be {}", theme::in_words(wanted));
            problems.push(at(Code::ShortcodeArgument, *span, message).hint(hint));
        }
    }
    // What a drawing needs is said where it is read.
    let is_drawn = matches!(name.as_str(), "chart" | "table");
    for arg in declared.iter().filter(|arg| arg.is_required() && !is_drawn) {
        let given = |(key, value, _): &(String, Arg, _)| {
            key == arg.name() && *value != Arg::Text(String::new())
        };
        if !shortcode.args.iter().any(given) {
            let message = format!("`{name}` needs `{}`", arg.name());
            let hint = format!("it is {}", theme::in_words(arg.arg_type()));
            problems.push(at(Code::ShortcodeArgument, shortcode.source, message).hint(hint));
        }
    }
    if problems.is_empty() {
        problems.extend(places(site, shortcode).err().map(|unknown| {
            let message = format!("no place or name of the site is `{unknown}`");
            at(Code::ShortcodeArgument, shortcode.source, message)
                .hint("write a name or an id as in [[…]]; a map needs two places with coordinates")
        }));
        let args = arguments(site, "index.html", &Targets::default(), shortcode);
        let tried = site.theme.render_shortcode(name, &args, "");
        let asked = format!("`{name}` is asked for in {path}");
        problems.extend(tried.err().map(|problem| problem.hint(asked)));
    }
    problems
}

fn fits(value: &Arg, wanted: Option<ComponentArgType>) -> bool {
    use ComponentArgType as Type;
    match (wanted, value) {
        (None, _) => true,
        (Some(Type::String), Arg::Text(_) | Arg::Link(_) | Arg::Picture(_))
        | (Some(Type::Bool), Arg::Flag(_))
        | (Some(Type::Float | Type::Number), Arg::Number(_))
        | (Some(Type::Array), Arg::List(_))
        | (Some(Type::Map), Arg::Picture(_)) => true,
        (Some(Type::Integer), Arg::Number(number)) => number.fract() == 0.0,
        _ => false,
    }
}

/// A shortcode as HTML; `body` is what stands between its tags. One that cannot be rendered has been
/// reported.
pub(super) fn html(
    site: &Site<'_>,
    page: &str,
    targets: &Targets,
    shortcode: &Shortcode,
    body: &str,
) -> String {
    let args = arguments(site, page, targets, shortcode);
    let drawn = drawn(site, page, shortcode);
    let body = drawn.as_deref().unwrap_or(body);
    let html = site.theme.render_shortcode(&shortcode.name, &args, body);
    html.unwrap_or_default()
}

fn arguments(
    site: &Site<'_>,
    page: &str,
    targets: &Targets,
    shortcode: &Shortcode,
) -> BTreeMap<String, Value> {
    let component = site.theme.shortcode(&shortcode.name);
    let wanted = |key: &str| {
        let declared = component.as_ref()?.args().iter();
        declared
            .into_iter()
            .find(|arg| arg.name() == key)?
            .arg_type()
    };
    let args = shortcode.args.iter();
    args.map(|(key, arg, _)| {
        let is_map = wanted(key) == Some(ComponentArgType::Map);
        (key.clone(), value(site, page, targets, arg, is_map))
    })
    .collect()
}

fn value(site: &Site<'_>, page: &str, targets: &Targets, arg: &Arg, is_map: bool) -> Value {
    match arg {
        Arg::Text(text) => Value::String(text.clone()),
        Arg::Number(number) if number.fract() == 0.0 && number.abs() < 1e15 => {
            json!(*number as i64)
        }
        Arg::Number(number) => json!(number),
        Arg::Flag(flag) => Value::Bool(*flag),
        Arg::List(items) => {
            let items = items.iter();
            items
                .map(|item| value(site, page, targets, item, false))
                .collect()
        }
        Arg::Picture(n) => {
            let picture = image::described(site, page, targets.images.get(*n as usize));
            match is_map {
                true => Value::Object(picture),
                false => picture.get("src").cloned().unwrap_or_default(),
            }
        }
        Arg::Link(n) => Value::String(plain_address(site, page, targets.links.get(*n as usize))),
    }
}

/// The drawing that the program makes for its own shortcodes.
fn drawn(site: &Site<'_>, page: &str, shortcode: &Shortcode) -> Option<String> {
    let found = places(site, shortcode).ok()?;
    let args = match shortcode.name.as_str() {
        "map" => {
            let places: Vec<(EntityIdx, usize)> = found.into_iter().map(|idx| (idx, 1)).collect();
            let map = map::of_places(site, page, &places)?;
            (
                "map",
                json!({"map": map, "label": text(shortcode, "title")}),
            )
        }
        "timeline" => {
            let entries = entries(site, page, shortcode, &found);
            ("timeline_list", json!({"entries": entries, "named": false}))
        }
        _ => return None,
    };
    site.theme.render_component(args.0, &args.1).ok()
}

fn text<'a>(shortcode: &'a Shortcode, key: &str) -> &'a str {
    let found = shortcode.args.iter().find(|(own, ..)| own == key);
    match found {
        Some((_, Arg::Text(text), _)) => text,
        _ => "",
    }
}

/// The entities that `places` or `names` of `map` and `timeline` mean; the name that means none.
fn places(site: &Site<'_>, shortcode: &Shortcode) -> Result<Vec<EntityIdx>, String> {
    let key = match shortcode.name.as_str() {
        "map" => "places",
        "timeline" => "names",
        _ => return Ok(Vec::new()),
    };
    let list = shortcode.args.iter().find(|(own, ..)| own == key);
    let Some((_, Arg::List(items), _)) = list else {
        return Ok(Vec::new());
    };
    let catalogue = site.corpus.catalogue;
    let find = |item: &Arg| {
        let Arg::Text(name) = item else {
            return Err(item.type_name().to_owned());
        };
        let folded = fold(name);
        let mut all = catalogue.indices();
        let found = all.find(|idx| {
            let entity = catalogue.get(*idx);
            let by_id = matches!(&entity.key, EntityKey::Registry(id) if *id.0 == **name);
            by_id || fold(&entity.name) == folded
        });
        found.ok_or_else(|| name.clone())
    };
    let found: Vec<EntityIdx> = items.iter().map(find).collect::<Result<_, _>>()?;
    let undrawn = key == "places"
        && map::of_places(
            site,
            "index.html",
            &found.iter().map(|idx| (*idx, 1)).collect::<Vec<_>>(),
        )
        .is_none();
    match undrawn {
        true => Err(text(shortcode, "title").to_owned()),
        false => Ok(found),
    }
}

fn entries(
    site: &Site<'_>,
    page: &str,
    shortcode: &Shortcode,
    names: &[EntityIdx],
) -> Vec<TimelineEntryView> {
    let (from, to) = (text(shortcode, "from"), text(shortcode, "to"));
    let is_meant = |n: &u32| {
        let Some(entry) = site.graph.timeline.get(*n as usize) else {
            return false;
        };
        let date = entry.value.to_string();
        let named = names.is_empty() || names.iter().any(|idx| entry.entities.contains(idx));
        // A day lies in the month that it begins with.
        named
            && (from.is_empty() || *date >= *from)
            && (to.is_empty() || *date <= *to || date.starts_with(to))
    };
    let all = 0..u32::try_from(site.graph.timeline.len()).unwrap_or(u32::MAX);
    let meant = all.filter(is_meant).take(MOST_ENTRIES);
    meant.filter_map(|n| site.timeline_entry(page, n)).collect()
}

/// A shortcode in Markdown: a picture or a link stays one, what the program draws is left out.
pub(super) fn in_markdown(document: &Document, shortcode: &Shortcode) -> (Option<u32>, String) {
    let picture = shortcode.args.iter().find_map(|(_, arg, _)| match arg {
        Arg::Picture(n) => Some(*n),
        _ => None,
    });
    let alt = picture.and_then(|n| document.images.get(n as usize));
    let alt = alt.map_or_else(String::new, |image| image.alt.clone());
    let title = text(shortcode, "title");
    (
        picture,
        if alt.is_empty() {
            title.to_owned()
        } else {
            alt
        },
    )
}

/// A picture as a map.
pub(super) type Picture = Map<String, Value>;
