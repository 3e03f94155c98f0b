/**
 * A whole report, sealed: one letter to each organisation that the reporter chose, all of one size, and the own record.
 * What each will read is given back parsed from the very JSON that is sealed. It puts the twins together and has none.
 *
 * @typedef {import("../domain/wire.js").Bytes} Bytes
 * @typedef {import("../domain/letter.js").Letter} Letter
 * @typedef {{organisation: import("./epoch_chain.js").Organisation, consent: import("../domain/letter.js").Consent,
 *   compartments: string[]}} Choice the organisation as the verified directory has it
 * @typedef {{slug: string, letter: Letter}} Reading
 */

import { letterFor } from "../domain/compartment.js";
import { letterJson, parseLetter } from "../domain/letter.js";
import { ownJson, ownRecordFor } from "../domain/own_record.js";
import { submissionJson } from "../domain/submission.js";
import { b64uDecode, b64uEncode } from "../domain/wire.js";
import { FormatError } from "../errors.js";
import { leaf } from "./custody.js";
import { sealLetter } from "./envelope.js";
import { sealOwn } from "./own.js";
import { bucketFor, LETTER_BUCKETS } from "./padding.js";
import { logKey, lookupOf, replyKey, stretch, token } from "./receipt.js";

/** @param {Letter} letter @param {Choice} choice */
function letterOf(letter, { organisation, consent, compartments }) {
  return letterFor({ kind: organisation.kind, letter, consent, allowedCompartments: compartments });
}

/**
 * What each chosen organisation would read, parsed from the JSON that would be sealed; the keys are still zero.
 * @param {{letter: Letter, choices: Choice[]}} parts @returns {Reading[]}
 */
export function lettersFor({ letter, choices }) {
  return choices.map((choice) => ({
    slug: choice.organisation.slug,
    letter: parseLetter(letterJson(letterOf(letter, choice))),
  }));
}

/**
 * Seals a report. `body` is sent as it is, and again unchanged over a bad line; `token` brings the reporter back.
 * `stretched` saves the slow step where the code was stretched already.
 * @param {{portalId: Uint8Array, code: string, letter: Letter, urgent: boolean, choices: Choice[], keepOwn: boolean,
 *   sealedBy?: string, stretched?: Uint8Array}} parts
 * @returns {Promise<{body: Bytes, token: Bytes, lookup: Bytes, letters: Reading[]}>}
 */
export async function sealReport({ portalId, code, letter, urgent, choices, keepOwn, sealedBy = "browser", ...given }) {
  const stretched = given.stretched ?? (await stretch(code, portalId));
  const reportId = b64uDecode(letter.report_id, "letter.report_id", 16);
  const written = await Promise.all(choices.map((choice) => writeLetter(letter, choice, stretched)));
  if (written.length === 0) throw new FormatError("envelopes");
  const bucket = bucketFor(Math.max(...written.map(({ json }) => json.length)), LETTER_BUCKETS);
  const envelopes = [];
  for (const one of written) {
    const { organisation, kid, json } = one;
    const publicKey = b64uDecode(organisation.public_key, "public_key");
    const sealed = await sealLetter({ publicKey, portalId, reportId, kid, sealedBy, letter: json, bucket });
    const receipt = await leaf({ logKey: one.logKey, portalId, reportId, kid, sealed });
    envelopes.push({ organisation: organisation.slug, kid, sealed, leaf: receipt });
  }
  const own = keepOwn ? await sealOwnRecord({ portalId, reportId, stretched, letter, choices }) : null;
  const presented = await token(stretched);
  const lookup = await lookupOf(presented);
  return {
    body: submissionJson({ reportId, lookup, urgent, sealedBy, own, envelopes }),
    token: presented,
    lookup,
    letters: written.map(({ organisation, json }) => ({ slug: organisation.slug, letter: parseLetter(json) })),
  };
}

/**
 * One organisation's letter with its keys, as the JSON that is sealed.
 * @param {Letter} letter @param {Choice} choice @param {Uint8Array} stretched
 */
export async function writeLetter(letter, choice, stretched) {
  const kid = b64uDecode(choice.organisation.kid, "kid", 16);
  const [reply, log] = await Promise.all([replyKey(stretched, kid), logKey(stretched, kid)]);
  const keys = { reply_key: b64uEncode(reply), log_key: b64uEncode(log) };
  return {
    organisation: choice.organisation,
    kid,
    logKey: log,
    json: letterJson({ ...letterOf(letter, choice), ...keys }),
  };
}

/** @param {{portalId: Uint8Array, reportId: Uint8Array, stretched: Uint8Array, letter: Letter, choices: Choice[]}} parts */
async function sealOwnRecord({ portalId, reportId, stretched, letter, choices }) {
  const organisations = choices.map(({ organisation, consent }) => ({ slug: organisation.slug, consent }));
  const content = ownJson(ownRecordFor({ items: letter.items, organisations }));
  return sealOwn({ stretched, portalId, reportId, content });
}
