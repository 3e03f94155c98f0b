/** Who can be written to, and with which keys: fetched from the portal and verified before any use. */

import { verifyDirectory } from "../crypto/epoch_chain.js";

/** @returns {ReturnType<typeof verifyDirectory>} */
export async function fetchDirectory() {
  const response = await fetch("api/v1/directory", { cache: "no-store", headers: { Accept: "application/json" } });
  if (!response.ok) throw new Error(`directory: ${response.status}`);
  return verifyDirectory(await response.json());
}
