// Export, import and keeping of the ledger; the app writes the documents, the page saves them.
import { notice } from "./notices.js";
import { printLedger } from "./print.js";

const LARGEST_BYTES = 2_000_000;

export function save(name, text) {
  const type = name.endsWith(".json") ? "application/json" : "text/plain";
  const link = document.createElement("a");
  // Spreadsheets take a CSV without a mark for an old code page.
  const mark = name.endsWith(".csv") ? "\ufeff" : "";
  link.href = URL.createObjectURL(new Blob([mark, text], { type: `${type};charset=utf-8` }));
  link.download = name;
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

export function bindLedger(send) {
  for (const button of document.querySelectorAll("[data-ledger-export]")) {
    const format = button.dataset.ledgerExport;
    button.addEventListener("click", () => {
      if (format === "print") printLedger();
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

export function showLedger(view, evidence) {
  const place = document.querySelector("[data-ledger-view]");
  place?.replaceChildren(...view.flatMap((each) => section(each, 2)));
  for (const beside of document.querySelectorAll("[data-defence-evidence]")) {
    beside.replaceChildren(...evidence.flatMap((each) => section(each, 0)));
  }
}
