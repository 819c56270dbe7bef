// BokehJS on the page: loads its scripts, draws what the worker sends, and passes changes both
// ways. While the worker is busy only the newest change of each model and attribute is kept.

function loadScript(address) {
  return new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = address;
    script.async = false;
    script.onload = resolve;
    script.onerror = () => reject(new Error(`${address.split("/").at(-1)} could not be fetched.`));
    document.head.append(script);
  });
}

export class Figures {
  constructor(bridge, scripts) {
    this.bridge = bridge;
    this.documents = new Map();
    this.waiting = [];
    this.busy = false;
    this.patching = 0;
    this.loaded = Promise.all(scripts.map(loadScript));
    this.loaded.catch(() => {});
  }

  async render(text) {
    const { part, docs_json, render_items } = JSON.parse(text);
    await this.loaded;
    const [views] = await Bokeh.embed.embed_items(docs_json, render_items);
    const doc = [...views.roots.values()][0].model.document;
    this.documents.set(part, doc);
    doc.on_change((event) => this.changed(part, event), false);
    return part;
  }

  changed(part, event) {
    if (this.patching > 0) return;
    if (!this.busy) {
      this.post(part, [event]);
      return;
    }
    const same = (old) =>
      old.part === part && old.event.model === event.model && old.event.attr === event.attr;
    this.waiting = event.model && event.attr ? this.waiting.filter((old) => !same(old)) : this.waiting;
    this.waiting.push({ part, event });
  }

  post(part, events) {
    const patch = this.documents.get(part).create_json_patch(events);
    this.busy = true;
    this.bridge.post("patch", part, JSON.stringify(patch));
  }

  idle() {
    this.busy = false;
    if (!this.waiting.length) return;
    const part = this.waiting[0].part;
    const mine = this.waiting.filter((each) => each.part === part);
    this.waiting = this.waiting.filter((each) => each.part !== part);
    this.post(part, mine.map((each) => each.event));
  }

  patch(part, text, buffers) {
    const doc = this.documents.get(part);
    if (!doc) return;
    const bytes = new Map([...buffers].map(([id, view]) => [id, view.slice().buffer]));
    this.patching += 1;
    try {
      doc.apply_json_patch(JSON.parse(text), bytes);
    } finally {
      this.patching -= 1;
    }
  }
}
