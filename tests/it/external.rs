//! Links to other sites: which there are, and, where the program has a client, whether they answer.

use crate::site::TestSite;

#[test]
fn external_links_and_anchors_are_listed() {
    let site = TestSite::new()
        .article(
            "ports.md",
            "## The quay\n\nSee [it](https://example.org/a#b), [mail](mailto:a@example.org) and [rail](rail.md).",
        )
        .article("rail.md", "Again [it](https://example.org/a#b).")
        .file(
            "content/briefings/draft.md",
            "---\ntitle: D\ndate: 2024-07-21\ndraft: true\n---\nSee [it](https://canary.example/).\n",
        )
        .file(
            "content/briefings/sources.md",
            "---\ntitle: S\ndate: 2024-07-21\nsources: [{title: R, url: 'https://example.net/r'}]\n---\nText.\n",
        );
    let run = site.run(&["links"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert!(!run.stdout.contains("canary"), "{}", run.stdout);
    insta::assert_snapshot!(run.stdout);
}

#[test]
#[cfg(not(feature = "external"))]
fn without_a_client_nothing_is_asked() {
    let site = TestSite::new().article("a.md", "See [it](https://example.org/).");
    let run = site.run(&["check", "--external"]);
    assert_eq!(run.code, 2);
    assert!(run.stderr.contains("--features external"), "{}", run.stderr);
}

#[cfg(feature = "external")]
mod asked {
    use std::{
        io::{BufRead, BufReader, Write},
        net::{TcpListener, TcpStream},
        sync::{Arc, Mutex},
        thread,
        time::Duration,
    };

    use super::*;

    fn lines(text: &str) -> Vec<serde_json::Value> {
        text.lines()
            .map(|line| serde_json::from_str(line).unwrap())
            .collect()
    }

    type Log = Arc<Mutex<Vec<String>>>;

    /// A server that answers by path, and keeps what it was asked.
    fn server() -> (String, Log) {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap().to_string();
        let log = Log::default();
        let own = Arc::clone(&log);
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let log = Arc::clone(&own);
                thread::spawn(move || answer(stream, &log));
            }
        });
        (format!("http://{address}"), log)
    }

    fn answer(mut stream: TcpStream, log: &Log) {
        let mut reader = BufReader::new(stream.try_clone().unwrap());
        let mut first = String::new();
        reader.read_line(&mut first).unwrap();
        let mut line = String::new();
        while reader.read_line(&mut line).unwrap_or(0) > 2 {
            line.clear();
        }
        let asked: Vec<&str> = first.split(' ').collect();
        let (method, path) = (asked[0], asked[1]);
        let before = {
            let mut log = log.lock().unwrap();
            log.push(format!("{method} {path}"));
            log.iter().filter(|asked| asked.ends_with(path)).count() - 1
        };
        let status = match (path, method) {
            ("/gone", _) => "404 Not Found",
            ("/closed", _) => "403 Forbidden",
            ("/no-head", "HEAD") => "405 Method Not Allowed",
            ("/busy", _) if before < 2 => "503 Service Unavailable",
            ("/broken", _) => "500 Internal Server Error",
            ("/moved", _) => "301 Moved Permanently\r\nLocation: /ok",
            ("/circle", _) => "302 Found\r\nLocation: /circle",
            _ => "200 OK",
        };
        if path == "/slow" {
            thread::sleep(Duration::from_secs(4));
        }
        let _ = write!(
            stream,
            "HTTP/1.1 {status}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
        );
    }

    fn site(base: &str, paths: &[&str]) -> TestSite {
        let links: Vec<String> = paths
            .iter()
            .map(|path| format!("[it]({base}{path})"))
            .collect();
        TestSite::new().article("a.md", &links.join("\n"))
    }

    #[test]
    fn each_server_is_asked_as_often_as_it_takes() {
        let (base, log) = server();
        let paths = [
            "/ok#part", "/gone", "/closed", "/no-head", "/busy", "/broken", "/moved", "/circle",
        ];
        let run = site(&base, &paths).run(&["check", "--external", "--local"]);
        assert_eq!(run.code, 0, "{}", run.stderr);
        let told = run.stderr.replace(&base, "http://SERVER");
        insta::assert_snapshot!(told);
        let log = log.lock().unwrap();
        let count = |asked: &str| log.iter().filter(|line| *line == asked).count();
        assert_eq!(count("HEAD /ok"), 2, "itself, and where /moved leads");
        assert_eq!((count("HEAD /gone"), count("GET /gone")), (1, 1));
        assert_eq!((count("HEAD /no-head"), count("GET /no-head")), (1, 1));
        assert_eq!(count("HEAD /busy"), 3);
        assert_eq!(count("HEAD /broken"), 3);
    }

    #[test]
    fn who_takes_too_long_is_unreachable_and_all_is_reported() {
        let (base, _) = server();
        let site = site(&base, &["/ok", "/slow"]);
        let run = site.run(&[
            "check",
            "--external",
            "--local",
            "--timeout",
            "1",
            "--report",
            "report.jsonl",
            "--strict",
        ]);
        assert_eq!(run.code, 1, "{}", run.stderr);
        assert!(
            run.stderr.contains("external/unreachable"),
            "{}",
            run.stderr
        );
        let report = std::fs::read_to_string(site.path("report.jsonl")).unwrap();
        let report = lines(&report);
        assert_eq!(report[0]["outcome"], "found");
        assert_eq!(report[0]["status"], 200);
        assert_eq!(report[1]["outcome"], "unreachable");
        assert_eq!(report[1]["files"][0], "briefings/a.md");
    }

    #[test]
    fn servers_inside_are_not_asked() {
        let (base, log) = server();
        let run = site(&base, &["/ok"]).run(&["check", "--external"]);
        assert_eq!(run.code, 0, "{}", run.stderr);
        assert!(run.stderr.contains("own network"), "{}", run.stderr);
        assert!(log.lock().unwrap().is_empty());
    }

    #[test]
    fn a_draft_s_links_are_not_asked_for() {
        let (base, log) = server();
        let text =
            format!("---\ntitle: D\ndate: 2024-07-21\ndraft: true\n---\n[it]({base}/canary)\n");
        let site = site(&base, &["/ok"]).file("content/briefings/draft.md", text);
        let run = site.run(&["check", "--external", "--local"]);
        assert_eq!(run.code, 0, "{}", run.stderr);
        let asked = log.lock().unwrap();
        assert!(
            asked.iter().all(|line| !line.contains("canary")),
            "{asked:?}"
        );
    }
}
