// Chromium keeps the code that it compiled from WebAssembly with the file in the service worker's
// cache, for later visits to start from. What it keeps, and when, is its own affair: equal bytes have
// one module in a process, and a module's optimized code is written down when there is a new MB of
// it, once for each Response that went untouched into compileStreaming. On a first visit that would
// be, if any, the code of Python's own start and of all imports, which later visits never run.
//
// So the workers of a first visit compile a module of their own, and the first to compile the file's
// own bytes is the one that rehearses a later visit (python.js): the MB written is that visit's.
export const engineKeepsCode = Boolean(
  globalThis.navigator.userAgentData?.brands.some(({ brand }) => brand === "Chromium"),
);

const HEADER_BYTES = 8; // the magic number and the version
const EMPTY_SECTION = new Uint8Array([0, 6, 5, ...new TextEncoder().encode("apart")]);

// The same module to whoever runs it, another to whoever compares bytes: it has a custom section,
// which engines skip, behind its header.
export function setApart(response) {
  let header = HEADER_BYTES;
  const transform = (piece, out) => {
    const end = Math.min(header, piece.length);
    if (end) out.enqueue(piece.subarray(0, end));
    header -= end;
    if (end && !header) out.enqueue(EMPTY_SECTION);
    if (end < piece.length) out.enqueue(piece.subarray(end));
  };
  return new Response(response.body.pipeThrough(new TransformStream({ transform })), response);
}
