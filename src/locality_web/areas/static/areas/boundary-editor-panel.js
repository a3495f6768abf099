// What stands around the map: localities, figures, what is to mend, marks that can be shown, buttons.
const editor = (globalThis.boundaryEditor ??= {});

const at = (name) => document.getElementById(`be-${name}`);
const MOST_NAMED = 12; // settlements whose names are written on the map

function element(name, text = "", attributes = {}) {
  const node = document.createElement(name);
  node.textContent = text;
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
  return node;
}

function swatch(number) {
  const [kind, fill] = editor.fillOf(number);
  const box = editor.makeSvg("rect", { width: 26, height: 20, class: `be-swatch ${kind}` });
  if (fill) box.setAttribute("fill", fill);
  const figure = editor.makeSvg("text", { x: 13, y: 15, class: "be-number" }, String(number + 1));
  return editor.makeSvg("svg", { width: 26, height: 20, "aria-hidden": "true", focusable: "false" }, box, figure);
}

editor.showLocalities = (host, { ground, division, base, pieces }) => {
  const people = base.localities.map(() => 0);
  let without = 0;
  division.forEach((number, zone) => {
    if (number >= 0) people[number] += ground.people[zone];
    else without += 1;
  });
  const rows = base.localities.map(({ name }, number) => {
    const row = element("li");
    const parts = (pieces.get(number) ?? []).length;
    const cut = parts > 1 ? `, in ${parts} pieces` : "";
    row.append(swatch(number), element("span", `${number + 1} ${name}: ${editor.say(people[number])} people${cut}`));
    return row;
  });
  if (without) rows.push(element("li", `In no locality: ${editor.say(without)} ${without === 1 ? "zone" : "zones"}`));
  host.replaceChildren(...rows);
};

// Borders and numbers: one number for each piece, so that a piece that is cut off has its own.
editor.drawDivision = (map, ground, division, pieces) => {
  const { layers, make } = map;
  layers.borders.replaceChildren(make("path", { d: ground.borderArcs((zone) => (zone < 0 ? null : division[zone])) }));
  if (!ground.outlines.length) {
    const lines = [];
    ground.neighbours.forEach((beside, zone) => beside.forEach((other) => {
      const [from, to] = [ground.points[zone], ground.points[other]];
      if (zone < other && from && to && division[zone] === division[other]) lines.push(`M${from.join(" ")}L${to.join(" ")}`);
    }));
    layers.links.replaceChildren(make("path", { d: lines.join("") }));
  }
  map.clear("numbers");
  pieces.forEach((those, number) => those.forEach((piece) => {
    const middle = editor.middleOf(ground, piece);
    if (middle === null) return;
    const text = String(number + 1);
    const half = 5 + 4.5 * text.length;
    map.mark("numbers", ground.points[middle],
      make("rect", { x: -half, y: -11, width: 2 * half, height: 22, rx: 11, class: "be-badge" }),
      make("text", { y: 5, class: "be-number" }, text));
  }));
};

editor.showFigures = (figures, before) => {
  for (const row of document.querySelectorAll("[data-measure]")) {
    const { text, figure } = figures[row.dataset.measure];
    const was = before?.[row.dataset.measure];
    row.querySelector("[data-now]").textContent = text;
    if (!was) continue;
    const note = row.querySelector("[data-before]");
    const differs = was.text !== text && was.figure !== null && figure !== null;
    const isBetter = differs && (figure > was.figure) === (row.dataset.better === "higher");
    const word = row.dataset.better === "neither" ? "" : isBetter ? "better" : "worse";
    const isShort = row.tagName === "DIV"; // the panel beside the map says only what changed
    note.textContent = differs ? `${isShort ? "before: " : ""}${was.text}${word ? `, now ${word}` : ""}` : isShort ? "" : "no change";
    note.classList.toggle("be-better", differs && word === "better");
    note.classList.toggle("be-worse", differs && word === "worse");
  }
};

editor.showWarnings = (host, warnings, { show }) => {
  host.replaceChildren(...warnings.map((each) => {
    const row = element("li");
    const what = each.what.charAt(0).toUpperCase() + each.what.slice(1);
    row.append(element("span", `${what}. ${each.do} `));
    if (each.zones.length || each.code !== "locality-empty") {
      const button = element("button", "Show me", { type: "button", class: "lp-link-button" });
      button.append(element("span", `: ${what}`, { class: "visually-hidden" }));
      button.addEventListener("click", () => show(each));
      row.append(button);
    }
    return row;
  }));
  at("warnings-part").hidden = !warnings.length;
  at("sound").hidden = Boolean(warnings.length);
};

editor.fillLocalities = (localities, selects) => {
  for (const select of selects) {
    const kept = select.value;
    const fixed = [...select.options].filter((each) => each.dataset.fixed);
    const options = localities.map(({ name }, number) => new Option(`${number + 1} ${name}`, number));
    const [first, ...last] = fixed;
    select.replaceChildren(first, ...options, ...last);
    select.value = [...select.options].some((each) => each.value === kept) ? kept : "";
  }
};

