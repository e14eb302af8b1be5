//! `lsp`: the language server. What it answers is made in [`crate::lsp`]; here are the connection, the
//! texts that the editor has open, and when the site is read again.
//!
//! One thread reads the site, after a pause in the typing; meanwhile the other answers from the last
//! snapshot. What needs the newest text waits for the snapshot that has it.

mod answer;

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{
        Arc,
        mpsc::{Receiver, RecvTimeoutError, Sender, channel},
    },
    thread,
    time::{Duration, Instant},
};

use anyhow::{Context, Result, anyhow};
use camino::{Utf8Path, Utf8PathBuf};
use jiff::Timestamp;
use lsp_server::{Connection, Message, Notification, Request, Response};
use lsp_types::{
    DidChangeTextDocumentParams, DidCloseTextDocumentParams, DidOpenTextDocumentParams,
    InitializeParams, PublishDiagnosticsParams, Uri,
    notification::{self, Notification as _},
};
use serde::de::DeserializeOwned;

use super::OK;
use crate::{
    lsp::{Encoding, Snapshot, path_of, problems, uri_of},
    pipeline::Options,
    stages::load::Unsaved,
};

/// How long nothing is typed before the site is read again.
const PAUSE: Duration = Duration::from_millis(200);

/// Serves one editor until it says goodbye.
pub(super) fn lsp(content: &Utf8Path, templates: &Utf8Path) -> Result<u8> {
    let (connection, threads) = Connection::stdio();
    let (id, params) = connection.initialize_start()?;
    let params: InitializeParams = serde_json::from_value(params)?;
    let abilities = answer::Abilities::of(&params);
    connection.initialize_finish(id, answer::capabilities(abilities.encoding))?;
    let root = around(root(&params)?, content);
    let (sender, events) = channel();
    let jobs = reader(root.join(content), root.join(templates), sender.clone())?;
    let incoming = connection.receiver.clone();
    thread::Builder::new().spawn(move || {
        for message in incoming {
            if sender.send(Event::Said(message)).is_err() {
                break;
            }
        }
        // The editor has gone.
        let _ = sender.send(Event::Gone);
    })?;
    let mut server = Server {
        connection: &connection,
        content: root.join(content),
        abilities,
        jobs,
        open: BTreeMap::new(),
        snapshot: None,
        shown: BTreeSet::new(),
        due: Some(Instant::now()),
        is_reading: false,
        readings: 0,
        waiting: Vec::new(),
    };
    server.watch()?;
    server.run(&events)?;
    drop(server);
    drop(connection);
    threads
        .join()
        .context("the editor has closed the connection")?;
    Ok(OK)
}

/// The folder that the editor works in; without one that of this process.
fn root(params: &InitializeParams) -> Result<Utf8PathBuf> {
    let folders = params.workspace_folders.iter().flatten();
    let mut folders = folders.filter_map(|folder| path_of(&folder.uri));
    if let Some(folder) = folders.next() {
        return Ok(folder);
    }
    #[allow(deprecated, reason = "older editors know nothing else")]
    let old = params.root_uri.as_ref().and_then(path_of);
    match old {
        Some(folder) => Ok(folder),
        None => {
            let here = std::env::current_dir().context("cannot tell the current folder")?;
            Utf8PathBuf::from_path_buf(here)
                .map_err(|path| anyhow!("{} is no UTF-8", path.display()))
        }
    }
}

/// The folder of the site, where an editor takes the content folder itself for the workspace.
fn around(root: Utf8PathBuf, content: &Utf8Path) -> Utf8PathBuf {
    if root.join(content).is_dir() || !root.ends_with(content) {
        return root;
    }
    let site = root.ancestors().nth(content.components().count());
    site.map_or(root.clone(), Utf8Path::to_owned)
}

