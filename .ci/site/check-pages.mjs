// Opens every kind of page of a built site in Chromium, in light and dark, on a desktop and a phone:
// no accessibility violation (axe), no error in the console under a strict Content-Security-Policy,
// no request that leaves the site, no sideways scrolling. Then each kind once from the disk and once
// under a path of a host, what stands on paper, and what a reader loads. Usage: check-pages.mjs FOLDER
import { gzipSync } from "node:zlib";
import { readFile, readdir } from "node:fs/promises";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { check, finish, launch } from "./browser.mjs";
import { kinds } from "./kinds.mjs";
import { serve } from "./server.mjs";

const root = resolve(process.argv[2]);
const axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const host = await serve(root);
const origin = host.origin;

// One page of a kind is enough where a template makes many, all of them where there are few.
const folders = async path => (await readdir(join(root, path), { withFileTypes: true }).catch(() => []))
  .filter(entry => entry.isDirectory()).map(entry => `${path}/${entry.name}/`);
const some = async (path, most) => (await folders(path)).slice(0, most);
const pages = [
  "", "404.html", "timeline/", ...await some("timeline", 9), "map/", "graph/", "search/?q=paris", "storylines/", "topics/", "tags/", "entities/", "page/2/", "about/", "methods/", "corrections/",
  ...await some("entities", 9), ...await some("entities/countries", 2), ...await some("entities/people", 3), ...await some("entities/organisations", 3),
  ...await some("entities/places", 3), ...await some("entities/events", 9), ...await folders("briefings"),
  ...await some("storylines", 2), ...await some("topics", 2), ...await some("tags", 1),
].filter((path, n, all) => all.indexOf(path) === n && path !== "briefings/2024/");

