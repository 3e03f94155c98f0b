/** Proof of work beside the page: loaded only when the portal asks, solved in a worker so that the page stays alive. */

import { proofHeader, solve } from "../crypto/proof_of_work.js";

/**
 * @typedef {import("../crypto/proof_of_work.js").Challenge} Challenge
 * @typedef {import("../crypto/proof_of_work.js").Parameters} Parameters
 * @typedef {import("../crypto/proof_of_work.js").Solution} Solution
 */

/** The one name that the Content-Security-Policy of these pages allows; `app/headers.py` says it. */
const POLICY = "onestop-worker";
const WORKER = new URL("../workers/proof.js", import.meta.url).href;

/** @type {{createScriptURL: (address: string) => any} | undefined} */
let policy;

/**
 * @param {Challenge} challenge
 * @returns {Promise<string>} what the header `Proof-Of-Work` carries
 */
export async function prove(challenge) {
  // A browser that starts no such worker computes in the page: the derivations run beside it there too.
  const solution = (await inWorker(challenge.parameters)) ?? (await solve(challenge.parameters));
  return proofHeader(challenge, solution);
}

/**
 * @param {Parameters} parameters
 * @returns {Promise<Solution | null>} null where there is no worker, or it found nothing
 */
async function inWorker(parameters) {
  /** @type {Worker | undefined} */
  let worker;
  try {
    const started = new Worker(ownAddress(), { type: "module" });
    worker = started;
    return await new Promise((resolve) => {
      started.addEventListener("message", ({ data }) => resolve(data.solution));
      started.addEventListener("error", () => resolve(null));
      started.postMessage(parameters);
    });
  } catch {
    return null;
  } finally {
    worker?.terminate();
  }
}

/** The worker's own address, trusted where the browser asks for that. @returns {any} */
function ownAddress() {
  const { trustedTypes } = /** @type {any} */ (globalThis);
  policy ??= trustedTypes?.createPolicy(POLICY, { createScriptURL });
  return policy ? policy.createScriptURL(WORKER) : WORKER;
}

/** @param {string} address */
function createScriptURL(address) {
  if (address !== WORKER) throw new TypeError("not the worker of this page");
  return address;
}
