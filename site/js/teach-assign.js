// The page that makes assignments: what is chosen is held against settings that the models have
// evaluated while the site was built, and only what can be met, and is not met at once, has a link.
import { keepVisited } from "./keep/offline.js";
import { write } from "./assign/code.js";
import { saidTime } from "./assign/time.js";
import { copyText } from "./page/copy.js";
import { listed, say } from "./page/words.js";

// `room`: the share of a limit that a figure has to leave; see buildlib/assigning.py.
const { room: ROOM, tracks } = JSON.parse(document.getElementById("checks").textContent);
const $ = (name) => document.querySelector(`[data-assign-${name}]`);
const form = $("form");
const seed = String(crypto.getRandomValues(new Uint32Array(1))[0] % 1_000_000);

function element(name, facts = {}, ...inside) {
  const made = Object.assign(document.createElement(name), facts);
  made.append(...inside);
  return made;
}

function menu(label, key, values, chosen) {
  const select = element("select", {}, ...values.map(([value, text]) => element("option", { value, textContent: text })));
  select.dataset[key] = "";
  select.value = chosen;
  return element("label", {}, `${label} `, select);
}

function limitRow(part, key, target) {
  const values = target.values.map(([value, bound]) => [value, value === target.own ? say("assign-own", { bound }) : bound]);
  const row = element("div", { className: "assign-limit" }, element("span", { textContent: target.label }));
  row.dataset.limit = key;
  row.setAttribute("role", "group");
  row.setAttribute("aria-label", say("assign-limit-of", { part, label: target.label }));
  row.append(menu(say("assign-from"), "from", values, target.own));
  row.append(menu(say("assign-to"), "to", [["", say("assign-same")], ...values], ""));
  return row;
}

function showParts() {
  const { parts } = tracks[$("track").value];
  $("parts").replaceChildren(...Object.entries(parts).map(([number, { title, targets }]) => {
    const box = element("input", { type: "checkbox", checked: true });
    box.dataset.part = number;
    const name = element("label", {}, box, ` ${say("assign-part", { number, title })}`);
    const rows = Object.entries(targets).map(([key, each]) => limitRow(number, key, each));
    return element("div", { className: "assign-part" }, name, ...rows);
  }));
}

// What is chosen: of each limit the values, in order, that a student may get.
function chosen() {
  const track = $("track").value;
  const parts = [];
  const limits = [];
  for (const box of document.querySelectorAll("[data-part]")) {
    if (!box.checked) continue;
    const part = Number(box.dataset.part);
    parts.push(part);
    for (const row of box.closest(".assign-part").querySelectorAll("[data-limit]")) {
      const target = tracks[track].parts[part].targets[row.dataset.limit];
      const order = target.values.map(([value]) => value);
      const [one, other] = [row.querySelector("[data-from]").value, row.querySelector("[data-to]").value];
      const [from, to] = [one, other || one].sort((a, b) => order.indexOf(a) - order.indexOf(b));
      if (from !== target.own || to !== target.own) limits.push({ part, target: row.dataset.limit, from, to });
    }
  }
  const typed = $("due").value;
  return { track, parts, limits, due: typed ? new Date(typed) : null, seed: limits.some(({ from, to }) => from !== to) ? seed : "" };
}

const value = (text) => Number(text.replace("p", "."));

// A part's lights with the strictest, or the loosest, limits that a student may get.
function lights(part, limits, strict) {
  return part.lights.map(([key, sense, own, label]) => {
    const set = limits.find((each) => each.target === key);
    const ends = set ? [value(set.from), value(set.to)] : [own, own];
    const least = (sense === "at_most") === strict;
    return { key, sense, label, limit: least ? Math.min(...ends) : Math.max(...ends), set: Boolean(set) };
  });
}

const passes = ({ sense, limit }, read) => read !== null && (sense === "at_most" ? read <= limit : read >= limit);

// With room; a figure that a dial sets may equal its limit.
function clears(light, read) {
  if (!light.set || Math.abs(read - light.limit) <= 1e-9 * Math.abs(light.limit)) return passes(light, read);
  return read !== null && passes(light, read * (light.sense === "at_most" ? 1 + ROOM : 1 - ROOM));
}

const nearer = (light, read) => read === null ? null : read * (light.sense === "at_most" ? 1 - ROOM : 1 + ROOM);

function check(number, part, limits) {
  const [strict, loose] = [lights(part, limits, true), lights(part, limits, false)];
  const met = part.passing.some(({ metrics, sound }) => sound && strict.every((each) => clears(each, metrics[each.key])));
  const missed = part.failing.every(
    ({ metrics, sound }) => !sound || loose.some((each) => !passes(each, nearer(each, metrics[each.key]))),
  );
  const key = !met ? "assign-unmet" : !missed ? "assign-too-loose" : "assign-good";
  return { good: met && missed, text: say(key, { number, title: part.title }) };
}

function limitsSaid({ track, limits }) {
  return limits.map(({ part, target: key, from, to }) => {
    const target = tracks[track].parts[part].targets[key];
    const bound = (text) => target.values.find(([each]) => each === text)[1];
    const values = { part, label: target.label, from: bound(from), to: bound(to), own: bound(target.own) };
    return say(from === to ? "assign-said-limit" : "assign-said-range", values);
  });
}

function textOf(made, link) {
  const parts = say("assign-said-parts", { count: made.parts.length, parts: listed(made.parts.map(String)) });
  const head = say("assign-said", { parts, track: tracks[made.track].name });
  const due = made.due ? [say("assign-said-due", { due: saidTime(made.due) })] : [];
  return [head, ...due, ...limitsSaid(made), say("assign-said-link", { link }), say("assign-said-hand-in")].join("\n");
}

function show() {
  const made = chosen();
  const { parts } = tracks[made.track];
  const checks = made.parts.map((each) => check(each, parts[each], made.limits.filter(({ part }) => part === each)));
  const rows = checks.map(({ good, text }) => element("li", { className: good ? "good" : "bad", textContent: text }));
  $("checks").replaceChildren(...(rows.length ? rows : [element("li", { textContent: say("assign-no-part") })]));
  const good = rows.length > 0 && checks.every((each) => each.good);
  $("made").hidden = !good;
  $("none").hidden = good;
  $("state").textContent = "";
  if (!good) return;
  const word = write(made);
  const link = new URL(`${form.dataset.root}${made.track}/?part=${made.parts[0]}&assign=${word}`, location.href).href;
  $("link").value = link;
  $("open").href = link;
  $("text").value = textOf(made, link);
  $("elsewhere").textContent = [
    `fleet-lab-offline.html?track=${made.track}&assign=${word}`,
    `${made.track}/?embed=1&part=${made.parts[0]}&assign=${word}`,
    say("assign-said-scorm", { word }),
  ].join("\n");
}

async function copy(field) {
  const copied = await copyText(field.value);
  field.select();
  $("state").textContent = say(copied ? "assign-copied" : "assign-copy-yourself");
}

for (const button of document.querySelectorAll("[data-assign-copy]")) {
  button.addEventListener("click", () => copy($(button.dataset.assignCopy)));
}
form.addEventListener("submit", (event) => event.preventDefault());
form.addEventListener("change", (event) => {
  if (event.target === $("track")) showParts();
  show();
});
showParts();
show();
keepVisited();
