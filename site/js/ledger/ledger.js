// Export, import and keeping of the ledger; the app writes the documents, the page saves them.
import { handOut, printPage } from "./hand-out.js";
import { notice } from "../page/notices.js";
import { holdingPlace } from "../page/place.js";

const LARGEST_BYTES = 2_000_000;

function sayStarting(what) {
  const failed = document.documentElement.dataset.python === "failed";
  const words = failed ? "The lab could not start; try that again first." : "Python is still starting.";
  showLedgerMessage(`${words} ${what} as soon as it is ready, if this page stays open.`);
}

// `lab` says whether the app is `ready()`, what `text()` is kept, and takes what is `send`.
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
    const words = "Begin a new ledger? The one here is set aside below, and can be brought back.";
    askLedger(words, "Begin a new ledger", () => lab.send("begin", { identity: lab.identity() }));
  });
}

function exportAs(format, lab) {
  if (lab.ready()) {
    if (format === "print") showLedgerMessage(printPage());
    else lab.send("export", { format });
  } else if (format === "json" && lab.text()) {
    // Needs no Python, so that a lab that can't start still gives the work back.
    const said = handOut("fleet-serving-lab.json", lab.text());
    showLedgerMessage(`${said} What you did since this page opened is not in it yet.`);
  } else if (format === "print") {
    showLedgerMessage("The ledger can be printed as soon as Python is ready.");
  } else {
    sayStarting("The file is saved");
    lab.send("export", { format });
  }
}

async function importFile(file, lab) {
  if (file.size > LARGEST_BYTES) {
    const size = (file.size / 1e6).toFixed(1);
    const words = `${file.name} has ${size} MB; a ledger has at most 2 MB.`;
    showLedgerMessage(`${words} Your ledger is as it was.`, "warn");
    return;
  }
  let text;
  try {
    text = await file.text();
  } catch {
    showLedgerMessage(`${file.name} can't be read. Your ledger is as it was.`, "warn");
    return;
  }
  if (!lab.ready()) sayStarting("The file is read");
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
  for (const [words, answer] of [[label, act], ["No, leave it as it is", () => {}]]) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button-small";
    button.textContent = words;
    button.addEventListener("click", () => {
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
  const why = store.kept
    ? "This browser’s store is full: what you do now lasts only as long as this page is open."
    : "This browser keeps nothing here: your work lasts only as long as this page is open.";
  return `${why} Export your ledger as JSON before you leave.`;
}

// Says, while it is so, that what is done here does not outlast the page. That nothing is kept
// stands at the top of the page too; that the store has become full has to be told there.
export function watchKeeping(store) {
  const place = document.querySelector("[data-ledger-kept]");
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

  // `view`: the ledger's sections; one that was told before is the number of its place there.
  // `evidence`: the places of those that stand beside a defence.
  show({ view, evidence }) {
    this.sections = view.map((each) => (typeof each === "number" ? this.sections[each] : each));
    const beside = evidence.map((place) => this.sections[place]);
    holdingPlace(() => {
      const place = document.querySelector("[data-ledger-view]");
      place?.replaceChildren(...this.sections.flatMap((each) => section(each, 2)));
      for (const element of document.querySelectorAll("[data-defence-evidence]")) {
        element.replaceChildren(...beside.flatMap((each) => section(each, 0)));
      }
    });
  }
}
