// The page's own script: the lock and the reflection work at once, Python starts behind them, and
// whatever the student does before it is ready waits in a queue that survives a reload.
import { goTo, query } from "./page/address.js";
import { announce, announceFacts, announceWhenStill } from "./page/announcer.js";
import { Attention } from "./part/attention.js";
import { Boot } from "./start/boot.js";
import { Bridge } from "./bridge/bridge.js";
import { copyText } from "./page/copy.js";
import { bindDeployments, showDeployments } from "./part/deployments.js";
import { bindEmbed, embedded, tellHost } from "./page/embed.js";
import { showFacts, showReveal } from "./part/facts.js";
import { Figures } from "./draw/figures.js";
import { carried, loadable } from "./start/files.js";
import { handOut } from "./ledger/hand-out.js";
import { Heartbeat } from "./bridge/heartbeat.js";
import { Keeping, randomText } from "./keep/keeping.js";
import { askLedger, bindLedger, showLedger, showLedgerMessage, watchKeeping } from "./ledger/ledger.js";
import { bindLock, commit, reopen } from "./part/lock.js";
import { notice } from "./page/notices.js";
import { keepOffline } from "./keep/offline.js";
import { Player } from "./part/player.js";
import { Queue } from "./keep/queue.js";
import { RestoreWatch } from "./start/restore-watch.js";
import { retrying } from "./start/retry.js";
import { Shelf } from "./ledger/shelf.js";
import { snapshotWhenIdle } from "./start/snapshot-when-idle.js";
import { Store } from "./keep/store.js";
import { Theme } from "./page/theme.js";

const root = document.documentElement;
const config = JSON.parse(document.getElementById("lab-config").textContent);
const base = new URL(config.root, location.href);
const at = (address) => new URL(address, base).href;
const store = new Store();
const sections = new Map(
  [...document.querySelectorAll("section[data-part]")].map((each) => [Number(each.dataset.part), each]),
);
const settingsKey = (part) => `settings/${config.track}/${part}`;
const passed = new Set();
const SAID_OF_STATE = { done: ", in your ledger", begun: ", begun", open: "" };
const siteTitle = document.title;
let ready = false;
const revealed = new Set();
const attentions = new Map();

const boot = new Boot(document, config.bytes);
const workerAddress = loadable(at(config.worker));
const bridge = new Bridge(workerAddress, {
  progress,
  python: startApp,
  render: draw,
  patch: (name, text, buffers) => figures.patch(name, text, buffers),
  idle: () => figures.idle(),
  lab: (text) => hear(JSON.parse(text)),
  failed,
});
const restoring = new RestoreWatch(() => {
  bridge.reopen();
  bootPython(true);
});
const figures = new Figures(bridge, config.scripts.map(at));
// Run while Python starts, so that drawing need not wait for it.
figures.loaded.then(() => importShim(at(config.materialBundle))).catch(() => {});
const heartbeat = new Heartbeat(bridge, () => revive("The workbench stopped answering"));
let revivals = 0;
const queue = new Queue(store, `queue/${config.track}`);
bridge.queue = queue.read();
let handed = [];
const keeping = new Keeping(store, (text, number) => bridge.send("sync", { text, number }));
const shelf = new Shelf(store, (text) => send("import", { text, replace: true }));
const theme = new Theme(store, (now) => bridge.started && bridge.send("theme", { theme: now }));

function send(kind, facts) {
  const message = bridge.send(kind, facts);
  if (!bridge.started) queue.add(message);
}

// ---- what the student does -------------------------------------------------------------

function partShown() {
  const asked = Number(new URLSearchParams(query()).get("part"));
  return sections.has(asked) ? asked : [...sections.keys()][0];
}

