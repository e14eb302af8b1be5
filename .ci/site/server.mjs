// A static host on this machine: the types, the policy and the compression that hosts give, at the
// root or under a path. Used by all checks of the built site.
import { createServer } from "node:http";
import { readFile } from "node:fs/promises";
import { extname, join, normalize, resolve } from "node:path";
import { promisify } from "node:util";
import { gzip } from "node:zlib";

// The policy that docs/publishing.md gives, and that `host` in site.yaml writes.
const POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; connect-src 'self'; " +
  "manifest-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; img-src 'self' data:";

const TYPES = {
  ".html": "text/html; charset=utf-8", ".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8",
  ".svg": "image/svg+xml", ".xml": "application/xml", ".json": "application/json", ".txt": "text/plain; charset=utf-8",
  ".csv": "text/csv; charset=utf-8", ".png": "image/png", ".jpg": "image/jpeg", ".webp": "image/webp", ".avif": "image/avif",
  ".woff2": "font/woff2", ".ico": "image/x-icon",
};
const PACKED = new Set([".html", ".css", ".js", ".svg", ".xml", ".json", ".txt", ".csv"]);
const pack = promisify(gzip);

/** Serves `folder` below `prefix` ("/" or "/some/path/"); gives the site's address and a way to stop. */
export async function serve(folder, { prefix = "/", compressed = false } = {}) {
  const root = resolve(folder);
  const server = createServer(async (request, response) => {
    const path = normalize(decodeURIComponent(new URL(request.url, "http://x").pathname));
    if (!path.startsWith(prefix)) return response.writeHead(404).end();
    const below = path.slice(prefix.length);
    const file = join(root, below === "" || below.endsWith("/") ? `${below}index.html` : below);
    const headers = {
      "content-security-policy": POLICY,
      "x-content-type-options": "nosniff",
      "cache-control": "public, max-age=600",
    };
    let status = 200, type = extname(file), bytes;
    try {
      bytes = await readFile(file);
    } catch {
      [status, type] = [404, ".html"];
      bytes = await readFile(join(root, "404.html")).catch(() => Buffer.from(""));
    }
    headers["content-type"] = TYPES[type] ?? "application/octet-stream";
    if (compressed && PACKED.has(type) && /\bgzip\b/.test(request.headers["accept-encoding"] ?? "")) {
      headers["content-encoding"] = "gzip";
      headers.vary = "accept-encoding";
      bytes = await pack(bytes);
    }
    headers["content-length"] = bytes.length;
    response.writeHead(status, headers);
    response.end(bytes);
  });
  await new Promise(ready => server.listen(0, "127.0.0.1", ready));
  return { origin: `http://127.0.0.1:${server.address().port}${prefix}`, close: () => server.close() };
}
