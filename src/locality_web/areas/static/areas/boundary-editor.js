// Edit an option of boundaries on a map. This joins the parts: the ground, the map, the list, saving, and what is said.
// Everything here also works as plain forms on the list of zones of the option; without scripts this page leads there.
const editor = (globalThis.boundaryEditor ??= {});

const root = document.getElementById("editor");
const byId = (name) => document.getElementById(`be-${name}`);
const say = (number) => editor.say(number);

async function begin() {
  const { ground: groundAt, state: stateAt, topology: topologyAt, edit, kept } = root.dataset;
  const read = async (address) => {
    const answer = await fetch(address, { credentials: "same-origin" });
    if (!answer.ok) throw new Error(`${answer.status} for ${address}`);
    return answer.json();
  };
  const shapes = topologyAt ? read(topologyAt).catch(() => null) : null;
  const [sent, state, topology] = await Promise.all([read(groundAt), read(stateAt), shapes]);
  const ground = editor.readGround(sent, topology);
  const { token, today, notes } = state;
  open({ ground, state, today, notes, addresses: { edit, state: stateAt }, kept, token });
}

function open({ ground, state, today, notes, addresses, kept, token }) {
  let base = state; // as the server has it
  let division = [...state.division]; // as it is drawn: with what is not saved yet
  let before = null; // the figures before the last edit
  let stroke = new Map(); // what a stroke of the brush has met
  let pieces = new Map();
  const chosen = new Set();
  const to = byId("to");

  const nameOf = (number) => (number < 0 ? "no locality" : base.localities[number].name);
  const keyOf = (number) => (number < 0 ? "" : base.localities[number].key);
  const target = () => (to.value === "" ? null : Number(to.value));

  // ---- what a click, a stroke or a key does
  const move = (zones, number) => {
    const real = zones.filter((zone) => division[zone] !== number);
    if (!real.length) return tell("They are there already.");
    const moves = Object.fromEntries(real.map((zone) => [ground.zones[zone], keyOf(number)]));
    chooseNone();
    saving.push({ do: "move", moves });
    draw();
    const what = real.length === 1 ? ground.names[real[0]] : `${say(real.length)} zones`;
    tell(`${what}: moved to ${nameOf(number)}.`);
  };
  // From a zone that is not among the chosen ones, that zone alone is moved.
  const moveChosen = (zone) => {
    const those = zone === undefined || chosen.has(zone) ? [...chosen] : [zone];
    if (!those.length) return tell("Choose zones first.");
    if (target() === null) {
      to.focus();
      return tell("Choose the locality first.");
    }
    move(those, target());
  };
  const toggle = (zone) => {
    if (!chosen.delete(zone)) chosen.add(zone);
    choices([zone]);
  };
  const chooseAll = (zones) => {
    zones.forEach((zone) => chosen.add(zone));
    choices(zones);
  };
  const act = {
    isChosen: (zone) => chosen.has(zone),
    homeOf: (zone) => division[zone],
    nameOf,
    tell,
    chooseAll,
    isPainting: () => byId("paint").checked,
    clicked: toggle,
    paint(zone) {
      if (zone === null || target() === null || stroke.has(zone)) return;
      stroke.set(zone, true);
      map.colour(zone, target());
    },
    forgetStroke() {
      for (const zone of stroke.keys()) map.colour(zone, division[zone]);
      stroke = new Map();
    },
    endStroke() {
      const zones = [...stroke.keys()];
      stroke = new Map();
      if (zones.length) move(zones, target());
      else if (target() === null) tell("Choose the locality to paint first.");
    },
    walked: (zone) => tell(describe(zone)),
    // Keys that map and list share; says whether it was one of them.
    key(key, shift, zone) {
      if (key === " ") {
        toggle(zone);
        tell(`${ground.names[zone]}: ${chosen.has(zone) ? "chosen" : "not chosen"}. ${say(chosen.size)} chosen.`);
      } else if (key === "Enter" && shift) moveChosen(zone);
      else if (key === "Enter") {
        if (!chosen.has(zone)) toggle(zone);
        to.focus();
      } else if (key === "Escape") chooseNone();
      else return false;
      return true;
    },
  };
  const describe = (zone) => {
    const beside = ground.neighbours[zone].map((other) => `${ground.names[other]} (${nameOf(division[other])})`);
    const town = ground.settlements[ground.settlement[zone]];
    return `${ground.names[zone]}: ${say(ground.people[zone])} people${town ? `, ${town}` : ""}, in ${nameOf(division[zone])}. `
      + `Beside: ${beside.join(", ") || "nothing"}.`;
  };
  const chooseNone = () => {
    const those = [...chosen];
    chosen.clear();
    choices(those);
  };

  // ---- what is shown
  function tell(says) {
    const live = byId("says");
    live.textContent = live.textContent === says ? `${says} ` : says;
  }
  function choices(zones) {
    map?.choose(chosen);
    list.tell(zones);
    const people = [...chosen].reduce((sum, zone) => sum + ground.people[zone], 0);
    const what = chosen.size === 1 ? ground.names[[...chosen][0]] : `${say(chosen.size)} zones`;
    byId("chosen").textContent = chosen.size ? `${what} chosen, with ${say(people)} people.` : "No zone is chosen.";
  }
  function draw(everything = false) {
    const now = [...base.division];
    const place = new Map(base.localities.map(({ key }, number) => [key, number]));
    for (const each of saving.waiting) {
      for (const [code, key] of Object.entries(each.moves ?? {})) now[ground.number.get(code)] = key === "" ? -1 : place.get(key) ?? -1;
    }
    const changed = [...now.keys()].filter((zone) => everything || now[zone] !== division[zone]);
    if (!changed.length) return;
    division = now;
    for (const zone of changed) map?.colour(zone, division[zone]);
    list.tell(changed);
    choices([]);
    pieces = editor.piecesOf(ground, division);
    if (map) editor.drawDivision(map, ground, division, pieces);
    editor.showLocalities(byId("localities"), { ground, division, base, pieces });
  }
  function showBase(isNew) {
    editor.showFigures(base.figures, before);
    editor.showWarnings(byId("warnings"), base.warnings, { show: showWarning, nameOf });
    const ready = !base.warnings.length;
    byId("final-why").textContent = ready ? "Nothing keeps it from being final." : "It can be made final when nothing is left to mend.";
    byId("final").setAttribute("aria-disabled", !ready);
    for (const each of document.querySelectorAll("[data-version]")) each.value = base.version;
    if (isNew) editor.fillLocalities(base.localities, [to, byId("find-locality"), byId("find-border")]);
    changed();
  }
  // A warning leads to the zone that has to be looked at: of what is cut off, the smallest part.
  const showWarning = (warning) => {
    const own = warning.localities.flatMap((number) => pieces.get(number) ?? []);
    own.sort((one, two) => one.length - two.length);
    const zone = warning.zones.length ? ground.number.get(warning.zones[0]) : editor.middleOf(ground, own[0] ?? []) ?? own[0]?.[0];
    if (zone === undefined) return to.focus();
    chosen.clear();
    (warning.zones.length ? warning.zones.map((code) => ground.number.get(code)) : own[0]).forEach((each) => chosen.add(each));
    choices(ground.zones.keys());
    list.go(zone);
    if (map) map.focus(zone);
    else list.focus(zone);
  };
  function changed() {
    const { waiting, held, trouble } = saving;
    const left = waiting.length + held.length;
    const count = `${say(left)} ${left === 1 ? "change is" : "changes are"} not saved yet.`;
    const says = trouble ? `${count} ${trouble}` : left ? count : "Everything is saved.";
    if (trouble && byId("saving").textContent !== says) tell(says);
    byId("saving").textContent = says;
    byId("saving").parentElement.classList.toggle("lp-message--warning", Boolean(left));
    byId("again").hidden = !trouble;
    byId("held").hidden = !held.length;
    byId("undo").disabled = !(base.can_undo || waiting.length);
  }
  const take = (now) => {
    before = base.version === now.version ? before : base.figures;
    // What was drawn at the click stands as it is: an answer that agrees with it changes figures and warnings only.
    const isNew = !haveSameNames(base.localities, now.localities);
    base = now;
    draw(isNew);
    showBase(isNew);
  };

  const saving = editor.startSaving({
    addresses, kept, token, version: base.version,
    hooks: {
      changed,
      saved(now, says, edit) {
        take(now);
        const wrong = now.warnings.map(({ what }) => `${what}.`).join(" ");
        tell(edit.do === "move" ? `Saved. ${wrong || "Nothing to mend."}` : `${says} ${wrong}`);
      },
      refused(now, says) {
        take(now);
        byId("refused").hidden = false;
        byId("refused-says").textContent = says;
        tell(`${says} The map shows it as it is now.`);
      },
      held() { changed(); },
    },
  });
  const map = ground.isDrawn ? editor.drawMap(byId("map"), ground, act) : null;
  const list = editor.drawList({
    box: byId("list"), count: byId("count"), empty: byId("empty"), ground, act,
    fields: { locality: byId("find-locality"), settlement: byId("find-settlement"), border: byId("find-border"), find: byId("find") },
  });

  const undo = () => {
    const unsent = saving.takeBack();
    if (unsent) {
      draw();
      changed();
      tell("Taken back before it was saved.");
    } else if (base.can_undo || saving.waiting.length) saving.push({ do: "undo" });
    else tell("There is no move to take back.");
  };
  editor.bindButtons({
    move: () => moveChosen(), none: chooseNone, undo, shown: () => chooseAll(list.shown),
    tidy: () => {
      saving.push({ do: "tidy", hold: [...chosen].map((zone) => ground.zones[zone]) });
      tell("The program is tidying up.");
    },
    again: () => saving.again(),
    "held-make": () => { saving.makeHeld(); draw(); },
    "held-drop": () => { saving.dropHeld(); byId("refused").hidden = true; },
    "refused-seen": () => { byId("refused").hidden = true; },
    print: () => print(),
  });
  document.addEventListener("keydown", (event) => {
    const isTyping = event.target.matches("input:not([type=radio], [type=checkbox]), textarea");
    if ((event.ctrlKey || event.metaKey) && !event.shiftKey && event.key.toLowerCase() === "z" && !isTyping) {
      event.preventDefault();
      undo();
    }
  });
  byId("add-form").addEventListener("submit", (event) => {
    event.preventDefault();
    const name = byId("add-name").value.trim();
    if (name) saving.push({ do: "add", name });
    byId("add-name").value = "";
  });
  byId("final-form").addEventListener("submit", (event) => {
    if (byId("final").getAttribute("aria-disabled") !== "true" && !saving.waiting.length) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    tell(saving.waiting.length ? "Wait until everything is saved." : byId("final-why").textContent);
    byId("final-why").focus();
  });

  byId("loading").hidden = true;
  root.hidden = false;
  if (map) editor.bindMap(map, ground, { today, notes, showNote: (zone) => map.focus(zone) });
  else byId("map-part").hidden = true;
  showBase(true);
  draw(true);
  root.dataset.ready = "yes";
  // The map is painted first; the list of a large partnership takes as long again.
  requestAnimationFrame(() => setTimeout(() => {
    performance.mark("map-painted");
    list.find();
    root.dataset.listed = "yes";
  }, 0));
}

function haveSameNames(some, others) {
  return some.length === others.length && some.every(({ key, name }, at) => key === others[at].key && name === others[at].name);
}

begin().catch((problem) => {
  byId("loading").textContent = "The map could not be opened. Open the page again, or use the list of zones.";
  console.warn(problem);
});
