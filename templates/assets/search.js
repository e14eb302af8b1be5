// Search over the files in search/, which src/stages/render/search.rs describes.
(() => {
  const $ = id => document.getElementById(id);
  const [form, field, list, status, more] = ["search-form", "q", "results", "status", "more"].map($);
  const here = document.currentScript.src.replace(/assets\/[^/]*$/, "search/");
  const say = status.dataset;
  // A count in words: a text for each plural, as JSON.
  const count = (forms, n) => {
    const all = JSON.parse(forms);
    return (all[new Intl.PluralRules(all.language).select(n)] ?? all.other).replace("{n}", n.toLocaleString(all.language));
  };
  const PAGE = 8, NAMES = 6, CLOSE = 3, FILTERS = ["kind", "from", "until", "language"];

  // ---- Files
  const files = new Map(), waiting = new Map(), readings = new Map();
  window.dateline = { shard: (key, data) => waiting.get(key)?.(data) };
  const load = (key, version = "") => {
    if (!files.has(key)) {
      files.set(key, new Promise((done, failed) => {
        const script = document.createElement("script");
        waiting.set(key, done);
        script.onerror = () => { files.delete(key); failed(); };
        script.src = `${here}${key}.js${version && `?${version}`}`;
        document.head.append(script);
      }));
    }
    return files.get(key);
  };
  const root = () => load("root");
  const reading = async (key, read) => {
    const data = await load(key, (await root()).version);
    if (!readings.has(key)) readings.set(key, read(data));
    return readings.get(key);
  };

  // ---- Words, as search/tokens.rs makes them
  const PLAIN = { "ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i", "ς": "σ" };
  const DENSE = /[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]+/u;
  const fold = text => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase()
    .replace(/[ßæœøłđðþıς]/g, c => PLAIN[c]).replace(/\p{M}/gu, "");
  const split = text => fold(text).split(/[^\p{Alphabetic}\p{N}]+/u).flatMap(word => {
    const run = DENSE.exec(word)?.[0];
    if (!run) return word.length <= 32 && !/^[a-z]?$/.test(word) ? [word] : [];
    const letters = [...run];
    const pairs = letters.length < 2 ? letters : letters.slice(1).map((c, n) => letters[n] + c);
    const at = word.indexOf(run);
    return [...split(word.slice(0, at)), ...pairs, ...split(word.slice(at + run.length))];
  });

  // ---- Reading
  const dayOf = text => {
    const [first, ...rest] = text.split(" ");
    const dates = [];
    let day = Date.parse(first);
    for (const entry of rest) {
      const [back, count] = entry.split(",");
      day -= parseInt(back, 36) * 864e5;
      const iso = new Date(day).toISOString().slice(0, 10);
      for (let n = parseInt(count ?? "1", 36); n > 0; n--) dates.push(iso);
    }
    return dates;
  };
  const pairs = text => [...text.matchAll(/(\S+) (\S+)/g)].map(([, word, value]) => [word, value]);
  const decode = text => {
    const found = [];
    let high = 0, number = -1;
    for (let n = text[0] === "!" ? 1 : 0; n < text.length; n++) {
      const code = text.charCodeAt(n);
      if (code > 92) { high = high * 34 + code - 92; continue; }
      const value = high * 56 + code - 35;
      number += (value >> 3) + 1;
      found.push([number, value & 7]);
      high = 0;
    }
    return found;
  };
  // The entries that begin with `word`, from its file and the next one.
  const beginning = async (letter, word) => {
    const bounds = (await root())[letter === "t" ? "text" : "names"];
    const found = [];
    for (let n = Math.max(bounds.findLastIndex(bound => bound <= word), 0), last = n + 1; n <= last && n < bounds.length; n++) {
      if (n === last && !bounds[n].startsWith(word)) break;
      const entries = await reading(letter + n, data => letter === "t"
        ? pairs(data) : pairs(data[1]).map(([term, rows]) => [term, rows.split(",").map(row => data[0][row])]));
      for (const entry of entries) if (entry[0].startsWith(word)) found.push(entry);
    }
    return found;
  };

  // The articles in a language.
  const spoken = async tag => new Set((await beginning("t", `@${tag}`)).flatMap(([term, list]) => term === `@${tag}` ? decode(list).map(([n]) => n) : []));

  // ---- Wrong letters
  const distance = (a, b, most) => {
    let before = [], last = Array.from({ length: b.length + 1 }, (_, n) => n);
    for (let i = 1; i <= a.length; i++) {
      const row = [i];
      let least = i;
      for (let j = 1; j <= b.length; j++) {
        const same = a[i - 1] === b[j - 1];
        row[j] = Math.min(last[j] + 1, row[j - 1] + 1, last[j - 1] + !same);
        if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) row[j] = Math.min(row[j], before[j - 2] + 1);
        least = Math.min(least, row[j]);
      }
      if (least > most) return least;
      [before, last] = [last, row];
    }
    return last[b.length];
  };
  const vocabulary = text => {
    const words = [];
    let last = [];
    for (const [, same, rest, level] of text.matchAll(/(.)([^A-Z]*)([A-Z])/gu)) {
      last = [...last.slice(0, parseInt(same, 36)), ...rest];
      words.push([last.join(""), level.charCodeAt(0) - 65]);
    }
    return words;
  };
  const neighbours = async word => {
    const length = [...word].length;
    const most = length >= 8 ? 2 : length >= 4 ? 1 : 0;
    if (!most || /\p{N}/u.test(word)) return [];
    const { lengths } = await root();
    const near = lengths.filter(n => Math.abs(n - length) <= most);
    const found = [];
    for (const words of await Promise.all(near.map(n => reading(`v${n}`, vocabulary)))) {
      for (const [other, level] of words) {
        const apart = distance(word, other, most);
        if (apart <= most) found.push([apart * 10 + (other[0] === word[0] ? 0 : 4) - level / 3, other]);
      }
    }
    return found.sort((a, b) => a[0] - b[0]).slice(0, CLOSE).map(([, other]) => other);
  };

  // ---- A query
  const raise = (weights, number, weight) => weights.set(number, Math.max(weights.get(number) ?? 0, weight));
  // The articles that have a word, with their weights, and the entities that bear it.
  const look = async word => {
    const [text, names] = await Promise.all([beginning("t", word), beginning("n", word)]);
    const weights = new Map(), bearers = new Map();
    const common = text.some(([term, list]) => term === word && list[0] === "!");
    for (const [term, list] of text) {
      // Two letters begin half of all words.
      if (/^..?$/.test(word) && /[a-z]/.test(word) && term !== word) continue;
      const share = term === word ? 1 : .7 * word.length / term.length;
      for (const [number, level] of decode(list)) raise(weights, number, share * (.25 + .1 * level));
    }
    for (const [term, rows] of names) {
      const share = term === word ? 1 : .6;
      for (const row of rows) {
        const key = `${row[2] >> 1}/${row[1]}`;
        if (!(bearers.get(key)?.share >= share)) bearers.set(key, { row, share });
      }
    }
    return { word, weights, bearers, common };
  };
  const understand = async word => {
    const found = await look(word);
    if (found.weights.size || found.bearers.size || found.common) return found;
    const others = await Promise.all((await neighbours(word)).map(look));
    for (const other of others) {
      for (const [number, weight] of other.weights) raise(found.weights, number, weight * .5);
      for (const [key, bearer] of other.bearers) if (!found.bearers.has(key)) found.bearers.set(key, { ...bearer, share: bearer.share * .5 });
    }
    found.instead = others.map(other => other.word);
    return found;
  };
  const entities = (parts, wanted) => {
    const scores = new Map();
    for (const part of parts) {
      for (const [key, { row, share }] of part.bearers) {
        const so = scores.get(key);
        scores.set(key, { row, share: share + (so?.share ?? 0), words: 1 + (so?.words ?? 0) });
      }
    }
    const asked = parts.map(part => part.word).join(" ");
    const score = ({ row, share }) => {
      const names = [row[0], ...row[4]].map(name => split(name).join(" "));
      return share * 4 + (names.includes(asked) ? 9 : names.some(name => name.startsWith(asked)) ? 4 : 0) + Math.log2(1 + row[3]) / 2 - (row[2] & 1);
    };
    // Lists of a hundred bearers are cut: such a word need not find the entity.
    const needed = parts.filter(part => part.bearers.size < 100).length || 1;
    return [...scores.values()].filter(so => so.words >= needed && wanted(so.row[2] >> 1))
      .map(so => [score(so), so.row])
      .sort((a, b) => b[0] - a[0] || (a[1][0] < b[1][0] ? -1 : 1)).map(so => so[1]);
  };
  const briefings = ({ articles, days }, parts, from, until, only) => {
    const needed = parts.filter(part => !part.common).length;
    const dates = from || until ? dayOf(days) : [];
    const scores = new Map();
    for (const part of parts) {
      const idf = part.common ? .5 : Math.log(1 + (articles + .5) / (part.weights.size + .5));
      for (const [number, weight] of part.weights) {
        if ((from && dates[number] < from) || (until && dates[number] > until) || (only && !only.has(number))) continue;
        const so = scores.get(number) ?? [0, 0];
        scores.set(number, [so[0] + idf * weight, so[1] + !part.common]);
      }
    }
    // All words, else as many as any has.
    let most = 0;
    for (const [, words] of scores.values()) most = Math.max(most, words);
    return [...scores].filter(([, so]) => so[1] === Math.min(most, needed))
      .sort((a, b) => b[1][0] - a[1][0] || a[0] - b[0]).map(([number]) => number);
  };

  // ---- Showing
  const element = (tag, className, ...inside) => {
    const made = document.createElement(tag);
    if (className) made.className = className;
    made.append(...inside);
    return made;
  };
  const has = (text, words) => split(text).some(own => words.some(word => own.startsWith(word)));
  const marked = (text, words) => text.split(/([\p{L}\p{M}\p{N}]+)/u).map((piece, n) =>
    n % 2 && has(piece, words) ? element("mark", "", piece) : piece);
  // Where a text has most of the words.
  const stretch = (text, words) => {
    const hits = [...text.matchAll(/[\p{L}\p{M}\p{N}]+/gu)].filter(hit => has(hit[0], words)).map(hit => hit.index);
    const around = at => hits.filter(hit => hit >= at && hit < at + 220).length;
    const best = hits.reduce((a, b) => around(b) > around(a) ? b : a, hits[0] ?? 0);
    const start = best < 200 ? 0 : text.lastIndexOf(" ", best - 40) + 1;
    const end = text.length <= start + 260 ? text.length : text.lastIndexOf(" ", start + 260);
    return (start ? "… " : "") + text.slice(start, end) + (end < text.length ? " …" : "");
  };
  const item = (url, title, className, ...below) => {
    const link = element("a", className, ...title);
    link.href = new URL(`../${url}index.html`, here).href;
    return element("li", "", link, ...below);
  };
  const entity = ({ kinds }, row, words) => {
    const [name, slug, kind, named, aliases, what] = row;
    const radio = form.elements.kind[(kind >> 1) + 2];
    const alias = aliases.find(other => has(other, words));
    const shown = has(name, words) || !alias ? [] : [say.also, " ", ...marked(alias, words), " · "];
    const facts = `${radio.dataset.one} · ${count(say.named, named)}`;
    return item(`${kinds[kind >> 1]}${slug}/`, marked(name, words), `entity ${radio.value}${kind & 1 ? " detected" : ""}`,
      ...(kind & 1 ? [" ", element("span", "state", say.detected)] : []),
      ...(what ? [element("p", "found", what)] : []), element("p", "meta", ...shown, facts));
  };
  const briefing = async ({ perFile }, number, words) => {
    const [title, slug, date, text, lang] = (await reading(`d${Math.floor(number / perFile)}`, data => data))[number % perFile];
    const found = element("p", "found", ...marked(stretch(text, words), words));
    const made = item(`briefings/${slug}/`, marked(title, words), "", found, element("p", "meta", date));
    if (lang) made.firstChild.lang = found.lang = lang;
    return made;
  };

  let turn = 0, shown = PAGE, began = 0, timer;
  const search = async () => {
    const mine = ++turn;
    const late = () => mine !== turn;
    const asked = split(field.value);
    const [kind, from, until, language] = FILTERS.map(name => form.elements[name]?.value);
    remember();
    if (!asked.length) { list.replaceChildren(); status.textContent = ""; more.hidden = true; return; }
    try {
      const data = await root();
      const parts = await Promise.all([...new Set(asked)].slice(0, 8).map(understand));
      const only = language && await spoken(language);
      if (late()) return;
      const wanted = n => kind === "all" ? !from && !until && !language : form.elements.kind[n + 2].value === kind;
      const named = entities(parts, wanted);
      const found = kind === "all" || kind === "briefing" ? briefings(data, parts, from, until, only) : [];
      const words = parts.flatMap(part => part.instead?.[0] ? part.instead : part.word);
      const top = named.slice(0, kind === "all" ? NAMES : shown).map(row => entity(data, row, words));
      const rest = await Promise.all(found.slice(0, shown).map(number => briefing(data, number, words)));
      if (late()) return;
      list.replaceChildren(...top, ...rest);
      const all = named.length + found.length;
      const mended = parts.filter(part => part.instead?.[0]).map(part => say.instead.replace("{a}", part.word).replace("{b}", part.instead.join(", ")));
      status.textContent = [all ? count(say.results, all) : say.none, ...mended].join(" ");
      more.hidden = shown >= Math.max(found.length, kind === "all" ? 0 : named.length);
      form.dataset.ms = Math.round(performance.now() - began);
    } catch {
      if (!late()) status.textContent = say.failed;
    }
  };
  const remember = () => {
    const query = new URLSearchParams([...new FormData(form)].filter(([, value]) => value && value !== "all"));
    try { history.replaceState(null, "", `?${query}`); } catch { /* forbidden on some disks */ }
  };

  // ---- Controls
  const start = wait => {
    clearTimeout(timer);
    shown = PAGE;
    began = performance.now();
    timer = setTimeout(search, wait);
  };
  // Short beginnings find too much.
  field.addEventListener("input", () => start(/(^|\s)\S{1,3}$/.test(field.value) ? 250 : 70));
  form.addEventListener("change", event => { if (event.target !== field) start(0); });
  form.addEventListener("submit", event => { event.preventDefault(); list.querySelector("a")?.focus(); });
  form.addEventListener("reset", () => setTimeout(() => { field.focus(); start(0); }));
  more.addEventListener("click", async () => {
    const links = list.querySelectorAll("a").length;
    shown += PAGE;
    await search();
    list.querySelectorAll("a")[links]?.focus();
  });
  document.addEventListener("keydown", event => {
    const links = [...list.querySelectorAll("a")];
    const at = links.indexOf(document.activeElement);
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && links.length && (at >= 0 || document.activeElement === field)) {
      event.preventDefault();
      (links[at + step] ?? (at + step < 0 ? field : links[at])).focus();
    } else if (event.key === "Escape" && at >= 0) field.focus();
  });

  const given = new URLSearchParams(location.search);
  field.value = given.get("q") ?? "";
  for (const name of FILTERS) if (given.get(name) && form.elements[name]) form.elements[name].value = given.get(name);
  root().catch(() => {});
  if (field.value) start(0);
  if (!matchMedia("(pointer: coarse)").matches) field.focus();
})();
