// Finds in the index that assets/search-index.js sets: rows of [title, address, kind, date, words].
(() => {
  const words = document.currentScript.dataset;
  const rows = window.DATELINE_INDEX || [];
  const field = document.getElementById("q");
  const list = document.getElementById("results");
  const status = document.getElementById("status");
  const fold = text => text.normalize("NFKD").replace(/[\u0300-\u036f]/g, "").toLowerCase();
  const folded = rows.map(row => ({ title: fold(row[0]), words: fold(row[4] || "").split(/[^\p{L}\p{N}]+/u) }));
  const near = (a, b) => {
    // One wrong, missing, extra or swapped letter.
    if (Math.abs(a.length - b.length) > 1 || a.length < 4) return false;
    let i = 0;
    while (i < a.length && a[i] === b[i]) i++;
    const rest = (x, y) => a.slice(x) === b.slice(y);
    return rest(i + 1, i + 1) || rest(i + 1, i) || rest(i, i + 1)
      || (a[i] === b[i + 1] && a[i + 1] === b[i] && rest(i + 2, i + 2));
  };
  const score = (entry, terms) => {
    let sum = 0;
    const titleWords = entry.title.split(/[^\p{L}\p{N}]+/u);
    for (const term of terms) {
      if (titleWords.includes(term)) sum += 12;
      else if (titleWords.some(word => word.startsWith(term))) sum += 8;
      else if (entry.words.includes(term)) sum += 4;
      else if (entry.words.some(word => word.startsWith(term))) sum += 3;
      else if (titleWords.some(word => near(term, word))) sum += 2;
      else if (entry.words.some(word => near(term, word))) sum += 1;
      else return 0;
    }
    return sum;
  };
  const show = () => {
    const terms = fold(field.value).split(/[^\p{L}\p{N}]+/u).filter(Boolean);
    const found = terms.length
      ? folded.map((entry, n) => [score(entry, terms), n]).filter(hit => hit[0]).sort((a, b) => b[0] - a[0] || a[1] - b[1])
      : [];
    list.replaceChildren(...found.slice(0, 40).map(([, n]) => {
      const [title, url, kind, date] = rows[n];
      const item = document.createElement("li");
      const link = document.createElement("a");
      link.href = "../" + url;
      link.textContent = title;
      const meta = document.createElement("p");
      meta.className = "meta";
      meta.textContent = [kind, date].filter(Boolean).join(" · ");
      item.append(link, meta);
      return item;
    }));
    status.textContent = terms.length ? words.found.replace("{n}", found.length) : "";
  };
  field.value = new URLSearchParams(location.search).get("q") || "";
  field.addEventListener("input", show);
  field.form.addEventListener("submit", event => { event.preventDefault(); show(); });
  document.addEventListener("keydown", event => {
    if (event.key === "/" && document.activeElement !== field) { event.preventDefault(); field.focus(); }
  });
  show();
})();
