// Puts the facts that the app tells into the page's own text. Everything is set as text; only
// the formulas are markup, and formula.js lets nothing but plain MathML through.
import { say } from "../page/words.js";
import { formula } from "./formula.js";

export function setText(element, text) {
  if (element && element.textContent !== text) element.textContent = text;
}

function make(tag, text, attributes = {}) {
  const element = document.createElement(tag);
  if (text !== undefined) element.textContent = text;
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  return element;
}

function showKnobs(section, knobs) {
  for (const [key, { value, meaning }] of Object.entries(knobs)) {
    const knob = section.querySelector(`[data-knob="${key}"]`);
    setText(knob?.querySelector("[data-knob-value]"), value);
    setText(knob?.querySelector("[data-knob-meaning]"), meaning);
  }
}

function showTargets(section, targets) {
  for (const [key, { state, value }] of Object.entries(targets)) {
    const light = section.querySelector(`[data-target="${key}"]`);
    if (!light) continue;
    if (light.dataset.state !== state) light.dataset.state = state;
    setText(light.querySelector("[data-target-word]"), say(state === "pass" ? "light-pass" : "light-fail"));
    setText(light.querySelector("[data-target-value]"), value);
  }
}

function showFailures(section, failures) {
  const region = section.querySelector("[data-failures]");
  const shown = [...region.querySelectorAll("[data-failure]")].map((card) => card.dataset.failure);
  const wanted = failures.map(({ key }) => key);
  if (shown.join() === wanted.join()) return;
  region.replaceChildren(
    ...failures.map(({ key, title, message, remedy }) => {
      const card = make("div", undefined, { "data-failure": key, class: "failure" });
      card.append(make("h4", title), make("p", message), make("p", remedy, { class: "remedy" }));
      return card;
    }),
  );
}

// The same cells with other words in them are kept, and only those written that changed.
function refill(table, { caption, columns, rows }) {
  const [head, ...body] = table.rows;
  const lines = [columns, ...rows];
  const fits =
    head && body.length === rows.length &&
    lines.every((line, i) => table.rows[i].cells.length === line.length);
  if (!fits) return false;
  setText(table.caption, caption);
  lines.forEach((line, i) => line.forEach((word, j) => setText(table.rows[i].cells[j], word)));
  return true;
}

export function fillTable(table, { caption, columns, rows }) {
  if (refill(table, { caption, columns, rows })) return;
  const head = make("thead");
  const line = make("tr");
  line.append(...columns.map((column) => make("th", column, { scope: "col" })));
  head.append(line);
  const body = make("tbody");
  for (const row of rows) {
    const tr = make("tr");
    const [first, ...others] = row;
    tr.append(make("th", first, { scope: "row" }), ...others.map((cell) => make("td", cell)));
    body.append(tr);
  }
  table.replaceChildren(make("caption", caption), head, body);
}

// Formulas stay while a knob moves; what changes is the numbers put into them.
const drawnMath = new WeakMap();

function fillMath(panel, formulas) {
  const shape = JSON.stringify(formulas.map(({ title, mathml, source }) => [title, mathml, source]));
  if (drawnMath.get(panel) !== shape) {
    drawnMath.set(panel, shape);
    panel.replaceChildren(...formulas.map(drawFormula));
  }
  const places = panel.querySelectorAll(".formula-numbers");
  formulas.forEach(({ numbers }, i) => setText(places[i], numbers));
}

function drawFormula({ title, mathml, source }) {
  const entry = make("div", undefined, { class: "formula" });
  const drawn = make("div", undefined, { class: "formula-math" });
  drawn.append(formula(mathml));
  entry.append(
    make("h4", title),
    drawn,
    make("p", undefined, { class: "formula-numbers" }),
    make("p", source, { class: "formula-source" }),
  );
  return entry;
}

function showInstruments(section, instruments) {
  for (const [name, { summary, table, math }] of Object.entries(instruments)) {
    const figure = section.querySelector(`[data-instrument="${name}"]`);
    if (!figure) continue;
    setText(figure.querySelector("[data-summary]"), together(summary));
    // While a knob moves, only what is open is told; the rest follows when it rests.
    if (table) fillTable(figure.querySelector("table"), table);
    if (math) fillMath(figure.querySelector("[data-math]"), math);
  }
}

// A number and its unit stay on one line.
const together = (words) => words.replace(/(\d) (µs|ms|s|min|[kMG]B|[kMG]iB|m?W|GB\/s)\b/g, "$1\u00a0$2");

export function showFacts(section, facts) {
  showKnobs(section, facts.knobs);
  showTargets(section, facts.targets);
  showFailures(section, facts.failures);
  showInstruments(section, facts.instruments);
}

export function showReveal(section, { predicted, actual, off_by, sentence, label, unit }) {
  const plain = (value) =>
    typeof value === "number" ? Number(value.toPrecision(3)).toLocaleString("en") : "∞";
  // A word stands apart from its number; a sign such as × or % does not.
  const gap = /^\p{L}/u.test(unit) ? "\u00a0" : "";
  const shown = (value) => plain(value) + gap + unit;
  const right = typeof off_by === "number" && off_by < 1.05;
  const off = right ? "right on" : `off by ${plain(off_by)} times`;
  setText(
    section.querySelector("[data-reveal-sentence]"),
    `You predicted ${shown(predicted)}; it is ${shown(actual)}: ${off}.`,
  );
  const longest = Math.max(predicted, actual);
  const bar = (name, value) => {
    const row = make("div", undefined, { class: `reveal-bar reveal-bar-${name}` });
    const meter = make("meter", undefined, { min: 0, max: longest, value, "aria-label": name });
    meter.style.setProperty("--reach", String(value / longest));
    row.append(make("span", name === "you" ? "You" : "Model"), meter, make("b", shown(value)));
    return row;
  };
  const figure = section.querySelector("[data-reveal-figure]") ??
    section.querySelector(`[id$="-reveal-figure"]`);
  const bars = make("div", undefined, { class: "reveal-bars" });
  bars.append(make("p", label), bar("you", predicted), bar("model", actual), make("p", sentence));
  figure.replaceChildren(bars);
  section.querySelector("[data-reveal]").hidden = false;
}
