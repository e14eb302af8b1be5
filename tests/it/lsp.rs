//! The language server, driven over its protocol as an editor does.

#![allow(
    clippy::needless_pass_by_value,
    reason = "`json!` is a value at every call"
)]

use std::{
    collections::VecDeque,
    io::{BufRead, BufReader, Read, Write},
    process::{Child, ChildStdin, ChildStdout, Command, Stdio},
};

use serde_json::{Value, json};

use crate::site::TestSite;

/// A running server, and what it said that nobody has read yet.
struct Editor<'a> {
    site: &'a TestSite,
    child: Child,
    stdin: ChildStdin,
    stdout: BufReader<ChildStdout>,
    said: VecDeque<Value>,
    last_id: i64,
}

impl<'a> Editor<'a> {
    fn new(site: &'a TestSite) -> Self {
        Self::with(
            site,
            json!({"workspace": {"workspaceEdit": {"resourceOperations": ["rename"]}}}),
        )
    }

    fn with(site: &'a TestSite, capabilities: Value) -> Self {
        Self::in_folder(site, "", capabilities)
    }

    fn in_folder(site: &'a TestSite, folder: &str, capabilities: Value) -> Self {
        let mut child = Command::new(assert_cmd::cargo::cargo_bin("dateline"))
            .arg("lsp")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let (stdin, stdout) = (child.stdin.take().unwrap(), child.stdout.take().unwrap());
        let mut editor = Self {
            site,
            child,
            stdin,
            stdout: BufReader::new(stdout),
            said: VecDeque::new(),
            last_id: 0,
        };
        let root = editor.uri(folder);
        let folder = json!({"uri": root.trim_end_matches('/'), "name": "desk"});
        let params =
            json!({"processId": null, "workspaceFolders": [folder], "capabilities": capabilities});
        editor.ask("initialize", params);
        editor.tell("initialized", json!({}));
        editor
    }

    fn uri(&self, path: &str) -> String {
        format!("file://{}", self.site.path(path).display())
    }

    fn send(&mut self, message: &Value) {
        let body = message.to_string();
        write!(self.stdin, "Content-Length: {}\r\n\r\n{body}", body.len()).unwrap();
        self.stdin.flush().unwrap();
    }

    fn tell(&mut self, method: &str, params: Value) {
        self.send(&json!({"jsonrpc": "2.0", "method": method, "params": params}));
    }

    fn hear(&mut self) -> Value {
        let mut length = 0;
        loop {
            let mut line = String::new();
            assert!(
                self.stdout.read_line(&mut line).unwrap() > 0,
                "the server has gone"
            );
            if line.trim().is_empty() {
                break;
            }
            if let Some(value) = line.strip_prefix("Content-Length: ") {
                length = value.trim().parse().unwrap();
            }
        }
        let mut body = vec![0; length];
        self.stdout.read_exact(&mut body).unwrap();
        serde_json::from_slice(&body).unwrap()
    }

    /// The whole response to a request; what comes before it is kept.
    fn response(&mut self, method: &str, params: Value) -> Value {
        self.last_id += 1;
        let id = self.last_id;
        self.send(&json!({"jsonrpc": "2.0", "id": id, "method": method, "params": params}));
        loop {
            let message = self.hear();
            if message["id"] == id && message.get("method").is_none() {
                return message;
            }
            self.said.push_back(message);
        }
    }

    fn ask(&mut self, method: &str, params: Value) -> Value {
        let response = self.response(method, params);
        assert!(response.get("error").is_none(), "{response}");
        response["result"].clone()
    }

    fn open(&mut self, path: &str, text: &str) {
        let document =
            json!({"uri": self.uri(path), "languageId": "markdown", "version": 1, "text": text});
        self.tell("textDocument/didOpen", json!({"textDocument": document}));
    }

    fn change(&mut self, path: &str, text: &str) {
        let document = json!({"uri": self.uri(path), "version": 2});
        let params = json!({"textDocument": document, "contentChanges": [{"text": text}]});
        self.tell("textDocument/didChange", params);
    }

