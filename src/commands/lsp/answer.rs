//! Requests and their answers; no state.

use std::sync::Arc;

use anyhow::Result;
use camino::Utf8Path;
use lsp_server::{ErrorCode, Request, Response};
use lsp_types::{
    CompletionOptions, CompletionParams, DidChangeWatchedFilesRegistrationOptions,
    DocumentChangeOperation, DocumentChanges, FileSystemWatcher, GlobPattern, GotoDefinitionParams,
    GotoDefinitionResponse, HoverParams, HoverProviderCapability, InitializeParams, OneOf,
    OptionalVersionedTextDocumentIdentifier, PositionEncodingKind, PrepareRenameResponse,
    Registration, RegistrationParams, RenameFile, RenameOptions, RenameParams, ResourceOp,
    ServerCapabilities, TextDocumentEdit, TextDocumentPositionParams, TextDocumentSyncCapability,
    TextDocumentSyncKind, WorkDoneProgressOptions, WorkspaceEdit,
    notification::{DidChangeWatchedFiles, Notification as _},
    request::{
        Completion, GotoDefinition, HoverRequest, PrepareRenameRequest, RegisterCapability, Rename,
        Request as _, Shutdown,
    },
};
use serde::{Serialize, de::DeserializeOwned};
use serde_json::{Value, json};

use super::{Encoding, Snapshot};
use crate::lsp::{Renamed, completion, definition, hover, path_of, prepare_rename, rename, uri_of};

/// What the editor can do.
#[derive(Debug, Clone, Copy)]
pub(super) struct Abilities {
    pub(super) encoding: Encoding,
    /// It tells of changed files when it is asked to.
    watches: bool,
    /// It renames files as part of an edit.
    moves: bool,
}

impl Abilities {
    pub(super) fn of(params: &InitializeParams) -> Self {
        let general = params.capabilities.general.as_ref();
        let encodings = general.and_then(|general| general.position_encodings.as_ref());
        let bytes = encodings.is_some_and(|all| all.contains(&PositionEncodingKind::UTF8));
        let workspace = params.capabilities.workspace.as_ref();
        let watched = workspace.and_then(|workspace| workspace.did_change_watched_files);
        let edit = workspace.and_then(|workspace| workspace.workspace_edit.as_ref());
        let operations = edit.and_then(|edit| edit.resource_operations.as_ref());
        Self {
            encoding: if bytes {
                Encoding::Utf8
            } else {
                Encoding::Utf16
            },
            watches: watched.is_some_and(|watched| watched.dynamic_registration == Some(true)),
            moves: operations
                .is_some_and(|all| all.contains(&lsp_types::ResourceOperationKind::Rename)),
        }
    }
}

/// What this server can do, as `initialize` says it.
pub(super) fn capabilities(encoding: Encoding) -> Value {
    let capabilities = ServerCapabilities {
        position_encoding: Some(match encoding {
            Encoding::Utf8 => PositionEncodingKind::UTF8,
            Encoding::Utf16 => PositionEncodingKind::UTF16,
        }),
        text_document_sync: Some(TextDocumentSyncCapability::Kind(TextDocumentSyncKind::FULL)),
        completion_provider: Some(CompletionOptions {
            trigger_characters: Some(["[", "(", ":", " "].map(str::to_owned).to_vec()),
            ..CompletionOptions::default()
        }),
        hover_provider: Some(HoverProviderCapability::Simple(true)),
        definition_provider: Some(OneOf::Left(true)),
        rename_provider: Some(OneOf::Right(RenameOptions {
            prepare_provider: Some(true),
            work_done_progress_options: WorkDoneProgressOptions::default(),
        })),
        ..ServerCapabilities::default()
    };
    json!({
        "capabilities": capabilities,
        "serverInfo": {"name": "dateline", "version": env!("CARGO_PKG_VERSION")},
    })
}

/// The request that asks the editor to tell of changed files, if it can.
pub(super) fn watching(abilities: Abilities) -> Result<Option<Request>> {
    if !abilities.watches {
        return Ok(None);
    }
    let watcher = FileSystemWatcher {
        glob_pattern: GlobPattern::String("**/*.{md,yaml,yml,csv,jsonl}".to_owned()),
        kind: None,
    };
    let options = DidChangeWatchedFilesRegistrationOptions {
        watchers: vec![watcher],
    };
    let registration = Registration {
        id: "files".to_owned(),
        method: DidChangeWatchedFiles::METHOD.to_owned(),
        register_options: Some(serde_json::to_value(options)?),
    };
    let params = RegistrationParams {
        registrations: vec![registration],
    };
    let id = "watch".to_owned().into();
    let method = RegisterCapability::METHOD.to_owned();
    Ok(Some(Request::new(id, method, params)))
}

/// True for what is answered from places in the last snapshot's texts.
pub(super) fn needs_newest(request: &Request) -> bool {
    matches!(
        request.method.as_str(),
        HoverRequest::METHOD
            | GotoDefinition::METHOD
            | PrepareRenameRequest::METHOD
            | Rename::METHOD
    )
}

