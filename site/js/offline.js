// Registers the service worker once the workbench stands, so that the precache never competes
// with the first visit. Without one (private window, sandboxed frame) the page just says nothing.
import { notice } from "./notices.js";

function say(words) {
  for (const element of document.querySelectorAll("[data-offline-state]")) {
    element.textContent = words;
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

export async function keepOffline(address) {
  if (!("serviceWorker" in navigator) || !window.isSecureContext) return;
  try {
    say("Saving for offline use");
    const registration = await navigator.serviceWorker.register(address, { updateViaCache: "none" });
    if (registration.waiting) offerUpdate(registration.waiting);
    registration.addEventListener("updatefound", () => {
      const fresh = registration.installing;
      fresh?.addEventListener("statechange", () => {
        if (fresh.state === "installed" && navigator.serviceWorker.controller) offerUpdate(fresh);
        if (fresh.state === "redundant") say("Not saved for offline use");
      });
    });
    await navigator.serviceWorker.ready;
    say("Ready for offline use");
  } catch {
    say("");
  }
}
