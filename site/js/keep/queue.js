// What the student did that the app has not taken yet, be it that Python is not up. It is kept over
// a reload, and shared with a second tab of the same track: what either adds stays, and what the app
// has taken goes.
import { fault } from "../bridge/protocol.js";

const PASSING = new Set(["import", "export"]); // asked for now; a reload must not ask again

export class Queue {
  constructor(store, key) {
    this.store = store;
    this.key = key;
  }

  read() {
    const kept = this.store.getJSON(this.key, [], Array.isArray);
    const fitting = kept.filter((each) => !fault("to_app", each));
    if (fitting.length < kept.length) {
      this.store.putAside({ text: JSON.stringify(kept), about: this.key, damaged: true });
      this.store.setJSON(this.key, fitting);
    }
    return fitting;
  }

  add(message) {
    const kept = this.read();
    const twice = kept.some((each) => JSON.stringify(each) === JSON.stringify(message));
    if (!twice && !PASSING.has(message.kind)) this.store.setJSON(this.key, [...kept, message]);
  }

  done(messages) {
    const gone = new Set(messages.map((each) => JSON.stringify(each)));
    const left = this.read().filter((each) => !gone.has(JSON.stringify(each)));
    if (left.length < this.read().length) this.store.setJSON(this.key, left);
  }
}
