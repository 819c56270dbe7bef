// The page's own script: the lock and the reflection work at once, Python starts behind them, and
// whatever the student does before it is ready waits in a queue that survives a reload. Here the
// pieces are made and handed to each other.
import { AssignmentOnPage } from "./assign/on-page.js";
import { BenchOnPage } from "./bench/bench.js";
import { Bridge, WORK } from "./bridge/bridge.js";
import { hearing } from "./bridge/hearing.js";
import { Figures } from "./draw/figures.js";
import { Keeping, randomText } from "./keep/keeping.js";
import { keptParts } from "./keep/kept-ledger.js";
import { Queue } from "./keep/queue.js";
import { WorkStore } from "./keep/work-store.js";
import { LedgerView, bindLedger, watchKeeping } from "./ledger/ledger.js";
import { SafeKeeping } from "./ledger/safe-keeping.js";
import { Shelf } from "./ledger/shelf.js";
import { query } from "./page/address.js";
import { bindEmbed } from "./page/embed.js";
import { Theme } from "./page/theme.js";
import { watchClashes } from "./part/clash.js";
import { Navigation } from "./part/navigation.js";
import { PartOnPage } from "./part/part.js";
import { Boot } from "./start/boot.js";
import { loadable } from "./files/files.js";
import { Life } from "./start/life.js";
import { tellLost } from "./start/lost-files.js";

const config = JSON.parse(document.getElementById("lab-config").textContent);
const { track } = config;
const base = new URL(config.root, location.href);
const at = (address) => new URL(address, base).href;
const workerAddress = loadable(at(config.worker));
const sections = new Map(
  [...document.querySelectorAll("section[data-part]")].map((each) => [Number(each.dataset.part), each]),
);

const store = new WorkStore();
const queue = new Queue(store, `queue/${track}`);
const bridge = new Bridge(workerAddress, {
  progress: (told) => life.progress(told),
  python: (told) => life.startApp(told),
  render: (told) => life.draw(told),
  failed: (told) => life.failed(told),
  patch: ({ name, text, buffers }) => figures.patch(name, text, buffers),
  idle: () => figures.idle(),
  lab: ({ text }) => hear(text),
}, (message) => queue.done([message]));
bridge.queue = queue.read();

function send(kind, facts) {
  if (bridge.started) figures.flush();
  const message = bridge.send(kind, facts);
  // Who leaves the page before the app has taken their work finds it done when they come back.
  if (!bridge.started || WORK.has(kind)) queue.add(message);
  if (kind === "predict") safe.persist();
  if (kind === "import") safe.imported(facts.text);
}

const whenStarted = (kind, facts) => bridge.started && bridge.send(kind, facts);

const figures = new Figures(bridge, config.scripts.map(at), config.sums);
// Run while Python starts, so that drawing need not wait for it.
figures.loaded.then(() => importShim(at(config.materialBundle))).catch(() => {});
const line = new Boot(document, config.bytes);
const keeping = new Keeping(store, (text, number) => bridge.send("sync", { text, number }));
const shelf = new Shelf(store, (text) => send("import", { text, replace: true }));
const safe = new SafeKeeping(store);
const theme = new Theme(store, (now, look) => whenStarted("theme", { theme: look }));
const parts = new Map();
for (const [number, section] of sections) {
  const watch = (facts) => whenStarted("watch", facts);
  const ledger = () => keeping.name;
  const OnPage = { fleet: BenchOnPage, class: globalThis.ClassOnPage }[track] ?? PartOnPage;
  parts.set(number, new OnPage(section, { track, store, send, watch, ledger, bridge }));
}
if (track === "fleet") parts.set(2, parts.get(1)); // a second fleet's dials
const navigation = new Navigation(sections, (part) => bridge.started && bridge.render(part));
const life = new Life({
  config, base, at, workerAddress, bridge, figures, keeping, line, navigation, parts, queue, theme,
});
const assignment = new AssignmentOnPage(track);
const hear = hearing({
  parts, keeping, assignment, shelf, safe, store, send, view: new LedgerView((each) => keptParts(keeping.text, each)), taken: () => life.taken(),
});

// What is stored shows at once, long before Python has read the ledger.
const kept = keptParts(store.get("ledger"), track);
for (const [number, part] of parts) {
  const queued = bridge.queue.find((each) => each.kind === "predict" && each.part === number);
  part.restore(kept.get(number), queued?.answer);
}
bindEmbed({ onTheme: (now) => theme.show(now) });
document.querySelector("[data-memory-state]").hidden = store.kept;
document.documentElement.dataset.kept = store.kept ? "yes" : "no";
safe.show(keeping.text);
const saved = (text) => safe.saved(text);
bindLedger({ send, saved, ready: () => bridge.started, text: () => keeping.text, identity: randomText });
watchKeeping(store);
watchClashes(store, track, parts);
const seed = keeping.seed(config.build);
assignment.begin({ code: new URLSearchParams(query()).get("assign"), text: keeping.text, seed });
document.querySelector("[data-shell-lost]")?.remove(); // see shell-watch.js
tellLost(() => line.retry());
// Without these nothing can be drawn: that is said now, not once Python is there to draw.
figures.loaded.catch(({ message }) => life.failed({ during: "draw", text: message, fatal: false }));
performance.mark("lab:lock-ready");
life.begin();
