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
  // The contents list follows the reader.
  const links = new Map([...document.querySelectorAll(".toc a")].map(a => [a.hash.slice(1), a]));
  if (links.size && "IntersectionObserver" in window) {
    const seen = new IntersectionObserver(entries => {
      for (const entry of entries) {
        if (!entry.isIntersecting) continue;
        for (const link of links.values()) link.removeAttribute("aria-current");
        links.get(entry.target.id)?.setAttribute("aria-current", "true");
      }
    }, { rootMargin: "0px 0px -70% 0px" });
    for (const id of links.keys()) {
      const heading = document.getElementById(decodeURIComponent(id));
      if (heading) seen.observe(heading);
    }
  }
})();
