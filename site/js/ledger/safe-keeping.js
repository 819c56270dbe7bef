// How long the browser keeps the ledger, and when a file of it is due.
import { amount, say } from "../page/words.js";
import { framed } from "../page/embed.js";

const PARTS = 3;
const DAYS = 2;
const DAY_MS = 86_400_000;
const DONE = ["passed", "checkpointed"];

const headOf = (text) => /"head":"([0-9a-f]+)"/.exec(text)?.[1] ?? "";

// How many parts were passed or saved that the file which ends with `head` does not have: 0 unless
// they are many, or the first of them is some days old. ISO 8601 in UTC, as events have it.
function partsDue(text, head, now) {
  try {
    const { events } = JSON.parse(text);
    const since = events.findIndex(({ hash }) => hash === head) + 1;
    const done = events.slice(since).filter(({ kind }) => DONE.includes(kind));
    const parts = new Set(done.map(({ track, part }) => `${track}/${part}`)).size;
    const old = done.some(({ at }) => now - Date.parse(at) >= DAYS * DAY_MS);
    return parts >= PARTS || old ? parts : 0;
  } catch {
    return 0; // none is kept, or it is damaged: both are said elsewhere
  }
}

// `ask` is "persist", which some browsers put to the reader, once, or "persisted".
async function promised(ask) {
  try {
    return await navigator.storage[ask]();
  } catch {
    return false; // no such promise is to be had here
  }
}

export class SafeKeeping {
  constructor(store) {
    this.store = store;
    this.arriving = "";
    this.sayPromised("persisted");
  }

  async sayPromised(ask) {
    const place = document.querySelector("[data-ledger-persisted]");
    if (place && (await promised(ask))) place.textContent = say("ledger-persisted");
  }

  // Asked for once there is work to keep; a frame does not ask in the name of the page around it.
  persist() {
    if (!framed) this.sayPromised("persist");
  }

  // The ledger as it stands; a line at the top says when a file of it is due.
  show(text) {
    if (this.arriving && text.includes(`"hash":"${this.arriving}"`)) this.exported(this.arriving);
    const parts = partsDue(text, this.store.get("exported"), Date.now());
    const place = document.querySelector("[data-export-due]");
    if (!place) return; // a page without a ledger
    place.hidden = !parts;
    place.firstElementChild.textContent = say("ledger-export-due", { parts, shown: amount(parts) });
  }

  // A file has the ledger up to this hash. One that is imported is such a file once it is taken.
  exported(head) {
    this.arriving = "";
    this.store.set("exported", head);
  }

  saved(text) {
    this.exported(headOf(text));
    this.show(text);
  }

  imported(text) {
    this.arriving = headOf(text);
  }
}
