// The lock: one prediction, answerable before Python is up, and final once made.

function answerOf(form) {
  return String(new FormData(form).get("prediction") ?? "");
}

function labelOf(form, answer) {
  const radio = [...form.querySelectorAll("input[type=radio]")].find((one) => one.value === answer);
  const label = radio?.closest("label")?.querySelector("[data-option-label]") ?? null;
  return label ? label.textContent.trim() : answer;
}

export function commit(section, answer) {
  const form = section.querySelector("form[data-lock]");
  const field = form.elements.namedItem("prediction");
  if (field) field.value = answer;
  for (const control of form.elements) control.disabled = true;
  section.dataset.lockState = "committed";
  section.querySelector("[data-workbench]").inert = false;
  const said = section.querySelector("[data-lock-answer]");
  if (said) said.textContent = labelOf(form, answer);
  const committed = section.querySelector("[data-lock-committed]");
  if (committed) committed.hidden = false;
}

export function reopen(section) {
  const form = section.querySelector("form[data-lock]");
  for (const control of form.elements) control.disabled = false;
  form.reset();
  section.dataset.lockState = "open";
  section.querySelector("[data-workbench]").inert = true;
  const committed = section.querySelector("[data-lock-committed]");
  if (committed) committed.hidden = true;
}

// What is missing is said beside the field, and stays there until it is given; the browser's own
// bubble goes away by itself.
function showError(form, missing) {
  const error = form.querySelector("[data-lock-error]");
  error.hidden = !missing;
  error.textContent = missing ? form.dataset.missing : "";
  for (const field of form.querySelectorAll("[name=prediction]")) {
    const before = (field.getAttribute("aria-describedby") ?? "").replace(error.id, "").trim();
    field.setAttribute("aria-describedby", missing ? `${before} ${error.id}` : before);
    if (field.type === "number") field.setAttribute("aria-invalid", String(missing));
  }
}

function bindErrors(form) {
  form.addEventListener(
    "invalid",
    (event) => {
      event.preventDefault();
      const first = form.querySelector("[data-lock-error]").hidden;
      showError(form, true);
      if (first || event.target.type === "number") event.target.focus();
    },
    true,
  );
  form.addEventListener("input", () => showError(form, false));
}

export function bindLock(section, onCommit) {
  const form = section.querySelector("form[data-lock]");
  bindErrors(form);
  const answerIt = () => {
    const answer = answerOf(form);
    if (!answer || section.dataset.lockState === "committed") return;
    commit(section, answer);
    onCommit(answer);
    section.querySelector("[data-lock-committed]")?.focus?.();
  };
  // A frame without allow-forms never says "submit"; the click on the button, which the Enter key
  // makes too, comes everywhere.
  form.querySelector("[type=submit]").addEventListener("click", (event) => {
    event.preventDefault();
    if (form.reportValidity()) answerIt();
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    answerIt();
  });
}
