// Around the dials: the note of each behind a button where room is scarce, and on a narrow screen one
// dial in hand, chosen by its chip.
import { setText } from "./facts.js";

function bindNotes(section) {
  for (const button of section.querySelectorAll("[data-knob-about]")) {
    const knob = button.closest("[data-knob]");
    button.addEventListener("click", () => {
      const open = knob.toggleAttribute("data-about");
      button.setAttribute("aria-expanded", String(open));
    });
  }
}

function take(section, chip) {
  for (const each of section.querySelectorAll("[data-chip]")) {
    each.setAttribute("aria-pressed", String(each === chip));
  }
  for (const knob of section.querySelectorAll("[data-knob]")) {
    const here = knob.dataset.knob === chip.dataset.chip;
    knob.toggleAttribute("data-in-hand", here);
    const advanced = knob.closest("details.advanced");
    if (here && advanced) advanced.open = true;
  }
}

export function bindDials(section) {
  bindNotes(section);
  for (const chip of section.querySelectorAll("[data-chip]")) {
    chip.addEventListener("click", () => take(section, chip));
  }
}

export function showChips(section) {
  for (const chip of section.querySelectorAll("[data-chip]")) {
    const knob = section.querySelector(`[data-knob="${chip.dataset.chip}"]`);
    const value = knob.querySelector("[data-knob-value]").textContent;
    setText(chip.querySelector("[data-chip-value]"), value);
  }
}
