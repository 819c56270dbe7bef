// Starts Python's worker with the first lines of the page, while its sheets and scripts are still on
// their way. Stands in the page itself, since it may wait for nothing; shell.js takes it over. A
// second try is left to shell.js, which knows what to do differently, and whether shell.js comes at
// all is watched from here.
import { openWorker } from "./bridge/open-worker.js";
import { retrying } from "./start/retry.js";
import { watchShell } from "./start/shell-watch.js";

watchShell();
if (!retrying()) {
  const config = JSON.parse(document.getElementById("lab-config").textContent);
  const base = new URL(config.root, location.href).href;
  const early = { heard: [], hear: (data) => early.heard.push(data) };
  early.worker = openWorker(new URL(config.worker, base), (data) => early.hear(data));
  early.boot = { kind: "boot", base, config, fresh: false, forget: false };
  early.worker.postMessage(early.boot);
  globalThis.earlyWorker = early;
}
