/** A worker that seals letters to newer keys: gets whose they are, then letters, and answers each with what goes back. */

import { reseal } from "../crypto/resealing.js";

/** @type {import("../crypto/resealing.js").Whose|null} */
let whose = null;

addEventListener("message", async ({ data }) => {
  if (data.whose) {
    whose = data.whose;
    return;
  }
  try {
    if (!whose) throw new TypeError("nobody's letters");
    postMessage({ referral_id: data.handed.referral_id, resealed: await reseal(whose, data.handed) });
  } catch {
    postMessage({ referral_id: data.handed.referral_id, resealed: null });
  }
});
