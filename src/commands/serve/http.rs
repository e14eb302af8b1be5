//! The server of `serve`: the pages of a preview on the loopback address, and a script that reloads.

use std::{io::Write, net::Ipv4Addr};

use anyhow::{Context, Result};
use axum::{
    Router,
    body::Body,
    extract::{Query, Request, State},
    http::{HeaderValue, StatusCode, Uri, header},
    response::Response,
    routing::get,
};
use camino::{Utf8Path, Utf8PathBuf};
use serde::Deserialize;
use tokio::{net::TcpListener, sync::watch::Receiver};

use super::Shown;
use crate::{pipeline::Preview, text::html::escape};

const SCRIPT: &str = include_str!("reload.js");
const STYLE: &str = include_str!("reload.css");
/// Shown where there is no build yet, and no page to say so.
const NOTHING: &str = "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\">\
<title>Nothing here</title><p>There is no such page, or nothing has been built yet.</p>";

#[derive(Clone)]
struct Served {
    changes: Receiver<Shown>,
}

/// Serves until interrupted.
pub(super) async fn serve(port: u16, changes: Receiver<Shown>) -> Result<()> {
    let listener = match TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await {
        Ok(listener) => listener,
        Err(_) => TcpListener::bind((Ipv4Addr::LOCALHOST, 0))
            .await
            .context("no port is free")?,
    };
    let address = listener.local_addr().context("no address")?;
    writeln!(
        anstream::stderr(),
        "serving http://{address}/ (Ctrl-C ends)"
    )?;
    let app = router(Served { changes });
    axum::serve(listener, app)
        .await
        .context("the server failed")
}

fn router(served: Served) -> Router {
    Router::new()
        .route(
            "/__dateline/reload.js",
            get(|| text("text/javascript", SCRIPT)),
        )
        .route("/__dateline/reload.css", get(|| text("text/css", STYLE)))
        .route("/__dateline/next", get(next))
        .fallback(page)
        .with_state(served)
}

async fn text(kind: &'static str, text: &'static str) -> Response {
    respond(StatusCode::OK, kind, text.into())
}

/// Which build a page has seen.
#[derive(Deserialize)]
struct Seen {
    after: u64,
}

/// Answers once there is a build after the one that the page has seen.
async fn next(
    State(mut served): State<Served>,
    Query(seen): Query<Seen>,
    request: Request,
) -> Response {
    if !is_local(&request) {
        return forbidden();
    }
    match served
        .changes
        .wait_for(|shown| shown.build > seen.after)
        .await
    {
        Ok(shown) => {
            let answer = serde_json::json!({"build": shown.build, "problems": shown.problems});
            respond(
                StatusCode::OK,
                "application/json",
                answer.to_string().into(),
            )
        }
        Err(_) => respond(StatusCode::GONE, "text/plain", "over".into()),
    }
}

async fn page(State(served): State<Served>, request: Request) -> Response {
    if !is_local(&request) {
        return forbidden();
    }
    let (seen, preview) = {
        let shown = served.changes.borrow();
        (shown.published, shown.preview.clone())
    };
    let path = path(request.uri());
    // Making a page takes its time, and may take all threads.
    let made = tokio::task::spawn_blocking(move || answer(preview.as_deref(), path.as_deref()));
    match made.await {
        Ok(Ok((status, path, bytes))) => file(status, &path, bytes, seen),
        Ok(Err(problem)) => file(
            StatusCode::INTERNAL_SERVER_ERROR,
            Utf8Path::new("index.html"),
            said(&problem).into_bytes(),
            seen,
        ),
        Err(_) => respond(StatusCode::INTERNAL_SERVER_ERROR, "text/plain", Vec::new()),
    }
}

/// What a page shows that cannot be made.
fn said(problem: &str) -> String {
    format!(
        "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>Problem</title><pre>{}</pre>",
        escape(problem)
    )
}

