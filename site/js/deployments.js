// The 10-Iteration Rule: how many are left, the log, and what the nearest miss lacked.
import { fillTable } from "./facts.js";

export function bindDeployments(section, send) {
  section.querySelector("[data-deploy]")?.addEventListener("click", () => send("deploy"));
  section.querySelector("[data-restart]")?.addEventListener("click", () => send("restart"));
}

export function showDeployments(section, facts) {
  const box = section.querySelector("[data-deployments]");
  if (!box || !facts) return;
  const { left, of, columns, rows, verdict } = facts;
  const words = left === 1 ? "1 iteration is left." : `${left} of ${of} iterations are left.`;
  box.querySelector("[data-deployments-left]").textContent = words;
  box.querySelector("[data-deploy]").disabled = left === 0;
  box.querySelector("[data-restart]").hidden = rows.length === 0;
  box.querySelector("[data-deployments-verdict]").textContent = verdict;
  const table = box.querySelector("table");
  table.hidden = rows.length === 0;
  fillTable(table, { caption: "Deployments", columns, rows });
}
