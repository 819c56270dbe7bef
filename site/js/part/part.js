// One part of the page: what the student does in it goes to the app, what the app tells is shown.
import { announceFacts, announceWhenStill, forgetFacts } from "../page/announcer.js";
import { Felt } from "../flow/felt.js";
import { Strip } from "../flow/strip.js";
import { copyText } from "../page/copy.js";
import { embedded, tellHost } from "../page/embed.js";
import { say } from "../page/words.js";
import { openInView } from "./arrival.js";
import { Attention } from "./attention.js";
import { showChallenges } from "./challenges.js";
import { bindDeployments, showDeployments } from "./deployments.js";
import { bindDials, showChips } from "./dials.js";
import { Essays } from "./essays.js";
import { gaveWay } from "./clash.js";
import { fillTable, hideFacts, showFacts, showHint } from "./facts.js";
import { Kin } from "./kin.js";
import { bindLock, commit, committed, lockInWords, reopen } from "./lock.js";
import { bindMenus } from "./menus.js";
import { Player } from "./player.js";
import { showReveal } from "./reveal.js";
import { measureRoom } from "./room.js";
import { bindTabs } from "./tabs.js";
import { Verdict } from "./verdict.js";

const NOTHING_DEPLOYED = { left: 0, of: 0, columns: [], rows: [], verdict: "" };
const LINK_STATES = { open: "open", predicted: "begun", passed: "begun", checkpointed: "done" };

const SCALARS = ["string", "number", "boolean"];

const isTable = (kept) => typeof kept === "object" && kept !== null && !Array.isArray(kept);

function areDials(kept) {
  return isTable(kept) && Object.values(kept).every((each) => SCALARS.includes(typeof each));
}

export class PartOnPage {
  // `send(kind, facts)` tells the app, now or once it is there; `watch(facts)` only now; `ledger()`
  // names the ledger in hand.
  constructor(section, { track, store, send, watch, ledger }) {
    this.section = section;
    this.ledger = ledger;
    this.track = track;
    this.store = store;
    this.number = Number(section.dataset.part);
    this.send = (kind, facts = {}) => send(kind, { part: this.number, ...facts });
    this.players = new Map();
    this.essays = new Essays(section, store, `${track}/${this.number}`, this.send);
    // What is in view matters once the part is drawn, and is not worth keeping for the next visit.
    this.attention = new Attention(section, (facts) => watch({ part: this.number, ...facts }));
    this.verdict = new Verdict(section);
    this.kin = new Kin(section);
    this.strip = new Strip(this.find("[data-flow-slot]"), fillTable, Felt);
    this.bind();
  }

  find(selector) {
    return this.section.querySelector(selector);
  }

  bind() {
    const onClick = (within, selector, act) =>
      within.querySelector(selector)?.addEventListener("click", act);
    bindLock(this.section, (answer) => this.send("predict", answer));
    bindDeployments(this.section, (kind) => this.send(kind));
    onClick(this.section, "[data-link]", () => this.send("link"));
    onClick(this.section, "[data-reveal-open]", () => this.send("reveal"));
    onClick(this.section, "[data-checkpoint]", () => {
      this.essays.save();
      this.send("checkpoint");
    });
    for (const figure of this.section.querySelectorAll("[data-instrument]")) {
      onClick(figure, "[data-simulate]", () => this.send("simulate"));
    }
    // A number of the reveal opens its setting: the dials go where its link says.
    this.section.addEventListener("click", (event) => {
      const link = event.target.closest("[data-setting]");
      if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      this.send("set", { query: link.search });
      const bench = this.find("[data-step=workbench]");
      bench.scrollIntoView({ block: "start" });
      // The dials are in shadow roots; were the link to keep the focus, its place would be held.
      bench.querySelector("h2").focus({ preventScroll: true });
    });
    bindTabs(this.section, () => this.attention.say());
    bindMenus(this.section, () => this.attention.say());
    bindDials(this.section);
    measureRoom(this.section);
    openInView(this.section);
    for (const knob of this.section.querySelectorAll("[data-knob]")) {
      knob.addEventListener("dblclick", ({ target }) => {
        // On the slider itself two quick clicks are two values.
        if (!target.closest("[data-slot]")) this.send("reset", { knob: knob.dataset.knob });
      });
    }
  }

  // ---- before Python is up ---------------------------------------------------------------

  // `kept`: the latest events of the part by kind; `answer`: one that still waits in the queue.
  restore(kept, answer) {
    const committed = kept?.get("predicted")?.answer || answer;
    if (committed) commit(this.section, committed);
    this.essays.restore(kept);
  }

