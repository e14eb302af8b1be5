//! The server of `serve`: static files on the loopback address, and a script that reloads.

use std::{io::Write, net::Ipv4Addr};

use anyhow::{Context, Result};
use axum::{
    Router,
    body::Body,
    extract::{Request, State},
    http::{HeaderValue, StatusCode, Uri, header},
    response::Response,
    routing::get,
};
use camino::{Utf8Path, Utf8PathBuf};
use tokio::{net::TcpListener, sync::watch::Receiver};

/// Asks which build is shown, waits until there is another, and reloads.
const RELOAD: &str = "(async () => { for (;;) { try { const r = await fetch('/__dateline/next'); \
if (r.ok) { location.reload(); return; } } catch { } await new Promise(f => setTimeout(f, 1000)); } })();\n";
/// Put at the end of each page.
const SCRIPT: &str = "<script src=\"/__dateline/reload.js\" defer></script>";

#[derive(Clone)]
struct Served {
    output: Utf8PathBuf,
    changes: Receiver<u64>,
}

/// Serves `output` until interrupted.
pub(super) async fn serve(output: Utf8PathBuf, port: u16, changes: Receiver<u64>) -> Result<()> {
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
    let app = router(Served { output, changes });
    axum::serve(listener, app)
        .await
        .context("the server failed")
}

fn router(served: Served) -> Router {
    Router::new()
        .route(
            "/__dateline/reload.js",
            get(|| async { respond(StatusCode::OK, "text/javascript", RELOAD.into()) }),
        )
        .route("/__dateline/next", get(next))
        .fallback(page)
        .with_state(served)
}

/// Answers once there is a build newer than the one at the time of asking.
async fn next(State(mut served): State<Served>, request: Request) -> Response {
    if !is_local(&request) {
        return forbidden();
    }
    served.changes.mark_unchanged();
    match served.changes.changed().await {
        Ok(()) => respond(StatusCode::OK, "text/plain", "changed".into()),
        Err(_) => respond(StatusCode::GONE, "text/plain", "over".into()),
    }
}

async fn page(State(served): State<Served>, request: Request) -> Response {
    if !is_local(&request) {
        return forbidden();
    }
    match find(&served.output, request.uri()) {
        Some((path, bytes)) => file(StatusCode::OK, &path, bytes),
        None => {
            let path = served.output.join("404.html");
            let bytes = std::fs::read(&path).unwrap_or_else(|_| b"not found".to_vec());
            file(StatusCode::NOT_FOUND, &path, bytes)
        }
    }
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

/// The file of an address, if it is one of the output.
fn find(output: &Utf8Path, uri: &Uri) -> Option<(Utf8PathBuf, Vec<u8>)> {
    let decoded = percent_decoded(uri.path())?;
    let relative = decoded.trim_start_matches('/');
    let safe = relative
        .split('/')
        .all(|part| part != ".." && !part.contains(['\\', '\0']));
    if !safe {
        return None;
    }
    let path = output.join(relative);
    let path = if path.is_dir() {
        path.join("index.html")
    } else {
        path
    };
    let real = path.canonicalize_utf8().ok()?;
    let inside = real.starts_with(output.canonicalize_utf8().ok()?);
    Some((path, std::fs::read(real).ok().filter(|_| inside)?))
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

fn file(status: StatusCode, path: &Utf8Path, mut bytes: Vec<u8>) -> Response {
    let kind = content_type(path.extension().unwrap_or_default());
    if kind.starts_with("text/html") {
        bytes.extend_from_slice(SCRIPT.as_bytes());
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
