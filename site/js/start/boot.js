// The one line that tells truthfully what is loading, and the message with a retry when it fails.

import { nameOf } from "../files/name.js";
import { amount, listed, say } from "../page/words.js";
import { RETRY, retrying } from "./retry.js";

// Its message, and what a stage adds to the bar when it begins. The bytes that have come add the rest, so
// the bar never goes back; it is full only when the workbench answers.
const STAGES = {
  fetch: ["boot-fetch", 0],
  python: ["boot-python", 5],
  restore: ["boot-restore", 10],
  unpack: ["boot-unpack", 10],
  import: ["boot-import", 15],
  build: ["boot-build", 25],
  draw: ["boot-draw", 35],
};
const FETCH_SHARE = 60;
const QUIET_MS = 45_000;
const FRESHEN_MS = 15_000;
const WORKER = "worker.js";

const pageConfig = () => JSON.parse(document.getElementById("lab-config").textContent);

const ONE_PLACE = { minimumFractionDigits: 1, maximumFractionDigits: 1 };
const megabytes = (bytes) => amount(bytes / 1e6, ONE_PLACE);

export class Boot {
  // `sizes` are the bytes of each file that the worker fetches, unpacked as the page sees them.
  constructor(root, sizes = {}) {
    this.line = root.querySelector("[data-boot]");
    this.bar = root.querySelector("[data-boot-bar]");
    this.text = root.querySelector("[data-boot-text]");
    this.error = root.querySelector("[data-boot-error]");
    this.errorText = root.querySelector("[data-boot-error-text]");
    this.sizes = sizes;
    this.total = Object.values(sizes).reduce((sum, each) => sum + each, 0);
    root.querySelector("[data-boot-retry]")?.addEventListener("click", () => this.retry());
    this.begin();
  }

  begin(words = say(STAGES.fetch[0])) {
    this.came = new Map(Object.keys(this.sizes).map((file) => [file, 0]));
    this.stage = "fetch";
    this.whole = false;
    this.failing = false;
    this.stalling = false;
    this.line.hidden = false;
    this.error.hidden = true;
    this.bar.value = 0;
    this.show(words);
    this.wait();
  }

  async retry() {
    this.error.hidden = true;
    this.line.hidden = false;
    this.show(say("boot-again"));
    await freshen();
    const address = new URL(location.href);
    address.hash = RETRY;
    history.replaceState(null, "", address);
    location.reload();
  }

  wait() {
    clearTimeout(this.timer);
    if (!this.failing) this.timer = setTimeout(() => this.stalled(), QUIET_MS);
  }

  // Nothing has come for long. It may yet, so the line stays; who has had enough tries again.
  stalled() {
    const files = this.missing();
    this.show(say("boot-still-waiting"));
    this.errorText.textContent = files.length
      ? say("boot-waiting-for", { files: listed(files) })
      : say("boot-still-waiting");
    this.stalling = true;
    this.error.hidden = false;
  }

  // Without the worker's script nobody asks for the rest; the page's own scripts are needed last.
  missing() {
    const missing = [...this.came].filter(([file, done]) => done < this.sizes[file]);
    const files = this.whole ? [] : missing.map(([file]) => file);
    if (files.includes(WORKER)) return [WORKER];
    if (files.length) return files;
    const came = new Set(performance.getEntriesByType("resource").map(({ name }) => nameOf(name)));
    const { materialBundle, scripts } = pageConfig();
    return [...scripts, materialBundle].map(nameOf).filter((file) => !came.has(file));
  }

  show(words) {
    if (this.text.textContent !== words) this.text.textContent = words;
  }

  get bytes() {
    return [...this.came.values()].reduce((sum, each) => sum + each, 0);
  }

  progress(stage, detail) {
    if (this.stalling) this.error.hidden = true;
    this.stalling = false;
    this.wait();
    if (stage === "fetch") this.count(detail);
    else if (STAGES[stage][1] >= STAGES[this.stage][1]) this.stage = stage;
    if (stage === "restore") this.whole = true; // from here on a snapshot stands in for the rest
    this.tell();
  }

  count({ file, done }) {
    if (this.came.has(file)) this.came.set(file, Math.max(done, this.came.get(file)));
    if (this.bytes === this.total) this.whole = true;
  }

  tell() {
    const { bytes, total } = this;
    const [key] = STAGES[this.whole ? this.stage : "fetch"];
    const fetching = () => say("boot-bytes", { done: megabytes(bytes), all: megabytes(total) });
    this.show(this.whole || !total ? say(key) : fetching());
    const fetched = this.whole ? 1 : bytes / (total || 1);
    this.bar.value = FETCH_SHARE * fetched + STAGES[this.stage][1];
    this.line.dataset.bootBytes = String(bytes);
  }

  done() {
    clearTimeout(this.timer);
    this.bar.value = 100;
    this.line.hidden = true;
    this.error.hidden = true;
    if (retrying()) history.replaceState(null, "", location.pathname + location.search);
  }

  failed(text) {
    this.failing = true;
    this.stalling = false;
    clearTimeout(this.timer);
    document.documentElement.dataset.python = "failed";
    this.line.hidden = true;
    this.errorText.textContent = text;
    this.error.hidden = false;
  }
}

// A reload takes scripts out of the browser's cache, which may hold the very answer that failed,
// such as the log-in page of a network. The files that the worker fetches are fetched anew by it.
async function freshen() {
  const { root, pyodide, materialBundle, scripts, worker } = pageConfig();
  const base = new URL(root, location.href);
  const named = [...scripts, materialBundle, worker, ...["", ".asm"].map((kind) => `${pyodide}pyodide${kind}.mjs`)];
  const seen = performance.getEntriesByType("resource").map(({ name }) => name);
  const addresses = new Set([
    ...named.map((each) => new URL(each, base).href),
    ...seen.filter((each) => each.startsWith(base.href) && /\.(js|mjs|css)$/.test(each)),
  ]);
  const all = [...addresses].map((each) => fetch(each, { cache: "reload" }).then((it) => it.blob()));
  const patience = new Promise((resolve) => setTimeout(resolve, FRESHEN_MS));
  await Promise.race([Promise.allSettled(all), patience]);
}
