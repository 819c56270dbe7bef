// Wraps fetch: says how many bytes have come, and refuses an answer that can't be right.
// The Response is handed on at once, so that nobody waits for its end; what only shows there, that
// bytes are missing or others, comes as the rejection of `broken`.

import { joined } from "../files/bytes.js";
import { setApart } from "./kept-code.js";

export class FileError extends Error {
  // The page says the message; `key` is it, `values` go into it beside the file's name.
  constructor(file, key, values = {}) {
    super(`${file}: ${key}`);
    this.file = file;
    this.reason = { key, values: { file, ...values } };
  }
}

const nameOf = (address) => new URL(address, self.location.href).pathname.split("/").at(-1);

// Of other types the browser runs neither.
const WANTED = { wasm: "application/wasm", js: "text/javascript", mjs: "text/javascript" };

function check(file, response) {
  if (!response.ok) throw new FileError(file, "fault-answered", { status: String(response.status) });
  const type = response.headers.get("content-type") ?? "";
  if (type.startsWith("text/html")) throw new FileError(file, "fault-page");
  const wanted = WANTED[file.split(".").at(-1)];
  if (wanted && !type.startsWith(wanted))
    throw new FileError(file, type ? "fault-type" : "fault-no-type", { type, wanted });
}

async function receive(file, response, report) {
  const reader = response.body.getReader();
  const pieces = [];
  let done = 0;
  for (;;) {
    const { value, done: ended } = await reader.read().catch(() => {
      throw new FileError(file, "fault-broke-off");
    });
    if (ended) return { done, pieces };
    pieces.push(value);
    done += value.byteLength;
    report("fetch", { file, done });
  }
}

// Base64, as the build writes it. Not every page may hash: an http address, other than this very
// machine's, may not; there the number of bytes has to do.
async function sumOf(pieces) {
  if (!globalThis.crypto?.subtle) return null;
  const whole = joined(pieces); // not a Blob: WebKit can't read one in a sandboxed frame
  const sum = new Uint8Array(await crypto.subtle.digest("SHA-256", whole));
  return btoa(String.fromCharCode(...sum));
}

// `sizes` says how many bytes a file has: one that was shortened on its way is whole for the
// browser, and what is then made of it may hang. `fresh` passes the browser's own cache by: after a
// failure it may hold the very answer that failed. `sums` holds the SHA-256 of each file: fetch's own
// `integrity` would keep the engine from compiling WebAssembly while it arrives.
//
// `seen` promises whether this very WebAssembly has been checked before. If so, its Response is left
// alone: one that is also read by somebody else costs an engine all the compiled code that it has
// kept. If not, it may be set `apart`, see kept-code.js.
export function fetchWatched(fetch, report, { fresh, sizes = {}, sums = {}, seen, apart }) {
  let breakOff;
  const broken = new Promise((_, reject) => {
    breakOff = reject;
  });
  broken.catch(() => {}); // nobody need be waiting
  const watch = async (file, response) => {
    const { done, pieces } = await receive(file, response, report);
    const whole = sizes[file] ?? done;
    if (done !== whole) {
      throw new FileError(file, "fault-part", { done, all: whole });
    }
    const sum = sums[file] ? await sumOf(pieces) : null;
    if (sum && sum !== sums[file]) throw new FileError(file, "fault-other-bytes");
  };
  const watching = [];
  const ask = async (file, resource, given) => {
    const options = fresh ? { ...given, cache: "reload" } : given;
    const response = await fetch(resource, options).catch(() => {
      throw new FileError(file, "fault-not-fetched");
    });
    check(file, response);
    return response;
  };
  const watched = async (resource, given) => {
    const file = nameOf(resource.url ?? resource);
    const response = await ask(file, resource, given);
    const wasm = file.endsWith(".wasm");
    if (!response.body || (wasm && (await seen))) return response;
    const whole = watch(file, response.clone());
    whole.catch(breakOff);
    watching.push(whole);
    return wasm && apart ? setApart(response) : response;
  };
  // A script is fetched by the engine itself, which asks for no sum: it is looked at here, as a rule
  // out of the browser's cache. As with WebAssembly, once is enough.
  const look = async (address) => {
    if (await seen) return;
    const file = nameOf(address);
    await watch(file, await ask(file, address));
  };
  const looked = (address) => {
    const whole = look(address);
    whole.catch(breakOff);
    watching.push(whole);
    return whole;
  };
  // All that was asked for is here, and is what it should be.
  const settled = () => Promise.all(watching);
  return Object.assign(watched, { broken, looked, settled });
}
