// The graph: pan, zoom, neighbours in focus. The drawing and its links work without it.
(() => {
  const svg = document.querySelector(".graph .network");
  if (!svg) return;
  const frame = svg.closest(".graph"), tools = frame.querySelector(".graph-tools");
  const { width, height } = svg.viewBox.baseVal;
  const nodes = [...svg.querySelectorAll("a[data-node]")], lines = [...svg.querySelectorAll("line")];
  const near = new Map(nodes.map(node => [node.dataset.node, new Set([node.dataset.node])]));
  for (const { dataset: { from, to } } of lines) {
    near.get(from)?.add(to);
    near.get(to)?.add(from);
  }
  const middle = node => {
    const box = node.querySelector("path").getCTM(), own = svg.getCTM();
    return { x: (box.e - own.e) / own.a, y: (box.f - own.f) / own.d };
  };

  // What is shown: the left upper corner, and how much of the whole.
  let view = { x: 0, y: 0, part: 1 };
  const show = ({ x, y, part }) => {
    part = Math.min(1, Math.max(.12, part));
    const room = (at, all) => Math.min(all * (1 - part), Math.max(0, at));
    view = { x: room(x, width), y: room(y, height), part };
    svg.setAttribute("viewBox", `${view.x} ${view.y} ${width * part} ${height * part}`);
    frame.classList.toggle("zoomed", part < 1);
  };
  const zoom = (factor, at = { x: view.x + width * view.part / 2, y: view.y + height * view.part / 2 }) => {
    const part = Math.min(1, Math.max(.12, view.part * factor)), by = part / view.part;
    show({ x: at.x - (at.x - view.x) * by, y: at.y - (at.y - view.y) * by, part });
  };
  const keepInView = node => {
    const { x, y } = middle(node), w = width * view.part, h = height * view.part;
    const inside = x > view.x + w * .08 && x < view.x + w * .92 && y > view.y + h * .08 && y < view.y + h * .92;
    if (!inside) show({ x: x - w / 2, y: y - h / 2, part: view.part });
  };

  const focus = node => {
    const around = node && near.get(node.dataset.node);
    svg.classList.toggle("focused", Boolean(node));
    // The names that had no room would cover one another where there are many.
    svg.classList.toggle("few", Boolean(around) && around.size <= 12);
    for (const other of nodes) other.classList.toggle("near", Boolean(around?.has(other.dataset.node)));
    for (const { classList, dataset } of lines) {
      classList.toggle("near", Boolean(node) && [dataset.from, dataset.to].includes(node.dataset.node));
    }
  };
  const linked = event => event.target.closest?.("a[data-node]");
  // Where the pointer is on no name, the keyboard may be on one.
  const held = () => nodes.find(node => node === document.activeElement);
  svg.addEventListener("pointerover", event => focus(linked(event) ?? held()));
  svg.addEventListener("pointerleave", () => focus(held()));
  svg.addEventListener("focusin", event => { focus(linked(event)); if (linked(event)) keepInView(linked(event)); });
  svg.addEventListener("focusout", () => focus(null));

  // One stop for the keyboard; arrows go on to the nearest name in their direction.
  const stop = node => nodes.forEach(other => other.setAttribute("tabindex", other === node ? "0" : "-1"));
  stop(nodes[0]);
  const WAYS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
  const next = (node, [wx, wy]) => {
    const from = middle(node);
    let best = null, least = Infinity;
    for (const other of nodes) {
      const { x, y } = middle(other), along = (x - from.x) * wx + (y - from.y) * wy;
      if (other === node || along <= 0) continue;
      const aside = Math.abs((x - from.x) * wy + (y - from.y) * wx), far = along + 2 * aside;
      if (far < least) [best, least] = [other, far];
    }
    return best;
  };
  frame.addEventListener("keydown", event => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const node = linked(event), way = WAYS[event.key];
    if (node && way) {
      const to = next(node, way);
      if (to) { stop(to); to.focus(); }
    } else if (event.key === "+" || event.key === "=") zoom(.75);
    else if (event.key === "-") zoom(1 / .75);
    else if (event.key === "0") show({ x: 0, y: 0, part: 1 });
    else return;
    event.preventDefault();
  });

  tools.hidden = false;
  tools.addEventListener("click", event => {
    const way = event.target.dataset.zoom;
    if (way === "in") zoom(.7);
    else if (way === "out") zoom(1 / .7);
    else if (way) show({ x: 0, y: 0, part: 1 });
  });
  // The wheel alone goes on scrolling the page.
  svg.addEventListener("wheel", event => {
    if (!event.ctrlKey) return;
    event.preventDefault();
    const box = svg.getBoundingClientRect(), scale = width * view.part / box.width;
    zoom(event.deltaY < 0 ? .85 : 1 / .85, { x: view.x + (event.clientX - box.left) * scale, y: view.y + (event.clientY - box.top) * scale });
  }, { passive: false });
  // A drag moves the drawing; one that began on a name does not open its page.
  let grip = null, dragged = false;
  svg.addEventListener("pointerdown", event => {
    dragged = false;
    if (event.button || view.part === 1) return;
    grip = { x: event.clientX, y: event.clientY, view };
  });
  addEventListener("pointermove", event => {
    if (!grip) return;
    const scale = width * view.part / svg.getBoundingClientRect().width;
    const [dx, dy] = [event.clientX - grip.x, event.clientY - grip.y];
    dragged ||= Math.hypot(dx, dy) > 5;
    if (dragged) show({ x: grip.view.x - dx * scale, y: grip.view.y - dy * scale, part: view.part });
  });
  for (const end of ["pointerup", "pointercancel"]) addEventListener(end, () => { grip = null; });
  svg.addEventListener("click", event => {
    // A click of the keyboard has no detail.
    if (dragged && event.detail) event.preventDefault();
    dragged = false;
  });
  svg.addEventListener("dragstart", event => event.preventDefault());
})();
