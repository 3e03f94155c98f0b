// The list of links that leaves as a file: CSV for spreadsheets, JSON for programs, one table for paper. Pure: links in,
// text out. The id of a line is the link's own, so that a reader of the file cannot tell which were reported together.

import { csvText } from "../../domain/csv.js";
import { whereOf } from "./link_rows.js";

/**
 * @typedef {import('./link_rows.js').Link} Link
 * @typedef {import('./work.js').Decision} Decision
 * @typedef {object} ListedLink
 * @property {string} id b64u of 16 bytes
 * @property {number} number in this list, from 1
 * @property {string} address as the reporter typed it; empty for none
 * @property {string} where what was said of the place, only where there is no address
 * @property {string} kind
 * @property {string} site
 * @property {string} age_group of the person concerned, empty where it was not said
 * @property {string} first_seen
 * @property {string} last_seen
 * @property {string} state
 * @property {string} state_on
 * @property {string} decision a code of the page by link, empty for none
 * @property {string} reason
 */
/**
 * @typedef {object} LinkList
 * @property {'onestop/link-list'} format
 * @property {1} v
 * @property {{ko: string, en: string}} organisation
 * @property {string} made_at
 * @property {string} reason a word of EVIDENCE_REASONS
 * @property {{links: number, states: Record<string, number>}} counts
 * @property {ListedLink[]} links
 */

const UNSAID = "undisclosed";
/** The names of the columns, as they are read again in any of these languages. */
export const COLUMNS = Object.freeze({
  id: { ko: "링크 번호표", en: "Link id" },
  number: { ko: "순번", en: "No." },
  address: { ko: "주소", en: "Address" },
  where: { ko: "주소가 없을 때 위치", en: "Where, if there is no address" },
  kind: { ko: "유포 경로", en: "Kind" },
  site: { ko: "사이트", en: "Site" },
  age_group: { ko: "연령대", en: "Age group" },
  first_seen: { ko: "처음 본 날", en: "First seen" },
  last_seen: { ko: "마지막으로 본 날", en: "Last seen" },
  state: { ko: "현재 상태", en: "State" },
  state_on: { ko: "상태 날짜", en: "State since" },
  decision: { ko: "결정", en: "Decision" },
  reason: { ko: "사유", en: "Reason" },
});

/**
 * @param {{links: Link[], decisions: ReadonlyMap<string, Decision>, organisation: {ko: string, en: string},
 *   madeAt: string, reason: string}} what
 * @returns {LinkList}
 */
export function listOf({ links, decisions, organisation, madeAt, reason }) {
  const listed = links.map((link, index) => listedLink(link, index + 1, decisions.get(link.key)));
  /** @type {Record<string, number>} */
  const states = {};
  for (const { state } of listed) states[state] = (states[state] ?? 0) + 1;
  return {
    format: "onestop/link-list",
    v: 1,
    organisation: { ko: organisation.ko, en: organisation.en },
    made_at: madeAt,
    reason,
    counts: { links: listed.length, states },
    links: listed,
  };
}

/** @param {Link} link @param {number} number @param {Decision|undefined} decision @returns {ListedLink} */
function listedLink(link, number, decision) {
  const { said } = link;
  const day = (/** @type {string} */ value) => (value === UNSAID ? "" : value);
  return {
    id: link.item,
    number,
    address: link.url ?? "",
    where: whereOf(link),
    kind: day(said.kind),
    site: link.site,
    age_group: link.ageGroup,
    first_seen: day(said.first_seen),
    last_seen: day(said.last_seen),
    state: link.state,
    state_on: link.since,
    decision: decision?.code ?? "",
    reason: decision?.reason ?? "",
  };
}

/** @param {LinkList} list @returns {string} */
export function listJson(list) {
  return `${JSON.stringify(list, null, 2)}\n`;
}

/**
 * @param {LinkList} list
 * @param {'ko'|'en'} language of the names of columns and of the words
 * @param {(enumName: string, value: string) => string} word for a value; `decision` is an enum too
 * @returns {string}
 */
export function listCsv(list, language, word) {
  const names = Object.keys(COLUMNS);
  const head = Object.values(COLUMNS).map((one) => one[language]);
  const rows = list.links.map((link) => names.map((name) => cellOf(link, name, word)));
  return csvText([head, ...rows]);
}

/** @type {Readonly<Record<string, string>>} */
const ENUMS = { kind: "link_kinds", age_group: "age_groups", state: "item_states", decision: "decision" };

/** @param {any} link @param {string} name @param {(enumName: string, value: string) => string} word */
function cellOf(link, name, word) {
  const value = String(link[name]);
  const enumName = ENUMS[name];
  return enumName && value ? word(enumName, value) : value;
}

/**
 * @param {string} text
 * @returns {Promise<string>} SHA-256 of its UTF-8, as hexadecimal digits: what `sha256sum` says of the file
 */
export async function sha256Of(text) {
  const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text)));
  return [...hash].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
