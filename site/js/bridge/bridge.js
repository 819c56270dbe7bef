// The page's end of the worker: what is said before Python is up waits in a queue, and what a
// worker has not taken when it dies is handed to the next.
import { openWorker } from "./open-worker.js";
import { checked } from "./protocol.js";

// What a student would miss. The rest is asked for again with one click, and a question that kills
// the worker must not be put to it twice.
export const WORK = new Set(["predict", "reflect", "defend", "deploy", "restart", "checkpoint"]);

const now = () => new Date().toISOString();

export class Bridge {
  // `on` has a function for each kind of message that the worker sends; it gets the fields.
  // `settled` is told each message to the app that the worker has taken, whose answers are heard.
  constructor(address, on, settled) {
    this.address = address;
    this.on = on;
    this.settled = settled;
    this.queue = [];
    this.pending = [];
    this.started = false;
  }

  open() {
    this.pending = [];
    this.started = false;
    const worker = openWorker(this.address, (message) => this.hear(worker, message));
    this.worker = worker;
  }

  // Takes over the worker that early-worker.js has started, and what it has said meanwhile.
  adopt(early) {
    const { worker, boot, heard } = early;
    this.pending = [boot];
    this.worker = worker;
    early.hear = (message) => this.hear(worker, message);
    for (const message of heard) this.hear(worker, message);
  }

  hear(worker, message) {
    if (worker !== this.worker) return;
    const { kind, ...fields } = checked("from_worker", message);
    if (kind !== "taken") {
      this.on[kind](fields);
      return;
    }
    const taken = this.pending.shift();
    if (taken?.kind === "receive") this.settled(taken.message);
  }

  // Puts another worker in the place of this one; what it had not taken comes first in the queue.
  reopen() {
    const asked = this.pending.filter(({ kind }) => kind === "receive");
    const lost = asked.map(({ message }) => message).filter(({ kind }) => WORK.has(kind));
    this.worker.terminate();
    this.queue.unshift(...lost);
    this.open();
  }

  post(kind, fields = {}) {
    const message = checked("to_worker", { kind, ...fields });
    this.pending.push(message);
    this.worker.postMessage(message);
  }

  // Hands the queue over with the first message to the app; from here on messages go straight
  // through.
  start(init) {
    this.post("start", { ...init, queued: this.queue });
    this.queue = [];
    this.started = true;
  }

  render(part) {
    this.post("render", { part, at: now() });
  }

  patch(name, text) {
    this.post("patch", { name, text, at: now() });
  }

  send(kind, facts = {}) {
    const message = checked("to_app", { kind, at: now(), ...facts });
    if (this.started) this.post("receive", { message });
    else this.queue.push(message);
    return message;
  }
}
