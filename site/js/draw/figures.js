// BokehJS on the page: loads its scripts, draws what the worker sends, and passes changes both
// ways. While the worker is busy only the newest change of each model and attribute is kept.
import { say } from "../page/words.js";
import { makeThrifty } from "./bokeh-thrift.js";
import { loadable, localised, sheetsReady } from "../files/files.js";
import { nameOf } from "../files/name.js";
import { bindDrag } from "./drag.js";
import { placeLabels } from "./place-labels.js";
import { quietFigures } from "./quiet-figures.js";

// Panel fetches its ES module bundles through es-module-shims, for the import maps that notebooks
// need. Our bundle needs none, so the browser's own import does.
const bring = async (address) =>
  import(await loadable(address)).catch(() => {
    throw new Error(say("fault-not-fetched", { file: nameOf(address) }));
  });
globalThis.importShim ??= Object.assign(bring, { addImportMap() {} });

// `sums`: SHA-256 by a file's name, in base64.
function loadScript(address, sums) {
  return new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = address;
    script.async = false;
    if (/^http/.test(address)) {
      script.crossOrigin = "anonymous"; // a frame with an opaque origin may only check what it may read
      script.integrity = `sha256-${sums[nameOf(address)]}`;
    }
    script.onload = resolve;
    script.onerror = () => reject(new Error(say("fault-not-fetched", { file: nameOf(address) })));
    document.head.append(script);
  });
}

// Scripts run in the order in which they stand here.
async function loadScripts(addresses, sums) {
  const ready = await Promise.all(addresses.map(loadable));
  await Promise.all([...ready.map((each) => loadScript(each, sums)), sheetsReady]);
}

const CONTROLS = "input, button, [role=slider]";
const PATIENCE_FRAMES = 600;
// Changes that the app has no use for: Material's own styles, a slider's value told a second time
// when it is let go, and the place of a choice, which its value says already.
const UNHEARD = new Set(["stylesheets", "value_throttled", "active"]);

// Material draws each control in a shadow root, and some later than others.
function controlsIn(slot) {
  const roots = [...slot.querySelectorAll("*")].map((each) => each.shadowRoot).filter(Boolean);
  return roots.flatMap((root) => [...root.querySelectorAll(CONTROLS)]);
}

const nextFrame = () => new Promise((resolve) => requestAnimationFrame(resolve));

// Waits until every knob of a part has its control. A slider is an <input type="range">, whose
// role is implied; the page's contract has it said, so that a script can find it by attribute.
async function controlsDrawn(section) {
  for (const slot of section.querySelectorAll("[data-slot=knob]")) {
    if (slot.closest("[data-part]") !== section) continue;
    for (let frame = 0; !controlsIn(slot).length; frame += 1) {
      if (frame > PATIENCE_FRAMES) throw new Error(say("fault-no-dials"));
      await nextFrame();
    }
    const note = slot.closest("[data-knob]").querySelector("[data-knob-doc]").textContent;
    for (const control of controlsIn(slot)) {
      // No reference reaches out of a shadow root; and each button of a choice would repeat it.
      if (control.matches("input")) control.setAttribute("aria-description", note);
      if (control.type === "range") control.setAttribute("role", "slider");
    }
  }
}

export class Figures {
  constructor(bridge, scripts, sums) {
    this.bridge = bridge;
    this.documents = new Map();
    this.waiting = [];
    this.busy = false;
    this.patching = 0;
    this.loaded = loadScripts(scripts, sums).then(() => {
      makeThrifty(Bokeh);
      placeLabels(Bokeh);
    });
    this.loaded.catch(() => {});
  }

  async render(text) {
    await this.loaded;
    const documents = JSON.parse(localised(text));
    if (!documents.length) return undefined; // the page has all its elements itself
    for (const { name, docs_json, render_items } of documents) {
      const [views] = await Bokeh.embed.embed_items(docs_json, render_items);
      const doc = [...views.roots.values()][0].model.document;
      this.documents.set(name, doc);
      // Figures only show; what a reader changes is in the knobs.
      if (name.endsWith("/knobs")) doc.on_change((event) => this.changed(name, event), false);
    }
    const [part] = documents[0].name.split("/");
    const section = document.querySelector(`[data-part="${part}"]`);
    quietFigures(section);
    bindDrag(section);
    await controlsDrawn(section);
    return Number(part);
  }

  // Takes all drawings down: the worker that kept them is gone.
  clear() {
    this.patching += 1;
    for (const doc of this.documents.values()) doc.clear();
    this.patching -= 1;
    this.documents.clear();
    this.waiting = [];
    this.busy = false;
  }

  changed(name, event) {
    if (this.patching > 0 || UNHEARD.has(event.attr)) return;
    if (!this.busy) {
      this.post(name, [event]);
      return;
    }
    const same = (old) =>
      old.name === name && old.event.model === event.model && old.event.attr === event.attr;
    if (event.model && event.attr) this.waiting = this.waiting.filter((old) => !same(old));
    this.waiting.push({ name, event });
  }

  post(name, events) {
    const doc = this.documents.get(name);
    if (!doc) return;
    const patch = doc.create_json_patch(events);
    this.busy = true;
    this.bridge.patch(name, JSON.stringify(patch));
  }

  idle() {
    this.busy = false;
    this.postWaiting();
  }

  // Whatever the reader says next must find the dials where they stand: Deploy, pressed right after
  // a dial, would otherwise run the setting before.
  flush() {
    while (this.waiting.length) this.postWaiting();
  }

  postWaiting() {
    if (!this.waiting.length) return;
    const { name } = this.waiting[0];
    const mine = this.waiting.filter((each) => each.name === name);
    this.waiting = this.waiting.filter((each) => each.name !== name);
    this.post(name, mine.map((each) => each.event));
  }

  patch(name, text, buffers) {
    const doc = this.documents.get(name);
    if (!doc) return;
    const bytes = new Map(Object.entries(buffers).map(([id, view]) => [id, view.slice().buffer]));
    this.patching += 1;
    try {
      doc.apply_json_patch(JSON.parse(localised(text)), bytes);
    } finally {
      this.patching -= 1;
    }
  }
}
