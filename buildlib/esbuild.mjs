// Bundles scripts so that each runs without importing a file, and makes them and style sheets small.
// Usage: node esbuild.mjs job.json
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

const job = JSON.parse(readFileSync(process.argv[2], "utf8"));
const esbuild = createRequire(import.meta.url)(join(job.esbuild, "lib/main.js"));

// One entry at a time, so that what is wrong is said of the entry that has it.
for (const entry of job.entries) {
  try {
    await esbuild.build({
      absWorkingDir: job.sources,
      entryPoints: [`./${entry}`],
      outfile: join(job.output, entry),
      bundle: !entry.endsWith(".css"), // a style sheet stays what it is, only smaller
      minify: true,
      format: "esm",
      target: "es2022",
      charset: "utf8",
      legalComments: "none",
      logLevel: "silent",
    }).then(({ warnings }) => {
      if (warnings.length) throw Object.assign(new Error(), { errors: warnings });
    });
  } catch ({ errors, message }) {
    const [first] = errors ?? [];
    const place = first?.location ? `${first.location.file}: ` : "";
    console.error(`Error: ${entry}: ${place}${first?.text ?? message}`);
    process.exitCode = 1;
    break;
  }
}
process.exit();
