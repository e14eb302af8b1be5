// Uses the search of a built site as a reader does: over HTTP under a path with a strict policy, and
// from the disk. Prints what each query costs. Usage: search.mjs FOLDER [QUERY...]
// Without queries it expects the example site and checks what is found.
import { readFile, readdir } from "node:fs/promises";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { gzipSync } from "node:zlib";
import { check, finish, launch } from "./browser.mjs";
import { serve } from "./server.mjs";

const folder = resolve(process.argv[2]);
const queries = process.argv.slice(3);
const BUDGET = 300_000, SCRIPT = 15_700;
const host = await serve(folder, { prefix: "/desk/" });
const browser = await launch();
const places = { host: host.origin, disk: `${pathToFileURL(folder)}/` };

async function open(origin, path = "search/index.html") {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  const page = await context.newPage();
  const asked = [];
  page.on("console", message => check(!["error", "warning"].includes(message.type()), `console: ${message.text()}`));
  page.on("pageerror", error => check(false, `error: ${error}`));
  page.on("request", request => {
    check(request.url().startsWith(origin), `asks for ${request.url()}`);
    asked.push(new URL(request.url()).pathname);
  });
  await page.goto(origin + path);
  return { page, asked, close: () => context.close() };
}

/** Types a query, a letter each `delay` milliseconds, and waits for its results; gives their links, the status and the milliseconds. */
async function type(page, text, delay = 25) {
  await page.locator("#search-form").evaluate(form => delete form.dataset.ms);
  await page.locator("#q").fill("");
  await page.waitForFunction(() => !document.querySelector("#results").children.length);
  await page.locator("#q").pressSequentially(text, { delay });
  await page.waitForFunction(() => document.querySelector("#search-form").dataset.ms && !document.querySelector("#search-form").dataset.busy);
  await page.waitForTimeout(150);
  return read(page);
}
const read = async page => ({
  titles: await page.locator("#results a").allTextContents(),
  links: await page.locator("#results a").evaluateAll(all => all.map(a => a.href)),
  marks: await page.locator("#results mark").allTextContents(),
  status: await page.locator("#status").textContent(),
  ms: Number(await page.locator("#search-form").getAttribute("data-ms")),
});

async function cost(paths) {
  let [raw, packed] = [0, 0];
  for (const path of new Set(paths)) {
    const below = path.includes("/desk/") ? path.slice("/desk/".length) : path;
    const bytes = await readFile(join(folder, decodeURIComponent(below)));
    raw += bytes.length;
    packed += gzipSync(bytes).length;
  }
  return { raw, packed };
}

async function measure() {
  const page_cost = ["search.js", "root.js"];
  console.log(`query | results | files | bytes | gzip | ms from key to result (${page_cost.join(", ")} included)`);
  for (const query of queries) {
    const { page, asked, close } = await open(places.host);
    const found = await type(page, query, 160);
    const own = asked.filter(path => path.includes("/search/") && path.endsWith(".js") || path.endsWith("/search.js"));
    const { raw, packed } = await cost(own);
    console.log(`${query} | ${found.status} | ${new Set(own).size} | ${raw} | ${packed} | ${found.ms}`);
    check(raw < BUDGET, `"${query}" costs ${raw} bytes, more than ${BUDGET}`);
    check(found.links.length > 0, `"${query}" finds nothing`);
    await close();
  }
}

/** Names and titles of the site, each with the folder of its page. */
async function everything() {
  const entities = JSON.parse(await readFile(join(folder, "entities.json"), "utf8"));
  const feed = JSON.parse(await readFile(join(folder, "feed.json"), "utf8"));
  const path = url => `/${new URL(url).pathname.split("/").filter(Boolean).join("/")}/`;
  const list = Array.isArray(entities) ? entities : entities.entities;
  return { names: list.map(one => [one.name, path(one.url)]), titles: feed.items.map(one => [one.title, path(one.url)]) };
}

