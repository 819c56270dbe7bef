// One voice for the page. What a knob's move changed (a sentence, lights, failures) is shown at
// once and told to screen readers once, when it has stood still: never step by step, and only
// what is new. Elements that change with every step are not live regions themselves.

import { say } from "./words.js";

const REST_MS = 900;
const waiting = new Map(); // by what it is about: gives the words when all has stood still
let timer;

export function announce(words) {
  const region = document.querySelector("[data-announce]");
  if (!region || !words) return;
  // What equals the words before would not be heard again.
  region.textContent = region.textContent === words ? `${words}\u00a0` : words;
}

// `give` is asked for the words once nothing has moved for a while.
export function announceWhenStill(about, give) {
  waiting.set(about, give);
  clearTimeout(timer);
  timer = setTimeout(() => {
    const all = [...waiting.values()].map((each) => each());
    waiting.clear();
    announce(all.filter(Boolean).join(" "));
  }, REST_MS);
}

const told = new WeakMap(); // by section: what it showed when it was last spoken of

function lightsOf(section) {
  return [...section.querySelectorAll("[data-target]")].map((light) => {
    const name = light.querySelector(".target-name").textContent;
    return say("light-told", { light: name, state: light.dataset.state });
  });
}

const titlesOf = (section) =>
  [...section.querySelectorAll("[data-failure] h4")].map((title) => title.textContent);

const textsOf = (section, selector) =>
  [...section.querySelectorAll(selector)].map((each) => each.textContent);

const shown = (section) => ({
  main: [section.querySelector("[data-summary]")?.textContent ?? ""],
  lights: lightsOf(section),
  failures: titlesOf(section).map((title) => say("failure-told", { title })),
  hint: textsOf(section, "[data-hint]"),
  draft: textsOf(section, "[data-draft-known]"),
  verdict: [section.querySelector('[data-verdict="met"] .verdict-met > span')?.textContent ?? ""],
});

function news(section) {
  const before = told.get(section);
  if (!before) return ""; // its lock was opened again meanwhile
  const now = shown(section);
  told.set(section, now);
  const fresh = (what) => now[what].filter((each) => !before[what].includes(each));
  const red = section.querySelector('[data-target][data-state="fail"]');
  const healed = before.failures.length && !now.failures.length && !red;
  return [
    ...fresh("main"),
    ...fresh("lights"),
    ...fresh("failures"),
    ...fresh("hint"),
    ...fresh("draft"),
    ...fresh("verdict"),
    ...(healed ? [say("failure-none-any-more")] : []),
  ].join(" ");
}

// The lock is open again: the next facts are the first.
export const forgetFacts = (section) => told.delete(section);

// To be called when the page shows the facts. The first time nothing has moved, so nothing is said.
export function announceFacts(section) {
  if (told.has(section)) announceWhenStill(section, () => news(section));
  else told.set(section, shown(section));
}
