/** One visit with a receipt code: a report with a support centre, which passed it on to the police. */

import assert from "node:assert/strict";
import { randomBytes } from "../../static/js/crypto/encoding.js";
import { sealMessage } from "../../static/js/crypto/message.js";
import { sealOwn } from "../../static/js/crypto/own.js";
import { onwardKey, replyKey, stretch, token } from "../../static/js/crypto/receipt.js";
import { emptyMessage, messageJson } from "../../static/js/domain/message_content.js";
import { ownJson } from "../../static/js/domain/own_record.js";
import { generate } from "../../static/js/domain/receipt_code.js";
import { b64uDecode, b64uEncode } from "../../static/js/domain/wire.js";
import { readVisit } from "../../static/js/pages/follow_up/visit.js";

export const portalId = new Uint8Array(16).fill(1);
export const reportId = new Uint8Array(16).fill(2);
export const kids = { centre: new Uint8Array(16).fill(3), police: new Uint8Array(16).fill(4) };
export const ids = { centre: b64uEncode(new Uint8Array(16).fill(5)), police: b64uEncode(new Uint8Array(16).fill(6)) };
export const item = b64uEncode(new Uint8Array(16).fill(7));
export const code = generate();
export const stretched = await stretch(code, portalId);
export const centreKey = await replyKey(stretched, kids.centre);
export const policeKey = await onwardKey(centreKey, b64uDecode(ids.police), kids.police);

/** @param {Partial<import("../../static/js/domain/message_content.js").MessageContent>} said @param {object} [place] */
export async function fromCentre(said, place = {}) {
  const messageId = randomBytes(16);
  const start = emptyMessage({ kind: said.kind ?? "text", sentOn: "2026-11-22", after: null });
  const content = messageJson({ ...start, ...said });
  const where = {
    replyKey: centreKey,
    direction: "to_reporter",
    portalId,
    reportId,
    originKid: kids.centre,
    messageId,
  };
  const sealed = b64uEncode(await sealMessage({ ...where, ...place, content }));
  return { message_id: b64uEncode(messageId), direction: "to_reporter", received_on: "2026-11-22", sealed };
}

/** @param {any[]} messages @param {any} [more] */
export async function answerWith(messages, more = {}) {
  const organisations = [{ slug: "centre", consent: { purposes: ["deletion"], pass_on: [] } }];
  const own = ownJson({ v: 1, items: [{ id: item, url: "https://a.test/1" }], organisations });
  const sealed = await sealOwn({ stretched, portalId, reportId, content: own });
  const referral = {
    state: "assigned",
    state_on: "2026-11-22",
    received_on: "2026-11-21",
    due_on: "2026-11-24",
    opened_on: null,
    size: 2,
    items: [],
    referred_by: null,
    messages,
  };
  const [centre, police] = [b64uEncode(kids.centre), b64uEncode(kids.police)];
  return {
    report: {
      report_id: b64uEncode(reportId),
      received_on: "2026-11-21",
      state: "received",
      destroy_on: null,
      own: b64uEncode(sealed),
    },
    referrals: [
      {
        ...referral,
        referral_id: ids.police,
        organisation: "police",
        kid: police,
        origin_kid: police,
        referred_by: ids.centre,
        messages: [],
      },
      { ...referral, referral_id: ids.centre, organisation: "centre", kid: centre, origin_kid: centre },
    ],
    ...more,
  };
}

/** @param {any[]} messages @param {any} [more] */
export async function visitWith(messages, more) {
  const answer = await answerWith(messages, more);
  return readVisit({ portalId, stretched, token: await token(stretched), answer });
}

/** @param {import("../../static/js/pages/follow_up/visit.js").Visit} visit @param {string} slug */
export function threadOf(visit, slug) {
  const thread = visit.threads.find((one) => one.slug === slug);
  assert.ok(thread);
  return thread;
}
