// The texts that a part asks for: where they stand, what the app calls them, and where a draft is
// kept while it is typed.
import { say } from "../page/words.js";

// Half of a surrogate pair is no text; the ledger refuses it.
const plainText = (text) => text.toWellFormed?.() ?? text;

// What a part's page says, by which the app tells a reflection that was pasted from it.
const proseOf = (section) =>
  [...section.querySelectorAll(".prose, .message, figcaption")].map((each) => each.textContent).join("\n");

const ASKED = [
  { name: "reflect", kind: "reflect", event: "reflected", told: "reflection", proseOf },
  { name: "defence", kind: "defend", event: "defended", told: "defence" },
];

class Essay {
  constructor(asked, field, { section, store, draft, send }) {
    Object.assign(this, asked, { section, field, store, draft, send });
    this.count = section.querySelector(`[data-${asked.name}-count]`);
    field.addEventListener("change", () => this.save());
    field.addEventListener("input", () => {
      store.set(draft, field.value);
      this.show();
    });
  }

  save() {
    const text = plainText(this.field.value);
    this.send(this.kind, this.proseOf ? { text, prose: this.proseOf(this.section) } : { text });
  }

  show() {
    const typed = this.field.value.trim().length;
    const told = { typed, least: this.field.minLength };
    if (this.count) this.count.textContent = say("essay-count", told);
  }

  // What stands in the field already, or is typed, comes before what the ledger has.
  fill(text) {
    this.field.value ||= this.store.get(this.draft) || text || "";
    this.show();
  }
}

export class Essays {
  // `send(kind, facts)` tells the app; drafts are kept by `place`, such as "cloud/1".
  constructor(section, store, place, send) {
    this.all = ASKED.map((asked) => [asked, section.querySelector(`textarea[data-${asked.name}]`)])
      .filter(([, field]) => field)
      .map(([asked, field]) => {
        const draft = `${asked.name}/${place}`;
        return new Essay(asked, field, { section, store, draft, send });
      });
  }

  // `kept`: the latest events of the part by kind, see kept-ledger.js.
  restore(kept) {
    for (const each of this.all) each.fill(kept?.get(each.event)?.text);
  }

  showTold(progress) {
    for (const each of this.all) each.fill(progress[each.told]);
  }

  save() {
    for (const each of this.all) if (each.field.value) each.save();
  }

  clear() {
    for (const each of this.all) each.field.value = "";
  }
}
