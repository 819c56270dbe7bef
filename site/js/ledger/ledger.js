// Export, import and keeping of the ledger; the app writes the documents, the page saves them.
import { showGrid } from "./grid.js";
import { smallButton } from "../page/button.js";
import { amount, say } from "../page/words.js";
import { handOut, printPage } from "./hand-out.js";
import { notice } from "../page/notices.js";
import { holdingPlace } from "../page/place.js";

const LARGEST_BYTES = 2_000_000;

function sayStarting(key) {
  const failed = document.documentElement.dataset.python === "failed";
  showLedgerMessage(say(key, { state: failed ? "failed" : "starting" }));
}

// `lab` says whether the app is `ready()`, what `text()` is kept, takes what is `send`, and hears what
// was `saved`.
export function bindLedger(lab) {
  for (const button of document.querySelectorAll("[data-ledger-export]")) {
    button.addEventListener("click", () => exportAs(button.dataset.ledgerExport, lab));
  }
  const input = document.querySelector("[data-ledger-import]");
  input?.addEventListener("change", async () => {
    const [file] = input.files;
    if (file) await importFile(file, lab);
    input.value = "";
  });
  document.querySelector("[data-ledger-begin]")?.addEventListener("click", () => {
    const begin = () => lab.send("begin", { identity: lab.identity() });
    askLedger(say("ledger-ask-begin"), say("ledger-begin"), begin);
  });
}

const nameField = () => document.querySelector("[data-ledger-name]");

// What the ledger says, or what the course says of its student; never over what is being typed.
export function showName(name) {
  const field = nameField();
  const given = name || new URLSearchParams(location.search).get("learner_name") || "";
  if (field && document.activeElement !== field) field.value = given;
}

// The page was told the ledger with its name: now it can be printed.
export const exportedPrint = () => showLedgerMessage(printPage());

function exportAs(format, lab) {
  const name = nameField()?.value ?? "";
  if (lab.ready()) {
    lab.send("export", { format, name });
  } else if (format === "json" && lab.text()) {
    // Needs no Python, so that a lab that can't start still gives the work back.
    const said = handOut("fleet-serving-lab.json", lab.text());
    showLedgerMessage(`${said} ${say("ledger-not-all")}`);
    lab.saved(lab.text());
  } else if (format === "print") {
    showLedgerMessage(say("ledger-print-later"));
  } else {
    sayStarting("ledger-starting");
    lab.send("export", { format, name });
  }
}

async function importFile(file, lab) {
  if (file.size > LARGEST_BYTES) {
    const [size, most] = [file.size, LARGEST_BYTES].map((bytes) => amount(bytes / 1e6));
    showLedgerMessage(say("ledger-too-large", { file: file.name, size, most }), "warn");
    return;
  }
  let text;
  try {
    text = await file.text();
  } catch {
    showLedgerMessage(say("ledger-unreadable", { file: file.name }), "warn");
    return;
  }
  if (!lab.ready()) sayStarting("ledger-starting-read");
  lab.send("import", { text });
}

export function showLedgerMessage(text, tone = "info") {
  const place = document.querySelector("[data-ledger-message]");
  if (!place) return;
  place.textContent = text;
  place.dataset.tone = tone;
}

// A question with its one act beside it; doing nothing, or "No", changes nothing.
export function askLedger(text, label, act) {
  showLedgerMessage(text, "ask");
  const place = document.querySelector("[data-ledger-message]");
  for (const [words, answer] of [[label, act], [say("ledger-leave"), () => {}]]) {
    const button = smallButton(words, () => {
      showLedgerMessage("");
      document.querySelector("[data-ledger-import]").focus(); // the buttons are gone
      answer();
    });
    place.append(" ", button);
  }
  place.querySelector("button").focus();
}

function wordsOfKeeping(store) {
  if (store.whole) return "";
  return say(store.kept ? "ledger-store-full" : "ledger-nothing-kept");
}

// Says, while it is so, that what is done here does not outlast the page. That nothing is kept
// stands at the top of the page too; that the store has become full has to be told there.
export function watchKeeping(store) {
  const place = document.querySelector("[data-ledger-kept]");
  if (!place) return; // a page without a ledger
  const show = () => {
    const words = wordsOfKeeping(store);
    if (place.textContent === words) return;
    place.textContent = words;
    if (words && store.kept) notice(words, "warn");
  };
  store.onset = show;
  show();
}

function section({ heading, level, rows }, deeper) {
  const title = document.createElement(`h${level + deeper}`);
  title.textContent = heading;
  const list = document.createElement("dl");
  for (const [label, text] of rows) {
    const term = document.createElement("dt");
    const said = document.createElement("dd");
    term.textContent = label;
    said.textContent = text;
    list.append(term, said);
  }
  return [title, list];
}

export class LedgerView {
  sections = [];

  // `keptOf(track)`: the latest events of each of its parts.
  constructor(keptOf) {
    this.keptOf = keptOf;
    showGrid(keptOf);
  }

  // `view`: the ledger's sections; one that was told before is the number of its place there.
  // `evidence`: the places of those that stand beside a defence.
  show({ view, evidence }) {
    this.sections = view.map((each) => (typeof each === "number" ? this.sections[each] : each));
    const beside = evidence.map((place) => this.sections[place]);
    showGrid(this.keptOf);
    holdingPlace(() => {
      const place = document.querySelector("[data-ledger-view]");
      place?.replaceChildren(...this.sections.flatMap((each) => section(each, 2)));
      for (const element of document.querySelectorAll("[data-defence-evidence]")) {
        element.replaceChildren(...beside.flatMap((each) => section(each, 0)));
      }
    });
  }
}
