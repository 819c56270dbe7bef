// The picture at the head of the reveal: the prediction laid over the computed curve. Python gives
// places in the unit square and the words; here they become an SVG and a table.
import { fillTable } from "./facts.js";

const [WIDE, HIGH, LEFT, TOP, RIGHT, BELOW] = [640, 300, 64, 20, 76, 44];

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
  mark.append(svg("circle", { cx: x, cy: y, r: label ? 6 : 3 }));
  return mark;
}

// The names of the two marks stand beside them, and never on each other.
function names(lines) {
  const marks = lines.filter(({ label }) => label).map(({ kind, points, label }) => ({
    kind, label, at: placed(points[0]),
  }));
  marks.sort((a, b) => a.at[1] - b.at[1]);
  const [upper, lower] = marks.map(({ at }) => at[1]);
  const apart = Math.max(0, 18 - (lower - upper)) / 2;
  return marks.map(({ kind, label, at: [x, y] }, i) =>
    svg("text", { class: `over-${kind}`, x: x + 12, y: y + 5 + (i ? apart : -apart) }, label),
  );
}

export function overlay({ lines, across, x, y, said, columns, rows }) {
  const figure = document.createElement("figure");
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
  const caption = document.createElement("figcaption");
  const details = document.createElement("details");
  const summary = document.createElement("summary");
  const table = document.createElement("table");
  summary.textContent = said;
  fillTable(table, { caption: said, columns, rows });
  details.append(summary, table);
  caption.append(details);
  figure.append(picture, caption);
  figure.className = "reveal-overlay";
  return figure;
}

export function yours({ title, dials, lights, met }) {
  const box = document.createElement("div");
  const head = document.createElement("h3");
  const table = document.createElement("table");
  head.textContent = title;
  fillTable(table, { caption: dials.join(" · "), columns: lights.map(([label]) => label), rows: [] });
  const row = table.tBodies[0].insertRow();
  lights.forEach(([, value, limit], i) => {
    row.insertCell().textContent = `${met[i] ? "✓" : "✗"} ${value} (${limit})`;
  });
  box.className = "reveal-yours";
  box.append(head, table);
  return box;
}
