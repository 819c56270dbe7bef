// The one line that tells truthfully what is loading, and the message with a retry when it fails.

const STAGES = {
  fetch: ["Fetching Python and the lab", 5],
  python: ["Starting Python", 35],
  unpack: ["Unpacking the lab", 55],
  import: ["Loading the models", 60],
  restore: ["Waking Python", 40],
  build: ["Building the workbench", 85],
  draw: ["Drawing", 95],
};
const RETRY = "#retry";
const QUIET_MS = 45_000;

export class Boot {
  constructor(root) {
    this.line = root.querySelector("[data-boot]");
    this.bar = root.querySelector("[data-boot-bar]");
    this.text = root.querySelector("[data-boot-text]");
    this.error = root.querySelector("[data-boot-error]");
    this.errorText = root.querySelector("[data-boot-error-text]");
    this.files = new Map();
    this.reached = 0;
    root.querySelector("[data-boot-retry]")?.addEventListener("click", () => this.retry());
    this.wait();
  }

  // The address says that this is another try, so that no cache answers with the failure.
  retry() {
    const address = new URL(location.href);
    address.hash = RETRY;
    history.replaceState(null, "", address);
    location.reload();
  }

  static get retrying() {
    return location.hash === RETRY;
  }

  wait() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.say("Still waiting for the network"), QUIET_MS);
  }

  say(words) {
    if (this.text.textContent !== words) this.text.textContent = words;
  }

  progress(stage, detail) {
    this.wait();
    const [words, from] = STAGES[stage];
    if (stage === "fetch") {
      this.files.set(detail.file, detail.done);
      if (this.reached > from) return;
      const bytes = [...this.files.values()].reduce((sum, each) => sum + each, 0);
      this.say(`${words}: ${(bytes / 1e6).toFixed(1)} MB`);
    } else {
      this.say(words);
    }
    this.reached = Math.max(this.reached, from);
    this.bar.value = this.reached;
  }

  done() {
    clearTimeout(this.timer);
    this.bar.value = 100;
    this.line.hidden = true;
    if (Boot.retrying) history.replaceState(null, "", location.pathname + location.search);
  }

  failed(text) {
    clearTimeout(this.timer);
    document.documentElement.dataset.python = "failed";
    this.line.hidden = true;
    this.errorText.textContent = text;
    this.error.hidden = false;
  }
}
