/**
 * What is inside the record of a chat room before it is sealed: text evidence only, and every step with what was
 * recorded. The portal recommends and records; nobody is told to enter a room.
 *
 * @typedef {{v: 1, title: string, platform: string, invite: string, about: string,
 *   links: {referral: string, item: string}[], steps: import("./record_steps.js").RecordStep[]}} RoomContent
 */

import { stepsOf } from "./record_steps.js";
import { STEPS } from "./room_state.js";
import * as wire from "./wire.js";

const SCHEMA = {
  v: wire.versionOne,
  title: wire.text(200, 1),
  platform: wire.text(200),
  invite: wire.text(1000),
  about: wire.text(4000),
  links: wire.listOf(
    wire.record({ referral: wire.b64uText(16), item: wire.b64uText(16) }),
    100,
    0,
    ({ referral, item }) => `${referral} ${item}`,
  ),
  steps: stepsOf(STEPS),
};

/** @param {unknown} value @returns {RoomContent} */
const check = (value) => wire.fields(value, SCHEMA, "room");

export const FORM = Object.freeze({
  /** @param {RoomContent} content @returns {Uint8Array} */
  json: (content) => wire.canonicalJson(check(content), "room"),
  /** @param {Uint8Array} bytes @returns {RoomContent} */
  parse: (bytes) => wire.parseInOrder(bytes, check, "room"),
});
