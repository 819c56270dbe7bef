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
// A computer is shared: what is kept belongs to the student whom the course names.
const student = lms?.get("cmi.core.student_id") ?? "";
const named = lms?.get("cmi.core.student_name") ?? "";
const report = lms?.open ? new Report(lms, tracks, () => performance.now(), student !== "") : null;

const words = JSON.parse(document.getElementById("words").textContent);

function stateOf() {
  if (!api) return "none";
  if (!report) return "silent";
  if (!report.told) return "review";
  if (lms.trouble) return "part";
  return words[report.status] ? report.status : "incomplete";
}

function say() {
  state.textContent = words[stateOf()].replace("{trouble}", lms?.trouble ?? "");
}

function open(track) {
  for (const each of choices) {
    if (each.dataset.track === track) each.setAttribute("aria-current", "true");
    else each.removeAttribute("aria-current");
  }
  frame.title = choices.find((each) => each.dataset.track === track).textContent;
  frame.hidden = false;
  const who = new URLSearchParams({ embed: "1" });
  if (frame.dataset.assign) who.set("assign", frame.dataset.assign);
  if (student) who.set("learner", student);
  if (student && named) who.set("learner_name", named);
  frame.src = `${track}/?${who}`;
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