async function asReader(place, origin) {
  const { page, close } = await open(origin);
  const says = (holds, what) => check(holds, `${place}: ${what}`);

  // A name, with its other spellings, comes first and leads to its page.
  for (const query of ["nunez", "Laurent Nuñez", "laurent nun", "nunnez", "larent nunez"]) {
    const { links } = await type(page, query);
    says(links[0]?.includes("/entities/people/laurent-nunez/"), `"${query}" leads to ${links[0]}`);
  }
  // Letters that are wrong, missing, too many or swapped.
  for (const query of ["olmypics", "olympcs", "olympicss", "securty cermony"]) {
    const { links, status, marks } = await type(page, query);
    says(links.some(link => link.includes("/briefings/")), `"${query}" finds no briefing (${status})`);
    says(marks.length > 0, `"${query}" marks nothing`);
  }
  const none = await type(page, "zzyzxq");
  says(none.links.length === 0 && /nothing/i.test(none.status), `"zzyzxq" says: ${none.status}`);

  // Every name and every title is found by itself: the page splits words as the program does.
  const { names, titles } = await everything();
  for (const [text, path] of place === "disk" ? [...names, ...titles] : []) {
    await page.goto(`${origin}search/index.html?q=${encodeURIComponent(text)}`);
    await page.waitForFunction(() => document.querySelector("#search-form").dataset.ms);
    const { links } = await read(page);
    const at = links.findIndex(link => link.includes(path));
    says(path.includes("/entities/") ? at === 0 : at >= 0 && !links.slice(0, at).some(link => link.includes("/briefings/")),
      `"${text}" leads to ${links[0]}, not to ${path}`);
  }

  // What is found has the words, marked.
  const paris = await type(page, "paris");
  says(/^[\d,]+ results?\./.test(paris.status), `the status says: ${paris.status}`);
  says(paris.marks.every(mark => /paris/i.test(mark)), `marks ${paris.marks}`);

  // Filters: a kind, then days.
  await page.getByRole("radio", { name: "Places" }).check();
  await page.waitForTimeout(300);
  const places = await read(page);
  says(places.links.length > 0 && places.links.every(link => link.includes("/entities/places/")), `places: ${places.links}`);
  await page.getByRole("radio", { name: "Briefings" }).check();
  await page.waitForTimeout(300);
  const all = await read(page);
  says(all.links.every(link => link.includes("/briefings/")), `briefings: ${all.links}`);
  await page.getByLabel("from", { exact: true }).fill("2024-07-01");
  await page.getByLabel("to", { exact: true }).fill("2024-07-31");
  await page.waitForTimeout(300);
  const july = await page.locator("#results .meta").allTextContents();
  says(july.length > 0 && july.every(date => date.includes("July 2024")), `of July 2024: ${july}`);
  says(page.url().includes("kind=briefing"), `the address keeps the filters: ${page.url()}`);
  await page.reload();
  await page.waitForTimeout(500);
  says((await read(page)).links.length === july.length, "what the address keeps is found again");
  await page.getByRole("button", { name: "Clear" }).click();

  // Keys alone: focus, type, down, down, up, back, open.
  await page.locator("h1").click();
  await page.keyboard.press("Control+k");
  says(await page.evaluate(() => document.activeElement.id) === "q", "Ctrl-K leads to the field");
  await type(page, "paris");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowUp");
  const first = await page.evaluate(() => [...document.querySelectorAll("#results a")].indexOf(document.activeElement));
  says(first === 0, `after down, down, up the focus is on ${first}`);
  await page.keyboard.press("Escape");
  says(await page.evaluate(() => document.activeElement.id) === "q", "Escape leads back to the field");
  await page.keyboard.press("ArrowDown");
  const target = await page.evaluate(() => document.activeElement.href);
  await page.keyboard.press("Enter");
  await page.waitForURL(target);
  await page.keyboard.press("/");
  await page.waitForURL(/search\/index\.html/);
  await close();

  // Without scripts there is something to browse, and no form that does nothing.
  const plain = await (await browser.newContext({ javaScriptEnabled: false })).newPage();
  await plain.goto(`${origin}search/index.html`);
  says(!(await plain.locator("#search-form").isVisible()), "the form shows without scripts");
  says(await plain.locator(".letters-of a").count() > 20, "no letters without scripts");
  await plain.context().close();
}

const script = (await readFile(join(folder, "assets/search.js"))).length;
check(script < SCRIPT, `search.js has ${script} bytes, more than ${SCRIPT}`);
const scripts = (await readdir(join(folder, "assets"))).filter(name => name.endsWith(".js"));
if (queries.length) await measure();
else for (const [place, origin] of Object.entries(places)) await asReader(place, origin);
await browser.close();
host.close();
finish(`search: ${scripts.length} scripts`);
