// Several copies of the lab may lie on one host, each under a path of its own, and what a browser
// keeps it keeps for the whole host: so every name has the copy's path in it. sw.js does the same.
//
// The one-file lab, opened by a double click, has no path that stays: a stick has another letter
// on the next machine. It keeps the names without one.
export const UNSCOPED = "fleet-lab/"; // as builds before this one named all that they kept

export const root = new URL(document.querySelector(".site-name")?.getAttribute("href") ?? "./", location.href);
export const COPY =
  root.protocol === "file:" ? UNSCOPED : `fleet-lab:${encodeURIComponent(root.pathname)}:`;

const BEFORE = `${COPY}before`; // whether a build before this one was used in this copy
const NO_WORK = ["before", "theme"];
const LEARNER = "learner/";

// Such a build's service worker has this page in its hands; that of this build comes only once the
// mark is set.
function usedBefore() {
  return navigator.serviceWorker?.controller?.scriptURL === new URL("sw.js", root).href;
}

function marked(local) {
  if (!local.getItem(BEFORE)) local.setItem(BEFORE, usedBefore() ? "yes" : "no");
  return local.getItem(BEFORE) === "yes";
}

// Copies, so that a copy of the lab that still has the old names loses nothing; where there is no
// room for two, it moves.
function bring(local, from, to) {
  const text = local.getItem(from);
  try {
    local.setItem(to, text);
  } catch {
    local.removeItem(from);
    local.setItem(to, text);
  }
}

function holdsWork(text) {
  try {
    return JSON.parse(text).events.length > 1;
  } catch {
    return false;
  }
}

// Once in each copy, before anything else is kept there: takes over what lies under the old names.
// Where it may be another copy's, gives its ledger, to be offered; "" if there is none.
export function takeOver(local, suffix) {
  if (COPY === UNSCOPED) return "";
  const here = marked(local);
  const names = Object.keys(local);
  const under = (prefix) =>
    names
      .filter((name) => name.startsWith(prefix))
      .map((name) => name.slice(prefix.length))
      .filter((name) => suffix || !name.startsWith(LEARNER));
  if (under(COPY + suffix).some((name) => !NO_WORK.includes(name))) return "";
  const old = UNSCOPED + suffix;
  if (here) for (const name of under(old)) bring(local, old + name, COPY + suffix + name);
  const ledger = here ? "" : (local.getItem(`${old}ledger`) ?? "");
  return holdsWork(ledger) ? ledger : "";
}
