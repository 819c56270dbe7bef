// What the strip says beside the lights: that all targets are met and what did it, the nearest miss
// with a remedy (the app's hint). What breaks down stands behind a button.
import { say } from "../page/words.js";
import { setText } from "./facts.js";

const MOMENT_MS = 1600; // as long as the longest of its animations in bench.css

const lightsIn = (section) => [...section.querySelectorAll("[data-target]")];

function stateOf(section, lights) {
  if (lights.some((each) => each.dataset.state === "pending")) return "none";
  if (section.querySelector("[data-failure]")) return "failure";
  return lights.every((each) => each.dataset.state === "pass") ? "met" : "gap";
}

export class Verdict {
  constructor(section) {
    this.section = section;
    this.box = section.querySelector("[data-verdict]");
    this.more = this.box.querySelector("[data-verdict-more]");
    this.settings = null;
    this.more.addEventListener("click", () => this.open(!this.opened));
    this.box.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || !this.opened) return;
      this.open(false);
      this.more.focus();
    });
    document.addEventListener("pointerdown", ({ target }) => {
      if (!this.box.contains(target)) this.open(false);
    });
  }

  get opened() {
    return this.box.hasAttribute("data-open");
  }

  open(wanted) {
    this.box.toggleAttribute("data-open", wanted);
    this.more.setAttribute("aria-expanded", String(wanted));
  }

  // To be called when the lights and failures show what `facts` tell.
  show(facts) {
    const lights = lightsIn(this.section);
    const before = this.box.dataset.verdict;
    const now = stateOf(this.section, lights);
    this.more.hidden = now !== "failure";
    if (now !== "failure") this.open(false);
    if (now === "met") this.tellCause(facts, before);
    if (now === "met" && before !== "met") this.celebrate(before);
    if (before !== now) this.box.dataset.verdict = now;
    this.settings = facts.settings;
  }

  celebrate(before) {
    if (before === "none") return; // so it was found, by a link or on coming back: no moment
    const strip = this.section.querySelector("[data-strip]");
    strip.setAttribute("data-moment", "");
    setTimeout(() => strip.removeAttribute("data-moment"), MOMENT_MS);
  }

  // The dial whose last move turned the last light. One that goes on is told where it stands now; once
  // another moves, no single one did it.
  tellCause({ settings, knobs }, before) {
    const moved = Object.keys(settings).filter((key) => settings[key] !== this.settings?.[key]);
    if (!this.settings) this.by = null;
    else if (before !== "met") this.by = moved.length === 1 ? moved[0] : null;
    else if (moved.some((key) => key !== this.by)) this.by = null;
    const dial = this.by && this.section.querySelector(`[data-knob="${this.by}"] .knob-name`)?.textContent;
    const said = dial ? say("verdict-by", { dial, value: knobs[this.by].value }) : "";
    setText(this.box.querySelector("[data-verdict-by]"), said);
  }
}
