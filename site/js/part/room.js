// How much room the strip of lights, the head of the stage and the bar of dials take, as custom
// properties: what is sticky stands below the one and above the other, and the figure fills the rest.

const MEASURED = { "--strip": "[data-strip]", "--stage-head": "[data-stage-head]", "--dials": ".knobs" };

// The bar of dials stands at the window's foot once the bench is what one looks at, and not over what
// comes before it.
function bringToHand(bench) {
  const looked = ([{ isIntersecting }]) => bench.toggleAttribute("data-at-hand", isIntersecting);
  new IntersectionObserver(looked, { rootMargin: "0px 0px -50% 0px" }).observe(bench);
}

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
  bringToHand(section.querySelector("[data-bench]"));
}
