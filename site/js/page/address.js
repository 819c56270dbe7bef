// Where one is: the query of the page's address. In a frame it is replaced, never pushed, so that
// the reader's Back leaves the book's page as expected; and a frame that may not change its address
// at all goes on with a copy in memory.
import { embedded } from "./embed.js";

// Keys of the page, not of a part: they go along. `track` says which page of the one-file lab.
const LOOKS = ["embed", "view", "theme", "track", "assign", "learner", "learner_name"];
let memory = null;

export const query = () => memory ?? location.search;

export function goTo(next) {
  const wanted = new URLSearchParams(next);
  const now = new URLSearchParams(query());
  for (const key of LOOKS) if (now.has(key)) wanted.set(key, now.get(key));
  try {
    const how = embedded ? "replaceState" : "pushState";
    history[how](null, "", `?${wanted}`);
  } catch {
    memory = `?${wanted}`;
  }
}