    /// A request about the first `¦` in a text, which is opened or changed to it without the mark.
    fn at(&mut self, method: &str, path: &str, marked: &str, more: Value) -> Value {
        let text = marked.replace('¦', "");
        self.open(path, &text);
        let before = &marked[..marked.find('¦').unwrap()];
        let line = before.matches('\n').count();
        let character = before.rsplit('\n').next().unwrap().encode_utf16().count();
        let mut params = json!({
            "textDocument": {"uri": self.uri(path)},
            "position": {"line": line, "character": character},
        });
        params
            .as_object_mut()
            .unwrap()
            .extend(more.as_object().unwrap().clone());
        self.response(method, params)
    }

    /// The next diagnostics of a file.
    fn problems(&mut self, path: &str) -> Value {
        let uri = self.uri(path);
        let is_wanted = |message: &Value| {
            message["method"] == "textDocument/publishDiagnostics"
                && message["params"]["uri"] == uri
        };
        if let Some(at) = self.said.iter().position(is_wanted) {
            return self.said.remove(at).unwrap()["params"]["diagnostics"].clone();
        }
        loop {
            let message = self.hear();
            if is_wanted(&message) {
                return message["params"]["diagnostics"].clone();
            }
            self.said.push_back(message);
        }
    }

    fn close(mut self) -> i32 {
        self.ask("shutdown", Value::Null);
        self.tell("exit", Value::Null);
        self.child.wait().unwrap().code().unwrap()
    }
}

impl Drop for Editor<'_> {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

const PERSON: &str = "content/entities/person/ida-berg.md";
const NEW: &str = "content/briefings/new.md";

fn site() -> TestSite {
    TestSite::new()
        .file(
            PERSON,
            "---\nname: Ida Berg\naliases: [I. Berg]\ndescription: Harbour master\n---\nProfile.\n",
        )
        .file(
            "content/briefings/ports.md",
            "---\ntitle: Ports under strain\ndate: 2024-07-21\ntags: [shipping]\ntopics: [Trade]\nstoryline: Harbour\n---\n\nIda Berg spoke. See [[ida-berg|her]].\n",
        )
}

fn front(body: &str) -> String {
    format!("---\ntitle: New\ndate: 2024-07-22\n---\n\n{body}\n")
}

fn labels(items: &Value) -> Vec<&str> {
    let items = items.as_array().unwrap().iter();
    items.map(|item| item["label"].as_str().unwrap()).collect()
}

#[test]
fn tells_what_is_wrong_in_what_is_not_saved_yet() {
    let site = site();
    let mut editor = Editor::new(&site);
    editor.open(NEW, &front("Été 🏛 [[Ida Burg]]."));
    let problems = editor.problems(NEW);
    assert_eq!(problems.as_array().unwrap().len(), 1, "{problems}");
    assert_eq!(problems[0]["code"], "wikilink/broken");
    assert_eq!(problems[0]["severity"], 1);
    let message = problems[0]["message"].as_str().unwrap();
    assert!(message.contains("did you mean `Ida Berg`?"), "{message}");
    let start = json!({"line": 5, "character": 7});
    assert_eq!(problems[0]["range"]["start"], start, "{problems}");

    editor.change(NEW, &front("[[Ida Berg]] said so."));
    assert_eq!(editor.problems(NEW), json!([]));

    editor.change(NEW, "---\ntitel: New\ndate: 2024-07-22\n---\n");
    let problems = editor.problems(NEW);
    let codes: Vec<&Value> = problems
        .as_array()
        .unwrap()
        .iter()
        .map(|p| &p["code"])
        .collect();
    assert!(codes.contains(&&json!("yaml/unknown-key")), "{problems}");

    // A file that was never saved goes with its buffer.
    let document = json!({"textDocument": {"uri": editor.uri(NEW)}});
    editor.tell("textDocument/didClose", document);
    assert_eq!(editor.problems(NEW), json!([]));
    assert_eq!(editor.close(), 0);
}

