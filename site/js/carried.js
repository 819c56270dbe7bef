// A file that the one-file lab carries: {type, encoding, text}, where text is base64, and of gzip
// where the encoding says so. Used on the page and in its worker.

function fromBase64(text) {
  if (Uint8Array.fromBase64) return Uint8Array.fromBase64(text);
  const binary = atob(text);
  const bytes = new Uint8Array(binary.length);
  for (let i = 0; i < binary.length; i += 1) bytes[i] = binary.charCodeAt(i);
  return bytes;
}

export function responseOf({ type, encoding, text }) {
  const blob = new Blob([fromBase64(text)]);
  const stream = blob.stream();
  const plain = encoding === "gzip" ? stream.pipeThrough(new DecompressionStream("gzip")) : stream;
  return new Response(plain, { headers: { "content-type": type } });
}

const readAsData = (blob) =>
  new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(reader.result);
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(blob);
  });

// An address that holds the file itself. Not a blob's: on file:// Chromium runs no module worker
// from one.
export function dataAddress(file) {
  const { type, encoding, text } = file;
  if (encoding === "base64") return `data:${type};base64,${text}`;
  return responseOf(file)
    .arrayBuffer()
    .then((bytes) => readAsData(new Blob([bytes], { type })));
}
