// A snapshot that never comes to life, whatever the reason, must not cost the reader the lab: after
// a while its worker is ended, and another one starts without it.
const PATIENCE_MS = 20_000;

export class RestoreWatch {
  constructor(startAgain) {
    this.startAgain = startAgain;
  }

  get waiting() {
    return this.timer !== undefined;
  }

  began() {
    this.ended();
    this.timer = setTimeout(() => this.failed(), PATIENCE_MS);
  }

  ended() {
    clearTimeout(this.timer);
    this.timer = undefined;
  }

  failed() {
    this.ended();
    this.startAgain();
  }
}
