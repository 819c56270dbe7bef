// The open bench on its page: dials, a trace from a file, the figures that the app tells, a search, and
// what there is to take along.
import { save } from "../ledger/hand-out.js";
import { smallButton } from "../page/button.js";
import { copyText } from "../page/copy.js";
import { OwnPage } from "../page/own-page.js";
import { say } from "../page/words.js";
import { bindDials } from "../part/dials.js";
import { fillTable, make, setText } from "../part/facts.js";

const PIECE_BYTES = 1 << 20;
const STATES = ["ready", "running", "failed"];

export class BenchOnPage extends OwnPage {
  constructor(section, lab) {
    super("fleet", section, lab);
    this.attention = { say() {} };
    this.compares = false;
    this.drawn = false;
    bindDials(section);
    this.bind();
  }

  bind() {
    const onClick = (selector, act) => this.find(selector).addEventListener("click", act);
    const trace = this.find("[data-trace-import]");
    trace.addEventListener("change", () => {
      const [file] = trace.files;
      if (file) this.readTrace(file);
      trace.value = "";
    });
    const drop = this.find("[data-trace-drop]");
    drop.addEventListener("dragover", (event) => event.preventDefault());
    drop.addEventListener("drop", (event) => {
      event.preventDefault();
      const [file] = event.dataTransfer.files;
      if (file) this.readTrace(file);
    });
    const compare = this.find("[data-compare]");
    compare.addEventListener("change", () => this.ask("compare", { on: compare.checked }));
    onClick("[data-config-take]", () => this.ask("config", { text: this.find("[data-config]").value }));
    onClick("[data-search]", () => this.ask("search"));
    onClick("[data-search-stop]", () => this.ask("stop"));
    onClick("[data-link]", () => this.ask("link"));
    onClick("[data-csv]", () => save("fleet.csv", this.asCsv()));
    for (const button of this.section.querySelectorAll("[data-picture]")) {
      button.addEventListener("click", () => this.savePicture(button.dataset.picture));
    }
  }

  async readTrace(file) {
    const place = this.find("[data-trace-state]");
    const bar = this.find("[data-trace-bar]");
    const columns = this.find("[data-trace-columns]").value;
    if (!this.bridge.started) {
      setText(place, say("bench-wait"));
      return;
    }
    bar.hidden = false;
    let goes = true;
    for (let start = 0; goes && (start === 0 || start < file.size); start += PIECE_BYTES) {
      let bytes;
      try {
        bytes = new Uint8Array(await file.slice(start, start + PIECE_BYTES).arrayBuffer());
      } catch {
        setText(place, say("ledger-unreadable", { file: file.name }));
        break;
      }
      const heard = new Promise((resolve) => (this.heard = resolve));
      const last = start + PIECE_BYTES >= file.size;
      this.bridge.post("trace", { size: file.size, columns, bytes, first: start === 0, last });
      goes = await heard;
      bar.value = Math.min(1, (start + PIECE_BYTES) / Math.max(file.size, 1));
    }
    bar.hidden = true;
  }

  hear({ state, told }) {
    const { search, reading, trace } = told;
    if (STATES.includes(state)) this.find("[data-fleet-state]").dataset.fleetState = state;
    if (reading ?? trace) setText(this.find("[data-trace-state]"), reading ?? trace);
    if (["reading", "read", "refused"].includes(state)) this.heard?.(state === "reading");
    if (search) this.showSearch(search);
    if (told.knobs) this.showFacts(state, told);
  }

  showFacts(state, told) {
    for (const [key, value] of Object.entries(told.knobs)) {
      setText(document.querySelector(`[data-knob="${key}"] [data-knob-value]`), value);
    }
    this.showSecond(told.compares);
    setText(this.find("[data-fleet-said]"), say("bench-state", { state }));
    setText(this.find("[data-refusal]"), told.refusal);
    if (told.notices) this.list("[data-bench-notices]", told.notices);
    if (told.rows) this.showAnswer(told);
    if (told.estimates) this.showEstimates(told);
  }

  showAnswer(told) {
    for (const name of ["traffic", "nearest", "difference"]) setText(this.find(`[data-${name}]`), told[name]);
    const named = told.verdicts.length > 1 ? [say("bench-fleet-a"), say("bench-fleet-b")] : [];
    this.list("[data-verdicts]", told.verdicts.map((each, i) => (named[i] ? `${named[i]}: ${each}` : each)));
    if (told.commands) {
      setText(this.find("[data-commands]"), told.commands);
      setText(this.find("[data-python-code]"), told.python);
    }
    this.showTable(told);
    for (const [name, table] of Object.entries(told.tables)) this.showFigure(name, table);
  }

