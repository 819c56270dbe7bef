// Boots a built site's Python under Node and runs a program. Usage:
// node smoke.mjs <dist> <config.json> <program.py>
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const [dist, configFile, program] = process.argv.slice(2);
const config = JSON.parse(readFileSync(configFile, "utf8"));
globalThis.XMLHttpRequest = class {}; // panel.io.pyodide imports it, Node has none
const at = (address) => join(dist, address);
const { loadPyodide } = await import(pathToFileURL(at(`${config.pyodide}pyodide.mjs`)).href);
const python = await loadPyodide({
  indexURL: at(config.pyodide),
  stdLibURL: at(`${config.pyodide}python_stdlib.bin`),
  env: {
    PANEL_CDN_ROOT: `http://site/${config.panelRoot}`,
    PANEL_MATERIAL_UI_CDN_ROOT: `http://site/${config.panelMaterialRoot}`,
  },
});
for (const { url, format } of config.archives) {
  const bytes = new Uint8Array(readFileSync(at(url)));
  python.unpackArchive(bytes, format, { extractDir: config.sitePackages });
}
try {
  console.log(python.runPython(readFileSync(program, "utf8")));
} catch (error) {
  console.error(error.message.trim().split("\n").slice(-6).join(" | "));
  process.exitCode = 1;
}
