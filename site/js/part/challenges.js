// The small tasks at the bench: which are met, and what was felt.
import { announceWhenStill } from "../page/announcer.js";
import { say } from "../page/words.js";
import { setText } from "./facts.js";

// `met`: for each challenge that the ledger has, what is said of it, by its key.
export function showChallenges(section, met, fresh = false) {
  const all = [...section.querySelectorAll("[data-challenge]")];
  const news = [];
  for (const each of all) {
    const done = met[each.dataset.challenge];
    const state = done === undefined ? "open" : "done";
    if (fresh && each.dataset.state !== state) news.push(say("challenge-met", { done }));
    each.dataset.state = state;
    setText(each.querySelector("[data-challenge-word]"), say("challenge-state", { state }));
    setText(each.querySelector("[data-challenge-done]"), done ?? "");
  }
  const number = all.filter(({ dataset }) => dataset.state === "done").length;
  setText(section.querySelector("[data-challenges-count]"), `${number}/${all.length}`);
  const left = all.length - number;
  setText(section.querySelector("[data-verdict-challenges]"), left ? say("challenges-left", { left, all: all.length }) : "");
  if (news.length) announceWhenStill(`${section.id}/challenges`, () => news.join(" "));
}
