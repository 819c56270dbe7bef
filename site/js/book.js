// The demonstration of a book's page: its theme goes to the frames, and what they tell is shown.
import { say } from "./page/words.js";
import { Store } from "./keep/store.js";
import { Theme } from "./page/theme.js";

const frames = [...document.querySelectorAll("iframe.fleet-lab")];
const heard = new Set();

function send(frame, theme) {
  const message = { source: "fleet-lab-host", version: 1, type: "theme", theme };
  frame.contentWindow.postMessage(message, "*"); // a sandboxed frame has no origin to name
}

const theme = new Theme(new Store(), (now) => frames.forEach((frame) => send(frame, now)));

const WORDS = {
  ready: () => say("boot-ready"),
  progress: ({ part, state }) => (state === "open" ? "" : say("book-told-progress", { part, state })),
  error: () => say("book-told-error"),
};

addEventListener("message", ({ source, data }) => {
  const frame = frames.find((each) => each.contentWindow === source);
  if (!frame || data?.source !== "fleet-lab" || data.version !== 1) return;
  // A frame that begins, or begins anew, does not know the page's theme yet.
  if (!heard.has(frame) || data.type === "ready") send(frame, theme.now);
  heard.add(frame);
  const words = Object.hasOwn(WORDS, data.type) ? WORDS[data.type](data) : "";
  if (words) document.querySelector(`[data-told-by="${frame.id}"]`).textContent = words;
});
