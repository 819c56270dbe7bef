// Starts Python in the worker: from the snapshot that an earlier visit left, or file by file.
import { joined } from "../files/bytes.js";
import { FileError, fetchWatched } from "./fetch-watched.js";
import { engineKeepsCode } from "./kept-code.js";
import { restoring, take, watchLibraries, writeFiles } from "./memory.js";
import { SnapshotStore } from "./snapshot-store.js";
import { network } from "../files/source.js";

const WASM = "pyodide.asm.wasm";
const LIBRARY = "python_stdlib.bin"; // a zip, which filters of schools hold back under that name
// A store that takes this long to say what it has is as good as none.
const STORE_PATIENCE_MS = 3_000;

// Everything that every start needs, asked for at once. Compiling begins with the first bytes.
function askForRuntime({ pyodide, worker }, at, fetch, module) {
  const script = (name) => {
    const looked = fetch.looked(at(pyodide + name));
    return module(at(pyodide + name)).catch(async () => {
      await looked;
      throw new FileError(name, "fault-not-fetched");
    });
  };

  const response = fetch(at(pyodide + WASM));
  const wasm = WebAssembly.compileStreaming(response).catch(async (error) => {
    await response;
    throw new FileError(WASM, "fault-not-whole");
  });
  const early = new Map([[at(pyodide + WASM), response]]);
  for (const name of [LIBRARY, "pyodide-lock.json"]) {
    early.set(at(pyodide + name), fetch(at(pyodide + name)));
  }
  const loader = script("pyodide.mjs");
  const assembly = script("pyodide.asm.mjs");
  fetch.looked(at(worker)); // this very script
  for (const each of [wasm, loader, assembly, ...early.values()]) each.catch(() => {});
  return { wasm, early, loader, assembly };
}

// Pyodide fetches and compiles by itself; these two hand it what is on its way already.
function handOver({ wasm, early }, fetch) {
  self.fetch = (resource, options) => {
    const address = String(resource.url ?? resource);
    const asked = early.get(address);
    early.delete(address);
    return asked ?? fetch(resource, options);
  };
  WebAssembly.instantiateStreaming = async (_, imports) => {
    const module = await wasm;
    return { module, instance: await WebAssembly.instantiate(module, imports) };
  };
}

const settings = (config, at) => ({
  indexURL: at(config.pyodide),
  stdLibURL: at(config.pyodide + LIBRARY),
  env: {
    PYTHONHASHSEED: "0",
    HOME: "/home/pyodide",
    FLEET_LAB_MISSIONS: `${config.sitePackages}/missions`,
    FLEET_LAB_WORDS: `${config.sitePackages}/words`,
    PANEL_CDN_ROOT: at(config.panelRoot),
    PANEL_MATERIAL_UI_CDN_ROOT: at(config.panelMaterialRoot),
    BOKEH_RESOURCES: "cdn",
  },
  stdout: (line) => console.debug(line),
  stderr: (line) => console.debug(line),
});

export class Start {
  // `seen`: see fetch-watched.js.
  constructor({ base, config, fresh, report, source = network }, seen = false) {
    this.config = config;
    this.base = base;
    this.at = (address) => new URL(address, base).href;
    this.report = report;
    const { bytes: sizes, sums } = config;
    const apart = config.snapshot && engineKeepsCode;
    this.fetch = fetchWatched(source.fetch, report, { fresh, sizes, sums, seen, apart });
    this.runtime = askForRuntime(config, this.at, this.fetch, source.module);
    handOver(this.runtime, this.fetch);
  }

  async load(more) {
    const [{ loadPyodide }, assembly] = await Promise.all([
      this.runtime.loader,
      this.runtime.assembly,
    ]);
    this.report("python");
    const options = { ...settings(this.config, this.at), ...more(assembly.default) };
    // Where the WebAssembly can't be compiled, Pyodide would wait for ever.
    const refused = new Promise((_, reject) => this.runtime.wasm.catch(reject));
    return Promise.race([loadPyodide(options), refused]);
  }

  archives() {
    const asked = this.config.archives.map(async ({ url, format }) => {
      const response = await this.fetch(this.at(url));
      return { bytes: await response.arrayBuffer(), format, file: url.split("/").at(-1) };
    });
    for (const each of asked) each.catch(() => {}); // awaited later; must not surface twice
    return asked;
  }

  unpack(python, { bytes, format, file }) {
    try {
      python.unpackArchive(bytes, format, { extractDir: this.config.sitePackages });
    } catch {
      throw new FileError(file, "fault-not-whole");
    }
  }

