// A page that is no track's: one section, which the app tells by messages of one kind, and no ledger.
export class OwnPage {
  // `kind`: of the messages that ask the app to do something.
  constructor(kind, section, { send, bridge }) {
    this.section = section;
    this.bridge = bridge;
    this.ask = (what, values = {}) => send(kind, { do: what, values });
  }

  find(selector) {
    return this.section.querySelector(selector);
  }

  // What a part of a track does with its ledger.
  restore() {}
  forget() {}
  showProgress() {}
}
