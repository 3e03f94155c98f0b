/** A worker for one proof of work: gets the parameters of a challenge, answers with the solution, or says that there is none. */

import { solve } from "../crypto/proof_of_work.js";

addEventListener("message", async ({ data }) => {
  try {
    postMessage({ solution: await solve(data) });
  } catch {
    postMessage({ solution: null });
  }
});
