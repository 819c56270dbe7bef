// The page that a learning-management system opens: the lab in a frame, and a report of it.
import { Lms, findApi } from "./lms.js";
import { Report } from "./report.js";

const MINUTE = 60_000;
const tracks = JSON.parse(document.getElementById("tracks").textContent);
const frame = document.querySelector("iframe");
const state = document.querySelector("[data-lms-state]");
const choices = [...document.querySelectorAll("[data-track]")];
const api = findApi(window);
const lms = api && new Lms(api);
const report = lms?.open ? new Report(lms, tracks, () => performance.now()) : null;

const WORDS = {
  completed: "Your course was told: completed.",
  passed: "Your course has this as passed.",
};

function say() {
  if (!api) state.textContent = "No course was found around this page: nothing is reported.";
  else if (!report) state.textContent = `Your course does not answer: ${lms.trouble}. Nothing is reported.`;
  else if (!report.told) state.textContent = "Your course opened this for review: nothing is reported.";
  else if (lms.trouble) state.textContent = `Your course did not take everything: ${lms.trouble}.`;
  else state.textContent = WORDS[report.status] ?? "Your course was told: incomplete.";
}

function open(track) {
  for (const each of choices) {
    if (each.dataset.track === track) each.setAttribute("aria-current", "true");
    else each.removeAttribute("aria-current");
  }
  frame.title = choices.find((each) => each.dataset.track === track).textContent;
  frame.hidden = false;
  frame.src = `${track}/?embed=1`;
}

function choose(track) {
  open(track);
  report?.choose(track);
  say();
}

for (const each of choices) each.addEventListener("click", () => choose(each.dataset.track));

window.addEventListener("message", ({ source, origin, data }) => {
  if (source !== frame.contentWindow || origin !== location.origin) return;
  if (data?.source !== "fleet-lab" || data.version !== 1 || data.type !== "progress") return;
  report?.progress(data);
  say();
});

setInterval(() => report?.time(), MINUTE);
window.addEventListener("pagehide", () => (report ?? lms)?.finish());
// A page that comes back out of the browser's cache has said goodbye already.
window.addEventListener("pageshow", (event) => event.persisted && location.reload());

const first = report?.track || (choices.length === 1 ? choices[0].dataset.track : "");
if (first) open(first);
say();
