// The present setting as it is heard or seen, off until it is asked for: a click and its echo, or a
// ball that moves a step with each frame and holds still while one is late.
import { smallButton } from "../page/button.js";
import { say } from "../page/words.js";
import { coloursOf, make, outline, sharpen } from "./canvas.js";
import { momentsOf, shownAt } from "./shown.js";

const CLICK_S = 0.008;
const CLICK_HZ = 1500;
const LOUD = 0.4; // of what a device can do
const CROSSING_S = 1.5; // in which the ball goes from side to side, but for no fewer steps than:
const STEPS = 8;
const STILL = 36; // frames of the still picture
const stillness = matchMedia("(prefers-reduced-motion: reduce)");
let audio;

// A click at once, and its echo after `delay` s; without one if that is null.
function click(delay) {
  audio ??= new AudioContext();
  audio.resume();
  const sound = audio.createBuffer(1, CLICK_S * audio.sampleRate, audio.sampleRate);
  const samples = sound.getChannelData(0);
  for (let i = 0; i < samples.length; i += 1) {
    const at = i / audio.sampleRate;
    samples[i] = LOUD * Math.sin(2 * Math.PI * CLICK_HZ * at) * Math.exp((-5 * at) / CLICK_S);
  }
  const now = audio.currentTime + 0.05;
  for (const at of delay === null ? [0] : [0, delay]) {
    const source = audio.createBufferSource();
    source.buffer = sound;
    source.connect(audio.destination);
    source.start(now + at);
  }
}

export class Felt {
  constructor(foot) {
    this.menu = make("details", "menu flow-more felt");
    this.summary = make("summary", "");
    this.panel = make("div", "menu-list");
    this.sentence = make("p", "");
    this.canvas = make("canvas", "flow-canvas felt-canvas");
    this.canvas.setAttribute("aria-hidden", "true"); // the sentence says it
    this.act = smallButton("", () => (this.isEcho ? click(this.facts.delay) : this.want(!this.wanted)));
    this.panel.append(this.canvas, this.sentence, this.act);
    this.menu.append(this.summary, this.panel);
    this.menu.addEventListener("toggle", () => this.want(false));
    stillness.addEventListener("change", () => this.want(false));
    foot.append(this.menu);
  }

  // Null: this run is neither heard nor seen.
  show(facts) {
    this.facts = facts;
    this.menu.hidden = !facts;
    this.sentence.textContent = facts?.sentence ?? "";
    if (!facts) {
      this.want(false);
      return;
    }
    this.isEcho = "delay" in facts;
    this.canvas.hidden = this.isEcho;
    this.summary.textContent = say(this.isEcho ? "felt-hear" : "felt-see");
    if (!this.isEcho) this.moments = momentsOf(facts);
    this.tell();
  }

  want(playing) {
    this.wanted = playing && this.menu.open && Boolean(this.facts);
    this.begun = performance.now();
    this.tell();
  }

  tell() {
    this.menu.dataset.felt = this.wanted ? "playing" : "still";
    if (!this.facts || !this.menu.open) return;
    this.act.hidden = !this.isEcho && stillness.matches;
    this.act.textContent = say(this.isEcho ? "felt-click" : this.wanted ? "felt-stop" : "felt-move");
    if (this.isEcho) return;
    this.fit();
    if (!this.wanted) this.drawStill();
    else if (!this.frame) this.frame = requestAnimationFrame(() => this.tick());
  }

  tick() {
    this.frame = undefined;
    if (!this.wanted) return;
    const { period, due, frames } = this.facts;
    // Half a frame off, so that a screen's own frames meet the run's in the middle.
    const time = due + (((performance.now() - this.begun) / 1000) % (frames * period)) + period / 2;
    const [shown, wanted] = shownAt(this.moments, this.facts, time);
    const steps = Math.max(Math.round(CROSSING_S / period), STEPS);
    const way = Math.abs((((Math.max(shown, 0) / steps) % 2) + 2) % 2);
    this.pen.clearRect(0, 0, this.width, this.height);
    this.mark(way > 1 ? 2 - way : way, this.height / 2, this.height / 5, shown < wanted);
    Object.assign(this.menu.dataset, { shown, late: shown < wanted });
    this.frame = requestAnimationFrame(() => this.tick());
  }

  fit() {
    this.pen = this.canvas.getContext("2d");
    Object.assign(this, sharpen(this.canvas, this.pen), coloursOf(this.canvas));
    this.pen.font = `500 11px ${this.font}`;
  }

  // A dot; a diamond where it holds still.
  mark(across, y, r, late) {
    const { pen, width } = this;
    const x = r + across * (width - 2 * r);
    outline(pen, x, y, late ? 1.2 * r : r, late);
    pen.fillStyle = late ? this.bad : this.item;
    pen.fill();
  }

  // Some frames about the latest one, side by side: above, where the ball should be when each is due;
  // below, where it is.
  drawStill() {
    const { late, frames, period, due } = this.facts;
    const [worst] = late.reduce((most, each) => (each[1] > most[1] ? each : most), [0, 0]);
    const first = Math.max(Math.min(worst - STILL / 4, frames - STILL), 0);
    const r = Math.min(this.width / STILL / 2.6, this.height / 10);
    this.pen.clearRect(0, 0, this.width, this.height);
    this.pen.fillStyle = this.text;
    this.pen.fillText(say("felt-due"), 0, 11);
    this.pen.fillText(say("felt-shown"), 0, this.height / 2 + 11);
    for (let k = first; k < Math.min(first + STILL, frames); k += 1) {
      const [shown] = shownAt(this.moments, this.facts, due + (k + 0.5) * period);
      this.pen.globalAlpha = 0.35;
      this.mark((k - first) / STILL, 0.34 * this.height, r, false);
      this.pen.globalAlpha = 1;
      if (shown >= first) this.mark((shown - first) / STILL, 0.84 * this.height, r, shown < k);
    }
  }
}
