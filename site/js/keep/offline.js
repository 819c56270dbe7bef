// Keeps the lab for when there is no network, and says in words how that stands. The service worker
// is registered once the workbench stands, so that saving never competes with the first visit.
import { carried } from "../files/files.js";
import { notice } from "../page/notices.js";
import { say } from "../page/words.js";

const WORDS = {
  carried: "offline-carried",
  saving: "offline-saving",
  ready: "offline-ready",
  offline: "offline-offline",
  refused: "offline-refused",
  insecure: "offline-insecure",
  failed: "offline-failed",
  before: "offline-before",
};

const PATIENCE_MS = 5_000;

function show(state) {
  for (const element of document.querySelectorAll("[data-offline-state]")) {
    element.dataset.offlineState = state;
    element.textContent = say(WORDS[state]);
  }
}

// A frame with an opaque origin has none: there Chromium throws when it is read, and Firefox when it
// is asked. In some private windows it is not there.
function container() {
  if (self.origin === "null") return undefined;
  try {
    return navigator.serviceWorker; // undefined where the site has no https
  } catch {
    return undefined;
  }
}

// Another tab may have taken the new version meanwhile, or a still newer one may have come.
function offerUpdate(registration) {
  notice(say("offline-new-version"), "info", {
    label: say("offline-load-now"),
    run: () => {
      const { waiting } = registration;
      if (!waiting) return location.reload();
      waiting.addEventListener("statechange", () => waiting.state === "activated" && location.reload());
      return waiting.postMessage("take-over");
    },
  });
}

function followUpdates(registration) {
  if (registration.waiting) offerUpdate(registration);
  registration.addEventListener("updatefound", () => {
    const fresh = registration.installing;
    const first = !registration.active;
    fresh?.addEventListener("statechange", () => {
      if (fresh.state === "installed" && navigator.serviceWorker.controller) offerUpdate(registration);
      // One that a newer one has replaced has not failed.
      const { installing, waiting, active } = registration;
      if (fresh.state === "redundant" && first && !(installing ?? waiting ?? active)) show("failed");
    });
  });
}

// Whether all files are there, which the browser may have taken away since: the worker knows, and
// fetches again what is gone. One of an earlier build doesn't answer, and is taken at its word.
function whole(registration) {
  const { port1, port2 } = new MessageChannel();
  return new Promise((resolve) => {
    const patience = setTimeout(resolve, PATIENCE_MS, true);
    port1.onmessage = ({ data }) => {
      clearTimeout(patience);
      if (data !== "ready") show(data);
      if (data !== "saving") resolve(data === "ready");
    };
    registration.active.postMessage("how-it-stands", [port2]);
  });
}

// Whether there is a network is seen by asking the site for a newer version, which is due anyway.
async function tell(registration) {
  if (!(await whole(registration))) return;
  const reached = navigator.onLine && (await registration.update().then(() => true, () => false));
  show(reached ? "ready" : "offline");
}

function watchNetwork(registration) {
  window.addEventListener("online", () => tell(registration));
  window.addEventListener("offline", () => show("offline"));
}

export async function keepOffline(address) {
  if (carried) return show("carried");
  const workers = container();
  if (!workers) return show(window.isSecureContext ? "refused" : "insecure");
  try {
    // Of this very copy: one further up on this host has a registration of its own.
    const registration = await workers.register(address, { updateViaCache: "none" });
    const kept = Boolean(registration.active);
    if (!kept) show("saving");
    followUpdates(registration);
    await workers.ready;
    watchNetwork(registration);
    // A teacher's page is kept because it asks.
    if (kept || location.pathname.includes("/teach/")) await tell(registration);
    else if (await whole(registration)) show("ready");
  } catch (error) {
    show(error.name === "SecurityError" || error.name === "NotSupportedError" ? "refused" : "failed");
  }
}

// A teacher's page of text is kept where the lab is; nothing is said of it.
export async function keepVisited() {
  try {
    const registration = await container()?.getRegistration();
    if (!carried && registration?.active) await whole(registration);
  } catch {} // a frame may refuse
}

// On a page without a workbench: how it stands, without saving anything.
export async function showOffline() {
  if (carried) return show("carried");
  try {
    if (!window.isSecureContext) return show("insecure");
    const registration = await container().getRegistration();
    if (!registration?.active) return show("before");
    watchNetwork(registration);
    await tell(registration);
  } catch {
    show("refused");
  }
}
