// Where the worker's files come from: the network, or the files that the page hands over because
// it carries the whole lab. One interface: fetch, and module for what is imported.
import { dataAddress, responseOf } from "./carried.js";

export const network = {
  fetch: self.fetch.bind(self),
  module: (address) => import(address),
};

const holding = (carried) => ({
  async fetch(resource) {
    const address = new URL(resource.url ?? resource).href;
    if (!carried[address]) throw new TypeError(`${address} is not in this file`);
    return responseOf(carried[address]);
  },
  module: async (address) => import(await dataAddress(carried[address])),
});

export const openSource = (carried) => (carried ? holding(carried) : network);
