// What the stored ledger says of a track's parts, read before Python is up: enough to show a lock
// that is committed and a text that was written. Whether the ledger is sound, Python says later.

const TEXTS = ["answer", "text"];

// Whatever is stored, nothing but a text is shown as one.
function isShown(data) {
  const fits = (name) => data[name] === undefined || typeof data[name] === "string";
  return typeof data === "object" && data !== null && TEXTS.every(fits);
}

// Gives a Map by part: the data of its latest event of each kind, a Map too.
export function keptParts(text, track) {
  const parts = new Map();
  try {
    for (const event of JSON.parse(text).events) {
      if (event.track !== track || !isShown(event.data)) continue;
      if (!parts.has(event.part)) parts.set(event.part, new Map());
      parts.get(event.part).set(event.kind, event.data);
    }
  } catch {
    // None is kept, or it is damaged.
  }
  return parts;
}