#[test]
fn counts_in_bytes_with_editors_that_do() {
    let site = site();
    let mut editor = Editor::with(
        &site,
        json!({"general": {"positionEncodings": ["utf-8", "utf-16"]}}),
    );
    editor.open(NEW, &front("Été 🏛 [[Ida Burg]]."));
    let start = &editor.problems(NEW)[0]["range"]["start"];
    assert_eq!(*start, json!({"line": 5, "character": 11}));
}

#[test]
fn the_content_folder_may_be_the_workspace() {
    let site = site();
    let mut editor = Editor::in_folder(&site, "content", json!({}));
    editor.open(NEW, &front("[[Nobody at all]]"));
    let problems = editor.problems(NEW);
    assert!(!problems.as_array().unwrap().is_empty(), "{problems}");
}

#[test]
fn completes_names_slugs_keys_and_terms() {
    let site = site();
    let mut editor = Editor::new(&site);
    let mut complete = |marked: &str| {
        let answer = editor.at("textDocument/completion", NEW, marked, json!({}));
        answer["result"].clone()
    };
    let items = complete(&front("He met [[Ber¦"));
    assert_eq!(labels(&items), ["Ida Berg", "ports"], "{items}");
    assert_eq!(items[0]["textEdit"]["newText"], "Ida Berg]]");
    assert_eq!(items[0]["textEdit"]["range"]["start"]["character"], 9);
    assert!(items[0]["filterText"].as_str().unwrap().contains("I. Berg"));
    let items = complete(&front("He met [[Ber¦]]"));
    assert_eq!(items[0]["textEdit"]["newText"], "Ida Berg");
    assert_eq!(labels(&complete(&front("See [this](po¦"))), ["ports"]);
    let keys = complete("---\ntitle: New\n¦\n---\n");
    assert!(labels(&keys).contains(&"storyline"), "{keys}");
    assert!(!labels(&keys).contains(&"alt"), "{keys}");
    let keys = complete("---\nimage:\n  ¦\n---\n");
    assert_eq!(
        labels(&keys),
        ["src", "alt", "caption", "credit", "licence"]
    );
    assert_eq!(labels(&complete("---\ntags: [s¦]\n---\n")), ["shipping"]);
    assert_eq!(labels(&complete("---\ntopics:\n  - ¦\n---\n")), ["Trade"]);
    assert_eq!(labels(&complete("---\nstoryline: ¦\n---\n")), ["Harbour"]);
    assert_eq!(
        labels(&complete("---\nentities:\n  about: [¦]\n---\n")),
        ["Ida Berg"]
    );
    assert!(labels(&complete("---\nmarking: ¦\n---\n")).contains(&"TLP:AMBER"));
    assert_eq!(complete(&front("Plain words¦")), json!([]));
}

#[test]
fn completes_the_keys_of_other_files() {
    let site = site();
    let mut editor = Editor::new(&site);
    let mut keys = |path: &str, marked: &str| {
        let answer = editor.at("textDocument/completion", path, marked, json!({}));
        answer["result"].to_string()
    };
    let person = keys(PERSON, "---\nname: Ida Berg\n¦\n---\n");
    assert!(
        person.contains("\"wikidata\"") && !person.contains("storyline"),
        "{person}"
    );
    let site = keys("content/site.yaml", "title: Desk\n¦");
    assert!(site.contains("\"base_url\""), "{site}");
    let theme = keys("content/site.yaml", "theme:\n  ¦");
    assert!(
        theme.contains("\"accent\"") && !theme.contains("base_url"),
        "{theme}"
    );
}

#[test]
fn says_what_a_name_means_and_why() {
    let site = site();
    let mut editor = Editor::new(&site);
    let mut hover = |body: &str| {
        let answer = editor.at("textDocument/hover", NEW, &front(body), json!({}));
        answer["result"]["contents"]["value"]
            .as_str()
            .unwrap_or_default()
            .to_owned()
    };
    let text = hover("Yesterday I. Be¦rg said so.");
    for part in [
        "**Ida Berg**",
        "person, confirmed, id `ida-berg`",
        "Harbour master",
        "The name is in the registry.",
        "Rule `registry`",
        "2 briefings",
    ] {
        assert!(text.contains(part), "{part}: {text}");
    }
    assert!(hover("See [[po¦rts]].").contains("**Ports under strain**"));
    assert!(hover("It was yes¦terday.").contains("2024-07-21"));
    assert_eq!(hover("Nothing he¦re."), "");
}

