// What the app tells, kind by kind, and where on the page it goes.
import { handOut } from "../ledger/hand-out.js";
import { askLedger, exportedPrint, showLedgerMessage, showName } from "../ledger/ledger.js";
import { notice } from "../page/notices.js";
import { say } from "../page/words.js";
import { checked } from "./protocol.js";

// `lab`: the page's pieces, see shell.js. Gives a function that takes a message's text.
export function hearing({ parts, keeping, assignment, shelf, safe, view, store, send, taken }) {
  const showProgress = (told, another = false) => {
    for (const [part, progress] of Object.entries(told)) {
      parts.get(Number(part)).showProgress(progress, another);
    }
  };
  const heard = {
    facts: (facts) => parts.get(facts.part).showFacts(facts),
    fleet: (told) => parts.get(1).hear(told),
    class: (told) => parts.get(1).hear(told),
    challenges: ({ part, met }) => parts.get(part).showChallenges(met),
    hint: ({ part, text }) => parts.get(part).showHint(text),
    flow: ({ part, strip }) => parts.get(part).strip.show(strip),
    reveal: (reveal) => parts.get(reveal.part).showReveal(reveal),
    link: ({ part, query }) => parts.get(part).shareLink(query),
    // What must not be lost comes first, what is shown after it.
    ledger(told) {
      const another = keeping.keep(told);
      if (another) for (const part of parts.values()) part.forget();
      assignment.follow(told.text);
      shelf.drop(store.stored("ledger"));
      taken();
      showName(told.name);
      view.show(told);
      showProgress(told.parts, another);
      safe.show(told.text);
    },
    event(told) {
      keeping.add(told);
      if (told.lines.some((line) => line.includes('"kind":"assigned"'))) assignment.follow(keeping.text);
      view.show(told);
      showProgress(told.parts);
      safe.show(keeping.text);
    },
    aside: (told) => shelf.put(told),
    notice({ text, tone, place }) {
      if (place === "ledger") showLedgerMessage(text, tone);
      else notice(text, tone);
    },
    ask({ text, mine, theirs }) {
      const open = () => send("import", { text, replace: true });
      askLedger(say("ledger-ask-other", { mine, theirs }), say("ledger-open-other"), open);
    },
    exported({ name, text }) {
      if (!name) return exportedPrint();
      showLedgerMessage(handOut(name, text));
      if (!name.endsWith(".json")) return;
      keeping.exported = text;
      safe.saved(text);
    },
  };
  return (text) => {
    const { kind, ...facts } = checked("from_app", JSON.parse(text));
    heard[kind](facts);
  };
}
