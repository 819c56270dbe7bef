// Draws the strip on a canvas: where each item stands at a moment of the run follows from its times
// alone. Hollow waits, filled is served, a diamond is late.
import { say } from "../page/words.js";
import { coloursOf, outline, sharpen } from "./canvas.js";

const HEAD = 15; // px over the rows, for the labels
const FOOT = 3; // px under them
const SIZES = [14, 12, 10.5, 9, 8, 7, 6, 5, 4]; // px from dot to dot
const BLOCK = 0.52; // of a stage's width, at most for its slots
const TRAVEL = 0.5; // s of playing, to come and to go
const SETTLE_MS = 90; // in which a dot covers 63% of its way within the line

export class Scene {
  constructor(canvas) {
    this.canvas = canvas;
    this.pen = canvas.getContext("2d");
    this.words = new Map();
  }

  // Times become s; -1 for never would be a time, so what never happens is Infinity.
  take({ span, ticks, stages, enter, start, end, late, slot, group, noun }) {
    const times = (all) => all.map((each) => (each === null ? Infinity : (each * span) / ticks));
    Object.assign(this, { span, stages, slot, noun, late: times(late) });
    [this.enter, this.start, this.end] = [enter, start, end].map(times);
    this.count = late.length;
    const last = stages.length - 1;
    const freed = new Map(); // by group: when its slowest is done
    const done = (i) => this.end[i * stages.length + last];
    group.forEach((each, i) => freed.set(each, Math.max(freed.get(each) ?? 0, done(i))));
    this.gone = group.map((each, i) => (each < 0 ? done(i) : freed.get(each)));
    this.holds = group.some((each) => each >= 0);
    this.at = new Float64Array(this.count * 2).fill(NaN);
    this.moments = [...new Set([...this.enter, ...this.start, ...this.end, ...this.late])]
      .filter((each) => each > 0 && each < span)
      .sort((a, b) => a - b);
    this.fit();
  }

  next(time) {
    return this.moments.find((each) => each > time + this.span * 1e-6) ?? 0;
  }

  fit() {
    Object.assign(this, sharpen(this.canvas, this.pen));
    const { width, height } = this;
    this.colour();
    if (!this.stages || !width) return;
    const come = width < 500 ? 14 : 66;
    const go = this.holds ? 90 : width < 500 ? 20 : 60;
    const zone = (width - come - go) / this.stages.length;
    const room = height - HEAD - FOOT;
    const columns = (slots, size) => Math.ceil(slots / Math.max(1, Math.floor(room / size)));
    const fits = (size) => this.stages.every(({ drawn }) => columns(drawn, size) * size <= zone * BLOCK);
    this.size = SIZES.find((size) => room >= size && fits(size)) ?? SIZES.at(-1);
    this.rows = Math.max(1, Math.floor(room / this.size));
    this.pen.font = `500 11px ${this.font}`;
    this.places = this.stages.map(({ slots, drawn }, i) => {
      const named = this.pen.measureText(this.served(slots, this.stages[i])).width; // has its room too
      const wide = Math.min(Math.max(columns(drawn, this.size) * this.size, named), zone * BLOCK);
      const right = come + zone * (i + 1);
      return { left: right - zone + 4, front: right - wide - 8, block: right - wide, right };
    });
    this.at.fill(NaN);
  }

  colour() {
    Object.assign(this, coloursOf(this.canvas));
  }

  // Numbers waiting and in service in each stage, and where each item stands: [x, y, how].
  layout(time, travel) {
    const { size, rows, places, width } = this;
    const stages = places.length;
    const order = [...Array(this.count).keys()];
    const now = { waiting: places.map(() => 0), serving: places.map(() => 0), held: 0, dots: [] };
    const cell = (x, k, way) => [x + way * (Math.floor(k / rows) + 0.5) * size, HEAD + ((k % rows) + 0.5) * size];
    for (const i of order) {
      let stage = 0;
      while (stage < stages - 1 && time >= this.end[i * stages + stage]) stage += 1;
      const k = i * stages + stage;
      const place = places[stage];
      const serve = () => cell(place.block, this.slot[k], 1);
      if (time < this.enter[k]) {
        const ahead = (this.enter[k] - time) / travel;
        if (stage || ahead > 1) continue;
        const [x, y] = this.line(place, now.waiting[0], cell);
        now.dots.push([i, x - (x + size) * ahead, y, "come"]);
      } else if (time < this.start[k]) {
        now.dots.push([i, ...this.line(place, now.waiting[stage]++, cell), "wait"]);
      } else if (time < this.end[k]) {
        now.serving[stage] += 1;
        now.dots.push([i, ...serve(), "serve"]);
      } else if (time < this.gone[i]) {
        now.dots.push([i, ...cell(place.right + 6, now.held++, 1), "wait"]);
      } else {
        const past = (time - this.gone[i]) / travel;
        if (past > 1) continue;
        const [x, y] = serve();
        now.dots.push([i, x + (width + size - x) * past * past, y, "go", 1 - past]);
      }
    }
    return now;
  }

