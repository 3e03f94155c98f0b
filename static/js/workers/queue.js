/** The queue's worker: opens summaries and searches them, and makes summaries of new letters; each call is answered. */

import { SummaryIndex } from "../pages/queue/summary_index.js";
import { summaryFor } from "../pages/queue/summary_making.js";

/** @type {SummaryIndex|null} */
let index = null;
/** @type {any} */
let whose = null;

/** @type {Record<string, (...given: any[]) => any>} */
const CALLS = {
  begin(given) {
    whose = given;
    index = new SummaryIndex(given);
  },
  summaryFor: (handed) => summaryFor(whose, handed),
};

addEventListener("message", async ({ data: { number, call, given } }) => {
  try {
    const does = CALLS[call] ?? /** @type {any} */ (index)[call].bind(index);
    postMessage({ number, answer: await does(...given) });
  } catch (error) {
    postMessage({ number, failed: String(error instanceof Error ? error.name : error) });
  }
});
