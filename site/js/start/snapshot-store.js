// Where a snapshot is kept: in Cache Storage, one for each address of the lab, build and browser.
// Whatever is off (no storage, no room, bytes that do not match their checksum) reads as "there is
// none". Every part is written before the entry that names them all, so half a snapshot is none.

const CACHE = "fleet-snapshot";
const ENTRY = "entry.json";
const ROOM = 3; // free space asked for, in sizes of the snapshot

async function digest(bytes) {
  const sum = await crypto.subtle.digest("SHA-256", bytes);
  return [...new Uint8Array(sum)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

// Two versions of a browser may name themselves alike in short, so the entry has the long name.
async function browser() {
  const brands = await navigator.userAgentData?.getHighEntropyValues?.(["fullVersionList"]);
  return JSON.stringify([navigator.userAgent, brands?.fullVersionList ?? []]);
}

export class SnapshotStore {
  // `base` is the lab's own address, since others may live on the same host.
  static async open(base, build) {
    if (!globalThis.caches || !globalThis.crypto?.subtle) return null;
    const key = (await digest(new TextEncoder().encode(navigator.userAgent))).slice(0, 16);
    const all = new URL("snapshot/", base).href;
    return new SnapshotStore(all, `${all}${build}-${key}/`);
  }

  constructor(all, here) {
    this.all = all;
    this.here = here;
  }

  at(name) {
    return this.here + name;
  }

  match(name) {
    return caches.match(this.at(name), { cacheName: CACHE });
  }

  // Gives {parts, record}: what `keep` was given, each part as a promise that is broken when a byte
  // of it is missing or differs; null when nothing is kept for this browser.
  async read() {
    const [answer, mine] = await Promise.all([this.match(ENTRY), browser()]);
    if (!answer) return null;
    const entry = await answer.json();
    if (entry.browser !== mine) return null;
    const parts = new Map(entry.parts.map((each) => [each.name, this.part(each)]));
    for (const each of parts.values()) each.catch(() => {}); // awaited later
    return { parts, record: entry.record };
  }

  async part({ name, size, sum }) {
    const bytes = new Uint8Array(await (await this.match(name)).arrayBuffer());
    if (bytes.length !== size || (await digest(bytes)) !== sum) throw new Error(`${name} differs`);
    return bytes;
  }

  async keep(parts, record) {
    const cache = await caches.open(CACHE);
    const size = [...parts.values()].reduce((sum, bytes) => sum + bytes.length, 0);
    const { quota = 0, usage = 0 } = (await navigator.storage?.estimate?.()) ?? {};
    if (quota - usage < ROOM * size) throw new Error("there is no room for a snapshot");
    const listed = [];
    try {
      for (const [name, bytes] of parts) {
        listed.push({ name, size: bytes.length, sum: await digest(bytes) });
        await cache.put(this.at(name), new Response(bytes));
      }
      const entry = JSON.stringify({ browser: await browser(), parts: listed, record });
      await cache.put(this.at(ENTRY), new Response(entry));
    } catch (error) {
      await this.forget();
      throw error;
    }
  }

  // Deletes this lab's snapshots, those of other builds and browsers too.
  async forget() {
    const cache = await caches.open(CACHE);
    for (const { url } of await cache.keys()) {
      if (url.startsWith(this.all)) await cache.delete(url);
    }
  }
}
