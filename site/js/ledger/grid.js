// The ledger at a glance: one line for each part of each track, from what is kept.
import { amount, say } from "../page/words.js";

const STATES = ["checkpointed", "passed", "predicted"]; // the furthest first

function lineOf(kept) {
  const state = STATES.find((kind) => kept?.has(kind)) ?? "open";
  const line = say("ledger-line", { state });
  const off = Number(kept?.get("revealed")?.off_by);
  if (!Number.isFinite(off)) return { state, line };
  return { state, line: say("ledger-line-off", { line, factor: amount(off) }) };
}

// `keptOf(track)` gives the latest events of its parts, see kept-ledger.js.
export function showGrid(keptOf) {
  const tracks = new Map();
  for (const place of document.querySelectorAll("[data-ledger-part]")) {
    const [track, part] = place.dataset.ledgerPart.split("/");
    if (!tracks.has(track)) tracks.set(track, keptOf(track));
    const { state, line } = lineOf(tracks.get(track).get(Number(part)));
    place.dataset.state = state;
    place.querySelector("[data-ledger-line]").textContent = line;
  }
}
