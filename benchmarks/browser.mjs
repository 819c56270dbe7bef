// Runs the benchmark's timing body in Pyodide. Usage: node browser.mjs job.json
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const job = JSON.parse(readFileSync(process.argv[2], "utf8"));
const { loadPyodide } = await import(pathToFileURL(join(job.runtime, "pyodide.mjs")).href);
const pyodide = await loadPyodide({ indexURL: job.runtime });
for (const wheel of job.wheels) {
  pyodide.unpackArchive(new Uint8Array(readFileSync(wheel)), "wheel");
}
pyodide.mountNodeFS("/project", job.project);
const program = `
import json, sys

sys.path.insert(0, "/project")
from benchmarks.models import measure

json.dumps(measure(${job.repeats}))
`;
try {
  console.log(pyodide.runPython(program));
} catch (error) {
  console.error(error.message.trim().split("\n").at(-1));
  process.exitCode = 1;
}