// A name's card opens on focus, closes on Escape, and is no barrier while it is there.
async function opened(page, tell) {
  const link = page.locator(".prose a.name").first();
  if (!await link.count() || !await page.locator(".named li a.entity, .whys li a.entity").count()) return;
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

// On paper a briefing has no navigation, says its links by number, and lists their addresses.
async function printed(page, tell) {
  await page.emulateMedia({ media: "print" });
  const { left, numbers, listed, ground } = await page.evaluate(() => {
    const shown = element => element.checkVisibility();
    const number = link => getComputedStyle(link, "::after").content.match(/\d+/)?.[0];
    return {
      left: [...document.querySelectorAll("nav, .rail, .site-footer, .theme-switch")].filter(shown).map(e => e.className || e.tagName),
      numbers: [...document.querySelectorAll("[data-note]")].map(link => [link.dataset.note, number(link)]),
      listed: [...document.querySelectorAll(".sources ol, .link-notes ol")].filter(shown).flatMap(list => [...list.children].map(item => item.innerText)).length,
      ground: getComputedStyle(document.body).backgroundColor,
    };
  });
  if (left.length) tell(`on paper there is ${left.join(", ")}`);
  for (const [number, said] of numbers) if (said !== number || Number(number) > listed) tell(`on paper a link says ${said}, of ${listed} addresses`);
  if (ground !== "rgb(255, 255, 255)") tell(`paper is ${ground}`);
  await page.emulateMedia({ media: null });
}

const browser = await launch();
for (const [name, width, height] of [["desktop", 1280, 900], ["phone", 320, 700]]) {
  for (const colorScheme of ["light", "dark"]) {
    const context = await browser.newContext({ viewport: { width, height }, colorScheme });
    const page = await context.newPage();
    const tell = what => check(false, `${new URL(page.url()).pathname} (${name}, ${colorScheme}): ${what}`);
    page.on("console", message => { if (["error", "warning"].includes(message.type())) tell(message.text()); });
    page.on("pageerror", error => tell(String(error)));
    page.on("request", request => { if (!request.url().startsWith(origin)) tell(`asks for ${request.url()}`); });
    for (const path of pages) {
      await page.goto(`${origin}${path}`, { waitUntil: "load" });
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      if (overflow > 0) tell(`scrolls sideways by ${overflow} px`);
      // Through the debugger's door, since the policy rightly forbids to add a script to the page.
      const found = await page.evaluate(`(async () => { ${axe}; return (await axe.run()).violations.map(v =>
        v.id + ": " + v.help + " " + v.nodes.slice(0, 3).map(n => n.target + " " + n.failureSummary.split("\\n")[1]).join(" | ")); })()`);
      found.forEach(tell);
      if (!path.startsWith("briefings/")) continue;
      await opened(page, tell);
      await printed(page, tell);
    }
    await context.close();
  }
}

// Wherever the site lies, its pages look and work alike: styles apply, scripts run, links lead on.
const below = await serve(root, { prefix: "/sub/path/" });
const sample = Object.values(await kinds(root)).filter(path => path !== "404.html");
for (const [place, base] of [["disk", `${pathToFileURL(root)}/`], ["path", below.origin]]) {
  const page = await (await browser.newContext()).newPage();
  let at = "";
  const tell = what => check(false, `${at} (${place}): ${what}`);
  page.on("console", message => { if (["error", "warning"].includes(message.type())) tell(message.text()); });
  page.on("pageerror", error => tell(String(error)));
  // The browser gives up on an icon when the next page is asked for.
  page.on("requestfailed", request => {
    if (request.failure()?.errorText !== "net::ERR_ABORTED") tell(`cannot load ${request.url()}`);
  });
  page.on("response", response => { if (response.status() >= 400) tell(`${response.status()} ${response.url()}`); });
  page.on("request", request => { if (!request.url().startsWith(base)) tell(`asks for ${request.url()}`); });
  for (at of sample) {
    await page.goto(base + at, { waitUntil: "load" });
    const { styled, scripted, away } = await page.evaluate(base => ({
      styled: getComputedStyle(document.body).getPropertyValue("--ink") !== "",
      scripted: document.querySelector(".theme-switch")?.hidden === false,
      away: [...document.querySelectorAll(".site-header a, .crumbs a")].map(a => a.href).filter(href => !href.startsWith(base)),
    }), base);
    if (!styled) tell("has no styles");
    if (!scripted) tell("its script does not run");
    if (away.length) tell(`leads to ${away[0]}`);
  }
  const links = page.locator(".site-header nav a");
  for (let n = 0; n < await links.count(); n++) {
    at = await links.nth(n).getAttribute("href");
    await links.nth(n).click();
    await page.waitForLoadState("load");
    if (!await page.locator("main h1").count()) tell("leads to no page");
  }
  await page.context().close();
}
below.close();

// What a reader loads, compressed as static hosts send it, and as it is: pictures are the author's.
const WIRE = 40_000, PAGE = 100_000, SCRIPTS = 30_000;
const bytes = async path => (await readFile(join(root, path))).length;
const wire = async path => gzipSync(await readFile(join(root, path))).length;
const articles = (await folders("briefings")).map(path => `${path}index.html`);
const heaviest = { wire: 0, page: 0, scripts: 0 };
for (const path of [...articles, ...sample]) {
  const html = await readFile(join(root, path), "utf8").catch(() => "");
  const loaded = (pattern, folder = path.replace(/[^/]*$/, "")) => [...html.matchAll(pattern)].map(([, url]) => join(folder, url));
  const styles = loaded(/<link rel="stylesheet" href="([^"?]+)/g), scripts = loaded(/<script[^>]* src="([^"?]+)/g);
  const sum = async (files, size = bytes) => (await Promise.all(files.map(size))).reduce((a, b) => a + b, 0);
  const outside = await sum(scripts.filter(file => !file.endsWith("assets/search.js")));
  const all = Buffer.byteLength(html) + await sum(styles) + await sum(scripts);
  check(outside < SCRIPTS, `${path}: ${outside} bytes of scripts, more than ${SCRIPTS}`);
  if (!html || !articles.includes(path)) continue;
  check(all < PAGE, `${path}: ${all} bytes with its styles and scripts, more than ${PAGE}`);
  const sent = await sum([path, ...styles, ...scripts], wire);
  check(sent < WIRE, `${path}: ${sent} bytes on the wire with its styles and scripts, more than ${WIRE}`);
  heaviest.wire = Math.max(heaviest.wire, sent);
  heaviest.page = Math.max(heaviest.page, all);
  heaviest.scripts = Math.max(heaviest.scripts, outside);
}
console.log(`the heaviest article has ${heaviest.wire} bytes on the wire, ${heaviest.page} as it is, with styles and scripts; of them scripts ${heaviest.scripts}`);

await browser.close();
host.close();
finish(`${pages.length} pages in 4 ways, ${sample.length} from the disk and under a path`);
