/** A worker that seals letters to newer keys: gets whose they are, then letters, and answers each with what goes back. */

import { recordAnew, reseal } from "../crypto/resealing.js";

/** @type {import("../crypto/resealing.js").Whose|null} */
let whose = null;

addEventListener("message", async ({ data }) => {
  if (data.whose) {
    whose = data.whose;
    return;
  }
  try {
    if (!whose) throw new TypeError("nobody's letters");
    const resealed = data.record ? await recordAnew(whose, data.record) : await reseal(whose, data.handed);
    postMessage({ id: data.id, resealed });
  } catch {
    postMessage({ id: data.id, resealed: null });
  }
});
