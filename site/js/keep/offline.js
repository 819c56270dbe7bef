// Keeps the lab for when there is no network, and says in words how that stands. The service worker
// is registered once the workbench stands, so that saving never competes with the first visit.
import { carried } from "../files/files.js";
import { notice } from "../page/notices.js";

const WORDS = {
  carried: "Offline: the whole lab is in this file",
  saving: "Saving for offline use",
  ready: "Ready for offline use, all tracks",
  offline: "Offline now: all tracks work from what was saved",
  refused: "Needs the network: this browser keeps nothing here, as in a private window",
  insecure: "Needs the network: without https nothing can be kept",
  failed: "Not saved for offline use yet: the next visit tries again",
  before: "Open a track once, and all of them work with the network off",
};

function say(state) {
  for (const element of document.querySelectorAll("[data-offline-state]")) {
    element.dataset.offlineState = state;
    element.textContent = WORDS[state];
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

function offerUpdate(worker) {
  notice("A new version of the lab is here. Your work is kept.", "info", {
    label: "Load it now",
    run: () => {
      navigator.serviceWorker.addEventListener("controllerchange", () => location.reload());
      worker.postMessage("take-over");
    },
  });
}

function followUpdates(registration) {
  if (registration.waiting) offerUpdate(registration.waiting);
  registration.addEventListener("updatefound", () => {
    const fresh = registration.installing;
    const first = !registration.active;
    fresh?.addEventListener("statechange", () => {
      if (fresh.state === "installed" && navigator.serviceWorker.controller) offerUpdate(fresh);
      if (fresh.state === "redundant" && first) say("failed");
    });
  });
}

// Whether there is a network is seen by asking the site for a newer version, which is due anyway.
async function tell(registration) {
  const reached = navigator.onLine && (await registration.update().then(() => true, () => false));
  say(reached ? "ready" : "offline");
}

function watchNetwork(registration) {
  window.addEventListener("online", () => tell(registration));
  window.addEventListener("offline", () => say("offline"));
}

export async function keepOffline(address) {
  if (carried) return say("carried");
  const workers = container();
  if (!workers) return say(window.isSecureContext ? "refused" : "insecure");
  try {
    const kept = Boolean((await workers.getRegistration(address))?.active);
    if (!kept) say("saving");
    const registration = await workers.register(address, { updateViaCache: "none" });
    followUpdates(registration);
    await workers.ready;
    watchNetwork(registration);
    if (kept) await tell(registration);
    else say("ready");
  } catch (error) {
    say(error.name === "SecurityError" || error.name === "NotSupportedError" ? "refused" : "failed");
  }
}

// On a page without a workbench: how it stands, without saving anything.
export async function showOffline() {
  if (carried) return say("carried");
  try {
    if (!window.isSecureContext) return say("insecure");
    const registration = await container().getRegistration();
    if (!registration?.active) return say("before");
    watchNetwork(registration);
    await tell(registration);
  } catch {
    say("refused");
  }
}