/// The status, the path and the bytes of what is shown at a path.
///
/// # Errors
/// Why it cannot be made, in words.
fn answer(
    preview: Option<&Preview>,
    path: Option<&str>,
) -> Result<(StatusCode, Utf8PathBuf, Vec<u8>), String> {
    let nothing = || (StatusCode::NOT_FOUND, "404.html".into(), NOTHING.into());
    let Some(preview) = preview else {
        return Ok(nothing());
    };
    let made = |path: &str| match preview.file(path) {
        Ok(Ok(file)) => Ok(file),
        Ok(Err(problem)) => Err(format!("{}: {}", problem.path, problem.message)),
        Err(error) => Err(format!("{error:#}")),
    };
    if let Some(path) = path {
        let inside = format!("{}/index.html", path.trim_end_matches('/'));
        let names = match path.is_empty() || path.ends_with('/') {
            true => vec![inside.trim_start_matches('/')],
            false => vec![path, &inside],
        };
        for name in names {
            if let Some(file) = made(name)? {
                return Ok((StatusCode::OK, file.path, file.bytes));
            }
        }
    }
    Ok(match made("404.html")? {
        Some(file) => (StatusCode::NOT_FOUND, file.path, file.bytes),
        None => nothing(),
    })
}

/// A page of another host that points here by a name of its own must not read the drafts.
fn is_local(request: &Request) -> bool {
    let host = request
        .headers()
        .get(header::HOST)
        .and_then(|host| host.to_str().ok());
    let name = host.map(|host| host.rsplit_once(':').map_or(host, |(name, _)| name));
    matches!(name, Some("127.0.0.1" | "localhost"))
}

fn forbidden() -> Response {
    respond(
        StatusCode::FORBIDDEN,
        "text/plain",
        "only this machine is served".into(),
    )
}

/// The path in the output of an address; none where it is no clean one.
fn path(uri: &Uri) -> Option<String> {
    let decoded = percent_decoded(uri.path())?;
    let path = decoded.trim_start_matches('/');
    let is_clean = path
        .split('/')
        .all(|part| part != ".." && !part.contains(['\\', '\0']));
    is_clean.then(|| path.to_owned())
}

fn percent_decoded(path: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(path.len());
    let mut rest = path.bytes();
    while let Some(byte) = rest.next() {
        if byte == b'%' {
            let pair = [rest.next()?, rest.next()?];
            bytes.push(u8::from_str_radix(std::str::from_utf8(&pair).ok()?, 16).ok()?);
        } else {
            bytes.push(byte);
        }
    }
    String::from_utf8(bytes).ok()
}

/// A file; a page learns which build it is of, and waits for the next.
fn file(status: StatusCode, path: &Utf8Path, mut bytes: Vec<u8>, seen: u64) -> Response {
    let kind = content_type(path.extension().unwrap_or_default());
    if kind.starts_with("text/html") {
        let waiting = format!(
            "<link rel=\"stylesheet\" href=\"/__dateline/reload.css\">\
             <script src=\"/__dateline/reload.js\" data-build=\"{seen}\" defer></script>"
        );
        bytes.extend_from_slice(waiting.as_bytes());
    }
    respond(status, kind, bytes)
}

fn respond(status: StatusCode, kind: &'static str, bytes: Vec<u8>) -> Response {
    let mut response = Response::new(Body::from(bytes));
    *response.status_mut() = status;
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(
        header::X_CONTENT_TYPE_OPTIONS,
        HeaderValue::from_static("nosniff"),
    );
    headers.insert(
        header::CONTENT_SECURITY_POLICY,
        HeaderValue::from_static("default-src 'self'"),
    );
    response
}

fn content_type(ending: &str) -> &'static str {
    match ending {
        "html" => "text/html; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "json" => "application/json",
        "xml" => "application/xml; charset=utf-8",
        "txt" => "text/plain; charset=utf-8",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "webp" => "image/webp",
        "gif" => "image/gif",
        "avif" => "image/avif",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        "pdf" => "application/pdf",
        _ => "application/octet-stream",
    }
}
