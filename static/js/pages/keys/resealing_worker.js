// The worker beside the page that does the sealing, so that the page stays alive; without one, the page does it itself.

import { recordAnew, reseal } from "../../crypto/resealing.js";

/**
 * @typedef {import("../../crypto/resealing.js").Whose} Whose
 * @typedef {import("../../crypto/resealing.js").Handed} Handed
 * @typedef {import("../../crypto/resealing.js").Resealed} Resealed
 * @typedef {import("../../crypto/resealing.js").StoredRecord} StoredRecord
 * @typedef {{record_id: string, version: number, sealed: string}} RecordAnew
 * @typedef {{reseal: (handed: Handed) => Promise<Resealed|null>, record: (stored: StoredRecord) => Promise<RecordAnew|null>,
 *   end: () => void}} Sealer null: it does not open
 * @typedef {{id: string, handed?: Handed, record?: StoredRecord}} Asked
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
    return sealerOf(
      (asked) => inPage(whose, asked),
      () => undefined,
    );
  }
  return beside(worker, whose);
}

/**
 * @param {(asked: Asked) => Promise<any>} seal
 * @param {() => void} end
 * @returns {Sealer}
 */
function sealerOf(seal, end) {
  return {
    reseal: (handed) => seal({ id: handed.referral_id, handed }),
    record: (record) => seal({ id: record.record_id, record }),
    end,
  };
}

/**
 * @param {Whose} whose
 * @param {Asked} asked
 * @returns {Promise<any>}
 */
async function inPage(whose, { handed, record }) {
  if (record) return recordAnew(whose, record);
  return handed ? reseal(whose, handed).catch(() => null) : null;
}

/**
 * @param {Worker} worker
 * @param {Whose} whose
 * @returns {Sealer}
 */
function beside(worker, whose) {
  /** @type {Map<string, {asked: Asked, resolve: (resealed: any) => void}>} */
  const waiting = new Map();
  let broken = false;
  worker.addEventListener("message", ({ data }) => {
    waiting.get(data.id)?.resolve(data.resealed);
    waiting.delete(data.id);
  });
  worker.addEventListener("error", () => {
    broken = true;
    for (const { asked, resolve } of waiting.values()) resolve(inPage(whose, asked));
    waiting.clear();
  });
  worker.postMessage({ whose });
  const seal = (/** @type {Asked} */ asked) => {
    if (broken) return inPage(whose, asked);
    return new Promise((resolve) => {
      waiting.set(asked.id, { asked, resolve });
      worker.postMessage(asked);
    });
  };
  return sealerOf(seal, () => worker.terminate());
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
