// What a learning-management system is told, and nothing else: whether a track is done, how long
// the page was open, which checkpoints were reached. No score, since no prediction is marked here.
// The ledger does not go there: cmi.suspend_data holds 4,096 characters, a ledger some 50,000.

const LARGEST_SUSPEND = 4096;
const FINAL = ["completed", "passed"];
const UNTOUCHED = ["", "not attempted", "unknown", "browsed"];

// A CMITimespan: HHHH:MM:SS.SS
export function timespan(milliseconds) {
  const hundredths = Math.min(Math.max(0, Math.round(milliseconds / 10)), 9999 * 360_000 + 359_999);
  const pad = (value, width) => String(value).padStart(width, "0");
  const seconds = Math.floor(hundredths / 100);
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
  return `${pad(hours, 4)}:${pad(minutes, 2)}:${pad(seconds % 60, 2)}.${pad(hundredths % 100, 2)}`;
}

export class Report {
  // `tracks` has the numbers of each track's parts, by its key; `now` gives milliseconds. Where the
  // course does not name its student, what is kept may be another's: only this sitting's counts.
  constructor(lms, tracks, now, named = true) {
    this.before = named ? null : new Map();
    this.lms = lms;
    this.tracks = tracks;
    this.now = now;
    this.begun = now();
    const mode = lms.get("cmi.core.lesson_mode");
    this.told = lms.open && mode !== "browse" && mode !== "review";
    this.status = lms.get("cmi.core.lesson_status");
    const { track, done } = this.read(lms.get("cmi.suspend_data"));
    this.track = track;
    this.done = done;
    if (this.told && UNTOUCHED.includes(this.status)) this.setStatus("incomplete");
    if (this.told) this.lms.commit();
  }

  // Whatever stands there, only checkpoints that there are come out.
  read(text) {
    let kept = {};
    try {
      kept = JSON.parse(text) ?? {};
    } catch {
      // Empty, or another package's.
    }
    const done = new Map();
    for (const [key, parts] of Object.entries(this.tracks)) {
      const reached = Array.isArray(kept.done?.[key]) ? kept.done[key] : [];
      done.set(key, new Set(parts.filter((part) => reached.includes(part))));
    }
    return { track: Object.hasOwn(this.tracks, kept.track ?? "") ? kept.track : "", done };
  }

  setStatus(status) {
    if (this.lms.set("cmi.core.lesson_status", status)) this.status = status;
  }

  get complete() {
    return Object.entries(this.tracks).some(([key, parts]) => this.done.get(key).size === parts.length);
  }

  choose(track) {
    this.track = track;
    this.keep();
  }

  // A part reached a state: only checkpoints count.
  progress({ track, part, state }) {
    const known = Object.hasOwn(this.tracks, track) && this.tracks[track].includes(part);
    if (known && this.before && !this.before.has(`${track}/${part}`)) {
      this.before.set(`${track}/${part}`, state);
    }
    if (this.before?.get(`${track}/${part}`) === "checkpointed") return;
    if (!known || state !== "checkpointed" || this.done.get(track).has(part)) return;
    this.done.get(track).add(part);
    if (this.told && this.complete && !FINAL.includes(this.status)) this.setStatus("completed");
    this.keep();
  }

  keep() {
    if (!this.told) return;
    const done = Object.fromEntries([...this.done].map(([key, parts]) => [key, [...parts].sort()]));
    const text = JSON.stringify({ track: this.track, done });
    if (text.length <= LARGEST_SUSPEND) this.lms.set("cmi.suspend_data", text);
    this.time();
  }

  // The time of this sitting so far; said again and again, since a browser may be killed.
  time() {
    if (!this.told) return;
    this.lms.set("cmi.core.session_time", timespan(this.now() - this.begun));
    this.lms.commit();
  }

  finish() {
    if (this.told) {
      this.lms.set("cmi.core.exit", FINAL.includes(this.status) ? "" : "suspend");
      this.time();
    }
    this.lms.finish();
  }
}
