// Sealing every letter to the keys in force: a page of the list at a time, several letters under way, each whole by itself.
// Whoever stops, or closes the page, finds every letter either as it was or made anew, and goes on where this ended.

import { newestKid } from "../referral/open_case.js";
import { ask, Problem } from "../session/request.js";
import { sealer } from "./resealing_worker.js";

/**
 * @typedef {import("../session.js").Session} Session
 * @typedef {{done: number, total: number, closed: number}} Progress `closed`: letters that no key of the ring opens
 * @typedef {{stopped: boolean, show: (progress: Progress) => void}} Work set `stopped` to pause
 */

const TOGETHER = 8;
const AT_ONCE = 4;
const ROUNDS = 3;

/** Another lead made new keys, or this tab's ring is an older one: open it anew, and begin again. */
export class OtherKeys extends Error {
  constructor() {
    super("other_keys");
    this.name = "OtherKeys";
  }
}

/**
 * Go through all that is left. What a colleague changed meanwhile is taken up in another round.
 * @param {Session} session with its ring open
 * @param {Work} work
 * @returns {Promise<Progress>}
 * @throws {OtherKeys|Problem|import("../session/request.js").Offline}
 */
export async function resealAll(session, work) {
  const toKid = newestKid(session);
  const whose = { ring: session.ring, portalId: session.portalId, slug: session.caseworker.slug, toKid };
  const worker = sealer(whose);
  const progress = { done: 0, total: 0, closed: 0 };
  /** @type {Set<string>} */
  const closed = new Set();
  try {
    for (let round = 0; round < ROUNDS && !work.stopped; round += 1) {
      const left = await oneRound(session, work, { worker, toKid, progress, closed });
      if (left === 0) break;
    }
  } finally {
    worker.end();
  }
  return progress;
}

/**
 * @param {Session} session
 * @param {Work} work
 * @param {{worker: import("./resealing_worker.js").Sealer, toKid: string, progress: Progress, closed: Set<string>}} under
 * @returns {Promise<number>} how many changed meanwhile, and are to be tried again
 */
async function oneRound(session, work, under) {
  const { toKid, progress, closed } = under;
  let [after, again] = ["", 0];
  do {
    const page = await ask(`${session.root}/resealing${after && `?after=${after}`}`);
    if (page.to_kid !== toKid) throw new OtherKeys();
    progress.total = Math.max(progress.total, progress.done + page.total);
    work.show(progress);
    const ids = page.referrals.map((/** @type {any} */ one) => one.referral_id);
    const groups = inGroups(ids.filter((/** @type {string} */ id) => !closed.has(id)));
    const next = async () => {
      for (let group = groups.shift(); group && !work.stopped; group = groups.shift()) {
        again += await oneGroup(session, work, under, group);
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, next));
    after = page.next ?? "";
  } while (after && !work.stopped);
  return again + (await records(session, work, under));
}

/**
 * Records of the whole organisation, which move with no letter: a page of them at a time.
 * @param {Session} session
 * @param {Work} work
 * @param {Parameters<typeof oneRound>[2]} under
 * @returns {Promise<number>} how many changed meanwhile, and are to be tried again
 */
async function records(session, work, { worker, toKid, progress, closed }) {
  let [after, again] = ["", 0];
  while (!work.stopped) {
    const page = await ask(`${session.root}/resealing/records${after && `?after=${after}`}`);
    if (page.to_kid !== toKid) throw new OtherKeys();
    const open = page.records.filter((/** @type {any} */ one) => !closed.has(one.record_id));
    const made = await Promise.all(open.map((/** @type {any} */ one) => worker.record(one)));
    for (const [at, one] of open.entries()) if (!made[at]) closed.add(one.record_id);
    const anew = made.filter((one) => one !== null);
    progress.closed += open.length - anew.length;
    const done = anew.length > 0 ? await sentRecords(session, toKid, anew) : 0;
    progress.done += done;
    again += anew.length - done;
    work.show(progress);
    if (!page.next) break;
    after = page.next;
  }
  return again;
}

/**
 * @param {Session} session
 * @param {string} toKid
 * @param {import("./resealing_worker.js").RecordAnew[]} anew
 * @returns {Promise<number>} how many are under the new key now
 */
async function sentRecords(session, toKid, anew) {
  try {
    return (await session.post("/resealing/records", { to_kid: toKid, records: anew })).done.length;
  } catch (error) {
    if (error instanceof Problem && error.code === "key_retired") throw new OtherKeys();
    throw error;
  }
}

/**
 * @param {Session} session
 * @param {Work} work
 * @param {Parameters<typeof oneRound>[2]} under
 * @param {string[]} ids
 * @returns {Promise<number>}
 */
async function oneGroup(session, work, { worker, progress, closed }, ids) {
  const { referrals } = await session.post("/resealing", { referrals: ids });
  let again = 0;
  for (const handed of referrals) {
    if (work.stopped) break;
    const resealed = await worker.reseal(handed);
    if (resealed === null) {
      closed.add(handed.referral_id);
      progress.closed += 1;
    } else if (await sent(session, handed.referral_id, resealed)) progress.done += 1;
    else again += 1;
    work.show(progress);
  }
  return again;
}

/**
 * @param {Session} session
 * @param {string} referralId
 * @param {import("../../crypto/resealing.js").Resealed} resealed
 * @returns {Promise<boolean>} false where it changed since it was handed out, or is gone
 */
async function sent(session, referralId, resealed) {
  try {
    await session.post(`/referral/${referralId}/resealing`, resealed);
    return true;
  } catch (error) {
    if (error instanceof Problem && error.code === "key_retired") throw new OtherKeys();
    if (error instanceof Problem && ["version_conflict", "withdrawn", "not_found"].includes(error.code)) return false;
    throw error;
  }
}

/** @param {string[]} ids @returns {string[][]} */
function inGroups(ids) {
  return Array.from({ length: Math.ceil(ids.length / TOGETHER) }, (_, at) =>
    ids.slice(at * TOGETHER, (at + 1) * TOGETHER),
  );
}
