// Style sheets and lesser scripts that did not come: the lab goes on without them, and says so. The
// page's first lines have noted them (shell-watch.js); those that fail later are told of at once.
import { nameOf } from "../files/name.js";
import { notice } from "../page/notices.js";
import { listed, say } from "../page/words.js";

// One of a wrong type is there, and has nothing in it; not every engine calls that an error. Scripts
// run after the sheets.
const empty = ({ sheet }) => !sheet?.cssRules.length;

export function tellLost(retry) {
  const label = document.querySelector("[data-boot-retry]").textContent;
  const tell = (...addresses) =>
    notice(say("fault-lost", { files: listed(addresses.map(nameOf)) }), "warn", { label, run: retry });
  const sheets = [...document.querySelectorAll("link[rel=stylesheet]:not([media=print])")];
  const lost = [...(globalThis.lostFiles ?? []), ...sheets.filter(empty).map(({ href }) => href)];
  if (lost.length) tell(...lost);
  globalThis.lostFiles = { push: tell };
}
