// A small button that does one thing.
export function smallButton(label, act) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "button-small";
  made.textContent = label;
  made.addEventListener("click", act);
  return made;
}