  get settingsKey() {
    return `settings/${this.track}/${this.number}`;
  }

  // Where the dials stood, if that was under the ledger in hand: the next reader's start anew.
  get storedSettings() {
    const stored = this.store.getJSON(this.settingsKey, null, isTable);
    return stored && stored.ledger === this.ledger() && areDials(stored.dials) ? stored.dials : null;
  }

  // ---- what the app tells ------------------------------------------------------------------

  showFacts(facts) {
    showFacts(this.section, facts);
    showChips(this.section);
    this.verdict.show(facts);
    this.showPlayers(facts.instruments);
    this.store.setJSON(this.settingsKey, { ledger: this.ledger(), dials: facts.settings });
    // A knob is moving: the whole follows when it rests, except for a draft, of which this is all.
    if (!facts.brief || facts.draft) announceFacts(this.section);
    if (facts.brief) {
      if (!facts.draft) this.strip.hold();
      return;
    }
    showDeployments(this.section, facts.deployments);
    showChallenges(this.section, facts.challenges ?? {});
  }

  showChallenges(met) {
    showChallenges(this.section, met, true);
  }

  showHint(text) {
    showHint(this.section, text);
    announceFacts(this.section);
  }

  showPlayers(instruments) {
    for (const [instrument, { steps, first }] of Object.entries(instruments)) {
      if (steps && !this.players.has(instrument)) {
        const figure = this.find(`[data-instrument="${instrument}"]`);
        const step = (index) => this.send("step", { instrument, index });
        this.players.set(instrument, new Player(figure, step, first));
      }
      this.players.get(instrument)?.resize(steps);
    }
  }

  get committed() {
    return committed(this.section);
  }

  // What was locked here gives way to what the ledger has.
  commitTo(prediction, another) {
    const clash = this.committed !== undefined && !another;
    if (this.committed !== undefined) reopen(this.section);
    commit(this.section, prediction);
    if (clash) gaveWay(this.store, this.track, this.number, lockInWords(this.section, prediction));
  }

  showReveal(reveal) {
    const asked = document.activeElement === this.find("[data-reveal-open]");
    showReveal(this.section, reveal);
    const sentence = this.find("[data-reveal-sentence]");
    if (asked) sentence.focus(); // its button is gone
    else if (reveal.fresh) announceWhenStill(sentence, () => sentence.textContent);
  }

  // `another`: it is another ledger's than before.
  showProgress(progress, another) {
    const { prediction, state } = progress;
    const { dataset } = this.section;
    if (prediction && prediction !== this.committed) this.commitTo(prediction, another);
    if (!prediction && dataset.lockState === "committed") this.hide();
    this.essays.showTold(progress);
    if (dataset.progress !== state) tellHost("progress", { track: this.track, part: this.number, state });
    dataset.progress = state;
    const place = this.find("[data-checkpoint-state]");
    if (place) place.textContent = state === "checkpointed" ? say("part-saved") : "";
    const missing = this.find("[data-checkpoint-missing]");
    const lacks = progress.missing ? say("part-still-missing", progress) : "";
    if (missing) missing.textContent = [lacks, progress.from_page].filter(Boolean).join(" ");
    for (const link of document.querySelectorAll(`[data-part-link="${this.number}"]`)) {
      link.dataset.state = LINK_STATES[state];
      link.dataset.name ??= link.getAttribute("aria-label");
      const { name: part, state: shown } = link.dataset;
      link.setAttribute("aria-label", say("part-state", { part, state: shown }));
    }
  }

  async shareLink(settings) {
    const address = `${location.href.split(/[?#]/)[0]}?${settings}`;
    if (!embedded) history.replaceState(null, "", `?${settings}`);
    const place = this.find("[data-link-state]");
    if (await copyText(address)) place.textContent = say("link-copied");
    else place.textContent = embedded ? say("link-is", { address }) : say("link-in-bar");
  }

  // The lock is open: the workbench shows its form, and no fact of it.
  hide() {
    reopen(this.section);
    hideFacts(this.section);
    forgetFacts(this.section);
    for (const player of this.players.values()) player.resize(0);
    this.strip.show(null);
    showDeployments(this.section, NOTHING_DEPLOYED);
    showChallenges(this.section, {});
  }

  // Another student's or another run's ledger is in hand: nothing of the one before stays on show.
  forget() {
    this.find("[data-reveal]").hidden = true;
    this.essays.clear();
  }
}
