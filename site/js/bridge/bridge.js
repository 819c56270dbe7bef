// The page's end of the worker: what is said before Python is up waits in a queue, and what a
// worker has not taken when it dies is handed to the next.
import { openWorker } from "../start/open-worker.js";

// What a student would miss. The rest is asked for again with one click, and a question that kills
// the worker must not be put to it twice.
const WORK = new Set(["predict", "reflect", "defend", "deploy", "restart", "checkpoint"]);

export class Bridge {
  constructor(address, on) {
    this.address = address;
    this.on = on;
    this.queue = [];
    this.pending = [];
    this.started = false;
  }

  open() {
    this.pending = [];
    this.started = false;
    const worker = openWorker(this.address, (data) => this.hear(worker, data));
    this.worker = worker;
  }

  // Takes over the worker that early-worker.js has started, and what it has said meanwhile.
  adopt(early) {
    const { worker, boot, heard } = early;
    this.pending = [boot];
    this.worker = worker;
    early.hear = (data) => this.hear(worker, data);
    for (const data of heard) this.hear(worker, data);
  }

  hear(worker, { type, rest }) {
    if (worker !== this.worker) return;
    if (type === "taken") this.pending.shift();
    else this.on[type]?.(...rest);
  }

  // Puts another worker in the place of this one; what it had not taken comes first in the queue.
  reopen() {
    const asked = this.pending.filter(({ type }) => type === "receive");
    const lost = asked.map(({ rest }) => JSON.parse(rest[0])).filter(({ kind }) => WORK.has(kind));
    this.worker.terminate();
    this.queue.unshift(...lost);
    this.open();
  }

  post(type, ...rest) {
    this.pending.push({ type, rest });
    this.worker.postMessage({ type, rest });
  }

  // Hands the queue over with the init message; from here on messages go straight through.
  start(init) {
    this.post("start", { ...init, queued: this.queue });
    this.queue = [];
    this.started = true;
  }

  send(kind, facts = {}) {
    const message = { kind, at: new Date().toISOString(), ...facts };
    if (this.started) this.post("receive", JSON.stringify(message));
    else this.queue.push(message);
    return message;
  }
}
