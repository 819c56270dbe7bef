// A file's name: the last of its address.
export const nameOf = (address) => String(address).split("/").at(-1);