/// True for what is answered from the site.
pub(super) fn is_known(request: &Request) -> bool {
    needs_newest(request) || request.method == Completion::METHOD
}

/// What an answer is made from.
pub(super) struct Desk<'a> {
    pub(super) snapshot: &'a Snapshot,
    pub(super) abilities: Abilities,
    /// The text of a file that is open.
    pub(super) text: &'a dyn Fn(&Utf8Path) -> Option<Arc<str>>,
}

/// Answers a request.
pub(super) fn answer(desk: &Desk<'_>, request: Request) -> Response {
    let encoding = desk.abilities.encoding;
    let site = desk.snapshot;
    let Request { id, method, params } = request;
    let result = match method.as_str() {
        Shutdown::METHOD => Ok(Value::Null),
        Completion::METHOD => with(params, |params: CompletionParams| {
            let asked = params.text_document_position;
            at(site, &asked, |path, file| {
                let text = (desk.text)(file)
                    .or_else(|| site.text(path))
                    .unwrap_or_default();
                completion(site, path, &text, asked.position, encoding)
            })
        }),
        HoverRequest::METHOD => with(params, |params: HoverParams| {
            let asked = params.text_document_position_params;
            at(site, &asked, |path, _| {
                hover(site, path, asked.position, encoding)
            })
            .flatten()
        }),
        GotoDefinition::METHOD => with(params, |params: GotoDefinitionParams| {
            let asked = params.text_document_position_params;
            let found = at(site, &asked, |path, _| {
                definition(site, path, asked.position, encoding)
            });
            found.map(GotoDefinitionResponse::Array)
        }),
        PrepareRenameRequest::METHOD => with(params, |asked: TextDocumentPositionParams| {
            let found = at(site, &asked, |path, _| {
                prepare_rename(site, path, asked.position, encoding)
            });
            let response = |(range, placeholder)| PrepareRenameResponse::RangeWithPlaceholder {
                range,
                placeholder,
            };
            found.flatten().map(response)
        }),
        Rename::METHOD => renaming(desk, params),
        other => Err((ErrorCode::MethodNotFound, format!("unknown method {other}"))),
    };
    match result {
        Ok(value) => Response::new_ok(id, value),
        Err((code, message)) => Response::new_err(id, code as i32, message),
    }
}

type Answer = Result<Value, (ErrorCode, String)>;

fn with<P: DeserializeOwned, R: Serialize>(params: Value, answer: impl FnOnce(P) -> R) -> Answer {
    let wrong = |error: serde_json::Error| (ErrorCode::InvalidParams, error.to_string());
    let params = serde_json::from_value(params).map_err(wrong)?;
    serde_json::to_value(answer(params)).map_err(wrong)
}

/// Runs `work` with the file's path below the content folder, and as it is; not for others.
fn at<R>(
    site: &Snapshot,
    asked: &TextDocumentPositionParams,
    work: impl FnOnce(&Utf8Path, &Utf8Path) -> R,
) -> Option<R> {
    let file = path_of(&asked.text_document.uri)?;
    Some(work(site.below(&file)?, &file))
}

fn renaming(desk: &Desk<'_>, params: Value) -> Answer {
    let wrong = |error: serde_json::Error| (ErrorCode::InvalidParams, error.to_string());
    let refused = |message: String| (ErrorCode::RequestFailed, message);
    let params: RenameParams = serde_json::from_value(params).map_err(wrong)?;
    let asked = params.text_document_position;
    let renamed = at(desk.snapshot, &asked, |path, _| {
        let encoding = desk.abilities.encoding;
        rename(
            desk.snapshot,
            path,
            asked.position,
            &params.new_name,
            encoding,
        )
    });
    let renamed = renamed
        .unwrap_or_else(|| Err("the file is not in the content folder".to_owned()))
        .map_err(refused)?;
    if renamed.moved.is_some() && !desk.abilities.moves {
        let message = "the file of this entity would move, which this editor cannot do; use `dateline entities rename`";
        return Err(refused(message.to_owned()));
    }
    serde_json::to_value(edit(renamed)).map_err(wrong)
}

fn edit(renamed: Renamed) -> WorkspaceEdit {
    let texts = renamed.edits.into_iter().filter_map(|(path, edits)| {
        let uri = uri_of(&path)?;
        Some(DocumentChangeOperation::Edit(TextDocumentEdit {
            text_document: OptionalVersionedTextDocumentIdentifier { uri, version: None },
            edits: edits.into_iter().map(OneOf::Left).collect(),
        }))
    });
    let mut operations: Vec<DocumentChangeOperation> = texts.collect();
    if let Some((from, to)) = renamed.moved
        && let (Some(old_uri), Some(new_uri)) = (uri_of(&from), uri_of(&to))
    {
        operations.push(DocumentChangeOperation::Op(ResourceOp::Rename(
            RenameFile {
                old_uri,
                new_uri,
                options: None,
                annotation_id: None,
            },
        )));
    }
    WorkspaceEdit {
        document_changes: Some(DocumentChanges::Operations(operations)),
        ..WorkspaceEdit::default()
    }
}
