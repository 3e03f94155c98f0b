/**
 * One more letter of a report that was sent before, sealed to an organisation that has none, and the own record as it is
 * with it. The other half of `app/crypto/addition.py`; like `report.js` it puts the twins together and has none.
 *
 * @typedef {import("../domain/wire.js").Bytes} Bytes
 * @typedef {import("../domain/letter.js").Letter} Letter
 * @typedef {import("../domain/own_record.js").OwnRecord} OwnRecord
 */

import { additionJson } from "../domain/coming_back.js";
import { parseLetter } from "../domain/letter.js";
import { ownJson } from "../domain/own_record.js";
import { b64uDecode } from "../domain/wire.js";
import { FormatError } from "../errors.js";
import { leaf } from "./custody.js";
import { sealLetter } from "./envelope.js";
import { sealOwn } from "./own.js";
import { bucketFor, LETTER_BUCKETS } from "./padding.js";
import { token } from "./receipt.js";
import { writeLetter } from "./report.js";

/**
 * Seals it. `size`, 1 to 4, is that of the report's other letters: this one is no smaller. `own` is null where no own
 * record is kept. `body` is sent as it is, and again unchanged over a bad line.
 * @param {{portalId: Uint8Array, stretched: Uint8Array, letter: Letter, choice: import("./report.js").Choice,
 *   size: number, own: OwnRecord | null, sealedBy?: string}} parts
 * @returns {Promise<{body: Bytes, letter: Letter}>} the letter parsed from the very JSON that was sealed
 */
export async function sealAddition({ portalId, stretched, letter, choice, size, own, sealedBy = "browser" }) {
  const reportId = b64uDecode(letter.report_id, "letter.report_id", 16);
  const { organisation, kid, logKey, json } = await writeLetter(letter, choice, stretched);
  const least = LETTER_BUCKETS[size - 1];
  if (least === undefined) throw new FormatError("size");
  const bucket = Math.max(bucketFor(json.length, LETTER_BUCKETS), least);
  const publicKey = b64uDecode(organisation.public_key, "public_key");
  const sealed = await sealLetter({ publicKey, portalId, reportId, kid, sealedBy, letter: json, bucket });
  const envelope = {
    organisation: organisation.slug,
    kid,
    sealed,
    leaf: await leaf({ logKey, portalId, reportId, kid, sealed }),
  };
  const sealedOwn = own && (await sealOwn({ stretched, portalId, reportId, content: ownJson(own) }));
  const body = additionJson({ token: await token(stretched), sealedBy, envelope, own: sealedOwn });
  return { body, letter: parseLetter(json) };
}
