// Reads a number as people type it: "2,5", "1e2", " 40 %", "1 000". What may mean two numbers is none.

const GROUPED = /^\d{1,3}(?:([,.\u0020])\d{3})+$/;

// Gives { number } in what the field counts, or { fault } with a key and values of the book.
// `units` are the words that may follow the number; a percent sign must be one of them.
export function typedNumber(text, units = []) {
  let bare = text.normalize("NFKC").replace(/[\s'’]+/g, " ").replace("−", "-").trim();
  const unit = units.find((each) => each && bare.toLowerCase().endsWith(each.toLowerCase()));
  if (unit) bare = bare.slice(0, -unit.length).trim();
  const sign = /^[+-]/.test(bare) ? bare[0] : "";
  const [, mantissa, exponent] =
    bare.slice(sign.length).match(/^([\d.,\u0020]+)(e[+-]?\d{1,3})?$/i) ?? [];
  if (!mantissa) return { fault: ["lock-not-read", {}] };
  const read = decimal(mantissa.trim());
  if (read.fault) return read;
  const number = Number(sign + read.figures + (exponent ?? ""));
  return Number.isFinite(number) ? { number } : { fault: ["lock-not-read", {}] };
}

const decimal = (typed) => {
  const points = typed.split(".").length - 1;
  const commas = typed.split(",").length - 1;
  if (points && commas) {
    // The last of the two is the decimal one, and the other stands between groups of three.
    const [point, group] = typed.lastIndexOf(".") > typed.lastIndexOf(",") ? ".," : ",.";
    const [whole, ...fraction] = typed.split(point);
    const grouped = whole.match(GROUPED);
    if (fraction.length !== 1 || grouped?.[1] !== group || !/^\d+$/.test(fraction[0])) return unread;
    return { figures: `${whole.replaceAll(group, "")}.${fraction[0]}` };
  }
  const grouped = typed.match(GROUPED);
  if (grouped && (grouped[1] === " " || points > 1 || commas > 1)) {
    return new Set(typed.replace(/\d/g, "")).size === 1
      ? { figures: typed.replaceAll(grouped[1], "") }
      : unread;
  }
  if (grouped?.[1] === "," && !typed.startsWith("0")) {
    const values = { typed, one: typed.replace(",", ""), other: typed.replace(",", ".") };
    return { fault: ["lock-two-readings", values] };
  }
  const figures = typed.replace(",", ".");
  return /^(\d+\.?\d*|\.\d+)$/.test(figures) ? { figures } : unread;
};

const unread = { fault: ["lock-not-read", {}] };
