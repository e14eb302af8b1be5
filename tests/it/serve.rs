//! The server: what it shows, what it refuses, and that it tells of changes.

use std::{
    fs,
    io::{BufRead, BufReader, Read, Write},
    net::TcpStream,
    process::{Child, Command, Stdio},
    time::Duration,
};

use crate::site::TestSite;

/// A running server, stopped when dropped.
struct Server {
    child: Child,
    address: String,
}

impl Server {
    fn of(site: &TestSite) -> Self {
        let mut child = Command::new(assert_cmd::cargo::cargo_bin("dateline"))
            .args(["serve", "--port", "0"])
            .current_dir(site.path(""))
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stderr.take().unwrap()).lines();
        let address = lines
            .by_ref()
            .map(Result::unwrap)
            .find_map(|line| Some(line.split_once("http://")?.1.split('/').next()?.to_owned()))
            .unwrap();
        // What it says later must be read, or it would wait.
        std::thread::spawn(move || lines.for_each(drop));
        Self { child, address }
    }

    /// The answer to a request, head and body.
    fn get(&self, path: &str, host: &str) -> String {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        stream
            .set_read_timeout(Some(Duration::from_secs(30)))
            .unwrap();
        write!(
            stream,
            "GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n"
        )
        .unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        answer
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
fn serves_this_machine_and_tells_of_changes() {
    let site = TestSite::new()
        .article("a.md", "First text.")
        .file("secret.txt", "canary");
    let server = Server::of(&site);

    let home = server.get("/", "localhost");
    assert!(home.starts_with("HTTP/1.1 200"), "{home}");
    assert!(
        home.contains("content-security-policy: default-src 'self'"),
        "{home}"
    );
    assert!(home.contains("cache-control: no-store"), "{home}");
    assert!(home.contains("data-build=\"1\""), "{home}");
    assert!(
        server
            .get("/briefings/a/", "127.0.0.1")
            .contains("First text.")
    );
    assert!(
        server
            .get("/nowhere/at/all", "localhost")
            .starts_with("HTTP/1.1 404")
    );

    let stranger = server.get("/", "example.org");
    assert!(stranger.starts_with("HTTP/1.1 403"), "{stranger}");
    for path in [
        "/../secret.txt",
        "/%2e%2e/secret.txt",
        "/..%2fsecret.txt",
        "/..%5csecret.txt",
    ] {
        let answer = server.get(path, "localhost");
        assert!(!answer.contains("canary"), "{path}: {answer}");
    }

    let file = site.path("content/briefings/a.md");
    let good = fs::read_to_string(&file).unwrap();
    fs::write(&file, good.replace("First", "Second")).unwrap();
    let told = server.get("/__dateline/next?after=1", "localhost");
    assert!(told.contains("\"problems\":\"\""), "{told}");
    assert!(
        server
            .get("/briefings/a/", "localhost")
            .contains("Second text.")
    );

    fs::write(&file, good.replace("date:", "dtae:")).unwrap();
    let build = told.split("\"build\":").nth(1).unwrap();
    let build: String = build.chars().take_while(char::is_ascii_digit).collect();
    let told = server.get(&format!("/__dateline/next?after={build}"), "localhost");
    assert!(told.contains("did you mean `date`?"), "{told}");
    assert!(
        server
            .get("/briefings/a/", "localhost")
            .contains("Second text.")
    );
}

#[test]
fn only_this_machine_is_served_and_only_the_output() {
    let site = TestSite::new()
        .article("a.md", "Text.")
        .file("secret.txt", "canary");
    site.build();
    std::os::unix::fs::symlink(site.path("secret.txt"), site.path("public/link.txt")).unwrap();
    let server = Server::of(&site);
    assert!(
        server.address.starts_with("127.0.0.1:"),
        "{}",
        server.address
    );
    for host in [
        "example.org",
        "localhost.example.org",
        "127.0.0.1.example.org",
        "example.org:80",
        "0.0.0.0",
        "",
        "localhost@example.org",
        "[::1]",
    ] {
        for path in ["/", "/__dateline/next?after=0"] {
            let answer = server.get(path, host);
            assert!(
                !answer.starts_with("HTTP/1.1 200"),
                "{host} {path}: {answer}"
            );
        }
    }
    for path in [
        "/link.txt",
        "/....//secret.txt",
        "//secret.txt",
        "/briefings/../../secret.txt",
        "/briefings/%2e%2e/%2e%2e/secret.txt",
        "/%252e%252e/secret.txt",
        "/..%c0%afsecret.txt",
        "/%00",
        "/%",
        "/%zz",
        "/%ff",
        "/\u{ff0e}\u{ff0e}/secret.txt",
        "/etc/passwd",
        "//etc/passwd",
    ] {
        let answer = server.get(path, "localhost");
        assert!(
            !answer.contains("canary") && !answer.contains("root:x:0"),
            "{path}: {answer}"
        );
        assert!(!answer.starts_with("HTTP/1.1 200"), "{path}: {answer}");
    }
    for path in ["/", "/nowhere", "/search.html", "/__dateline/reload.js"] {
        let answer = server.get(path, "localhost");
        assert!(
            answer.contains("cache-control: no-store"),
            "{path}: {answer}"
        );
        assert!(
            answer.contains("content-security-policy: default-src 'self'"),
            "{path}"
        );
        assert!(answer.contains("x-content-type-options: nosniff"), "{path}");
    }
}
