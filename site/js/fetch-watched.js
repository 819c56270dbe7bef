// Wraps fetch: says how many bytes have come, and refuses an answer that can't be right.
// The original Response is handed on untouched, so that the engine can cache compiled code.

export class FileError extends Error {
  constructor(file, reason) {
    super(`${file}: ${reason}`);
    this.file = file;
  }
}

const nameOf = (address) => new URL(address, self.location.href).pathname.split("/").at(-1);

function check(file, response) {
  if (!response.ok) throw new FileError(file, `the server answered ${response.status}`);
  const type = response.headers.get("content-type") ?? "";
  if (file.endsWith(".wasm") && !type.startsWith("application/wasm"))
    throw new FileError(file, `sent as ${type || "no type"}, not as application/wasm`);
  if (type.startsWith("text/html")) throw new FileError(file, "a page was sent in its place");
}

async function count(file, response, report) {
  const total = Number(response.headers.get("x-full-length") ?? 0);
  const reader = response.body.getReader();
  let done = 0;
  for (;;) {
    const { value, done: ended } = await reader.read();
    if (ended) return;
    done += value.byteLength;
    report("fetch", { file, done, total });
  }
}

// `fresh` passes the browser's own cache by: after a failure it may hold the very answer that
// failed.
export function fetchWatched(fetch, report, fresh) {
  return async (resource, given) => {
    const options = fresh ? { ...given, cache: "reload" } : given;
    const file = nameOf(resource.url ?? resource);
    let response;
    try {
      response = await fetch(resource, options);
    } catch (error) {
      throw new FileError(file, "it could not be fetched; is the network there?");
    }
    check(file, response);
    if (response.body) count(file, response.clone(), report).catch(() => {});
    return response;
  };
}
