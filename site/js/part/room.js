// How much room the strip of lights, the head of the stage and the bar of dials take, as custom
// properties: what is sticky stands below the one and above the other, and the figure fills the rest.

const MEASURED = { "--strip": "[data-strip]", "--stage-head": "[data-stage-head]", "--dials": ".knobs" };

export function measureRoom(section) {
  const bench = section.querySelector("[data-workbench]");
  for (const [name, selector] of Object.entries(MEASURED)) {
    const element = section.querySelector(selector);
    new ResizeObserver(() => {
      const { height } = element.getBoundingClientRect();
      // A part that isn't on show has no heights.
      if (bench.offsetParent) bench.style.setProperty(name, `${Math.ceil(height)}px`);
    }).observe(element);
  }
}
