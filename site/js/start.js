// The start page: the theme, where one stands in each track, and whether it works offline. Python
// is not needed here.
import { bindLive } from "./flow/live.js";
import { keptParts } from "./keep/kept-ledger.js";
import { showOffline } from "./keep/offline.js";
import { takeOver } from "./keep/scope.js";
import { OWN, Store } from "./keep/store.js";
import { Theme } from "./page/theme.js";
import { say } from "./page/words.js";

const store = new Store();
try {
  takeOver(store.local, OWN);
} catch {
  // Nothing is kept here, or there is no room for it.
}
new Theme(store, () => {});

for (const place of document.querySelectorAll("[data-progress-for]")) {
  const { progressFor, parts } = place.dataset;
  const begun = [...keptParts(store.get("ledger"), progressFor).values()];
  const done = begun.filter((part) => part.has("checkpointed")).length;
  const saved = () => say("start-done", { done, all: Number(parts) });
  place.textContent = done ? saved() : begun.length ? say("start-begun") : "";
}
showOffline();
for (const place of document.querySelectorAll("[data-live]")) bindLive(place);
