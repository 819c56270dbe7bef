// What stands above the reader's place may become longer, and must not push it off the screen: the
// button that Tab has just reached, or the field that is being typed in. A change that is made in here
// leaves what has the focus where it is; if it is still being scrolled to, it is scrolled to anew.
const SCROLLING_MS = 1_000;

let reached = -SCROLLING_MS;
document.addEventListener("focusin", () => {
  reached = performance.now();
});

export function holdingPlace(change) {
  const { activeElement: held } = document;
  const before = held.getBoundingClientRect();
  change();
  if (held === document.body || !held.isConnected) return;
  if (performance.now() - reached < SCROLLING_MS) {
    held.scrollIntoView({ block: "nearest", inline: "nearest" });
  } else if (before.bottom > 0 && before.top < innerHeight) {
    const moved = held.getBoundingClientRect().top - before.top;
    if (moved) scrollBy({ top: moved, behavior: "instant" });
  }
}
