// Compiles a folder of .py files by Pyodide's own Python. Usage: node compile.mjs job.json
import { mkdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";

const job = JSON.parse(readFileSync(process.argv[2], "utf8"));
const { loadPyodide } = await import(pathToFileURL(join(job.runtime, "pyodide.mjs")).href);
const pyodide = await loadPyodide({
  indexURL: job.runtime,
  env: { PYTHONHASHSEED: "0", PYTHONNODEBUGRANGES: "1" },
});
for (const folder of new Set(job.paths.map(dirname))) {
  mkdirSync(join(job.output, folder), { recursive: true });
}
pyodide.mountNodeFS("/src", job.sources);
pyodide.mountNodeFS("/out", job.output);
pyodide.globals.set("job_text", JSON.stringify(job));
const program = `
import ast, importlib.util, json, marshal, warnings

HASHED_BUT_UNCHECKED = (1).to_bytes(4, "little")  # PEP 552

def without_types(tree):
    # Of functions: records are made from what a class says of its fields.
    for node in ast.walk(tree):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            node.returns = None
        elif isinstance(node, ast.arg):
            node.annotation = None
    return tree

warnings.simplefilter("ignore", SyntaxWarning)
job = json.loads(job_text)
for path in job["paths"]:
    with open("/src/" + path, "rb") as stream:
        source = stream.read()
    shown = job["prefix"] + path
    if job["bare"]:
        source_or_tree = without_types(ast.parse(source, shown))
    else:
        source_or_tree = source
    code = compile(source_or_tree, shown, "exec", dont_inherit=True, optimize=job["optimisation"])
    head = importlib.util.MAGIC_NUMBER + HASHED_BUT_UNCHECKED + importlib.util.source_hash(source)
    with open("/out/" + path + "c", "wb") as stream:
        stream.write(head + marshal.dumps(code))
`;
try {
  pyodide.runPython(program);
} catch (error) {
  // Thrown out of here, Node would print Pyodide's whole minified source before the message.
  const lines = error.message.trim().split("\n");
  const file = lines.findLast((line) => line.includes(job.prefix)) ?? "";
  console.error(`${lines.at(-1)} ${file.trim()}`);
  process.exitCode = 1;
}