  // The k-th of a line, from its front; whoever has no room stands at its end.
  line({ left, front }, k, cell) {
    const most = Math.max(1, Math.floor((front - left) / this.size) * this.rows);
    return cell(front, Math.min(k, most - 1), -1);
  }

  // `passed`: ms since the last picture, null to put everything where it belongs at once.
  draw(time, passed, rate) {
    if (!this.width || !this.places) return;
    const now = this.layout(time, TRAVEL * rate);
    const near = passed === null ? 1 : 1 - Math.exp(-passed / SETTLE_MS);
    this.pen.clearRect(0, 0, this.width, this.height);
    this.furnish(now);
    for (const [i, x, y, how, strength = 1] of now.dots) {
      const [a, b] = [this.at[2 * i], this.at[2 * i + 1]];
      const free = how === "come" || how === "go" || Number.isNaN(a);
      const [px, py] = free ? [x, y] : [a + (x - a) * near, b + (y - b) * near];
      this.at[2 * i] = px;
      this.at[2 * i + 1] = py;
      this.dot(px, py, time >= this.late[i], how === "serve" || how === "go", strength);
    }
    return now;
  }

  dot(x, y, late, full, strength) {
    const { pen, size } = this;
    const r = size * (late ? 0.46 : 0.38);
    pen.globalAlpha = strength;
    outline(pen, x, y, r, late);
    pen.fillStyle = pen.strokeStyle = late ? this.bad : this.item;
    if (full) pen.fill();
    pen.lineWidth = size < 7 ? 1 : 1.5;
    pen.stroke();
    pen.globalAlpha = 1;
  }

  // The slots, and the labels with the numbers of the moment.
  furnish(now) {
    const { pen, size, rows, width, places, stages, noun } = this;
    pen.font = `500 11px ${this.font}`; // forgotten when the canvas changes its size
    pen.strokeStyle = this.edge;
    pen.lineWidth = 0.75;
    places.forEach(({ block, right }, i) => {
      pen.beginPath();
      for (let k = 0; k < stages[i].drawn; k += 1) {
        const x = block + Math.floor(k / rows) * size;
        if (x + size > right + 1) break;
        pen.rect(x + 0.5, HEAD + (k % rows) * size + 0.5, size - 1, size - 1);
      }
      pen.globalAlpha = 0.45;
      pen.stroke();
      pen.globalAlpha = 1;
    });
    pen.fillStyle = this.text;
    this.labels = [];
    places.forEach(({ block }, i) => this.label(this.served(now.serving[i], stages[i]), block, "left"));
    places.forEach(({ left, front }, i) => {
      const most = Math.floor((front - left) / size) * rows;
      const number = now.waiting[i];
      const waiting = this.said(`${number}`, () => say("flow-waiting-now", { number }));
      this.label(waiting, front + 2, "right");
      if (number > most) this.label(say("flow-more", { number: number - most }), left - 4, "left");
    });
    const held = () => say("flow-held-now", { number: now.held });
    if (this.holds) this.label(this.said(`h${now.held}`, held), places.at(-1).right + 6, "left");
    else if (width >= 500) this.label(say("flow-leaving"), width, "right");
    if (width >= 500) this.label(this.said(noun, () => say("flow-arriving", { noun })), 0, "left");
  }

  served(number, { name, slots }) {
    return this.said(`${name} ${number} ${slots}`, () => say("flow-served-now", { name, number, slots }));
  }

  // What was said once is kept: the same few numbers come again and again.
  said(key, make) {
    if (!this.words.has(key)) this.words.set(key, make());
    return this.words.get(key);
  }

  // A label that has no room beside those before it stays away: the table has its number.
  label(text, x, side) {
    const wide = this.pen.measureText(text).width;
    const from = side === "left" ? x : x - wide;
    const apart = ([a, b]) => from > b + 6 || from + wide < a - 6;
    if (from < -1 || from + wide > this.width + 1 || !this.labels.every(apart)) return;
    this.labels.push([from, from + wide]);
    this.pen.textAlign = side;
    this.pen.fillText(text, x, 10);
  }
}
