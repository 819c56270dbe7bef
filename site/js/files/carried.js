// A file that the one-file lab carries: {type, encoding, text}, where text is base64, and of gzip
// where the encoding says so. Used on the page and in its worker. Blobs are left out of it: from
// file:// Chromium runs no module worker that is one, and WebKit reads none in a worker.

const CHUNK = 0x8000;

function fromBase64(text) {
  if (Uint8Array.fromBase64) return Uint8Array.fromBase64(text);
  const binary = atob(text);
  const bytes = new Uint8Array(binary.length);
  for (let i = 0; i < binary.length; i += 1) bytes[i] = binary.charCodeAt(i);
  return bytes;
}

function toBase64(bytes) {
  if (bytes.toBase64) return bytes.toBase64();
  const pieces = [];
  for (let i = 0; i < bytes.length; i += CHUNK) {
    pieces.push(String.fromCharCode(...bytes.subarray(i, i + CHUNK)));
  }
  return btoa(pieces.join(""));
}

export function responseOf({ type, encoding, text }) {
  const { body } = new Response(fromBase64(text));
  const plain = encoding === "gzip" ? body.pipeThrough(new DecompressionStream("gzip")) : body;
  return new Response(plain, { headers: { "content-type": type } });
}

// An address that holds the file itself: at once, or a promise where it has to be unpacked.
export function dataAddress(file) {
  const { type, encoding, text } = file;
  const address = (base64) => `data:${type};base64,${base64}`;
  if (encoding === "base64") return address(text);
  return responseOf(file)
    .arrayBuffer()
    .then((bytes) => address(toBase64(new Uint8Array(bytes))));
}
