// Where the page's files come from: the site, or, in the one-file lab, the document itself, which
// carries each of them in a `<script data-file>` that is never run.
import { dataAddress } from "./carried.js";

const root = new URL("./", location.href).href;
const carriers = [...document.querySelectorAll("script[data-file]")];

// The files by their address, for the worker; null on a site.
export const carried = carriers.length
  ? Object.fromEntries(
      carriers.map(({ dataset, textContent }) => [
        root + dataset.file,
        { type: dataset.type, encoding: dataset.encoding, text: textContent },
      ]),
    )
  : null;

const addresses = new Map();

// What the browser can load in place of an address of the site: a string, or a promise of one.
export function loadable(address) {
  const file = carried?.[address];
  if (!file) return address;
  if (!addresses.has(address)) addresses.set(address, dataAddress(file));
  return addresses.get(address);
}

const sheets = new Map();
const isSheet = (address) => address.endsWith(".css");

// Python names style sheets by their address in what it sends; it is rewritten in the text.
export const sheetsReady = Promise.all(
  Object.keys(carried ?? {})
    .filter(isSheet)
    .map(async (address) => sheets.set(address, await loadable(address))),
);

export function localised(text) {
  if (!carried) return text;
  const asText = JSON.stringify(root).slice(1, -1);
  return text
    .split('"')
    .map((piece) => (piece.startsWith(asText) && sheets.get(JSON.parse(`"${piece}"`))) || piece)
    .join('"');
}
