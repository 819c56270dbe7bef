// The store of what a student does, for pages that show it: texts as JSON, what is put aside, and
// what a build before this one kept.
import { takeOver } from "./scope.js";
import { OWN, PREFIX, Store } from "./store.js";

export class WorkStore extends Store {
  constructor() {
    super();
    this.onaside = () => {};
    try {
      const text = this.local && takeOver(this.local, OWN);
      if (text) this.putAside({ text, about: "", earlier: true });
    } catch {
      // Denied meanwhile, or there is no room: it stays under its old name.
    }
  }

  // What is stored may be anything: another program, or another build, may have written it. What
  // can't be read, or does not fit, is put aside as it is.
  getJSON(key, otherwise, fits) {
    const text = this.get(key);
    if (!text) return otherwise;
    try {
      const value = JSON.parse(text);
      if (fits(value)) return value;
    } catch {
      // It is no JSON at all.
    }
    const name = this.putAside({ text, about: key, damaged: true });
    this.remove(key); // which makes room for the copy
    if (this.memory.has(name)) this.write(key, text);
    return otherwise;
  }

  // Keeps a text beside the ledger until the student removes it, see shelf.js. Returns its key.
  putAside(entry) {
    const at = new Date().toISOString();
    const [random] = crypto.getRandomValues(new Uint16Array(1));
    const key = `aside/${at}-${random}`;
    this.setJSON(key, { at, ...entry });
    this.onaside();
    return key;
  }

  setJSON(key, value) {
    return this.set(key, JSON.stringify(value));
  }

  // Calls back when another tab has written under a key.
  follow(key, heard) {
    window.addEventListener("storage", (event) => {
      if (event.key === PREFIX + key && event.newValue) heard(event.newValue);
    });
  }
}