  async fresh(taking = false) {
    const archives = this.archives();
    const python = await this.load((createPyodideModule) => ({
      createPyodideModule,
      _makeSnapshot: taking,
    }));
    const libraries = taking ? watchLibraries(python._module) : [];
    this.report("unpack");
    for (const archive of archives) this.unpack(python, await archive);
    this.report("import");
    python.runPython("import importlib; importlib.invalidate_caches()");
    python.runPython("import labpy.browser.start");
    await this.fetch.settled();
    return { python, libraries };
  }

  // Gives Python as the snapshot left it; throws when anything about it is off.
  async restored({ parts, record }) {
    this.report("restore");
    const memory = parts.get("memory");
    const code = parts.get("code").then((bytes) => {
      const libraries = split(bytes, record.code);
      return Promise.all(libraries.map((each) => WebAssembly.compile(each)));
    });
    code.catch(() => {}); // awaited later
    const python = await this.load((create) => restoring(create, { memory, code, record }));
    const contents = split(await parts.get("files"), record.files.map((each) => each.size));
    writeFiles(python, record.files.map(({ path }, index) => ({ path, bytes: contents[index] })));
    python.pyimport("labpy.browser.memory").wake(record.answers);
    await this.fetch.settled();
    return python;
  }
}

const split = (bytes, sizes) => {
  let end = 0;
  return sizes.map((size) => bytes.subarray(end, (end += size)));
};

// Starts a Python of its own, which never sees anything of the student's, and keeps its memory.
export async function keepSnapshot(options) {
  const store = await SnapshotStore.open(options.base, options.config.build);
  if (!store) throw new Error("there is nowhere to keep a snapshot");
  await store.forget();
  const { python, libraries } = await new Start(options).fresh(true);
  const answers = python.pyimport("labpy.browser.memory").prepare();
  const { memory, code, files, record } = take(python, libraries, options.config.sitePackages);
  const parts = new Map([
    ["memory", memory],
    ["code", joined(code)],
    ["files", joined(files.map((each) => each.bytes))],
  ]);
  await store.keep(parts, {
    ...record,
    answers,
    code: code.map((bytes) => bytes.length),
    files: files.map(({ path, bytes }) => ({ path, size: bytes.length })),
  });
}

// Does what the next visit will do, with the snapshot that was kept. One that does not work is
// forgotten.
export async function rehearse(options) {
  const store = await SnapshotStore.open(options.base, options.config.build);
  try {
    const snapshot = await store.read();
    const python = await new Start(options, true).restored(snapshot);
    python.pyimport("labpy.browser.memory").rehearse();
  } catch (error) {
    await store.forget();
    throw error;
  }
}

async function openStore({ base, config, forget }) {
  if (!config.snapshot) return null;
  try {
    const store = await SnapshotStore.open(base, config.build);
    if (!forget) return store;
    await store?.forget();
    return null;
  } catch {
    return null;
  }
}

// What was not in the snapshot is unpacked when it is first imported. Only then: as a rule all is
// there. The request has to be synchronous, since an import is.
function unpackLate(start, python) {
  python.pyimport("labpy.browser.late_import").unpack_late(() => {
    for (const { url, format } of start.config.archives) {
      const request = new XMLHttpRequest();
      request.open("GET", start.at(url), false);
      request.responseType = "arraybuffer";
      request.send();
      if (request.status !== 200) throw new Error(`${url} can't be had: ${request.status}`);
      start.unpack(python, { bytes: request.response, format, file: url.split("/").at(-1) });
    }
  });
}

// A file that breaks off ends the start, whatever would have been made of its beginning.
const unbroken = (start, python) => Promise.race([python, start.fetch.broken]);

async function startFresh(start) {
  const { python } = await unbroken(start, start.fresh());
  return { python, restored: false };
}

const nothingAfter = (ms) => new Promise((resolve) => setTimeout(resolve, ms, null));

// Options: base, config, report, fresh (pass the browser's cache by), forget (use no snapshot).
export async function startPython(options) {
  const opened = openStore(options);
  const read = opened.then((store) => store?.read()).catch(() => null);
  const kept = Promise.race([read, nothingAfter(STORE_PATIENCE_MS)]);
  const start = new Start(options, kept.then(Boolean));
  const snapshot = await kept;
  if (!snapshot) return startFresh(start);
  try {
    const python = await unbroken(start, start.restored(snapshot));
    unpackLate(start, python);
    return { python, restored: true };
  } catch (error) {
    console.debug(`The snapshot is not used: ${error.stack ?? error}`);
    const store = await opened;
    await store.forget().catch(() => {});
    return startFresh(new Start(options));
  }
}
