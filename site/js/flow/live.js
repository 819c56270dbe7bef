// The start page's own queue: one line before four servers (M/M/4), simulated here with a seed. The
// same customers come at every load, only closer together, so that the dial alone is what changes.
import { amount, say } from "../page/words.js";
import { Strip } from "./strip.js";

const SERVERS = 4;
const CUSTOMERS = 60_000; // so many that the counts are near the law's
const SEED = 4;
const FIRST = 6330; // customer with whom the slice begins: at every load it is like the whole run
const SPAN_S = 40; // a service takes 1 s in the mean
const PATIENCE_S = 2;
const TICKS = 10_000;

// Exponential, of mean 1; mulberry32 (T. Ettinger, public domain).
function draws(count, seed) {
  let state = seed;
  return Float64Array.from({ length: count }, () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return -Math.log(((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32 + 2 ** -33);
  });
}

const gaps = draws(CUSTOMERS, SEED);
const work = draws(CUSTOMERS, SEED + 1000);

// Each customer's time of arrival, start and end, and the server.
function simulate(load) {
  const free = new Float64Array(SERVERS);
  let now = 0;
  return Array.from(gaps, (gap, i) => {
    now += gap / (load * SERVERS);
    let server = 0;
    for (let k = 1; k < SERVERS; k += 1) if (free[k] < free[server]) server = k;
    const start = Math.max(now, free[server]);
    free[server] = start + work[i];
    return [now, start, free[server], server];
  });
}

// Mean waiting and share late by Erlang's C formula (Erlang 1917); without end from a load of 1 on.
export function law(load) {
  if (load >= 1) return { waiting: Infinity, late: 1 };
  let term = 1;
  let sum = 0;
  for (let k = 0; k < SERVERS; k += 1) {
    sum += term;
    term *= (load * SERVERS) / (k + 1);
  }
  const waits = term / (1 - load) / (sum + term / (1 - load));
  return {
    waiting: (waits * load) / (1 - load),
    late: waits * Math.exp(-SERVERS * (1 - load) * PATIENCE_S),
  };
}

export function run(load) {
  const all = simulate(load);
  const waited = all.map(([come, start]) => start - come);
  const by = law(load);
  const endless = load >= 1;
  // What is overloaded is looked at while its line grows.
  const begin = endless ? 0 : all[FIRST][0];
  const shown = all.filter(([come, , end]) => come < begin + SPAN_S && end > begin);
  const tick = (time) => Math.round(((time - begin) * TICKS) / SPAN_S);
  const share = (part) => amount(part, { style: "percent", maximumFractionDigits: part < 0.01 ? 1 : 0 });
  const waiting = waited.reduce((sum, each) => sum + each, 0) / all.at(-1)[0];
  const late = waited.filter((each) => each > PATIENCE_S).length / CUSTOMERS;
  const words = {
    waiting: endless ? say("live-grows") : amount(waiting),
    late: share(late),
    load: amount(load, { style: "percent" }),
  };
  const counted = (name, runs, models) => ({ name, run: runs, models: endless ? "" : models });
  return {
    span: SPAN_S,
    ticks: TICKS,
    stages: [{ name: say("live-servers"), slots: SERVERS, drawn: SERVERS }],
    enter: shown.map(([come]) => tick(come)),
    start: shown.map(([, start]) => tick(start)),
    end: shown.map(([, , end]) => tick(end)),
    late: shown.map(([come, start]) => (start - come > PATIENCE_S ? tick(come + PATIENCE_S) : null)),
    slot: shown.map(([, , , server]) => server),
    group: shown.map(() => -1),
    counts: [
      counted(say("live-waiting"), words.waiting, amount(by.waiting)),
      counted(say("live-late"), words.late, share(by.late)),
    ],
    noun: say("live-noun"),
    key: say("live-key"),
    sentence: endless ? say("live-endless", words) : say("live-sentence", words),
  };
}

export function bindLive(place) {
  const dial = place.querySelector("input");
  const strip = new Strip(place.querySelector("[data-flow-slot]"));
  const show = () => {
    const facts = run(Number(dial.value) / 100);
    strip.show(facts);
    place.querySelector("output").textContent = amount(Number(dial.value) / 100, { style: "percent" });
    place.querySelector("[data-live-sentence]").textContent = facts.sentence;
  };
  dial.addEventListener("input", show);
  place.hidden = false;
  show();
}
