// One page of each kind of a built site: the one that has the most to show.
import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";

/** The folder below `path` with the largest page, or nothing. */
async function fullest(root, path) {
  const entries = await readdir(join(root, path), { withFileTypes: true }).catch(() => []);
  const pages = await Promise.all(entries.filter(entry => entry.isDirectory()).map(async entry => {
    const page = `${path}/${entry.name}/index.html`;
    const size = await stat(join(root, page)).then(file => file.size, () => 0);
    return { page, size };
  }));
  return pages.filter(one => one.size).sort((a, b) => b.size - a.size || (a.page < b.page ? -1 : 1))[0]?.page;
}

/** Kind to page, for the kinds that the site has. */
export async function kinds(root) {
  const there = async page => (await stat(join(root, page)).catch(() => null)) ? page : undefined;
  const all = {
    home: "index.html",
    article: await fullest(root, "briefings"),
    person: await fullest(root, "entities/people"),
    organisation: await fullest(root, "entities/organisations"),
    place: await fullest(root, "entities/places"),
    event: await fullest(root, "entities/events"),
    index: await there("entities/people/index.html"),
    topic: await fullest(root, "topics"),
    storyline: await fullest(root, "storylines"),
    timeline: await there("timeline/index.html"),
    year: await fullest(root, "timeline"),
    map: await there("map/index.html"),
    graph: await there("graph/index.html"),
    search: await there("search/index.html"),
    page: await there("about/index.html"),
    lost: await there("404.html"),
  };
  return Object.fromEntries(Object.entries(all).filter(([, page]) => page));
}
