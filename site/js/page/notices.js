// Short messages in a region that screen readers announce; each can be dismissed.

import { say } from "./words.js";

// The keyboard's place must not go away with the notice that held it.
function dismiss(box) {
  const held = box.contains(document.activeElement);
  const next = box.nextElementSibling ?? box.previousElementSibling;
  box.remove();
  if (held) (next?.querySelector("button") ?? document.getElementById("main")).focus();
}

export function notice(text, tone = "info", action = null) {
  const region = document.querySelector("[data-notice]");
  const box = document.createElement("div");
  box.className = `notice notice-${tone}`;
  const words = document.createElement("p");
  words.textContent = text;
  box.append(words);
  if (action) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = action.label;
    button.addEventListener("click", action.run);
    box.append(button);
  }
  const close = document.createElement("button");
  close.type = "button";
  close.textContent = say("notice-dismiss");
  close.addEventListener("click", () => dismiss(box));
  box.addEventListener("keydown", (event) => event.key === "Escape" && dismiss(box));
  box.append(close);
  region.append(box);
}
