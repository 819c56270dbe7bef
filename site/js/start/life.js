// The life of the page's Python: it is started, it draws, it fails, and it is started again.
import { keepOffline } from "../keep/offline.js";
import { announce } from "../page/announcer.js";
import { query } from "../page/address.js";
import { tellHost } from "../page/embed.js";
import { notice } from "../page/notices.js";
import { say } from "../page/words.js";
import { Heartbeat } from "../bridge/heartbeat.js";
import { carried } from "../files/files.js";
import { RestoreWatch } from "./restore-watch.js";
import { retrying } from "./retry.js";
import { snapshotWhenIdle } from "./snapshot-when-idle.js";

const root = document.documentElement;
// What is said when another worker takes a dead one's place, and when that one dies too.
const ONCE = { stopped: "fault-stopped", broke: "fault-broke" };
const AGAIN = { stopped: "fault-stopped-again", broke: "fault-broke-again" };

// Two frames: what was drawn is on the screen, and was.
const painted = () =>
  new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));

export class Life {
  // `lab`: the page's pieces, see shell.js.
  constructor(lab) {
    this.lab = lab;
    this.ready = false;
    this.revivals = 0;
    this.handed = []; // what waited for Python, and was given to it
    this.heartbeat = new Heartbeat(lab.bridge, () => this.revive("stopped"));
    this.restoring = new RestoreWatch(() => {
      lab.bridge.reopen();
      this.boot(true);
    });
  }

  begin() {
    const { bridge } = this.lab;
    if (globalThis.earlyWorker) {
      bridge.adopt(globalThis.earlyWorker);
    } else {
      bridge.open();
      this.boot(retrying());
    }
  }

  // `forget`: an earlier try failed, and whatever it left behind may be the reason.
  boot(forget) {
    const { bridge, base, config } = this.lab;
    bridge.post("boot", { base: base.href, config, fresh: retrying(), forget, carried });
  }

  // The stages stand beside the marks of the contract, for whoever asks where the time goes.
  progress({ stage, detail, at }) {
    const startTime = Math.max(0, at - performance.timeOrigin); // two clocks, if only just
    if (stage !== "fetch") performance.mark(`stage:${stage}`, { startTime });
    if (stage === "restore") this.restoring.began();
    this.lab.line.progress(stage, detail);
  }

  startApp({ restored }) {
    const { bridge, config, keeping, navigation, parts, theme } = this.lab;
    this.restoring.ended();
    performance.mark("lab:python-ready");
    root.dataset.start = restored ? "snapshot" : "fresh";
    this.handed = [...bridge.queue];
    const settings = [...parts].map(([number, part]) => [number, part.storedSettings]);
    bridge.start({
      track: config.track,
      ...keeping.seed(config.build),
      ledger: this.revivals ? keeping.reopen() : keeping.open(),
      // A workbench that is started again stands where its dials stood, not where the link says.
      query: this.revivals ? "" : query(),
      theme: theme.look,
      settings: Object.fromEntries(settings.filter(([, kept]) => kept)),
    });
    bridge.render(navigation.part);
  }

  // The app has what waited for it, and a reload must not bring it again.
  taken() {
    this.lab.queue.done(this.handed);
  }

  async draw({ text }) {
    const { figures, parts } = this.lab;
    this.progress({ stage: "draw", detail: null, at: performance.timeOrigin + performance.now() });
    try {
      const part = await figures.render(text);
      parts.get(part)?.attention.say();
    } catch (error) {
      this.failed({ during: "draw", text: error.message, fatal: false });
      return;
    }
    await painted();
    if (!this.ready) await this.answers();
  }

  // The workbench stands and answers; what may wait until then is done now.
  async answers() {
    const { at, base, config, line, navigation, workerAddress } = this.lab;
    this.ready = true;
    line.done();
    root.dataset.python = "ready";
    announce(say("boot-ready"));
    this.heartbeat.start();
    if (this.revivals) return;
    performance.mark("lab:workbench-ready");
    tellHost("ready", { track: config.track, part: navigation.part });
    await keepOffline(at("sw.js"));
    const wanted = config.snapshot && root.dataset.start === "fresh";
    if (wanted) snapshotWhenIdle(workerAddress, { base: base.href, config });
  }

  // Another worker in the place of a dead one, with the ledger, the dials and whatever the dead one
  // had not taken. A second death may have the same cause, so then the reader is asked.
  revive(why) {
    const { bridge, figures, line, queue } = this.lab;
    this.heartbeat.stop();
    this.ready = false;
    if (this.revivals) {
      line.failed(say(AGAIN[why]));
      return;
    }
    this.revivals += 1;
    notice(say(ONCE[why]), "warn");
    root.dataset.python = "loading";
    line.begin(say("boot-python-again"));
    figures.clear();
    bridge.reopen();
    for (const each of bridge.queue) queue.add(each);
    this.boot(root.dataset.start === "snapshot");
  }

  failed({ during, text, reason, fatal }) {
    if (during === "boot" && this.restoring.waiting) {
      this.restoring.failed();
      return;
    }
    if (this.ready && fatal) {
      this.revive("broke");
      return;
    }
    const said = reason ? say(reason.key, reason.values) : text;
    if (this.ready) {
      notice(say("fault-goes-on", { reason: said }), "warn");
      return;
    }
    const what = say(reason?.values.file ? "fault-file" : "fault-start", { reason: said });
    tellHost("error", { track: this.lab.config.track, text: what });
    this.lab.line.failed(what);
  }
}