  // What formulas say stands beside what was simulated, and is told while a dial still moves.
  showEstimates({ estimates, trust }) {
    setText(this.find("[data-trust]"), trust);
    for (const cell of this.section.querySelectorAll("[data-estimate]")) {
      const [, key, second] = cell.dataset.estimate.match(/^(.*?)(_b)?$/);
      setText(cell, estimates[second ? 1 : 0]?.[key] ?? "–");
    }
  }

  showFigure(name, table) {
    const figure = this.find(`[data-figure="${name}"]`);
    figure.hidden = false;
    setText(figure.querySelector("[data-summary]"), table.summary);
    fillTable(figure.querySelector("table"), { caption: figure.querySelector("figcaption").textContent, ...table });
  }

  list(selector, texts) {
    this.find(selector).replaceChildren(...texts.map((text) => make("li", text)));
  }

  showSecond(compares) {
    this.find("[data-compare]").checked = compares;
    this.find("[data-part='2']").hidden = !compares;
    if (compares && !this.drawn) {
      this.drawn = true;
      this.bridge.render(2);
    }
  }

  showTable({ rows, metrics }) {
    const fleets = metrics.length > 1 ? ["a", "b"] : ["alone"];
    const names = fleets.flatMap((fleet) => [say("bench-by-formula", { fleet }), say("bench-simulated", { fleet })]);
    const head = document.createElement("tr");
    head.append(...[say("bench-figure"), ...names].map((name) => make("th", name, { scope: "col" })));
    const body = rows.map(([key, name, ...values]) => {
      const line = document.createElement("tr");
      const told = values.flatMap((value, i) => {
        const id = key + (i ? "_b" : "");
        const simulated = make("td", value, { "data-metric": id, "data-value": metrics[i][key] ?? "" });
        return [make("td", "–", { "data-estimate": id }), simulated];
      });
      line.append(make("th", name, { scope: "row" }), ...told);
      return line;
    });
    this.find("[data-figures]").replaceChildren(head, ...body);
  }

  showSearch({ running, said, columns, rows, done, total, table }) {
    this.find("[data-search]").disabled = running;
    this.find("[data-search-stop]").disabled = !running;
    const bar = this.find("[data-search-bar]");
    bar.hidden = !running;
    if (said) setText(this.find("[data-search-said]"), said);
    if (!rows) return;
    this.showFigure("search", table);
    bar.value = done / Math.max(total, 1);
    this.showRows(columns, rows);
  }

  // Each step puts the rows in order anew; a button that has the focus leaves it to the one in its place.
  showRows(columns, rows) {
    const place = this.find("[data-search-rows]");
    const held = [...place.querySelectorAll("button")].indexOf(document.activeElement);
    const head = make("tr");
    head.append(...columns.map((each) => make("th", each, { scope: "col" })), make("td"));
    const lines = rows.map(({ cells: [price, chips, split, ...others], meets }, i) => {
      const line = make("tr", undefined, { "data-search-row": i, "data-meets": meets });
      const open = smallButton(say("bench-open"), () => this.ask("open", { row: i }));
      open.setAttribute("aria-label", say("bench-open-fleet", { fleet: `${chips}, ${split}` }));
      const last = make("td");
      last.append(open);
      line.append(make("th", price, { scope: "row" }), ...[chips, split, ...others].map((each) => make("td", each)), last);
      return line;
    });
    place.replaceChildren(head, ...lines);
    place.closest("div").hidden = false;
    if (held >= 0) place.querySelectorAll("button")[held]?.focus();
  }

  async shareLink(query) {
    const address = new URL(location.href);
    address.search = query;
    const copied = await copyText(address.href);
    setText(this.find("[data-link-state]"), say(copied ? "bench-link-copied" : "bench-link", { address: address.href }));
  }

  asCsv() {
    const quoted = (text) => `"${text.replaceAll('"', '""')}"`;
    const lines = [...this.find("[data-figures]").rows].map((row) =>
      [...row.cells].flatMap((each) => [each.textContent, ...(each.dataset.value ? [each.dataset.value] : [])]),
    );
    return lines.map((line) => line.map(quoted).join(",")).join("\r\n");
  }

  async savePicture(kind) {
    const name = this.find("[data-picture-of]").value;
    const slot = document.getElementById(`p1-figure-${name}`);
    const view = [...Bokeh.index].find((each) => slot.contains(each.el));
    const blob = await view.export(kind).to_blob();
    save(`${name}.${kind}`, blob);
  }
}
