// Enhances; everything works without it.
(() => {
  const root = document.documentElement;
  const field = document.querySelector(".theme-switch");
  if (field) {
    const select = field.querySelector("select");
    field.hidden = false;
    select.value = root.dataset.theme || "";
    select.addEventListener("change", () => {
      if (select.value) root.dataset.theme = select.value;
      else delete root.dataset.theme;
      try { localStorage.setItem("theme", select.value); } catch { /* storage may be off */ }
    });
  }
  // A drawing that is wider than the screen starts at its middle: at the name that the page is about.
  for (const box of document.querySelectorAll(".graph-scroll")) {
    const around = box.getBoundingClientRect();
    const middle = (box.querySelector(".centre") ?? box.firstElementChild).getBoundingClientRect();
    box.scrollLeft += middle.left + middle.width / 2 - around.left - around.width / 2;
  }
  // "/" and Ctrl-K lead to the search field, from any page.
  document.addEventListener("keydown", event => {
    const slash = event.key === "/" && !event.ctrlKey && !event.altKey && !event.metaKey && !event.target.closest("input, select, textarea");
    if (!slash && !((event.ctrlKey || event.metaKey) && event.key === "k")) return;
    const field = document.getElementById("q");
    const page = document.querySelector('.site-header a[href$="search/index.html"]');
    if (!field && !page) return;
    event.preventDefault();
    if (field) { field.focus(); field.select(); } else location.href = page.href;
  });
})();
