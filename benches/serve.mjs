// How long from saving an article to its page in the browser: node benches/serve.mjs DATELINE SITE [EDITS]
//
// SITE holds content/ with briefings. A browser has one of them open, `dateline serve` runs, and the file is saved
// EDITS times (50) with a new word; the time ends when the reloaded page shows it. Needs playwright-core and chromium:
// `npm ci` in .ci/site has the one, CHROMIUM may name the other.
import { spawn } from "node:child_process";
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";

const require = createRequire(new URL("../.ci/site/package.json", import.meta.url));
const { chromium } = require("playwright-core");
const [program, site, edits = "50"] = process.argv.slice(2);
const folder = join(resolve(site), "content", "briefings");
const name = readdirSync(folder).filter(file => file.endsWith(".md")).sort()[0];
const file = join(folder, name);
const original = readFileSync(file, "utf8");

const server = spawn(resolve(program), ["serve", "--port", "0"], { cwd: resolve(site), stdio: ["ignore", "ignore", "pipe"] });
const address = await new Promise((found, failed) => {
  let said = "";
  server.stderr.on("data", data => {
    said += data;
    const at = /http:\/\/[^\s/]+\//.exec(said);
    if (at) found(at[0]);
  });
  server.on("exit", () => failed(new Error(said)));
});
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox"] });
const times = [];
try {
  const page = await browser.newPage();
  await page.goto(new URL(`briefings/${name.replace(/\.md$/, "")}/`, address).href);
  for (let edit = 0; edit < Number(edits); edit += 1) {
    const word = `saved${edit}x${Date.now()}`;
    const start = performance.now();
    writeFileSync(file, `${original}\nThe word is ${word}.\n`);
    await page.waitForFunction(word => document.body?.textContent.includes(word), word, { polling: 2, timeout: 60000 });
    times.push(performance.now() - start);
    await new Promise(next => setTimeout(next, 150));
  }
} finally {
  writeFileSync(file, original);
  await browser.close();
  server.kill();
}
times.sort((a, b) => a - b);
const at = share => times[Math.min(times.length - 1, Math.ceil(times.length * share) - 1)].toFixed(0);
console.log(`${readdirSync(folder).length} articles, ${times.length} edits: median ${at(0.5)} ms, p95 ${at(0.95)} ms, worst ${at(1)} ms`);
