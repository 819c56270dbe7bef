// Starts a module worker by a line of code that imports the real one by its absolute address.
//
// A worker that is fetched from a server has only the policy that its own headers bring, and a
// static host brings none: Python could ask any server. One that starts from a blob: or data:
// address inherits the page's Content-Security-Policy instead. And a frame whose origin is opaque
// (sandbox="allow-scripts") may start no worker from http at all; there only data: works in every
// engine. Elsewhere blob: keeps the page's origin, and with it caches and the service worker.
import { nameOf } from "../files/name.js";

const opaque = self.origin === "null";

function start(address) {
  if (String(address).startsWith("data:")) return new Worker(address, { type: "module" });
  const code = `import ${JSON.stringify(String(address))};`;
  const opener = opaque
    ? `data:text/javascript,${encodeURIComponent(code)}`
    : URL.createObjectURL(new Blob([code], { type: "text/javascript" }));
  return new Worker(opener, { type: "module" });
}

// `hear` gets the worker's messages, and one more that is made here: the worker itself failed.
export function openWorker(address, hear) {
  const worker = start(address);
  worker.onmessage = ({ data }) => hear(data);
  worker.onerror = (event) => {
    event.preventDefault();
    const reason = event.message ? null : { key: "fault-not-fetched", values: { file: nameOf(address) } };
    hear({ kind: "failed", during: "boot", text: event.message ?? "", reason, fatal: false });
  };
  return worker;
}
