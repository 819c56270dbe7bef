// Peer instruction: one lock large, a vote, a discussion, a second vote, and both side by side. What
// is counted stays in this page: no name is asked for, and none is kept.
import { keepVisited } from "./keep/offline.js";
import { amount, say } from "./page/words.js";
import { bars, codeOf } from "./peer/draw.js";
import { Tally } from "./peer/tally.js";

const LARGEST_BYTES = 2_000_000; // of a ledger
const locks = JSON.parse(document.getElementById("locks").textContent);
const root = document.querySelector("[data-peer]");
const $ = (name) => root.querySelector(`[data-peer-${name}]`);
const SHARE = { style: "percent", maximumFractionDigits: 0 };
let lock = locks[0];
let tally = new Tally(lock);
let stage = 1; // first vote, discussion, second vote, both
let peeked = false; // the first vote is shown before the second

const voting = () => stage === 1 || stage === 3;
const round = () => (stage >= 3 ? 1 : 0);
const nameOf = (row) => (row.letter ? say("peer-option", row) : row.label);

function element(name, facts = {}, ...inside) {
  const made = Object.assign(document.createElement(name), facts);
  made.append(...inside);
  return made;
}

function showLock() {
  $("question").textContent = lock.question;
  $("quantity").textContent = lock.quantity;
  const address = new URL(`${root.dataset.root}${lock.track}/?part=${lock.part}`, location.href).href;
  $("address").href = address;
  $("address").textContent = address;
  $("code").replaceChildren(codeOf(address, say("peer-code", { track: lock.name, part: lock.part })));
  $("typing-label").textContent = say(lock.number ? "peer-type-numbers" : "peer-type-letters");
}

function option({ letter, label, says, index }) {
  const name = element("button", { type: "button", className: "peer-option" },
    element("b", { textContent: letter }), " ", element("span", { textContent: label }), " ",
    element("span", { className: "numeric", textContent: says }));
  name.disabled = !voting();
  name.addEventListener("click", () => { tally.add(round(), index); show(); });
  const count = element("input", { type: "number", min: 0, max: 9999, value: tally.counts[round()][index], disabled: !voting() });
  count.setAttribute("aria-label", say("peer-count", { letter }));
  count.addEventListener("change", () => { tally.set(round(), index, Number(count.value)); show(); });
  return element("div", { className: "peer-row" }, name, count);
}

// The buttons are made once a stage; a vote changes the numbers beside them.
function showOptions() {
  $("options").replaceChildren(...(lock.number ? [] : tally.options.map(option)));
}

function show() {
  root.dataset.peerStage = String(stage);
  $("stage-said").textContent = say("peer-stage", { stage, votes: tally.total(round()) });
  $("next").textContent = say("peer-next", { stage });
  $("next").hidden = stage === 4;
  $("typing").hidden = !voting();
  const counts = $("options").querySelectorAll("input");
  for (const [index, count] of counts.entries()) count.value = tally.counts[round()][index];
  $("options").hidden = stage === 4;
  $("peek").hidden = stage !== 2;
  $("votes").hidden = voting() || (stage === 2 && !peeked);
  if (!$("votes").hidden) showVotes();
}

function showVotes() {
  const rows = tally.rows().map((row) => ({ ...row, name: nameOf(row) }));
  const both = stage === 4;
  const second = (row) => (both ? amount(row.votes[1]) : say("peer-not-yet"));
  $("rows").replaceChildren(...rows.map((row) => element("tr", {},
    element("th", { scope: "row", textContent: row.name }),
    element("td", { textContent: amount(row.votes[0]) }), element("td", { textContent: second(row) }))));
  $("sentence").textContent = [0, ...(both ? [1] : [])].map((at) => sentence(rows, at)).join(" ");
  $("chart").replaceChildren(bars(rows, both, {
    label: $("sentence").textContent, first: say("peer-key-first"), second: say("peer-key-second"),
    said: (votes, all) => say("peer-bar", { votes, share: amount(all ? votes / all : 0, SHARE) }),
  }, document.querySelector("[data-peer]").clientWidth));
}

function sentence(rows, at) {
  const all = rows.reduce((sum, row) => sum + row.votes[at], 0);
  if (!all) return say("peer-sentence-none", { round: at + 1 });
  const most = Math.max(...rows.map((row) => row.votes[at]));
  const led = rows.filter((row) => row.votes[at] === most);
  const values = { round: at + 1, all, share: amount(most / all, SHARE) };
  return led.length > 1 ? say("peer-sentence-tie", values) : say("peer-sentence", { ...values, answer: led[0].name });
}

function begin() {
  tally = new Tally(lock);
  [stage, peeked] = [1, false];
  $("said").textContent = "";
  showLock();
  showOptions();
  show();
}

function addTyped() {
  const { taken, left } = tally.type(round(), $("typed").value);
  $("typed").value = left.join(" ");
  $("said").textContent = say(left.length ? "peer-typed-left" : "peer-typed-all", { taken, left: left.length });
  $("typed").focus();
  show();
}

async function addLedgers(files) {
  let [taken, left] = [0, 0];
  for (const file of files) {
    const text = file.size <= LARGEST_BYTES ? await file.text().catch(() => "") : "";
    if (tally.ledger(round(), text)) taken += 1;
    else left += 1;
  }
  $("said").textContent = say(left ? "peer-ledgers-left" : "peer-typed-all", { taken, left });
  show();
}

$("which").append(...locks.map((each, value) =>
  element("option", { value, textContent: say("peer-lock", { track: each.name, part: each.part, title: each.title }) })));
$("which").addEventListener("change", () => { lock = locks[Number($("which").value)]; begin(); });
$("add").addEventListener("click", addTyped);
$("typed").addEventListener("keydown", (event) => { if (event.key === "Enter") addTyped(); });
$("ledgers").addEventListener("change", async () => { await addLedgers([...$("ledgers").files]); $("ledgers").value = ""; });
$("next").addEventListener("click", () => { stage += 1; $("said").textContent = ""; showOptions(); show(); if (stage === 4) $("again").focus(); });
$("peek").addEventListener("click", () => { peeked = !peeked; $("peek").setAttribute("aria-pressed", String(peeked)); show(); });
$("again").addEventListener("click", begin);
$("present").addEventListener("click", () => {
  const on = document.documentElement.toggleAttribute("data-presenting");
  $("present").setAttribute("aria-pressed", String(on));
});
begin();
keepVisited();
