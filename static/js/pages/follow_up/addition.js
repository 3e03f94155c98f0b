/**
 * A letter to one more organisation, rebuilt from what the code gave back and what is typed now. Touches no page.
 *
 * @typedef {import("./visit.js").Visit} Visit
 * @typedef {import("../../domain/letter.js").Letter} Letter
 * @typedef {import("../../domain/letter.js").Consent} Consent
 * @typedef {import("../../domain/own_record.js").OwnRecord} OwnRecord
 * @typedef {import("../../crypto/epoch_chain.js").Organisation} Organisation
 * @typedef {{organisation: Organisation, consent: Consent, mayReadAccount: boolean}} Chosen
 * @typedef {{lang: "ko" | "en", sentence: string, account: string, sentenceId: import("../../domain/wire.js").Bytes,
 *   reporter?: {role: string, age_group: string}}} Typed
 * @typedef {{slug: string, body: import("../../domain/wire.js").Bytes, letter: Letter}} Sealed
 */

import { sealAddition } from "../../crypto/addition.js";
import { emptyItem, emptyLetter } from "../../domain/letter.js";
import { ownRecordFor } from "../../domain/own_record.js";
import { b64uDecode } from "../../domain/wire.js";
import { everyLink } from "./links.js";
import { consentInForce } from "./said.js";

/**
 * The whole letter before an organisation's own is cut from it: every address that is known, one sentence, own words.
 * @param {Visit} visit
 * @param {Typed} typed
 * @returns {Letter}
 */
export function letterOf({ keys, own, threads }, { lang, sentence, account, sentenceId, reporter }) {
  const items = everyLink(own?.items ?? null, threads).map(({ id, url }) => ({
    ...emptyItem(b64uDecode(id, "id", 16)),
    url,
  }));
  if (sentence) items.push({ ...emptyItem(sentenceId), kind: "none", place: sentence });
  const empty = emptyLetter({ reportId: keys.reportId, lang });
  return {
    ...empty,
    reporter: { ...empty.reporter, ...reporter },
    items,
    account: account ? { text: account } : null,
  };
}

/**
 * Seal a letter to each chosen organisation, each with the own record as it is once that one is there.
 * @param {{visit: Visit, chosen: Chosen[], typed: Typed}} parts
 * @returns {Promise<Sealed[]>}
 */
export async function sealAdditions({ visit, chosen, typed }) {
  const { portalId, stretched } = visit.keys;
  const letter = letterOf(visit, typed);
  const size = Math.max(...visit.threads.map((thread) => thread.size));
  /** @type {Sealed[]} */
  const sealed = [];
  let own = visit.own && ownNow(visit.own, visit);
  for (const { organisation, consent, mayReadAccount } of chosen) {
    const { slug } = organisation;
    const choice = { organisation, consent, compartments: mayReadAccount ? ["account"] : [] };
    own = own && ownWith(own, letter, slug, consent);
    sealed.push({ slug, ...(await sealAddition({ portalId, stretched, letter, choice, size, own })) });
  }
  return sealed;
}

/**
 * The own record with the consents that are in force now.
 * @param {OwnRecord} own
 * @param {Visit} visit
 * @returns {OwnRecord}
 */
function ownNow(own, { threads }) {
  const organisations = own.organisations.map(({ slug, consent }) => {
    const thread = threads.findLast((one) => one.slug === slug && one.referredBy === null);
    return { slug, consent: (thread && consentInForce(thread, own)) ?? consent };
  });
  return { ...own, organisations };
}

/**
 * @param {OwnRecord} own
 * @param {Letter} letter
 * @param {string} slug
 * @param {Consent} consent
 * @returns {OwnRecord}
 */
function ownWith(own, letter, slug, consent) {
  const others = own.organisations.filter((one) => one.slug !== slug);
  return ownRecordFor({ items: letter.items, organisations: [...others, { slug, consent }] });
}
