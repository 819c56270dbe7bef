// Notices that the worker is dead. A browser that runs out of memory may end one without a word, so
// an idle worker is asked now and then whether it is there; one at work is given more time.

const BEAT_MS = 2_000;
const IDLE_BEATS = 5;
const WORKING_BEATS = 45;

export class Heartbeat {
  constructor(bridge, onDead) {
    this.bridge = bridge;
    this.onDead = onDead;
  }

  start() {
    this.stop();
    this.timer = setInterval(() => this.beat(), BEAT_MS);
  }

  stop() {
    clearInterval(this.timer);
    this.asked = null;
  }

  // The first of what is pending is what the worker is at. Beats are counted, not seconds: after a
  // sleep the clock has gone on without the worker.
  beat() {
    const [asked] = this.bridge.pending;
    if (!asked) {
      if (!document.hidden) this.bridge.post("ping");
      return;
    }
    this.beats = asked === this.asked ? this.beats + 1 : 1;
    this.asked = asked;
    if (this.beats < (asked.kind === "ping" ? IDLE_BEATS : WORKING_BEATS)) return;
    this.stop();
    this.onDead();
  }
}
