// What is kept between visits. Where the browser denies storage (private window, sandboxed
// frame, full disk), a map in memory stands in, and `kept` says so.
import { COPY } from "./scope.js";

// In a course, each student has a store of their own, whoever sat at this computer before.
const learner = new URLSearchParams(location.search).get("learner");
export const OWN = learner ? `learner/${learner.slice(0, 200)}/` : "";
export const PREFIX = COPY + OWN;

// A full store can still be read: what was kept there is not to be mistaken for nothing.
function open() {
  try {
    window.localStorage.getItem(PREFIX);
    return window.localStorage;
  } catch {
    return null;
  }
}

export class Store {
  constructor() {
    this.local = open();
    this.memory = new Map();
    this.onset = () => {};
  }

  get kept() {
    return this.local !== null;
  }

  // Whether all that was written is kept over a reload.
  get whole() {
    return this.kept && this.memory.size === 0;
  }

  get(key) {
    return this.memory.has(key) ? this.memory.get(key) : this.stored(key);
  }

  // What the browser's store holds, which another tab may have written.
  stored(key) {
    try {
      return this.local?.getItem(PREFIX + key) ?? "";
    } catch {
      return "";
    }
  }

  // Returns whether the value is kept over a reload; it is never lost for this visit.
  set(key, text) {
    if (this.write(key, text)) this.retry();
    this.onset();
    return !this.memory.has(key);
  }

  remove(key) {
    this.memory.delete(key);
    try {
      this.local?.removeItem(PREFIX + key);
    } catch {
      // Nothing can be read there either.
    }
    this.retry();
    this.onset();
  }

  write(key, text) {
    try {
      this.local.setItem(PREFIX + key, text);
      this.memory.delete(key);
      return true;
    } catch {
      this.memory.set(key, text);
      return false;
    }
  }

  // There is room: what had none may find it now.
  retry() {
    for (const [key, text] of [...this.memory]) this.write(key, text);
  }

  // The keys under a prefix such as "reflect/".
  keys(prefix) {
    const stored = [];
    try {
      stored.push(...Object.keys(this.local ?? {}));
    } catch {
      // Denied meanwhile.
    }
    const own = stored.filter((key) => key.startsWith(PREFIX)).map((key) => key.slice(PREFIX.length));
    return [...new Set([...own, ...this.memory.keys()])].filter((key) => key.startsWith(prefix));
  }
}
