// What passes between the lab in a frame and the page around it. docs/embedding.md is the
// contract, for both directions.

const SOURCE = "fleet-lab";
const HOST = "fleet-lab-host";
const VERSION = 1;
const THEMES = ["light", "dark"];

export const framed = window.parent !== window;
export const embedded = "embed" in document.documentElement.dataset;

// Nothing that is told is secret, and a frame can't know in whose page it stands: hence "*".
// Neither predictions nor texts nor the ledger ever go this way.
export function tellHost(type, facts = {}) {
  if (embedded && framed) {
    window.parent.postMessage({ source: SOURCE, version: VERSION, type, ...facts }, "*");
  }
}

// The one thing that the page around may ask for. Whoever it is, a theme can do no harm, so its
// origin is free; but it must be the parent, and the message exactly of this shape.
export function themeAsked(event) {
  const { data } = event;
  if (event.source !== window.parent || typeof data !== "object" || data === null) return null;
  const known = data.source === HOST && data.version === VERSION && data.type === "theme";
  return known && THEMES.includes(data.theme) ? data.theme : null;
}

// The page's own height, not the window's: a frame that grows must not make the page grow again.
function tellHeight() {
  const height = Math.ceil(document.documentElement.getBoundingClientRect().height);
  if (height === tellHeight.last) return;
  tellHeight.last = height;
  tellHost("resize", { height });
}

export function bindEmbed({ onTheme }) {
  if (!embedded || !framed) return;
  window.addEventListener("message", (event) => {
    const theme = themeAsked(event);
    if (theme) onTheme(theme);
  });
  new ResizeObserver(tellHeight).observe(document.documentElement);
  // Most sites refuse to be framed, so a source opens beside the book, not in our place.
  for (const link of document.querySelectorAll('main a[href^="http"]')) link.target = "_blank";
}
