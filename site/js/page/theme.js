// Light or dark: the system's choice, the reader's own, or that of the page around it.

const system = matchMedia("(prefers-color-scheme: dark)");
const forced = matchMedia("(forced-colors: active)");
const contrast = matchMedia("(prefers-contrast: more)");
// In the order in which the figures' palette takes them.
const SYSTEM_COLORS = ["Canvas", "CanvasText", "GrayText", "Highlight", "LinkText"];

function resolved(name) {
  const probe = document.createElement("span");
  probe.style.color = name;
  document.documentElement.append(probe);
  const channels = getComputedStyle(probe).color.match(/[\d.]+/g).slice(0, 3);
  probe.remove();
  return `#${channels.map((each) => Math.round(each).toString(16).padStart(2, "0")).join("")}`;
}

export class Theme {
  constructor(store, onChange) {
    this.store = store;
    this.onChange = onChange;
    const chosen = store.get("theme");
    const asked = document.documentElement.dataset.theme; // by the address, which early.js read
    if (!asked && (chosen === "light" || chosen === "dark")) this.show(chosen, false);
    for (const each of [system, forced, contrast]) each.addEventListener("change", () => this.changed());
    for (const button of document.querySelectorAll("[data-theme-toggle]")) {
      button.addEventListener("click", () => this.choose(this.now === "dark" ? "light" : "dark"));
    }
    this.changed();
  }

  get now() {
    return document.documentElement.dataset.theme ?? (system.matches ? "dark" : "light");
  }

  // What the figures are drawn in: they are pixels, which no style sheet reaches.
  get look() {
    if (forced.matches) return ["forced", ...SYSTEM_COLORS.map(resolved)].join(" ");
    return contrast.matches ? `${this.now}-more` : this.now;
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
    this.onChange(this.now, this.look);
  }
}
