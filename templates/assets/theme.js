// Runs before the first paint, so that a remembered choice does not flash and nothing moves.
(() => {
  document.documentElement.classList.add("js");
  try {
    const chosen = localStorage.getItem("theme");
    if (chosen) document.documentElement.dataset.theme = chosen;
  } catch { /* storage may be off */ }
})();
