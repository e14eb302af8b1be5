// Pictures of a built site for the documentation: each kind of page on a desktop and a phone, light and
// dark, as JPEG. Usage: screenshots.mjs FOLDER [TARGET], by default into docs/screenshots.
import { mkdir, readdir, rm, stat } from "node:fs/promises";
import { join, resolve } from "node:path";
import { check, finish, launch } from "./browser.mjs";
import { kinds } from "./kinds.mjs";
import { serve } from "./server.mjs";

const folder = resolve(process.argv[2]);
const target = resolve(process.argv[3] ?? "docs/screenshots");
const ALL = 4_000_000, QUALITY = 62;
const SHOWN = ["home", "article", "person", "organisation", "place", "event", "index", "topic", "storyline", "timeline", "year", "map", "search"];
const SCREENS = { desktop: { width: 1280, height: 900 }, phone: { width: 390, height: 844 } };

await rm(target, { recursive: true, force: true });
await mkdir(target, { recursive: true });
const host = await serve(folder);
const browser = await launch();
const pages = await kinds(folder);
for (const [screen, viewport] of Object.entries(SCREENS)) {
  for (const colorScheme of ["light", "dark"]) {
    const context = await browser.newContext({ viewport, colorScheme, reducedMotion: "reduce", locale: "en-GB" });
    const page = await context.newPage();
    for (const kind of SHOWN) {
      if (!check(pages[kind], `the site has no page of the kind ${kind}`)) continue;
      const query = kind === "search" ? "?q=paris" : "";
      await page.goto(host.origin + pages[kind] + query, { waitUntil: "networkidle" });
      if (query) await page.locator("#results a").first().waitFor();
      await page.screenshot({ path: join(target, `${kind}-${screen}-${colorScheme}.jpg`), type: "jpeg", quality: QUALITY });
    }
    await context.close();
  }
}
await browser.close();
host.close();
const files = await readdir(target);
const sizes = await Promise.all(files.map(async name => (await stat(join(target, name))).size));
const all = sizes.reduce((a, b) => a + b, 0);
check(all < ALL, `the pictures have ${all} bytes, more than ${ALL}`);
finish(`${files.length} pictures, ${all} bytes`);
