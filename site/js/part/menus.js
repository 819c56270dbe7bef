// An instrument's one menu: its table, its formulas and its simulation. What is opened stands below the
// figure, and is brought into view.

function peek(figure, button, onPeek) {
  const panel = document.getElementById(button.getAttribute("aria-controls"));
  button.addEventListener("click", () => {
    const open = button.getAttribute("aria-expanded") !== "true";
    button.setAttribute("aria-expanded", String(open));
    panel.hidden = !open;
    onPeek();
    if (open) panel.scrollIntoView({ block: "nearest" });
  });
}

function closeOnLeaving(menu) {
  const close = (focus) => {
    if (!menu.open) return;
    menu.open = false;
    if (focus) menu.querySelector("summary").focus();
  };
  menu.addEventListener("keydown", (event) => event.key === "Escape" && close(true));
  menu.addEventListener("focusout", ({ relatedTarget }) => {
    if (relatedTarget && !menu.contains(relatedTarget)) close(false);
  });
  document.addEventListener("pointerdown", ({ target }) => !menu.contains(target) && close(false));
  menu.addEventListener("click", ({ target }) => target.closest("button") && close(true));
}

// `onPeek()` is told when a table or formulas were opened or closed.
export function bindMenus(section, onPeek) {
  for (const figure of section.querySelectorAll("[data-instrument]")) {
    for (const button of figure.querySelectorAll("[data-table-peek], [data-math-peek]")) {
      peek(figure, button, onPeek);
    }
    closeOnLeaving(figure.querySelector("[data-menu]"));
  }
}
