/** Who can be written to, and with which keys: fetched from the portal and verified before any use. */

import { verifyDirectory } from "../crypto/epoch_chain.js";
import { LONGEST_WAIT, pauseOrOnline } from "./patient_post.js";

const MOST_TRIES = 10;

/**
 * Fetch the directory; where the portal asks for a moment, it is given one.
 * @param {{onWait?: (wait: import("./patient_post.js").Wait) => void, fetcher?: typeof fetch,
 *   pause?: (seconds: number) => Promise<void>}} [parts]
 * @returns {ReturnType<typeof verifyDirectory>}
 */
export async function fetchDirectory({ onWait = () => {}, fetcher = fetch, pause = pauseOrOnline } = {}) {
  for (let tries = 1; ; tries += 1) {
    const response = await fetcher("api/v1/directory", { cache: "no-store", headers: { Accept: "application/json" } });
    if (response.ok) return verifyDirectory(await response.json());
    const passing = response.status === 429 || response.status === 503;
    if (!passing || tries === MOST_TRIES) throw new Error(`directory: ${response.status}`);
    const asked = Number(response.headers.get("Retry-After") ?? 0) || tries;
    const seconds = Math.min(asked, LONGEST_WAIT);
    onWait({ reason: response.status === 429 ? "busy" : "away", seconds });
    await pause(seconds);
  }
}
