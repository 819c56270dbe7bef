// What style sheets can't do for paper: dials, sources and ledger out of their disclosures, figures shrunk to the
// sheet (they are pixels, drawn for the screen), dark ones marked so that print.css turns them.

const SHEET_PX = 640; // A4 without its margins, at 96 px to the inch
const FOLDED = ":is(.advanced, .sources, .defence-asked, .ledger-all):not([open])";
const root = document.documentElement;

function isDark() {
  return document.querySelector("[data-theme-toggle]")?.getAttribute("aria-pressed") === "true";
}

function before() {
  root.dataset.drawn = isDark() ? "dark" : "light";
  for (const closed of document.querySelectorAll(FOLDED)) {
    closed.open = true;
    closed.dataset.forPaper = "";
  }
  for (const slot of document.querySelectorAll(".instrument-slot")) {
    const { clientWidth: width, clientHeight: height } = slot;
    slot.style.setProperty("--drawn-width", `${width}px`);
    slot.style.setProperty("--drawn-height", `${height}px`);
    slot.style.setProperty("--print-zoom", String(Math.min(1, SHEET_PX / Math.max(width, 1))));
  }
}

function after() {
  delete root.dataset.printing;
  for (const opened of document.querySelectorAll("[data-for-paper]")) {
    opened.open = false;
    delete opened.dataset.forPaper;
  }
}

window.addEventListener("beforeprint", before);
window.addEventListener("afterprint", after);

// The ledger alone, as its Print button promises; the browser's own print gives the whole part.
export function printLedger() {
  root.dataset.printing = "ledger";
  window.print();
}
