// The reveal: what was predicted beside what the models say.
import { say } from "../page/words.js";
import { make, setText } from "./facts.js";
import { overlay, yours } from "./overlay.js";

export function showReveal(section, told) {
  const { predicted, actual, verdict, said, sentence, label, sure, why, early, picture } = told;
  setText(section.querySelector("[data-reveal-sentence]"), verdict);
  const longest = Math.max(predicted, actual);
  const bar = (name, value, words) => {
    const row = make("div", undefined, { class: `reveal-bar reveal-bar-${name}` });
    const meter = make("meter", undefined, { min: 0, max: longest, value, "aria-label": words });
    meter.style.setProperty("--reach", String(value / longest));
    row.append(make("span", words), meter, make("b", said[name]));
    return row;
  };
  const figure = section.querySelector("[data-reveal-figure]") ??
    section.querySelector(`[id$="-reveal-figure"]`);
  const bars = make("div", undefined, { class: "reveal-bars" });
  bars.append(
    make("p", label),
    bar("predicted", predicted, say("reveal-you")),
    bar("actual", actual, say("reveal-model")),
    ...(sure ? [make("p", sure, { class: "reveal-sure" })] : []),
    ...(why ? [make("blockquote", why, { class: "reveal-why" })] : []),
    ...(early ? [make("p", say("reveal-early"), { class: "reveal-early" })] : []),
    make("p", sentence),
  );
  figure.replaceChildren(bars, ...(picture.lines ? [overlay(picture)] : []), yours(told.yours));
  section.querySelector("[data-reveal]").hidden = false;
}