editor.bindButtons = (does) => {
  for (const [name, act] of Object.entries(does)) at(name)?.addEventListener("click", act);
};

// Zoom and pan buttons, and what can be shown on top of the zones.
editor.bindMap = (map, ground, { today, notes, showNote }) => {
  const far = () => Number(map.svg.viewBox.baseVal.width) * 0.25;
  editor.bindButtons({
    in: () => map.zoom(map.step), out: () => map.zoom(1 / map.step), whole: map.all,
    left: () => map.pan(-far(), 0), right: () => map.pan(far(), 0), up: () => map.pan(0, -far()), down: () => map.pan(0, far()),
  });
  const places = notes.map((note) => ({ ...note, zone: zoneOf(ground, note) })).filter(({ zone }) => zone !== undefined);
  const draws = {
    settlements: () => drawSettlements(map, ground),
    practices: () => drawPractices(map, ground),
    crossings: () => drawCrossings(map, ground),
    notes: () => drawNotes(map, ground, places),
    today: () => map.layers.today.replaceChildren(map.make("path", { d: ground.borderArcs((zone) => (zone < 0 ? null : today[zone])) })),
  };
  for (const [name, draw] of Object.entries(draws)) {
    const box = at(`show-${name}`);
    if (!box) continue;
    const show = () => {
      const layer = map.layers[name];
      if (box.checked && !layer.childElementCount) draw();
      layer.toggleAttribute("hidden", !box.checked);
      layer.setAttribute("visibility", box.checked ? "visible" : "hidden");
      if (name === "notes") at("notes").hidden = !box.checked;
    };
    box.addEventListener("change", show);
    show();
  }
  listNotes(places, notes, showNote);
};

function zoneOf(ground, { kind, spot }) {
  if (kind === "zone") return ground.number.get(spot);
  const town = ground.settlements.indexOf(spot);
  const own = [...ground.zones.keys()].filter((zone) => ground.settlement[zone] === town);
  return editor.middleOf(ground, own) ?? undefined;
}

function drawSettlements(map, ground) {
  const town = (zone) => (zone < 0 ? -1 : ground.settlement[zone]);
  map.layers.settlements.append(map.make("path", { d: ground.borderArcs(town) }));
  const own = ground.settlements.map(() => ({ people: 0, zones: [] }));
  ground.zones.forEach((_, zone) => {
    if (town(zone) < 0) return;
    own[town(zone)].people += ground.people[zone];
    own[town(zone)].zones.push(zone);
  });
  const largest = [...own.keys()].sort((one, two) => own[two].people - own[one].people).slice(0, MOST_NAMED);
  for (const each of largest) {
    const middle = editor.middleOf(ground, own[each].zones);
    if (middle !== null) map.mark("settlements", ground.points[middle], map.make("text", { y: 24, class: "be-name" }, ground.settlements[each]));
  }
}

function drawPractices(map, ground) {
  for (const { code, name, cluster, known, at: [east, north] } of ground.practices) {
    // Where it stands is not known: an open sign, in the middle of its patients.
    const sign = map.make("path", { d: "M0 -6L6 0L0 6L-6 0Z", class: known ? "be-practice" : "be-practice be-practice-about" });
    const about = [`Practice ${code}`, name, cluster, known ? "" : "drawn in the middle of where its patients live"];
    sign.append(map.make("title", {}, about.filter(Boolean).join(", ")));
    map.mark("practices", ground.fit.at(east, north), sign);
  }
}

function drawCrossings(map, ground) {
  for (const [one, two] of ground.crossings) {
    const [from, to] = [ground.points[one], ground.points[two]];
    if (!from || !to) continue;
    const line = map.make("path", { d: `M${from.join(" ")}L${to.join(" ")}` });
    line.append(map.make("title", {}, ground.declared[`${ground.zones[one]} ${ground.zones[two]}`] ?? "A crossing"));
    map.layers.crossings.append(line);
  }
}

function drawNotes(map, ground, places) {
  for (const { zone, text } of places) {
    if (!ground.points[zone]) continue;
    const sign = map.make("path", { d: "M-8 -26H8V-12H3L0 0L-3 -12H-8Z", class: "be-note" });
    sign.append(map.make("title", {}, text));
    map.mark("notes", ground.points[zone], sign);
  }
}

function listNotes(places, notes, showNote) {
  at("notes").replaceChildren(...notes.map((note) => {
    const row = element("li", `${note.spot}: ${note.text}${note.by ? ` (${note.by})` : ""} `);
    const place = places.find((each) => each.spot === note.spot);
    if (place) {
      const button = element("button", "Show me", { type: "button", class: "lp-link-button" });
      button.append(element("span", `: ${note.spot}`, { class: "visually-hidden" }));
      button.addEventListener("click", () => showNote(place.zone));
      row.append(button);
    }
    return row;
  }));
}
