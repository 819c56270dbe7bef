// The teachers' page of a class: files go to the app one by one, which tells a row for each and how
// often each answer was given. Nothing leaves the browser, and nothing is kept.
import { save } from "../ledger/hand-out.js";
import { smallButton } from "../page/button.js";
import { OwnPage } from "../page/own-page.js";
import { say } from "../page/words.js";
import { make, setText } from "../part/facts.js";
import { filesOf } from "./files.js";

const LARGEST_BYTES = 2_000_001; // of a file that is no zip: one more than a ledger may have
const COUNTS = ["complete", "passed", "missed", "challenges", "early", "minutes"];
const NOTHING = { begun: 0, passed: 0, off: undefined, off_said: undefined }; // of a part that was not begun
const isZip = (name) => /\.zip$/i.test(name);

// A script of its own, which runs before the shell: no student's page carries it.
globalThis.ClassOnPage = class ClassOnPage extends OwnPage {
  constructor(section, lab) {
    super("class", section, lab);
    this.students = [];
    this.sorted = { key: "name", ways: 1 };
    this.opened = new Map(); // rows that stand open, by file
    this.handed = 0;
    this.list = this.find("[data-class-students]");
    this.listPlace = this.list.nextElementSibling;
    this.bind();
  }

  bind() {
    for (const input of [this.find("[data-class-import]"), this.find("[data-class-folder]")]) {
      input.addEventListener("change", async () => {
        await this.read([...input.files].map((file) => [file.webkitRelativePath || file.name, file]));
        input.value = "";
      });
    }
    const drop = this.find("[data-class-drop]");
    drop.addEventListener("dragover", (event) => event.preventDefault());
    drop.addEventListener("drop", async (event) => {
      event.preventDefault();
      await this.read(await filesOf(event.dataTransfer));
    });
    this.find("[data-class-stop]").addEventListener("click", () => {
      this.stopped = true;
      this.ask("stop");
    });
    this.find("[data-class-clear]").addEventListener("click", () => {
      this.opened.clear();
      this.ask("clear");
    });
    for (const button of this.section.querySelectorAll("[data-class-export]")) {
      button.addEventListener("click", () => this.ask("export", { format: button.dataset.classExport }));
    }
    for (const button of this.list.querySelectorAll("[data-class-sort]")) {
      button.addEventListener("click", () => this.sort(button.dataset.classSort));
    }
    this.list.querySelector("[data-class-search]").addEventListener("input", () => this.showRows());
    for (const name of ["[data-class-filter]", "[data-class-part]"]) {
      this.list.querySelector(name).addEventListener("change", () => this.showRows());
    }
    const replies = this.find("[data-class-replies]");
    replies.addEventListener("change", () => this.section.toggleAttribute("data-without-replies", !replies.checked));
    const projection = this.find("[data-class-projection]");
    projection.addEventListener("change", () => this.project(projection.checked));
  }

  // Names are hidden by not being there.
  project(on) {
    this.section.toggleAttribute("data-projection", on);
    if (on) this.list.remove();
    else this.section.insertBefore(this.list, this.listPlace);
    setText(this.find("[data-class-aside]"), on ? "" : this.aside);
  }

  async read(files) {
    if (!this.bridge.started) {
      setText(this.find("[data-class-state]"), say("class-wait"));
      return;
    }
    this.stopped = false;
    this.find("[data-class-stop]").hidden = false;
    for (const [name, file] of files) {
      if (this.stopped) break;
      try {
        const whole = isZip(name) ? file : file.slice(0, LARGEST_BYTES);
        const bytes = new Uint8Array(await whole.arrayBuffer());
        this.bridge.post("hand_in", { name, bytes });
        this.handed += 1;
      } catch {
        setText(this.find("[data-class-state]"), say("ledger-unreadable", { file: name }));
      }
    }
    this.ask("handed");
  }

  hear({ state, told }) {
    const doing = { reading: "showReading", ready: "showClass", opened: "showOpened", exported: "saveExport" };
    this[doing[state]](told);
  }

  showReading({ read }) {
    const bar = this.find("[data-class-bar]");
    bar.hidden = false;
    bar.max = Math.max(this.handed, read);
    bar.value = read;
    setText(this.find("[data-class-state]"), say("class-reading", { read }));
  }

  showClass({ students, tallies, aside, asides }) {
    this.students = students;
    this.handed = students.length;
    this.find("[data-class-bar]").hidden = true;
    this.find("[data-class-stop]").hidden = true;
    this.find("[data-class-tools]").hidden = this.list.hidden = !students.length;
    const bad = students.filter((each) => each.chain !== "holds").length;
    setText(this.find("[data-class-state]"), students.length ? say("class-read", { files: students.length, bad }) : say("class-empty"));
    this.aside = asides ? say("class-aside", { files: asides, names: aside.join(", ") }) : "";
    setText(this.find("[data-class-aside]"), this.section.dataset.projection === undefined ? this.aside : "");
    this.showTallies(tallies);
    this.showRows();
  }

  showTallies(tallies) {
    this.find("[data-class-tallies]").hidden = !Object.keys(tallies).length;
    for (const place of this.section.querySelectorAll("[data-class-predictions]")) {
      const tally = tallies[place.dataset.classPredictions];
      place.hidden = !tally;
      if (!tally) continue;
      setText(place.querySelector("[data-class-sentence]"), tally.sentence);
      const most = Math.max(1, ...Object.values(tally.counts));
      for (const row of place.querySelectorAll("[data-class-answer]")) {
        const count = tally.counts[row.dataset.classAnswer] ?? 0;
        setText(row.querySelector("[data-class-count]"), String(count));
        row.querySelector("i").style.inlineSize = `${(100 * count) / most}%`;
      }
    }
  }

  sort(key) {
    this.sorted = { key, ways: this.sorted.key === key ? -this.sorted.ways : 1 };
    for (const button of this.list.querySelectorAll("[data-class-sort]")) {
      const way = this.sorted.ways > 0 ? "ascending" : "descending";
      button.closest("th").setAttribute("aria-sort", button.dataset.classSort === key ? way : "none");
    }
    this.showRows();
  }

  // What the columns tell of a row: the whole ledger, or the one part that was chosen.
  told(each) {
    return this.part && each.parts ? { ...each, ...NOTHING, ...each.parts[this.part] } : each;
  }

  wanted({ file, name = "", chain, replay, begun, complete, passed }) {
    if (this.part && chain === "holds" && !begun) return false;
    const sought = this.list.querySelector("[data-class-search]").value.trim().toLowerCase();
    const kind = this.list.querySelector("[data-class-filter]").value;
    if (sought && !`${name} ${file}`.toLowerCase().includes(sought)) return false;
    if (kind === "odd") return chain !== "holds" || replay !== "matches";
    if (kind === "passed") return Boolean(passed);
    if (kind === "unfinished") return !begun || complete < begun;
    return true;
  }

  showRows() {
    const { key, ways } = this.sorted;
    const valueOf = (each) => (key === "name" ? each.name || each.file : each[key] === "infinite" ? Infinity : each[key]) ?? "";
    this.part = this.list.querySelector("[data-class-part]").value;
    this.list.toggleAttribute("data-one-part", Boolean(this.part));
    const shown = this.students.map((each) => this.told(each)).filter((each) => this.wanted(each)).sort((one, other) => {
      const [a, b] = [valueOf(one), valueOf(other)];
      const numbers = typeof a === "number" && typeof b === "number";
      return ways * (numbers ? a - b : String(a).localeCompare(String(b), document.documentElement.lang, { numeric: true }));
    });
    this.list.querySelector("[data-class-rows]").replaceChildren(...shown.flatMap((each) => this.rowsOf(each)));
    setText(this.list.querySelector("[data-class-shown]"), say("class-shown", { shown: shown.length, all: this.students.length }));
  }

  rowsOf(each) {
    const row = make("tr", undefined, {
      "data-class-student": each.file,
      "data-chain": { holds: "holds", broken: "broken" }[each.chain] ?? "unreadable",
      ...(each.replay ? { "data-replay": each.replay } : {}),
    });
    const head = make("th", undefined, { scope: "row" });
    const open = smallButton(each.name || each.file, () => this.toggle(each.file));
    open.setAttribute("aria-expanded", String(this.opened.has(each.file)));
    head.append(open, ...(each.name ? [make("small", each.file)] : []));
    row.append(
      head,
      make("td", each.prediction ?? "", { "data-of-a-part": "" }),
      make("td", each.off_said ?? ""),
      make("td", each.settings ?? "", { "data-of-a-part": "" }),
      make("td", say("class-chain", { chain: each.chain })),
      make("td", each.replay ? say("class-replay", { replay: each.replay }) : ""),
      ...COUNTS.map((count) => make("td", this.counted(each, count))),
      make("td", each.note),
    );
    const detail = this.opened.get(each.file);
    return detail ? [row, detail] : [row];
  }

  counted(each, key) {
    if (each[key] === undefined) return "";
    return key === "complete" ? say("class-of", { some: each.complete, all: each.begun }) : String(each[key]);
  }

  toggle(file) {
    if (!this.opened.delete(file)) {
      this.ask("open", { file });
      return;
    }
    this.showRows();
    this.focusOn(file);
  }

  focusOn(file) {
    const row = [...this.list.querySelectorAll("[data-class-student]")].find((each) => each.dataset.classStudent === file);
    row?.querySelector("button").focus();
  }

  showOpened({ file, findings, sections }) {
    const cell = make("td", undefined, { colspan: this.list.querySelectorAll("thead th").length });
    if (findings.length) {
      const list = make("ul", undefined, { class: "class-findings" });
      list.append(...findings.map((each) => make("li", each)));
      cell.append(list);
    }
    for (const [heading, level, rows] of sections) {
      const terms = rows.flatMap(([label, text]) => [make("dt", label), make("dd", text)]);
      const told = make("dl");
      told.append(...terms);
      cell.append(make(level > 1 ? "h4" : "h3", heading), told); // a track has no heading here
    }
    const row = make("tr", undefined, { class: "class-detail" });
    row.append(cell);
    this.opened.set(file, row);
    this.showRows();
    this.focusOn(file);
  }

  saveExport({ name, content }) {
    save(name, Uint8Array.from(atob(content), (each) => each.charCodeAt(0)));
  }
};
