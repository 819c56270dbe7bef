// Watches for the page's own script, which can't say that it is missing itself. It stands in the page
// with the early worker, and so do the words. Once the page tries again on its own, past the browser's
// cache, which may hold the very answer that failed; then the reader is asked. Each page carries this,
// so it is short.
import { RETRY, retrying } from "./retry.js";

// When the script runs, it takes this out of the page.
const lost = () => document.querySelector("[data-shell-lost]");

function reload() {
  if (!lost()) return;
  history.replaceState(null, "", RETRY);
  location.reload();
}

async function again() {
  setTimeout(reload, 15_000);
  const names = performance.getEntriesByType("resource").map(({ name }) => name);
  const all = [location.href, ...names.filter((name) => name.endsWith(".js"))];
  await Promise.allSettled(all.map((name) => fetch(name, { cache: "reload" })));
  reload();
}

function say() {
  if (!lost()) return;
  document.querySelector("[data-boot]").hidden = true;
  lost().hidden = false;
  lost().querySelector("button").onclick = again;
}

// Sheets, and scripts that the lab can do without, are told of by shell.js; see lost-files.js.
function lose(element) {
  element.remove();
  lostFiles.push(element.href ?? element.src);
}

export function watchShell() {
  globalThis.lostFiles = [];
  const failed = ({ target }) => {
    if (target.matches?.("link[rel=stylesheet], script[type=module]:not([src$='/shell.js'])")) lose(target);
    if (!target.src?.endsWith("/shell.js")) return;
    setTimeout(say, 999);
    if (!retrying()) again();
  };
  addEventListener("error", failed, true);
  setTimeout(say, 9_000);
  // A sheet that stalls holds up every script, and all that would be seen.
  const stalled = () => [...document.querySelectorAll("link[rel=stylesheet]")].filter((it) => !it.sheet);
  setTimeout(() => stalled().forEach(lose), 15_000);
}
