// The page's own script: the lock and the reflection work at once, Python starts behind them, and
// whatever the student does before it is ready waits in a queue that survives a reload.
import { Boot } from "./boot.js";
import { Bridge } from "./bridge.js";
import { showFacts, showReveal } from "./facts.js";
import { Figures } from "./figures.js";
import { bindLedger, save, showLedger, showLedgerMessage } from "./ledger.js";
import { bindLock, commit, reopen } from "./lock.js";
import { notice } from "./notices.js";
import { keepOffline } from "./offline.js";
import { Store } from "./store.js";
import { Theme } from "./theme.js";

const root = document.documentElement;
const config = JSON.parse(document.getElementById("lab-config").textContent);
const base = new URL(config.root, location.href);
const at = (address) => new URL(address, base).href;
const store = new Store();
const sections = new Map(
  [...document.querySelectorAll("section[data-part]")].map((each) => [Number(each.dataset.part), each]),
);
const queueKey = `queue/${config.track}`;
const settingsKey = (part) => `settings/${config.track}/${part}`;
const passed = new Set();
let ready = false;
const revealed = new Set();

const boot = new Boot(document);
const bridge = new Bridge(new URL("worker.js", import.meta.url), {
  progress: (stage, detail) => boot.progress(stage, detail),
  python: startApp,
  render: draw,
  patch: (name, text, buffers) => figures.patch(name, text, buffers),
  idle: () => figures.idle(),
  lab: (text) => hear(JSON.parse(text)),
  failed,
});
const figures = new Figures(bridge, config.scripts.map(at));
bridge.queue = store.getJSON(queueKey, []);
const theme = new Theme(store, (now) => bridge.started && bridge.send("theme", { theme: now }));

function send(kind, facts) {
  bridge.send(kind, facts);
  if (!bridge.started) store.setJSON(queueKey, bridge.queue);
}

// ---- what the student does -------------------------------------------------------------

function partShown() {
  const asked = Number(new URLSearchParams(location.search).get("part"));
  return sections.has(asked) ? asked : [...sections.keys()][0];
}

