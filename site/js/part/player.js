// Steps through the frames of an instrument: play, pause, step, position, speed. Nothing moves by
// itself, and where the system asks for less motion there is no play, only steps.
import { smallButton } from "../page/button.js";
import { say } from "../page/words.js";
import { announceWhenStill } from "../page/announcer.js";

const SPEEDS = [1, 2, 4, 8];
const FRAME_MS = 400;
const stillness = matchMedia("(prefers-reduced-motion: reduce)");

export class Player {
  constructor(figure, onStep, first) {
    this.onStep = onStep;
    this.count = 0;
    this.index = first;
    this.box = document.createElement("div");
    this.box.className = "player";
    this.box.setAttribute("role", "group");
    this.box.setAttribute("aria-label", say("player-label"));
    this.play = smallButton(say("player-play"), () => (this.timer ? this.pause() : this.start()));
    this.position = document.createElement("input");
    this.position.type = "range";
    this.position.min = "0";
    this.position.setAttribute("aria-label", say("player-moment"));
    this.position.addEventListener("input", () => this.go(Number(this.position.value)));
    this.speed = document.createElement("select");
    this.speed.setAttribute("aria-label", say("player-speed"));
    for (const each of SPEEDS) this.speed.append(new Option(say("player-times", { times: each }), String(each)));
    this.speed.addEventListener("change", () => this.timer && this.start());
    this.where = document.createElement("span");
    this.where.className = "player-where numeric";
    this.box.append(
      this.play,
      smallButton(say("player-back"), () => this.step(-1)),
      smallButton(say("player-step"), () => this.step(1)),
      this.position,
      this.speed,
      this.where,
    );
    figure.querySelector("[data-slot=instrument]").after(this.box);
    stillness.addEventListener("change", () => this.calm());
    this.calm();
  }

  calm() {
    this.play.hidden = this.speed.hidden = stillness.matches;
    if (stillness.matches) this.pause();
  }

  // The picture changed: as many frames as it has now, from where we stood.
  resize(count) {
    this.count = count;
    this.box.hidden = count === 0;
    this.position.max = String(Math.max(0, count - 1));
    this.index = Math.min(this.index, Math.max(0, count - 1));
    this.tell();
  }

  start() {
    clearInterval(this.timer);
    if (this.index >= this.count - 1) this.go(0);
    this.timer = setInterval(() => {
      if (this.index >= this.count - 1) this.pause();
      else this.go(this.index + 1);
    }, FRAME_MS / Number(this.speed.value));
    this.play.textContent = say("player-pause");
  }

  pause() {
    clearInterval(this.timer);
    this.timer = undefined;
    this.play.textContent = say("player-play");
  }

  go(index) {
    this.index = Math.max(0, Math.min(this.count - 1, index));
    this.tell();
    this.onStep(this.index);
  }

  step(by) {
    this.go(this.index + by);
    announceWhenStill(this, () => this.where.textContent);
  }

  tell() {
    this.position.value = String(this.index);
    const moment = { now: this.index + 1, all: this.count };
    this.where.textContent = this.count ? say("player-where", moment) : "";
    this.position.setAttribute("aria-valuetext", this.where.textContent);
  }
}
