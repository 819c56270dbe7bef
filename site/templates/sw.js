// Service worker of build {{ build_id }}: after one visit the lab works with the network off.
// Files under assets/ carry a hash of their content in their address, so the cache is right for
// ever; pages come from the network when there is one. A new version waits until the reader asks.
const VERSION = {{ build_id | json }};
const PRECACHE = {{ precache | json }};
const SUMS = {{ precache_sums | json }};
const SCOPE = new URL(self.registration.scope);
// Another copy of the lab may lie on the same host, under another path: its caches are its own.
const PREFIX = `fleet-lab:${encodeURIComponent(SCOPE.pathname)}:`;
const CACHE = `${PREFIX}${VERSION}`;
const UNSCOPED = /^fleet-lab-[0-9a-f]{12}$/; // as builds before this one named them
const PATIENCE_MS = 5_000;

const inScope = (address) => new URL(address, SCOPE).href;
const ASSETS = inScope("assets/");
// What teachers use is kept once one of their pages was visited, and never for a student: which
// files these are stands in one of them.
const TEACHERS = inScope("teach/");
const TEACHERS_LIST = inScope("teach/kept.json");
const isAsset = (address) => address.startsWith(ASSETS);
const isTeachers = (address) => address.startsWith(TEACHERS);
const sums = new Map(Object.entries(SUMS).map(([address, sum]) => [inScope(address), sum]));
const always = PRECACHE.map(inScope);
const pages = new Set(always.filter((address) => !isAsset(address)));

// Base64, as the build writes it.
async function sumOf(bytes) {
  const sum = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return btoa(String.fromCharCode(...sum));
}

// An answer that can't be right: an error, a page in the place of a file, half a file, other bytes.
async function refuse(address, response) {
  const type = response.headers.get("content-type") ?? "";
  const replaced = isAsset(address) && type.startsWith("text/html");
  if (!response.ok || response.redirected || replaced) {
    throw new Error(`${address} could not be kept: ${response.status} ${type}`);
  }
  const sum = sums.get(address);
  if (sum && (await sumOf(await response.clone().arrayBuffer())) !== sum) {
    throw new Error(`${address} could not be kept: its bytes are not this build's`);
  }
}

async function keep(cache, address) {
  const old = isAsset(address) ? await caches.match(address) : undefined;
  if (old) return cache.put(address, old);
  const response = await fetch(address, { cache: isAsset(address) ? "default" : "no-cache" });
  await refuse(address, response);
  return cache.put(address, response);
}

async function keepAll(addresses) {
  const cache = await caches.open(CACHE);
  const queue = [...addresses];
  const drain = async () => {
    for (let address = queue.shift(); address; address = queue.shift()) await keep(cache, address);
  };
  await Promise.all([drain(), drain(), drain(), drain()]);
}

async function forTeachers() {
  const cache = await caches.open(CACHE);
  if (!(await cache.match(TEACHERS_LIST))) await keep(cache, TEACHERS_LIST);
  const list = await (await cache.match(TEACHERS_LIST)).json();
  for (const [address, sum] of Object.entries(list.sums)) sums.set(inScope(address), sum);
  return list.addresses.map(inScope);
}

// A teacher's pages are kept on with a new version, as one of them was by the one before.
async function wanted() {
  for (const name of await caches.keys()) {
    if (!name.startsWith(PREFIX)) continue;
    const kept = await (await caches.open(name)).keys();
    if (kept.some(({ url }) => isTeachers(url))) return [...always, ...(await forTeachers())];
  }
  return always;
}

const install = async () => keepAll(await wanted());

// What a browser that was short of room, or somebody clearing up, took away.
async function lost() {
  const kept = new Set((await (await caches.open(CACHE)).keys()).map(({ url }) => url));
  return (await wanted()).filter((address) => !kept.has(address));
}

// Tells how it stands, and fetches again what has been lost.
async function answerHowItStands(port, visited) {
  try {
    if (isTeachers(visited)) await forTeachers();
    const gone = await lost();
    if (gone.length) port.postMessage("saving");
    await keepAll(gone);
    port.postMessage("ready");
  } catch {
    port.postMessage("failed");
  }
}

async function isStale(name) {
  if (name.startsWith(PREFIX)) return name !== CACHE;
  if (!UNSCOPED.test(name)) return false;
  return Boolean(await (await caches.open(name)).match(SCOPE.href)); // this copy's start page
}

async function activate() {
  for (const name of await caches.keys()) if (await isStale(name)) await caches.delete(name);
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
    const response = await (kept ? Promise.race([fetch(request), patience]) : fetch(request));
    return kept && response.status >= 400 ? kept : response;
  } catch (error) {
    if (kept) return kept;
    throw error;
  }
}

// Where an engine can, it takes what is kept out of the cache by itself, and this worker need not
// even be started.
function route(event) {
  const pattern = new URLPattern(`${ASSETS}*`);
  return event.addRoutes([{ condition: { urlPattern: pattern }, source: { cacheName: CACHE } }]);
}

self.addEventListener("install", (event) => {
  if (event.addRoutes) event.waitUntil(route(event).catch(() => {}));
  event.waitUntil(install());
});
self.addEventListener("activate", (event) => event.waitUntil(activate()));
self.addEventListener("message", (event) => {
  if (event.data === "take-over") self.skipWaiting();
  if (event.data === "how-it-stands") {
    event.waitUntil(answerHowItStands(event.ports[0], pageAddress(new URL(event.source.url))));
  }
});
self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET") return;
  const url = new URL(request.url);
  if (isAsset(url.href)) {
    event.respondWith(
      caches.match(url.href, { cacheName: CACHE }).then((kept) => kept ?? fetch(request)),
    );
  } else if (pages.has(pageAddress(url)) || isTeachers(url.href)) {
    event.respondWith(fromNetworkFirst(request, pageAddress(url)));
  }
});
