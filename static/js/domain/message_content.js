/**
 * What a message says: JSON with every field present, in this order. Twin of `app/domain/message_content.py`; both replay
 * `tests/vectors/message_content.json`.
 *
 * @typedef {import("./wire.js").Bytes} Bytes
 * @typedef {{item: string|null, state: string}} StateOf of one item, or of the referral where `item` is null
 * @typedef {{v: 1, after: string|null, sent_on: string, kind: string, text: string,
 *   items: import("./letter.js").Item[], states: StateOf[], consent: import("./letter.js").Consent|null,
 *   when: string|null}} MessageContent `after` is the last message that the sender had seen, `sent_on` a day in Korea
 */

import { FormatError } from "../errors.js";
import { checkConsent, checkItems, day, LIMITS } from "./letter.js";
import { ITEM_STATES, MESSAGE_KINDS, REFERRAL_STATES, WITHDRAWAL_TIMES } from "./vocabulary.js";
import * as wire from "./wire.js";

export const TEXT_MOST = 10_000;

/** Which words there are depends on whether an item or the referral is meant. @type {wire.Checker<StateOf>} */
function checkState(value, where) {
  const checked = wire.fields(value, { item: wire.nullable(wire.b64uText(16)), state: wire.text(40) }, where);
  const words = checked.item === null ? REFERRAL_STATES : ITEM_STATES;
  if (!words.includes(checked.state)) throw new FormatError(`${where}.state`);
  return checked;
}

const MESSAGE = {
  v: wire.versionOne,
  after: wire.nullable(wire.b64uText(16)),
  sent_on: day,
  kind: wire.oneOf(MESSAGE_KINDS),
  text: wire.text(TEXT_MOST),
  items: checkItems,
  states: wire.listOf(checkState, LIMITS.items + 1, 0, (entry) => entry.item),
  consent: wire.nullable(checkConsent),
  when: wire.nullable(wire.oneOf(WITHDRAWAL_TIMES)),
};

/**
 * A message that is already an object, with its fields in order. What belongs to one kind is there with that kind and
 * with no other, so that a message cannot say two things; `text` may go with each.
 * @param {unknown} value @returns {MessageContent}
 */
export function checkMessage(value) {
  /** @type {MessageContent} */
  const message = wire.fields(value, MESSAGE, "message");
  const present = [
    ...(message.states.length > 0 ? ["state"] : []),
    ...(message.items.length > 0 ? ["items"] : []),
    ...(message.when !== null ? ["withdrawal"] : []),
    ...(message.consent !== null ? ["consent"] : []),
  ];
  const expected = message.kind === "text" ? [] : [message.kind];
  if (present.join() !== expected.join() || (message.kind === "text" && message.text === "")) {
    throw new FormatError("message.kind");
  }
  return message;
}

/** Serialises a message in the one way that `parseMessage` accepts. @param {MessageContent} message @returns {Bytes} */
export function messageJson(message) {
  return wire.canonicalJson(checkMessage(message), "message");
}

/** Parses a message after padding was removed. @param {Uint8Array} plaintext @returns {MessageContent} */
export function parseMessage(plaintext) {
  return wire.parseInOrder(plaintext, checkMessage, "message");
}

/**
 * A message of one kind with nothing in it yet.
 * @param {{kind: string, sentOn: string, after: string|null}} start @returns {MessageContent}
 */
export function emptyMessage({ kind, sentOn, after }) {
  return { v: 1, after, sent_on: sentOn, kind, text: "", items: [], states: [], consent: null, when: null };
}
