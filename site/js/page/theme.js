// Light or dark: the system's choice, the reader's own, or that of the page around it.

const system = matchMedia("(prefers-color-scheme: dark)");

export class Theme {
  constructor(store, onChange) {
    this.store = store;
    this.onChange = onChange;
    const chosen = store.get("theme");
    const asked = document.documentElement.dataset.theme; // by the address, which early.js read
    if (!asked && (chosen === "light" || chosen === "dark")) this.show(chosen, false);
    system.addEventListener("change", () => this.changed());
    for (const button of document.querySelectorAll("[data-theme-toggle]")) {
      button.addEventListener("click", () => this.choose(this.now === "dark" ? "light" : "dark"));
    }
    this.changed();
  }

  get now() {
    return document.documentElement.dataset.theme ?? (system.matches ? "dark" : "light");
  }

  choose(theme) {
    this.store.set("theme", theme);
    this.show(theme);
  }

  // For this visit only: what the page around the lab asks for is not the reader's own choice.
  show(theme, tell = true) {
    document.documentElement.dataset.theme = theme;
    if (tell) this.changed();
  }

  changed() {
    for (const button of document.querySelectorAll("[data-theme-toggle]")) {
      button.setAttribute("aria-pressed", String(this.now === "dark"));
    }
    this.onChange(this.now);
  }
}
