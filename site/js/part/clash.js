// A part that was locked in two tabs in one moment: one prediction counts, and both tabs say so. The
// app joins the two ledgers; the tab whose prediction gave way knows of it first.
import { notice } from "../page/notices.js";
import { say } from "../page/words.js";

const KEY = "clash"; // written for the other tabs to hear of, and gone again

export function gaveWay(store, track, part, answer) {
  notice(say("lock-gave-way", { part, answer }), "warn");
  store.setJSON(KEY, { track, part });
  store.remove(KEY);
}

export function watchClashes(store, track, parts) {
  store.follow(KEY, (text) => {
    try {
      const told = JSON.parse(text);
      if (told.track !== track || !parts.get(told.part)?.committed) return;
      notice(say("lock-came-first", { part: told.part }), "info");
    } catch {
      // Another program wrote it.
    }
  });
}
