// The assignment that a student works on: it is said at the top of the page, and each limit that it
// sets stands in the lights and wherever the text quotes it. Python keeps it in the ledger.
import { framed, tellHost } from "../page/embed.js";
import { amount, say, listed } from "../page/words.js";
import { drawn, read, written } from "./code.js";
import { saidTime } from "./time.js";

const LIMIT = /^part_(\d+)_(.+)$/;

// The last assignment of a track that a ledger's text holds, and what tells the ledger from others.
export function keptAssignment(text, track) {
  try {
    const { events } = JSON.parse(text);
    const data = events.findLast((each) => each.kind === "assigned" && each.data.track === track)?.data;
    return { identity: events[0].data.identity, data: data && fromLedger(data) };
  } catch {
    return { identity: "", data: undefined }; // none is kept, or it is damaged
  }
}

function fromLedger({ parts, due, limits }) {
  const rows = Object.entries(limits).map(([name, value]) => {
    const [, part, target] = LIMIT.exec(name) ?? [];
    return { part: Number(part), target, value: written(value) };
  });
  rows.sort((a, b) => a.part - b.part);
  return { parts: parts.split(".").map(Number), due, limits: rows };
}

export class AssignmentOnPage {
  constructor(track) {
    this.track = track;
    this.table = JSON.parse(document.getElementById("assignable")?.textContent ?? "{}");
    this.place = document.querySelector("[data-assignment]");
  }

  // Before Python is up: what the link asks for, else what the stored ledger has.
  begin({ code, text, seed }) {
    const kept = keptAssignment(text, this.track);
    const asked = code && read(code, this.table);
    if (asked?.track !== this.track) return this.show(kept.data);
    const identity = kept.identity || seed.identity;
    return this.show({ ...asked, limits: drawn(asked, identity) });
  }

  // The ledger in hand decides from here on.
  follow(text) {
    this.show(keptAssignment(text, this.track).data);
  }

  show(now) {
    if (!this.place) return;
    this.place.hidden = !now;
    for (const [number, { targets }] of Object.entries(this.table[this.track].parts)) {
      for (const [key, target] of Object.entries(targets)) {
        const set = now?.limits.find((each) => each.part === Number(number) && each.target === key);
        quote(number, key, saying(target, set?.value) ?? saying(target, target.own));
      }
    }
    if (!now) return;
    this.place.querySelector("[data-assignment-said]").textContent = this.sentence(now);
    const rows = now.limits.map((each) => this.limit(each)).filter(Boolean);
    this.place.querySelector("ul").replaceChildren(...rows);
    if (framed) tellHost("assignment", { track: this.track, parts: now.parts });
  }

  sentence({ parts, due }) {
    const values = {
      parts: say("assignment-parts", { count: parts.length, parts: listed(parts.map((each) => amount(each))) }),
      track: this.table[this.track].name,
    };
    if (!due) return say("assignment-said", values);
    const over = Date.parse(due) < Date.now() ? "yes" : "no";
    return say("assignment-said-due", { ...values, due: saidTime(due), over });
  }

  limit({ part, target: key, value }) {
    const target = this.table[this.track].parts[part]?.targets[key];
    const [now, own] = [saying(target, value), saying(target, target?.own)];
    if (!now || now === own) return null;
    const row = document.createElement("li");
    const values = { part, label: target.label, bound: now[1], own: own[1] };
    row.textContent = say("assignment-limit", values);
    return row;
  }
}

// What is said of a value: see buildlib/assigning.py.
const saying = (target, value) => target?.values.find(([each]) => each === value);

function quote(part, key, [, bound, said, number = said]) {
  const section = document.querySelector(`section[data-part="${part}"]`);
  const light = section.querySelector(`[data-target="${key}"] [data-limit-bound]`);
  if (light) light.textContent = bound;
  for (const place of section.querySelectorAll(`[data-limit="${key}"]`)) {
    place.textContent = "number" in place.dataset ? number : said;
  }
}
