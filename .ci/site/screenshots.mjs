// Pictures of a built site for the documentation: each kind of page on a desktop and a phone, light and
// dark; an article with the example brand, light beside dark. WebP, since it is smaller than JPEG where
// words are. Usage: screenshots.mjs FOLDER BRANDED_FOLDER [TARGET], by default into docs/screenshots.
import { mkdir, readdir, rm, stat, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { check, finish, launch } from "./browser.mjs";
import { kinds } from "./kinds.mjs";
import { serve } from "./server.mjs";

const [folder, branded] = process.argv.slice(2, 4).map(path => resolve(path));
const target = resolve(process.argv[4] ?? "docs/screenshots");
const ALL = 4_000_000, QUALITY = 60;
const SHOWN = ["home", "article", "person", "organisation", "place", "event", "index", "storyline", "timeline", "year", "map", "graph", "search"];
const SCREENS = { desktop: { width: 1280, height: 1000 }, phone: { width: 390, height: 900 } };

await rm(target, { recursive: true, force: true });
await mkdir(target, { recursive: true });
const browser = await launch();
const pages = await kinds(folder);

/** The screen as WebP, which the library's own way cannot write. */
async function picture(page, name) {
  const session = await page.context().newCDPSession(page);
  const { data } = await session.send("Page.captureScreenshot", { format: "webp", quality: QUALITY });
  await writeFile(join(target, `${name}.webp`), Buffer.from(data, "base64"));
  await session.detach();
}

const host = await serve(folder);
for (const [screen, viewport] of Object.entries(SCREENS)) {
  for (const colorScheme of ["light", "dark"]) {
    const context = await browser.newContext({ viewport, colorScheme, reducedMotion: "reduce", locale: "en-GB" });
    const page = await context.newPage();
    for (const kind of SHOWN) {
      if (!check(pages[kind], `the site has no page of the kind ${kind}`)) continue;
      const query = kind === "search" ? "?q=paris" : "";
      await page.goto(host.origin + pages[kind] + query, { waitUntil: "networkidle" });
      if (query) await page.locator("#results a").first().waitFor();
      await picture(page, `${kind}-${screen}-${colorScheme}`);
    }
    await context.close();
  }
}
host.close();

// Two frames in one picture.
const brand = await serve(branded);
const context = await browser.newContext({ viewport: { width: 1296, height: 760 }, reducedMotion: "reduce" });
const frames = await context.newPage();
const shown = [];
for (const colorScheme of ["light", "dark"]) {
  const page = await context.newPage();
  await page.setViewportSize({ width: 1100, height: 1290 });
  await page.emulateMedia({ colorScheme });
  await page.goto(brand.origin + pages.article, { waitUntil: "networkidle" });
  shown.push((await page.screenshot()).toString("base64"));
}
await frames.setContent(`<body style="margin:0;display:flex;gap:16px;background:#777">${
  shown.map(png => `<img alt="" style="width:640px" src="data:image/png;base64,${png}">`).join("")}`);
await frames.waitForFunction(() => [...document.images].every(image => image.complete));
await picture(frames, "brand");
brand.close();

await browser.close();
const files = await readdir(target);
const sizes = await Promise.all(files.map(async name => (await stat(join(target, name))).size));
const all = sizes.reduce((a, b) => a + b, 0);
check(all < ALL, `the pictures have ${all} bytes, more than ${ALL}`);
finish(`${files.length} pictures, ${all} bytes`);
