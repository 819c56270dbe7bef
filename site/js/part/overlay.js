// The picture at the head of the reveal: the prediction laid over the computed curve. Python gives
// places in the unit square and the words; here they become an SVG and a table.
import { fillTable, make } from "./facts.js";

const [WIDE, HIGH, LEFT, TOP, RIGHT, BELOW] = [760, 320, 64, 20, 200, 44];
const LINE = 17; // from one name to the next

function svg(tag, attributes, text) {
  const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  if (text !== undefined) element.textContent = text;
  return element;
}

const placed = ([x, y]) => [
  LEFT + x * (WIDE - LEFT - RIGHT),
  HIGH - BELOW - y * (HIGH - TOP - BELOW),
];

function drawn({ kind, points, label }) {
  const places = points.map(placed);
  const [[x, y]] = places;
  if (places.length > 1) return svg("polyline", { class: `over-${kind}`, points: places.join(" ") });
  const mark = svg("g", { class: `over-${kind}` });
  mark.append(svg("circle", { cx: x, cy: y, r: kind === "option" ? 3 : 6 }));
  return mark;
}

// The names of the marks stand beside them, each a line below the one above it.
function names(lines) {
  const marks = lines.filter(({ label }) => label).map(({ kind, points, label }) => ({
    kind, label, at: placed(points[0]),
  }));
  marks.sort((a, b) => a.at[1] - b.at[1]);
  const lowest = HIGH - BELOW + 8;
  let room = lowest;
  const places = marks.map(({ at }) => at[1]);
  for (let i = 1; i < places.length; i++) places[i] = Math.max(places[i], places[i - 1] + LINE);
  for (let i = places.length - 1; i >= 0; i--, room -= LINE) places[i] = Math.min(places[i], room);
  return marks.map(({ kind, label, at: [x] }, i) =>
    svg("text", { class: `over-${kind}`, x: x + 12, y: places[i] + 5 }, label),
  );
}

export function overlay({ lines, across, x, y, said, columns, rows }) {
  const figure = make("figure", undefined, { class: "reveal-overlay" });
  const picture = svg("svg", { viewBox: `0 0 ${WIDE} ${HIGH}`, role: "img", "aria-label": said });
  const [left, base] = placed([0, 0]);
  const [right, top] = placed([1, 1]);
  picture.append(svg("path", { class: "over-axis", d: `M${left} ${top}V${base}H${right}` }));
  let taken = -Infinity;
  for (const [at, word] of x) {
    const place = placed([at, 0])[0];
    if (place - taken < 60) continue;
    taken = place;
    picture.append(svg("text", { x: place, y: base + 18, "text-anchor": "middle" }, word));
  }
  for (const [at, word] of y) {
    picture.append(svg("text", { x: left - 8, y: placed([0, at])[1] + 4, "text-anchor": "end" }, word));
  }
  picture.append(
    svg("text", { x: (left + right) / 2, y: HIGH - 6, "text-anchor": "middle" }, across),
    ...lines.map(drawn),
    ...names(lines),
  );
  const caption = make("figcaption");
  const details = make("details");
  const table = make("table");
  fillTable(table, { caption: said, columns, rows });
  details.append(make("summary", said), table);
  caption.append(details);
  figure.append(picture, caption);
  return figure;
}

export function yours({ title, dials, lights }) {
  const box = make("div", undefined, { class: "reveal-yours" });
  const list = make("ul");
  list.append(...lights.map((light) => make("li", light)));
  box.append(make("h3", title), make("p", dials.join(" · ")), list);
  return box;
}
