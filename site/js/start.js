// The start page: the theme, where one stands in each track, and whether it works offline. Python
// is not needed here.
import { say } from "./page/words.js";
import { showOffline } from "./keep/offline.js";
import { Store } from "./keep/store.js";
import { Theme } from "./page/theme.js";

const store = new Store();
new Theme(store, () => {});

for (const place of document.querySelectorAll("[data-progress-for]")) {
  const parts = Object.values(store.getJSON(`parts/${place.dataset.progressFor}`, {}));
  const done = parts.filter((part) => part.checkpointed).length;
  const begun = parts.some((part) => part.prediction);
  const saved = () => say("start-done", { done, all: parts.length });
  place.textContent = done ? saved() : begun ? say("start-begun") : "";
}
showOffline();
