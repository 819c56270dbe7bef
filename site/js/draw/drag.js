// The operating point of a figure is in the hand too: dragged, it turns the dial that the figure
// names by its tag, as far as that dial goes. A frontier's rate is in proportion to its dial; along a
// seesaw's curve lie the values of its own.
const REACH_PX = 24; // a fingertip

const viewIn = (slot) => [...Bokeh.index].find(({ el }) => slot?.contains(el));

// Where along a curve a pointer is nearest, between its points too.
function nearest(points, values, [x, y]) {
  let [least, found] = [Infinity, values[0]];
  for (let i = 1; i < points.length; i += 1) {
    const [[ax, ay], [bx, by]] = [points[i - 1], points[i]];
    const [dx, dy] = [bx - ax, by - ay];
    const way = ((x - ax) * dx + (y - ay) * dy) / (dx * dx + dy * dy || 1);
    const part = Math.min(Math.max(way, 0), 1);
    const off = Math.hypot(ax + part * dx - x, ay + part * dy - y);
    if (off < least) [least, found] = [off, values[i - 1] + part * (values[i] - values[i - 1])];
  }
  return found;
}

// What the pointer is near enough to take, if the part is open: the way back from the pointer to the
// dial's value, as the figure is now.
function handleAt(slot, event) {
  const section = slot.closest("[data-lock-state=committed]");
  const plot = section && viewIn(slot);
  const named = (name) => plot?.model.renderers?.find((each) => each.name === name);
  const here = named("here");
  const dial = here && viewIn(section.querySelector(`[data-knob="${here.glyph.tags[0]}"]`))?.model.data;
  if (!dial) return null;
  const { x_scale, y_scale } = plot.frame;
  const screen = ({ x, y }) =>
    Array.from(x, (each, i) => [x_scale.compute(each), y_scale.compute(y[i])]);
  const pointer = ({ clientX, clientY }) => {
    const { left, top } = plot.canvas_view.el.getBoundingClientRect();
    return [clientX - left, clientY - top];
  };
  const { data } = here.data_source;
  const [[[x, y]], at] = [screen(data), pointer(event)];
  const off = [x - at[0], y - at[1]]; // the point doesn't jump into the middle of the hand
  if (Math.hypot(...off) > REACH_PX) return null;
  const [curve, perUnit] = [named("along")?.data_source.data, data.x[0] / dial.value];
  const valueAt = (place) =>
    curve ? nearest(screen(curve), curve.batch, place) : x_scale.invert(place[0]) / perUnit;
  return (moved) => {
    const { start, end, step } = dial;
    const wanted = valueAt(pointer(moved).map((each, i) => each + off[i]));
    const stepped = start + Math.round((wanted - start) / step) * step;
    const value = Number(Math.min(Math.max(stepped, start), end).toPrecision(12));
    if (value !== dial.value) dial.value = value;
  };
}

function bind(slot) {
  let turn = null;
  const show = (event, cursor) => {
    for (const each of [slot, event.composedPath()[0]]) each.style.cursor = cursor;
  };
  // Only where the point is taken: everywhere else a finger scrolls the page.
  slot.addEventListener("touchstart", (event) => {
    if (event.cancelable && handleAt(slot, event.touches[0])) event.preventDefault();
  }, { passive: false });
  slot.addEventListener("pointerdown", (event) => {
    turn = event.isPrimary && event.button === 0 ? handleAt(slot, event) : null;
    if (!turn) return;
    slot.setPointerCapture(event.pointerId);
    show(event, "grabbing");
  });
  slot.addEventListener("pointermove", (event) => {
    if (turn) turn(event);
    else if (event.pointerType === "mouse") show(event, handleAt(slot, event) ? "grab" : "");
  });
  for (const end of ["pointerup", "pointercancel", "lostpointercapture"]) {
    slot.addEventListener(end, (event) => {
      if (turn) show(event, "");
      turn = null;
    });
  }
}

const bound = new WeakSet();

export function bindDrag(section) {
  for (const slot of section.querySelectorAll("[data-slot=instrument]")) {
    if (!bound.has(slot)) bind(slot);
    bound.add(slot);
  }
}
