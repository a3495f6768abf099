// The map: a path for each zone (or a dot, where no outlines are loaded), borders, numbers of localities, and marks.
// It knows nothing of saving: `act` says what a click, a stroke or a key does.
const editor = (globalThis.boundaryEditor ??= {});

const SVG = "http://www.w3.org/2000/svg";
const FILLS = 8; // colours; from the ninth locality on a pattern lies over them
const CLOSEST = 40; // times
const STEP = 1.5;
const ARROWS = { ArrowUp: [0, -1], ArrowDown: [0, 1], ArrowLeft: [-1, 0], ArrowRight: [1, 0] };

const make = (name, attributes = {}, ...inside) => {
  const node = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
  node.append(...inside);
  return node;
};
editor.makeSvg = make;

// A pattern of stripes or dots over a colour; its size follows the zoom, so it looks the same at every one.
function pattern(number) {
  const second = number >= 2 * FILLS;
  const mark = second
    ? make("circle", { cx: 5, cy: 5, r: 1.8, class: "be-mark" })
    : make("path", { d: "M-1 11L11-1M-1 1L1-1M9 11L11 9", class: "be-stripe" });
  const back = make("rect", { width: 10, height: 10, class: `be-fill-${number % FILLS}` });
  return make("pattern", { id: `be-pattern-${number}`, width: 10, height: 10, patternUnits: "userSpaceOnUse" }, back, mark);
}

editor.fillOf = (number) => {
  if (number < 0) return ["be-fill-none", ""];
  const turn = number % (3 * FILLS);
  return turn < FILLS ? [`be-fill-${turn}`, ""] : ["", `url(#be-pattern-${turn})`];
};

