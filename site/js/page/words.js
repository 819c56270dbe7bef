// Says the messages of the page's own scripts: the build parsed them, @fluent/bundle resolves them.
import { FluentBundle } from "../fluent/bundle.js";

const { language: spoken, messages } = JSON.parse(document.getElementById("words").textContent);
export const language = spoken;
const bundle = new FluentBundle(language, { useIsolating: false });
bundle.addResource({ body: messages });

// A message that is not there would be a fault of the build, which looks for each: it shows its key.
export function say(key, values = {}) {
  const message = bundle.getMessage(key);
  return message ? bundle.formatPattern(message.value, values, []) : key;
}

// A number as the language writes it, to one decimal place unless it is asked for otherwise.
export function amount(value, options = { maximumFractionDigits: 1 }) {
  return new Intl.NumberFormat(language, options).format(value);
}

// Several things one after the other, as Python says them: "1, 2 and 3".
export function listed(texts) {
  const [first = "", ...rest] = texts;
  const last = rest.length - 1;
  return rest.reduce((before, after, at) => say(at === last ? "list-end" : "list-middle", { before, after }), first);
}
