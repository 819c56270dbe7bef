// Bundles scripts so that each runs without importing a file. Usage: node rollup.mjs job.json
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";

const job = JSON.parse(readFileSync(process.argv[2], "utf8"));
const { rollup } = await import(pathToFileURL(join(job.rollup, "dist/es/rollup.js")).href);

function refuse({ message }) {
  throw new Error(message);
}

async function bundled(entry) {
  const bundle = await rollup({ input: join(job.sources, entry), onwarn: refuse });
  const { output } = await bundle.generate({ format: "es", inlineDynamicImports: true });
  return output[0].code;
}

for (const entry of job.entries) {
  const target = join(job.output, entry);
  mkdirSync(dirname(target), { recursive: true });
  try {
    writeFileSync(target, await bundled(entry));
  } catch (error) {
    console.error(`Error: ${entry}: ${error.message}`);
    process.exitCode = 1;
    break;
  }
}
