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
})();
