// Service worker of build {{ build_id }}: after one visit the lab works with the network off.
// Files under assets/ carry a hash of their content in their address, so the cache is right for
// ever; pages come from the network when there is one. A new version waits until the reader asks.
const VERSION = {{ build_id | json }};
const PRECACHE = {{ precache | json }};
const SUMS = {{ precache_sums | json }};
const PREFIX = "fleet-lab-";
const CACHE = `${PREFIX}${VERSION}`;
const SCOPE = new URL(self.registration.scope);
const PATIENCE_MS = 5_000;

const inScope = (address) => new URL(address, SCOPE).href;
const hashed = (address) => address.startsWith("assets/");
const assets = new Set(PRECACHE.filter(hashed).map(inScope));
const sums = new Map(Object.entries(SUMS).map(([address, sum]) => [inScope(address), sum]));
const pages = new Set(PRECACHE.filter((address) => !hashed(address)).map(inScope));

// Base64, as the build writes it.
async function sumOf(bytes) {
  const sum = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return btoa(String.fromCharCode(...sum));
}

// An answer that can't be right: an error, a page in the place of a file, half a file, other bytes.
async function refuse(address, response) {
  const type = response.headers.get("content-type") ?? "";
  const replaced = assets.has(address) && type.startsWith("text/html");
  if (!response.ok || response.redirected || replaced) {
    throw new Error(`${address} could not be kept: ${response.status} ${type}`);
  }
  const sum = sums.get(address);
  if (sum && (await sumOf(await response.clone().arrayBuffer())) !== sum) {
    throw new Error(`${address} could not be kept: its bytes are not this build's`);
  }
}

async function keep(cache, address) {
  const old = assets.has(address) ? await caches.match(address) : undefined;
  if (old) return cache.put(address, old);
  const response = await fetch(address, { cache: assets.has(address) ? "default" : "no-cache" });
  await refuse(address, response);
  return cache.put(address, response);
}

async function install() {
  const cache = await caches.open(CACHE);
  const queue = [...assets, ...pages];
  const drain = async () => {
    for (let address = queue.shift(); address; address = queue.shift()) await keep(cache, address);
  };
  await Promise.all([drain(), drain(), drain(), drain()]);
}

async function activate() {
  const names = await caches.keys();
  const stale = names.filter((name) => name.startsWith(PREFIX) && name !== CACHE);
  await Promise.all(stale.map((name) => caches.delete(name)));
  await self.clients.claim();
}

function pageAddress(url) {
  const path = url.pathname.replace(/index\.html$/, "");
  return new URL(path, url).href;
}

async function fromNetworkFirst(request, address) {
  const kept = await caches.match(address, { cacheName: CACHE });
  const patience = new Promise((_, reject) => setTimeout(reject, PATIENCE_MS, new Error("slow")));
  try {
    return await (kept ? Promise.race([fetch(request), patience]) : fetch(request));
  } catch (error) {
    if (kept) return kept;
    throw error;
  }
}

// Where an engine can, it takes what is kept out of the cache by itself, and this worker need not
// even be started.
function route(event) {
  const pattern = new URLPattern(`${SCOPE.href}assets/*`);
  return event.addRoutes([{ condition: { urlPattern: pattern }, source: { cacheName: CACHE } }]);
}

self.addEventListener("install", (event) => {
  if (event.addRoutes) event.waitUntil(route(event).catch(() => {}));
  event.waitUntil(install());
});
self.addEventListener("activate", (event) => event.waitUntil(activate()));
self.addEventListener("message", (event) => {
  if (event.data === "take-over") self.skipWaiting();
});
self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET") return;
  const url = new URL(request.url);
  if (assets.has(url.href)) {
    event.respondWith(
      caches.match(url.href, { cacheName: CACHE }).then((kept) => kept ?? fetch(request)),
    );
  } else if (pages.has(pageAddress(url))) {
    event.respondWith(fromNetworkFirst(request, pageAddress(url)));
  }
});
