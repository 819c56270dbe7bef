// Reads a number as people type it: "2,5", "1e2", " 40 %", "1 000". What may mean two numbers is none.

const GROUPED = /^[1-9]\d{0,2}(?:([,.\u0020])\d{3})+$/;

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

const unread = { fault: ["lock-not-read", {}] };

// Spaces stand between groups of three before the point, or nowhere.
function ungrouped(typed) {
  if (!typed.includes(" ")) return typed;
  const [, whole, rest] = typed.match(/^([\d ]+)(.*)$/) ?? [];
  const fits = whole && !rest.includes(" ") && whole.match(GROUPED)?.[1] === " ";
  return fits ? whole.replaceAll(" ", "") + rest : "";
}

function decimal(spaced) {
  const typed = ungrouped(spaced);
  const [points, commas] = [".", ","].map((mark) => typed.split(mark).length - 1);
  if (points && commas) {
    // The last of the two is the decimal one, and the other stands between groups of three.
    const [point, group] = typed.lastIndexOf(".") > typed.lastIndexOf(",") ? ".," : ",.";
    const [whole, fraction, more] = typed.split(point);
    const fits = whole.match(GROUPED)?.[1] === group && /^\d+$/.test(fraction) && more === undefined;
    return fits ? { figures: `${whole.replaceAll(group, "")}.${fraction}` } : unread;
  }
  const mark = typed.match(GROUPED)?.[1];
  if (mark && points + commas > 1) return { figures: typed.replaceAll(mark, "") };
  if (mark) {
    const values = { typed, one: typed.replace(mark, ""), other: `${typed.replace(mark, ".")}0` };
    return { fault: ["lock-two-readings", values] };
  }
  const figures = typed.replace(",", ".");
  return /^(\d+\.?\d*|\.\d+)$/.test(figures) ? { figures } : unread;
}
