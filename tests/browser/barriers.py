"""What the tests of accessibility look with: axe-core, and the place of the keyboard's focus."""

from __future__ import annotations

from dataclasses import dataclass

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

AXE = Axe()
# Every rule that is on by default (WCAG 2.0 to 2.2 A and AA, and best practices), and the size of
# targets, which is off by default.
RULES = {"resultTypes": ["violations"], "rules": {"target-size": {"enabled": True}}}

# The element that has the focus, through the open shadow roots of Material's controls.
FOCUS = """() => {
  let element = document.activeElement;
  const hosts = [];
  while (element.shadowRoot?.activeElement) {
    hosts.push(element);
    element = element.shadowRoot.activeElement;
  }
  const ringed = [
    element,
    element.closest(".option, .track-card, .MuiSlider-thumb"),
    element.closest(".MuiSwitch-root")?.querySelector(".MuiSwitch-thumb"),
  ].filter(Boolean);
  const seen = ringed.find((each) => {
    const { outlineStyle, outlineWidth, outlineColor } = getComputedStyle(each);
    return outlineStyle === "solid" && parseFloat(outlineWidth) >= 2 &&
      outlineColor !== "rgba(0, 0, 0, 0)";
  });
  const { left, top, width, height } = (seen ?? element).getBoundingClientRect();
  const at = (x, y) => {
    let found = document.elementFromPoint(x, y);
    while (found?.shadowRoot?.elementFromPoint(x, y) &&
           found.shadowRoot.elementFromPoint(x, y) !== found)
      found = found.shadowRoot.elementFromPoint(x, y);
    return found;
  };
  const own = (found) => found && (ringed.some((each) => each.contains(found)) ||
    found.contains(element) && found.closest("label, .MuiSlider-root, .MuiSwitch-root"));
  const spots = [0.1, 0.5, 0.9].flatMap((x) => [0.1, 0.5, 0.9].map((y) => [x, y]));
  const host = hosts[0] ?? element;
  return {
    tag: element.tagName.toLowerCase(),
    words: (element.getAttribute("aria-label") ?? element.textContent).trim().slice(0, 60),
    within: host.closest("[data-knob]")?.dataset.knob ?? "",
    hooks: [...host.attributes].map(({ name, value }) => value ? `${name}=${value}` : name),
    ringed: Boolean(seen),
    unobscured: spots.some(([x, y]) => own(at(left + x * width, top + y * height))),
  };
}"""


def audit(page: Page, state: str) -> None:
    """Let axe-core find nothing on the page as it stands, whatever the impact."""
    found = AXE.run(page, options=RULES).response["violations"]
    bad = [
        (each["id"], each["impact"], node["target"], node["html"][:200])
        for each in found
        for node in each["nodes"]
    ]
    assert not bad, f"{state}: {bad}"


@dataclass(frozen=True)
class Stop:
    """Where the Tab key has led."""

    tag: str
    words: str
    within: str
    hooks: list[str]
    ringed: bool
    unobscured: bool


class Keyboard:
    """A reader with a keyboard and nothing else, who looks where the focus is at each stop."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.stops: list[Stop] = []

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def tab(self) -> Stop:
        """Go to the next stop; its focus must be seen, and nothing may lie over it."""
        self.page.keyboard.press("Tab")
        stop = Stop(**self.page.evaluate(FOCUS))
        assert stop.tag != "body", f"the focus left the page after {self.stops[-1]}"
        assert stop.ringed, f"no focus to be seen: {stop}"
        assert stop.unobscured, f"the focus is hidden: {stop}"
        self.stops.append(stop)
        return stop

    def to(self, hook: str, limit: int = 40) -> Stop:
        """Press Tab until the stop has this attribute, or is the control of this knob."""
        for _ in range(limit):
            stop = self.tab()
            if hook in stop.hooks or hook == stop.within or hook == stop.words:
                return stop
        raise AssertionError(f"{hook} is not reached in {limit} stops: {self.stops[-limit:]}")