/// What happens to the server.
enum Event {
    /// The editor said something.
    Said(Message),
    /// The site was read; an error says why it cannot be.
    Read(Result<Box<Snapshot>>),
    /// The editor has closed the connection.
    Gone,
}

/// A thread that reads the site whenever it is given what is unsaved.
fn reader(
    content: Utf8PathBuf,
    templates: Utf8PathBuf,
    events: Sender<Event>,
) -> Result<Sender<Unsaved>> {
    let (jobs, inbox) = channel::<Unsaved>();
    let read = move |unsaved: &Unsaved| {
        let options = Options {
            drafts: true,
            ..Options::at(content.clone(), templates.clone(), Timestamp::now())
        };
        Snapshot::read(&options, unsaved).map(Box::new)
    };
    thread::Builder::new().spawn(move || {
        for unsaved in inbox {
            if events.send(Event::Read(read(&unsaved))).is_err() {
                break;
            }
        }
    })?;
    Ok(jobs)
}

/// A text that the editor has open.
struct Open {
    uri: Uri,
    /// With `\n` line ends.
    text: Arc<str>,
}

struct Server<'a> {
    connection: &'a Connection,
    content: Utf8PathBuf,
    abilities: answer::Abilities,
    jobs: Sender<Unsaved>,
    /// By the file's path.
    open: BTreeMap<Utf8PathBuf, Open>,
    snapshot: Option<Box<Snapshot>>,
    /// The files whose diagnostics the editor shows.
    shown: BTreeSet<Utf8PathBuf>,
    /// When to read the site again; none while nothing has changed.
    due: Option<Instant>,
    is_reading: bool,
    /// How often reading was begun.
    readings: u64,
    /// Requests, with the reading that each waits for.
    waiting: Vec<(u64, Request)>,
}

