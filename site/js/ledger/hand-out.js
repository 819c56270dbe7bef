// A file for the reader. In a frame the page can't know whether it may save one (a sandbox without
// allow-downloads refuses in silence), so there the text itself is shown too, to be copied.
import { say } from "../page/words.js";
import { copyText } from "../page/copy.js";
import { framed } from "../page/embed.js";
import { printLedger } from "./print.js";

const opaque = self.origin === "null";

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

function show(name, text) {
  const box = document.querySelector("[data-hand-out]");
  const field = box.querySelector("[data-hand-out-text]");
  const state = box.querySelector("[data-hand-out-state]");
  box.querySelector("[data-hand-out-name]").textContent = name;
  box.hidden = false;
  field.value = text;
  state.textContent = "";
  box.querySelector("[data-hand-out-copy]").onclick = async () => {
    const copied = await copyText(text);
    field.select();
    state.textContent = say(copied ? "ledger-copied" : "ledger-selected");
  };
  box.querySelector("[data-hand-out-save]").onclick = () => save(name, text);
  box.querySelector("[data-hand-out-close]").onclick = () => {
    box.hidden = true;
    document.querySelector("[data-ledger-export]").focus();
  };
  field.focus();
  field.select();
}

// Returns what the page may truthfully say.
export function handOut(name, text) {
  if (!framed) {
    save(name, text);
    return say("ledger-saved", { name });
  }
  show(name, text);
  if (opaque) return say("ledger-copy-below");
  save(name, text);
  return say("ledger-saved-perhaps", { name });
}

export function printPage() {
  if (framed && opaque) return say("ledger-no-print");
  printLedger();
  return "";
}
