// The QR code of an address, and two votes as bars: SVG made of elements, nothing parsed.
import encodeQR from "../qr/index.js";

const SPACE = "http://www.w3.org/2000/svg";
const [NARROWEST, WIDEST, LINE, BAR, GAP, TOP, NUMBER] = [320, 640, 20, 22, 14, 34, 130];

function shape(name, facts, text = "") {
  const made = document.createElementNS(SPACE, name);
  for (const [key, value] of Object.entries(facts)) made.setAttribute(key, value);
  if (text) made.textContent = text;
  return made;
}

// Dark on light in both themes: cameras want it so.
export function codeOf(address, label) {
  const rows = encodeQR(address, "raw", { border: 2 });
  const size = rows.length;
  const dark = rows.flatMap((row, y) => row.flatMap((on, x) => (on ? [`M${x},${y}h1v1h-1z`] : [])));
  const drawn = shape("svg", { viewBox: `0 0 ${size} ${size}`, role: "img", "aria-label": label, class: "peer-code" });
  drawn.append(shape("rect", { width: size, height: size, class: "peer-code-light" }), shape("path", { d: dark.join(""), class: "peer-code-dark" }));
  return drawn;
}

// `words`: what the picture is called, the key, and how a bar's number is said. `room`: in pixels.
export function bars(rows, both, words, room) {
  const wide = Math.min(Math.max(room, NARROWEST), WIDEST);
  const totals = [0, 1].map((at) => rows.reduce((sum, row) => sum + row.votes[at], 0));
  const each = LINE + BAR * (both ? 2 : 1) + GAP;
  const high = TOP + rows.length * each;
  const drawn = shape("svg", { viewBox: `0 0 ${wide} ${high}`, role: "img", "aria-label": words.label, class: "peer-bars" });
  for (const [at, key] of [words.first, ...(both ? [words.second] : [])].entries()) {
    drawn.append(shape("rect", { x: (at * wide) / 3, y: 4, width: 16, height: 16, class: `vote-${at + 1}` }), shape("text", { x: (at * wide) / 3 + 24, y: 18 }, key));
  }
  for (const [index, row] of rows.entries()) {
    const y = TOP + index * each;
    drawn.append(shape("text", { x: 0, y: y + 15 }, row.name));
    for (const at of both ? [0, 1] : [0]) {
      const share = totals[at] ? row.votes[at] / totals[at] : 0;
      const top = y + LINE + at * BAR;
      drawn.append(shape("rect", { x: 0, y: top, width: Math.max(1, share * (wide - NUMBER)), height: BAR - 3, class: `vote-${at + 1}` }));
      drawn.append(shape("text", { x: Math.max(1, share * (wide - NUMBER)) + 8, y: top + 15 }, words.said(row.votes[at], totals[at])));
    }
  }
  return drawn;
}
