/**
 * One visit with a receipt code: the token is presented, everything sealed is opened here. The code and what it yields
 * live in this page's memory and nowhere else. Touches no page.
 *
 * @typedef {import("../../domain/wire.js").Bytes} Bytes
 * @typedef {import("../../domain/message_content.js").MessageContent} MessageContent
 * @typedef {import("./reach.js").Reach} Reach
 * @typedef {{id: string, direction: string, receivedOn: string, content: MessageContent | null}} Message
 *   `content` is null where it could not be opened
 * @typedef {import("./links.js").Link} Link
 * @typedef {import("./links.js").Standing} Standing
 * @typedef {{referralId: string, slug: string, state: string, stateOn: string, referredBy: string | null, onward: string,
 *   receivedOn: string, dueOn: string, openedOn: string | null, size: number, destroyOn: string | null,
 *   keptUntil: string | null, hold: {since: string, reviewOn: string} | null, replyKey: Bytes, originKid: Bytes,
 *   items: Standing[], links: Link[], messages: Message[], reach: Reach | null,
 *   lostOn: string | null}} Thread `lostOn`: the day on which the organisation lost the keys that open this letter
 * @typedef {(slug: string, kid: string) => string | null} LostOn
 * @typedef {{portalId: Bytes, reportId: Bytes, stretched: Bytes, token: Bytes}} Keys
 * @typedef {{keys: Keys, receivedOn: string, state: string, destroyOn: string | null, own: OwnRecord | null,
 *   threads: Thread[]}} Visit
 * @typedef {import("../../domain/own_record.js").OwnRecord} OwnRecord
 */

import { onwardKey, replyKey, stretch, token } from "../../crypto/receipt.js";
import { openMessage, openOwn } from "../../crypto/small_opening.js";
import { followUpJson } from "../../domain/coming_back.js";
import { parseMessage } from "../../domain/message_content.js";
import { parseOwn } from "../../domain/own_record.js";
import { shownSince } from "../../domain/progress.js";
import { b64uDecode } from "../../domain/wire.js";
import { FormatError } from "../../errors.js";
import { linksOf } from "./links.js";

/**
 * Stretch a code and present its token. Nothing of the code itself is sent. `stretched` saves the slow step.
 * `lostOn` gives the day on which an organisation lost the key that a kid names, if it did.
 * @param {{code: string, portalId: Bytes, stretched?: Bytes, lostOn?: LostOn,
 *   post: (address: string, body: Bytes) => Promise<import("../patient_post.js").Answer>}} parts
 * @returns {Promise<Visit | null>} null when no report belongs to the code
 */
export async function openVisit({ code, portalId, post, ...known }) {
  const stretched = known.stretched ?? (await stretch(code, portalId));
  const presented = await token(stretched);
  const { status, answer } = await post("follow-up", followUpJson(presented));
  if (status === 404) return null;
  if (status !== 200) throw new FormatError("follow_up");
  return readVisit({ portalId, stretched, token: presented, answer, lostOn: known.lostOn });
}

/**
 * Open everything in an answer of `POST /follow-up`.
 * @param {{portalId: Bytes, stretched: Bytes, token: Bytes, answer: any, lostOn?: LostOn | undefined}} parts
 * @returns {Promise<Visit>}
 */
export async function readVisit({ answer, lostOn = () => null, ...known }) {
  const { report } = answer;
  const reportId = b64uDecode(report.report_id, "report_id", 16);
  const keys = { ...known, reportId };
  const own = await ownRecord(keys, report.own);
  const replyKeys = await replyKeysOf(keys.stretched, answer.referrals);
  /** @type {Map<string, Reach>} */
  const reaches = new Map(Object.entries(answer.reach ?? {}));
  /** @type {Omit<Thread, "links">[]} */
  const read = [];
  for (const referral of answer.referrals) {
    const key = replyKeys.get(referral.referral_id);
    const reach = reaches.get(referral.organisation) ?? null;
    const lost = { reach, lostOn: lostOn(referral.organisation, referral.kid) };
    if (key) read.push({ ...(await readThread(keys, key, referral, report.received_on)), ...lost });
  }
  const threads = read.map((thread) => ({ ...thread, links: linksOf(thread, own?.items ?? null, read) }));
  return {
    keys,
    receivedOn: report.received_on,
    state: report.state,
    destroyOn: report.destroy_on,
    own,
    threads,
  };
}

