/**
 * A draft on its way to the portal and back: sealed here, found there by a token of the receipt code. Touches no page.
 *
 * @typedef {import("../../domain/wire.js").Bytes} Bytes
 * @typedef {import("./draft_content.js").Answers} Answers
 * @typedef {(wait: import("../patient_post.js").Wait) => void} OnWait
 * @typedef {{step: string, answers: Answers, links: {id: string, answers: Answers}[]}} Written
 */

import { randomBytes } from "../../crypto/encoding.js";
import { sealDraft } from "../../crypto/own.js";
import { draftToken } from "../../crypto/receipt.js";
import { openDraft } from "../../crypto/small_opening.js";
import { draftJson, followUpJson } from "../../domain/coming_back.js";
import { b64uDecode, b64uEncode } from "../../domain/wire.js";
import { fetchDirectory } from "../directory.js";
import { patientPost } from "../patient_post.js";
import { draftContent, parseDraftContent } from "./draft_content.js";
import { adopt, identity, stretchedOnce } from "./identity.js";

/** What the portal has under this code was saved by another page since: that would be lost. */
export class KeptElsewhere extends Error {
  /** @override */
  name = "KeptElsewhere";
}

/** The portal did not take it, and says why. */
export class NotKept extends Error {
  /** @override */
  name = "NotKept";
}

/**
 * What a code yields for its draft.
 * @param {string} code
 * @param {OnWait} onWait
 */
async function keysOf(code, onWait) {
  const portalId = b64uDecode((await fetchDirectory({ onWait })).portal_id, "portal_id", 16);
  const stretched = await stretchedOnce(code, portalId);
  return { portalId, stretched, token: await draftToken(stretched) };
}

/**
 * Keep what was written, under the code of this report.
 * @param {{written: Written, replace: boolean, onWait: OnWait}} parts `replace` also what another page kept meanwhile
 * @returns {Promise<string>} the last day on which it is given back
 */
export async function keep({ written, replace, onWait }) {
  const own = identity();
  const { portalId, stretched, token } = await keysOf(own.code, onWait);
  const content = draftContent({
    report_id: b64uEncode(own.reportId),
    sentence_id: b64uEncode(own.sentenceId),
    ...written,
  });
  if (own.draftId && !replace && (await isAnother({ token, draftId: own.draftId, onWait }))) throw new KeptElsewhere();
  const draftId = randomBytes(16);
  const sealed = await sealDraft({ stretched, portalId, draftId, content });
  const { status, answer } = await patientPost({
    address: "draft",
    body: draftJson({ draftId, token, sealed }),
    onWait,
  });
  if (status !== 201) throw new NotKept(answer?.detail ?? "");
  own.draftId = b64uEncode(draftId);
  return answer.kept_until;
}

/** @param {{token: Bytes, draftId: string, onWait: OnWait}} parts */
async function isAnother({ token, draftId, onWait }) {
  const { status, answer } = await patientPost({ address: "draft/open", body: followUpJson(token), onWait });
  return status === 200 && answer.draft_id !== draftId;
}

/**
 * Open what is kept under a code, and go on as that report.
 * @param {{code: string, onWait: OnWait}} parts
 * @returns {Promise<(Written & {keptUntil: string}) | null>} null when nothing is kept under it
 */
export async function openKept({ code, onWait }) {
  const { portalId, stretched, token } = await keysOf(code, onWait);
  const { status, answer } = await patientPost({ address: "draft/open", body: followUpJson(token), onWait });
  if (status === 404) return null;
  if (status !== 200) throw new NotKept(answer?.detail ?? "");
  const draftId = b64uDecode(answer.draft_id, "draft_id", 16);
  const sealed = b64uDecode(answer.sealed, "sealed");
  const { report_id, sentence_id, ...written } = parseDraftContent(
    await openDraft({ stretched, portalId, draftId, sealed }),
  );
  adopt({
    code,
    reportId: b64uDecode(report_id, "report_id", 16),
    sentenceId: b64uDecode(sentence_id, "sentence_id", 16),
    draftId: answer.draft_id,
  });
  return { ...written, keptUntil: answer.kept_until };
}

/**
 * Destroy the draft of this report, if this page knows of one.
 * @param {OnWait} [onWait]
 */
export async function destroyKept(onWait = () => {}) {
  const own = identity();
  if (!own.draftId) return;
  const { token } = await keysOf(own.code, onWait);
  const { status, answer } = await patientPost({ address: "draft/destroy", body: followUpJson(token), onWait });
  if (status !== 200 && status !== 404) throw new NotKept(answer?.detail ?? "");
  own.draftId = "";
}
