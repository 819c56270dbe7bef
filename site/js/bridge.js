// The page's end of the worker: what is said before Python is up waits in a queue.
import { openWorker } from "./open-worker.js";

export class Bridge {
  constructor(address, on) {
    this.on = on;
    this.worker = openWorker(address);
    this.worker.onmessage = ({ data }) => this.on[data.type]?.(...data.rest);
    this.worker.onerror = (event) => {
      event.preventDefault();
      this.on.failed({ during: "boot", text: event.message || "The worker could not be started." });
    };
    this.queue = [];
    this.started = false;
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
