// The module worker: starts Python, runs the app. A second one, made when all is idle, keeps a
// snapshot of a Python of its own for later visits, and a third one tries it. What goes in and out
// is declared in labpy/app/protocol.toml; after each message it says that it has taken it.
import { checked } from "./bridge/protocol.js";
import { keepSnapshot, rehearse, startPython } from "./start/python.js";
import { openSource } from "./files/source.js";

let python = null;
let app = null;

const post = (kind, fields = {}) => {
  self.postMessage(checked("from_worker", { kind, ...fields }));
};
const now = () => performance.timeOrigin + performance.now();
const report = (stage, detail) => post("progress", { stage, at: now(), detail });

async function boot({ carried, ...options }) {
  const started = await startPython({ ...options, report, source: openSource(carried) });
  python = started.python;
  post("python", { restored: started.restored });
}

async function snapshot(options) {
  await keepSnapshot({ ...options, report: () => {} });
  post("done");
}

// The engine may still be at work on code that was found worth it, and then has to write it down.
const COMPILED_MS = 3_000;

async function rehearsal(options) {
  await rehearse({ ...options, report: () => {} });
  await new Promise((resolve) => setTimeout(resolve, COMPILED_MS));
  post("done");
}

function start(init) {
  report("build");
  app = python.pyimport("labpy.browser.worker").start(JSON.stringify(init), post);
}

// After these nothing works any more in this worker; an error of Python's own is not one of them.
function isFatal(error) {
  const broken = error instanceof WebAssembly.RuntimeError || error instanceof RangeError;
  return broken || Boolean(error.pyodide_fatal_error) || /fatally failed/.test(error.message);
}

function tellFailure(during, error) {
  const text = String(error).trim().split("\n").at(-1);
  post("failed", { during, text, reason: error.reason ?? null, fatal: isFatal(error) });
  console.debug(String(error.stack ?? error).slice(-2000));
}

// Knobs rest when none has moved for a while. Then the app does what it left undone, in pieces, so
// that a knob which moves on waits for one piece at most. A message that waits comes before the next
// piece.
const REST_MS = 150;
let resting;

function restIn(delay) {
  clearTimeout(resting);
  resting = setTimeout(() => {
    try {
      if (app.rest()) restIn(0);
    } catch (error) {
      tellFailure("rest", error);
    }
  }, delay);
}

const actions = {
  ping: () => {},
  boot,
  snapshot,
  rehearse: rehearsal,
  start,
  receive({ message }) {
    app.receive(JSON.stringify(message));
    restIn(REST_MS);
  },
  trace({ size, columns, bytes, first, last }) {
    app.trace(size, columns, bytes, first, last);
    restIn(0);
  },
  hand_in({ name, bytes }) {
    app.hand_in(name, bytes);
    restIn(0);
  },
  render: ({ part, at }) => {
    app.render(part, at);
    restIn(REST_MS);
  },
  patch: ({ name, text, at }) => {
    app.patch(name, text, at);
    post("idle");
    restIn(REST_MS);
  },
};

self.onmessage = async ({ data }) => {
  try {
    const { kind, ...fields } = checked("to_worker", data);
    await actions[kind](fields);
  } catch (error) {
    tellFailure(data.kind, error);
  } finally {
    post("taken");
  }
};
