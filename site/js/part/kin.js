// What goes together lights up together: a light, the dials that move it, and its line in a figure.
// Which those are, the part's own data says (`moved_by` and `marks` of a target, the dial that a figure's
// point is in the hand of). The pointer and the focus work alike; nothing moves.
const NEAR_PX = 7;
const THICKER = 2.4; // times, of a lit line
const LARGE_PX = 24; // a lit point

const lists = (element, name) => (element.dataset[name] ?? "").split("|").filter(Boolean);

function plotsIn(section, instrument) {
  const slot = section.querySelector(`[data-instrument="${instrument}"] [data-slot=instrument]`);
  const found = [];
  const look = (view) => {
    if (view.frame) found.push(view);
    else view.child_views?.forEach(look);
  };
  if (slot && globalThis.Bokeh) [...Bokeh.index].filter(({ el }) => slot.contains(el)).forEach(look);
  return found;
}

const marksOf = (plot) => [...plot.model.center, ...plot.model.renderers];

// Whether a pointer is on what a figure draws under a name.
function isOn(plot, { type, name, dimension, location, data_source }, { clientX, clientY }) {
  if (!name || !plot.frame) return false;
  const { left, top } = plot.canvas_view.el.getBoundingClientRect();
  const { x_scale, y_scale, bbox } = plot.frame;
  const [x, y] = [clientX - left, clientY - top];
  if (x < bbox.left || x > bbox.right || y < bbox.top || y > bbox.bottom) return false;
  if (type === "Span") {
    return Math.abs(dimension === "height" ? x_scale.compute(location) - x : y_scale.compute(location) - y) < NEAR_PX;
  }
  if (name !== "here" || !data_source.data.x.length) return false;
  const { data } = data_source;
  return Math.hypot(x_scale.compute(data.x[0]) - x, y_scale.compute(data.y[0]) - y) < 2 * NEAR_PX;
}

export class Kin {
  constructor(section) {
    this.section = section;
    this.targets = [...section.querySelectorAll("[data-target]")];
    this.thick = new Map(); // marks that are lit, each with what takes it back
    this.lit = "";
    for (const event of ["pointermove", "focusin"]) section.addEventListener(event, (heard) => this.heard(heard));
    for (const event of ["pointerleave", "focusout"]) section.addEventListener(event, () => this.light([], [], []));
  }

  heard(event) {
    const light = event.target.closest("[data-target]");
    const dial = event.target.closest("[data-knob], [data-chip]");
    const slot = event.target.closest("[data-slot=instrument]");
    if (this.section.dataset.lockState !== "committed") return;
    if (light) this.light([light], lists(light, "movedBy"), lists(light, "marks"));
    else if (dial) this.lightDial(dial.dataset.knob ?? dial.dataset.chip);
    else if (slot && event.type === "pointermove") this.lightMark(slot, event);
    else if (event.type === "focusin" || !this.section.querySelector(":focus-visible")) this.light([], [], []);
  }

  lightDial(key) {
    const moved = this.targets.filter((each) => lists(each, "movedBy").includes(key));
    const here = [...this.section.querySelectorAll("[data-instrument]")].filter(({ dataset }) =>
      plotsIn(this.section, dataset.instrument).some((plot) =>
        plot.model.renderers.some(({ name, glyph }) => name === "here" && glyph.tags[0] === key)));
    const marks = [...moved.flatMap((each) => lists(each, "marks").filter((mark) => !mark.endsWith(" here"))),
      ...here.map(({ dataset }) => `${dataset.instrument} here`)];
    this.light(moved, [key], marks);
  }

  lightMark(slot, event) {
    const { instrument } = slot.closest("[data-instrument]").dataset;
    const names = plotsIn(this.section, instrument).flatMap((plot) =>
      marksOf(plot).filter((mark) => isOn(plot, mark, event)).map(({ name }) => `${instrument} ${name}`));
    const lights = this.targets.filter((each) => lists(each, "marks").some((mark) => names.includes(mark)));
    this.light(lights, lights.flatMap((each) => lists(each, "movedBy")), lights.length ? names : []);
  }

  light(lights, dials, marks) {
    const wanted = JSON.stringify([lights.map(({ dataset }) => dataset.target), dials, marks]);
    if (wanted === this.lit) return;
    this.lit = wanted;
    for (const each of this.targets) each.toggleAttribute("data-lit", lights.includes(each));
    for (const each of this.section.querySelectorAll("[data-knob], [data-chip]")) {
      each.toggleAttribute("data-lit", dials.includes(each.dataset.knob ?? each.dataset.chip));
    }
    for (const tab of this.section.querySelectorAll("[role=tab]")) {
      const { instrument } = document.getElementById(tab.getAttribute("aria-controls")).dataset;
      tab.toggleAttribute("data-lit", marks.some((mark) => mark.startsWith(`${instrument} `)));
    }
    this.thicken(marks);
  }

  thicken(marks) {
    const wanted = new Set(marks.flatMap((mark) => {
      const [instrument, name] = mark.split(" ");
      return plotsIn(this.section, instrument).flatMap(marksOf).filter((each) => each.name === name);
    }));
    for (const [mark, restore] of this.thick) {
      if (wanted.has(mark)) continue;
      restore();
      this.thick.delete(mark);
    }
    for (const mark of wanted) {
      if (this.thick.has(mark)) continue;
      const [model, name, more] = mark.type === "Span"
        ? [mark, "line_width", THICKER * mark.line_width]
        : [mark.glyph, "size", { value: LARGE_PX }];
      const before = model[name];
      this.thick.set(mark, () => {
        model[name] = before;
      });
      model[name] = more;
    }
  }
}
