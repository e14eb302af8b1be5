// Lighthouse, as a phone, on one page of each main kind, served as a static host serves it: fails
// below 100 in any category. Speed depends on what else the machine does, so that the best of three
// runs counts. Usage: lighthouse.mjs FOLDER [KIND...]
import { launch } from "chrome-launcher";
import lighthouse from "lighthouse";
import { CHROMIUM, check, finish } from "./browser.mjs";
import { kinds } from "./kinds.mjs";
import { serve } from "./server.mjs";

const RUNS = 3;
const folder = process.argv[2];
const pages = await kinds(folder);
const asked = process.argv.length > 3 ? process.argv.slice(3) : ["home", "article", "person", "organisation", "timeline", "year", "search"];
const host = await serve(folder, { compressed: true });
const chrome = await launch({ chromePath: CHROMIUM, chromeFlags: ["--headless=new", "--no-sandbox", "--disable-gpu"] });

async function best(url) {
  const scores = {};
  const faults = {};
  for (let run = 0; run < RUNS; run++) {
    const { lhr } = await lighthouse(url, { port: chrome.port, logLevel: "error" });
    for (const [id, { score, auditRefs }] of Object.entries(lhr.categories)) {
      const points = Math.round((score ?? 0) * 100);
      if (points <= (scores[id] ?? -1)) continue;
      scores[id] = points;
      faults[id] = auditRefs.filter(({ id: audit, weight }) => weight && (lhr.audits[audit].score ?? 1) < 1)
        .map(({ id: audit }) => `${audit} ${lhr.audits[audit].displayValue ?? ""}`.trim());
    }
    if (Object.values(scores).every(points => points === 100)) break;
  }
  return { scores, faults };
}

for (const kind of asked) {
  const { scores, faults } = await best(new URL(pages[kind].replace(/index\.html$/, ""), host.origin).href);
  console.log(kind.padEnd(14), Object.entries(scores).map(([id, points]) => `${id} ${points}`).join(", "));
  for (const [id, points] of Object.entries(scores)) check(points === 100, `${kind} (${pages[kind]}): ${id} ${points}: ${faults[id].join("; ")}`);
}
await chrome.kill();
host.close();
finish(`lighthouse: ${asked.length} pages`);
