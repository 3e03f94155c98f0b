// Sealing a letter to the receiver's key of today and sending it; where that key was replaced meanwhile, once more.

import { leaf } from "../../crypto/custody.js";
import { randomBytes } from "../../crypto/encoding.js";
import { sealReferral } from "../../crypto/envelope.js";
import { letterJson } from "../../domain/letter.js";
import { ENVELOPE_OVERHEAD } from "../../domain/sealed_length.js";
import { b64uDecode, b64uEncode } from "../../domain/wire.js";
import { epochFor, newestKid } from "../referral/open_case.js";
import { directoryOf } from "../referral/passed_on.js";
import { sealToReporter } from "../referral/sealing.js";
import { Problem } from "../session/request.js";
import { withNewKeys } from "./letter.js";

/**
 * @typedef {import('../session.js').Session} Session
 * @typedef {import('../referral/types.js').Case} Case
 * @typedef {import('../../crypto/epoch_chain.js').Organisation} Organisation
 * @typedef {{slug: string, letter: import("../../domain/letter.js").Letter, urgent: boolean, toReporter: string}} Chosen
 * @typedef {{referral_id: string, organisation: string, kid: string, sealed: string, leaf: string, urgent: boolean,
 *   message: import('../referral/sealing.js').SealedBody|null}} Body
 */

const MOST_TRIES = 3;

/**
 * Seal what was chosen, made once.
 * @param {Session} session
 * @param {Case} held
 * @param {Chosen} chosen
 * @returns {Promise<Body>}
 */
export async function makeOnward(session, held, chosen) {
  const receiver = (await directoryOf(session)).get(chosen.slug);
  if (!receiver) throw new TypeError(chosen.slug);
  const message = chosen.toReporter.trim() ? await sealToReporter(session, held, { text: chosen.toReporter }) : null;
  const body = await sealed(session, held, chosen, receiver, randomBytes(16));
  return { ...body, urgent: chosen.urgent, message };
}

/**
 * Send it; where the receiver has other keys by now, fetch and check the directory again and seal anew, into the same
 * body, so that what is tried again after a lost answer is what was sent last. Never with a key out of an error.
 * @param {Session} session
 * @param {Case} held
 * @param {Chosen} chosen
 * @param {Body} body the same bytes again change nothing
 * @returns {Promise<void>}
 */
export async function sendOnward(session, held, chosen, body) {
  for (let tries = 1; ; tries += 1) {
    try {
      await session.post(`/referral/${held.opening.referral_id}/onward`, body);
      return;
    } catch (error) {
      if (!(error instanceof Problem) || error.code !== "key_retired" || tries === MOST_TRIES) throw error;
      const receiver = (await directoryOf(session, { fresh: true })).get(chosen.slug);
      if (!receiver) throw error;
      const referralId = b64uDecode(body.referral_id, "referral_id", 16);
      Object.assign(body, await sealed(session, held, chosen, receiver, referralId));
    }
  }
}

/**
 * @param {Session} session
 * @param {Case} held
 * @param {Chosen} chosen
 * @param {Organisation} receiver
 * @param {Uint8Array} referralId
 * @returns {Promise<Pick<Body, "referral_id"|"organisation"|"kid"|"sealed"|"leaf">>}
 */
async function sealed(session, { opening }, { letter }, receiver, referralId) {
  const { portalId } = session;
  const kid = b64uDecode(receiver.kid, "kid", 16);
  const reportId = b64uDecode(opening.report_id, "report_id", 16);
  const onward = await withNewKeys(letter, referralId, kid);
  const { signingSeed } = epochFor(session, newestKid(session));
  const envelope = await sealReferral({
    publicKey: b64uDecode(receiver.public_key, "public_key"),
    portalId,
    reportId,
    kid,
    referralId,
    referrer: session.caseworker.slug,
    signingSeed: /** @type {Uint8Array} */ (signingSeed),
    letter: letterJson(onward),
    bucket: b64uDecode(opening.sealed, "sealed").length - ENVELOPE_OVERHEAD,
  });
  const logKey = b64uDecode(onward.log_key, "log_key", 32);
  return {
    referral_id: b64uEncode(referralId),
    organisation: receiver.slug,
    kid: receiver.kid,
    sealed: b64uEncode(envelope),
    leaf: b64uEncode(await leaf({ logKey, portalId, reportId, kid, sealed: envelope })),
  };
}
