/**
 * What a receiver answers to whoever passed a letter on. Twin of `app/domain/onward_answer.py`; both replay
 * `tests/vectors/onward_answer.json`.
 *
 * @typedef {{v: 1, answer: "accepted"|"refused", text: string}} OnwardAnswer a refusal says why, to the colleagues there
 */

import { FormatError } from "../errors.js";
import * as wire from "./wire.js";

export const ANSWERS = Object.freeze(["accepted", "refused"]);
export const TEXT_MOST = 4000;

const ANSWER = { v: wire.versionOne, answer: wire.oneOf(ANSWERS), text: wire.text(TEXT_MOST) };

/** An answer that is already an object; a refusal gives its reason. @param {unknown} value @returns {OnwardAnswer} */
export function checkAnswer(value) {
  /** @type {OnwardAnswer} */
  const checked = wire.fields(value, ANSWER, "answer");
  if (checked.answer === "refused" && /^[ \n]*$/.test(checked.text)) throw new FormatError("answer.text");
  return checked;
}

/** Serialises an answer in the one way that `parseAnswer` accepts. @param {OnwardAnswer} value @returns {wire.Bytes} */
export function answerJson(value) {
  return wire.canonicalJson(checkAnswer(value), "answer");
}

/** Parses an answer after padding and signature were removed. @param {Uint8Array} plaintext @returns {OnwardAnswer} */
export function parseAnswer(plaintext) {
  return wire.parseInOrder(plaintext, checkAnswer, "answer");
}
