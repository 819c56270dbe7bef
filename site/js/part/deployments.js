// The 10-Iteration Rule: how many are left, the log, and what the nearest miss lacked.
import { say } from "../page/words.js";
import { fillTable, setText } from "./facts.js";

export function bindDeployments(section, send) {
  section.querySelector("[data-deploy]")?.addEventListener("click", () => send("deploy"));
  section.querySelector("[data-restart]")?.addEventListener("click", () => send("restart"));
}

export function showDeployments(section, facts) {
  const box = section.querySelector("[data-deployments]");
  if (!box || !facts) return;
  const { left, of, columns, rows, verdict } = facts;
  setText(section.querySelector("[data-deployments-left]"), say("deployments-left", { left, all: of }));
  setText(box.querySelector("[data-deployments-verdict]"), verdict);
  const deploy = section.querySelector("[data-deploy]");
  const restart = box.querySelector("[data-restart]");
  const focused = document.activeElement;
  deploy.disabled = left === 0;
  restart.hidden = rows.length === 0;
  // A button that goes away must not take the keyboard's place with it.
  if (focused === deploy && deploy.disabled) restart.focus();
  if (focused === restart && restart.hidden) deploy.focus();
  const table = box.querySelector("table");
  table.hidden = rows.length === 0;
  fillTable(table, { caption: say("deployments-caption"), columns, rows });
}
