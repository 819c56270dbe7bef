// Ledgers that made way for another, and what was damaged: kept whole until the student says so.
import { smallButton } from "../page/button.js";
import { notice } from "../page/notices.js";
import { say } from "../page/words.js";
import { handOut } from "./hand-out.js";
import { showLedgerMessage } from "./ledger.js";

const isText = (value) => typeof value === "string";

// An entry as it is kept; one that is none is shown as it lies there.
function entryOf(text) {
  try {
    const entry = { at: "", about: "", ...JSON.parse(text) };
    if ([entry.at, entry.about, entry.text].every(isText)) return entry;
  } catch {
    // It is no JSON.
  }
  return { at: new Date().toISOString(), about: "", text, damaged: true };
}

export class Shelf {
  // `bringBack(text)` makes it the ledger in hand again.
  constructor(store, bringBack) {
    this.store = store;
    this.bringBack = bringBack;
    this.place = document.querySelector("[data-ledger-aside]");
    this.told = new Set();
    store.onaside = () => this.show();
    window.addEventListener("storage", () => this.show());
    this.show();
  }

  get entries() {
    return this.store
      .keys("aside/")
      .map((key) => ({ ...entryOf(this.store.get(key)), key }))
      .sort((one, other) => one.at.localeCompare(other.at));
  }

  // `about`: what it is. What the app could not read it has told of itself.
  put({ text, about, damaged = false }) {
    if (this.entries.some((each) => each.text === text)) return;
    this.store.putAside({ text, about, damaged, told: true });
  }

  // What the page itself has put here is told once.
  tell(entries) {
    const news = entries.filter(({ told, earlier, damaged }) => !told && (earlier || damaged));
    for (const { key, ...entry } of news) this.store.setJSON(key, { ...entry, told: true });
    const kinds = new Set(news.map(({ earlier }) => (earlier ? "shelf-notice-earlier" : "shelf-notice-damaged")));
    for (const kind of kinds) if (!this.told.has(kind)) notice(say(kind), "warn");
    for (const kind of kinds) this.told.add(kind);
  }

  // A ledger that is in hand again need not lie here too.
  drop(text) {
    const found = this.entries.filter((each) => each.text === text);
    for (const { key } of found) this.store.remove(key);
    if (found.length) this.show();
  }

  show() {
    if (!this.place) return;
    const entries = this.entries;
    this.place.hidden = entries.length === 0;
    this.place.querySelector("ul").replaceChildren(...entries.map((each) => this.line(each)));
    this.tell(entries);
  }

  line({ key, at, text, about, damaged, earlier }) {
    const line = document.createElement("li");
    const words = document.createElement("span");
    const when = at.slice(0, 16).replace("T", " ");
    const kind = damaged ? "shelf-damaged" : earlier ? "shelf-earlier" : "shelf-ledger";
    words.textContent = say(kind, { about, when });
    line.append(words);
    if (!damaged) line.append(smallButton(say("shelf-bring-back"), () => this.bringBack(text)));
    const name = `fleet-serving-lab-aside-${when.slice(0, 10)}.json`;
    line.append(smallButton(say("shelf-save"), () => showLedgerMessage(handOut(name, text))));
    const remove = smallButton(say("shelf-remove"), () => {
      if (!remove.dataset.asked) {
        remove.dataset.asked = "";
        remove.textContent = say("shelf-remove-really");
        return;
      }
      this.store.remove(key);
      this.show();
      this.place.querySelector("h3").focus();
    });
    line.append(remove);
    return line;
  }
}
