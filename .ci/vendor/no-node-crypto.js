// What the libraries' fallback for old Node versions imports; every engine that we serve has globalThis.crypto.
export const webcrypto = undefined;
