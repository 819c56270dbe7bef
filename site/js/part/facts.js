// Puts the facts that the app tells into the page's own text. Everything is set as text; only
// the formulas are markup, and formula.js lets nothing but plain MathML through.
import { say } from "../page/words.js";
import { formula } from "./formula.js";

export function setText(element, text) {
  if (element && element.textContent !== text) element.textContent = text;
}

export function make(tag, text, attributes = {}) {
  const element = document.createElement(tag);
  if (text !== undefined) element.textContent = text;
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  return element;
}

// A reading's figures stand out; what follows them, its unit, is smaller.
function setReading(element, text) {
  if (!element || element.dataset.reading === text) return;
  element.dataset.reading = text;
  const [, figures, unit] = text.match(/^(\D*\d\S*)(\s.*)$/) ?? [text, text];
  element.replaceChildren(figures, ...(unit ? [make("span", unit, { class: "unit" })] : []));
}

function showKnobs(section, knobs) {
  for (const [key, { value, meaning }] of Object.entries(knobs)) {
    const knob = section.querySelector(`[data-knob="${key}"]`);
    setReading(knob?.querySelector("[data-knob-value]"), value);
    setText(knob?.querySelector("[data-knob-meaning]"), meaning);
  }
}

function showTargets(section, targets) {
  for (const [key, { state, value }] of Object.entries(targets)) {
    const light = section.querySelector(`[data-target="${key}"]`);
    if (!light) continue;
    if (light.dataset.state !== state) light.dataset.state = state;
    setText(light.querySelector("[data-target-word]"), say(state === "pass" ? "light-pass" : "light-fail"));
    setReading(light.querySelector("[data-target-value]"), value);
  }
}

function showFailures(section, failures) {
  const region = section.querySelector("[data-failures]");
  const shown = [...region.querySelectorAll("[data-failure]")].map((card) => card.dataset.failure);
  const wanted = failures.map(({ key }) => key);
  if (shown.join() === wanted.join()) return;
  region.replaceChildren(
    ...failures.map(({ key, title, message }) => {
      const card = make("div", undefined, { "data-failure": key, class: "failure" });
      card.append(make("h4", title), make("p", message));
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

// What is farthest from its limit, and what helps. Nothing is said to be well beside a red light.
export function showHint(section, text) {
  setText(section.querySelector("[data-hint]"), text);
}

function showDraft(section, draft) {
  setText(section.querySelector("[data-draft-known]"), draft?.known ?? "");
  setText(section.querySelector("[data-draft-shows]"), draft?.shows ?? "");
}

// Under an open lock the workbench shows its form only: whatever was told of it goes.
export function hideFacts(section) {
  for (const value of section.querySelectorAll("[data-knob-value]")) {
    delete value.dataset.reading;
    value.replaceChildren();
  }
  const told =
    "[data-knob-meaning], [data-chip-value], [data-summary], [data-workbench] table, [data-math], [data-failures], [data-verdict-by]";
  for (const each of section.querySelectorAll(told)) each.replaceChildren();
  for (const panel of section.querySelectorAll("[data-math]")) drawnMath.delete(panel);
  for (const light of section.querySelectorAll("[data-target]")) {
    light.dataset.state = "pending";
    setText(light.querySelector("[data-target-word]"), say("light-pending"));
    setReading(light.querySelector("[data-target-value]"), "–");
  }
  section.querySelector("[data-verdict]").dataset.verdict = "none";
  showDraft(section, null);
  showHint(section, "");
}

// A number and its unit stay on one line.
const together = (words) => words.replace(/(\d) (µs|ms|s|min|[kMG]B|[kMG]iB|m?W|GB\/s)\b/g, "$1\u00a0$2");

export function showFacts(section, facts) {
  showKnobs(section, facts.knobs);
  showTargets(section, facts.targets);
  showFailures(section, facts.failures);
  showHint(section, facts.hint);
  showDraft(section, facts.draft);
  showInstruments(section, facts.instruments);
}
