// The word of an assignment's link, written and read as labpy/missions/assignment.py does; a test
// holds the one against the other. A table of `assignable` limits says what there is.

const VERSION = "1";
const LONGEST = 400;
const DIGITS = "0123456789abcdefghjkmnpqrstvwxyz";
const LIMIT = /^([1-9]\d?)\.([a-z_]+)\.(\d+(?:p\d+)?)(?:\.(\d+(?:p\d+)?))?$/;
const DUE = /^d(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)$/;
const SEED = /^s\d{1,6}$/;

function crc(text) {
  let sum = ~0;
  for (const byte of new TextEncoder().encode(text)) {
    sum ^= byte;
    for (let bit = 0; bit < 8; bit += 1) sum = (sum >>> 1) ^ (sum & 1 ? 0xedb88320 : 0);
  }
  return ~sum >>> 0;
}

export function checksum(body) {
  const bits = crc(body);
  return [15, 10, 5, 0].map((shift) => DIGITS[(bits >>> shift) & 31]).join("");
}

// One of `among` numbers out of a text, the same everywhere.
export const draw = (text, among) =>
  Number((BigInt(Math.imul(crc(text), 2654435761) >>> 0) * BigInt(among)) >> 32n);

// A limit as the link writes it: 0.022 is 0p022.
export const written = (value) => String(value).replace(".", "p");

// `limits`: rows of {part, target, from, to}, the values as the link writes them. `due`: a Date.
export function write({ track, parts, limits = [], due = null, seed = "" }) {
  const fields = [VERSION, track, parts.join(".")];
  for (const { part, target, from, to } of limits) {
    fields.push([part, target, from, ...(to === from ? [] : [to])].join("."));
  }
  if (due) fields.push(`d${due.toISOString().slice(0, 16).replace(/[-T:]/g, "")}`);
  if (seed) fields.push(`s${seed}`);
  const body = fields.join("-");
  return `${body}-${checksum(body)}`;
}

// Gives the same again, with the values that each limit may have; null for what can't be read.
export function read(text, table) {
  const code = text.trim().toLowerCase();
  const end = code.lastIndexOf("-");
  const body = code.slice(0, Math.max(0, end));
  if (code.length > LONGEST || code.slice(end + 1) !== checksum(body)) return null;
  const [version, track, numbers, ...rest] = body.split("-");
  const known = Object.hasOwn(table, track ?? "") ? table[track].parts : null;
  if (version !== VERSION || !known || !numbers) return null;
  const parts = [...new Set(numbers.split(".").map(Number))].sort((a, b) => a - b);
  if (!parts.every((each) => Object.hasOwn(known, each))) return null;
  const found = { code, track, parts, limits: [], due: "", seed: "" };
  return rest.every((each) => take(each, found, known)) ? found : null;
}

function take(field, found, known) {
  const due = DUE.exec(field);
  if (due) {
    const [, year, month, day, hour, minute] = due;
    found.due = `${year}-${month}-${day}T${hour}:${minute}:00Z`;
    return !Number.isNaN(Date.parse(found.due));
  }
  if (SEED.test(field)) {
    found.seed = field.slice(1);
    return true;
  }
  const [, part, target, from, to = from] = LIMIT.exec(field) ?? [];
  if (!found.parts.includes(Number(part)) || !Object.hasOwn(known[part].targets, target)) return false;
  const order = known[part].targets[target].values.map(([value]) => value);
  const [first, last] = [order.indexOf(from), order.indexOf(to)];
  if (first < 0 || last < first) return false;
  found.limits.push({ part: Number(part), target, from, to, values: order.slice(first, last + 1) });
  return true;
}

// One student's limits, {part, target, value}; `identity` tells their ledger from others.
export function drawn({ limits, seed }, identity) {
  return limits.map(({ part, target, values }) => {
    const at = draw(`${seed}/${identity}/${part}.${target}`, values.length);
    return { part, target, value: values[at] };
  });
}
