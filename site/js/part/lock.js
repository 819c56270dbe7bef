// The lock: one prediction, answerable before Python is up, and final once made. What would be locked
// is said in words before it is.
import { announceWhenStill } from "../page/announcer.js";
import { amount, say } from "../page/words.js";
import { typedNumber } from "./typed-number.js";

const numberField = (form) => form.querySelector("input[name=prediction]:not([type=radio])");

// A number that is typed: { answer } as the app takes it, with { number }, or { fault } in words.
function typed(form) {
  const field = numberField(form);
  if (!field.value.trim()) return { fault: form.dataset.missing };
  const { lowest, highest, step, unit } = form.dataset;
  const read = typedNumber(field.value, [unit.replace("{}", "").trim()]);
  if (read.fault) return { fault: `${say(...read.fault)} ${form.dataset.missing}` };
  const { number } = read;
  const inside = number >= Number(lowest) && number <= Number(highest);
  const steps = (number - Number(lowest)) / Number(step);
  if (!inside || Math.abs(steps - Math.round(steps)) > 1e-9) return { fault: form.dataset.missing };
  return { answer: String(number), number };
}

function chosen(form) {
  const answer = String(new FormData(form).get("prediction") ?? "");
  return answer ? { answer } : { fault: form.dataset.missing };
}

const answered = (form) => (numberField(form) ? typed(form) : chosen(form));

// What an answer says: the card's label with what it implies, or the number with its unit.
function inWords(form, answer) {
  if (numberField(form)) {
    const number = Number(answer);
    const { unit, unitOne } = form.dataset;
    return (number === 1 ? unitOne : unit).replace("{}", amount(number, { maximumFractionDigits: 9 }));
  }
  const radio = [...form.querySelectorAll("input[type=radio]")].find((one) => one.value === answer);
  const card = radio?.closest("label");
  if (!card) return answer;
  const words = (part) => card.querySelector(part).textContent.trim();
  const said = { label: words("[data-option-label]"), implies: words("[data-option-implies]") };
  return say("lock-card", said);
}

// Follows the typing: what would be locked, or nothing while that can't be read.
function showMeant(form) {
  const { answer } = answered(form);
  const open = !form.querySelector("[type=submit]").disabled;
  const words = answer !== undefined && open ? say("lock-predicts", { value: inWords(form, answer) }) : "";
  const says = form.querySelector("[data-lock-says]");
  if (says.textContent === words) return;
  says.textContent = words;
  announceWhenStill(says, () => says.textContent);
}

export function commit(section, answer) {
  const form = section.querySelector("form[data-lock]");
  const field = form.elements.namedItem("prediction");
  if (field) field.value = answer;
  for (const control of form.elements) control.disabled = true;
  section.dataset.lockState = "committed";
  form.dataset.committed = answer;
  section.querySelector("[data-workbench]").inert = false;
  const said = section.querySelector("[data-lock-answer]");
  if (said) said.textContent = inWords(form, answer);
  const committed = section.querySelector("[data-lock-committed]");
  if (committed) committed.hidden = false;
  showMeant(form);
}

export const lockInWords = (section, answer) => inWords(section.querySelector("form[data-lock]"), answer);

// The answer that is shown as locked; undefined while the lock is open.
export function committed(section) {
  return section.querySelector("form[data-lock]").dataset.committed;
}

export function reopen(section) {
  const form = section.querySelector("form[data-lock]");
  for (const control of form.elements) control.disabled = false;
  form.reset();
  delete form.dataset.committed;
  section.dataset.lockState = "open";
  section.querySelector("[data-workbench]").inert = true;
  const committed = section.querySelector("[data-lock-committed]");
  if (committed) committed.hidden = true;
  showError(form, "");
  showMeant(form);
}

// What is missing is said beside the field, and stays there until it is given; the browser's own
// bubble goes away by itself.
function showError(form, words) {
  const error = form.querySelector("[data-lock-error]");
  error.hidden = !words;
  error.textContent = words;
  for (const field of form.querySelectorAll("[name=prediction]")) {
    const before = (field.getAttribute("aria-describedby") ?? "").replace(error.id, "").trim();
    field.setAttribute("aria-describedby", words ? `${before} ${error.id}` : before);
    if (field.type !== "radio") field.setAttribute("aria-invalid", String(Boolean(words)));
  }
}

export function bindLock(section, onCommit) {
  const form = section.querySelector("form[data-lock]");
  form.noValidate = true; // what is missing is said in the page's own words
  form.addEventListener("input", () => {
    showError(form, "");
    showMeant(form);
  });
  const answerIt = () => {
    if (section.dataset.lockState === "committed") return;
    const { answer, fault } = answered(form);
    if (fault) {
      showError(form, fault);
      form.querySelector("[name=prediction]").focus();
      return;
    }
    const told = new FormData(form);
    const confidence = String(told.get("confidence") ?? "");
    const why = String(told.get("why") ?? "").trim();
    commit(section, answer);
    onCommit({ answer, confidence, why });
    section.querySelector("[data-lock-committed]")?.focus?.();
  };
  // A frame without allow-forms never says "submit"; the click on the button, which the Enter key
  // makes too, comes everywhere.
  form.querySelector("[type=submit]").addEventListener("click", (event) => {
    event.preventDefault();
    answerIt();
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    answerIt();
  });
}
