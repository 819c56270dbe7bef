// Records, inside the page and before its own scripts run, what happens between an input and the
// repaint that shows its result: inputs, messages to and from the worker, draws on a canvas, frames.
// Times are those of performance.now().
(() => {
  const empty = () => ({ inputs: [], sent: [], got: [], draws: [], frames: [] });
  let log = empty();
  let pending = 0;
  let last = 0;
  const now = () => performance.now();

  for (const type of ["keydown", "pointerdown", "pointermove"]) {
    addEventListener(
      type,
      (event) => {
        if (type === "pointermove" && !event.buttons) return;
        log.inputs.push({ type, t: event.timeStamp, x: event.clientX });
        last = now();
      },
      { capture: true },
    );
  }

  const Native = globalThis.Worker;
  globalThis.Worker = class extends Native {
    postMessage(message, ...more) {
      const { kind, text = "" } = message;
      if (kind !== "boot") log.sent.push({ type: kind, t: now(), bytes: text.length });
      if (kind === "patch") pending += 1;
      last = now();
      super.postMessage(message, ...more);
    }

    set onmessage(handler) {
      super.onmessage = (event) => {
        const { kind: type, name, text, buffers } = event.data;
        const t = now();
        handler(event);
        const applied = now();
        const entry = { type, t, applied };
        if (type === "patch") {
          const bytes = Object.values(buffers).reduce((sum, b) => sum + b.byteLength, text.length);
          Object.assign(entry, { name, bytes });
        }
        if (type === "lab") {
          const { kind, settings, brief } = JSON.parse(text);
          Object.assign(entry, { kind, settings, brief, bytes: text.length });
        }
        if (type === "idle") pending -= 1;
        log.got.push(entry);
        last = now();
        watchFrame();
      };
    }
  };

  const clear = CanvasRenderingContext2D.prototype.clearRect;
  CanvasRenderingContext2D.prototype.clearRect = function (...area) {
    // The strip of requests plays on by itself: its pictures answer no input.
    if (this.canvas.closest("[data-flow]")) return clear.apply(this, area);
    if (this.canvas.isConnected || this.canvas.getRootNode() instanceof ShadowRoot) {
      log.draws.push(now());
      last = now();
      watchFrame();
    }
    return clear.apply(this, area);
  };

  // A frame ends when its rendering has been done: the task after its animation callbacks. Only the
  // frame that follows a change is watched. To ask for every one would slow down what is measured:
  // while a frame is due, Chromium lets nothing else come between an input and that frame.
  const channel = new MessageChannel();
  let start = 0;
  let watching = false;
  channel.port1.onmessage = () => log.frames.push([start, now()]);
  const watchFrame = () => {
    if (watching) return;
    watching = true;
    requestAnimationFrame(() => {
      watching = false;
      start = now();
      channel.port2.postMessage(0);
      if (globalThis.everyFrame) watchFrame();
    });
  };
  watchFrame();

  const QUIET_MS = 220; // longer than the app waits before it takes knobs to rest
  globalThis.benchmark = {
    take() {
      const taken = log;
      log = empty();
      return taken;
    },
    async settled() {
      while (pending > 0 || now() - last < QUIET_MS) {
        await new Promise((resolve) => setTimeout(resolve, 10));
      }
    },
  };
})();
