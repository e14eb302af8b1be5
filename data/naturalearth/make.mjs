// Makes world.txt from Natural Earth's outlines.
//
//     npm install --no-save world-atlas@2.0.2 topojson-client@3.1.0 topojson-simplify@3.0.3
//     node make.mjs
//
// Natural Earth (https://www.naturalearthdata.com/) is in the public domain; the package world-atlas
// carries its 1:50m countries. The same input gives the same bytes.
//
// world.txt: one line for each ring of land (`l`) and each stretch of border (`b`): the letter, then
// longitude and latitude of the first point and the steps to each next one, in hundredths of a degree.
// What is smaller than a pixel of a map of a country is left out, and so is Antarctica.
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { merge, mesh } from "topojson-client";
import { presimplify, simplify } from "topojson-simplify";

const require = createRequire(import.meta.url);
const world = JSON.parse(readFileSync(require.resolve("world-atlas/countries-50m.json"), "utf8"));
const ANTARCTICA = "010";
const SMALLEST = 0.003; // square degrees of the triangle that a point spans
const ISLAND = 0.02; // square degrees

const simple = simplify(presimplify(world), SMALLEST);
const countries = simple.objects.countries.geometries.filter(country => country.id !== ANTARCTICA);
const land = merge(simple, countries);
const borders = mesh(simple, { type: "GeometryCollection", geometries: countries }, (a, b) => a !== b);

// The package joins what Natural Earth cuts at the date line: cut it again, and bring each part home.
const unwrapped = points => {
  let turn = 0;
  return points.map(([x, y], n) => {
    const step = n ? x - points[n - 1][0] : 0;
    if (step > 180) turn -= 360;
    if (step < -180) turn += 360;
    return [x + turn, y];
  });
};
const half = (ring, depth) => ring.flatMap((point, n) => {
  const last = ring[(n || ring.length) - 1];
  const [before, now] = [depth(last), depth(point)];
  const part = before / (before - now);
  const crossing = [last[0] + (point[0] - last[0]) * part, last[1] + (point[1] - last[1]) * part];
  return [...((before >= 0) !== (now >= 0) ? [crossing] : []), ...(now >= 0 ? [point] : [])];
});
const cut = ring => [-360, 0, 360].map(home => {
  const inside = half(half(unwrapped(ring), p => p[0] - (home - 180)), p => home + 180 - p[0]);
  return inside.map(([x, y]) => [x - home, y]);
}).filter(part => part.length > 2);

const round = ([x, y]) => [Math.round(x * 100), Math.round(y * 100)];
const area = ring => Math.abs(ring.reduce((sum, [x, y], n) => {
  const [u, v] = ring[(n + 1) % ring.length];
  return sum + x * v - u * y;
}, 0)) / 2;
const line = (kind, points) => {
  let [x, y] = [0, 0];
  const steps = [];
  for (const [u, v] of points.map(round)) {
    if (steps.length && u === x && v === y) continue;
    steps.push(`${u - x},${v - y}`);
    [x, y] = [u, v];
  }
  return steps.length > 1 ? [`${kind} ${steps.join(" ")}`] : [];
};
const lines = [
  ...land.coordinates.flat().flatMap(cut).filter(ring => area(ring) > ISLAND).flatMap(ring => line("l", ring)),
  ...borders.coordinates.flatMap(points => line("b", points)),
];
writeFileSync("world.txt", `${lines.join("\n")}\n`);
console.log(lines.length, "lines");
