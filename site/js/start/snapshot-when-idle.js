// After a first visit: lets a worker of its own make a snapshot for the next one, once the reader
// has been still for a while, and another one try it where that leaves compiled code behind.
// <html data-snapshot> says how it went; nobody else is told.
import { engineKeepsCode } from "./kept-code.js";
import { openWorker } from "../bridge/open-worker.js";
import { checked } from "../bridge/protocol.js";

const STILL_MS = 2_000;
const PATIENCE_MS = 120_000;
const SIGNS_OF_LIFE = ["pointerdown", "pointermove", "keydown", "wheel", "touchmove"];

function stillness() {
  return new Promise((resolve) => {
    let timer = 0;
    const wait = () => {
      clearTimeout(timer);
      timer = setTimeout(end, STILL_MS);
    };
    const end = () => {
      if (document.hidden) return wait();
      for (const sign of SIGNS_OF_LIFE) window.removeEventListener(sign, wait);
      return resolve();
    };
    for (const sign of SIGNS_OF_LIFE) window.addEventListener(sign, wait, { passive: true });
    wait();
  });
}

const SMALL_GIB = 4; // of memory, by what the browser says of its machine
const TOUCHED = 1; // touch points: an iPad that calls itself a Macintosh has five, a Macintosh none

// While a snapshot is made there are two Pythons. Where memory is short the system may close the tab
// for it, and iPhones and iPads do that soonest; there each visit starts as the first one did.
function shortOfMemory() {
  const { deviceMemory = Infinity, maxTouchPoints, userAgent } = navigator;
  const apple = /iPhone|iPad|iPod/.test(userAgent);
  const ipad = /Macintosh/.test(userAgent) && maxTouchPoints > TOUCHED;
  return deviceMemory <= SMALL_GIB || apple || ipad;
}

// Gives the reason why it could not be done, or nothing.
function letWorker(task, address, options) {
  return new Promise((resolve) => {
    const end = (reason) => {
      clearTimeout(timer);
      worker.terminate();
      resolve(reason);
    };
    const timer = setTimeout(end, PATIENCE_MS, "it took too long");
    const worker = openWorker(address, (message) => {
      const { kind, text } = checked("from_worker", message);
      if (kind === "done") end("");
      if (kind === "failed") end(text);
    });
    worker.postMessage(checked("to_worker", { kind: task, ...options }));
  });
}

async function make(address, options) {
  const reason = await letWorker("snapshot", address, options);
  return reason || !engineKeepsCode ? reason : letWorker("rehearse", address, options);
}

// One tab at a time; a browser without locks or storage has no use for a snapshot.
export async function snapshotWhenIdle(address, options) {
  const { dataset } = document.documentElement;
  if (shortOfMemory()) {
    dataset.snapshot = "none";
    console.debug("No snapshot: memory is short");
    return;
  }
  try {
    await stillness();
    await navigator.locks.request("fleet-snapshot", { ifAvailable: true }, async (lock) => {
      const reason = lock ? await make(address, options) : "another tab makes one";
      dataset.snapshot = reason ? "none" : "kept";
      if (reason) console.debug(`No snapshot: ${reason}`);
    });
  } catch (error) {
    dataset.snapshot = "none";
    console.debug(`No snapshot: ${error}`);
  }
}
