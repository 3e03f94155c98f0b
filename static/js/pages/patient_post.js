/** Sending over a bad line: the same bytes again and again until there is an answer. The server takes them once. */

import { randomBytes } from "../crypto/encoding.js";
import { fetched } from "./later.js";

/**
 * @typedef {{reason: "line" | "busy" | "away" | "proof", seconds: number}} Wait `seconds` until the next try; of a proof, how
 *   long the device has been computing
 * @typedef {{status: number, answer: any}} Answer `answer` is the JSON of the body, null when there is none
 * @typedef {import("../crypto/proof_of_work.js").Challenge} Challenge
 * @typedef {(challenge: Challenge) => Promise<string>} Prover
 */

const WAITS = [1, 2, 4, 8, 15, 30];
const MOST_TRIES = 40;
export const LONGEST_WAIT = 120;
const NO_ANSWER_MS = 60_000;
const SAY_AGAIN_SECONDS = 15;

/** Tried for a long time without an answer. Nothing is lost: the same bytes may be sent later. */
export class NoAnswer extends Error {
  /** @override */
  name = "NoAnswer";
}

/**
 * Post JSON bytes until something other than «one moment» comes back. A lost answer is asked for again: the server
 * answers the same bytes as it did the first time. A proof of work that the portal asks for is computed and sent along.
 * @param {{address: string, body: Uint8Array<ArrayBuffer>, onWait: (wait: Wait) => void, headers?: Record<string, string>,
 *   fetcher?: typeof fetch, pause?: (seconds: number) => Promise<void>, prover?: Prover}} request
 * @returns {Promise<Answer>}
 */
export async function patientPost(request) {
  const { onWait, pause = pauseOrOnline, prover = proveBeside } = request;
  let proof = "";
  let refusals = 0;
  for (let tries = 0; tries < MOST_TRIES; tries += 1) {
    const outcome = await attempt(request, proof);
    if ("status" in outcome) return outcome;
    // A fresh proof may go at once. One that was not taken has a reason that computing again may not cure.
    const fresh = outcome.challenge ? await proofFor(outcome.challenge, { onWait, prover }) : null;
    if (fresh) {
      proof = fresh;
      refusals += 1;
      if (refusals === 1) continue;
    }
    const usual = WAITS[Math.min(tries, WAITS.length - 1)] ?? LONGEST_WAIT;
    const asked = fresh ? 0 : outcome.retryAfter;
    const seconds = Math.min(Math.max(asked, usual), LONGEST_WAIT);
    onWait({ reason: outcome.reason, seconds });
    await pause(seconds);
  }
  throw new NoAnswer();
}

/**
 * @param {{address: string, body: Uint8Array<ArrayBuffer>, headers?: Record<string, string>, fetcher?: typeof fetch}} request
 * @param {string} proof
 * @returns {Promise<Answer | {reason: "line" | "busy" | "away", retryAfter: number, challenge?: Challenge}>}
 */
async function attempt({ address, body, headers = {}, fetcher = fetch }, proof) {
  try {
    const response = await fetcher(address, {
      method: "POST",
      headers: {
        "Content-Type": "application/json",
        Accept: "application/json",
        ...headers,
        ...(proof && { "Proof-Of-Work": proof }),
      },
      body,
      cache: "no-store",
      signal: AbortSignal.timeout(NO_ANSWER_MS),
    });
    const json = (response.headers.get("Content-Type") ?? "").includes("json");
    if (response.status === 429 || response.status >= 500) {
      const retryAfter = Number(response.headers.get("Retry-After") ?? 0) || 0;
      const problem = json ? await response.json().catch(() => null) : null;
      const asked = problem?.code === "proof_required" && { challenge: problem.challenge };
      return { reason: response.status === 429 ? "busy" : "away", retryAfter, ...asked };
    }
    return { status: response.status, answer: json ? await response.json() : null };
  } catch {
    return { reason: "line", retryAfter: 0 };
  }
}

/**
 * Compute, and say now and then that it goes on.
 * @param {Challenge} challenge
 * @param {{onWait: (wait: Wait) => void, prover: Prover}} parts
 * @returns {Promise<string | null>} null where it cannot be done here: waiting helps too
 */
async function proofFor(challenge, { onWait, prover }) {
  let seconds = 0;
  onWait({ reason: "proof", seconds });
  const clock = setInterval(() => {
    seconds += SAY_AGAIN_SECONDS;
    onWait({ reason: "proof", seconds });
  }, SAY_AGAIN_SECONDS * 1000);
  try {
    return await prover(challenge);
  } catch {
    return null;
  } finally {
    clearInterval(clock);
  }
}

/** @type {Prover} */
async function proveBeside(challenge) {
  await fetched("pages/proof.js");
  const { prove } = await import("./proof.js");
  return prove(challenge);
}

/**
 * Wait, but not longer than until the line is back. A little chance keeps many waiting pages from coming at once.
 * @param {number} seconds
 * @returns {Promise<void>}
 */
export function pauseOrOnline(seconds) {
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
