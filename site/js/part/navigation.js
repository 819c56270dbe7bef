// From part to part without a reload: Python stays, and so does what was done.
import { goTo, query } from "../page/address.js";
import { say } from "../page/words.js";

export class Navigation {
  // `sections` by the part's number; `onGo(part)` is told when the reader goes to another.
  constructor(sections, onGo) {
    this.sections = sections;
    this.onGo = onGo;
    this.siteTitle = document.title;
    document.addEventListener("click", (event) => this.follow(event));
    window.addEventListener("popstate", () => this.go());
    this.show(this.part);
  }

  get part() {
    const asked = Number(new URLSearchParams(query()).get("part"));
    return this.sections.has(asked) ? asked : [...this.sections.keys()][0];
  }

  show(part) {
    for (const [number, section] of this.sections) section.hidden = number !== part;
    for (const link of document.querySelectorAll("[data-part-link]")) {
      const here = Number(link.dataset.partLink) === part;
      if (here) link.setAttribute("aria-current", "page");
      else link.removeAttribute("aria-current");
    }
    if (this.sections.size === 1) return; // the page's title says it
    const heading = this.sections.get(part).querySelector("h1").textContent;
    const named = say("part-title", { number: part, title: heading });
    document.title = `${named} · ${this.siteTitle}`;
  }

  follow(event) {
    const link = event.target.closest("[data-part-link]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
    event.preventDefault();
    goTo(new URL(link.href).search);
    this.go();
    document.getElementById("main")?.focus();
  }

  go() {
    const { part } = this;
    this.show(part);
    window.scrollTo(0, 0);
    this.onGo(part);
  }
}
