// Compresses a file with Zstandard. Usage: node compress.mjs <in> <out>
import { readFileSync, writeFileSync } from "node:fs";
import { constants, zstdCompressSync } from "node:zlib";

const [source, target] = process.argv.slice(2);
const params = {
  [constants.ZSTD_c_compressionLevel]: 22,
  [constants.ZSTD_c_windowLog]: 24,
};
writeFileSync(target, zstdCompressSync(readFileSync(source), { params }));
