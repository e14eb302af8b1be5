// Makes countries.tsv from Unicode's CLDR.
//
//     npm install --no-save cldr-localenames-modern@45.0.0
//     node make.mjs
//
// CLDR (https://cldr.unicode.org/) is under the Unicode License v3. The same input gives the same bytes.
//
// countries.tsv: the code of each country of ../geonames/places.tsv, and its name in the languages that
// the program speaks besides English.
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";

const require = createRequire(import.meta.url);
const LANGUAGES = ["fr", "de", "es", "ru"];
// Their long names say whose they are.
const SHORT = ["HK", "MO"];

const names = LANGUAGES.map(language => {
  const file = require(`cldr-localenames-modern/main/${language}/territories.json`);
  return file.main[language].localeDisplayNames.territories;
});
const places = readFileSync(new URL("../geonames/places.tsv", import.meta.url), "utf8").split("\n");
const codes = places.map(line => line.split("\t")).filter(([kind]) => kind === "c").map(([, , code]) => code);
const lines = [...new Set(codes)].sort()
  .map(code => [code, ...names.map(all => (SHORT.includes(code) && all[`${code}-alt-short`]) || all[code])])
  .filter(fields => fields.every(Boolean))
  .map(fields => `${fields.join("\t")}\n`);
writeFileSync(new URL("countries.tsv", import.meta.url), lines.join(""));
