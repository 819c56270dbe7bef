// The module worker: starts Pyodide, unpacks the lab's archive, runs the app.
// In:  boot {base, config, fresh}, start {init}, receive {text}, patch {name, text}, render {part}
// Out: progress, python, lab, render, patch, idle, failed
import { FileError, fetchWatched } from "./fetch-watched.js";

let python = null;
let app = null;

const post = (type, ...rest) => self.postMessage({ type, rest });

async function boot({ base, config, fresh }) {
  const at = (address) => new URL(address, base).href;
  const report = (stage, detail) => post("progress", stage, detail);
  const watched = fetchWatched(self.fetch.bind(self), report, fresh);
  self.fetch = watched;
  const archives = config.archives.map(async ({ url, format }) => {
    const response = await watched(at(url));
    return { bytes: await response.arrayBuffer(), format, file: url.split("/").at(-1) };
  });
  for (const each of archives) each.catch(() => {}); // awaited below; must not surface twice
  const { loadPyodide } = await import(at(`${config.pyodide}pyodide.mjs`));
  report("python");
  python = await loadPyodide({
    indexURL: at(config.pyodide),
    env: {
      PYTHONHASHSEED: "0",
      HOME: "/home/pyodide",
      FLEET_LAB_MISSIONS: `${config.sitePackages}/missions`,
      PANEL_CDN_ROOT: at(config.panelRoot),
      PANEL_MATERIAL_UI_CDN_ROOT: at(config.panelMaterialRoot),
      BOKEH_RESOURCES: "cdn",
    },
    stdout: (line) => console.debug(line),
    stderr: (line) => console.debug(line),
  });
  report("unpack");
  for (const archive of archives) {
    const { bytes, format, file } = await archive;
    try {
      python.unpackArchive(bytes, format, { extractDir: config.sitePackages });
    } catch {
      throw new FileError(file, "it did not arrive whole");
    }
  }
  report("import");
  python.runPython("import importlib; importlib.invalidate_caches()");
  python.runPython("import labpy.browser.start");
  post("python");
}

function start(init) {
  post("progress", "build");
  app = python.pyimport("labpy.browser.worker").start(JSON.stringify(init), post);
}

// Knobs rest when none has moved for a while. Then the app does what it left undone, in pieces, so
// that a knob which moves on waits for one piece at most. A message that waits comes before the next
// piece.
const REST_MS = 150;
let resting;

function restIn(delay) {
  clearTimeout(resting);
  resting = setTimeout(() => {
    if (app.rest()) restIn(0);
  }, delay);
}

const actions = {
  boot: ([options]) => boot(options),
  start: ([init]) => start(init),
  receive: ([text]) => app.receive(text),
  render: ([part]) => {
    app.render(part);
    restIn(REST_MS);
  },
  patch: ([name, text]) => {
    app.patch(name, text);
    post("idle");
    restIn(REST_MS);
  },
};

self.onmessage = async ({ data: { type, rest } }) => {
  try {
    await actions[type](rest);
  } catch (error) {
    const last = (error.file ? error.message : String(error)).trim().split("\n").at(-1);
    post("failed", { during: type, text: last, file: error.file ?? "" });
    console.debug(String(error.stack ?? error).slice(-2000));
  }
};
