// The browser that the checks run in, and how they tell what is wrong.
import { chromium } from "playwright-core";

export const CHROMIUM = process.env.CHROME_PATH ?? "/usr/bin/chromium";
export const launch = () => chromium.launch({ executablePath: CHROMIUM, args: ["--no-sandbox", "--disable-gpu"] });

const problems = [];
/** Notes a problem, unless `holds`. */
export function check(holds, problem) {
  if (!holds) problems.push(problem);
  return holds;
}
/** Prints the problems and ends with their exit code. */
export function finish(done) {
  for (const problem of problems) console.log(problem);
  console.log(`${done}, ${problems.length} problems`);
  process.exit(problems.length ? 1 : 0);
}
