// Three things that readers come for, done by hand on the built example site: each in at most three
// clicks from the home page, without scripts. Usage: tasks.mjs FOLDER
import { readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { check, finish, launch } from "./browser.mjs";
import { serve } from "./server.mjs";

const CLICKS = 3;
const folder = resolve(process.argv[2]);
const host = await serve(folder);
const browser = await launch();
const read = async path => readFile(join(folder, path), "utf8");

/** A reader on the home page who counts clicks and sees only what shows. */
async function reader(viewport) {
  const context = await browser.newContext({ javaScriptEnabled: false, viewport, reducedMotion: "reduce" });
  const page = await context.newPage();
  await page.goto(host.origin);
  let clicks = 0;
  return {
    page,
    clicks: () => clicks,
    async click(what) {
      clicks++;
      await what.first().click();
      await page.waitForLoadState("load");
    },
    close: () => context.close(),
  };
}

/** The rows of a CSV file as objects. */
function table(text) {
  const rows = [[""]];
  let quoted = false;
  for (let n = 0; n < text.length; n++) {
    const row = rows.at(-1), c = text[n];
    if (quoted ? c === '"' && text[n + 1] === '"' && ++n : false) row[row.length - 1] += '"';
    else if (c === '"') quoted = !quoted;
    else if (!quoted && c === ",") row.push("");
    else if (!quoted && c === "\n") rows.push([""]);
    else row[row.length - 1] += c;
  }
  const [head, ...body] = rows.filter(row => row.length > 1);
  return body.map(row => Object.fromEntries(head.map((key, n) => [key, row[n]])));
}
const mentions = table(await read("mentions.csv"));
const subjects = mentions.filter(one => ["literal", "government"].includes(one.sense));
const path = url => new URL(url).pathname.split("/").filter(Boolean).slice(-3).join("/");

/** Opens an entity's page as a reader would: by the list of all kinds, or by that of its kind. */
async function openEntity({ page, click }, name, kind) {
  const link = () => page.locator("main").getByRole("link", { name, exact: true });
  await click(page.getByRole("navigation", { name: "Site" }).getByRole("link", { name: "Entities" }));
  if (!await link().count()) await click(page.locator("main").getByRole("link", { name: kind }));
  await click(link());
}

/** Who is named beside an entity: in the same sentence. */
function beside(entity) {
  const sentences = new Set(subjects.filter(one => one.entity === entity).map(one => one.briefing + one.sentence));
  const others = subjects.filter(one => one.kind === "person" && one.entity !== entity && sentences.has(one.briefing + one.sentence));
  return [...new Set(others.map(one => one.name))].sort();
}

async function everyoneBeside(name, viewport) {
  const task = `everyone named beside ${name}`;
  const { entity, kind } = subjects.find(one => one.name === name);
  const expected = beside(entity);
  check(expected.length > 1, `${task}: the example names ${expected.length}`);
  const own = await reader(viewport);
  const { page, clicks, close } = own;
  const list = { person: "People", organisation: "Organisations", place: "Places", event: "Events" }[kind];
  await openEntity(own, name, list);
  check(page.url().includes(path(entity)), `${task}: ${page.url()} is not its page`);
  // In the list of those named with it, or in the sentences themselves.
  const text = await page.locator("main").innerText();
  const missing = expected.filter(person => !text.includes(person));
  check(!missing.length, `${task}: misses ${missing.join(", ")}`);
  const named = await page.locator("section[aria-labelledby=with]").innerText().catch(() => "");
  const listed = expected.filter(person => named.includes(person));
  check(listed.length === expected.length, `${task}: the list of those named with it has ${listed.join(", ") || "none"} of ${expected.join(", ")}`);
  check(clicks() <= CLICKS, `${task}: ${clicks()} clicks`);
  console.log(`${task}: ${expected.length} people, ${clicks()} clicks`);
  await close();
}

async function whatHappenedIn(month, year, number, viewport) {
  const task = `what happened in ${month} ${year}`;
  const { page, clicks, click, close } = await reader(viewport);
  await click(page.getByRole("link", { name: "Timeline" }));
  await click(page.locator("main").getByRole("link", { name: `${month} ${year}`, exact: true }));
  const section = page.locator(`section[aria-labelledby="${year}-${number}"]`);
  check(await section.isVisible(), `${task}: ${page.url()} has no such month`);
  const top = await section.evaluate(one => one.getBoundingClientRect().top);
  check(Math.abs(top) < 100, `${task}: the month stands ${Math.round(top)} px below the top of the screen`);
  const text = await section.innerText();
  for (const fact of [/Crocus City Hall/, new RegExp(`22 ${month}`), /France raises its alert/]) {
    check(fact.test(text), `${task}: nothing of ${fact}`);
  }
  check(clicks() <= CLICKS, `${task}: ${clicks()} clicks`);
  console.log(`${task}: ${clicks()} clicks`);
  await close();
}

async function sentenceThatNames(name, viewport) {
  const task = `the sentence that names ${name}`;
  const own = await reader(viewport);
  const { page, clicks, click, close } = own;
  await openEntity(own, name, "People");
  await click(page.locator("main").getByRole("link", { name: /in the text/ }));
  const id = decodeURIComponent(new URL(page.url()).hash.slice(1));
  const target = page.locator(`[id="${id}"]`);
  check(id && await target.isVisible(), `${task}: ${page.url()} leads to no place in the text`);
  const surname = name.split(" ").at(-1);
  check((await target.innerText()).includes(surname), `${task}: the place says "${await target.innerText()}"`);
  const box = await target.boundingBox();
  check(box.y >= 0 && box.y < viewport.height, `${task}: the place is off the screen`);
  check(clicks() <= CLICKS, `${task}: ${clicks()} clicks`);
  console.log(`${task}: ${clicks()} clicks`);
  await close();
}

for (const viewport of [{ width: 1280, height: 900 }, { width: 390, height: 800 }]) {
  await everyoneBeside("France", viewport);
  await everyoneBeside("Paris Olympics", viewport);
  await whatHappenedIn("March", "2024", "03", viewport);
  await sentenceThatNames("Laurent Nuñez", viewport);
}
await browser.close();
host.close();
finish("tasks");