editor.drawMap = (host, ground, act) => {
  const { bounds, dot } = ground;
  const margin = Math.max(bounds.right - bounds.left, bounds.bottom - bounds.top, 1) * 0.03 + (ground.outlines.length ? 0 : dot);
  const whole = {
    x: bounds.left - margin, y: bounds.top - margin,
    width: bounds.right - bounds.left + 2 * margin, height: bounds.bottom - bounds.top + 2 * margin,
  };
  let view = { ...whole };
  let unit = 1;

  const patterns = Array.from({ length: 2 * FILLS }, (_, at) => pattern(at + FILLS));
  const chosenMark = make("pattern", { id: "be-hatch", width: 8, height: 8, patternUnits: "userSpaceOnUse" },
    make("path", { d: "M-1 1L1-1M-1 9L9-1M7 9L9 7", class: "be-chosen-stripe" }));
  patterns.push(chosenMark);
  const layer = (name, ...inside) => make("g", { class: `be-${name}` }, ...inside);
  const zones = ground.zones.map((_, zone) => drawZone(ground, zone));
  const layers = {
    links: layer("links"), zones: layer("zones", ...zones.filter(Boolean)), chosen: layer("chosen"), today: layer("today"),
    settlements: layer("settlements"), borders: layer("borders"), crossings: layer("crossings"), practices: layer("practices"),
    numbers: layer("numbers"), notes: layer("notes"), focus: layer("focus"),
  };
  // Only zones answer to a pointer; everything else is drawn over them.
  const svg = make("svg", { class: "be-svg", role: "application", "aria-label": "Map of zones", "aria-describedby": "be-map-help" },
    make("defs", {}, ...patterns), ...Object.values(layers));
  host.replaceChildren(svg);

  const scaled = new Set(); // marks that keep their size
  const show = () => {
    const box = host.getBoundingClientRect();
    unit = Math.max(view.width / (box.width || 1), view.height / (box.height || 1));
    svg.setAttribute("viewBox", `${view.x} ${view.y} ${view.width} ${view.height}`);
    const lines = { links: 1, zones: 0.6, chosen: 2, today: 2.5, settlements: 2, borders: 2.6, crossings: 2.5, focus: 3 };
    for (const [name, width] of Object.entries(lines)) layers[name].setAttribute("stroke-width", width * unit);
    layers.today.setAttribute("stroke-dasharray", `${2 * unit} ${5 * unit}`);
    layers.settlements.setAttribute("stroke-dasharray", `${7 * unit} ${3 * unit}`);
    layers.crossings.setAttribute("stroke-dasharray", `${5 * unit} ${3 * unit}`);
    for (const each of patterns) each.setAttribute("patternTransform", `scale(${unit})`);
    for (const each of scaled) place(each);
  };
  const place = (each) => each.setAttribute("transform", `translate(${each.at[0]} ${each.at[1]}) scale(${unit})`);

  // A mark that keeps its size at every zoom.
  const mark = (name, at, ...inside) => {
    const node = make("g", {}, ...inside);
    node.at = at;
    scaled.add(node);
    place(node);
    layers[name].append(node);
    return node;
  };
  const clear = (name) => {
    for (const each of layers[name].children) scaled.delete(each);
    layers[name].replaceChildren();
  };

  const zoom = (by, at = [view.x + view.width / 2, view.y + view.height / 2]) => {
    const width = Math.min(Math.max(view.width / by, whole.width / CLOSEST), whole.width * 1.2);
    const real = width / view.width;
    view = {
      x: at[0] - (at[0] - view.x) * real, y: at[1] - (at[1] - view.y) * real,
      width, height: view.height * real,
    };
    show();
  };
  const pan = (across, down) => {
    view.x = Math.min(Math.max(view.x + across, whole.x - view.width / 2), whole.x + whole.width - view.width / 2);
    view.y = Math.min(Math.max(view.y + down, whole.y - view.height / 2), whole.y + whole.height - view.height / 2);
    show();
  };
  const showZone = (zone) => {
    const at = ground.points[zone];
    if (!at) return;
    const out = (from, size, where) => where < from + size * 0.08 || where > from + size * 0.92;
    if (out(view.x, view.width, at[0]) || out(view.y, view.height, at[1])) {
      view.x = at[0] - view.width / 2;
      view.y = at[1] - view.height / 2;
      show();
    }
  };

  let current = zones.findIndex(Boolean);
  const focus = (zone, { move = true } = {}) => {
    const node = zones[zone];
    if (!node) return;
    const before = zones[current];
    for (const name of ["tabindex", "role", "aria-label", "aria-pressed"]) before?.removeAttribute(name);
    current = zone;
    name(zone);
    layers.focus.replaceChildren(outlineOf(zone, "be-focus-back"), outlineOf(zone, "be-focus-front"));
    showZone(zone);
    if (move) node.focus({ preventScroll: true });
  };
  const name = (zone) => {
    const node = zones[zone];
    node?.setAttribute("tabindex", "0");
    node?.setAttribute("role", "button");
    node?.setAttribute("aria-label", ground.names[zone]);
    node?.setAttribute("aria-pressed", act.isChosen(zone));
  };
  const outlineOf = (zone, kind) => {
    const copy = zones[zone].cloneNode();
    for (const key of [...copy.getAttributeNames()]) if (!["d", "cx", "cy", "r"].includes(key)) copy.removeAttribute(key);
    copy.setAttribute("class", kind);
    return copy;
  };

  svg.addEventListener("focusin", () => svg.classList.add("be-has-focus"));
  svg.addEventListener("focusout", () => svg.classList.remove("be-has-focus"));
  svg.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const towards = ARROWS[event.key];
    if (towards && event.shiftKey) pan(towards[0] * view.width * 0.2, towards[1] * view.height * 0.2);
    else if (towards) {
      const next = editor.zoneTowards(ground, current, towards);
      if (next === null) act.tell("No zone lies further that way.");
      else {
        focus(next);
        act.walked(next);
      }
    } else if (event.key === "+" || event.key === "=") zoom(STEP, ground.points[current]);
    else if (event.key === "-") zoom(1 / STEP, ground.points[current]);
    else if (event.key === "0") all();
    else if (!act.key(event.key, event.shiftKey, current)) return;
    event.preventDefault();
  });

  const all = () => {
    view = { ...whole };
    show();
  };
  const numberAt = (x, y) => {
    const found = document.elementFromPoint(x, y)?.dataset?.zone;
    return found === undefined ? null : Number(found);
  };
  editor.watchPointers(svg, { zoom, pan, numberAt, unitNow: () => unit, act, groundAt: (x, y) => {
    const at = svg.getScreenCTM().inverse();
    return [at.a * x + at.c * y + at.e, at.b * x + at.d * y + at.f];
  } });
  new ResizeObserver(show).observe(host);
  svg.addEventListener("focusin", (event) => {
    const met = Number(event.target.dataset?.zone ?? -1);
    if (met >= 0) act.walked(met);
  });
  show();
  name(current);

  return {
    svg, layers, mark, clear, zoom, pan, all, focus, outlineOf, make,
    get current() { return current; },
    step: STEP,
    colour(zone, number) {
      const node = zones[zone];
      if (!node) return;
      const [kind, fill] = editor.fillOf(number);
      node.setAttribute("class", `be-zone ${kind}`);
      if (fill) node.setAttribute("fill", fill);
      else node.removeAttribute("fill");
    },
    choose(chosen) {
      const there = [...chosen].filter((zone) => zones[zone]);
      layers.chosen.replaceChildren(...there.map((zone) => outlineOf(zone, "be-chosen-zone")));
      // A stylesheet would look for the pattern in its own file.
      for (const each of layers.chosen.children) each.setAttribute("fill", "url(#be-hatch)");
      zones[current]?.setAttribute("aria-pressed", act.isChosen(current));
    },
  };
};

function drawZone(ground, zone) {
  const outline = ground.outlines[zone];
  const at = ground.points[zone];
  if (outline) return make("path", { d: outline, "data-zone": zone, class: "be-zone", "fill-rule": "evenodd" });
  return at ? make("circle", { cx: at[0], cy: at[1], r: ground.dot, "data-zone": zone, class: "be-zone" }) : null;
}
