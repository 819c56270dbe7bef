// Chromium keeps the code it compiles from WebAssembly with the file in the service worker's cache,
// and later visits start from it. But it writes only on its own terms, as its source has them:
// - once for each Response that was given to compileStreaming untouched, and for the first chunk,
//   some 1 MB, of optimized code that is finished from then on;
// - equal bytes have one module in a process: all workers share it, and what code it has.
// Python makes a little over two chunks. The page's worker must read what it fetches, and would leave
// the snapshot's worker no chunk to come; so it compiles a module of its own, and the snapshot's
// worker compiles again each time that more has been finished. docs/performance.md tells the rest.
export const engineKeepsCode = Boolean(
  navigator.userAgentData?.brands.some(({ brand }) => brand === "Chromium"),
);

const HEADER_BYTES = 8; // the magic number and the version
const EMPTY_SECTION = new Uint8Array([0, 6, 5, ...new TextEncoder().encode("apart")]);

// The same module for whoever runs it, other bytes for whoever compares: with a custom section, which
// engines skip, behind its header.
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
