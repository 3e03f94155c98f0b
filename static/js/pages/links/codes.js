// The decisions that are taken with one key each: which state a link comes to, and where that needs a reason.

import { needs, transitions } from "../../domain/item_state.js";

/**
 * @typedef {object} Code
 * @property {string} id
 * @property {string} key
 * @property {string} state that the link comes to
 * @property {'none'|'stock'|'typed'} reason where a reason comes from: nowhere, a sentence that stands ready, or typing
 * @property {{ko: string, en: string}} name what it is called on the page and in files
 */

/** @type {readonly Code[]} */
export const CODES = Object.freeze([
  {
    id: "correction_requested",
    key: "1",
    state: "correction_requested",
    reason: "none",
    name: { ko: "시정요구", en: "Correction request" },
  },
  {
    id: "blocked",
    key: "2",
    state: "blocked",
    reason: "none",
    name: { ko: "접속차단", en: "Access blocked" },
  },
  {
    id: "removed",
    key: "3",
    state: "removed",
    reason: "none",
    name: { ko: "삭제됨", en: "Removed" },
  },
  {
    id: "not_applicable",
    key: "4",
    state: "refused",
    reason: "stock",
    name: { ko: "해당없음", en: "Not applicable" },
  },
  {
    id: "refused",
    key: "5",
    state: "refused",
    reason: "typed",
    name: { ko: "거절", en: "Refused" },
  },
  {
    id: "unreachable",
    key: "6",
    state: "unreachable",
    reason: "none",
    name: { ko: "접속 안 됨", en: "Not reachable" },
  },
  {
    id: "checked",
    key: "7",
    state: "checked",
    reason: "none",
    name: { ko: "확인함", en: "Looked at" },
  },
  {
    id: "requested_commission",
    key: "8",
    state: "requested_commission",
    reason: "none",
    name: { ko: "심의 요청함", en: "Review asked for" },
  },
  {
    id: "monitoring",
    key: "9",
    state: "monitoring",
    reason: "none",
    name: { ko: "다시 살펴보기", en: "Look again later" },
  },
  {
    id: "reappeared",
    key: "0",
    state: "reappeared",
    reason: "none",
    name: { ko: "재유포", en: "Shared again" },
  },
  {
    id: "site_closed",
    key: "c",
    state: "site_closed",
    reason: "typed",
    name: { ko: "사이트 폐쇄", en: "Site closed" },
  },
]);

/** @type {ReadonlyMap<string, Code>} */
const BY_ID = new Map(CODES.map((code) => [code.id, code]));

/**
 * @param {string} id
 * @returns {Code}
 */
export function codeOf(id) {
  const found = BY_ID.get(id);
  if (!found) throw new TypeError(`no decision ${id}`);
  return found;
}

/**
 * @param {string} state where a link stands
 * @returns {Code[]} the decisions that can follow
 */
export function codesFrom(state) {
  const open = transitions(state);
  return CODES.filter((code) => [...open].includes(code.state));
}

/**
 * @param {Code} code
 * @param {string} state where the link stands
 * @returns {boolean} whether colleagues have to be told why
 */
export function needsReason(code, state) {
  return needs(state, code.state).length > 0;
}
