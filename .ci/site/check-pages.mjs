// Opens every kind of page of a built site in Chromium, in light and dark, on a desktop and a phone:
// no accessibility violation (axe), no error in the console under a strict Content-Security-Policy,
// no request that leaves the site, no sideways scrolling. Usage: check-pages.mjs FOLDER
import { createServer } from "node:http";
import { readFile, readdir } from "node:fs/promises";
import { createRequire } from "node:module";
import { extname, join, normalize, resolve } from "node:path";
import { chromium } from "playwright-core";

const root = resolve(process.argv[2]);
const axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const TYPES = {
  ".html": "text/html; charset=utf-8", ".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml",
  ".xml": "application/xml", ".json": "application/json", ".txt": "text/plain",
  ".png": "image/png", ".jpg": "image/jpeg", ".webp": "image/webp", ".webmanifest": "application/manifest+json",
};

const server = createServer(async (request, response) => {
  const path = normalize(decodeURIComponent(new URL(request.url, "http://x").pathname));
  const file = join(root, path.endsWith("/") ? `${path}index.html` : path);
  try {
    const bytes = await readFile(file);
    response.writeHead(200, {
      "content-type": TYPES[extname(file)] ?? "application/octet-stream",
      "content-security-policy": "default-src 'self'",
    });
    response.end(bytes);
  } catch {
    response.writeHead(404).end();
  }
});
await new Promise(ready => server.listen(0, "127.0.0.1", ready));
const origin = `http://127.0.0.1:${server.address().port}`;

// One page of a kind is enough where a template makes many, all of them where there are few.
const folders = async path => (await readdir(join(root, path), { withFileTypes: true }).catch(() => []))
  .filter(entry => entry.isDirectory()).map(entry => `${path}/${entry.name}/`);
const some = async (path, most) => (await folders(path)).slice(0, most);
const pages = [
  "", "404.html", "timeline/", "map/", "graph/", "search/?q=paris", "storylines/", "topics/", "tags/", "entities/", "page/2/", "about/", "methods/", "corrections/",
  ...await some("entities", 9), ...await some("entities/countries", 2), ...await some("entities/people", 3), ...await some("entities/organisations", 3),
  ...await some("entities/places", 3), ...await some("entities/events", 9), ...await folders("briefings"),
  ...await some("storylines", 2), ...await some("topics", 2), ...await some("tags", 1),
].filter((path, n, all) => all.indexOf(path) === n && path !== "briefings/2024/");

// A name's card opens on focus, closes on Escape, and is no barrier while it is there.
async function opened(page, tell) {
  const link = page.locator(".prose a.name").first();
  if (!await link.count() || !await page.locator(".named li a.entity").count()) return;
  await link.focus();
  const card = page.locator("[role=tooltip]");
  if (!await card.count()) return;
  if (await link.getAttribute("aria-describedby") !== await card.getAttribute("id")) tell("a card describes nothing");
  await card.evaluate(element => Promise.all(element.getAnimations().map(animation => animation.finished)));
  const found = await page.evaluate(`(async () => { ${axe}; return (await axe.run()).violations.map(v =>
    "card: " + v.id + " " + v.nodes.slice(0, 2).map(n => n.target).join(" ")); })()`);
  found.forEach(tell);
  await page.keyboard.press("Escape");
  if (await card.count()) tell("Escape leaves a card open");
}

const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox", "--disable-gpu"] });
const problems = [];
for (const [name, width, height] of [["desktop", 1280, 900], ["phone", 320, 700]]) {
  for (const colorScheme of ["light", "dark"]) {
    const context = await browser.newContext({ viewport: { width, height }, colorScheme });
    const page = await context.newPage();
    const tell = what => problems.push(`${new URL(page.url()).pathname} (${name}, ${colorScheme}): ${what}`);
    page.on("console", message => { if (["error", "warning"].includes(message.type())) tell(message.text()); });
    page.on("pageerror", error => tell(String(error)));
    page.on("request", request => { if (!request.url().startsWith(origin)) tell(`asks for ${request.url()}`); });
    for (const path of pages) {
      await page.goto(`${origin}/${path}`, { waitUntil: "load" });
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      if (overflow > 0) tell(`scrolls sideways by ${overflow} px`);
      // Through the debugger's door, since the policy rightly forbids to add a script to the page.
      const found = await page.evaluate(`(async () => { ${axe}; return (await axe.run()).violations.map(v =>
        v.id + ": " + v.help + " " + v.nodes.slice(0, 3).map(n => n.target + " " + n.failureSummary.split("\\n")[1]).join(" | ")); })()`);
      found.forEach(tell);
      if (path.startsWith("briefings/")) await opened(page, tell);
    }
    await context.close();
  }
}
await browser.close();
server.close();
for (const problem of problems) console.log(problem);
console.log(`${pages.length} pages in 4 ways, ${problems.length} problems`);
process.exit(problems.length ? 1 : 0);
