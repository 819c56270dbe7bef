// One ledger, kept in one store, written by as many tabs and frames as are open.
//
// The store has no compare-and-swap, and Web Locks are missing where a school serves the lab over
// plain HTTP. So a page writes only over what its app has seen; anything else in the store goes to
// the app first, which joins the two. If two pages write in the same instant, the one whose text
// was replaced hears of it by the storage event, joins, and writes again.

const DRAFTS = ["reflect/", "defence/", "settings/"];
const LAST_LINES = "\n]}\n"; // of a ledger's text, after its events

export function randomText() {
  return [...crypto.getRandomValues(new Uint8Array(8))].map((b) => b.toString(16)).join("");
}

function isSeed(value) {
  try {
    const texts = [value.at, value.build, value.identity];
    return texts.every((text) => typeof text === "string" && text.length < 100) &&
      new Date(value.at).toISOString() === value.at;
  } catch {
    return false;
  }
}

function beginningOf(text) {
  try {
    return JSON.parse(text).events[0].hash;
  } catch {
    return ""; // none is kept, or it is damaged
  }
}

export class Keeping {
  // `sync(text, number)` asks the app to join what another tab wrote.
  constructor(store, sync) {
    this.store = store;
    this.sync = sync;
    this.text = store.get("ledger");
    this.seen = "";
    this.asked = 0;
    this.exported = "";
    this.work = false;
    this.beginning = "";
    this.synced = 0;
  }

  // What a ledger begins with if none is kept. Two frames that start together use the same, so
  // that their ledgers can be joined.
  seed(build) {
    const kept = this.store.getJSON("seed", null, isSeed);
    if (kept) return kept;
    const seed = { at: new Date().toISOString(), build, identity: randomText() };
    if (!this.text) this.store.setJSON("seed", seed);
    return seed;
  }

  // Hands over what the app starts from, and follows the store from here on.
  open() {
    this.seen = this.store.stored("ledger");
    const look = () => this.look();
    window.addEventListener("storage", look);
    window.addEventListener("pageshow", look);
    window.addEventListener("beforeunload", (event) => {
      if (this.unsaved) event.preventDefault();
    });
    return this.store.get("ledger");
  }

  // The same for an app that is started anew in this page: it has seen no more than the page holds.
  reopen() {
    this.asked = 0;
    this.synced = 0;
    this.seen = "";
    return this.text || this.store.get("ledger");
  }

  // Tells the ledger in hand from others: the hash of its beginning.
  get name() {
    return this.beginning || beginningOf(this.text);
  }

  look() {
    const stored = this.store.stored("ledger");
    if (!stored || stored === this.seen) return false;
    this.seen = stored;
    if (stored === this.text) return false;
    this.ask(stored);
    return true;
  }

  ask(text) {
    this.asked += 1;
    this.sync(text, this.asked);
  }

  // Keeps what the app tells, unless another tab has written what the app doesn't know yet.
  // Returns whether this is another ledger than before.
  keep({ text, synced, work, beginning }) {
    const another = this.beginning !== "" && beginning !== this.beginning;
    // Where this page follows another tab, that tab has done the clearing up.
    if (another && synced === this.synced) this.forget();
    Object.assign(this, { text, synced, work, beginning });
    if (synced < this.asked || this.look()) return another;
    if (text !== this.store.stored("ledger") && this.store.set("ledger", text)) this.seen = text;
    if (this.store.stored("ledger") === text && this.store.get("seed")) this.store.remove("seed");
    return another;
  }

  // Keeps new events, each a line: they go before the last lines, and the head that the text names
  // is theirs. Everything else stays as it was, to the byte, since hashes stand on it. If they do not
  // follow what is kept, the app joins the two, as with another tab's.
  add({ lines, before, head, synced }) {
    const named = `"head":"${before}"`;
    if (!this.text.includes(named) || !this.text.endsWith(LAST_LINES)) {
      this.ask(this.text);
      return;
    }
    const events = [this.text.slice(0, -LAST_LINES.length), ...lines].join(",\n");
    const text = events.replace(named, `"head":"${head}"`) + LAST_LINES;
    this.keep({ text, synced, work: true, beginning: this.beginning });
  }

  // What belonged to the ledger that was in hand: drafts and dials.
  forget() {
    for (const prefix of DRAFTS) for (const key of this.store.keys(prefix)) this.store.remove(key);
  }

  get unsaved() {
    return this.work && this.store.get("ledger") !== this.store.stored("ledger") && this.text !== this.exported;
  }
}
