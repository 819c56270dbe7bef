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

async function browser() {
  const brands = await navigator.userAgentData?.getHighEntropyValues?.(["fullVersionList"]);
  return JSON.stringify([navigator.userAgent, brands?.fullVersionList ?? []]);
}

export class SnapshotStore {
  // `base` is the lab's own address, since others may live on the same host.
  static async open(base, build) {
    if (!globalThis.caches || !globalThis.crypto?.subtle) return null;
    const key = (await digest(new TextEncoder().encode(await browser()))).slice(0, 16);
    const all = new URL("snapshot/", base).href;
    return new SnapshotStore(await caches.open(CACHE), all, `${all}${build}-${key}/`);
  }

  constructor(cache, all, here) {
    this.cache = cache;
    this.all = all;
    this.here = here;
  }

  at(name) {
    return this.here + name;
  }

  async has() {
    return Boolean(await this.cache.match(this.at(ENTRY)));
  }

  // Gives what `keep` was given; throws when any byte of it is missing or differs.
  async read() {
    const entry = await (await this.cache.match(this.at(ENTRY))).json();
    const parts = entry.parts.map(async ({ name, size, sum }) => {
      const bytes = new Uint8Array(await (await this.cache.match(this.at(name))).arrayBuffer());
      if (bytes.length !== size || (await digest(bytes)) !== sum) throw new Error(`${name} differs`);
      return [name, bytes];
    });
    return { parts: new Map(await Promise.all(parts)), record: entry.record };
  }

  async keep(parts, record) {
    const size = [...parts.values()].reduce((sum, bytes) => sum + bytes.length, 0);
    const { quota = 0, usage = 0 } = (await navigator.storage?.estimate?.()) ?? {};
    if (quota - usage < ROOM * size) throw new Error("there is no room for a snapshot");
    const listed = [];
    try {
      for (const [name, bytes] of parts) {
        listed.push({ name, size: bytes.length, sum: await digest(bytes) });
        await this.cache.put(this.at(name), new Response(bytes));
      }
      const entry = JSON.stringify({ parts: listed, record });
      await this.cache.put(this.at(ENTRY), new Response(entry));
    } catch (error) {
      await this.forget();
      throw error;
    }
  }

  // Deletes this lab's snapshots, those of other builds and browsers too.
  async forget() {
    for (const { url } of await this.cache.keys()) {
      if (url.startsWith(this.all)) await this.cache.delete(url);
    }
  }
}
