// Mouse, pen and fingers on the map: a click chooses, a drag moves the map or paints, two fingers zoom.
const editor = (globalThis.boundaryEditor ??= {});

const STILL = 6; // pixels a pointer may move and still click

editor.watchPointers = (svg, { zoom, pan, numberAt, unitNow, groundAt, act }) => {
  const down = new Map();
  let moved = 0;
  let painting = false;
  let pinched = false;

  svg.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    down.set(event.pointerId, [event.clientX, event.clientY]);
    svg.setPointerCapture(event.pointerId);
    if (down.size === 1) {
      [moved, pinched] = [0, false];
      painting = act.isPainting();
      if (painting) act.paint(numberAt(event.clientX, event.clientY));
    } else {
      // A second finger means zooming: what the first one painted by accident is not kept.
      if (painting) act.forgetStroke();
      [painting, pinched] = [false, true];
    }
  });

  svg.addEventListener("pointermove", (event) => {
    const before = down.get(event.pointerId);
    if (!before) return;
    const now = [event.clientX, event.clientY];
    if (down.size === 2) pinch(event.pointerId, before, now);
    else if (painting) strokeTo(before, now);
    else {
      moved += Math.hypot(now[0] - before[0], now[1] - before[1]);
      if (moved > STILL && !pinched) pan((before[0] - now[0]) * unitNow(), (before[1] - now[1]) * unitNow());
    }
    down.set(event.pointerId, now);
  });

  // A quick stroke jumps over zones between two events; they are painted as well.
  const strokeTo = (before, now) => {
    const steps = Math.ceil(Math.hypot(now[0] - before[0], now[1] - before[1]) / 4);
    for (let at = 1; at <= steps; at += 1) {
      act.paint(numberAt(before[0] + ((now[0] - before[0]) * at) / steps, before[1] + ((now[1] - before[1]) * at) / steps));
    }
  };

  const pinch = (finger, before, now) => {
    const other = [...down].find(([each]) => each !== finger)[1];
    const apart = (place) => Math.hypot(place[0] - other[0], place[1] - other[1]) || 1;
    const middle = [(now[0] + other[0]) / 2, (now[1] + other[1]) / 2];
    zoom(apart(now) / apart(before), groundAt(...middle));
    pan(((before[0] - now[0]) / 2) * unitNow(), ((before[1] - now[1]) / 2) * unitNow());
  };

  const up = (event) => {
    if (!down.delete(event.pointerId)) return;
    if (painting && !down.size) act.endStroke();
    else if (event.type === "pointerup" && !painting && !pinched && moved <= STILL) {
      const zone = numberAt(event.clientX, event.clientY);
      if (zone !== null) act.clicked(zone);
    }
    if (!down.size) painting = false;
  };
  svg.addEventListener("pointerup", up);
  svg.addEventListener("pointercancel", up);

  svg.addEventListener("wheel", (event) => {
    if (!event.ctrlKey) return; // without it the page scrolls, as everywhere
    event.preventDefault();
    zoom(Math.exp(-event.deltaY / 200), groundAt(event.clientX, event.clientY));
  }, { passive: false });
};