function show(part) {
  for (const [number, section] of sections) section.hidden = number !== part;
  for (const link of document.querySelectorAll("[data-part-link]")) {
    const here = Number(link.dataset.partLink) === part;
    if (here) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
  const heading = sections.get(part).querySelector("h1").textContent;
  document.title = `Part ${part}: ${heading} · ${siteTitle}`;
}

// From part to part without a reload: Python stays, and so does what was done.
function bindNavigation() {
  document.addEventListener("click", (event) => {
    const link = event.target.closest("[data-part-link]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
    event.preventDefault();
    goTo(new URL(link.href).search);
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

// `forget`: an earlier try failed, and whatever it left behind may be the reason.
function bootPython(forget) {
  bridge.post("boot", { base: base.href, config, fresh: retrying(), forget, carried });
}

// The stages stand beside the marks of the contract, for whoever asks where the time goes.
function progress(stage, detail, at) {
  const startTime = Math.max(0, at - performance.timeOrigin); // two clocks, if only just
  if (stage !== "fetch") performance.mark(`stage:${stage}`, { startTime });
  if (stage === "restore") restoring.began();
  boot.progress(stage, detail);
}

function startApp(restored) {
  restoring.ended();
  performance.mark("lab:python-ready");
  root.dataset.start = restored ? "snapshot" : "fresh";
  handed = [...bridge.queue];
  bridge.start({
    track: config.track,
    ...keeping.seed(config.build),
    ledger: revivals ? keeping.reopen() : keeping.open(),
    // A workbench that is started again stands where its dials stood, not where the link says.
    query: revivals ? "" : query(),
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
  progress("draw", null, performance.timeOrigin + performance.now());
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
  announce("The workbench is ready.");
  heartbeat.start();
  if (revivals) return;
  performance.mark("lab:workbench-ready");
  tellHost("ready", { track: config.track, part: partShown() });
  await keepOffline(at("sw.js"));
  const wanted = config.snapshot && root.dataset.start === "fresh";
  if (wanted) snapshotWhenIdle(workerAddress, { base: base.href, config });
}

const heard = {
  facts(message) {
    const section = sections.get(message.part);
    showFacts(section, message);
    showPlayers(message.part, section, message.instruments);
    store.setJSON(settingsKey(message.part), message.settings);
    if (message.brief) return; // a knob is moving; the whole follows when it rests
    announceFacts(section);
    showDeployments(section, message.deployments);
    if (message.passed && !passed.has(message.part)) send("passed", { part: message.part });
    if (message.passed && !revealed.has(message.part)) send("reveal", { part: message.part });
  },
  ledger(message) {
    const { parts, view, evidence } = message;
    showLedger(view, evidence);
    if (keeping.keep(message)) forget();
    shelf.drop(store.stored("ledger"));
    store.setJSON(`parts/${config.track}`, parts);
    queue.done(handed);
    for (const [part, section] of sections) showProgress(part, section, parts[part]);
  },
  tracks({ tracks }) {
    for (const [key, parts] of Object.entries(tracks)) store.setJSON(`parts/${key}`, parts);
  },
  reveal(message) {
    const section = sections.get(message.part);
    const asked = document.activeElement === section.querySelector("[data-reveal-open]");
    showReveal(section, message);
    const sentence = section.querySelector("[data-reveal-sentence]");
    if (asked) sentence.focus(); // its button is gone
    else if (!revealed.has(message.part)) announceWhenStill(sentence, () => sentence.textContent);
    revealed.add(message.part);
  },
  link: ({ part, query }) => shareLink(part, query),
  notice: ({ text, tone, place }) => {
    if (place === "ledger") showLedgerMessage(text, tone);
    else notice(text, tone);
  },
  aside: (message) => shelf.put(message),
  ask({ text, mine, theirs }) {
    const words = `This file holds another ledger (${theirs}). Open it? Yours (${mine}) is set aside below, and can be brought back.`;
    askLedger(words, "Open the file’s ledger", () => send("import", { text, replace: true }));
  },
  exported({ name, text }) {
    if (name.endsWith(".json")) keeping.exported = text;
    showLedgerMessage(handOut(name, text));
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

async function shareLink(part, settings) {
  const address = `${location.href.split(/[?#]/)[0]}?${settings}`;
  if (!embedded) history.replaceState(null, "", `?${settings}`);
  const place = sections.get(part).querySelector("[data-link-state]");
  if (await copyText(address)) place.textContent = "Copied; it opens exactly this setting.";
  else place.textContent = embedded ? `It is ${address}` : "It stands in the address bar now.";
}

// Another student's or another run's ledger is in hand: nothing of the one before stays on show.
function forget() {
  revealed.clear();
  passed.clear();
  for (const [part, section] of sections) {
    section.querySelector("[data-reveal]").hidden = true;
    for (const essay of essaysOf(part, section)) essay.field.value = "";
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
  tellProgress(part, state);
  const place = section.querySelector("[data-checkpoint-state]");
  if (place) place.textContent = state.checkpointed ? "In your ledger." : "";
  for (const link of document.querySelectorAll(`[data-part-link="${part}"]`)) {
    link.dataset.state = state.checkpointed ? "done" : state.prediction ? "begun" : "open";
    link.dataset.name ??= link.getAttribute("aria-label");
    link.setAttribute("aria-label", link.dataset.name + SAID_OF_STATE[link.dataset.state]);
  }
}

const told = new Map();

function tellProgress(part, { prediction, passed, checkpointed }) {
  const furthest = checkpointed ? "checkpointed" : passed ? "passed" : prediction ? "predicted" : "open";
  if (told.get(part) === furthest) return;
  told.set(part, furthest);
  tellHost("progress", { track: config.track, part, state: furthest });
}

// Another worker in the place of a dead one, with the ledger, the dials and whatever the dead one
// had not taken. A second death may have the same cause, so then the reader is asked.
function revive(why) {
  heartbeat.stop();
  ready = false;
  if (revivals) {
    boot.failed(`${why} again. What you have written is kept; try again, or reload the page.`);
    return;
  }
  revivals += 1;
  notice(`${why} and is started again. What you did is kept.`, "warn");
  root.dataset.python = "loading";
  boot.begin("Starting Python again");
  figures.clear();
  bridge.reopen();
  for (const each of bridge.queue) queue.add(each);
  bootPython(root.dataset.start === "snapshot");
}

function failed({ during, text, file, fatal }) {
  if (during === "boot" && restoring.waiting) {
    restoring.failed();
    return;
  }
  if (ready && fatal) {
    revive("The workbench broke down");
    return;
  }
  if (ready) {
    notice(`That did not work, the lab goes on. (${text})`, "warn");
    return;
  }
  const what = file ? `${text}.` : `The lab could not start: ${text}`;
  tellHost("error", { track: config.track, text: what });
  boot.failed(`${what} What you have written is kept; try again when the network is back.`);
}

// ---- begin ---------------------------------------------------------------------------------

for (const [part, section] of sections) {
  bindPart(part, section);
  restore(part, section);
}
show(partShown());
bindEmbed({ onTheme: (now) => theme.show(now) });
document.querySelector("[data-memory-state]").hidden = store.kept;
root.dataset.kept = store.kept ? "yes" : "no";
bindNavigation();
bindLedger({
  send,
  ready: () => bridge.started,
  text: () => keeping.text,
  identity: randomText,
});
watchKeeping(store);
keeping.seed(config.build);
performance.mark("lab:lock-ready");
if (globalThis.earlyWorker) {
  bridge.adopt(globalThis.earlyWorker);
} else {
  bridge.open();
  bootPython(retrying());
}
