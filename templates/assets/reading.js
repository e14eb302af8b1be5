// Helps with reading an article; everything is there without it. Its words are on its own tag.
(() => {
  const words = document.currentScript.dataset;
  const main = document.querySelector("main");
  const make = (tag, className, text) => {
    const element = document.createElement(tag);
    if (className) element.className = className;
    if (text) element.textContent = text;
    return element;
  };

  // The contents list follows the reader: the last heading that has passed the top third.
  const links = [...document.querySelectorAll(".toc:not(.whys) a")];
  const headings = [...new Set(links.map(link => decodeURIComponent(link.hash.slice(1))))]
    .map(id => document.getElementById(id)).filter(Boolean);
  if (headings.length) {
    let current = null;
    let waiting = false;
    const follow = () => {
      waiting = false;
      const passed = headings.filter(heading => heading.getBoundingClientRect().top < innerHeight / 3);
      const id = passed.length ? passed[passed.length - 1].id : "";
      if (id === current) return;
      current = id;
      for (const link of links) {
        if (id && decodeURIComponent(link.hash.slice(1)) === id) {
          link.setAttribute("aria-current", "location");
          const list = link.closest(".toc-rail");
          if (list) list.scrollTop = Math.max(0, link.offsetTop - list.clientHeight / 2);
        } else link.removeAttribute("aria-current");
      }
    };
    addEventListener("scroll", () => {
      if (!waiting) requestAnimationFrame(follow);
      waiting = true;
    }, { passive: true });
    follow();
  }

  // Code can be copied, without its line numbers.
  const status = make("div", "visually-hidden");
  status.setAttribute("role", "status");
  const copy = async text => {
    if (navigator.clipboard) return navigator.clipboard.writeText(text);
    const field = make("textarea", "visually-hidden");
    field.value = text;
    document.body.append(field);
    field.select();
    const done = document.execCommand("copy");
    field.remove();
    if (!done) throw new Error("no clipboard");
  };
  const blocks = document.querySelectorAll("pre.code");
  if (blocks.length) main.append(status);
  for (const block of blocks) {
    const button = make("button", "", words.copy);
    button.type = "button";
    button.addEventListener("click", async () => {
      const plain = block.cloneNode(true);
      for (const number of plain.querySelectorAll(".line-number")) number.remove();
      try { await copy(plain.textContent); } catch { return; }
      button.textContent = status.textContent = words.copied;
      setTimeout(() => { button.textContent = words.copy; status.textContent = ""; }, 2000);
    });
    const around = make("div", "code-copy");
    block.before(around);
    around.append(block, button);
  }

  // Tables can be sorted by any column.
  const number = (text, decimal) => {
    if (!/^[-\u2212+]?\d[\d\s.,\u202f\u00a0]*%?$/.test(text)) return NaN;
    const kept = [...text.replace("\u2212", "-")].filter(c => /[-\d]/.test(c) || c === decimal).join("");
    return Number(kept.replace(decimal, "."));
  };
  const comparing = language => {
    const decimal = new Intl.NumberFormat(language).formatToParts(1.5).find(part => part.type === "decimal").value;
    const order = new Intl.Collator(language, { numeric: true });
    return (a, b) => {
      const [x, y] = [number(a, decimal), number(b, decimal)];
      return Number.isNaN(x) || Number.isNaN(y) ? order.compare(a, b) : x - y;
    };
  };
  for (const table of document.querySelectorAll(".prose .table-scroll > table")) {
    const heads = [...table.querySelectorAll("thead th")];
    const body = table.tBodies[0];
    if (!body || body.rows.length < 3 || table.querySelector("[colspan], [rowspan], thead a")) continue;
    table.classList.add("sortable");
    const compare = comparing(table.closest("[lang]").lang);
    for (const head of heads) {
      const button = make("button");
      button.type = "button";
      button.append(...head.childNodes);
      head.append(button);
      button.addEventListener("click", () => {
        const down = head.getAttribute("aria-sort") === "ascending";
        for (const other of heads) other.removeAttribute("aria-sort");
        head.setAttribute("aria-sort", down ? "descending" : "ascending");
        const text = row => row.cells[head.cellIndex]?.textContent.trim() ?? "";
        const empty = row => ["", "\u2013"].includes(text(row));
        const rows = [...body.rows].sort((a, b) => empty(a) - empty(b)
          || (empty(a) ? 0 : (down ? -1 : 1) * compare(text(a), text(b))));
        body.append(...rows);
      });
    }
  }

  // A card for a name says what the list beside the text says of it; one for a note, the note.
  const entries = new Map();
  for (const item of document.querySelectorAll(".named li, .whys li")) {
    const link = item.querySelector("a.entity");
    if (link && !entries.has(link.href)) entries.set(link.href, item);
  }
  const entityCard = (card, item) => {
    const link = item.querySelector("a.entity");
    const detected = link.classList.contains("detected");
    const kind = item.closest(".entity-group").querySelector("h3");
    const name = make("p", "name");
    name.append(make("span", link.className, link.textContent));
    card.append(name, make("p", "meta", [kind.textContent, detected ? words.detected : words.confirmed].join(" · ")));
    for (const note of item.querySelectorAll(".note")) card.append(make("p", "", note.textContent));
  };
  const noteCard = (card, note) => {
    const text = note.cloneNode(true);
    for (const back of text.querySelectorAll(".footnote-back")) back.remove();
    card.append(make("p", "", text.textContent.trim()));
  };
  const card = make("div", "hover-card");
  card.id = "hover-card";
  card.setAttribute("role", "tooltip");
  let shownFor = null;
  let timer = 0;
  const hide = () => {
    clearTimeout(timer);
    shownFor?.removeAttribute("aria-describedby");
    shownFor = null;
    card.remove();
  };
  const filled = link => {
    card.replaceChildren();
    const note = link.closest(".footnote-ref") && document.querySelector(link.getAttribute("href"));
    const item = entries.get(link.href);
    // A note that stands beside the text needs no card; nor does the list's own link.
    if (note && getComputedStyle(note).position !== "absolute") noteCard(card, note);
    else if (item && !item.contains(link)) entityCard(card, item);
    return card.hasChildNodes();
  };
  const show = link => {
    hide();
    if (!filled(link)) return;
    main.append(card);
    const at = link.getClientRects()[0];
    const from = (card.offsetParent ?? document.documentElement).getBoundingClientRect();
    const left = Math.min(at.left, document.documentElement.clientWidth - card.offsetWidth - 16);
    const below = at.bottom + 6 + card.offsetHeight < innerHeight;
    card.style.left = `${Math.max(16, left) - from.left}px`;
    card.style.top = `${(below ? at.bottom + 6 : Math.max(0, at.top - 6 - card.offsetHeight)) - from.top}px`;
    link.setAttribute("aria-describedby", card.id);
    shownFor = link;
  };
  const later = (work, wait) => { clearTimeout(timer); timer = setTimeout(work, wait); };
  const linkOf = event => event.target.closest?.("main a[href]");
  document.addEventListener("pointerover", event => {
    if (event.pointerType !== "mouse") return;
    const link = linkOf(event);
    if (card.contains(event.target) || (link && link === shownFor)) clearTimeout(timer);
    else if (link) later(() => show(link), 250);
    else if (shownFor && shownFor !== document.activeElement) later(hide, 200);
    else if (!shownFor) clearTimeout(timer);
  });
  document.addEventListener("focusin", event => {
    const link = linkOf(event);
    if (link?.matches(":focus-visible")) show(link);
    else hide();
  });
  document.addEventListener("focusout", hide);
  document.addEventListener("keydown", event => { if (event.key === "Escape") hide(); });
})();
