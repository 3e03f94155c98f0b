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
import { MESSAGE_BUCKETS } from "../../domain/sealed_length.js";
import { b64uDecode, b64uEncode, canonicalJson } from "../../domain/wire.js";
import { dayInKorea, isLiving, isThere, lastSeen } from "./said.js";

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

/** Bytes of addresses that fit into one message beside its other fields. */
const ITEMS_BYTES = (MESSAGE_BUCKETS.at(-1) ?? 0) - 1024;

/**
 * @typedef {{body: Bytes, message: import("./visit.js").Message}} Letter what is sent, and as the thread will show it
 * @typedef {import("../../domain/letter.js").Item} Item
 */

/**
 * The body that sends a text to one organisation.
 * @param {{visit: Visit, thread: Thread, text: string, now?: number}} parts
 * @returns {Promise<Letter>}
 */
export function writeBack({ visit, thread, text, now = Date.now() }) {
  return write(visit, thread, { kind: "text", text }, now);
}

/**
 * The bodies that add addresses to one organisation's letter: as few messages as they fit into.
 * @param {{visit: Visit, thread: Thread, items: Item[], now?: number}} parts
 * @returns {Promise<Letter[]>}
 */
export async function addLinks({ visit, thread, items, now = Date.now() }) {
  const letters = [];
  let after = lastSeen(thread);
  for (const some of inMessages(items)) {
    const letter = await write(visit, thread, { kind: "items", items: some, after }, now);
    after = letter.message.id;
    letters.push(letter);
  }
  return letters;
}

/**
 * The body that tells one organisation what it may do from now on.
 * @param {{visit: Visit, thread: Thread, consent: import("../../domain/letter.js").Consent, now?: number}} parts
 * @returns {Promise<Letter>}
 */
export function changeConsent({ visit, thread, consent, now = Date.now() }) {
  return write(visit, thread, { kind: "consent", consent }, now);
}

/** @param {Item[]} items */
function inMessages(items) {
  /** @type {Item[][]} */
  const messages = [];
  let room = 0;
  for (const item of items) {
    const length = canonicalJson(item).length + 1;
    if (length > room) {
      messages.push([]);
      room = ITEMS_BYTES;
    }
    messages.at(-1)?.push(item);
    room -= length;
  }
  return messages;
}

/**
 * @param {Visit} visit
 * @param {Thread} thread
 * @param {Parameters<typeof sealTo>[2]} said
 * @param {number} now
 * @returns {Promise<Letter>}
 */
async function write(visit, thread, said, now) {
  const { content, ...sealed } = await sealTo(visit, thread, said, now);
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
 * The body that withdraws from the given organisations, with a sealed word to each that still has something.
 * @param {{visit: Visit, threads: Thread[], when: "72h" | "now", now?: number}} parts
 * @returns {Promise<Bytes>}
 */
export async function withdrawFrom({ visit, threads, when, now = Date.now() }) {
  const messages = [];
  // What was withdrawn before, and waits for its day, goes with the rest when all is to go now.
  for (const thread of threads.filter(when === "now" ? isThere : isLiving)) {
    const { content: _content, ...sealed } = await sealTo(visit, thread, { kind: "withdrawal", when }, now);
    messages.push(sealed);
  }
  return withdrawalJson({ token: visit.keys.token, when, messages });
}
