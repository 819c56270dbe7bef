// Two votes on one lock. A choice is counted by its letter, a number is kept as it was said.

const LETTERS = "ABCDEFGH";
const MOST = 9999; // votes for one answer
const BARS = 8; // of numbers; more are put into equal steps
const STEPS = 6;

export class Tally {
  constructor(lock) {
    this.lock = lock;
    this.options = lock.options.map((each, index) => ({ ...each, index, letter: LETTERS[index] }));
    this.counts = [0, 1].map(() => lock.options.map(() => 0));
    this.numbers = [[], []];
    this.seen = [new Set(), new Set()]; // beginnings of ledgers: none is counted twice in a vote
  }

  add(round, index) {
    this.set(round, index, this.counts[round][index] + 1);
  }

  set(round, index, votes) {
    this.counts[round][index] = Number.isFinite(votes) ? Math.min(MOST, Math.max(0, Math.round(votes))) : 0;
  }

  total(round) {
    return this.counts[round].reduce((sum, each) => sum + each, 0) + this.numbers[round].length;
  }

  // Takes "a b b c" or "2.5 3"; gives how many answers that were, and the words that are none.
  type(round, text) {
    const left = [];
    let taken = 0;
    for (const word of text.split(this.lock.number ? /[\s;]+/ : /[\s;,.]+/).filter(Boolean)) {
      if (this.take(round, word)) taken += 1;
      else left.push(word);
    }
    return { taken, left };
  }

  take(round, word) {
    if (!this.lock.number) {
      const index = this.options.findIndex(({ letter }) => letter === word.toUpperCase());
      if (index >= 0) this.add(round, index);
      return index >= 0;
    }
    const value = Number(word.replace(",", "."));
    const [lowest, highest] = this.lock.number;
    const good = word !== "" && value >= lowest && value <= highest;
    if (good) this.numbers[round].push(value);
    return good;
  }

  // Takes the prediction of this part out of an exported ledger; false if there is none, or again.
  ledger(round, text) {
    try {
      const { events } = JSON.parse(text);
      const { track, part } = this.lock;
      const made = events.find((each) => each.kind === "predicted" && each.track === track && each.part === part);
      const beginning = events[0].hash;
      if (this.seen[round].has(beginning)) return false;
      const index = this.options.findIndex(({ key }) => key === made.data.answer);
      if (this.lock.number ? !this.take(round, String(made.data.implies)) : index < 0) return false;
      if (index >= 0) this.add(round, index);
      this.seen[round].add(beginning);
      return true;
    } catch {
      return false;
    }
  }

  // Each answer with its votes of both rounds.
  rows() {
    if (!this.lock.number) {
      return this.options.map(({ letter, label, index }) => ({ letter, label, votes: this.counts.map((each) => each[index]) }));
    }
    const all = [...new Set(this.numbers.flat())].sort((a, b) => a - b);
    const said = (value) => this.lock.pattern.replace("{}", String(value));
    const votes = (fits) => this.numbers.map((each) => each.filter(fits).length);
    if (all.length <= BARS) return all.map((value) => ({ label: said(value), votes: votes((each) => each === value) }));
    const [low, high] = [all[0], all.at(-1)];
    const at = (value) => Math.min(STEPS - 1, Math.floor(((value - low) / (high - low)) * STEPS));
    const edge = (step) => Number((low + ((high - low) * step) / STEPS).toPrecision(3));
    return Array.from({ length: STEPS }, (_, step) => ({
      label: said(`${edge(step)}–${edge(step + 1)}`), votes: votes((each) => at(each) === step),
    }));
  }
}
