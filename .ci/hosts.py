"""Follows every link of a site that servers hand out. Usage: hosts.py NAME=ADDRESS... Names that begin
with nginx or caddy must send the headers, compressed files where they are there, and the site's own page
for what is not there."""
import http.client
import sys
import time
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit, unquote

problems = []


class Links(HTMLParser):
    def __init__(self):
        super().__init__()
        self.found, self.ids = [], set()

    def handle_starttag(self, tag, attributes):
        values = dict(attributes)
        if "id" in values:
            self.ids.add(values["id"])
        if tag == "link" and values.get("rel") == "canonical":
            return
        for key in ("href", "src"):
            if values.get(key):
                self.found.append(values[key])
        for part in (values.get("srcset") or "").split(","):
            if part.strip():
                self.found.append(part.split()[0])


class Host:
    def __init__(self, address):
        self.parts = urlsplit(address)
        self.connection = None

    def get(self, path, **headers):
        for attempt in range(50):
            try:
                if self.connection is None:
                    self.connection = http.client.HTTPConnection(self.parts.netloc, timeout=20)
                self.connection.request("GET", path, headers=headers)
                answer = self.connection.getresponse()
                return answer, answer.read()
            except (ConnectionRefusedError, http.client.RemoteDisconnected, http.client.CannotSendRequest, ConnectionResetError, BrokenPipeError):
                self.connection = None
                time.sleep(0.1)
        raise SystemExit(f"{self.parts.netloc} does not answer")


def crawl(name, address):
    host, start = Host(address), urlsplit(address).path
    todo, pages, wanted = [start], {}, []
    while todo:
        path = todo.pop()
        if path in pages:
            continue
        answer, body = host.get(path)
        pages[path] = None
        if answer.status in (301, 302, 308):
            todo.append(urlsplit(urljoin(address, answer.headers["location"])).path)
            continue
        if answer.status != 200:
            problems.append(f"{name}: {path} answers {answer.status}")
            continue
        kind = answer.headers.get("content-type", "").split(";")[0]
        if path.endswith((".html", "/")) and kind != "text/html":
            problems.append(f"{name}: {path} is {kind}")
        if kind != "text/html":
            continue
        links = Links()
        links.feed(body.decode("utf-8"))
        pages[path] = links.ids
        for link in links.found:
            target = urlsplit(urljoin(f"http://{host.parts.netloc}{path}", link))
            if target.netloc != host.parts.netloc or target.scheme != "http":
                continue
            if not target.path.startswith(start):
                problems.append(f"{name}: {path} leads out of the site to {target.path}")
                continue
            todo.append(target.path)
            if target.fragment:
                wanted.append((path, target.path, unquote(target.fragment)))
    for path, target, fragment in wanted:
        ids = pages.get(target)
        if ids is not None and fragment not in ids:
            problems.append(f"{name}: {path} leads to {target}#{fragment}, which is not there")
    return host, start, pages


def headers(name, host, start):
    answer, _ = host.get(start)
    for key, value in (("content-security-policy", "default-src 'none'"), ("x-content-type-options", "nosniff"), ("cache-control", "must-revalidate")):
        if value not in answer.headers.get(key, ""):
            problems.append(f"{name}: {key} is {answer.headers.get(key)}")
    answer, body = host.get(f"{start}nothing/here/")
    if answer.status != 404 or b"dateline.css" not in body:
        problems.append(f"{name}: what is not there answers {answer.status}, and not with the site's page")
    packed, _ = host.get(f"{start}index.html", **{"accept-encoding": "gzip"})
    if packed.headers.get("content-encoding") != "gzip":
        problems.append(f"{name}: the compressed file is not sent")


def main(hosts):
    for one in hosts:
        name, _, address = one.partition("=")
        host, start, pages = crawl(name, address)
        if name.startswith(("nginx", "caddy")):
            headers(name, host, start)
        read = sum(ids is not None for ids in pages.values())
        print(f"{name}: {len(pages)} addresses, {read} pages read")
        if read < 5:
            problems.append(f"{name}: only {read} pages were found")
    for problem in problems[:40]:
        print(problem)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
