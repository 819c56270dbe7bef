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

export function watchShell() {
  const failed = ({ target }) => {
    if (!target.src?.endsWith("/shell.js")) return;
    setTimeout(say, 999);
    if (!retrying()) again();
  };
  addEventListener("error", failed, true);
  setTimeout(say, 9_000);
}
