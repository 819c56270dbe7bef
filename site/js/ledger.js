// Export, import and keeping of the ledger; the app writes the documents, the page saves them.
import { printPage } from "./hand-out.js";
import { notice } from "./notices.js";

const LARGEST_BYTES = 2_000_000;

export function bindLedger(send) {
  for (const button of document.querySelectorAll("[data-ledger-export]")) {
    const format = button.dataset.ledgerExport;
    button.addEventListener("click", () => {
      if (format === "print") showLedgerMessage(printPage());
      else send("export", { format });
    });
  }
  const input = document.querySelector("[data-ledger-import]");
  input?.addEventListener("change", async () => {
    const [file] = input.files;
    input.value = "";
    if (!file) return;
    if (file.size > LARGEST_BYTES) {
      const size = (file.size / 1e6).toFixed(1);
      notice(`${file.name} has ${size} MB; a ledger has at most 2 MB. Nothing was changed.`, "warn");
      return;
    }
    send("import", { text: await file.text() });
  });
}

export function showLedgerMessage(text) {
  const place = document.querySelector("[data-ledger-message]");
  if (place) place.textContent = text;
}

function section({ heading, level, rows }) {
  const title = document.createElement(`h${level + 2}`);
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

export function showLedger(view, evidence) {
  const place = document.querySelector("[data-ledger-view]");
  place?.replaceChildren(...view.flatMap(section));
  for (const beside of document.querySelectorAll("[data-defence-evidence]")) {
    beside.replaceChildren(...evidence.flatMap(section));
  }
}
