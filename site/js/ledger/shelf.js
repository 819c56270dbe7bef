// Ledgers that made way for another, and what was damaged: kept whole until the student says so.
import { smallButton } from "../page/button.js";
import { say } from "../page/words.js";
import { handOut } from "./hand-out.js";
import { showLedgerMessage } from "./ledger.js";

export class Shelf {
  // `bringBack(text)` makes it the ledger in hand again.
  constructor(store, bringBack) {
    this.store = store;
    this.bringBack = bringBack;
    this.place = document.querySelector("[data-ledger-aside]");
    window.addEventListener("storage", () => this.show());
    this.show();
  }

  get entries() {
    return this.store
      .keys("aside/")
      .map((key) => ({ about: "", at: "", ...this.store.getJSON(key, {}), key }))
      .filter(({ at, text, about }) => [at, text, about].every((each) => typeof each === "string"))
      .sort((one, other) => one.at.localeCompare(other.at));
  }

  put({ text, about, damaged = false }) {
    if (this.entries.some((each) => each.text === text)) return;
    const at = new Date().toISOString();
    const [random] = crypto.getRandomValues(new Uint16Array(1));
    this.store.setJSON(`aside/${at}-${random}`, { at, text, about, damaged });
    this.show();
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
  }

  line({ key, at, text, about, damaged }) {
    const line = document.createElement("li");
    const words = document.createElement("span");
    const when = at.slice(0, 16).replace("T", " ");
    words.textContent = say(damaged ? "shelf-damaged" : "shelf-ledger", { about, when });
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
