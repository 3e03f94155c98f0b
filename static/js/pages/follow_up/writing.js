/**
 * What this person writes back, sealed. The same message is sent again unchanged until it is taken. Touches no page.
 *
 * @typedef {import("./visit.js").Visit} Visit
 * @typedef {import("./visit.js").Thread} Thread
 * @typedef {import("../../domain/wire.js").Bytes} Bytes
 */

import { randomBytes } from "../../crypto/encoding.js";
import { sealMessage } from "../../crypto/message.js";
import { followUpMessageJson, withdrawalJson } from "../../domain/coming_back.js";
import { emptyMessage, messageJson } from "../../domain/message_content.js";
import { b64uDecode, b64uEncode } from "../../domain/wire.js";
import { dayInKorea, isLiving, lastSeen } from "./said.js";

/**
 * Seal one message to a thread's organisation.
 * @param {Visit} visit
 * @param {Thread} thread
 * @param {Partial<import("../../domain/message_content.js").MessageContent> & {kind: string}} said
 * @param {number} now
 */
async function sealTo({ keys }, thread, said, now) {
  const messageId = randomBytes(16);
  const content = { ...emptyMessage({ kind: said.kind, sentOn: dayInKorea(now), after: lastSeen(thread) }), ...said };
  const sealed = await sealMessage({
    replyKey: thread.replyKey,
    direction: "to_organisation",
    portalId: keys.portalId,
    reportId: keys.reportId,
    originKid: thread.originKid,
    messageId,
    content: messageJson(content),
  });
  return { referralId: b64uDecode(thread.referralId, "referral_id", 16), messageId, sealed, content };
}

/**
 * The body that sends a text to one organisation, and the message as the thread will show it.
 * @param {{visit: Visit, thread: Thread, text: string, now?: number}} parts
 * @returns {Promise<{body: Bytes, message: import("./visit.js").Message}>}
 */
export async function writeBack({ visit, thread, text, now = Date.now() }) {
  const { content, ...sealed } = await sealTo(visit, thread, { kind: "text", text }, now);
  return {
    body: followUpMessageJson({ token: visit.keys.token, ...sealed }),
    message: {
      id: b64uEncode(sealed.messageId),
      direction: "to_organisation",
      receivedOn: content.sent_on,
      content,
    },
  };
}

/**
 * The body that withdraws the report everywhere, with a sealed word to each organisation.
 * @param {{visit: Visit, when: "72h" | "now", now?: number}} parts
 * @returns {Promise<Bytes>}
 */
export async function withdrawAll({ visit, when, now = Date.now() }) {
  const messages = [];
  for (const thread of visit.threads.filter(isLiving)) {
    const { content: _content, ...sealed } = await sealTo(visit, thread, { kind: "withdrawal", when }, now);
    messages.push(sealed);
  }
  return withdrawalJson({ token: visit.keys.token, when, messages });
}
