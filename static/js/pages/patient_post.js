/** Sending over a bad line: the same bytes again and again until there is an answer. The server takes them once. */

import { randomBytes } from "../crypto/encoding.js";

/**
 * @typedef {{reason: "line" | "busy", seconds: number}} Wait
 * @typedef {{status: number, answer: any}} Answer `answer` is the JSON of the body, null when there is none
 */

const WAITS = [1, 2, 4, 8, 15, 30];
const MOST_TRIES = 40;
const LONGEST_WAIT = 120;
const NO_ANSWER_MS = 60_000;

/** Tried for a long time without an answer. Nothing is lost: the same bytes may be sent later. */
export class NoAnswer extends Error {
  /** @override */
  name = "NoAnswer";
}

/**
 * Post JSON bytes until something other than «one moment» comes back. A lost answer is asked for again: the server
 * answers the same bytes as it did the first time.
 * @param {{address: string, body: Uint8Array<ArrayBuffer>, onWait: (wait: Wait) => void, fetcher?: typeof fetch,
 *   pause?: (seconds: number) => Promise<void>}} request
 * @returns {Promise<Answer>}
 */
export async function patientPost({ address, body, onWait, fetcher = fetch, pause = pauseOrOnline }) {
  for (let tries = 0; tries < MOST_TRIES; tries += 1) {
    const usual = WAITS[Math.min(tries, WAITS.length - 1)] ?? LONGEST_WAIT;
    const outcome = await attempt(fetcher, address, body);
    if ("status" in outcome) return outcome;
    const seconds = Math.min(Math.max(outcome.retryAfter, usual), LONGEST_WAIT);
    onWait({ reason: outcome.reason, seconds });
    await pause(seconds);
  }
  throw new NoAnswer();
}

/**
 * @param {typeof fetch} fetcher
 * @param {string} address
 * @param {Uint8Array<ArrayBuffer>} body
 * @returns {Promise<Answer | {reason: "line" | "busy", retryAfter: number}>}
 */
async function attempt(fetcher, address, body) {
  try {
    const response = await fetcher(address, {
      method: "POST",
      headers: { "Content-Type": "application/json", Accept: "application/json" },
      body,
      cache: "no-store",
      signal: AbortSignal.timeout(NO_ANSWER_MS),
    });
    if (response.status === 429 || response.status >= 500) {
      return { reason: "busy", retryAfter: Number(response.headers.get("Retry-After") ?? 0) || 0 };
    }
    const type = response.headers.get("Content-Type") ?? "";
    return { status: response.status, answer: type.includes("json") ? await response.json() : null };
  } catch {
    return { reason: "line", retryAfter: 0 };
  }
}

/**
 * Wait, but not longer than until the line is back. A little chance keeps many waiting pages from coming at once.
 * @param {number} seconds
 * @returns {Promise<void>}
 */
function pauseOrOnline(seconds) {
  const spread = (randomBytes(1)[0] ?? 0) * 4;
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      removeEventListener("online", done);
      resolve();
    };
    const timer = setTimeout(done, seconds * 1000 + spread);
    addEventListener("online", done);
  });
}
