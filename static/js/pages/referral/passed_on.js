// Letters that were passed on: one that came from another organisation, with its signature checked against the
// directory, and what became of those that went out from here.

import { verifyDirectory } from "../../crypto/epoch_chain.js";
import { openAnswer, openPassedOn } from "../../crypto/opening.js";
import { onwardKey } from "../../crypto/receipt.js";
import { parseAnswer } from "../../domain/onward_answer.js";
import { b64uDecode, b64uEncode } from "../../domain/wire.js";
import { FormatError } from "../../errors.js";
import { ask } from "../session/request.js";

/**
 * @typedef {import('../session.js').Session} Session
 * @typedef {import('./types.js').Opening} Opening
 * @typedef {import('../../crypto/epoch_chain.js').Organisation} Organisation
 * @typedef {'current'|'earlier'|'wrong'|'unchecked'} Signature `earlier`: by a key that was replaced since; `unchecked`:
 *   the directory could not be had, or does not have the organisation
 * @typedef {{slug: string, name: {ko: string, en: string}, signature: Signature}} Referrer
 * @typedef {import('./types.js').PassedOnStanding & {name: {ko: string, en: string}, said: string|null,
 *   signature: Signature}} PassedOn `said` is null where there are no words, or none that open
 */

/** @type {WeakMap<Session, Promise<Map<string, Organisation>>>} */
const directories = new WeakMap();

/**
 * Everybody in the portal's directory by slug, each with a chain of keys that holds.
 * @param {Session} session
 * @param {{fresh?: boolean}} [how]
 * @returns {Promise<Map<string, Organisation>>}
 * @throws {FormatError} where it does not hold
 */
export async function directoryOf(session, { fresh = false } = {}) {
  const known = directories.get(session);
  if (known && !fresh) return known;
  const asked = fetched(session);
  directories.set(session, asked);
  asked.catch(() => directories.delete(session)); // the next one asks again
  return asked;
}

/**
 * @param {Session} session
 * @returns {Promise<Map<string, Organisation>>}
 */
async function fetched(session) {
  const directory = await verifyDirectory(await ask(`${session.root}/api/v1/directory`));
  if (directory.portal_id !== b64uEncode(session.portalId)) throw new FormatError("directory.portal_id");
  return new Map(directory.organisations.map((one) => [one.slug, one]));
}

/**
 * Whether another organisation passed this on and nobody said yes to it: till then its state stays as it is.
 * @param {{onward?: string}} opening
 */
export function waitsForAnswer({ onward = "" }) {
  return ["offered", "refused"].includes(onward);
}

/**
 * Open a letter that another organisation passed on. One whose signature is wrong is opened too, and said to be so.
 * @param {Session} session
 * @param {Opening & {referrer: string}} opening
 * @param {{seed: Uint8Array, portalId: Uint8Array, reportId: Uint8Array, kid: Uint8Array, originKid: Uint8Array,
 *   sealed: Uint8Array}} parts
 * @returns {Promise<{plaintext: Uint8Array, referrer: Referrer}>}
 */
export async function letterPassedOn(session, { referrer: slug, referral_id }, parts) {
  const { name, signingKeys } = await keysOf(session, slug);
  const referralId = b64uDecode(referral_id, "referral_id", 16);
  const [plaintext, number] = await openPassedOn({ ...parts, referralId, referrer: slug, signingKeys });
  return { plaintext, referrer: { slug, name, signature: judged(number, signingKeys) } };
}

/**
 * What was passed on from a referral, with what the receivers answered.
 * @param {Session} session
 * @param {Opening} opening
 * @param {any|null} letter
 * @returns {Promise<PassedOn[]>}
 */
export async function passedOnFrom(session, opening, letter) {
  return Promise.all((opening.passed_on ?? []).map((one) => passedOn(session, opening, letter, one)));
}

/**
 * @param {Session} session
 * @param {Opening} opening
 * @param {any|null} letter
 * @param {import('./types.js').PassedOnStanding} standing
 * @returns {Promise<PassedOn>}
 */
async function passedOn(session, opening, letter, standing) {
  const { name, signingKeys } = await keysOf(session, standing.organisation);
  /** @type {PassedOn} */
  const unanswered = { ...standing, name, said: null, signature: "unchecked" };
  if (standing.answer === null || !letter) return unanswered;
  try {
    const [originKid, referralId] = [standing.origin_kid, standing.referral_id].map((id) => b64uDecode(id, "id", 16));
    if (!originKid || !referralId) return unanswered;
    const [content, number] = await openAnswer({
      replyKey: await onwardKey(b64uDecode(letter.reply_key, "reply_key", 32), referralId, originKid),
      portalId: session.portalId,
      reportId: b64uDecode(opening.report_id, "report_id", 16),
      originKid,
      referralId,
      receiver: standing.organisation,
      signingKeys,
      sealed: b64uDecode(standing.answer, "answer"),
    });
    const { answer, text } = parseAnswer(content);
    const taken = ["withdrawn", "destroyed"].includes(standing.state); // then the portal's word is about that
    const signature = answer === standing.state || taken ? judged(number, signingKeys) : "wrong";
    return { ...unanswered, said: text, signature };
  } catch {
    return { ...unanswered, signature: "wrong" };
  }
}

/**
 * @param {Session} session
 * @param {string} slug
 * @returns {Promise<{name: {ko: string, en: string}, signingKeys: Uint8Array[]}>} no keys where none can be believed
 */
async function keysOf(session, slug) {
  const organisation = await directoryOf(session).then(
    (found) => found.get(slug),
    () => undefined,
  );
  if (!organisation) return { name: { ko: slug, en: slug }, signingKeys: [] };
  const signingKeys = organisation.chain.map((entry) => b64uDecode(entry.signing_key, "signing_key", 32));
  return { name: organisation.name, signingKeys };
}

/**
 * @param {number} number which key signed, -1: none of these
 * @param {Uint8Array[]} signingKeys
 * @returns {Signature}
 */
function judged(number, signingKeys) {
  if (signingKeys.length === 0) return "unchecked";
  if (number === -1) return "wrong";
  return number === signingKeys.length - 1 ? "current" : "earlier";
}
