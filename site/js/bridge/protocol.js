// Holds messages against what labpy/app/protocol.toml declares; Python does the same on its side.
// The build writes messages.js out of it.
import { MESSAGES } from "./messages.js";

const isNumber = (value) => typeof value === "number";
const isText = (value) => typeof value === "string";

const FITS = {
  text: isText,
  flag: (value) => typeof value === "boolean",
  number: isNumber,
  count: (value) => Number.isInteger(value) && value >= 0,
  quantity: (value) => isNumber(value) || isText(value),
  list: Array.isArray,
  table: (value) => typeof value === "object" && value !== null && !Array.isArray(value),
};

const own = (table, key) =>
  typeof key === "string" && Object.hasOwn(table, key) ? table[key] : undefined;

// What is wrong with a message, in words; "" if nothing is. `way` is "to_worker", "from_worker",
// "to_app" or "from_app".
export function fault(way, message) {
  const { kind, ...fields } = message ?? {};
  const declared = own(MESSAGES[way], kind);
  if (!declared) return `there is no message ${kind} ${way}`;
  const unknown = Object.keys(fields).find((each) => own(declared, each) === undefined);
  if (unknown !== undefined) return `the message ${kind} ${way} has no field ${unknown}`;
  for (const [field, declaredType] of Object.entries(declared)) {
    const value = own(fields, field) ?? null;
    if (value === null && declaredType.endsWith("?")) continue;
    if (!FITS[declaredType.replace("?", "")](value)) {
      return `${field} of the message ${kind} ${way} is no ${declaredType}`;
    }
  }
  return "";
}

// Gives the message back; throws when the protocol does not have it.
export function checked(way, message) {
  const wrong = fault(way, message);
  if (wrong) throw new Error(`Protocol: ${wrong}`);
  return message;
}
