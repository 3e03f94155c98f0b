/** From answers to sealed letters: keys fetched and verified, every letter sealed. Nothing is sent here. */

import { sealReport } from "../../crypto/report.js";
import { b64uDecode } from "../../domain/wire.js";
import { fetchDirectory } from "../directory.js";
import { byId } from "../element.js";
import { isAnewUnsaid } from "../keys_anew.js";
import { text } from "../texts.js";
import { sealer } from "./destination.js";
import { identity, stretchedOnce } from "./identity.js";
import { isUrgent, letterDraft, several } from "./letter_draft.js";

/**
 * @typedef {import("./answers.js").Answers} Answers
 * @typedef {import("../../domain/letter.js").Letter} Letter
 * @typedef {{code: string, body: Uint8Array<ArrayBuffer>, urgent: boolean,
 *   letters: {slug: string, name: string, letter: Letter}[]}} Prepared
 */

/** A chosen organisation takes no reports any more. */
export class OrganisationGone extends Error {
  /** @override */
  name = "OrganisationGone";
}

/** An organisation would get a letter with nothing in it. */
export class EmptyLetter extends Error {
  /** @override */
  name = "EmptyLetter";
}

/** An organisation's keys were made anew since the page was loaded, and nothing old vouches for them. */
export class KeysAnew extends Error {
  /** @override */
  name = "KeysAnew";
}

/** Whether there is anything in a letter to begin with. @param {Letter} letter */
function says({ items, account, harm, threat }) {
  return items.length > 0 || account !== null || harm.length > 0 || threat.kinds.some((kind) => kind !== "none");
}

/** What stands over each part of the account, in the page's language. */
function headings() {
  return {
    seen: text("heading_seen"),
    events: text("heading_events"),
    worry: text("heading_worry"),
    note: text("heading_note"),
  };
}

/** The slow step while somebody still types; once more if the verified directory names another portal than the page. */
export function stretchAhead() {
  const { portal = "" } = byId("report").dataset;
  if (portal) stretchedOnce(identity().code, b64uDecode(portal, "portal_id", 16)).catch(() => {});
}

/**
 * Seal one letter to each chosen organisation. `letters` are read back from the very JSON that was sealed.
 * @param {Answers} answers
 * @param {(wait: import("../patient_post.js").Wait) => void} onWait
 * @returns {Promise<Prepared>}
 */
export async function prepare(answers, onWait) {
  const { portal_id, organisations } = await fetchDirectory({ onWait });
  const lang = document.documentElement.lang === "en" ? "en" : "ko";
  const { code, reportId, sentenceId } = identity();
  const letter = letterDraft({ answers, reportId, sentenceId, lang, headings: headings() });
  const choices = answers.organisations.map(({ slug, fields }) => {
    const organisation = organisations.find((one) => one.slug === slug);
    if (!organisation) throw new OrganisationGone(slug);
    if (isAnewUnsaid(organisation)) throw new KeysAnew(slug);
    const consent = { purposes: several(fields, "purposes"), pass_on: several(fields, "pass_on") };
    return { organisation, consent, compartments: several(fields, "compartments") };
  });
  const urgent = isUrgent(letter);
  const keepOwn = several(answers.fields, "own_declined").length === 0;
  const portalId = b64uDecode(portal_id);
  const stretched = await stretchedOnce(code, portalId);
  const { body, letters } = await sealReport({
    portalId,
    code,
    letter,
    urgent,
    choices,
    keepOwn,
    stretched,
    sealedBy: sealer(),
  });
  const empty = letters.find(({ letter: read }) => !says(read));
  if (empty) throw new EmptyLetter(empty.slug);
  const names = new Map(choices.map(({ organisation }) => [organisation.slug, organisation.name[lang]]));
  return { code, body, urgent, letters: letters.map((one) => ({ ...one, name: names.get(one.slug) ?? one.slug })) };
}
