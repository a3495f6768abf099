// The list of zones: found by locality, settlement, border or name; walked and chosen by keys or pointer.
const editor = (globalThis.boundaryEditor ??= {});

const PATIENCE = 700; // milliseconds between letters of one word

// `fields`: locality, settlement, border, find (form controls); `act` as for the map.
editor.drawList = ({ box, count, empty, fields, ground, act }) => {
  const items = []; // made when they are first shown
  const itemOf = (zone) => (items[zone] ??= makeItem(zone));
  const makeItem = (zone) => {
    const node = document.createElement("li");
    node.id = `be-zone-${zone}`;
    node.setAttribute("role", "option");
    node.dataset.zone = zone;
    const about = document.createElement("span");
    about.className = "be-about";
    node.append(ground.names[zone], " ", about);
    return node;
  };
  let shown = [];
  let current = -1;
  let anchor = -1;

  const fits = (zone) => {
    const home = act.homeOf(zone);
    const asked = fields.locality.value, border = fields.border.value;
    const settlement = fields.settlement?.value ?? "";
    const text = fields.find.value.trim().toLowerCase();
    return (asked === "" || home === Number(asked))
      && (settlement === "" || ground.settlement[zone] === Number(settlement))
      && (border === "" || isOnBorder(zone, home, Number(border)))
      && (text === "" || ground.names[zone].toLowerCase().includes(text) || ground.zones[zone].toLowerCase().includes(text));
  };
  // On the border of a locality: its own zones beside others, and others' zones beside it.
  const isOnBorder = (zone, home, locality) => ground.neighbours[zone].some((other) => {
    const there = act.homeOf(other);
    return there !== home && (home === locality || there === locality);
  });

  const tell = (zone) => {
    const node = itemOf(zone);
    const town = ground.settlements[ground.settlement[zone]];
    node.lastChild.textContent = [`${editor.say(ground.people[zone])} people`, act.nameOf(act.homeOf(zone)), town].filter(Boolean).join(", ");
    node.setAttribute("aria-selected", act.isChosen(zone));
  };
  const go = (zone) => {
    items[current]?.classList.remove("be-current");
    current = zone;
    if (zone < 0 || !shown.includes(zone)) return box.removeAttribute("aria-activedescendant");
    items[zone].classList.add("be-current");
    box.setAttribute("aria-activedescendant", items[zone].id);
    const [from, to] = [items[zone].offsetTop, items[zone].offsetTop + items[zone].offsetHeight];
    if (from < box.scrollTop) box.scrollTop = from;
    else if (to > box.scrollTop + box.clientHeight) box.scrollTop = to - box.clientHeight;
  };
  const find = () => {
    shown = [...ground.zones.keys()].filter(fits);
    for (const zone of shown) tell(zone);
    box.replaceChildren(...shown.map(itemOf));
    box.hidden = !shown.length;
    empty.hidden = Boolean(shown.length);
    const people = shown.reduce((sum, zone) => sum + ground.people[zone], 0);
    count.textContent = `${editor.say(shown.length)} ${shown.length === 1 ? "zone" : "zones"} with ${editor.say(people)} people.`;
    go(shown.includes(current) ? current : shown[0] ?? -1);
  };
  const step = (by) => shown[Math.min(Math.max(shown.indexOf(current) + by, 0), shown.length - 1)] ?? -1;

  let typed = "";
  let last = 0;
  const typeAhead = (letter) => {
    const now = performance.now();
    typed = now - last > PATIENCE ? letter : typed + letter;
    last = now;
    const from = Math.max(shown.indexOf(current) + (typed.length === 1 ? 1 : 0), 0);
    const turned = [...shown.slice(from), ...shown.slice(0, from)];
    const found = turned.find((zone) => ground.names[zone].toLowerCase().startsWith(typed.toLowerCase()))
      ?? turned.find((zone) => ground.zones[zone].toLowerCase().startsWith(typed.toLowerCase()));
    if (found !== undefined) go(found);
  };
  const between = (one, two) => {
    const [from, to] = [shown.indexOf(one), shown.indexOf(two)].sort((a, b) => a - b);
    return shown.slice(Math.max(from, 0), to + 1);
  };

  const ways = { ArrowDown: 1, ArrowUp: -1, PageDown: 10, PageUp: -10, Home: -Infinity, End: Infinity };
  box.addEventListener("keydown", (event) => {
    if (event.altKey) return;
    const way = ways[event.key];
    if (way !== undefined) {
      if (!event.shiftKey) anchor = step(way);
      go(step(way));
      if (event.shiftKey) act.chooseAll(between(anchor < 0 ? current : anchor, current));
    } else if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "a") act.chooseAll(shown);
    else if (event.ctrlKey || event.metaKey) return;
    else if (event.key === " " && performance.now() - last < PATIENCE) typeAhead(" ");
    else if (current >= 0 && act.key(event.key, event.shiftKey, current)) anchor = current;
    else if (event.key.length === 1) typeAhead(event.key);
    else return;
    event.preventDefault();
  });
  box.addEventListener("click", (event) => {
    const zone = Number(event.target.closest("[data-zone]")?.dataset.zone ?? -1);
    if (zone < 0) return;
    if (event.shiftKey && anchor >= 0) act.chooseAll(between(anchor, zone));
    else act.clicked(zone);
    anchor = zone;
    go(zone);
  });
  for (const each of Object.values(fields)) each?.addEventListener(each === fields.find ? "input" : "change", find);

  return {
    find, go,
    tell(zones) { for (const zone of zones) if (items[zone]) tell(zone); },
    get shown() { return shown; },
    focus(zone) {
      if (!shown.includes(zone)) {
        for (const each of Object.values(fields)) if (each) each.value = "";
        find();
      }
      go(zone);
      box.focus();
    },
  };
};

const figures = new Intl.NumberFormat("en-GB", { maximumFractionDigits: 0 });
editor.say = (number) => figures.format(number);
