// Waits for the next build: a good one reloads the page, a bad one says what is wrong.
(async () => {
  let seen = Number(document.currentScript.dataset.build);
  const panel = document.createElement("aside");
  panel.className = "dateline-problems";
  panel.setAttribute("role", "alert");
  for (;;) {
    try {
      const answer = await fetch(`/__dateline/next?after=${seen}`);
      if (answer.ok) {
        const { build, problems } = await answer.json();
        if (!problems) { location.reload(); return; }
        seen = build;
        const text = document.createElement("pre");
        text.textContent = problems;
        panel.replaceChildren("The last change could not be published. What you see is the page before it.", text);
        document.body.append(panel);
        continue;
      }
    } catch { /* the server is away */ }
    await new Promise(next => setTimeout(next, 1000));
  }
})();