#[test]
fn leads_to_files() {
    let site = site();
    let mut editor = Editor::new(&site);
    for (body, file) in [
        ("Then Ida Be¦rg spoke.", PERSON),
        ("See [[po¦rts]].", "content/briefings/ports.md"),
        ("See [this](por¦ts.md).", "content/briefings/ports.md"),
    ] {
        let answer = editor.at("textDocument/definition", NEW, &front(body), json!({}));
        assert_eq!(
            answer["result"][0]["uri"],
            editor.uri(file),
            "{body}: {answer}"
        );
    }
    let answer = editor.at(
        "textDocument/definition",
        NEW,
        &front("Nothing he¦re."),
        json!({}),
    );
    assert_eq!(answer["result"], json!([]));
}

#[test]
fn renames_an_entity_everywhere() {
    let site = site();
    let mut editor = Editor::new(&site);
    let text = front("Then Ida Be¦rg spoke, see [[ida-berg]].");
    let ready = editor.at("textDocument/prepareRename", NEW, &text, json!({}));
    assert_eq!(ready["result"]["placeholder"], "ida-berg");
    let answer = editor.at(
        "textDocument/rename",
        NEW,
        &text,
        json!({"newName": "i-berg"}),
    );
    let changes = answer["result"]["documentChanges"]
        .as_array()
        .unwrap()
        .clone();
    let edits_of = |path: &str| {
        let found = changes
            .iter()
            .find(|c| c["textDocument"]["uri"] == editor.uri(path));
        found.map(|change| change["edits"].clone()).unwrap()
    };
    assert_eq!(edits_of(NEW)[0]["newText"], "i-berg");
    assert_eq!(edits_of(NEW)[0]["range"]["start"]["character"], 27);
    assert_eq!(
        edits_of("content/briefings/ports.md")
            .as_array()
            .unwrap()
            .len(),
        1
    );
    let registry = edits_of(PERSON)[0]["newText"].as_str().unwrap().to_owned();
    assert!(registry.contains("old_ids: [ida-berg]"), "{registry}");
    let moved = changes.last().unwrap();
    assert_eq!(moved["kind"], "rename");
    assert_eq!(
        moved["newUri"],
        editor.uri("content/entities/person/i-berg.md")
    );
    // Nothing is written: that is the editor's part.
    assert!(site.path(PERSON).exists());

    let answer = editor.at(
        "textDocument/rename",
        NEW,
        &text,
        json!({"newName": "Not An Id"}),
    );
    assert!(answer["error"]["message"].is_string(), "{answer}");
    let nothing = editor.at(
        "textDocument/prepareRename",
        NEW,
        &front("No¦thing."),
        json!({}),
    );
    assert_eq!(nothing["result"], Value::Null);
}

#[test]
fn does_not_move_files_with_editors_that_cannot() {
    let site = site();
    let mut editor = Editor::with(&site, json!({}));
    let text = front("Ida Be¦rg.");
    let answer = editor.at(
        "textDocument/rename",
        NEW,
        &text,
        json!({"newName": "i-berg"}),
    );
    let message = answer["error"]["message"].as_str().unwrap();
    assert!(message.contains("dateline entities rename"), "{message}");
}

#[test]
fn survives_what_it_does_not_know() {
    let site = TestSite::new();
    std::fs::remove_dir(site.path("content")).unwrap();
    let mut editor = Editor::new(&site);
    editor.tell("textDocument/didChange", json!({"nonsense": 1}));
    editor.tell("$/whatever", json!({}));
    let answer = editor.response("textDocument/unheardOf", json!({}));
    assert!(
        answer["error"].is_null() || answer["error"]["code"] == -32601,
        "{answer}"
    );
    assert_eq!(editor.close(), 0);
}
