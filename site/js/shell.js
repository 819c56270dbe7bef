// The page's own script: the lock and the reflection work at once, Python starts behind them, and
// whatever the student does before it is ready waits in a queue that survives a reload.
import { Attention } from "./attention.js";
import { Boot } from "./boot.js";
import { Bridge } from "./bridge.js";
import { bindDeployments, showDeployments } from "./deployments.js";
import { showFacts, showReveal } from "./facts.js";
import { Figures } from "./figures.js";
import { bindLedger, save, showLedger, showLedgerMessage } from "./ledger.js";
import { bindLock, commit, reopen } from "./lock.js";
import { notice } from "./notices.js";
import { keepOffline } from "./offline.js";
import { Player } from "./player.js";
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
const attentions = new Map();

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
  for (const essay of essaysOf(part, section)) bindEssay(part, essay);
  bindDeployments(section, (kind) => send(kind, { part }));
  section.querySelector("[data-link]")?.addEventListener("click", () => send("link", { part }));
  section.querySelector("[data-reveal-open]")?.addEventListener("click", () => {
    send("reveal", { part });
  });
  section.querySelector("[data-checkpoint]")?.addEventListener("click", () => {
    for (const { kind, field } of essaysOf(part, section)) {
      if (field.value) send(kind, { part, text: plainText(field.value) });
    }
    send("checkpoint", { part });
  });
  for (const figure of section.querySelectorAll("[data-instrument]")) bindFigure(part, figure);
  attentions.set(part, new Attention(section, (facts) => watch(part, facts)));
  for (const knob of section.querySelectorAll("[data-knob]")) {
    knob.addEventListener("dblclick", () => send("reset", { part, knob: knob.dataset.knob }));
  }
}

// What is in view matters once the part is drawn, and is not worth keeping for the next visit.
function watch(part, facts) {
  if (bridge.started) bridge.send("watch", { part, ...facts });
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

// The two texts a part may ask for: what the app calls them, where they stand, where their draft
// is kept while they are being typed.
function essaysOf(part, section) {
  return [
    { name: "reflect", kind: "reflect", told: "reflection" },
    { name: "defence", kind: "defend", told: "defence" },
  ]
    .map((each) => ({
      ...each,
      field: section.querySelector(`textarea[data-${each.name}]`),
      count: section.querySelector(`[data-${each.name}-count]`),
      draft: `${each.name}/${config.track}/${part}`,
    }))
    .filter(({ field }) => field);
}

function bindEssay(part, essay) {
  const { field, kind, draft } = essay;
  field.addEventListener("change", () => send(kind, { part, text: plainText(field.value) }));
  field.addEventListener("input", () => {
    store.set(draft, field.value);
    countEssay(essay);
  });
}

function countEssay({ field, count }) {
  if (count) count.textContent = String(field.value.trim().length);
}

// Half of a surrogate pair is no text; the ledger refuses it.
const plainText = (text) => text.toWellFormed?.() ?? text;

function fillEssays(part, section, told) {
  for (const essay of essaysOf(part, section)) {
    essay.field.value ||= store.get(essay.draft) || told?.[essay.told] || "";
    countEssay(essay);
  }
}

// What is stored shows at once, long before Python has read the ledger.
function restore(part, section) {
  const parts = store.getJSON(`parts/${config.track}`, {});
  const queued = bridge.queue.find((each) => each.kind === "predict" && each.part === part);
  const answer = parts[part]?.prediction || queued?.answer;
  if (answer) commit(section, answer);
  fillEssays(part, section, parts[part]);
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
    const part = await figures.render(text);
    attentions.get(part).say();
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
    showPlayers(message.part, section, message.instruments);
    if (message.brief) return; // a knob is moving; the whole follows when it rests
    showDeployments(section, message.deployments);
    store.setJSON(settingsKey(message.part), message.settings);
    if (message.passed && !passed.has(message.part)) send("passed", { part: message.part });
    if (message.passed && !revealed.has(message.part)) send("reveal", { part: message.part });
  },
  ledger({ text, parts, view, evidence }) {
    showLedger(view, evidence);
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
  link: ({ part, query }) => shareLink(part, query),
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

const players = new Map();

function showPlayers(part, section, instruments) {
  for (const [instrument, { steps }] of Object.entries(instruments)) {
    const key = `${part}/${instrument}`;
    if (steps && !players.has(key)) {
      const figure = section.querySelector(`[data-instrument="${instrument}"]`);
      players.set(key, new Player(figure, (index) => send("step", { part, instrument, index })));
    }
    players.get(key)?.resize(steps);
  }
}

async function shareLink(part, query) {
  const address = `${location.href.split(/[?#]/)[0]}?${query}`;
  history.replaceState(null, "", `?${query}`);
  const place = sections.get(part).querySelector("[data-link-state]");
  try {
    await navigator.clipboard.writeText(address);
    place.textContent = "Copied; it opens exactly this setting.";
  } catch {
    place.textContent = "It stands in the address bar now.";
  }
}

function hear(message) {
  heard[message.kind]?.(message);
}

function showProgress(part, section, state) {
  if (!state) return;
  if (state.prediction && section.dataset.lockState === "open") commit(section, state.prediction);
  if (!state.prediction && section.dataset.lockState === "committed") reopen(section);
  if (state.passed) passed.add(part);
  fillEssays(part, section, state);
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
bridge.post("boot", { base: base.href, config, fresh: Boot.retrying });
