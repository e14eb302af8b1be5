// Uses the search of a site in several languages as a reader does: keeps to one language, from the disk.
// Usage: languages.mjs FOLDER. The site has the two briefings that .ci/run adds to the example: "Les ports
// sous pression" in French, "Порты под давлением" in Russian.
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { check, finish, launch } from "./browser.mjs";

const folder = `${pathToFileURL(resolve(process.argv[2]))}/`;
const browser = await launch();
const page = await (await browser.newContext()).newPage();
page.on("pageerror", error => check(false, `error: ${error}`));

async function found(query) {
  await page.goto(`${folder}search/index.html?${new URLSearchParams(query)}`);
  await page.waitForFunction(() => document.querySelector("#search-form").dataset.ms);
  const links = page.locator("#results a");
  return {
    titles: await links.allTextContents(),
    languages: await links.evaluateAll(all => all.map(a => a.lang)),
    status: await page.locator("#status").textContent(),
  };
}

const all = await found({ q: "paris" });
check(all.titles.length > 3, `paris: ${all.titles}`);
const french = await found({ q: "paris", language: "fr" });
check(french.titles.join() === "Les ports sous pression", `paris in French: ${french.titles}`);
check(french.languages.join() === "fr", `its language: ${french.languages}`);
const russian = await found({ q: "порты", language: "ru" });
check(russian.titles.join() === "Порты под давлением", `порты in Russian: ${russian.titles}`);
const none = await found({ q: "порты", language: "en" });
check(none.titles.length === 0, `порты in English: ${none.titles}`);
await page.locator("select[name=language]").selectOption("");
await page.waitForFunction(() => document.querySelectorAll("#results a").length === 1);
check(!(await page.evaluate(() => location.search)).includes("language"), "the address keeps the filter");
await page.goto(`${folder}briefings/les-ports/index.html`);
check(await page.locator("link[type='application/atom+xml'][hreflang=ru]").count() === 1, "no link to the Russian feed");
await browser.close();
finish("languages: search keeps to one");
