// The worker beside the page that does the sealing, so that the page stays alive; without one, the page does it itself.

import { reseal } from "../../crypto/resealing.js";

/**
 * @typedef {import("../../crypto/resealing.js").Whose} Whose
 * @typedef {import("../../crypto/resealing.js").Handed} Handed
 * @typedef {import("../../crypto/resealing.js").Resealed} Resealed
 * @typedef {{reseal: (handed: Handed) => Promise<Resealed|null>, end: () => void}} Sealer null: the letter does not open
 */

/** The one name that the Content-Security-Policy of this page allows; `app/headers.py` says it. */
const POLICY = "onestop-worker";
const WORKER = new URL("../../workers/resealing.js", import.meta.url).href;

/** @type {{createScriptURL: (address: string) => any} | undefined} */
let policy;

/**
 * @param {Whose} whose
 * @returns {Sealer}
 */
export function sealer(whose) {
  let worker;
  try {
    worker = new Worker(ownAddress(), { type: "module" });
  } catch {
    return { reseal: (handed) => reseal(whose, handed).catch(() => null), end() {} };
  }
  return beside(worker, whose);
}

/**
 * @param {Worker} worker
 * @param {Whose} whose
 * @returns {Sealer}
 */
function beside(worker, whose) {
  /** @type {Map<string, {handed: Handed, resolve: (resealed: Promise<Resealed|null>|Resealed|null) => void}>} */
  const waiting = new Map();
  let broken = false;
  const inPage = (/** @type {Handed} */ handed) => reseal(whose, handed).catch(() => null);
  worker.addEventListener("message", ({ data }) => {
    waiting.get(data.referral_id)?.resolve(data.resealed);
    waiting.delete(data.referral_id);
  });
  worker.addEventListener("error", () => {
    broken = true;
    for (const { handed, resolve } of waiting.values()) resolve(inPage(handed));
    waiting.clear();
  });
  worker.postMessage({ whose });
  return {
    reseal(handed) {
      if (broken) return inPage(handed);
      return new Promise((resolve) => {
        waiting.set(handed.referral_id, { handed, resolve });
        worker.postMessage({ handed });
      });
    },
    end: () => worker.terminate(),
  };
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
