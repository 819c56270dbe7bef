// The page's end of the worker: what is said before Python is up waits in a queue.
import { openWorker } from "./open-worker.js";

export class Bridge {
  constructor(address, on) {
    this.on = on;
    this.address = address;
    this.open();
    this.queue = [];
    this.started = false;
  }

  open() {
    this.worker = openWorker(this.address);
    this.worker.onmessage = ({ data }) => this.on[data.type]?.(...data.rest);
    this.worker.onerror = (event) => {
      event.preventDefault();
      this.on.failed({ during: "boot", text: event.message || "The worker could not be started." });
    };
  }

  // For a worker that does not answer: ends it and starts another one.
  reopen() {
    this.worker.terminate();
    this.open();
  }

  post(type, ...rest) {
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
