// What an option is drawn on: zones with their outlines (or points), their neighbours, and what hangs together.
// The scripts of this page share one object; each adds its part (see boundary-editor.js, which joins them).
const editor = (globalThis.boundaryEditor ??= {});

const SIDE = 10_000; // steps across the drawing where no outlines are loaded

editor.readGround = (sent, topology) => {
  const count = sent.zones.length;
  const neighbours = Array.from({ length: count }, () => []);
  const pairs = (flat) => Array.from({ length: flat.length / 2 }, (_, at) => [flat[2 * at], flat[2 * at + 1]]);
  const crossings = pairs(sent.crossings);
  for (const [one, two] of [...pairs(sent.borders), ...crossings]) {
    neighbours[one].push(two);
    neighbours[two].push(one);
  }
  const fit = topology ? fitOfTopology(topology) : fitOfPoints(sent.points);
  const points = pairs(sent.points).map(([east, north]) => (east === null ? null : fit.at(east, north)));
  const ground = { ...sent, count, neighbours, crossings, points, fit, number: new Map(), isDrawn: points.some(Boolean) };
  sent.zones.forEach((code, zone) => ground.number.set(code, zone));
  Object.assign(ground, topology ? readOutlines(topology, ground) : { outlines: [], borderArcs: () => "", bounds: null });
  ground.bounds ??= boundsOf(points.filter(Boolean));
  ground.dot = dotSize(points, neighbours);
  return ground;
};

// The drawing's unit is the topology's step; north is up, so northings count downwards.
function fitOfTopology({ transform }) {
  const [scale] = transform.scale;
  const [east, north] = transform.translate;
  return { at: (x, y) => [(x - east) / scale, (north - y) / scale] };
}

function fitOfPoints(flat) {
  const known = (from) => flat.filter((each, at) => at % 2 === from && each !== null);
  const low = (all) => all.reduce((one, two) => Math.min(one, two), Infinity);
  const high = (all) => all.reduce((one, two) => Math.max(one, two), -Infinity);
  const [easts, norths] = [known(0), known(1)];
  const scale = Math.max(high(easts) - low(easts), high(norths) - low(norths), 1) / SIDE;
  return { at: (x, y) => [(x - low(easts)) / scale, (low(norths) - y) / scale] };
}

function boundsOf(places) {
  const bounds = { left: Infinity, top: Infinity, right: -Infinity, bottom: -Infinity };
  for (const [x, y] of places) {
    bounds.left = Math.min(bounds.left, x);
    bounds.right = Math.max(bounds.right, x);
    bounds.top = Math.min(bounds.top, y);
    bounds.bottom = Math.max(bounds.bottom, y);
  }
  return bounds;
}

// A dot is a little smaller than half of the usual way to a neighbour, so that dots do not cover each other.
function dotSize(points, neighbours) {
  const ways = [];
  neighbours.forEach((beside, zone) => {
    for (const other of beside) {
      if (points[zone] && points[other]) ways.push(Math.hypot(points[zone][0] - points[other][0], points[zone][1] - points[other][1]));
    }
  });
  ways.sort((one, two) => one - two);
  return ways.length ? ways[Math.floor(ways.length / 3)] * 0.42 : SIDE / 40;
}

