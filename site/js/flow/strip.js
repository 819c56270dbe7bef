// The strip of requests above the figure: it plays a slice of the simulated run again and again, and
// shows the counts of the whole run beside those of the models. It stands still while a dial moves,
// when it is out of view, and where less motion is asked for.
import { smallButton } from "../page/button.js";
import { say } from "../page/words.js";
import { make } from "./canvas.js";
import { Scene } from "./scene.js";

const SLICE_S = 15; // in which a slice is played
const SPEEDS = [0.5, 1, 2, 4];
const PAUSE_MS = 25; // between two pictures
const TRIED = 60; // moments, of which a still picture shows the most ordinary
const stillness = matchMedia("(prefers-reduced-motion: reduce)");
let strips = 0;

export class Strip {
  // On the workbench: `fillTable(table, facts)`, and the class of what is heard or seen of the run.
  constructor(slot, fillTable, Felt) {
    Object.assign(this, { slot, fillTable, Felt });
    this.time = 0;
    this.wanted = true;
  }

  build() {
    this.box = make("figure", "flow");
    this.box.dataset.flow = "";
    const canvas = make("canvas", "flow-canvas");
    this.sentence = make("p", "unseen");
    this.sentence.id = `flow-${(strips += 1)}`;
    canvas.setAttribute("role", "img");
    canvas.setAttribute("aria-label", say("flow-label"));
    canvas.setAttribute("aria-describedby", this.sentence.id);
    this.play = smallButton("", () => this.want(!this.wanted));
    this.step = smallButton(say("flow-next"), () => this.stepOn());
    this.speed = make("select", "flow-speed");
    this.speed.setAttribute("aria-label", say("player-speed"));
    for (const times of SPEEDS) this.speed.append(new Option(say("player-times", { times }), times, false, times === 1));
    const buttons = make("div", "flow-buttons");
    buttons.setAttribute("role", "group");
    buttons.setAttribute("aria-label", say("flow-label"));
    buttons.append(this.play, this.step, this.speed);
    this.counts = make("dl", "flow-counts numeric");
    this.key = make("span", "flow-key");
    const foot = make("div", "flow-foot");
    foot.append(buttons, this.counts, this.key);
    if (this.fillTable) {
      const more = make("details", "menu flow-more");
      const panel = make("div", "menu-list");
      this.table = make("table", "");
      this.note = make("p", "flow-key"); // a narrow foot has no room for it
      panel.append(this.note, this.table);
      more.append(make("summary", "", say("flow-table-button")), panel);
      foot.append(more);
      this.foot = foot;
    }
    this.box.append(canvas, foot, this.sentence);
    this.slot.replaceChildren(this.box);
    this.scene = new Scene(canvas);
    const redraw = () => this.paint();
    new ResizeObserver(() => (this.scene.fit(), this.fitCounts(), redraw())).observe(canvas);
    new IntersectionObserver((entries) => {
      this.inView = entries.at(-1).isIntersecting;
      this.go();
    }).observe(this.box);
    document.addEventListener("visibilitychange", () => this.go());
    stillness.addEventListener("change", () => this.calm());
    const recolour = () => (this.scene.colour(), redraw());
    new MutationObserver(recolour).observe(document.documentElement, { attributeFilter: ["data-theme"] });
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", recolour);
    matchMedia("(forced-colors: active)").addEventListener("change", recolour);
  }

  // Null: there is nothing to show, and nothing of what was stays in the document.
  show(facts) {
    if (this.box) this.box.hidden = !facts;
    if (!facts) {
      this.forget();
      return;
    }
    if (!this.box) this.build();
    const part = this.facts ? this.time / this.facts.span : 0;
    this.facts = facts;
    this.held = false;
    delete this.box.dataset.held;
    this.scene.take(facts);
    this.time = part * facts.span;
    this.counts.replaceChildren(
      ...facts.counts.map(({ name, run, models }) => {
        const entry = make("div", "flow-count");
        entry.append(make("dt", "", name), make("dd", "", run));
        if (models) entry.append(make("dd", "flow-models", say("flow-models", { models })));
        return entry;
      }),
    );
    this.key.textContent = facts.key;
    if (this.note) this.note.textContent = facts.key;
    this.sentence.textContent = facts.sentence;
    if (this.table) this.fillTable(this.table, facts.table);
    if (facts.felt) this.felt ??= new this.Felt(this.foot);
    this.felt?.show(facts.felt);
    this.fitCounts();
    this.calm();
  }

  // A count that has no room whole is left to the table.
  fitCounts() {
    const all = [...this.counts.children];
    for (const each of all) each.hidden = false;
    const shown = all.filter((each) => each.offsetWidth);
    while (shown.length && this.counts.scrollWidth > this.counts.clientWidth) shown.pop().hidden = true;
  }

  forget() {
    delete this.facts;
    this.time = 0;
    if (!this.box) return;
    for (const each of [this.counts, this.key, this.note, this.sentence, this.table]) each?.replaceChildren();
    this.felt?.show(null);
    this.go();
  }

  // A dial moves: what is shown is no longer so.
  hold() {
    if (!this.facts) return;
    this.held = true;
    this.box.dataset.held = "";
    this.go();
  }

  calm() {
    this.play.hidden = this.speed.hidden = stillness.matches;
    if (stillness.matches && this.facts) this.time = this.ordinary();
    this.go();
    this.paint();
  }

  // The moment at which the numbers waiting and in service are nearest to their means.
  ordinary() {
    const { span } = this.facts;
    const times = Array.from({ length: TRIED }, (_, k) => ((k + 0.5) * span) / TRIED);
    const numbers = times.map((time) => {
      const { waiting, serving } = this.scene.layout(time, span);
      return [...waiting, ...serving];
    });
    const means = numbers[0].map((_, k) => numbers.reduce((sum, each) => sum + each[k], 0) / TRIED);
    const off = numbers.map((each) => each.reduce((sum, n, k) => sum + Math.abs(n - means[k]) / (1 + means[k]), 0));
    return times[off.indexOf(Math.min(...off))];
  }

  want(playing) {
    this.wanted = playing;
    this.go();
  }

  stepOn() {
    this.want(false);
    this.time = this.scene.next(this.time);
    this.paint();
  }

  get plays() {
    return Boolean(this.wanted && this.facts && !this.held && this.inView && !document.hidden && !stillness.matches);
  }

  // Starts or stops, whichever it should.
  go() {
    if (!this.box) return;
    this.play.textContent = say(this.wanted ? "player-pause" : "player-play");
    if (this.plays && !this.frame) {
      this.before = performance.now();
      this.schedule();
    }
    this.box.dataset.flow = this.plays ? "playing" : "still";
  }

  // Not every frame: while one is asked for, the browser keeps a key press waiting for it.
  schedule() {
    this.frame = setTimeout(() => requestAnimationFrame((now) => this.tick(now)), PAUSE_MS);
  }

  tick(now) {
    this.frame = undefined;
    if (!this.plays) return;
    const passed = now - this.before;
    this.before = now;
    this.time += (Math.min(Math.max(passed, 0), 200) / 1000) * this.rate;
    const ends = this.time >= this.facts.span;
    if (ends) this.time = 0;
    this.paint(ends ? null : passed);
    this.schedule();
  }

  // Seconds of the run in a second of playing.
  get rate() {
    return (this.facts.span / SLICE_S) * Number(this.speed.value);
  }

  paint(passed = null) {
    if (!this.facts) return;
    const { waiting, serving } = this.scene.draw(this.time, passed, this.rate) ?? {};
    if (waiting) Object.assign(this.box.dataset, { time: this.time, waiting, serving });
  }
}
