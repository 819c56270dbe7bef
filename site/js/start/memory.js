// A snapshot is Python's memory after all imports, kept so that a later visit need not repeat
// them. This module takes one out of a running Pyodide and starts Pyodide from one; where it is
// kept is snapshot-store.js's business. docs/performance.md tells the whole story.
//
// Memory alone is not enough: it holds addresses of the data and of the functions of numpy's
// libraries. So each library is loaded again at the very place that it had, in memory
// (Module.placeLibrary, see buildlib/loader.py) and in the table of functions.

const PAGE = 65_536;
const ROOT_LIBRARY = "__main__";

// ---- taking ------------------------------------------------------------------------------

// Has to be called before the first library is loaded. Notes where each of them is put.
export function watchLibraries(module) {
  const libraries = [];
  module.placeLibrary = (size, path) => {
    // Slots that were freed would be filled here but not when restoring; new ones line up.
    module.freeTableIndexes.length = 0;
    const address = module.getMemory(size);
    libraries.push({ path, address, table: module.wasmTable.length });
    return address;
  };
  return libraries;
}

const exportsOf = (module, path) => module.LDSO.loadedLibsByName[path].exports;

// The table of functions from the first library on: which slots are filled, and the name of the
// function where it is one that somebody exports.
function tableSlots(module, libraries) {
  const { wasmTable } = module;
  const names = new Map();
  for (const path of [ROOT_LIBRARY, ...libraries.map((each) => each.path)]) {
    for (const [name, value] of Object.entries(exportsOf(module, path))) {
      if (typeof value === "function") names.set(value, [path, name]);
    }
  }
  const slots = [];
  for (let index = libraries[0].table; index < wasmTable.length; index += 1) {
    const entry = wasmTable.get(index);
    slots.push(entry === null ? null : (names.get(entry) ?? []));
  }
  return slots;
}

function trimmed(bytes) {
  let end = bytes.length;
  const words = new Uint32Array(bytes.buffer, bytes.byteOffset, bytes.length >>> 2);
  while (end > PAGE && words[(end >>> 2) - 1] === 0) end -= 4;
  return bytes.subarray(0, end); // a copy would be another 80 MB at the peak
}

function readData(python, folder, wanted) {
  const { FS } = python;
  const found = [];
  for (const name of FS.readdir(folder)) {
    if (name === "." || name === "..") continue;
    const path = `${folder}/${name}`;
    if (FS.isDir(FS.stat(path).mode)) found.push(...readData(python, path, wanted));
    else if (wanted(path)) found.push({ path, bytes: FS.readFile(path) });
  }
  return found;
}

// Gives {memory, libraries, files, record}: bytes to keep, and what must be known to use them.
export function take(python, libraries, sitePackages) {
  const module = python._module;
  const record = {
    slots: tableSlots(module, libraries),
    handles: Object.entries(module.LDSO.loadedLibsByHandle)
      .filter(([, library]) => library.name !== ROOT_LIBRARY)
      .map(([handle, library]) => [Number(handle), library.name]),
    libraries: libraries.map((each) => ({ ...each })),
  };
  // What Python holds of JavaScript's must be reachable by name from its globals.
  const refuse = (object) => {
    throw new Error(`Python holds a ${typeof object} that has no name: ${String(object).slice(0, 80)}`);
  };
  const memory = trimmed(python.makeMemorySnapshot({ serializer: refuse }));
  const code = libraries.map(({ path }) => python.FS.readFile(path));
  const files = readData(python, sitePackages, (path) => !/\.(pyc|py|so)$/.test(path));
  return { memory, code, files, record };
}

// ---- starting from one ---------------------------------------------------------------------

function padTable({ wasmTable }, length) {
  if (wasmTable.length > length) throw new Error("the table of functions has grown too far");
  wasmTable.grow(length - wasmTable.length);
}

function placeLibraries(module, { libraries, handles, slots }, code) {
  const places = new Map(libraries.map((each) => [each.path, each]));
  module.placeLibrary = (_, path) => places.get(path).address;
  libraries.forEach(({ path, table }, index) => {
    padTable(module, table);
    const library = module.newDSO(path, undefined, "loading");
    library.global = false;
    library.exports = module.loadWebAssemblyModule(code[index], {}, path, {});
  });
  delete module.placeLibrary;
  for (const [handle, path] of handles) {
    module.LDSO.loadedLibsByHandle[handle] = module.LDSO.loadedLibsByName[path];
  }
  fillTable(module, libraries[0].table, slots);
}

// Puts each function that has a name where it was, and checks that no other slot differs.
function fillTable(module, first, slots) {
  padTable(module, first + slots.length);
  slots.forEach((slot, at) => {
    const entry = module.wasmTable.get(first + at);
    if (slot?.length) {
      const [path, name] = slot;
      const wanted = exportsOf(module, path)[name];
      if (entry !== wanted) module.setWasmTableEntry(first + at, wanted);
    } else if ((entry === null) !== (slot === null)) {
      throw new Error(`slot ${first + at} of the table of functions differs`);
    }
  });
}

// Gives what loadPyodide needs to start from a snapshot, in place of its own way to make the
// module. `memory` promises the bytes, `code` a compiled WebAssembly.Module for each library: they
// are waited for only when the module stands.
export function restoring(createModule, { memory, code, record }) {
  return {
    _loadSnapshot: new Uint8Array(0), // the real one is handed over below
    createPyodideModule: async (settings) => {
      const module = await createModule(settings);
      const [bytes, libraries] = await Promise.all([memory, code]);
      if (!module.growMemory(bytes.length + PAGE)) throw new Error("no memory for the snapshot");
      placeLibraries(module, record, libraries);
      const { restoreSnapshot } = module.API;
      module.API.restoreSnapshot = () => restoreSnapshot(bytes);
      return module;
    },
  };
}

export function writeFiles({ FS }, files) {
  for (const { path, bytes } of files) {
    FS.mkdirTree(path.slice(0, path.lastIndexOf("/")));
    FS.writeFile(path, bytes);
  }
}