// Every arc is written once, as steps forward and backward; a zone's outline is a chain of them.
function readOutlines(topology, ground) {
  const forward = [], backward = [], starts = [], ends = [], corners = [];
  for (const arc of topology.arcs) {
    let [x, y] = [arc[0][0], -arc[0][1]];
    starts.push([x, y]);
    corners.push([x, y]);
    const ahead = [], behind = [];
    for (let at = 1; at < arc.length; at += 1) {
      const [across, up] = arc[at];
      ahead.push(`${across} ${-up}`);
      behind.push(`${-across} ${up}`);
      x += across;
      y -= up;
    }
    ends.push([x, y]);
    forward.push(ahead.join(" "));
    backward.push(behind.reverse().join(" "));
  }
  const ring = (arcs) => {
    const [x, y] = arcs[0] >= 0 ? starts[arcs[0]] : ends[~arcs[0]];
    return `M${x} ${y}l${arcs.map((each) => (each >= 0 ? forward[each] : backward[~each])).join(" ")}z`;
  };
  const drawn = topology.objects.zones.geometries;
  const own = drawn.map(({ id }) => ground.number.get(id) ?? -1);
  const outlines = [];
  drawn.forEach((zone, at) => {
    if (own[at] < 0) return;
    const polygons = zone.type === "Polygon" ? [zone.arcs] : zone.arcs;
    outlines[own[at]] = polygons.flat().map(ring).join("");
    const [east, north] = zone.properties.inside;
    ground.points[own[at]] = ground.fit.at(east, north);
  });
  ground.isDrawn = ground.points.some(Boolean);
  const sides = topology.sides.map(([left, right]) => [left < 0 ? -1 : own[left], right < 0 ? -1 : own[right]]);
  const inside = sides.map(([left, right]) => left >= 0 || right >= 0);
  // `of` gives for a zone what it belongs to; borders are where the two sides belong to different ones.
  const borderArcs = (of) => {
    const parts = [];
    sides.forEach(([left, right], arc) => {
      if (inside[arc] && (left < 0 ? null : of(left)) !== (right < 0 ? null : of(right))) {
        parts.push(`M${starts[arc][0]} ${starts[arc][1]}l${forward[arc]}`);
      }
    });
    return parts.join("");
  };
  const seen = corners.concat(ends).filter((_, at) => inside[at % starts.length]);
  return { outlines, borderArcs, bounds: boundsOf(seen.concat(ground.points.filter(Boolean))) };
}

// The pieces of each locality, over land and declared crossings: lists of zones, the largest first.
editor.piecesOf = (ground, division) => {
  const pieces = new Map();
  const met = new Uint8Array(ground.count);
  for (let zone = 0; zone < ground.count; zone += 1) {
    if (met[zone] || division[zone] < 0) continue;
    const piece = [zone];
    met[zone] = 1;
    for (let at = 0; at < piece.length; at += 1) {
      for (const other of ground.neighbours[piece[at]]) {
        if (!met[other] && division[other] === division[zone]) {
          met[other] = 1;
          piece.push(other);
        }
      }
    }
    if (!pieces.has(division[zone])) pieces.set(division[zone], []);
    pieces.get(division[zone]).push(piece);
  }
  pieces.forEach((those) => those.sort((one, two) => two.length - one.length));
  return pieces;
};

// The zone of a piece that lies nearest to the middle of it: there its number stands.
editor.middleOf = (ground, piece) => {
  const placed = piece.filter((zone) => ground.points[zone]);
  if (!placed.length) return null;
  const mean = (axis) => placed.reduce((sum, zone) => sum + ground.points[zone][axis], 0) / placed.length;
  const [x, y] = [mean(0), mean(1)];
  const way = (zone) => Math.hypot(ground.points[zone][0] - x, ground.points[zone][1] - y);
  return placed.reduce((best, zone) => (way(zone) < way(best) ? zone : best));
};

// The zone that lies in a direction (in steps across and down): a neighbour where there is one, else any zone.
editor.zoneTowards = (ground, zone, [across, down]) => {
  const here = ground.points[zone];
  if (!here) return null;
  const best = (those, least) => {
    let found = null, highest = 0;
    for (const other of those) {
      const there = ground.points[other];
      if (!there || other === zone) continue;
      const [x, y] = [there[0] - here[0], there[1] - here[1]];
      const way = Math.hypot(x, y) || 1;
      const along = (x * across + y * down) / way;
      // What lies straight ahead and near wins.
      const worth = along > least ? (along * along) / way : 0;
      if (worth > highest) [found, highest] = [other, worth];
    }
    return found;
  };
  return best(ground.neighbours[zone], 0.4) ?? best(ground.zones.keys(), 0.4);
};
