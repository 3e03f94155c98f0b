// One letter of a monitoring group: an ordinary report by an organisation, sealed to each receiver. Touches no page.

import { randomBytes } from "../../crypto/encoding.js";
import { sealReport } from "../../crypto/report.js";
import { compartmentsOf } from "../../domain/compartment.js";
import { emptyItem, emptyLetter } from "../../domain/letter.js";
import { b64uDecode, utf8Decode } from "../../domain/wire.js";

/**
 * @typedef {import("../../domain/batch_record.js").BatchContent} BatchContent
 * @typedef {import("../../crypto/epoch_chain.js").Organisation} Organisation
 */

/** What each kind may do with it. @type {ReadonlyMap<string, string[]>} */
const PURPOSES = new Map([
  ["support_centre", ["deletion"]],
  ["commission", ["review"]],
  ["police", ["police"]],
]);
export const KINDS = [...PURPOSES.keys()];

/** An organisation takes no letters any more. */
export class ReceiverGone extends Error {
  /** @override */
  name = "ReceiverGone";
}

/**
 * What stands in the letter: links, that an organisation reports them, and who it is, for those who may read words.
 * @param {BatchContent} batch
 * @param {string} account
 * @returns {import("../../domain/letter.js").Letter}
 */
export function letterOf({ report_id, lang, rows }, account) {
  const letter = emptyLetter({ reportId: b64uDecode(report_id, "report_id", 16), lang });
  const items = rows.map(({ url, place, poster }) => ({ ...emptyItem(randomBytes(16)), url, place, poster }));
  const reporter = { ...letter.reporter, role: "organisation" };
  return { ...letter, reporter, items, wishes: ["delete", "block"], account: { text: account } };
}

/**
 * The body that is sent, and sent again unchanged over a bad line.
 * @param {{batch: BatchContent, account: string, portalId: Uint8Array, directory: ReadonlyMap<string, Organisation>}} parts
 * @returns {Promise<any>}
 * @throws {ReceiverGone}
 */
export async function sealedBody({ batch, account, portalId, directory }) {
  const choices = batch.to.map((slug) => {
    const organisation = directory.get(slug);
    const purposes = PURPOSES.get(organisation?.kind ?? "");
    if (!organisation || !purposes) throw new ReceiverGone(slug);
    const compartments = compartmentsOf(organisation.kind).includes("account") ? ["account"] : [];
    return { organisation, consent: { purposes, pass_on: [] }, compartments };
  });
  const { body } = await sealReport({
    portalId,
    code: batch.code,
    letter: letterOf(batch, account),
    urgent: false,
    choices,
    keepOwn: true,
    sealedBy: "caseworker",
  });
  return JSON.parse(utf8Decode(body));
}
