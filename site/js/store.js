// What is kept between visits. Where the browser denies storage (private window, sandboxed
// frame, full disk), a map in memory stands in, and `kept` says so.

const PREFIX = "fleet-lab/";

function open() {
  try {
    const store = window.localStorage;
    store.setItem(`${PREFIX}probe`, "1");
    store.removeItem(`${PREFIX}probe`);
    return store;
  } catch {
    return null;
  }
}

export class Store {
  constructor() {
    this.local = open();
    this.memory = new Map();
  }

  get kept() {
    return this.local !== null;
  }

  get(key) {
    if (this.memory.has(key)) return this.memory.get(key);
    try {
      return this.local?.getItem(PREFIX + key) ?? "";
    } catch {
      return "";
    }
  }

  // Returns whether the value is kept over a reload; it is never lost for this visit.
  set(key, text) {
    try {
      this.local.setItem(PREFIX + key, text);
      this.memory.delete(key);
      return true;
    } catch {
      this.memory.set(key, text);
      return false;
    }
  }

  getJSON(key, otherwise) {
    try {
      return JSON.parse(this.get(key)) ?? otherwise;
    } catch {
      return otherwise;
    }
  }

  setJSON(key, value) {
    return this.set(key, JSON.stringify(value));
  }
}