/**
 * @param {Keys} keys
 * @param {string | null} sealed
 */
async function ownRecord({ stretched, portalId, reportId }, sealed) {
  if (sealed === null) return null;
  try {
    return parseOwn(await openOwn({ stretched, portalId, reportId, sealed: b64uDecode(sealed, "own") }));
  } catch (error) {
    if (error instanceof FormatError) return null;
    throw error;
  }
}

/**
 * A thread's key comes from the code, or, for a referral onward, from the thread that it came out of.
 * @param {Bytes} stretched
 * @param {any[]} referrals
 * @returns {Promise<Map<string, Bytes>>} by referral id
 */
async function replyKeysOf(stretched, referrals) {
  /** @type {Map<string, Bytes>} */
  const found = new Map();
  let waiting = referrals;
  while (waiting.length > 0) {
    const ready = waiting.filter((referral) => referral.referred_by === null || found.has(referral.referred_by));
    if (ready.length === 0) break; // the portal names a referrer that it does not show: no key, no thread
    for (const referral of ready) {
      const kid = b64uDecode(referral.origin_kid, "origin_kid", 16);
      const from = found.get(referral.referred_by);
      const key = from
        ? await onwardKey(from, b64uDecode(referral.referral_id, "referral_id", 16), kid)
        : await replyKey(stretched, kid);
      found.set(referral.referral_id, key);
    }
    waiting = waiting.filter((referral) => !found.has(referral.referral_id));
  }
  return found;
}

/**
 * @param {Keys} keys
 * @param {Bytes} key
 * @param {any} referral
 * @param {string} reportedOn
 * @returns {Promise<Omit<Thread, "reach" | "links" | "lostOn">>}
 */
async function readThread(keys, key, referral, reportedOn) {
  const originKid = b64uDecode(referral.origin_kid, "origin_kid", 16);
  const messages = [];
  for (const kept of referral.messages) messages.push(await readMessage(keys, key, originKid, kept));
  const [state, stateOn] = shownSince(referral.state, referral.state_on, reportedOn, "received");
  return {
    referralId: referral.referral_id,
    slug: referral.organisation,
    state,
    stateOn,
    // While a portal is being renewed, an older process may answer without these.
    receivedOn: referral.received_on ?? reportedOn,
    dueOn: referral.due_on ?? referral.state_on,
    openedOn: referral.opened_on ?? null,
    size: referral.size ?? 1,
    destroyOn: referral.destroy_on,
    keptUntil: referral.kept_until ?? null,
    hold: referral.hold ? { since: referral.hold.since, reviewOn: referral.hold.review_on } : null,
    referredBy: referral.referred_by,
    onward: referral.onward ?? "",
    replyKey: key,
    originKid,
    items: referral.items.map((/** @type {Standing} */ item) => shownItem(item, reportedOn)),
    messages,
  };
}

/**
 * A day before the person's own report would come of somebody else's.
 * @param {Standing} item
 * @param {string} reportedOn
 * @returns {Standing}
 */
function shownItem({ item_id, state, state_on }, reportedOn) {
  const [shown, since] = shownSince(state, state_on, reportedOn, "reported");
  return { item_id, state: shown, state_on: since };
}

/**
 * @param {Keys} keys
 * @param {Bytes} key
 * @param {Bytes} originKid
 * @param {{message_id: string, direction: string, received_on: string, sealed: string}} kept
 * @returns {Promise<Message>}
 */
async function readMessage({ portalId, reportId }, key, originKid, kept) {
  const { direction } = kept;
  /** @type {MessageContent | null} */
  let content = null;
  try {
    const messageId = b64uDecode(kept.message_id, "message_id", 16);
    const sealed = b64uDecode(kept.sealed, "sealed");
    content = parseMessage(
      await openMessage({ replyKey: key, direction, portalId, reportId, originKid, messageId, sealed }),
    );
  } catch (error) {
    if (!(error instanceof FormatError)) throw error;
  }
  return { id: kept.message_id, direction, receivedOn: kept.received_on, content };
}