function show(part) {
  for (const [number, section] of sections) section.hidden = number !== part;
  for (const link of document.querySelectorAll("[data-part-link]")) {
    const here = Number(link.dataset.partLink) === part;
    if (here) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
}

// From part to part without a reload: Python stays, and so does what was done.
function bindNavigation() {
  document.addEventListener("click", (event) => {
    const link = event.target.closest("[data-part-link]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
    event.preventDefault();
    history.pushState(null, "", `?part=${link.dataset.partLink}`);
    go();
    document.getElementById("main")?.focus();
  });
  window.addEventListener("popstate", go);
}

function go() {
  const part = partShown();
  show(part);
  window.scrollTo(0, 0);
  if (bridge.started) bridge.post("render", part);
}

function bindPart(part, section) {
  bindLock(section, (answer) => send("predict", { part, answer }));
  const text = section.querySelector("textarea[data-reflect]");
  text?.addEventListener("change", () => send("reflect", { part, text: text.value }));
  text?.addEventListener("input", () => {
    store.set(`draft/${config.track}/${part}`, text.value);
    countReflection(section, text);
  });
  section.querySelector("[data-reveal-open]")?.addEventListener("click", () => {
    send("reveal", { part });
  });
  section.querySelector("[data-checkpoint]")?.addEventListener("click", () => {
    if (text?.value) send("reflect", { part, text: text.value });
    send("checkpoint", { part });
  });
  for (const figure of section.querySelectorAll("[data-instrument]")) bindFigure(part, figure);
  for (const knob of section.querySelectorAll("[data-knob]")) {
    knob.addEventListener("dblclick", () => send("reset", { part, knob: knob.dataset.knob }));
  }
}

function bindFigure(part, figure) {
  figure.querySelector("[data-simulate]")?.addEventListener("click", () => send("simulate", { part }));
  const peek = figure.querySelector("[data-math-peek]");
  peek?.addEventListener("click", () => {
    const open = peek.getAttribute("aria-expanded") !== "true";
    peek.setAttribute("aria-expanded", String(open));
    figure.querySelector("[data-math]").hidden = !open;
  });
}

function countReflection(section, text) {
  const place = section.querySelector("[data-reflect-count]");
  if (place) place.textContent = String(text.value.trim().length);
}

// What is stored shows at once, long before Python has read the ledger.
function restore(part, section) {
  const parts = store.getJSON(`parts/${config.track}`, {});
  const queued = bridge.queue.find((each) => each.kind === "predict" && each.part === part);
  const answer = parts[part]?.prediction || queued?.answer;
  if (answer) commit(section, answer);
  const text = section.querySelector("textarea[data-reflect]");
  if (text) {
    text.value = store.get(`draft/${config.track}/${part}`) || parts[part]?.reflection || text.value;
    countReflection(section, text);
  }
}

// ---- what the app tells ------------------------------------------------------------------

function startApp() {
  performance.mark("lab:python-ready");
  bridge.start({
    track: config.track,
    build: config.build,
    at: new Date().toISOString(),
    identity: [...crypto.getRandomValues(new Uint8Array(8))].map((b) => b.toString(16)).join(""),
    ledger: store.get("ledger"),
    query: location.search,
    theme: theme.now,
    settings: storedSettings(),
  });
  bridge.post("render", partShown());
}

function storedSettings() {
  const kept = {};
  for (const part of sections.keys()) {
    const settings = store.getJSON(settingsKey(part), null);
    if (settings) kept[part] = settings;
  }
  return kept;
}

async function draw(text) {
  boot.progress("draw");
  try {
    await figures.render(text);
  } catch (error) {
    failed({ during: "draw", text: error.message });
    return;
  }
  await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
  if (ready) return;
  ready = true;
  boot.done();
  root.dataset.python = "ready";
  performance.mark("lab:workbench-ready");
  keepOffline(at("sw.js"));
}

const heard = {
  facts(message) {
    const section = sections.get(message.part);
    showFacts(section, message);
    store.setJSON(settingsKey(message.part), message.settings);
    if (message.passed && !passed.has(message.part)) send("passed", { part: message.part });
    if (message.passed && !revealed.has(message.part)) send("reveal", { part: message.part });
  },
  ledger({ text, parts, view }) {
    showLedger(view);
    const kept = store.set("ledger", text);
    store.setJSON(`parts/${config.track}`, parts);
    store.set(queueKey, "[]");
    if (!kept) showLedgerMessage("This browser keeps nothing here: export your ledger before you leave.");
    for (const [part, section] of sections) showProgress(part, section, parts[part]);
  },
  reveal: (message) => {
    revealed.add(message.part);
    showReveal(sections.get(message.part), message);
  },
  notice: ({ text, tone }) => notice(text, tone),
  damaged({ text }) {
    store.set(`ledger-damaged-${Date.now()}`, store.get("ledger"));
    notice(`${text} A copy of it was set aside, and a new ledger begun.`, "warn");
  },
  exported({ name, text }) {
    save(name, text);
    showLedgerMessage(`Saved as ${name}.`);
  },
};

function hear(message) {
  heard[message.kind]?.(message);
}

function showProgress(part, section, state) {
  if (!state) return;
  if (state.prediction && section.dataset.lockState === "open") commit(section, state.prediction);
  if (!state.prediction && section.dataset.lockState === "committed") reopen(section);
  if (state.passed) passed.add(part);
  const text = section.querySelector("textarea[data-reflect]");
  if (text && !text.value && state.reflection) {
    text.value = state.reflection;
    countReflection(section, text);
  }
  if (state.revealed && !revealed.has(part) && bridge.started) {
    revealed.add(part);
    bridge.send("reveal", { part });
  }
  const place = section.querySelector("[data-checkpoint-state]");
  if (place) place.textContent = state.checkpointed ? "In your ledger." : "";
  for (const link of document.querySelectorAll(`[data-part-link="${part}"]`)) {
    link.dataset.state = state.checkpointed ? "done" : state.prediction ? "begun" : "open";
  }
}

function failed({ during, text, file }) {
  if (ready && during !== "boot") {
    notice(`That did not work, the lab goes on. (${text})`, "warn");
    return;
  }
  const what = file ? `${text}.` : `The lab could not start: ${text}`;
  boot.failed(`${what} What you have written is kept; try again when the network is back.`);
}

// ---- begin ---------------------------------------------------------------------------------

for (const [part, section] of sections) {
  bindPart(part, section);
  restore(part, section);
}
show(partShown());
bindNavigation();
bindLedger(send);
performance.mark("lab:lock-ready");
bridge.post("boot", { base: base.href, config });
