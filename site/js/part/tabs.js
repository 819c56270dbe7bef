// The instruments of a part as tabs: one is on show. The others keep their place and size, unseen,
// so that a figure is drawn right the moment it is chosen.

const STEPS = { ArrowRight: 1, ArrowLeft: -1 };

function show(tabs, chosen) {
  for (const tab of tabs) {
    const here = tab === chosen;
    tab.setAttribute("aria-selected", String(here));
    tab.tabIndex = here ? 0 : -1;
    const panel = document.getElementById(tab.getAttribute("aria-controls"));
    panel.toggleAttribute("data-shown", here);
  }
}

// `onShow()` is told when another instrument is on show.
export function bindTabs(section, onShow) {
  const tabs = [...section.querySelectorAll("[role=tab]")];
  const choose = (tab) => {
    show(tabs, tab);
    onShow();
  };
  for (const [place, tab] of tabs.entries()) {
    tab.addEventListener("click", () => choose(tab));
    tab.addEventListener("keydown", (event) => {
      const ends = { Home: 0, End: tabs.length - 1 };
      const wanted = ends[event.key] ?? (event.key in STEPS ? place + STEPS[event.key] : null);
      if (wanted === null) return;
      event.preventDefault();
      const next = tabs.at(wanted % tabs.length);
      next.focus();
      choose(next);
    });
  }
}