impl Server<'_> {
    fn run(&mut self, events: &Receiver<Event>) -> Result<()> {
        loop {
            let event = match self.due.filter(|_| !self.is_reading) {
                None => events.recv().map_err(|_| RecvTimeoutError::Disconnected),
                Some(due) => events.recv_timeout(due.saturating_duration_since(Instant::now())),
            };
            match event {
                Err(RecvTimeoutError::Timeout) => self.start_reading()?,
                Ok(Event::Read(read)) => self.take(read)?,
                Ok(Event::Said(Message::Request(request))) => self.asked(request)?,
                Ok(Event::Said(Message::Notification(told))) => {
                    if told.method == notification::Exit::METHOD {
                        return Ok(());
                    }
                    self.told(told)?;
                }
                Ok(Event::Said(Message::Response(_))) => {}
                Ok(Event::Gone) | Err(RecvTimeoutError::Disconnected) => return Ok(()),
            }
        }
    }

    fn start_reading(&mut self) -> Result<()> {
        let unsaved = self.open.iter();
        let unsaved = unsaved.map(|(path, open)| (path.clone(), Arc::clone(&open.text)));
        self.jobs.send(unsaved.collect())?;
        (self.due, self.is_reading) = (None, true);
        self.readings += 1;
        Ok(())
    }

    /// Takes a new snapshot, shows what is wrong in it, and answers what waited for it.
    fn take(&mut self, read: Result<Box<Snapshot>>) -> Result<()> {
        self.is_reading = false;
        match read {
            Ok(snapshot) => {
                self.show(&snapshot)?;
                self.snapshot = Some(snapshot);
            }
            Err(error) => self.tell::<notification::LogMessage>(lsp_types::LogMessageParams {
                typ: lsp_types::MessageType::ERROR,
                message: format!("{error:#}"),
            })?,
        }
        for (reading, request) in std::mem::take(&mut self.waiting) {
            if reading <= self.readings {
                self.answer(request)?;
            } else {
                self.waiting.push((reading, request));
                self.due = Some(Instant::now());
            }
        }
        Ok(())
    }

    /// Sends the diagnostics of every file that has or had some.
    fn show(&mut self, snapshot: &Snapshot) -> Result<()> {
        let mut all = problems(snapshot, self.abilities.encoding);
        for path in std::mem::take(&mut self.shown) {
            all.entry(path).or_default();
        }
        for (path, diagnostics) in all {
            let open = self.open.get(&path);
            let Some(uri) = open.map(|open| open.uri.clone()).or_else(|| uri_of(&path)) else {
                continue;
            };
            if !diagnostics.is_empty() {
                self.shown.insert(path);
            }
            let params = PublishDiagnosticsParams::new(uri, diagnostics, None);
            self.tell::<notification::PublishDiagnostics>(params)?;
        }
        Ok(())
    }

    fn told(&mut self, told: Notification) -> Result<()> {
        match told.method.as_str() {
            notification::DidOpenTextDocument::METHOD => {
                if let Some(params) = read::<DidOpenTextDocumentParams>(told.params) {
                    self.set(params.text_document.uri, &params.text_document.text);
                }
            }
            notification::DidChangeTextDocument::METHOD => {
                let params = read::<DidChangeTextDocumentParams>(told.params);
                // Texts come whole: the last one counts.
                if let Some(mut params) = params
                    && let Some(change) = params.content_changes.pop()
                {
                    self.set(params.text_document.uri, &change.text);
                }
            }
            notification::DidCloseTextDocument::METHOD => {
                let params = read::<DidCloseTextDocumentParams>(told.params);
                if let Some(path) = params.and_then(|params| path_of(&params.text_document.uri)) {
                    self.open.remove(&path);
                    self.due = Some(Instant::now() + PAUSE);
                }
            }
            notification::DidSaveTextDocument::METHOD
            | notification::DidChangeWatchedFiles::METHOD => {
                self.due = Some(Instant::now() + PAUSE);
            }
            _ => {}
        }
        Ok(())
    }

    fn set(&mut self, uri: Uri, text: &str) {
        let Some(path) = path_of(&uri).filter(|path| path.starts_with(&self.content)) else {
            return;
        };
        let text = text.replace("\r\n", "\n").into();
        self.open.insert(path, Open { uri, text });
        self.due = Some(Instant::now() + PAUSE);
    }

    /// Answers now what can be answered now.
    fn asked(&mut self, request: Request) -> Result<()> {
        let is_stale = self.due.is_some() || self.is_reading;
        let must_wait = answer::needs_newest(&request) && is_stale || self.snapshot.is_none();
        if !must_wait || !answer::is_known(&request) {
            return self.answer(request);
        }
        let reading = self.readings + u64::from(self.due.is_some());
        if self.due.is_some() {
            self.due = Some(Instant::now());
        }
        self.waiting.push((reading, request));
        Ok(())
    }

    fn answer(&self, request: Request) -> Result<()> {
        let response = match &self.snapshot {
            Some(snapshot) => answer::answer(
                &answer::Desk {
                    snapshot,
                    abilities: self.abilities,
                    text: &|path| self.open.get(path).map(|open| Arc::clone(&open.text)),
                },
                request,
            ),
            // Also the farewell of an editor that never had a site.
            None => Response::new_ok(request.id, serde_json::Value::Null),
        };
        self.connection.sender.send(response.into())?;
        Ok(())
    }

    fn tell<N: notification::Notification>(&self, params: N::Params) -> Result<()> {
        let told = Notification::new(N::METHOD.to_owned(), serde_json::to_value(params)?);
        self.connection.sender.send(told.into())?;
        Ok(())
    }

    /// Asks the editor to tell of files that change beside it.
    fn watch(&self) -> Result<()> {
        if let Some(request) = answer::watching(self.abilities)? {
            self.connection.sender.send(request.into())?;
        }
        Ok(())
    }
}

/// What an editor says wrongly is passed over.
fn read<T: DeserializeOwned>(params: serde_json::Value) -> Option<T> {
    serde_json::from_value(params).ok()
}
