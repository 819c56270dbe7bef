// Tells the app what of a part is before the reader's eyes: the instruments in view, whose tab is
// chosen, the tables and the Math Peeks that are open. While a knob moves it computes no more than
// that.

export class Attention {
  constructor(section, tell) {
    this.tell = tell;
    this.seen = new Set();
    this.figures = [...section.querySelectorAll("[data-instrument]")];
    this.observer = new IntersectionObserver((entries) => this.looked(entries));
    for (const figure of this.figures) this.observer.observe(figure);
  }

  looked(entries) {
    for (const { target, isIntersecting } of entries) {
      if (isIntersecting) this.seen.add(target);
      else this.seen.delete(target);
    }
    this.say();
  }

  say() {
    const names = (which) => this.figures.filter(which).map((each) => each.dataset.instrument);
    const shown = (each) => each.hasAttribute("data-shown");
    const open = (each, panel) => shown(each) && !each.querySelector(panel).hidden;
    this.tell({
      seen: names((each) => shown(each) && this.seen.has(each)),
      tables: names((each) => open(each, "[data-table-panel]")),
      math: names((each) => open(each, "[data-math]")),
    });
  }
}
