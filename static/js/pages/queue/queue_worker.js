// The queue's worker as the page calls it. Where a browser starts none, the page does the same work itself.

import { fetched } from "../later.js";

/**
 * @typedef {{call: (name: string, ...given: any[]) => Promise<any>, end: () => void}} Caller
 */

/** The one name that the Content-Security-Policy of this page allows; `app/headers.py` says it. */
const POLICY = "onestop-worker";
const WORKER = new URL("../../workers/queue.js", import.meta.url).href;

/** @type {{createScriptURL: (address: string) => any} | undefined} */
let policy;

/**
 * @param {object} whose goes to the worker first
 * @returns {Promise<Caller>}
 */
export async function queueWorker(whose) {
  const caller = beside() ?? (await inPage());
  await caller.call("begin", whose);
  return caller;
}

/** @returns {Caller|null} */
function beside() {
  let worker;
  try {
    worker = new Worker(ownAddress(), { type: "module" });
  } catch {
    return null;
  }
  const started = worker;
  /** @type {Map<number, {resolve: (answer: any) => void, reject: (error: Error) => void}>} */
  const waiting = new Map();
  let last = 0;
  worker.addEventListener("message", ({ data: { number, answer, failed } }) => {
    const one = waiting.get(number);
    waiting.delete(number);
    if (failed) one?.reject(new Error(failed));
    else one?.resolve(answer);
  });
  worker.addEventListener("error", () => {
    for (const { reject } of waiting.values()) reject(new Error("worker"));
    waiting.clear();
  });
  return {
    call(name, ...given) {
      last += 1;
      const number = last;
      return new Promise((resolve, reject) => {
        waiting.set(number, { resolve, reject });
        started.postMessage({ number, call: name, given });
      });
    },
    end: () => started.terminate(),
  };
}

/** @returns {Promise<Caller>} */
async function inPage() {
  await fetched("pages/queue/summary_making.js");
  const [{ SummaryIndex }, { summaryFor }] = await Promise.all([
    import("./summary_index.js"),
    import("./summary_making.js"),
  ]);
  /** @type {any} */
  let index = null;
  /** @type {any} */
  let own = null;
  return {
    async call(name, ...given) {
      if (name === "begin") {
        [own] = given;
        index = new SummaryIndex(own);
        return undefined;
      }
      return name === "summaryFor" ? summaryFor(own, given[0]) : index[name](...given);
    },
    end() {},
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
