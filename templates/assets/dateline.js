// Enhances; everything works without it.
(() => {
  const root = document.documentElement;
  const button = document.querySelector(".theme-switch");
  const system = matchMedia("(prefers-color-scheme: dark)");
  const isDark = () => (root.dataset.theme || (system.matches ? "dark" : "light")) === "dark";
  const label = () => {
    button.textContent = isDark() ? "Light" : "Dark";
    button.setAttribute("aria-label", `Switch to ${isDark() ? "light" : "dark"} colours`);
  };
  if (button) {
    button.hidden = false;
    label();
    system.addEventListener("change", label);
    button.addEventListener("click", () => {
      root.dataset.theme = isDark() ? "light" : "dark";
      try { localStorage.setItem("theme", root.dataset.theme); } catch { /* storage may be off */ }
      label();
    });
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
